/** The switch over who is believed: all that is said, only what holds, only what is in dispute. */

import type { State } from "./state";

export type Side = "all" | "supported" | "disputed";

export const SIDES: readonly Side[] = ["all", "supported", "disputed"];

/** What each side lets through, as `verdict=` has it; all: whatever there is. */
export const VERDICTS: Readonly<Record<Side, readonly string[]>> = {
  all: [],
  supported: ["stated", "supported"],
  disputed: ["disputed", "wrong", "doubtful", "partly", "imprecise", "stale"],
};

/** The side that the filter amounts to; null where somebody chose verdicts one by one. */
export function sideOf(state: State): Side | null {
  const chosen = [...state.verdicts].sort().join(" ");
  return SIDES.find((side) => [...VERDICTS[side]].sort().join(" ") === chosen) ?? null;
}
