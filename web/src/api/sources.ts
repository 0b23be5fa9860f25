/** An answer names the sources of its evidence by id; here each is put in the place of its id. */

import type { Source } from "./contract";

type Told = { readonly [key: string]: unknown };

/** The answer with the source itself in each piece of evidence: one value for all that name it. */
export function withSources<T>(answer: unknown): T {
  const told = answer as { sources?: readonly Source[]; view?: { sources: readonly Source[] } };
  const known = new Map([...(told.view?.sources ?? []), ...(told.sources ?? [])].map((source) => [source.id, source]));
  put(answer, known);
  return answer as T;
}

function put(value: unknown, known: ReadonlyMap<string, Source>): void {
  if (Array.isArray(value)) {
    for (const each of value) put(each, known);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value as Told)) {
      if (key !== "evidence") put(inner, known);
      else for (const each of inner as { source: unknown }[]) each.source = known.get(each.source as string) ?? each.source;
    }
  }
}
