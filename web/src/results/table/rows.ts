/** The rows of the grid that are in sight: few elements, whatever the number of solutions. */

import { h } from "../../dom";
import { language } from "../../i18n/strings";
import type { Table } from "../columns";
import type { Names } from "../terms";
import { fillCell } from "./cells";

export const ROW_HEIGHT = 32;
/** Rows beyond the edges, so that a quick finger meets no void. */
const SPARE = 6;
/** Browsers stop at some 16 million pixels; beyond this, scrolling moves faster than the rows. */
const TALLEST = 12_000_000;

export class Rows {
  readonly element = h("div", { role: "rowgroup", class: "grid-body" });
  private readonly shown = new Map<number, HTMLElement>();
  private free: HTMLElement[] = [];
  private order: Int32Array = new Int32Array(0);
  private names!: Names;
  private readonly count = new Intl.NumberFormat(language());

  constructor(
    private readonly table: Table,
    private readonly id: string,
    private readonly mark: (row: number, column: number, cell: HTMLElement) => void,
  ) {}

  /** Other solutions, or another order: all rows in sight are made anew. */
  show(order: Int32Array, names: Names): void {
    this.order = order;
    this.names = names;
    this.element.style.height = `${Math.min(order.length * ROW_HEIGHT, TALLEST)}px`;
    for (const [, row] of this.shown) this.free.push(row);
    this.shown.clear();
    this.element.replaceChildren();
  }

  /** How far from the top a row is, for a scroller whose window is `height` high. */
  place(at: number, height: number): number {
    return at * ROW_HEIGHT * this.ratio(height);
  }

  private ratio(height: number): number {
    const whole = this.order.length * ROW_HEIGHT;
    return whole <= TALLEST ? 1 : (TALLEST - height) / (whole - height);
  }

  /** Puts the rows in place that a window from `top`, `height` high, can see. */
  scroll(top: number, height: number): void {
    const begin = top / this.ratio(height) / ROW_HEIGHT;
    const first = Math.max(Math.floor(begin) - SPARE, 0);
    const last = Math.min(Math.ceil(begin + height / ROW_HEIGHT) + SPARE, this.order.length) - 1;
    for (const [at, row] of this.shown) {
      if (at >= first && at <= last) continue;
      this.shown.delete(at);
      this.free.push(row);
    }
    const shift = top - begin * ROW_HEIGHT;
    let before: HTMLElement | null = null;
    for (let at = first; at <= last; at += 1) {
      let row = this.shown.get(at);
      if (!row) {
        row = this.fill(this.free.pop() ?? this.make(), at);
        this.shown.set(at, row);
      }
      row.style.top = `${at * ROW_HEIGHT + shift}px`;
      // in the order of the solutions for those who read the page rather than see it
      const next: Element | null = before ? before.nextElementSibling : this.element.firstElementChild;
      if (next !== row) this.element.insertBefore(row, next);
      before = row;
    }
    for (const row of this.free) row.remove();
    this.free = this.free.slice(0, 2 * SPARE);
  }

  /** The cell that is in sight there. */
  cell(row: number, column: number): HTMLElement | null {
    return (this.shown.get(row)?.children[column + 1] as HTMLElement | undefined) ?? null;
  }

  /** Marks every cell in sight again: the selection moved. */
  remark(): void {
    for (const [at, row] of this.shown) {
      for (const { index } of this.table.columns) this.mark(at, index, row.children[index + 1] as HTMLElement);
    }
  }

  private make(): HTMLElement {
    const cells = this.table.columns.map((_, index) => h("div", { role: "gridcell", "aria-colindex": index + 2 }));
    return h("div", { role: "row", class: "grid-row" }, h("div", { role: "rowheader", "aria-colindex": 1, class: "grid-number" }), ...cells);
  }

  private fill(row: HTMLElement, at: number): HTMLElement {
    const solution = this.order[at] ?? 0;
    row.setAttribute("aria-rowindex", String(at + 2));
    row.dataset["row"] = String(at);
    const [head] = row.children;
    if (head) head.textContent = this.count.format(solution + 1);
    for (const column of this.table.columns) {
      const cell = row.children[column.index + 1] as HTMLElement;
      fillCell(cell, this.table.rows[solution]?.[column.index] ?? null, column, this.names);
      cell.id = `${this.id}-${at}-${column.index}`;
      this.mark(at, column.index, cell);
    }
    return row;
  }
}
