/** Solutions brought together for a chart: by category, in ten colours at most, the rest as "other". */

import { language } from "../i18n/strings";
import { type Column, keyOf, placed, type Table } from "./columns";
import type { Names } from "./terms";

export const HOWS = ["sum", "mean", "max", "min"] as const;
export type How = (typeof HOWS)[number];

/** Nine colours, and a tenth for all others. */
export const COLOURS_MOST = 10;

export interface Part {
  readonly group: string;
  readonly value: number;
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly parts: readonly Part[];
}

export interface Bars {
  readonly bars: readonly Bar[];
  /** Categories in all; those beyond `bars` were cut, by value. */
  readonly total: number;
  /** Colours in their order; "" is a bar without groups. */
  readonly groups: readonly string[];
  /** Groups that share the last colour. */
  readonly others: number;
  /** Solutions without a category or a value. */
  readonly left: number;
  /** Whether several solutions came together in a bar or a part of one. */
  readonly joined: boolean;
}

export interface BarsAsked {
  readonly category: Column;
  /** null: solutions are counted. */
  readonly value: Column | null;
  readonly group: Column | null;
  readonly how: How;
  /** "data": as the result has them; "value": the largest first; "name": by their place on a scale, or by name. */
  readonly order: "data" | "value" | "name";
  readonly most: number;
  readonly other: string;
}

interface Held {
  readonly label: string;
  readonly place: number | null;
  readonly parts: Map<string, number[]>;
}

export function bars(table: Table, names: Names, asked: BarsAsked): Bars {
  const { category, value, group, how, order, most } = asked;
  const held = new Map<string, Held>();
  const weights = new Map<string, number>();
  let left = 0;
  for (const row of table.rows) {
    const term = row[category.index];
    const amount = value ? placed(value, row) : 1;
    if (!term || amount === null) {
      left += 1;
      continue;
    }
    const key = keyOf(term);
    const bar = held.get(key) ?? { label: names.brief(term), place: placed(category, row), parts: new Map<string, number[]>() };
    held.set(key, bar);
    const part = group ? (row[group.index] ?? null) : null;
    const name = part ? names.brief(part) : "";
    const amounts = bar.parts.get(name);
    if (amounts) amounts.push(amount);
    else bar.parts.set(name, [amount]);
    weights.set(name, (weights.get(name) ?? 0) + Math.abs(amount));
  }
  const ranked = [...weights].sort(([, one], [, two]) => two - one).map(([name]) => name);
  const kept = new Set(ranked.length > COLOURS_MOST ? ranked.slice(0, COLOURS_MOST - 1) : ranked);
  const others = ranked.length - kept.size;
  const all = [...held.values()].map((bar) => joined(bar, value ? how : "sum", kept, asked.other));
  const places = new Map([...held.values()].map(({ place }, at) => [all[at], place]));
  const { compare } = new Intl.Collator(language(), { numeric: true });
  const largest = [...all].sort((one, two) => two.value - one.value);
  const cut = new Set(largest.slice(0, most));
  const shown =
    order === "value"
      ? largest.slice(0, most)
      : order === "data"
        ? all.filter((bar) => cut.has(bar))
        : all.filter((bar) => cut.has(bar)).sort((one, two) => (places.get(one) ?? 0) - (places.get(two) ?? 0) || compare(one.label, two.label));
  return {
    bars: shown,
    total: all.length,
    groups: others > 0 ? [...kept, asked.other] : [...kept],
    others,
    left,
    joined: value !== null && [...held.values()].some(({ parts }) => [...parts.values()].some((each) => each.length > 1)),
  };
}

function joined({ label, parts }: Held, how: How, kept: ReadonlySet<string>, other: string): Bar {
  const merged = new Map<string, number[]>();
  for (const [name, values] of parts) {
    const group = kept.has(name) ? name : other;
    merged.set(group, [...(merged.get(group) ?? []), ...values]);
  }
  const made = [...merged].map(([group, values]) => ({ group, value: together(values, how) }));
  // parts of a stack add up to the whole; of means and the like there is no whole but of all values
  const value = how === "sum" ? made.reduce((sum, each) => sum + each.value, 0) : together([...parts.values()].flat(), how);
  return { label, value, parts: made };
}

export function together(values: readonly number[], how: How): number {
  if (how === "max") return values.reduce((one, two) => Math.max(one, two), -Infinity);
  if (how === "min") return values.reduce((one, two) => Math.min(one, two), Infinity);
  const sum = values.reduce((one, two) => one + two, 0);
  return how === "mean" ? sum / values.length : sum;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly group: string;
  readonly label: string;
}

export interface Points {
  readonly points: readonly Point[];
  readonly total: number;
  readonly groups: readonly string[];
  readonly others: number;
  readonly left: number;
}

/** A point for each solution that has both places; each says what it is by `label`. */
export function points(
  table: Table,
  names: Names,
  asked: { readonly x: Column; readonly y: Column; readonly group: Column | null; readonly label: Column | null; readonly most: number; readonly other: string },
): Points {
  const found: Point[] = [];
  const weights = new Map<string, number>();
  let left = 0;
  for (const row of table.rows) {
    const [x, y] = [placed(asked.x, row), placed(asked.y, row)];
    if (x === null || y === null) {
      left += 1;
      continue;
    }
    const name = (column: Column | null): string => {
      const term = column ? row[column.index] : null;
      return term ? names.brief(term) : "";
    };
    const group = name(asked.group);
    weights.set(group, (weights.get(group) ?? 0) + 1);
    found.push({ x, y, group, label: name(asked.label) });
  }
  const ranked = [...weights].sort(([, one], [, two]) => two - one).map(([name]) => name);
  const kept = new Set(ranked.length > COLOURS_MOST ? ranked.slice(0, COLOURS_MOST - 1) : ranked);
  const shown = found.slice(0, asked.most).map((each) => (kept.has(each.group) ? each : { ...each, group: asked.other }));
  return {
    points: shown,
    total: found.length,
    groups: ranked.length > kept.size ? [...kept, asked.other] : [...kept],
    others: ranked.length - kept.size,
    left,
  };
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Values in some `wanted` bins with round edges; an edge belongs to the bin above, the last to the last. */
export function bins(values: readonly number[], wanted: number): readonly Bin[] {
  if (values.length === 0) return [];
  const [least, most] = [together(values, "min"), together(values, "max")];
  const step = least === most ? 1 : round((most - least) / wanted);
  const first = Math.floor(least / step);
  const count = Math.max(Math.ceil(most / step) - first, 1);
  const counts = new Array<number>(count).fill(0);
  for (const value of values) {
    const at = Math.min(Math.floor(value / step) - first, count - 1);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((each, at) => ({ from: (first + at) * step, to: (first + at + 1) * step, count: each }));
}

/** 1, 2 or 5 times a power of ten, near to a step. */
function round(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const lead = step / power;
  return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
}
