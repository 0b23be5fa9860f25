/** The colours of a chart, read from the page as it is now: light, dark, or as the reader chose. */

import { palette } from "../../render/palette";
import { COLOURS_MOST } from "../series";

export interface Ink {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  /** The colour of each group in its order; groups beyond nine share the grey one. */
  of(groups: readonly string[], group: string): string;
  readonly first: string;
}

export function ink(other: string): Ink {
  const { paper, ink: dark, soft, classes, tone } = palette();
  const grey = classes[COLOURS_MOST - 1] ?? soft;
  return {
    paper,
    ink: dark,
    soft,
    line: tone("edge"),
    first: classes[0] ?? dark,
    of: (groups, group) => (group === other && groups.at(-1) === other ? grey : (classes[Math.max(groups.indexOf(group), 0)] ?? grey)),
  };
}
