/** Shares of a whole: nine slices, and one for all others; the whole stands in the middle. */

import { arc, pie as angles, type PieArcDatum } from "d3-shape";
import { h } from "../../dom";
import { percent, t } from "../../i18n/strings";
import { part } from "../../render/still";
import { choice, leftNote, measured, weighed } from "../asked";
import { categories, measures } from "../columns";
import { brief, figure } from "../figures";
import { cutNote, form, notes } from "../form";
import { bars, COLOURS_MOST } from "../series";
import { Names } from "../terms";
import type { Stage } from "../view";
import { framed, shortened } from "./frame";
import { ink } from "./palette";

const RADIUS = 130;
const LINE = 26;
const KEY_WIDTH = 330;

interface Slice {
  readonly label: string;
  readonly value: number;
}

export function pie(stage: Stage): HTMLElement {
  const { table, shown } = stage;
  const { category, value } = weighed(stage);
  const other = t("results.other");
  const found = bars(table, new Names(shown), { category, value, group: null, how: "sum", order: "value", most: Infinity, other });
  const { slices, whole, gathered } = sliced(found.bars.filter((each) => each.value > 0), other);
  const colour = ink(other);
  const groups = slices.map(({ label }) => label);
  const tone = (at: number): string => (gathered > 0 && at === slices.length - 1 ? colour.of(groups, other) : colour.of(groups, groups[at] ?? ""));
  const told = ({ label, value: each }: Slice): string => `${label}: ${figure(each)} (${percent(each / whole)})`;
  const wide = stage.width >= 2 * RADIUS + KEY_WIDTH;
  const width = wide ? 2 * RADIUS + KEY_WIDTH + 30 : Math.max(stage.width, 280);
  const height = wide ? Math.max(2 * RADIUS, slices.length * LINE) + 8 : 2 * RADIUS + 24 + slices.length * LINE;
  const svg = part("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const centre = wide ? [RADIUS + 2, height / 2] : [width / 2, RADIUS + 2];
  svg.append(ring(slices, tone, told, colour.paper, centre), middle(whole, measured(value), colour.soft, centre));
  const [left, top] = wide ? [2 * RADIUS + 40, (height - slices.length * LINE) / 2] : [0, 2 * RADIUS + 24];
  slices.forEach((slice, at) => svg.append(keyLine(slice, whole, tone(at), left, top + at * LINE, wide ? KEY_WIDTH - 20 : width, colour.soft)));
  const all = categories(table);
  const asking = form(stage, [
    choice("category", category, all),
    choice("value", value, measures(table).filter((each) => each !== category), t("results.count")),
  ]);
  const title = t("results.pie_title", { value: measured(value), category: category.name });
  const chart = framed({ svg, title, description: slices.map(told).join("; "), key: [], ink: colour });
  return h(
    "div",
    { class: "result-stack" },
    asking,
    chart,
    notes(
      gathered > 0 && t("results.gathered", { count: gathered }),
      found.joined && t("results.joined_sum"),
      found.bars.some((each) => each.value <= 0) && t("results.not_positive", { count: found.bars.filter((each) => each.value <= 0).length }),
      leftNote(found.left),
      cutNote(table.cut),
    ),
  );
}

function sliced(all: readonly Slice[], other: string): { slices: readonly Slice[]; whole: number; gathered: number } {
  const whole = all.reduce((sum, each) => sum + each.value, 0);
  if (all.length <= COLOURS_MOST) return { slices: all, whole, gathered: 0 };
  const rest = all.slice(COLOURS_MOST - 1);
  const value = rest.reduce((sum, each) => sum + each.value, 0);
  return { slices: [...all.slice(0, COLOURS_MOST - 1), { label: other, value }], whole, gathered: rest.length };
}

function ring(slices: readonly Slice[], tone: (at: number) => string, told: (slice: Slice) => string, paper: string, [x = 0, y = 0]: readonly number[]): SVGGElement {
  const group = part("g", { transform: `translate(${x},${y})` });
  const shape = arc<PieArcDatum<Slice>>().innerRadius(RADIUS * 0.58).outerRadius(RADIUS).cornerRadius(2);
  const placed = angles<Slice>().sort(null).value(({ value }) => value)([...slices]);
  placed.forEach((each, at) => {
    group.append(part("path", { d: shape(each) ?? "", fill: tone(at), stroke: paper, "stroke-width": 1.5 }, part("title", {}, told(each.data))));
  });
  return group;
}

function middle(whole: number, label: string, soft: string, [x = 0, y = 0]: readonly number[]): SVGGElement {
  return part(
    "g",
    { "text-anchor": "middle" },
    part("text", { x, y: y + 4, "font-size": 26, "font-weight": 600 }, brief(whole)),
    part("text", { x, y: y + 24, fill: soft }, shortened(label, 20)),
  );
}

function keyLine(slice: Slice, whole: number, color: string, x: number, y: number, width: number, soft: string): SVGGElement {
  return part(
    "g",
    { "font-size": 13 },
    part("rect", { x, y: y + 5, width: 13, height: 13, rx: 3, fill: color }),
    part("text", { x: x + 21, y: y + 16 }, shortened(slice.label, Math.floor((width - 120) / 8))),
    part("text", { x: x + width - 52, y: y + 16, "text-anchor": "end" }, brief(slice.value)),
    part("text", { x: x + width, y: y + 16, "text-anchor": "end", fill: soft }, percent(slice.value / whole)),
  );
}
