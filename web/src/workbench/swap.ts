/** Puts what the doctor proposes in place of the name that is most like it, where the doctor points. */

import { writing } from "./prefixes";
import type { Finding, Near } from "./research";
import { type Token, tokens } from "./tokens";

export function swapped(query: string, finding: Finding, near: Near, known: ReadonlyMap<string, string>): string {
  const from = offset(query, finding.line ?? 1, finding.column ?? 1);
  const wanted = near.iri ? ["name", "iri"] : ["string"];
  const end = from + Math.max(finding.pattern.length, 200);
  const candidates = tokens(query).filter(({ kind, from: at }) => wanted.includes(kind) && at >= from && at < end);
  const [best] = [...candidates].sort((a, b) => alike(b, near) - alike(a, near));
  if (!best) return query;
  const put = (text: string): string => query.slice(0, best.from) + text + query.slice(best.to);
  if (!near.iri) return put(near.name);
  const { text, line } = writing(query, near.iri, known);
  const written = put(text);
  return line ? written.slice(0, line.at) + line.text + written.slice(line.at) : written;
}

/** The place of a line and a column, both counted from 1. */
function offset(query: string, line: number, column: number): number {
  const before = query.split("\n").slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

/** How many pairs of letters two names share, of all that they have. */
function alike(token: Token, near: Near): number {
  const [one, other] = [pairs(token.text), pairs(near.name)];
  const shared = one.filter((pair) => other.includes(pair)).length;
  return (2 * shared) / (one.length + other.length || 1);
}

function pairs(text: string): readonly string[] {
  const bare = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return [...bare].slice(1).map((letter, at) => `${bare[at]}${letter}`);
}
