/** What the server tells those who write queries: the graph's classes, completions, labels, advice. */

import { ask } from "../api/client";
import type { components } from "../api/schema";
import { language } from "../i18n/strings";

type Schemas = components["schemas"];

export type Schema = Schemas["SchemaAnswer"];
export type Completed = Schemas["CompletionJson"];
export type Near = Schemas["NearJson"];
export type Finding = Schemas["FindingJson"];
export type Code = Schemas["CodeAnswer"];
export type CodeLanguage = Schemas["CodeLanguageJson"];
/** Why the query doctor was called. */
export type Ran = "empty" | "slow" | "killed";

export interface CompleteAsked {
  readonly text: string;
  readonly position: "class" | "property" | "entity";
  readonly classes?: readonly string[];
  readonly predicate?: string;
  readonly inverse?: boolean;
  readonly limit?: number;
}

async function got<T>(address: string, signal: AbortSignal): Promise<T> {
  return (await (await ask(address, { signal, headers: { accept: "application/json" } })).json()) as T;
}

async function sent<T>(address: string, body: unknown, signal: AbortSignal): Promise<T> {
  const answer = await ask(address, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  return (await answer.json()) as T;
}

let schemaAsked: Promise<Schema> | undefined;

/** The classes and properties of the graph, asked once. */
export function schema(): Promise<Schema> {
  schemaAsked ??= got<Schema>("/api/schema", new AbortController().signal).catch((error: unknown) => {
    schemaAsked = undefined;
    throw error;
  });
  return schemaAsked;
}

export async function complete(asked: CompleteAsked, signal: AbortSignal): Promise<readonly Completed[]> {
  const { text, position, classes = [], predicate = "", inverse = false, limit = 20 } = asked;
  const told = new URLSearchParams({ text, position, limit: String(limit), language: language() });
  for (const each of classes) told.append("class", each);
  if (predicate) told.set("predicate", predicate);
  if (inverse) told.set("inverse", "true");
  return (await got<Schemas["CompleteAnswer"]>(`/api/complete?${told}`, signal)).matches;
}

export async function labels(iris: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const address = `/api/labels?${new URLSearchParams({ language: language() })}`;
  const answer = await sent<Schemas["LabelsAnswer"]>(address, { iris }, signal);
  return new Map(Object.entries(answer.labels));
}

export async function outline(query: string, signal: AbortSignal): Promise<readonly string[]> {
  return (await sent<Schemas["OutlineAnswer"]>("/api/outline", { query, language: language() }, signal)).sentences;
}

export async function doctor(query: string, ran: Ran, seconds: number, signal: AbortSignal): Promise<readonly Finding[]> {
  const asked = { query, language: language(), ran, seconds };
  return (await sent<Schemas["DoctorAnswer"]>("/api/doctor", asked, signal)).findings;
}

export async function codeLanguages(signal: AbortSignal): Promise<readonly CodeLanguage[]> {
  return (await got<Schemas["CodesAnswer"]>("/api/code", signal)).languages;
}

export function code(query: string, wanted: string, signal: AbortSignal): Promise<Code> {
  return got<Code>(`/api/code?${new URLSearchParams({ language: wanted, query })}`, signal);
}

/** The row limit of the server; null where it does not say. */
export async function rowLimit(signal: AbortSignal): Promise<number | null> {
  try {
    const told = await got<{ answer_rows?: number }>("/-/settings", signal);
    return told.answer_rows ?? null;
  } catch {
    return null;
  }
}
