/** What the server answers, from its OpenAPI (schema.d.ts), with IRIs told apart from other text. */

import type { components } from "./schema";

type Schemas = components["schemas"];

declare const iri: unique symbol;
export type Iri = string & { readonly [iri]: true };

/** `T` with the members `K` known to be IRIs. */
type Named<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: Iri };

export type Source = Schemas["SourceJson"];
export type Claim = Schemas["ClaimJson"];
export type Evidence = Schemas["EvidenceJson"];
export type Legend = Schemas["LegendJson"];
export type ViewNode = Named<Schemas["NodeJson"], "iri">;
export type ViewEdge = Named<Schemas["EdgeJson"], "source" | "target" | "predicate">;
export type More = Named<Schemas["MoreJson"], "node" | "predicate">;
export type View = Omit<Schemas["ViewJson"], "nodes" | "edges" | "more"> & {
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
  readonly more: readonly More[];
};
export type Match = Named<Schemas["MatchJson"], "iri">;
export type FactValue = Schemas["ValueJson"];
export type Fact = Schemas["FactJson"];
export type FactGroup = Named<Schemas["GroupJson"], "predicate">;
export type Description = Omit<Schemas["DescribeAnswer"], "entity" | "groups"> & {
  readonly entity: Named<Schemas["DescribedJson"], "iri">;
  readonly groups: readonly FactGroup[];
};
export type Step = Schemas["StepJson"];
export type FoundPath = Schemas["PathJson"];
export type NamedQuery = Schemas["NamedQueryJson"];

/** What every verb that draws answers; `paths` only for the verb of that name. */
export interface Drawing {
  readonly view: View;
  readonly paths?: readonly FoundPath[];
}

/** SPARQL 1.1 Query Results JSON Format, https://www.w3.org/TR/sparql11-results-json/. */
export interface Binding {
  readonly type: "uri" | "literal" | "bnode";
  readonly value: string;
  readonly "xml:lang"?: string;
  readonly datatype?: string;
}

export interface SparqlResults {
  readonly head: { readonly vars?: readonly string[] };
  readonly boolean?: boolean;
  readonly results?: { readonly bindings: readonly Readonly<Record<string, Binding>>[] };
}
