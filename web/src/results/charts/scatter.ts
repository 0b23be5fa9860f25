/** A dot for each solution that has two numbers, or a date and a number. */

import { axisX, axisY, dot, gridX, gridY, plot } from "@observablehq/plot";
import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { choice, grouping, leftNote, othersNote, scaleChoice } from "../asked";
import { categories, type Column, isTime, measures } from "../columns";
import { day, figure } from "../figures";
import { column, cutNote, form, notes } from "../form";
import { chosen } from "../options";
import { type Point, type Points, points } from "../series";
import { textWidth } from "../table/widths";
import { Names } from "../terms";
import type { Stage } from "../view";
import { axis, canBeLog, type ScaleKind, usualScale } from "./axes";
import { framed } from "./frame";
import { type Ink, ink } from "./palette";

const DOTS = 2_000;
/** Beyond this no names are written beside the dots. */
const NAMED = 400;

interface Asked {
  readonly x: Column;
  readonly y: Column;
  readonly group: Column | null;
  readonly label: Column | null;
  readonly xscale: ScaleKind;
  readonly yscale: ScaleKind;
  readonly found: Points;
  readonly form: HTMLElement;
}

export function scatter(stage: Stage): HTMLElement {
  const asked = ask(stage);
  const { x, y, found } = asked;
  const colour = ink(t("results.other"));
  const chart = framed({
    svg: drawn(asked, stage.width, colour),
    title: t("results.scatter_title", { x: x.name, y: y.name }),
    description: found.points.slice(0, 12).map((each) => told(asked, each)).join("; "),
    key: found.groups.length > 1 ? found.groups.map((each) => ({ label: each || t("results.unbound"), color: colour.of(found.groups, each) })) : [],
    ink: colour,
  });
  const left = notes(
    found.points.length < found.total && t("results.cut_first", { shown: found.points.length, total: found.total }),
    othersNote(found.others),
    leftNote(found.left),
    cutNote(stage.table.cut),
  );
  return h("div", { class: "result-stack" }, asked.form, chart, left);
}

/** Columns, scales and colours as they were chosen, the usual where they were not. */
function ask(stage: Stage): Asked {
  const { table, shown } = stage;
  const numbers = measures(table);
  const places = [...numbers, ...table.columns.filter((each) => isTime(each) && !numbers.includes(each))];
  const usual = numbers.length < 2 ? places.find(isTime) : numbers[0];
  const x = column(stage, "x", places, usual) ?? (places[0] as Column);
  const y = column(stage, "y", places, numbers.find((each) => each !== x)) ?? x;
  const all = categories(table).filter((each) => each !== x && each !== y);
  const group = column(stage, "group", all, grouping(stage, [x, y])) ?? null;
  const label = [...all].sort((one, two) => two.distinct - one.distinct).find((each) => each !== group && !isTime(each)) ?? null;
  const found = points(table, new Names(shown), { x, y, group, label, most: DOTS, other: t("results.other") });
  const [xs, ys] = [found.points.map((each) => each.x), found.points.map((each) => each.y)];
  const free = (of: Column, values: readonly number[]): boolean => of.kind !== "date" && !of.year && canBeLog(values);
  const scale = (key: "xscale" | "yscale", of: Column, values: readonly number[]): ScaleKind =>
    free(of, values) ? chosen(stage.options, key, ["linear", "log"], usualScale(values)) : "linear";
  const [xscale, yscale] = [scale("xscale", x, xs), scale("yscale", y, ys)];
  const asking = form(stage, [
    choice("x", x, places),
    choice("y", y, places),
    choice("group", group, all, t("results.no_group")),
    scaleChoice("xscale", xscale, free(x, xs)),
    scaleChoice("yscale", yscale, free(y, ys)),
  ]);
  return { x, y, group, label, xscale, yscale, found, form: asking };
}

function told({ x, y }: Asked, each: Point): string {
  return `${each.label || each.group}: ${place(x, each.x)}, ${place(y, each.y)}`;
}

function drawn(asked: Asked, width: number, colour: Ink): SVGSVGElement {
  const { x, y, xscale, yscale, found } = asked;
  const height = Math.min(Math.max(width * 0.6, 320), 540);
  const across = axis(x, named(x, xscale), found.points.map((each) => each.x), xscale, width - 80);
  const up = axis(y, named(y, yscale), found.points.map((each) => each.y), yscale, height - 60);
  const at = (of: Column, value: number): number | Date => (of.kind === "date" ? new Date(value) : value);
  const svg = plot({
    width,
    height,
    marginLeft: 64,
    marginBottom: 46,
    marginRight: 30,
    x: { ...across.scale, nice: true },
    y: { ...up.scale, nice: true },
    color: { type: "identity" },
    marks: [
      gridX({ ...across.lines, stroke: colour.line, strokeOpacity: 0.25 }),
      gridY({ ...up.lines, stroke: colour.line, strokeOpacity: 0.25 }),
      axisX(across.marks),
      axisY(up.marks),
      dot(found.points, {
        x: (each) => at(x, each.x),
        y: (each) => at(y, each.y),
        r: found.points.length > 300 ? 3 : 4.5,
        fill: (each) => (found.groups.length > 1 ? colour.of(found.groups, each.group) : colour.first),
        fillOpacity: 0.75,
        stroke: colour.paper,
        strokeWidth: 0.75,
        title: (each: Point) => told(asked, each),
      }),
    ],
  }) as SVGSVGElement;
  if (asked.label && found.points.length <= NAMED) name(svg, found.points, colour.ink, colour.paper, width);
  return svg;
}

export function named(column: Column, scale: ScaleKind): string {
  return scale === "log" ? t("results.log_axis", { column: column.name }) : column.name;
}

export function place(column: Column, value: number): string {
  return column.kind === "date" ? day(value) : figure(value, column.year);
}

/** Writes names beside dots, where they meet neither another name nor another dot. */
function name(svg: SVGSVGElement, found: readonly Point[], ink: string, paper: string, width: number): void {
  const dots = Array.from(svg.querySelectorAll<SVGCircleElement>('g[aria-label="dot"] circle'));
  const boxes = dots.map((each) => ({ x: Number(each.getAttribute("cx")) - 5, y: Number(each.getAttribute("cy")) - 6, width: 10, height: 12 }));
  const layer = document.createElementNS("http://www.w3.org/2000/svg", "g");
  layer.setAttribute("aria-hidden", "true");
  dots.forEach((each, at) => {
    const label = found[at]?.label ?? "";
    const [x, y] = [Number(each.getAttribute("cx")) + 8, Number(each.getAttribute("cy"))];
    const box = { x, y: y - 7, width: textWidth(label) * 0.9, height: 14 };
    const free = boxes.every((one) => one.x > box.x + box.width || box.x > one.x + one.width || one.y > box.y + box.height || box.y > one.y + one.height);
    if (!label || label.length > 30 || !free || box.x + box.width > width) return;
    boxes.push(box);
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    for (const [key, value] of Object.entries({ x, y: y + 4, fill: ink, stroke: paper, "stroke-width": 3, "paint-order": "stroke", "font-size": 11, "text-anchor": "start" })) text.setAttribute(key, String(value));
    text.textContent = label;
    layer.append(text);
  });
  svg.append(layer);
}
