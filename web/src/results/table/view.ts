/** The table: solutions in a grid, sorted, filtered, copied. */

import { h } from "../../dom";
import { popover } from "../../elements/popover";
import { t } from "../../i18n/strings";
import type { Column } from "../columns";
import { cutNote } from "../form";
import { chosen } from "../options";
import { Names, type Naming } from "../terms";
import type { Stage } from "../view";
import { wholeCell } from "./cells";
import { markdown, toClipboard, tsv } from "./clip";
import { Grid } from "./grid";
import { arranged, type Order } from "./order";

const NAMINGS = ["labels", "prefixed", "full"] as const;
const PAUSE = 150;
/** In a link, what a column is filtered by has its name behind this. */
const FILTER = "has.";

let made = 0;

export function table(stage: Stage): HTMLElement {
  return new TableView(stage).element;
}

class TableView {
  readonly element = h("div", { class: "result-table" });
  private readonly status = h("p", { class: "grid-status", role: "status" });
  private readonly whole = h("p", { class: "grid-whole", "aria-hidden": "true" });
  private readonly grid: Grid;
  private names: Names;
  private order: Order | null;
  private all: string;
  private readonly has = new Map<string, string>();
  private shown: Int32Array = new Int32Array(0);
  private pausing = 0;
  private readonly group = `result-names-${(made += 1)}`;

  constructor(private readonly stage: Stage) {
    const { options, table: { columns } } = stage; // prettier-ignore
    this.names = new Names(stage.shown, chosen(options, "names", NAMINGS, "labels"));
    const column = columns.find(({ name }) => name === options["sort"]);
    this.order = column ? { column: column.name, down: options["down"] === "1" } : null;
    this.all = options["find"] ?? "";
    for (const { name } of columns) {
      const asked = options[FILTER + name];
      if (asked) this.has.set(name, asked);
    }
    this.grid = new Grid(stage.table, t("results.table_label", { count: stage.table.rows.length }), stage.width, {
      sort: (each) => this.sort(each),
      walk: (solution, each) => this.walk(solution, each),
      copy: () => this.copied(),
    });
    this.element.append(this.tools(), this.grid.element, this.whole, this.status);
    if (this.has.size > 0) this.grid.filterRow(this.fields());
    this.arrange();
    requestAnimationFrame(() => this.grid.settle());
  }

  private tools(): HTMLElement {
    const find = h("input", { type: "search", "aria-label": t("results.find"), placeholder: t("results.find"), value: this.all, "data-key": "find" });
    find.addEventListener("input", () => {
      this.all = find.value;
      this.later();
    });
    const toggle = h("button", { type: "button", class: "button", "aria-pressed": this.has.size > 0 ? "true" : "false", "data-key": "filters" }, t("results.filters"));
    toggle.addEventListener("click", () => {
      const open = toggle.getAttribute("aria-pressed") !== "true";
      toggle.setAttribute("aria-pressed", String(open));
      this.grid.filterRow(open ? this.fields() : null);
      if (open) this.element.querySelector<HTMLInputElement>(".grid-filters input")?.focus();
      else if (this.has.size > 0) {
        this.has.clear();
        this.arrange();
        this.keep();
      }
    });
    return h("div", { class: "grid-tools" }, find, this.naming(), toggle, this.copying());
  }

  private naming(): HTMLElement {
    return h(
      "fieldset",
      { class: "grid-naming" },
      h("legend", { class: "visually-hidden" }, t("results.names")),
      ...NAMINGS.map((each) => {
        const field = h("input", { type: "radio", name: this.group, value: each, checked: each === this.names.naming });
        field.addEventListener("change", () => this.rename(each));
        return h("label", {}, field, h("span", {}, t(`results.names_${each}`)));
      }),
    );
  }

  private copying(): HTMLElement {
    const button = h("button", { type: "button", class: "button", "data-key": "copy" }, t("results.copy"));
    const way = (key: string, text: () => string): HTMLElement =>
      h("button", { type: "button", class: "link", "data-copy": key, onclick: () => void this.toClipboard(text()) }, t(`results.copy_${key}`));
    const box = popover(
      button,
      "result-copy",
      t("results.copy"),
      way("tsv", () => tsv([this.heads(), ...this.lines()])),
      way("markdown", () => markdown(this.heads(), this.lines(), this.columns().map(({ kind }) => kind === "number"))),
      h("p", { class: "quiet" }, t("results.copy_how")),
    );
    return box.element;
  }

  private fields(): readonly HTMLElement[] {
    return this.stage.table.columns.map(({ name, kind }) => {
      const label = t("results.filter_column", { column: name });
      const hint = kind === "number" ? "> 5" : kind === "date" ? "2020..2023" : "…";
      const field = h("input", { type: "text", "aria-label": label, placeholder: hint, value: this.has.get(name) ?? "", spellcheck: "false" });
      field.addEventListener("input", () => {
        if (field.value.trim()) this.has.set(name, field.value);
        else this.has.delete(name);
        this.later();
      });
      return field;
    });
  }

  private later(): void {
    window.clearTimeout(this.pausing);
    this.pausing = window.setTimeout(() => {
      if (this.stage.signal.aborted) return;
      this.arrange();
      this.keep();
    }, PAUSE);
  }

  private rename(naming: Naming): void {
    this.names = new Names(this.stage.shown, naming);
    this.arrange();
    this.keep();
  }

  /** First up, then down, then as it came; figures begin with the largest. */
  private sort({ name, kind }: Column): void {
    const first = kind === "number";
    if (this.order?.column !== name) this.order = { column: name, down: first };
    else this.order = this.order.down === first ? { column: name, down: !first } : null;
    this.arrange();
    this.keep();
  }

  private keep(): void {
    const options: Record<string, string> = { find: this.all.trim() };
    if (this.order) options["sort"] = this.order.column;
    if (this.order?.down) options["down"] = "1";
    if (this.names.naming !== "labels") options["names"] = this.names.naming;
    for (const [name, asked] of this.has) options[FILTER + name] = asked;
    this.stage.change(options, false);
  }

  private arrange(): void {
    const { table: all } = this.stage;
    this.shown = arranged(all, this.names, this.order, { all: this.all, columns: this.has });
    this.grid.show(this.shown, this.names, this.order);
    const total = all.rows.length;
    const triples = this.stage.shown.result.kind === "graph";
    const some = { shown: this.shown.length, total };
    const told =
      this.shown.length === total
        ? t(triples ? "results.triples" : "results.solutions", { count: total })
        : t(triples ? "results.some_triples" : "results.some_solutions", some);
    this.tell([told, cutNote(all.cut)].filter(Boolean).join(" "));
  }

  private tell(text: string): void {
    this.status.textContent = text;
  }

  private walk(solution: number | null, column: Column): void {
    const term = solution === null ? null : (this.stage.table.rows[solution]?.[column.index] ?? null);
    const head = h("span", { class: "quiet" }, `${column.name} `);
    this.whole.replaceChildren(head, ...(solution === null ? [] : wholeCell(term, this.names, t("results.unbound"))));
    this.whole.removeAttribute("aria-hidden");
  }

  private columns(): readonly Column[] {
    const { columns } = this.stage.table;
    const { left, right } = this.grid.range;
    return this.grid.selected ? columns.slice(left, right + 1) : columns;
  }

  private heads(): readonly string[] {
    return this.columns().map(({ name }) => name);
  }

  /** The texts of what is selected; of all that is shown, where only one cell is. */
  private lines(): readonly (readonly string[])[] {
    const { top, bottom } = this.grid.range;
    const rows = this.grid.selected ? this.shown.slice(top, bottom + 1) : this.shown;
    const columns = this.columns();
    return Array.from(rows, (solution) =>
      columns.map(({ index }) => {
        const term = this.stage.table.rows[solution]?.[index];
        return term ? this.names.of(term) : "";
      }),
    );
  }

  /** What the keys copy: the selected cells, or the one that is active. */
  private copied(): string {
    const { top, left } = this.grid.range;
    const term = this.stage.table.rows[this.shown[top] ?? -1]?.[left];
    const text = this.grid.selected ? tsv(this.lines()) : term ? this.names.of(term) : "";
    this.tell(t("results.copied", { count: this.grid.selected ? this.grid.range.bottom - top + 1 : 1 }));
    return text;
  }

  private async toClipboard(text: string): Promise<void> {
    const { top, bottom } = this.grid.range;
    try {
      await toClipboard(text);
      this.tell(t("results.copied", { count: this.grid.selected ? bottom - top + 1 : this.shown.length }));
    } catch {
      this.tell(t("results.not_copied"));
    }
  }
}
