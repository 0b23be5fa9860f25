/** The columns of a result, and what each of them holds. */

import type { Result, Solution, Term } from "./result";
import { dateOf, isBoolean, isNode, numberOf } from "./terms";

export type Kind = "number" | "date" | "node" | "text" | "boolean" | "empty";

export interface Column {
  readonly name: string;
  readonly index: number;
  readonly kind: Kind;
  /** How many solutions bind it. */
  readonly bound: number;
  /** How many values it has, counted up to DISTINCT_MOST. */
  readonly distinct: number;
  /** Whole numbers that are years by their name and size. */
  readonly year: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Solution[];
  readonly cut: number | null;
}

export const DISTINCT_MOST = 5_000;
/** This share of a column must be of a kind, that strays do not hide what it is about. */
const SHARE = 0.9;
const known = new WeakMap<Result, Table>();

/** A result as a table: the triples of a graph have a subject, a predicate and an object. */
export function tableOf(result: Result): Table {
  const before = known.get(result);
  if (before) return before;
  const made = tabled(result);
  known.set(result, made);
  return made;
}

function tabled(result: Result): Table {
  if (result.kind === "boolean") return { columns: [], rows: [], cut: null };
  const rows: readonly Solution[] = result.kind === "solutions" ? result.rows : result.triples;
  const names = result.kind === "solutions" ? result.variables : ["subject", "predicate", "object"];
  return { columns: names.map((name, index) => column(name, index, rows)), rows, cut: result.cut };
}

function column(name: string, index: number, rows: readonly Solution[]): Column {
  let [bound, numbers, dates, nodes, booleans, years] = [0, 0, 0, 0, 0, 0];
  const values = new Set<string>();
  for (const row of rows) {
    const term = row[index];
    if (!term) continue;
    bound += 1;
    if (values.size < DISTINCT_MOST) values.add(keyOf(term));
    const number = numberOf(term);
    if (number !== null) {
      numbers += 1;
      if (Number.isInteger(number) && number > 0 && number < 3000) years += 1;
    } else if (isNode(term)) nodes += 1;
    else if (isBoolean(term)) booleans += 1;
    else if (dateOf(term) !== null) dates += 1;
  }
  const most = (count: number): boolean => count >= bound * SHARE;
  const kind: Kind =
    bound === 0 ? "empty" : most(numbers) ? "number" : most(dates) ? "date" : most(booleans) ? "boolean" : nodes * 2 >= bound ? "node" : "text";
  const year = kind === "number" && years === numbers && /year|年|jahr|année/i.test(name);
  return { name, index, kind, bound, distinct: values.size, year };
}

/** What tells a value from others: 1 and "1" differ, and so do "a"@en and "a"@fr. */
export function keyOf(term: Term): string {
  return `${term.type} ${term.datatype ?? ""} ${term["xml:lang"] ?? ""} ${term.value}`;
}

export const isMeasure = (column: Column): boolean => column.kind === "number" && !column.year;
export const isCategory = (column: Column): boolean =>
  column.kind === "node" || column.kind === "text" || column.kind === "boolean" || column.kind === "date" || column.year;
export const isTime = (column: Column): boolean => column.kind === "date" || column.year;

/** The columns that can be measured; where a year is the only number, it. */
export function measures({ columns }: Table): readonly Column[] {
  const found = columns.filter(isMeasure);
  return found.length > 0 ? found : columns.filter(({ kind }) => kind === "number");
}

/** The columns that tell solutions apart, names before dates and years. */
export function categories({ columns }: Table): readonly Column[] {
  const found = columns.filter(isCategory);
  return [...found.filter((each) => !isTime(each)), ...found.filter(isTime)];
}

/** Where a column stands on a scale: a number, or a date in milliseconds. */
export function placed(column: Column, row: Solution): number | null {
  const term = row[column.index] ?? null;
  const value = column.kind === "date" ? dateOf(term) : numberOf(term);
  return value !== null && Number.isFinite(value) ? value : null;
}
