/** Completes a query from this graph: what the server says is used at this very place, by its label. */

import { type Completion, type CompletionContext, type CompletionResult, pickedCompletion } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { number, t } from "../i18n/strings";
import { classesOf, isQuiet, type Pattern, type Place, type Position, positionAt } from "./position";
import { curie, declared, expanded, writing } from "./prefixes";
import { complete, type CompleteAsked, type Completed } from "./research";

const TYPED = /(?:<[^<>\s{}]*|[?$]?[\p{L}\p{N}_%][\p{L}\p{N}_:.%-]*|[?$:])$/u;
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const CLAUSES = ["SELECT", "CONSTRUCT", "ASK", "DESCRIBE", "PREFIX", "DISTINCT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET"];
const PARTS = ["FILTER", "OPTIONAL", "UNION", "BIND", "VALUES", "GRAPH", "MINUS", "FILTER NOT EXISTS", "FILTER EXISTS"];
const FUNCTIONS = (
  "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI BNODE ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE " +
  "CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER SUBSTR REPLACE REGEX YEAR MONTH DAY HOURS MINUTES SECONDS NOW COALESCE IF STRLANG STRDT SAMETERM " +
  "ISIRI ISBLANK ISLITERAL ISNUMERIC EXISTS DISTINCT"
).split(" ");

/** The prefixes that are known here, whether a query declares them or not. */
export type Prefixes = () => ReadonlyMap<string, string>;

export function completion(known: Prefixes): (context: CompletionContext) => Promise<CompletionResult | null> {
  return async (context) => {
    const query = context.state.doc.toString();
    const typed = context.matchBefore(TYPED);
    if (!typed && !context.explicit) return null;
    const from = typed?.from ?? context.pos;
    if (isQuiet(query, context.pos)) return null;
    const text = typed?.text ?? "";
    if (/^[?$]/.test(text)) return listed(from, variables(query, text));
    const position = positionAt(query, from);
    if (position.place.kind === "prefix") return listed(from, prefixLines(known(), text));
    const words = keywords(position.place, text);
    const aborter = new AbortController();
    context.addEventListener("abort", () => aborter.abort());
    const found = await fromGraph(query, position, text, known(), context.explicit, aborter.signal);
    const options = position.place.kind === "expression" ? [...words, ...found] : [...found, ...words];
    return options.length ? { from, options, filter: false } : null;
  };
}

async function fromGraph(
  query: string,
  position: Position,
  typed: string,
  known: ReadonlyMap<string, string>,
  explicit: boolean,
  signal: AbortSignal,
): Promise<readonly Completion[]> {
  const own = new Map([...known, ...declared(query).prefixes]);
  const asked = question(position, own);
  const { text, base } = meant(typed, own);
  // an entity is one of many thousands: no list of them before something is typed, unless it is asked for
  if (!asked || (asked.position === "entity" && !text && !explicit && !asked.predicate)) return [];
  try {
    const found = await complete({ ...asked, text }, signal);
    const fitting = base ? found.filter(({ iri }) => iri.startsWith(base)) : found;
    return (fitting.length ? fitting : found).map((each) => option(each, known));
  } catch {
    return []; // asked no more, or nobody there: the words of the language are left
  }
}

/** What the server is asked at a place; null where the graph has nothing to say. */
export function question({ place, patterns }: Position, prefixes: ReadonlyMap<string, string>): Omit<CompleteAsked, "text"> | null {
  switch (place.kind) {
    case "property":
      return { position: "property", classes: classesOf(place.subject, patterns, prefixes), inverse: place.inverse };
    case "object":
      return object(place, patterns, prefixes);
    case "value":
      return value(place.variable, patterns, prefixes);
    case "subject":
    case "expression":
      return { position: "entity" };
    default:
      return null;
  }
}

function object(
  place: Extract<Place, { kind: "object" }>,
  patterns: readonly Pattern[],
  prefixes: ReadonlyMap<string, string>,
): Omit<CompleteAsked, "text"> {
  const predicate = place.predicate && !/^[?$]/.test(place.predicate) ? expanded(place.predicate, prefixes) : null;
  if (predicate === TYPE && !place.inverse) return { position: "class" };
  const classes = classesOf(place.subject, patterns, prefixes);
  return { position: "entity", classes, ...(predicate ? { predicate } : {}), inverse: place.inverse };
}

/** VALUES ?x { … }: what may stand there is what stands where ?x does. */
function value(variable: string, patterns: readonly Pattern[], prefixes: ReadonlyMap<string, string>): Omit<CompleteAsked, "text"> {
  const asPredicate = patterns.find(({ predicate }) => predicate === variable);
  if (asPredicate) return { position: "property", classes: classesOf(asPredicate.subject, patterns, prefixes) };
  const asObject = patterns.find((pattern) => pattern.object === variable && !/^[?$]/.test(pattern.predicate));
  if (!asObject) return { position: "entity" };
  return object({ kind: "object", subject: asObject.subject, predicate: asObject.predicate, inverse: asObject.inverse }, patterns, prefixes);
}

/** What is searched for: of a CURIE or an IRI its last part, underscores as spaces. */
function meant(typed: string, prefixes: ReadonlyMap<string, string>): { readonly text: string; readonly base: string } {
  const colon = typed.indexOf(":");
  if (typed.startsWith("<")) return { text: spoken(typed.slice(1).split(/[/#]/).pop() ?? ""), base: "" };
  if (colon < 0) return { text: spoken(typed), base: "" };
  return { text: spoken(typed.slice(colon + 1)), base: prefixes.get(typed.slice(0, colon)) ?? "" };
}

function spoken(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll("_", " ").trim();
  } catch {
    return text.replaceAll("_", " ").trim();
  }
}

function option(found: Completed, known: ReadonlyMap<string, string>): Completion {
  const other = found.other && found.other !== found.label ? ` · ${found.other}` : "";
  return {
    label: found.iri,
    displayLabel: found.label + other,
    detail: `${curie(found.iri, known) ?? found.name}  ${number(found.count)}`,
    type: found.kind,
    apply: (view, completed, from, to) => insert(view, completed, found.iri, known, from, to),
  };
}

/** Write an IRI the shortest way, and the PREFIX line that it needs. */
function insert(view: EditorView, completed: Completion, iri: string, known: ReadonlyMap<string, string>, from: number, to: number): void {
  const { text, line } = writing(view.state.doc.toString(), iri, known);
  const closes = view.state.sliceDoc(to, to + 1) === ">" && view.state.sliceDoc(from, from + 1) === "<" ? 1 : 0;
  view.dispatch({
    changes: [...(line ? [{ from: line.at, insert: line.text }] : []), { from, to: to + closes, insert: text }],
    selection: { anchor: from + text.length + (line ? line.text.length : 0) },
    userEvent: "input.complete",
    annotations: pickedCompletion.of(completed),
    scrollIntoView: true,
  });
}

function variables(query: string, typed: string): readonly Completion[] {
  const names = new Set((query.match(/[?$][\p{L}_][\p{L}\p{N}_]*/gu) ?? []).map((name) => `?${name.slice(1)}`));
  names.delete(`?${typed.slice(1)}`);
  return [...names].filter((name) => name.startsWith(`?${typed.slice(1)}`)).sort().map((label) => ({ label, type: "variable" }));
}

function prefixLines(known: ReadonlyMap<string, string>, typed: string): readonly Completion[] {
  const text = typed.replace(/:$/, "");
  return [...known]
    .filter(([prefix]) => prefix.startsWith(text))
    .map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, apply: `${prefix}: <${iri}>\n`, type: "namespace" }));
}

function keywords(place: Place, typed: string): readonly Completion[] {
  if (!/^[A-Za-z][A-Za-z_]*$/.test(typed)) return [];
  const words = place.kind === "none" ? CLAUSES : place.kind === "expression" ? FUNCTIONS : place.kind === "subject" ? PARTS : [];
  return words
    .filter((word) => word.toLowerCase().startsWith(typed.toLowerCase()))
    .map((label) => ({ label, type: "keyword", detail: t("editor.keyword"), apply: words === FUNCTIONS ? label : `${label} ` }));
}

function listed(from: number, options: readonly Completion[]): CompletionResult | null {
  return options.length ? { from, options, filter: false } : null;
}
