/** Numbers and days as the reader's language writes them. */

import { language } from "../i18n/strings";

const EXACT = 1e15;
const SMALL = 1e-4;
const BRIEF_FROM = 10_000;

/** Formatters are slow to make, and a chart asks for thousands of figures. */
const formatters = new Map<string, { format(value: number): string }>();

function formatter(key: string, make: () => { format(value: number): string }): { format(value: number): string } {
  const name = `${language()} ${key}`;
  const before = formatters.get(name) ?? make();
  formatters.set(name, before);
  return before;
}

/** A number as the reader's language writes it; a year without a mark between its digits. */
export function figure(value: number, year = false): string {
  if (year) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= EXACT || size < SMALL)) return value.toExponential(2).replace("e+", "e");
  const maximumSignificantDigits = Math.max(6, String(Math.trunc(size)).length);
  return formatter(`figure ${maximumSignificantDigits}`, () => new Intl.NumberFormat(language(), { maximumSignificantDigits })).format(value);
}

/** As `figure`, short enough for an axis: 1.2K, 3M, 120万. */
export function brief(value: number, year = false): string {
  const size = Math.abs(value);
  if (year || size < BRIEF_FROM) return figure(value, year);
  if (size >= EXACT) return value.toExponential(Number.isInteger(Math.log10(size)) ? 0 : 1).replace("e+", "e");
  return formatter("brief", () => new Intl.NumberFormat(language(), { notation: "compact", maximumFractionDigits: 1 })).format(value);
}

/** All digits of a whole or decimal number as it is written, in groups from the fifth on. */
export function grouped(text: string): string {
  const found = /^([+-]?)(\d{5,})(\.\d+)?$/.exec(text);
  if (!found) return text;
  const [, sign = "", whole = "", rest = ""] = found;
  const [group, decimal] = marks(language());
  return sign + whole.replaceAll(/\B(?=(\d{3})+$)/g, group) + rest.replace(".", decimal);
}

const known = new Map<string, readonly [group: string, decimal: string]>();

/** What a language writes between groups of digits and before decimals. */
function marks(tongue: string): readonly [group: string, decimal: string] {
  const before = known.get(tongue);
  if (before) return before;
  const parts = new Intl.NumberFormat(tongue).formatToParts(12_345.5);
  const mark = (type: string, usual: string): string => parts.find((each) => each.type === type)?.value ?? usual;
  const made = [mark("group", ","), mark("decimal", ".")] as const;
  known.set(tongue, made);
  return made;
}

/** The language for dates: our English puts the day before the month. */
export function calendar(): string {
  return language() === "en" ? "en-GB" : language();
}

/** A day in the reader's language. */
export function day(milliseconds: number): string {
  return formatter("day", () => new Intl.DateTimeFormat(calendar(), { dateStyle: "medium", timeZone: "UTC" })).format(milliseconds);
}
