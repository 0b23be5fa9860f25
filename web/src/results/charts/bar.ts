/** Bars: a category and a number, stacked by a second category; upright over time, lying for names. */

import { axisX, axisY, barX, barY, gridX, gridY, plot, ruleX, ruleY, text } from "@observablehq/plot";
import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { choice, howChoice, leftNote, measured, mostChoice, othersNote, weighed } from "../asked";
import { categories, isTime, measures } from "../columns";
import { brief, figure } from "../figures";
import { cutNote, form, notes } from "../form";
import { chosen } from "../options";
import { type Bars, bars } from "../series";
import { textWidth } from "../table/widths";
import { Names } from "../terms";
import type { Stage } from "../view";
import { axis } from "./axes";
import { framed, shortened } from "./frame";
import { type Ink, ink } from "./palette";

const STEPS = ["25", "50", "100", "200"] as const;
const LYING = 24;
const STANDING = 380;
const LETTERS = 36;

interface Drawn {
  readonly found: Bars;
  readonly colour: Ink;
  readonly label: string;
  readonly width: number;
}

export function bar(stage: Stage): HTMLElement {
  const { table, width, shown } = stage;
  const asked = weighed(stage);
  const { category, value, how } = asked;
  const group = how === "sum" ? asked.group : null;
  const other = t("results.other");
  const usual = isTime(category) ? "name" : /\border\s+by\b/i.test(shown.query) ? "data" : "value";
  const order = chosen(stage.options, "order", ["data", "value", "name"], usual);
  const most = Number(chosen(stage.options, "most", STEPS, isTime(category) ? "100" : "50"));
  const found = bars(table, new Names(shown), { category, value, group, how, order, most, other });
  const all = categories(table);
  const asking = form(stage, [
    choice("category", category, all),
    choice("value", value, measures(table).filter((each) => each !== category), t("results.count")),
    found.joined ? howChoice(how) : null,
    how === "sum" ? choice("group", group, all.filter((each) => each !== category), t("results.no_group")) : null,
    { key: "order", label: t("results.ask_order"), value: order, among: (["data", "value", "name"] as const).map((each) => [each, t(`results.order_${each}`)] as const) },
    found.total > 25 ? mostChoice(most, STEPS.map(Number), found.total) : null,
  ]);
  const colour = ink(other);
  const title = t("results.bar_title", { value: measured(value), category: category.name });
  const parts: Drawn = { found, colour, label: measured(value), width };
  const chart = framed({
    svg: isTime(category) ? standing(parts, category.name) : lying(parts),
    title,
    description: found.bars.map((each) => `${each.label}: ${figure(each.value)}`).slice(0, 12).join("; "),
    key: found.groups.length > 1 ? found.groups.map((each) => ({ label: each || t("results.unbound"), color: colour.of(found.groups, each) })) : [],
    ink: colour,
  });
  const told = notes(
    found.bars.length < found.total && t("results.cut_by_value", { shown: found.bars.length, total: found.total }),
    found.joined && t(`results.joined_${how}`),
    othersNote(found.others),
    leftNote(found.left),
    cutNote(table.cut),
  );
  return h("div", { class: "result-stack" }, asking, chart, told);
}

interface Segment {
  readonly at: number;
  readonly value: number;
  readonly group: string;
  readonly title: string;
}

function segments({ found, label }: Drawn): readonly Segment[] {
  return found.bars.flatMap((bar, at) =>
    bar.parts.map((each) => ({
      at,
      value: each.value,
      group: each.group,
      title: `${bar.label}${each.group ? `, ${each.group}` : ""}: ${figure(each.value)} (${label})`,
    })),
  );
}

function fill({ found, colour }: Drawn): (each: Segment) => string {
  return ({ group }) => (found.groups.length > 1 ? colour.of(found.groups, group) : colour.first);
}

function lying(drawn: Drawn): SVGSVGElement {
  const { found, width, label, colour } = drawn;
  const letters = Math.max(Math.min(LETTERS, Math.floor((width * 0.42) / 7)), 8);
  const names = found.bars.map((each) => shortened(each.label, letters));
  const marginLeft = Math.min(Math.max(...names.map(textWidth)), width * 0.45) + 12;
  const figures = found.bars.map((each) => brief(each.value));
  const marginRight = Math.max(...figures.map(textWidth)) + 12;
  const order = found.bars.map((_, at) => at);
  const across = axis(null, label, [0, ...found.bars.map((each) => each.value)], "linear", width - marginLeft - marginRight);
  return plot({
    width,
    height: found.bars.length * LYING + 52,
    marginLeft,
    marginRight,
    marginTop: 4,
    marginBottom: 44,
    x: across.scale,
    y: { domain: order, type: "band", padding: 0.22, label: null },
    color: { type: "identity" },
    marks: [
      gridX({ ...across.lines, stroke: colour.line, strokeOpacity: 0.25 }),
      barX(segments(drawn), { x: "value", y: "at", fill: fill(drawn), title: "title" }),
      text(found.bars, { x: (each) => Math.max(each.value, 0), y: (_, at) => at, text: (_, at) => figures[at] ?? "", textAnchor: "start", dx: 5, fill: colour.soft }),
      axisY({ tickSize: 0, tickFormat: (at: number) => names[at] ?? "" }),
      axisX(across.marks),
      ruleX([0], { stroke: colour.line }),
    ],
  }) as SVGSVGElement;
}

function standing(drawn: Drawn, name: string): SVGSVGElement {
  const { found, width, label, colour } = drawn;
  const order = found.bars.map((_, at) => at);
  const names = found.bars.map((each) => each.label);
  const each = (width - 70) / Math.max(order.length, 1);
  const every = Math.max(Math.ceil((Math.max(...names.map(textWidth)) + 10) / each), 1);
  const up = axis(null, label, [0, ...found.bars.map((bar) => bar.value)], "linear", STANDING);
  const roomy = each > Math.max(...found.bars.map((bar) => textWidth(brief(bar.value))));
  return plot({
    width,
    height: STANDING,
    marginLeft: 64,
    marginBottom: 44,
    marginTop: 20,
    x: { domain: order, type: "band", padding: 0.18, label: null },
    y: up.scale,
    color: { type: "identity" },
    marks: [
      gridY({ ...up.lines, stroke: colour.line, strokeOpacity: 0.25 }),
      barY(segments(drawn), { y: "value", x: "at", fill: fill(drawn), title: "title" }),
      roomy ? text(found.bars, { y: (bar) => Math.max(bar.value, 0), x: (_, at) => at, text: (bar) => brief(bar.value), dy: -8, fill: colour.soft }) : null,
      axisX({ tickSize: 0, label: name, labelArrow: "none", labelAnchor: "center", tickFormat: (at: number) => (at % every === 0 ? (names[at] ?? "") : "") }),
      axisY(up.marks),
      ruleY([0], { stroke: colour.line }),
    ],
  }) as SVGSVGElement;
}
