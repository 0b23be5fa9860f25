/** A pivot table: choose what stands in rows and columns, and what is made of the values. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { choice, leftNote, measure } from "../asked";
import { categories, type Column } from "../columns";
import { crossed, type CrossHow } from "../cross";
import { figure } from "../figures";
import { column, cutNote, form, NONE, notes } from "../form";
import { chosen } from "../options";
import { Names } from "../terms";
import type { Stage } from "../view";

const ROWS = 500;
const COLUMNS = 60;
const HEADS_MOST = 40;
const OF_NUMBERS = ["count", "distinct", "sum", "mean", "min", "max"] as const;
const OF_OTHERS = ["count", "distinct"] as const;

export function pivot(stage: Stage): HTMLElement {
  const { table } = stage;
  const all = table.columns.filter(({ kind }) => kind !== "empty");
  const named = categories(table);
  const [few, many] = named.filter(({ distinct }) => distinct > 1).sort((one, two) => one.distinct - two.distinct);
  const rows = column(stage, "rows", all, many ?? few ?? all[0]) ?? (all[0] as Column);
  const others = all.filter((each) => each !== rows);
  const across = column(stage, "columns", others, many && few && few !== rows && few.distinct <= HEADS_MOST ? few : undefined) ?? null;
  const values = all.filter((each) => each !== rows && each !== across);
  const value = column(stage, "value", values, measure(stage, [rows, across ?? undefined])) ?? null;
  const hows: readonly CrossHow[] = value === null ? ["count"] : value.kind === "number" ? OF_NUMBERS : OF_OTHERS;
  const how = chosen<CrossHow>(stage.options, "how", hows, value?.kind === "number" ? "sum" : "count");
  const found = crossed(table, new Names(stage.shown), { rows: [rows], columns: across, value, how, most: { rows: ROWS, columns: COLUMNS } });
  const label = t("results.pivot_title", { rows: rows.name, columns: across?.name ?? NONE, value: value?.name ?? t("results.count"), how: t(`results.how_${how}`) });
  const { columns: heads, rows: lines } = found;
  const cell = (each: number | null | undefined): HTMLElement => h("td", { class: "is-number" }, each === null || each === undefined ? "" : figure(each));
  const grid = h(
    "table",
    { class: "result-cross" },
    h("caption", { class: "visually-hidden" }, label),
    h(
      "thead",
      {},
      h("tr", {}, h("th", { scope: "col" }, rows.name), ...(across ? heads.map((each) => h("th", { scope: "col", class: "is-number" }, each)) : []), h("th", { scope: "col", class: "is-number is-total" }, t("results.total"))),
    ),
    h("tbody", {}, ...lines.map((line) => h("tr", {}, h("th", { scope: "row" }, line.labels[0] ?? ""), ...(across ? heads.map((_, at) => cell(line.cells[at])) : []), total(line.total)))),
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, t("results.total")), ...(across ? heads.map((_, at) => cell(found.totals[at])) : []), total(found.total))),
  );
  const asking = form(stage, [
    choice("rows", rows, all),
    choice("columns", across, others, t("results.no_columns")),
    choice("value", value, values, t("results.count")),
    { key: "how", label: t("results.ask_how"), value: how, among: hows.map((each) => [each, t(`results.how_${each}`)] as const) },
  ]);
  return h(
    "div",
    { class: "result-stack" },
    asking,
    h("div", { class: "table", tabindex: "0", role: "region", "aria-label": label }, grid),
    notes(
      lines.length < found.of.rows && t("results.cut_rows", { shown: lines.length, total: found.of.rows }),
      heads.length < found.of.columns && t("results.cut_columns", { shown: heads.length, total: found.of.columns }),
      leftNote(found.left),
      cutNote(table.cut),
    ),
  );
}

function total(each: number | null): HTMLElement {
  return h("td", { class: "is-number is-total" }, each === null ? "" : figure(each));
}
