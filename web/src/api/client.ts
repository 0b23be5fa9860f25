/** Asks the server. Every call takes an AbortSignal, and fails with a Problem. */

import type { Description, Drawing, Lesson, Match, NamedQuery, Relation } from "./contract";
import { withSources } from "./sources";

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly line?: number | null;
  readonly column?: number | null;
}

/** A failure as RFC 9457 describes it, with what to do next. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly hint: string,
    readonly line: number | null = null,
    readonly column: number | null = null,
  ) {
    super(message);
    this.name = "Problem";
  }
}

/** Whether a promise ended because somebody asked for something newer. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/** The answer's body, or a Problem thrown. */
export async function ask(address: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, init);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new Problem(0, "", "");
  }
  if (answer.ok) return answer;
  let body: ProblemBody = {};
  try {
    body = (await answer.json()) as ProblemBody;
  } catch {
    // an answer from something between us and the server need not be JSON
  }
  throw new Problem(
    answer.status,
    body.detail ?? body.title ?? `${answer.status} ${answer.statusText}`,
    body.hint ?? "",
    body.line ?? null,
    body.column ?? null,
  );
}

async function json<T>(address: string, signal: AbortSignal): Promise<T> {
  const answer = await ask(address, { signal, headers: { accept: "application/json" } });
  return (await answer.json()) as T;
}

export async function search(
  text: string,
  language: string,
  limit: number,
  signal: AbortSignal,
): Promise<readonly Match[]> {
  const asked = new URLSearchParams({ text, language, limit: String(limit) });
  return (await json<{ matches: readonly Match[] }>(`/api/search?${asked}`, signal)).matches;
}

/** All that is said of an entity; `asOf`, if any, marks what held then. */
export async function describe(entity: string, language: string, asOf: string, signal: AbortSignal): Promise<Description> {
  const asked = new URLSearchParams({ entity, language, ...(asOf && { "as-of": asOf }) });
  return withSources<Description>(await json(`/api/describe?${asked}`, signal));
}

/** The relations of an entity in the whole graph, the largest first. */
export async function relations(entity: string, language: string, signal: AbortSignal): Promise<readonly Relation[]> {
  const address = `/api/describe?${new URLSearchParams({ entity, language, limit: "1" })}`;
  return (await json<Description>(address, signal)).relations;
}

/** The short address under which the server keeps a long one of its own. */
export async function shorten(address: string, signal: AbortSignal): Promise<string> {
  const answer = await ask("/api/view", {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({ address }),
    signal,
  });
  return ((await answer.json()) as { address: string }).address;
}

/** A file of ours as text. */
export async function text(address: string, signal: AbortSignal): Promise<string> {
  return (await ask(address, { signal })).text();
}

export async function draw(address: string, signal: AbortSignal): Promise<Drawing> {
  return withSources<Drawing>(await json(address, signal));
}

export async function namedQueries(
  language: string,
  signal: AbortSignal,
): Promise<readonly NamedQuery[]> {
  const address = `/api/query?${new URLSearchParams({ language })}`;
  return (await json<{ queries: readonly NamedQuery[] }>(address, signal)).queries;
}

/** The lessons that the served graph can teach, with their steps. */
export async function lessons(language: string, signal: AbortSignal): Promise<readonly Lesson[]> {
  return (await json<{ lessons: readonly Lesson[] }>(`/api/lessons?${new URLSearchParams({ language })}`, signal)).lessons;
}
