/** The grid of the table view: scrolls, is walked by keys, is selected by mouse; ARIA's grid pattern. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";
import type { Column, Table } from "../columns";
import type { Names } from "../terms";
import type { Order } from "./order";
import { ROW_HEIGHT, Rows } from "./rows";
import { type Cell, HEAD, holds, isSingle, moved, type Range, rangeOf } from "./selection";
import { NARROWEST, widths } from "./widths";

export interface GridEvents {
  sort(column: Column): void;
  /** The active cell moved: the number of its solution, and its column; null on the names. */
  walk(solution: number | null, column: Column): void;
  copy(): string;
}

const STEP = 16;
const FEW = 12;
const SCROLLBAR = 18;
let made = 0;

export class Grid {
  readonly element: HTMLElement;
  private readonly id = `grid-${(made += 1)}`;
  private readonly head = h("div", { role: "row", "aria-rowindex": 1, class: "grid-row grid-names" });
  private readonly filters = h("div", { class: "grid-filters", hidden: true });
  private readonly rows: Rows;
  private order: Int32Array = new Int32Array(0);
  private names!: Names;
  private sizes: number[] = [];
  private active: Cell = { row: 0, column: 0 };
  private anchor: Cell = { row: 0, column: 0 };
  private drawing = 0;

  constructor(
    private readonly table: Table,
    label: string,
    private readonly width: number,
    private readonly events: GridEvents,
  ) {
    this.rows = new Rows(table, this.id, (row, column, cell) => this.mark(row, column, cell));
    this.element = h(
      "div",
      {
        role: "grid", class: "result-grid", tabindex: "0", "data-key": "grid", "aria-label": label, "aria-multiselectable": "true",
        "aria-colcount": table.columns.length + 1, "aria-description": t("results.grid_keys"),
      },
      h("div", { role: "rowgroup", class: "grid-head" }, this.head),
      this.rows.element,
    ); // prettier-ignore
    this.listen();
  }

  /** Where the fields stand that filter the columns: below the names. */
  filterRow(fields: readonly HTMLElement[] | null): void {
    this.filters.hidden = fields === null;
    if (!fields) return this.filters.remove();
    const cells = fields.map((field) => h("div", { role: "gridcell" }, field));
    this.filters.replaceChildren(
      h("div", { role: "row", class: "grid-row" }, h("div", { role: "gridcell", class: "grid-number" }), ...cells),
    );
    this.filters.setAttribute("role", "rowgroup");
    this.head.parentElement?.append(this.filters);
  }

  show(order: Int32Array, names: Names, sort: Order | null): void {
    this.order = order;
    this.names = names;
    if (this.sizes.length === 0) this.sizes = widths(this.table, names, this.room());
    this.element.setAttribute("aria-rowcount", String(order.length + 1));
    this.header(sort);
    this.rows.show(order, names);
    const last = order.length - 1;
    this.active = { row: Math.min(this.active.row, last), column: this.active.column };
    this.anchor = this.active;
    this.measure();
    this.draw();
  }

  /** Once the grid stands in the page, as many rows as there is room for. */
  settle(): void {
    this.draw();
  }

  get range(): Range {
    return rangeOf(this.anchor, this.active);
  }

  /** Whether more than one cell is selected. */
  get selected(): boolean {
    return this.active.row !== HEAD && !isSingle(this.range);
  }

  private room(): number {
    return this.width - this.numberWidth() - (this.table.rows.length > FEW ? SCROLLBAR : 2);
  }

  private numberWidth(): number {
    return Math.max(44, String(this.table.rows.length).length * 9 + 22);
  }

  private measure(): void {
    const columns = [this.numberWidth(), ...this.sizes];
    this.element.style.setProperty("--grid-columns", columns.map((each) => `${each}px`).join(" "));
    this.element.style.setProperty("--grid-width", `${columns.reduce((sum, each) => sum + each, 0)}px`);
  }

  private header(sort: Order | null): void {
    const names = this.table.columns.map((column) => {
      const here = sort?.column === column.name;
      const figures = column.kind === "number";
      const mark = h("span", { class: "sort-mark", "aria-hidden": "true" }, here ? (sort?.down ? "▼" : "▲") : "");
      const edge = h("span", { class: "grid-edge", "aria-hidden": "true", title: t("results.width") });
      edge.addEventListener("pointerdown", (event) => this.drag(event, column.index));
      edge.addEventListener("dblclick", () => this.resize(column.index, widths(this.table, this.names, 0)[column.index] ?? 0));
      return h(
        "div",
        {
          role: "columnheader", id: `${this.id}-${HEAD}-${column.index}`, "aria-colindex": column.index + 2,
          "aria-sort": here ? (sort?.down ? "descending" : "ascending") : "none",
          class: figures ? "is-number" : null, title: t("table.sort", { column: column.name }),
          onclick: () => this.events.sort(column),
        },
        figures && mark, h("span", { class: "grid-name" }, column.name), !figures && mark, edge,
      ); // prettier-ignore
    });
    const corner = h("div", { role: "columnheader", "aria-colindex": 1, class: "grid-number" }, h("span", { class: "visually-hidden" }, t("results.row")), "#");
    this.head.replaceChildren(corner, ...names);
    this.markHead();
  }

  private listen(): void {
    const { element } = this;
    element.addEventListener("scroll", () => {
      cancelAnimationFrame(this.drawing);
      this.drawing = requestAnimationFrame(() => this.draw());
    });
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("focus", () => this.told());
    element.addEventListener("copy", (event) => {
      if (event.target instanceof HTMLInputElement || !event.clipboardData) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", this.events.copy());
    });
    this.rows.element.addEventListener("pointerdown", (event) => this.press(event));
  }

  private draw(): void {
    this.rows.scroll(this.element.scrollTop, this.element.clientHeight || 600);
    this.told();
  }

  private mark(row: number, column: number, cell: HTMLElement): void {
    const within = holds(this.range, row, column) && this.active.row !== HEAD;
    cell.classList.toggle("is-selected", within && !isSingle(this.range));
    cell.classList.toggle("is-active", row === this.active.row && column === this.active.column);
    if (within) cell.setAttribute("aria-selected", "true");
    else cell.removeAttribute("aria-selected");
  }

  private markHead(): void {
    for (const { index } of this.table.columns) {
      this.head.children[index + 1]?.classList.toggle("is-active", this.active.row === HEAD && this.active.column === index);
    }
  }

  /** The cell that a screen reader is at; none while it is out of sight. */
  private told(): void {
    const { row, column } = this.active;
    const there = row === HEAD ? this.head.children[column + 1] : this.rows.cell(row, column);
    if (there) this.element.setAttribute("aria-activedescendant", there.id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  private walk(to: Cell, extend: boolean): void {
    this.active = to;
    if (!extend || to.row === HEAD) this.anchor = to;
    this.reveal();
    this.rows.remark();
    this.markHead();
    this.told();
    const column = this.table.columns[to.column];
    if (column) this.events.walk(to.row === HEAD ? null : (this.order[to.row] ?? null), column);
  }

  /** Scrolls no further than needed to have the active cell in sight. */
  private reveal(): void {
    const { element } = this;
    const { row, column } = this.active;
    const left = this.sizes.slice(0, column).reduce((sum, each) => sum + each, 0);
    const right = left + (this.sizes[column] ?? 0);
    const width = element.clientWidth - this.numberWidth();
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + width) element.scrollLeft = Math.min(left, right - width);
    if (row !== HEAD) {
      const height = element.clientHeight;
      const room = height - (this.head.parentElement?.offsetHeight ?? 0) - ROW_HEIGHT;
      const top = this.rows.place(row, height);
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top > element.scrollTop + room) element.scrollTop = Math.max(top - room, 0);
    }
    this.rows.scroll(element.scrollTop, element.clientHeight);
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.element || event.altKey) return;
    const { row, column } = this.active;
    if (row === HEAD && event.shiftKey && /^Arrow(Left|Right)$/.test(event.key)) {
      event.preventDefault();
      this.resize(column, (this.sizes[column] ?? 0) + (event.key === "ArrowLeft" ? -STEP : STEP));
      return;
    }
    const height = this.element.clientHeight - 2 * ROW_HEIGHT;
    const to = moved(this.active, event, this.order.length, this.table.columns.length, Math.max(Math.floor(height / ROW_HEIGHT), 1));
    if (to) {
      event.preventDefault();
      this.walk(to, event.shiftKey);
    } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.anchor = { row: 0, column: 0 };
      this.active = { row: this.order.length - 1, column: this.table.columns.length - 1 };
      this.rows.remark();
    } else if (event.key === "Escape" && this.selected) {
      event.preventDefault();
      this.walk(this.active, false);
    } else if (event.key === "Enter" || event.key === " ") this.enter(event);
  }

  private enter(event: KeyboardEvent): void {
    const { row, column } = this.active;
    const named = this.table.columns[column];
    event.preventDefault();
    if (row === HEAD && named) this.events.sort(named);
    else if (event.key === "Enter") this.rows.cell(row, column)?.querySelector("a")?.click();
  }

  private at(event: PointerEvent): Cell | null {
    const target = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[role=gridcell]");
    const row = target?.closest<HTMLElement>("[data-row]")?.dataset["row"];
    if (!target || row === undefined || !this.rows.element.contains(target)) return null;
    return { row: Number(row), column: Number(target.getAttribute("aria-colindex")) - 2 };
  }

  private press(event: PointerEvent): void {
    const from = this.at(event);
    if (!from || event.button !== 0) return;
    this.walk(from, event.shiftKey);
    if (event.pointerType === "touch") return;
    const move = (next: PointerEvent): void => {
      this.follow(next.clientY);
      const to = this.at(next);
      if (to && (to.row !== this.active.row || to.column !== this.active.column)) this.walk(to, true);
    };
    const end = (): void => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
  }

  /** Who drags to the edge goes on beyond it. */
  private follow(y: number): void {
    const { top, bottom } = this.element.getBoundingClientRect();
    if (y > bottom - ROW_HEIGHT) this.element.scrollTop += ROW_HEIGHT;
    else if (y < top + 2 * ROW_HEIGHT) this.element.scrollTop -= ROW_HEIGHT;
  }

  private drag(event: PointerEvent, index: number): void {
    event.preventDefault();
    const [from, width] = [event.clientX, this.sizes[index] ?? 0];
    const move = (next: PointerEvent): void => this.resize(index, width + next.clientX - from);
    const end = (): void => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      // the press that ends here is not a press on the name
      document.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
  }

  private resize(index: number, width: number): void {
    this.sizes[index] = Math.max(width, NARROWEST);
    this.measure();
  }
}
