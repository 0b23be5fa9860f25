/** Two categories and a number: a table whose cells are the darker the more there is, with the figures. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { choice, leftNote, measure, measured } from "../asked";
import { categories, type Column, measures } from "../columns";
import { crossed } from "../cross";
import { brief, figure } from "../figures";
import { column, cutNote, form, notes } from "../form";
import { Names } from "../terms";
import type { Stage } from "../view";

const ROWS = 100;
const COLUMNS = 40;
/** The share of the colour in the fullest cell: figures stay readable on it. */
const DEEPEST = 0.42;
/** The share in the emptiest cell that holds something. */
const PALEST = 0.05;

export function matrix(stage: Stage): HTMLElement {
  const { table } = stage;
  const all = categories(table);
  const [many, few] = all.slice(0, 2).sort((one, two) => two.distinct - one.distinct);
  const rows = column(stage, "rows", all, many) ?? (all[0] as Column);
  const across = column(stage, "columns", all.filter((each) => each !== rows), few === rows ? many : few) ?? rows;
  const numbers = measures(table).filter((each) => each !== rows && each !== across);
  const value = column(stage, "value", numbers, measure(stage, [rows, across])) ?? null;
  const found = crossed(table, new Names(stage.shown), { rows: [rows], columns: across, value, how: value ? "sum" : "count", most: { rows: ROWS, columns: COLUMNS } });
  const most = Math.max(...found.rows.flatMap(({ cells }) => cells.map((each) => Math.abs(each ?? 0))), 1e-300);
  const cell = (each: number | null): HTMLElement => {
    const made = h("td", { class: "is-number", title: each === null ? null : figure(each) }, each === null ? "" : brief(each));
    if (each) made.style.setProperty("--share", `${((PALEST + (Math.abs(each) / most) * (DEEPEST - PALEST)) * 100).toFixed(1)}%`);
    if (each !== null && each < 0) made.dataset["sign"] = "below";
    return made;
  };
  const label = t("results.matrix_title", { value: measured(value), rows: rows.name, columns: across.name });
  const grid = h(
    "table",
    { class: "result-cross is-heat" },
    h("caption", { class: "visually-hidden" }, label),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, `${rows.name} \\ ${across.name}`), ...found.columns.map((each) => h("th", { scope: "col" }, each)))),
    h("tbody", {}, ...found.rows.map(({ labels, cells }) => h("tr", {}, h("th", { scope: "row" }, labels[0] ?? ""), ...cells.map(cell)))),
  );
  const asking = form(stage, [
    choice("rows", rows, all),
    choice("columns", across, all.filter((each) => each !== rows)),
    choice("value", value, numbers, t("results.count")),
  ]);
  return h(
    "div",
    { class: "result-stack" },
    asking,
    h("div", { class: "table", tabindex: "0", role: "region", "aria-label": label }, grid),
    notes(
      found.rows.length < found.of.rows && t("results.cut_rows", { shown: found.rows.length, total: found.of.rows }),
      found.columns.length < found.of.columns && t("results.cut_columns", { shown: found.columns.length, total: found.of.columns }),
      found.joined && value !== null && t("results.joined_sum"),
      leftNote(found.left),
      cutNote(table.cut),
    ),
  );
}
