/** What was run here before, and the queries that somebody kept under a name of their own. */

import { hasTexts, keep, recalled } from "./memory";

export interface Run {
  readonly query: string;
  /** When, as ISO 8601. */
  readonly at: string;
  /** Rows that came; null where none were to come, or where it failed. */
  readonly rows: number | null;
}

export interface Own {
  readonly name: string;
  readonly query: string;
}

/** What an exported file holds. */
interface Exported {
  readonly triplary: "queries";
  readonly queries: readonly Own[];
  readonly history: readonly Run[];
}

const RUNS_MOST = 100;
const OWN_MOST = 500;

function isRun(value: unknown): value is Run {
  if (!hasTexts(value, "query", "at")) return false;
  const { rows } = value as { rows?: unknown };
  return rows === null || typeof rows === "number";
}

function isOwn(value: unknown): value is Own {
  return hasTexts(value, "name", "query");
}

function listOf<T>(each: (value: unknown) => value is T): (value: unknown) => value is readonly T[] {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(each);
}

/** The last runs, the newest first; the same query is there once. */
export function runs(): readonly Run[] {
  return recalled("history", listOf(isRun)) ?? [];
}

export function remember(run: Run): void {
  keep("history", [run, ...runs().filter(({ query }) => query !== run.query)].slice(0, RUNS_MOST));
}

export function forgetRuns(): void {
  keep("history", []);
}

/** The named queries of one's own, by name. */
export function own(): readonly Own[] {
  return recalled("queries", listOf(isOwn)) ?? [];
}

export function keepOwn(query: Own): void {
  const others = own().filter(({ name }) => name !== query.name);
  keep("queries", [...others, query].sort((a, b) => a.name.localeCompare(b.name)).slice(0, OWN_MOST));
}

export function forgetOwn(name: string): void {
  keep("queries", own().filter((each) => each.name !== name));
}

/** All of it as a file. */
export function exported(): string {
  return `${JSON.stringify({ triplary: "queries", queries: own(), history: runs() } satisfies Exported, null, 2)}\n`;
}

/** Take in what a file holds: how many queries came; null where it is no file of ours. */
export function imported(text: string): number | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { triplary, queries, history } = value as Partial<Record<keyof Exported, unknown>>;
  if (triplary !== "queries" || !listOf(isOwn)(queries)) return null;
  for (const query of queries) keepOwn({ name: query.name, query: query.query });
  if (listOf(isRun)(history)) for (const run of [...history].reverse()) if (!runs().some(({ query }) => query === run.query)) remember(run);
  return queries.length;
}
