/** What a binding is: its number, its date, its text, and how an IRI is written here. */

import type { Shown, Term } from "./result";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const IDS = "https://w3id.org/triplary/id/";
const NUMBERS = new Set(
  [
    "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger",
    "positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong",
    "unsignedShort", "unsignedByte",
  ].map((name) => XSD + name),
); // prettier-ignore
const DATES = new Set(["date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"].map((name) => XSD + name));
const DATE = /^(-?\d{4,})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?)?(Z|[+-]\d\d:\d\d)?$/;
/** A plain string is taken for a date from the month on: a lone "2024" may be anything. */
const PLAIN_DATE = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d.*)?)?$/;

/** How IRIs are written: by label where one is known, as CURIE, or whole. */
export type Naming = "labels" | "prefixed" | "full";

export function numberOf(term: Term | null): number | null {
  if (term?.type !== "literal" || !term.datatype || !NUMBERS.has(term.datatype)) return null;
  const text = term.value.trim();
  if (text === "INF" || text === "+INF") return Infinity;
  if (text === "-INF") return -Infinity;
  const value = text === "" ? NaN : Number(text);
  return Number.isNaN(value) ? null : value;
}

/** Milliseconds since 1970 in UTC, of a date, a month, a year or a moment. */
export function dateOf(term: Term | null): number | null {
  if (term?.type !== "literal") return null;
  const text = term.value.trim();
  if (term.datatype && term.datatype !== `${XSD}string` ? !DATES.has(term.datatype) : !PLAIN_DATE.test(text)) return null;
  const found = DATE.exec(text);
  if (!found) return null;
  const [, year, month = "1", day = "1", hour = "0", minute = "0", second = "0", zone = "Z"] = found;
  const made = new Date(0);
  made.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  made.setUTCHours(Number(hour), Number(minute), 0, Number(second) * 1000);
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  const away = sign ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
  return made.getTime() - away * 60_000;
}

export function isNode(term: Term | null): boolean {
  return term !== null && term.type !== "literal";
}

export function isBoolean(term: Term | null): boolean {
  return term?.datatype === `${XSD}boolean`;
}

/** The datatype to be told: none for plain and for language-tagged strings. */
export function datatype(term: Term): string | null {
  const known = term.datatype;
  return !known || known === `${XSD}string` || known.endsWith("#langString") ? null : known;
}

/** The page of an entity at this server; null for what has none. */
export function pageOf(term: Term): string | null {
  if (term.type !== "uri" || /^mailto:|^tel:/i.test(term.value)) return null;
  const name = term.value.startsWith(IDS) ? term.value.slice(IDS.length) : encodeURIComponent(term.value);
  const asked = new URLSearchParams(location.search).get("language");
  return `/entity/${name}${asked ? `?language=${encodeURIComponent(asked)}` : ""}`;
}

/** Writes terms as text, one way for IRIs all through. */
export class Names {
  private readonly bases: readonly (readonly [base: string, prefix: string])[];

  constructor(
    private readonly shown: Pick<Shown, "labels" | "prefixes">,
    readonly naming: Naming = "labels",
  ) {
    this.bases = [...shown.prefixes]
      .map(([prefix, base]) => [base, prefix] as const)
      .filter(([base]) => base !== "")
      .sort(([one], [other]) => other.length - one.length);
  }

  of(term: Term): string {
    if (term.type === "bnode") return `_:${term.value}`;
    if (term.type !== "uri") return term.value;
    if (this.naming === "full") return term.value;
    return (this.naming === "labels" && this.shown.labels.get(term.value)) || this.short(term.value);
  }

  /** The CURIE of an IRI; the IRI, where no prefix fits what follows. */
  short(iri: string): string {
    for (const [base, prefix] of this.bases) {
      if (!iri.startsWith(base)) continue;
      const local = iri.slice(base.length);
      if (local !== "" && !/[/#?\s]/.test(local)) return `${prefix}:${local}`;
    }
    return iri;
  }

  /** What axes and bars are marked with: of an IRI without label, the end of it. */
  brief(term: Term): string {
    if (term.type !== "uri") return this.of(term);
    const known = this.shown.labels.get(term.value);
    if (known) return known;
    const short = this.short(term.value);
    return short === term.value ? (/[^/#]+(?=[/#]?$)/.exec(short)?.[0] ?? short) : short;
  }
}
