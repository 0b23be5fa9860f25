/** Which solutions a table shows, and in which order. */

import { language } from "../../i18n/strings";
import type { Column, Table } from "../columns";
import { natural } from "../natural";
import { dateOf, type Names, numberOf } from "../terms";
import { containing, type Test, tested } from "./filter";

export interface Order {
  readonly column: string;
  readonly down: boolean;
}

export interface Filters {
  /** What any column must have. */
  readonly all: string;
  /** What a column must have, by its name. */
  readonly columns: ReadonlyMap<string, string>;
}

/** Numbers before dates before texts; what is unbound comes last either way. */
const NUMBER = 0;
const DATE = 1;
const TEXT = 2;
const UNBOUND = 3;

/** The numbers of the rows that pass the filters, in order; ties stay as they came. */
export function arranged(table: Table, names: Names, order: Order | null, filters: Filters): Int32Array {
  const kept = filtered(table, names, filters);
  const column = table.columns.find(({ name }) => name === order?.column);
  return column && order ? sorted(table, names, column, order.down, kept) : kept;
}

function sorted(table: Table, names: Names, column: Column, down: boolean, kept: Int32Array): Int32Array {
  const size = table.rows.length;
  const kinds = new Uint8Array(size).fill(UNBOUND);
  const places = new Float64Array(size);
  const texts = new Map<string, number[]>();
  for (const at of kept) {
    const term = table.rows[at]?.[column.index];
    if (!term) continue;
    const number = numberOf(term);
    const date = number === null ? dateOf(term) : null;
    kinds[at] = number !== null ? NUMBER : date !== null ? DATE : TEXT;
    if (number !== null || date !== null) places[at] = number ?? date ?? 0;
    else {
      const text = names.of(term);
      const same = texts.get(text);
      if (same) same.push(at);
      else texts.set(text, [at]);
    }
  }
  // comparing by the rules of a language is slow: each text is compared once, and has a place from then on
  const { compare } = new Intl.Collator(language());
  const keys = [...texts].map(([text, rows]) => ({ key: natural(text), rows })).sort((one, other) => compare(one.key, other.key));
  for (const [place, { rows }] of keys.entries()) for (const at of rows) places[at] = place;
  const way = down ? -1 : 1;
  const none = (at: number): number => Number(kinds[at] === UNBOUND);
  return kept.slice().sort(
    (one, other) =>
      none(one) - none(other) ||
      way * ((kinds[one] ?? 0) - (kinds[other] ?? 0) || (places[one] ?? 0) - (places[other] ?? 0)) ||
      one - other,
  );
}

function filtered({ columns, rows }: Table, names: Names, filters: Filters): Int32Array {
  const all = filters.all.trim() ? containing(filters.all, names) : null;
  const each = columns.flatMap((column): readonly (readonly [number, Test])[] => {
    const asked = filters.columns.get(column.name)?.trim();
    return asked ? [[column.index, tested(asked, names)]] : [];
  });
  const kept = new Int32Array(rows.length);
  let count = 0;
  for (const [at, row] of rows.entries()) {
    if (all && !row.some(all)) continue;
    if (each.every(([index, test]) => test(row[index] ?? null))) kept[count++] = at;
  }
  return kept.slice(0, count);
}
