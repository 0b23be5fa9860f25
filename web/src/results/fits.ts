/** Which view suits which result, and what is missing where one does not. */

import { categories, type Column, isMeasure, isTime, measures, type Table, tableOf } from "./columns";
import type { Result, ViewName } from "./result";

/** Why a view has nothing to show: the end of a key in the locale files. */
export type Missing =
  | "yesno" | "table" | "rows" | "figure" | "nodes" | "number" | "numbers" | "date" | "time" | "category"
  | "categories" | "columns" | "parents" | "positive"; // prettier-ignore

type Judged = number | Missing;

const SLICES_MOST = 60;
const MATRIX_MOST = 200;
/** Columns that are held against each other in search of parents. */
const PAIRED_MOST = 5;

const RULES: Readonly<Record<ViewName, (table: Table, result: Result) => Judged>> = {
  answer: (_, { kind }) => (kind === "boolean" ? 100 : "yesno"),
  number: ({ columns, rows }) => {
    if (rows.length !== 1 || columns.length > 6) return "figure";
    const figures = columns.filter(({ kind }) => kind === "number").length;
    if (figures === 0) return columns.length === 1 && columns[0]?.bound ? 55 : "figure";
    return columns.length === 1 ? 95 : figures === columns.length ? 70 : 12;
  },
  table: (_, { kind }) => (kind === "boolean" ? "table" : 50),
  cards: ({ columns, rows }) => (rows.length === 0 ? "rows" : rows.length === 1 && columns.length > 1 ? 60 : 11),
  graph: ({ columns, rows }, { kind }) => {
    if (kind === "graph") return rows.length > 0 ? 65 : "rows";
    return columns.filter((each) => each.kind === "node").length >= 2 ? 30 : "nodes";
  },
  bar: (table) => {
    if (table.rows.length < 2) return "rows";
    const first = categories(table)[0];
    if (!first) return "category";
    return measured(table) ? 40 : first.distinct < table.rows.length && !isTriples(table) ? 13 : "number";
  },
  line: (table) => {
    if (table.rows.length < 2) return "rows";
    if (!measured(table)) return "number";
    if (table.columns.some(isTime)) return 41;
    return table.columns.filter(isMeasure).length >= 2 ? 14 : "time";
  },
  scatter: (table) => {
    if (table.rows.length < 2) return "rows";
    const numbers = table.columns.filter(isMeasure).length;
    return numbers >= 2 ? 36 : numbers === 1 && table.columns.some(isTime) ? 33 : "numbers";
  },
  pie: (table) => {
    if (table.rows.length < 2) return "rows";
    const [first, value] = [categories(table)[0], measures(table)[0]];
    if (!first) return "category";
    if (!value) return "number";
    if (table.rows.some((row) => Number(row[value.index]?.value) < 0)) return "positive";
    return first.distinct <= SLICES_MOST ? 25 : 9;
  },
  histogram: (table) => {
    const value = measures(table).find(isMeasure);
    return value ? (value.bound >= 12 ? 22 : "rows") : "number";
  },
  timeline: ({ columns }) => {
    if (columns.some(({ kind }) => kind === "date")) return columns.length > 1 ? 38 : 15;
    return columns.some(({ year }) => year) && columns.length > 1 ? 12 : "date";
  },
  tree: (table) => {
    if (table.rows.length === 0) return "rows";
    if (categories(table).length < 2) return "categories";
    return parenthood(table) ? 35 : 10;
  },
  matrix: (table) => {
    if (table.rows.length < 2) return "rows";
    const two = categories(table).slice(0, 2);
    if (two.length < 2) return "categories";
    return two.every(({ distinct }) => distinct <= MATRIX_MOST) && !isTriples(table) ? (measured(table) ? 34 : 12) : 6;
  },
  pivot: ({ columns, rows }) => (rows.length < 2 ? "rows" : columns.length < 2 ? "columns" : 10),
  text: ({ rows }, { kind }) => (kind !== "boolean" && rows.length === 0 ? "rows" : 8),
  raw: () => 5,
};

function measured(table: Table): boolean {
  return measures(table).some(isMeasure);
}

function isTriples({ columns }: Table): boolean {
  return columns.map(({ name }) => name).join(" ") === "subject predicate object";
}

const known = new WeakMap<Result, Map<ViewName, Judged>>();

function judged(name: ViewName, result: Result): Judged {
  const before = known.get(result) ?? new Map<ViewName, Judged>();
  known.set(result, before);
  const found = before.get(name) ?? judge(name, result);
  before.set(name, found);
  return found;
}

function judge(name: ViewName, result: Result): Judged {
  if (result.kind === "boolean" && name !== "answer" && name !== "text" && name !== "raw") return name === "table" ? "table" : "rows";
  return RULES[name](tableOf(result), result);
}

export function fits(name: ViewName, result: Result): number {
  const found = judged(name, result);
  return typeof found === "number" ? found : 0;
}

/** Why a view does not suit; null where it does. */
export function missing(name: ViewName, result: Result): Missing | null {
  const found = judged(name, result);
  return typeof found === "number" ? null : found;
}

/** The first two columns where one's values are found under the other again: parent and child. */
export function parenthood(table: Table): readonly [parent: Column, child: Column] | null {
  const nodes = table.columns.filter(({ kind }) => kind === "node" || kind === "text").slice(0, PAIRED_MOST);
  const values = nodes.map((column) => valuesOf(table, column));
  for (const [at, one] of nodes.entries()) {
    for (const [to, other] of nodes.entries()) {
      const [ones, others] = [values[at], values[to]];
      if (to <= at || !ones || !others || !meet(ones, others)) continue;
      if (table.rows.every((row) => row[one.index]?.value === row[other.index]?.value)) continue;
      // in "class, super-class" the child comes first: there are more children than parents
      return ones.size > others.size ? [other, one] : [one, other];
    }
  }
  return null;
}

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  for (const value of few) if (many.has(value)) return true;
  return false;
}

function valuesOf({ rows }: Table, { index }: Column): Set<string> {
  const found = new Set<string>();
  for (const row of rows) {
    const value = row[index]?.value;
    if (value !== undefined) found.add(value);
  }
  return found;
}
