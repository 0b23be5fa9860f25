/** How a number is spread: how many solutions fall between round edges. */

import { axisX, axisY, gridY, plot, rect, ruleY, text } from "@observablehq/plot";
import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { choice, leftNote, scaleChoice } from "../asked";
import { type Column, measures, placed } from "../columns";
import { brief, figure } from "../figures";
import { column, cutNote, form, notes } from "../form";
import { chosen } from "../options";
import { type Bin, bins, together } from "../series";
import type { Stage } from "../view";
import { axis, canBeLog, type ScaleKind, usualScale } from "./axes";
import { framed } from "./frame";
import { ink } from "./palette";
import { named } from "./scatter";

const HEIGHT = 360;
const LABELLED = 18;

export function histogram(stage: Stage): HTMLElement {
  const { table, width } = stage;
  const numbers = measures(table);
  const x = column(stage, "x", numbers, numbers[0]) ?? (numbers[0] as Column);
  const values = table.rows.map((row) => placed(x, row)).filter((each) => each !== null);
  const scale = canBeLog(values) && !x.year ? chosen(stage.options, "xscale", ["linear", "log"], usualScale(values)) : "linear";
  const found = binned(values, scale, Math.min(Math.ceil(Math.sqrt(values.length)) + 3, 30));
  const colour = ink(t("results.other"));
  const told = (each: Bin): string => t("results.bin", { from: figure(each.from, x.year), to: figure(each.to, x.year), count: each.count });
  const edges = found.flatMap(({ from, to }) => [from, to]);
  const across = axis(x, named(x, scale), edges, scale, width - 80);
  const up = axis(null, t("results.count"), [0, ...found.map(({ count }) => count)], "linear", HEIGHT);
  const svg = plot({
    width,
    height: HEIGHT,
    marginLeft: 64,
    marginBottom: 46,
    marginTop: 22,
    marginRight: 30,
    x: across.scale,
    y: up.scale,
    color: { type: "identity" },
    marks: [
      gridY({ ...up.lines, stroke: colour.line, strokeOpacity: 0.25 }),
      rect(found, { x1: "from", x2: "to", y1: 0, y2: "count", fill: colour.first, inset: 0.75, title: told }),
      found.length <= LABELLED ? text(found.filter(({ count }) => count > 0), { x: (each: Bin) => middle(each, scale), y: "count", text: (each: Bin) => brief(each.count), dy: -8, fill: colour.soft }) : null,
      axisX({ ...across.marks, tickSize: 4 }),
      axisY(up.marks),
      ruleY([0], { stroke: colour.line }),
    ],
  }) as SVGSVGElement;
  const asking = form(stage, [choice("x", x, numbers), scaleChoice("xscale", scale, canBeLog(values) && !x.year)]);
  const chart = framed({ svg, title: t("results.histogram_title", { x: x.name }), description: found.map(told).join("; "), key: [], ink: colour });
  return h("div", { class: "result-stack" }, asking, chart, notes(spread(values, x), leftNote(table.rows.length - values.length), cutNote(table.cut)));
}

/** On a logarithmic scale, bins are as wide as each other there. */
function binned(values: readonly number[], scale: ScaleKind, wanted: number): readonly Bin[] {
  if (scale === "linear") return bins(values, wanted);
  const found = bins(values.map(Math.log10), wanted);
  return found.map(({ from, to, count }) => ({ from: 10 ** from, to: 10 ** to, count }));
}

function middle({ from, to }: Bin, scale: ScaleKind): number {
  return scale === "log" ? Math.sqrt(from * to) : (from + to) / 2;
}

/** The figures that a reader would ask for next. */
function spread(values: readonly number[], { year }: Column): string {
  const sorted = [...values].sort((one, two) => one - two);
  const half = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(half)] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
  return t("results.spread", {
    count: values.length,
    least: figure(together(values, "min"), year),
    median: figure(median ?? 0, year),
    mean: figure(together(values, "mean"), false),
    most: figure(together(values, "max"), year),
  });
}
