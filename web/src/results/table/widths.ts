/** How wide the columns of the grid are. */

import type { Table } from "../columns";
import type { Names } from "../terms";

export const NARROWEST = 56;
const WIDEST = 340;
const LETTER = 7.6;
const WIDE_LETTER = 14;
const ROOM = 30;
const SAMPLE = 200;
const LONGEST = 60;

/** Pixels for each column, by the texts of the first solutions, spread where there is room left. */
export function widths(table: Table, names: Names, room: number): number[] {
  const found = table.columns.map(({ name, index }) => {
    let most = textWidth(name) + 16;
    for (const row of table.rows.slice(0, SAMPLE)) {
      const term = row[index];
      if (!term) continue;
      const tag = term["xml:lang"] ? 24 : 0;
      most = Math.max(most, textWidth(names.of(term)) + tag);
    }
    return Math.round(Math.min(Math.max(most + ROOM, NARROWEST + 24), WIDEST));
  });
  const free = room - found.reduce((sum, each) => sum + each, 0);
  if (free <= 0 || found.length === 0) return found;
  return found.map((each) => Math.floor(each + free / found.length));
}

/** A guess without measuring: East Asian letters are twice as wide. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text.slice(0, LONGEST)) width += letter > "\u2e7f" ? WIDE_LETTER : LETTER;
  return width;
}
