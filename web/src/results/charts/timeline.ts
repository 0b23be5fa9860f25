/** What happened when: a dot for each dated solution, its name beside it, in as many lanes as it takes. */

import { axisX, dot, gridX, link, type Markish, plot, text } from "@observablehq/plot";
import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { choice, grouping, leftNote, othersNote } from "../asked";
import { categories, type Column, isTime, placed } from "../columns";
import { day, figure } from "../figures";
import { column, cutNote, form, notes } from "../form";
import type { Solution } from "../result";
import { COLOURS_MOST } from "../series";
import { textWidth } from "../table/widths";
import { Names } from "../terms";
import type { Stage } from "../view";
import { axis } from "./axes";
import { framed, shortened } from "./frame";
import { type Ink, ink } from "./palette";

const EVENTS = 150;
const LANE = 22;
const MARGIN = 16;
const LETTERS = 34;

interface Event {
  readonly from: number;
  readonly until: number | null;
  readonly label: string;
  readonly group: string;
  told(): string;
}

interface Laid extends Event {
  readonly lane: number;
  /** Whether the name stands before the dot. */
  readonly before: boolean;
}

interface Asked {
  readonly date: Column;
  readonly end: Column | null;
  readonly label: Column | null;
  readonly group: Column | null;
}

export function timeline(stage: Stage): HTMLElement {
  const { table, width, shown } = stage;
  const { asked, form: asking } = ask(stage);
  const names = new Names(shown);
  const found = table.rows.map((row) => event(row, names, asked)).filter((each) => each !== null);
  found.sort((one, two) => one.from - two.from);
  const kept = found.slice(0, EVENTS);
  const other = t("results.other");
  const groups = ranked(kept);
  const few = groups.length > COLOURS_MOST ? [...groups.slice(0, COLOURS_MOST - 1), other] : groups;
  const colour = ink(other);
  const tone = (each: Event): string => (few.length > 1 ? colour.of(few, few.includes(each.group) ? each.group : other) : colour.first);
  const chart = framed({
    svg: drawn(kept, asked.date, width, colour, tone),
    title: t("results.timeline_title", { date: asked.date.name }),
    description: kept.slice(0, 12).map((each) => each.told()).join("; "),
    key: few.length > 1 ? few.map((each) => ({ label: each || t("results.unbound"), color: colour.of(few, each) })) : [],
    ink: colour,
  });
  const told = notes(
    kept.length < found.length && t("results.cut_earliest", { shown: kept.length, total: found.length }),
    othersNote(groups.length - few.length && groups.length - few.length + 1),
    leftNote(table.rows.length - found.length),
    cutNote(table.cut),
  );
  return h("div", { class: "result-stack" }, asking, chart, told);
}

function ask(stage: Stage): { readonly asked: Asked; readonly form: HTMLElement } {
  const { table } = stage;
  const times = table.columns.filter(isTime);
  const date = column(stage, "date", times, times.find(({ kind }) => kind === "date") ?? times[0]) ?? (times[0] as Column);
  const later = times.filter((each) => each !== date);
  const end = column(stage, "end", later, later.find((each) => /end|until|bis|止|终/i.test(each.name))) ?? null;
  const all = categories(table).filter((each) => each !== date && each !== end);
  const group = column(stage, "group", all, grouping(stage, [date, end])) ?? null;
  const label = column(stage, "label", all, all.find((each) => each !== group && !isTime(each)) ?? all[0]) ?? null;
  const asking = form(stage, [
    choice("date", date, times),
    later.length > 0 ? choice("end", end, later, t("results.no_end")) : null,
    choice("label", label, all),
    choice("group", group, all, t("results.no_group")),
  ]);
  return { asked: { date, end, label, group }, form: asking };
}

function drawn(kept: readonly Event[], date: Column, width: number, colour: Ink, tone: (each: Event) => string): SVGSVGElement {
  const laid = lanes(kept, width);
  const span = kept.flatMap(({ from, until }) => [from, until ?? from]);
  const last = Math.max(...laid.map(({ lane }) => lane), 0);
  const across = axis({ ...date, kind: "date" }, "", span, "linear", width);
  const words = (before: boolean): Markish =>
    text(laid.filter((each) => each.before === before), {
      x: "from",
      y: "lane",
      text: (each: Laid) => shortened(each.label, LETTERS),
      textAnchor: before ? "end" : "start",
      dx: before ? -9 : 9,
      fill: colour.ink,
      stroke: colour.paper,
      strokeWidth: 3,
      title: (each: Laid) => each.told(),
    });
  return plot({
    width,
    height: (last + 1) * LANE + 52,
    marginLeft: MARGIN,
    marginRight: MARGIN,
    marginTop: 6,
    marginBottom: 34,
    x: { ...across.scale, domain: domain(span) },
    y: { domain: [-0.5, last + 0.5], axis: null, reverse: true },
    color: { type: "identity" },
    marks: [
      gridX({ ...across.lines, stroke: colour.line, strokeOpacity: 0.3 }),
      axisX({ ...across.marks, label: null }),
      link(laid.filter(({ until }) => until !== null), { x1: "from", x2: "until", y1: "lane", y2: "lane", stroke: tone, strokeWidth: 5, strokeOpacity: 0.45, strokeLinecap: "round" }),
      dot(laid, { x: "from", y: "lane", r: 4.5, fill: tone, stroke: colour.paper, title: (each: Laid) => each.told() }),
      words(false),
      words(true),
    ],
  }) as SVGSVGElement;
}

function event(row: Solution, names: Names, { date, end, label, group }: Asked): Event | null {
  const from = moment(row, date);
  if (from === null) return null;
  const name = (of: Column | null): string => {
    const term = of ? row[of.index] : null;
    return term ? names.brief(term) : "";
  };
  const when = (): string => (date.year ? figure(placed(date, row) ?? 0, true) : day(from));
  const told = (): string => `${name(label)}: ${when()}${group ? `, ${name(group)}` : ""}`;
  return { from, until: end ? moment(row, end) : null, label: name(label), group: name(group), told };
}

function moment(row: Solution, column: Column): number | null {
  const place = placed(column, row);
  return place !== null && column.year ? new Date(0).setUTCFullYear(place) : place;
}

/** Some room at both ends, and for one moment alone a year around it. */
function domain(span: readonly number[]): [Date, Date] {
  const [least, most] = [Math.min(...span), Math.max(...span)];
  const room = (most - least) * 0.02 || 365 * 24 * 3600 * 1000;
  return [new Date(least - room), new Date(most + room)];
}

function ranked(found: readonly Event[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { group } of found) counts.set(group, (counts.get(group) ?? 0) + 1);
  return [...counts].sort(([, one], [, two]) => two - one).map(([group]) => group);
}

/** The first lane in which the dot and its name meet no other; late names stand before their dots. */
function lanes(found: readonly Event[], width: number): readonly Laid[] {
  const [first, last] = domain(found.flatMap(({ from, until }) => [from, until ?? from]));
  const scale = (width - 2 * MARGIN) / (last.getTime() - first.getTime());
  const taken: { from: number; to: number }[][] = [];
  return found.map((each) => {
    const x = MARGIN + (each.from - first.getTime()) * scale;
    const end = each.until === null ? x : MARGIN + (each.until - first.getTime()) * scale;
    const long = textWidth(shortened(each.label, LETTERS)) + 18;
    const before = x + long > width;
    const room = before ? { from: x - long, to: Math.max(x, end) + 8 } : { from: x - 8, to: Math.max(x + long, end + 8) };
    let lane = taken.findIndex((row) => row.every((one) => one.to < room.from || one.from > room.to));
    if (lane < 0) lane = taken.push([]) - 1;
    taken[lane]?.push(room);
    return { ...each, lane, before };
  });
}
