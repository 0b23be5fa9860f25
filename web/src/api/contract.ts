/** What the server answers, from its OpenAPI (schema.d.ts), with IRIs told apart from other text. */

import type { components } from "./schema";

type Schemas = components["schemas"];

declare const iri: unique symbol;
export type Iri = string & { readonly [iri]: true };

/** `T` with the members `K` known to be IRIs. */
type Named<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: Iri };

export type Source = Schemas["SourceJson"];
export type Claim = Schemas["ClaimJson"];
/** The source itself stands where the answer has its id: see sources.ts. */
export type Evidence = Omit<Schemas["EvidenceJson"], "source"> & { readonly source: Source };
/** `T` with its evidence so read. */
type Sourced<T> = Omit<T, "evidence"> & { readonly evidence: readonly Evidence[] };
export type Legend = Schemas["LegendJson"];
export type ViewNode = Named<Schemas["NodeJson"], "iri">;
export type ViewEdge = Named<Sourced<Schemas["EdgeJson"]>, "source" | "target" | "predicate">;
export type More = Named<Schemas["MoreJson"], "node" | "predicate">;
export type View = Omit<Schemas["ViewJson"], "nodes" | "edges" | "more"> & {
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
  readonly more: readonly More[];
};
export type Match = Named<Schemas["MatchJson"], "iri">;
export type FactValue = Schemas["ValueJson"];
export type Fact = Sourced<Schemas["FactJson"]>;
export type FactGroup = Omit<Named<Schemas["GroupJson"], "predicate">, "facts"> & { readonly facts: readonly Fact[] };
export type Description = Omit<Schemas["DescribeAnswer"], "entity" | "groups" | "relations"> & {
  readonly entity: Named<Schemas["DescribedJson"], "iri">;
  readonly relations: readonly Relation[];
  readonly groups: readonly FactGroup[];
};
export type Step = Sourced<Schemas["StepJson"]>;
export type FoundPath = Omit<Schemas["PathJson"], "steps"> & { readonly steps: readonly Step[] };
export type NamedQuery = Schemas["NamedQueryJson"];

export type Lesson = Schemas["LessonJson"];
export type Said = Sourced<Schemas["SaidJson"]>;
export type Shared = Omit<Sourced<Schemas["SharedJson"]>, "right"> & { readonly right: Said };
export type Totals = Schemas["TotalsJson"];
export type Ranked = Named<Schemas["RankedJson"], "iri">;
export type Facet = Schemas["FacetJson"];
export type RangeFacet = Schemas["RangeJson"];
export type Facets = Schemas["FacetsJson"];
export type Hidden = Schemas["HiddenJson"];
export type Relation = Named<Schemas["RelationJson"], "predicate">;

/** What every verb that draws answers, and what each adds. */
export interface Drawing {
  readonly view: View;
  readonly facets: Facets;
  readonly hidden: Hidden;
  /** paths */
  readonly paths?: readonly FoundPath[];
  /** compare */
  readonly shared?: readonly Shared[];
  readonly left?: readonly Said[];
  readonly right?: readonly Said[];
  readonly totals?: Totals;
  /** rank: its rows; graph: how many triples or solutions */
  readonly rows?: readonly Ranked[] | number;
  /** rank */
  readonly by?: string;
  readonly exact?: boolean;
  readonly total?: number;
  /** graph: whether the query's answer was cut */
  readonly cut?: boolean;
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
