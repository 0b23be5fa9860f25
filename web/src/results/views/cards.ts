/** Each solution as a card: what it is about on top, the rest below. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";
import type { Column } from "../columns";
import { among, column, cutNote, form, NONE, notes } from "../form";
import type { Solution } from "../result";
import { Names } from "../terms";
import type { Stage } from "../view";
import { slices } from "./slice";
import { value } from "./value";

const CARDS = 60;

export function cards(stage: Stage): HTMLElement {
  const { columns, rows, cut } = stage.table;
  const names = new Names(stage.shown);
  const title = column(stage, "title", columns, columns.find(({ kind }) => kind === "node") ?? columns[0]);
  const list = h("ul", { class: rows.length === 1 ? "result-cards is-single" : "result-cards" });
  const more = slices(rows, CARDS, list, (row) => card(row, title, columns, names));
  const choice = { key: "title", label: t("results.title"), value: title?.name ?? NONE, among: among(columns) };
  return h("div", { class: "result-stack" }, rows.length > 1 ? form(stage, [choice]) : null, list, more, notes(cutNote(cut)));
}

function card(row: Solution, title: Column | undefined, columns: readonly Column[], names: Names): HTMLElement {
  const head = title ? (row[title.index] ?? null) : null;
  const rest = columns.filter((each) => each !== title && row[each.index]);
  return h(
    "li",
    { class: "result-card" },
    h("p", { class: "card-title" }, head && title ? value(head, names, title.year) : t("results.unbound")),
    h(
      "dl",
      {},
      ...rest.map((each) => {
        const term = row[each.index];
        return h("div", {}, h("dt", {}, each.name), h("dd", {}, term ? value(term, names, each.year) : null));
      }),
    ),
  );
}
