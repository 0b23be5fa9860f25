/** Solutions crossed by two categories, as matrix and pivot show them. */

import { language } from "../i18n/strings";
import { type Column, keyOf, placed, type Table } from "./columns";
import { natural } from "./natural";
import { type How, together } from "./series";
import type { Names } from "./terms";

export type CrossHow = How | "count" | "distinct";

export interface Crossed {
  /** As many rows and columns as were asked for at most, and how many there are in all. */
  readonly of: { readonly rows: number; readonly columns: number };
  readonly columns: readonly string[];
  readonly rows: readonly { readonly labels: readonly string[]; readonly cells: readonly (number | null)[]; readonly total: number | null }[];
  /** The bottom line, and at its end the figure of all. */
  readonly totals: readonly (number | null)[];
  readonly total: number | null;
  readonly left: number;
  readonly joined: boolean;
}

export interface CrossAsked {
  readonly rows: readonly Column[];
  readonly columns: Column | null;
  readonly value: Column | null;
  readonly how: CrossHow;
  readonly most: { readonly rows: number; readonly columns: number };
}

interface Key {
  readonly label: string;
  /** The label as it is compared. */
  readonly sorted: string;
  readonly place: number | null;
}

type Cell = (number | string)[];

/** Figures by row and column; where nothing is, null. Rows and columns stand in their own order. */
export function crossed(table: Table, names: Names, asked: CrossAsked): Crossed {
  const { rows, columns, value, how, most } = asked;
  const heads = new Map<string, Key>();
  const sides = new Map<string, readonly Key[]>();
  const cells = new Map<string, Map<string, Cell>>();
  let left = 0;
  for (const row of table.rows) {
    const amount = how === "count" ? 1 : how === "distinct" ? valueKey(row[value?.index ?? -1]) : value ? placed(value, row) : null;
    const side = rows.map((column) => row[column.index]);
    const head = columns ? row[columns.index] : null;
    if (amount === null || side.some((term) => !term) || (columns && !head)) {
      left += 1;
      continue;
    }
    const sideKey = side.map((term) => (term ? keyOf(term) : "")).join("\n");
    const headKey = head ? keyOf(head) : "";
    if (!sides.has(sideKey)) sides.set(sideKey, rows.map((column) => keyed(column, row, names)));
    if (columns && !heads.has(headKey)) heads.set(headKey, keyed(columns, row, names));
    const line = cells.get(sideKey) ?? new Map<string, Cell>();
    cells.set(sideKey, line);
    const cell = line.get(headKey);
    if (cell) cell.push(amount);
    else line.set(headKey, [amount]);
  }
  const { compare } = new Intl.Collator(language());
  const across = columns ? [...heads].sort(([, one], [, two]) => compared(one, two, compare)).map(([key]) => key) : [""];
  const down = [...sides].sort(([, one], [, two]) => one.map((each, at) => compared(each, two[at] ?? each, compare)).find((way) => way !== 0) ?? 0);
  const all = [...cells.values()];
  const column = (key: string): Cell => all.flatMap((line) => line.get(key) ?? []);
  // two columns of which each value is another would make a table larger than any page
  const shown = across.slice(0, most.columns);
  return {
    of: { rows: down.length, columns: across.length },
    columns: shown.map((key) => heads.get(key)?.label ?? ""),
    rows: down.slice(0, most.rows).map(([key, labels]) => {
      const line = cells.get(key) ?? new Map<string, Cell>();
      return { labels: labels.map(({ label }) => label), cells: shown.map((each) => told(line.get(each), how)), total: told([...line.values()].flat(), how) };
    }),
    totals: shown.map((key) => told(column(key), how)),
    total: told(all.flatMap((line) => [...line.values()].flat()), how),
    left,
    joined: all.some((line) => [...line.values()].some((cell) => cell.length > 1)),
  };
}

function keyed(column: Column, row: Table["rows"][number], names: Names): Key {
  const term = row[column.index];
  const label = term ? names.brief(term) : "";
  return { label, sorted: natural(label), place: placed(column, row) };
}

function valueKey(term: Table["rows"][number][number] | undefined): string | null {
  return term ? keyOf(term) : null;
}

function compared(one: Key, two: Key, compare: (one: string, two: string) => number): number {
  if (one.place !== null && two.place !== null) return one.place - two.place;
  return compare(one.sorted, two.sorted);
}

function told(cell: Cell | undefined, how: CrossHow): number | null {
  if (!cell || cell.length === 0) return null;
  if (how === "distinct") return new Set(cell).size;
  return how === "count" ? cell.length : together(cell.map(Number), how);
}
