/** A figure or a few, large, each with what it is called. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";
import type { Column } from "../columns";
import { figure } from "../figures";
import { datatype, Names, numberOf, pageOf } from "../terms";
import type { Stage } from "../view";

export function number(stage: Stage): HTMLElement {
  const names = new Names(stage.shown);
  const { columns, rows } = stage.table;
  return h("dl", { class: "result-figures" }, ...columns.map((column) => one(stage, column, rows.length, names)));
}

function one({ table }: Stage, column: Column, count: number, names: Names): HTMLElement {
  const term = count > 0 ? (table.rows[0]?.[column.index] ?? null) : null;
  const value = numberOf(term);
  const page = term && pageOf(term);
  const text = term === null ? t("results.unbound") : value === null ? names.of(term) : figure(value, column.year);
  const type = term && value === null ? datatype(term) : null;
  return h(
    "div",
    {},
    h("dt", {}, column.name),
    h("dd", { class: value === null ? "is-text" : null, lang: term?.["xml:lang"], title: term?.value }, page ? h("a", { href: page }, text) : text),
    type ? h("dd", { class: "quiet" }, names.short(type)) : null,
  );
}
