/** Changes of the filters in a state. Each gives what to push; nothing here touches the screen. */

import type { Range, State } from "./state";

/** What can be filtered by value, as the URL names it. */
export type Kind = "class" | "predicate" | "graph" | "verdict";

/** "" not filtered, "only" these, "without" these. */
export type Mode = "" | "only" | "without";

export const KINDS = ["class", "predicate", "graph", "verdict"] as const;

const LISTS = { class: "classes", predicate: "predicates", graph: "graphs", verdict: "verdicts" } as const;
const NEXT: Readonly<Record<Mode, Mode>> = { "": "only", only: "without", without: "" };

export function listOf(state: State, kind: Kind): readonly string[] {
  return state[LISTS[kind]];
}

/** How a value is filtered; `spellings` are all its forms: short name, CURIE, IRI. */
export function modeOf(state: State, kind: Kind, ...spellings: readonly string[]): Mode {
  const list = listOf(state, kind);
  if (spellings.some((each) => list.includes(each))) return "only";
  return spellings.some((each) => list.includes(`-${each}`)) ? "without" : "";
}

/** The filter of one value set anew; it is written in the first of its spellings. */
export function filtered(state: State, kind: Kind, mode: Mode, ...spellings: readonly string[]): Partial<State> {
  const others = listOf(state, kind).filter((each) => !spellings.includes(each.replace(/^-/, "")));
  const [first] = spellings;
  const added = first === undefined || !mode ? [] : [mode === "only" ? first : `-${first}`];
  return { [LISTS[kind]]: [...others, ...added] };
}

/** The next of the three: not filtered, only this, all but this. */
export function toggled(state: State, kind: Kind, ...spellings: readonly string[]): Partial<State> {
  return filtered(state, kind, NEXT[modeOf(state, kind, ...spellings)], ...spellings);
}

/** A property's range set anew; none where both ends are empty. */
export function ranged(state: State, range: Range): Partial<State> {
  const others = state.ranges.filter((each) => each.property !== range.property);
  return { ranges: range.low || range.high ? [...others, range] : others };
}

/** The state without any filter and with nothing hidden. */
export const UNFILTERED = {
  classes: [],
  predicates: [],
  graphs: [],
  verdicts: [],
  ranges: [],
  asOf: "",
  without: [],
  only: [],
} as const satisfies Partial<State>;

export function isFiltered(state: State): boolean {
  return Object.keys(UNFILTERED).some((name) => state[name as keyof typeof UNFILTERED].length > 0);
}
