/** A query's result as the workbench has it, and the views that can show it. */

import { fits } from "./fits";

/** A binding: SPARQL 1.1 Query Results JSON, with the triple terms of 1.2 as their text. */
export interface Term {
  readonly type: "uri" | "literal" | "bnode" | "triple";
  readonly value: string;
  readonly datatype?: string;
  readonly "xml:lang"?: string;
}

export type Solution = readonly (Term | null)[];
export type Triple = readonly [Term, Term, Term];

/** `cut` says after how many rows the server stopped, where it did; null: nothing is missing. */
export type Result =
  | {
      readonly kind: "solutions";
      readonly variables: readonly string[];
      readonly rows: readonly Solution[];
      readonly cut: number | null;
    }
  | { readonly kind: "boolean"; readonly value: boolean }
  | {
      readonly kind: "graph";
      readonly triples: readonly Triple[];
      /** The answer as it came: Turtle. */
      readonly text: string;
      readonly cut: number | null;
    };

/** A result with what is needed to show it: how IRIs are called here, and how they are shortened. */
export interface Shown {
  readonly result: Result;
  readonly query: string;
  readonly seconds: number;
  readonly labels: ReadonlyMap<string, string>;
  readonly prefixes: ReadonlyMap<string, string>;
}

export const NAMES = [
  "answer",
  "number",
  "table",
  "cards",
  "graph",
  "bar",
  "line",
  "scatter",
  "pie",
  "histogram",
  "timeline",
  "tree",
  "matrix",
  "pivot",
  "text",
  "raw",
] as const;
export type ViewName = (typeof NAMES)[number];

export function isViewName(name: string): name is ViewName {
  return (NAMES as readonly string[]).includes(name);
}

/** Every view; `fits` gives 0 where it is not offered, and the highest is the default. */
export const VIEWS: readonly { readonly name: ViewName; fits(result: Result): number }[] = NAMES.map(
  (name) => ({ name, fits: (result: Result) => fits(name, result) }),
);
