/** Asks the endpoint, and reads the answer while it arrives. */

import { ask } from "../api/client";
import type { Result } from "../results/result";
import { type Reader, SolutionsReader, TriplesReader } from "./reading";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";

export interface Progress {
  readonly seconds: number;
  readonly bytes: number;
  readonly rows: number;
}

export interface Outcome {
  readonly query: string;
  readonly result: Result;
  readonly seconds: number;
  readonly bytes: number;
}

export interface Asked {
  readonly query: string;
  /** Rows that are fetched at most. */
  readonly most: number;
  readonly prefixes: () => ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  progress(now: Progress): void;
}

/** What a query gives back. Its server process is killed where `signal` aborts. */
export async function asked({ query, most, prefixes, signal, progress }: Asked): Promise<Outcome> {
  const began = performance.now();
  const fetching = new AbortController();
  if (signal.aborted) fetching.abort();
  signal.addEventListener("abort", () => fetching.abort());
  const answer = await ask("/sparql", {
    method: "POST",
    headers: { accept: ACCEPT, "content-type": "application/sparql-query" },
    body: query,
    signal: fetching.signal,
  });
  const kind = answer.headers.get("content-type") ?? "";
  const reader: Reader = kind.includes("json") ? new SolutionsReader(most) : new TriplesReader(most, prefixes);
  const decoder = new TextDecoder();
  const body = answer.body?.getReader();
  let bytes = 0;
  for (;;) {
    const piece = await body?.read();
    if (!piece || piece.done) break;
    bytes += piece.value.length;
    reader.feed(decoder.decode(piece.value, { stream: true }));
    progress({ seconds: (performance.now() - began) / 1000, bytes, rows: reader.rows });
    if (reader.full) {
      fetching.abort(); // nobody will read the rest
      break;
    }
  }
  reader.feed(decoder.decode());
  const result = reader.end(answer.headers.get("triplary-cut") === "true");
  return { query, result, seconds: (performance.now() - began) / 1000, bytes };
}
