/** The view that a query asks for in a comment: "# defaultView: bar", as Wikidata's service has it too. */

import { type Options, write } from "./options";
import { isViewName, type ViewName } from "./result";

const COMMENT = /^[^\S\n]*#+[^\S\n]*defaultView[^\S\n]*[:=][^\S\n]*([A-Za-z-]+)[^\S\n]*(\{.*\})?/im;

/** Names that Wikidata's query service gives to its views, and some that people may try. */
const OTHERS: Readonly<Record<string, ViewName>> = {
  barchart: "bar",
  bubblechart: "bar",
  linechart: "line",
  areachart: "line",
  scatterchart: "scatter",
  scatterplot: "scatter",
  piechart: "pie",
  treemap: "tree",
  treechart: "tree",
  dimensions: "pivot",
  imagegrid: "cards",
  heatmap: "matrix",
  boolean: "answer",
  ask: "answer",
  sentences: "text",
  json: "raw",
  network: "graph",
};

export interface Wanted {
  readonly view: ViewName;
  readonly options: string;
}

/** The view and its options; null where the query asks for none, or for one that we have not. */
export function wanted(query: string): Wanted | null {
  const found = COMMENT.exec(query);
  if (!found) return null;
  const name = (found[1] ?? "").toLowerCase().replaceAll("-", "");
  const view = isViewName(name) ? name : OTHERS[name];
  return view ? { view, options: write(optionsOf(found[2])) } : null;
}

/** What stands between braces: our options; those of others mean nothing here and are let be. */
function optionsOf(text: string | undefined): Options {
  if (!text) return {};
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null) return {};
    const entries = Object.entries(read).filter(([, value]) => typeof value === "string" || typeof value === "number");
    return Object.fromEntries(entries.map(([key, value]) => [key, String(value).replace(/^\?/, "")]));
  } catch {
    return {};
  }
}
