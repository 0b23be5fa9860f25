/** A table that sorts by its columns. */

import { h } from "../dom";
import { language, t } from "../i18n/strings";

export interface Column<T> {
  readonly key: string;
  readonly label: string;
  readonly number?: boolean;
  value(row: T): string | number;
  cell(row: T): Node | string;
}

export interface Order {
  readonly key: string;
  readonly down: boolean;
}

/** The rows in an order; what has no value comes last, and ties stay as they were. */
export function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], order: Order | null): readonly T[] {
  const column = columns.find((each) => each.key === order?.key);
  if (!column || !order) return rows;
  const collator = new Intl.Collator(language(), { numeric: true });
  const way = order.down ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [column.value(one), column.value(other)];
    if (a === "" || b === "") return Number(a === "") - Number(b === "");
    return way * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b)));
  });
}

export interface TableParts<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly order: Order | null;
  sort(order: Order): void;
  /** What tells a row from others, and what a click on it selects. */
  key(row: T): string;
  pick(key: string): void;
}

/** `rows` as they are: whoever calls has sorted and sliced them. */
export function tableOf<T>({ label, columns, rows, order, sort, key, pick }: TableParts<T>): HTMLTableElement {
  const picked = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest("a, button")) return;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("tr[data-row]") : null;
    if (row?.dataset["row"]) pick(row.dataset["row"]);
  };
  return h(
    "table",
    { onclick: picked },
    h("caption", { class: "visually-hidden" }, label),
    h("thead", {}, h("tr", {}, ...columns.map((column) => heading(column, order, sort)))),
    h(
      "tbody",
      {},
      ...rows.map((row) =>
        h("tr", { "data-row": key(row) }, ...columns.map((column) => h("td", { class: column.number ? "is-number" : null }, column.cell(row)))),
      ),
    ),
  );
}

function heading<T>(column: Column<T>, order: Order | null, sort: (order: Order) => void): HTMLElement {
  const here = order?.key === column.key;
  const said = here ? (order?.down ? "descending" : "ascending") : "none";
  const next = (): void => sort({ key: column.key, down: here ? !order?.down : Boolean(column.number) });
  return h(
    "th",
    { scope: "col", "aria-sort": said, class: column.number ? "is-number" : null },
    h(
      "button",
      { type: "button", class: "sort", "data-key": `sort ${column.key}`, title: t("table.sort", { column: column.label }), onclick: next },
      column.label,
      h("span", { class: "sort-mark", "aria-hidden": "true" }, here ? (order?.down ? "▼" : "▲") : "↕"),
    ),
  );
}
