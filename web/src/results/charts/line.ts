/** A number over time, or over another number; a line for each of a second category. */

import { axisX, axisY, dot, gridX, gridY, line as lineMark, plot, ruleY } from "@observablehq/plot";
import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { choice, grouping, howChoice, leftNote, othersNote, scaleChoice } from "../asked";
import { categories, type Column, isMeasure, isTime, measures } from "../columns";
import { column, cutNote, form, notes } from "../form";
import { chosen } from "../options";
import { HOWS, type How, type Point, points, together } from "../series";
import { Names } from "../terms";
import type { Stage } from "../view";
import { axis, canBeLog, type ScaleKind, usualScale } from "./axes";
import { framed } from "./frame";
import { type Ink, ink } from "./palette";
import { named, place } from "./scatter";

const POINTS = 20_000;
const DOTTED = 300;

export function line(stage: Stage): HTMLElement {
  const { table, width, shown } = stage;
  const numbers = measures(table).filter(isMeasure);
  const places = [...table.columns.filter(isTime), ...numbers];
  const x = column(stage, "x", places, places[0]) ?? (places[0] as Column);
  const y = column(stage, "y", numbers, numbers.find((each) => each !== x)) ?? (numbers[0] as Column);
  const all = categories(table).filter((each) => each !== x && each !== y && !isTime(each));
  const group = column(stage, "group", all, grouping(stage, [x, y])) ?? null;
  const other = t("results.other");
  const found = points(table, new Names(shown), { x, y, group, label: null, most: POINTS, other });
  const how = chosen(stage.options, "how", HOWS, "sum");
  const drawn = merged(found.points, how);
  const ys = drawn.map((each) => each.y);
  const yscale = canBeLog(ys) ? chosen(stage.options, "yscale", ["linear", "log"], usualScale(ys)) : "linear";
  const joined = drawn.length < found.points.length;
  const asking = form(stage, [
    choice("x", x, places),
    choice("y", y, numbers),
    joined ? howChoice(how) : null,
    choice("group", group, all, t("results.no_group")),
    scaleChoice("yscale", yscale, canBeLog(ys)),
  ]);
  const colour = ink(other);
  const tone = (each: Point): string => (found.groups.length > 1 ? colour.of(found.groups, each.group) : colour.first);
  const title = (each: Point): string => `${each.group ? `${each.group}, ` : ""}${place(x, each.x)}: ${place(y, each.y)}`;
  const svg = picture({ drawn, x, y, yscale, width, colour, tone, title });
  const chart = framed({
    svg,
    title: t("results.line_title", { x: x.name, y: y.name }),
    description: drawn.slice(0, 12).map(title).join("; "),
    key: found.groups.length > 1 ? found.groups.map((each) => ({ label: each || t("results.unbound"), color: colour.of(found.groups, each) })) : [],
    ink: colour,
  });
  const told = notes(
    found.points.length < found.total && t("results.cut_first", { shown: found.points.length, total: found.total }),
    joined && t(`results.joined_${how}`),
    othersNote(found.others),
    leftNote(found.left),
    cutNote(table.cut),
  );
  return h("div", { class: "result-stack" }, asking, chart, told);
}

interface Pictured {
  readonly drawn: readonly Point[];
  readonly x: Column;
  readonly y: Column;
  readonly yscale: ScaleKind;
  readonly width: number;
  readonly colour: Ink;
  tone(each: Point): string;
  title(each: Point): string;
}

function picture({ drawn, x, y, yscale, width, colour, tone, title }: Pictured): SVGSVGElement {
  const [xs, ys] = [drawn.map((each) => each.x), drawn.map((each) => each.y)];
  const height = Math.min(Math.max(width * 0.5, 300), 440);
  const at = (value: number): number | Date => (x.kind === "date" ? new Date(value) : value);
  const across = axis(x, x.name, xs, "linear", width - 80);
  const up = axis(y, named(y, yscale), ys, yscale, height - 60);
  return plot({
    width,
    height,
    marginLeft: 64,
    marginBottom: 46,
    marginRight: 30,
    x: across.scale,
    y: { ...up.scale, nice: true, ...(yscale === "linear" && Math.min(...ys) >= 0 ? { zero: true } : {}) },
    color: { type: "identity" },
    marks: [
      gridX({ ...across.lines, stroke: colour.line, strokeOpacity: 0.25 }),
      gridY({ ...up.lines, stroke: colour.line, strokeOpacity: 0.25 }),
      axisX(across.marks),
      axisY(up.marks),
      yscale === "linear" ? ruleY([0], { stroke: colour.line }) : null,
      lineMark(drawn, { x: (each) => at(each.x), y: "y", z: "group", stroke: tone, strokeWidth: 2, strokeLinejoin: "round" }),
      dot(drawn.length <= DOTTED ? drawn : [], { x: (each) => at(each.x), y: "y", r: 3.5, fill: tone, stroke: colour.paper, title }),
    ],
  }) as SVGSVGElement;
}

/** One point for each place of each line, from left to right. */
function merged(found: readonly Point[], how: How): readonly Point[] {
  const held = new Map<string, { point: Point; values: number[] }>();
  for (const point of found) {
    const key = `${point.x} ${point.group}`;
    const same = held.get(key);
    if (same) same.values.push(point.y);
    else held.set(key, { point, values: [point.y] });
  }
  return [...held.values()]
    .map(({ point, values }) => ({ ...point, y: together(values, how) }))
    .sort((one, two) => one.x - two.x);
}
