/** Scales of a chart: how they are divided and what stands at their marks. */

import type { AxisXOptions, AxisYOptions, ScaleOptions } from "@observablehq/plot";
import type { Column } from "../columns";
import { brief, calendar } from "../figures";
import { together } from "../series";

export type ScaleKind = "linear" | "log";
/** From the least to the most so many times: on an even scale, most would lie on one heap. */
const WIDE = 1_000;
const YEAR = 365.25 * 24 * 3600 * 1000;
const ROOM_FOR_MARK = 88;

/** Whether values can stand on a logarithmic scale. */
export function canBeLog(values: readonly number[]): boolean {
  return values.length > 0 && together(values, "min") > 0;
}

/** The scale that shows most of the values apart. */
export function usualScale(values: readonly number[]): ScaleKind {
  return canBeLog(values) && together(values, "max") / together(values, "min") >= WIDE ? "log" : "linear";
}

export type Marked = AxisXOptions & AxisYOptions;

/** A scale, and what stands at its marks; grid lines take the same `ticks`. */
export interface Axis {
  readonly scale: ScaleOptions;
  readonly marks: Marked;
  readonly lines: { readonly ticks?: number | number[]; readonly interval?: number };
}

/** The axis of a column over these values, `room` pixels long. */
export function axis(column: Column | null, label: string, values: readonly number[], kind: ScaleKind, room: number): Axis {
  const ticks = Math.max(Math.floor(room / ROOM_FOR_MARK), 2);
  const named = { label, labelArrow: "none", labelAnchor: "center", tickSize: 0 } as const;
  if (column?.kind === "date") return made({ type: "utc" }, { ...named, tickFormat: dated(values) }, { ticks });
  if (kind === "log") return made({ type: "log" }, { ...named, tickFormat: (value: number) => brief(value) }, { ticks: powers(values, ticks) });
  const whole = values.every(Number.isInteger) && span(values) <= ticks;
  const figures = { ...named, tickFormat: (value: number) => brief(value, column?.year) };
  return made({ type: "linear" }, figures, whole ? { interval: 1 } : { ticks });
}

function made(scale: ScaleOptions, marks: Marked, lines: Axis["lines"]): Axis {
  return { scale: { ...scale, label: null }, marks: { ...marks, ...lines }, lines };
}

function span(values: readonly number[]): number {
  return values.length === 0 ? 0 : together(values, "max") - together(values, "min");
}

function dated(values: readonly number[]): (value: Date) => string {
  const style = span(values) > 3 * YEAR ? ({ year: "numeric" } as const) : span(values) > YEAR / 6 ? ({ year: "numeric", month: "short" } as const) : ({ month: "short", day: "numeric" } as const);
  const format = new Intl.DateTimeFormat(calendar(), { ...style, timeZone: "UTC" });
  return (value) => format.format(value);
}

/** Over many powers of ten only these have their lines, and no more of them than there is room. */
function powers(values: readonly number[], ticks: number): number | number[] {
  const low = Math.floor(Math.log10(together(values, "min")));
  const high = Math.ceil(Math.log10(together(values, "max")));
  if (high - low < 3) return ticks;
  const every = Math.max(Math.ceil((high - low) / ticks), 1);
  return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, at) => 10 ** (low + at * every));
}
