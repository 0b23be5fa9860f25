/** <triplary-twin>: the drawing as text: sentences, two tables that sort, and a walk from node to node by arrow keys. */

import type { View, ViewEdge, ViewNode } from "../api/contract";
import { fill, h } from "../dom";
import type { Actions, Panel, Scene } from "../explorer/scene";
import { number, t } from "../i18n/strings";
import { shapeSwatch } from "../render/shapes";
import { sourceName, verdictBadge } from "./evidence";
import { edgeName, edgeOf, nodeOf } from "./picked";
import { Slices } from "./slices";
import { type Column, type Order, sorted, tableOf } from "./table";
import { Walk } from "./walk";

const TABS = ["sentences", "connections", "entities", "walk"] as const;
type Tab = (typeof TABS)[number];

export class TwinElement extends HTMLElement implements Panel {
  actions!: Actions;
  private scene: Scene | null = null;
  private drawn: View | null = null;
  private tab: Tab = "sentences";
  private readonly orders = new Map<Tab, Order>();
  private readonly slices = new Slices();
  private readonly walk = new Walk((name) => this.actions.select(name));
  private readonly fold = h("details", { class: "twin-fold" });
  private readonly counted = h("span", { class: "count" });
  private readonly pane = h("div", { class: "twin-pane", role: "tabpanel", id: "twin-pane", tabindex: "0" });

  connectedCallback(): void {
    if (this.childElementCount) return;
    fill(this.fold, h("summary", {}, t("twin.title"), this.counted), this.tabs(), this.pane);
    fill(this, this.fold);
    this.fold.addEventListener("toggle", () => {
      if (this.fold.open) this.mark(true);
    });
  }

  get isOpen(): boolean {
    return this.fold.open;
  }

  show(scene: Scene): void {
    const same = this.drawn !== null && this.drawn.nodes === scene.view.nodes && this.drawn.edges === scene.view.edges;
    const moved = this.scene?.state.select !== scene.state.select;
    this.scene = scene;
    this.drawn = scene.view;
    this.counted.textContent = t("twin.counted", {
      entities: t("count.entities", { count: scene.view.nodes.length }),
      edges: t("count.edges", { count: scene.view.edges.length }),
    });
    if (!same) this.slices.reset();
    if (!same || (moved && this.tab === "walk")) this.render();
    this.mark(moved);
  }

  private tabs(): HTMLElement {
    const list = h("div", { class: "tabs", role: "tablist", "aria-label": t("twin.title") });
    const buttons = TABS.map((tab) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `twin-tab-${tab}`,
          "aria-controls": "twin-pane",
          "data-tab": tab,
          onclick: () => this.turn(tab),
        },
        t(`twin.tab_${tab}`),
      ),
    );
    list.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const next = (TABS.indexOf(this.tab) + step + TABS.length) % TABS.length;
      this.turn(TABS[next] as Tab);
      buttons[next]?.focus();
    });
    fill(list, ...buttons);
    this.markTabs(list);
    return list;
  }

  private turn(tab: Tab): void {
    this.tab = tab;
    this.markTabs(this);
    this.pane.scrollTop = 0;
    this.render();
    this.mark(true);
  }

  private markTabs(within: Element): void {
    for (const button of within.querySelectorAll<HTMLElement>("[role=tab]")) {
      const chosen = button.dataset["tab"] === this.tab;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    this.pane.setAttribute("aria-labelledby", `twin-tab-${this.tab}`);
    this.dataset["tab"] = this.tab;
  }

  private render(): void {
    if (!this.scene) return;
    const { view, state } = this.scene;
    const focused = this.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["key"] : undefined;
    if (this.tab === "sentences") fill(this.pane, ...this.sentences(view));
    else if (this.tab === "walk") fill(this.pane, this.walk.tree(view, state.select));
    else if (this.tab === "connections") fill(this.pane, ...this.table("connections", view.edges, connectionColumns(view, this.actions), (edge) => edgeName(edge, view)));
    else fill(this.pane, ...this.table("entities", view.nodes, entityColumns(view, this.actions), (node) => node.name));
    if (focused) this.pane.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  private sentences(view: View): (HTMLElement | null)[] {
    const again = (): void => this.refresh();
    return [
      h("h2", { class: "subhead" }, t("twin.entities")),
      h(
        "ul",
        { class: "twin-nodes" },
        ...view.nodes.slice(0, this.slices.count("nodes")).map((node) =>
          h("li", { "data-row": node.name }, pickButton(node.name, node.label, this.actions, { "data-name": node.name })),
        ),
      ),
      this.slices.button("nodes", view.nodes.length, again),
      h("h2", { class: "subhead" }, t("twin.sentences")),
      h(
        "ol",
        { class: "twin-text" },
        ...told(view)
          .slice(0, this.slices.count("sentences"))
          .map(({ text, name }) => h("li", { "data-row": name }, pickButton(name, text, this.actions))),
      ),
      this.slices.button("sentences", view.text.length, again),
    ];
  }

  private table<T>(tab: Tab, all: readonly T[], columns: readonly Column<T>[], key: (row: T) => string): (HTMLElement | null)[] {
    const order = this.orders.get(tab) ?? null;
    const sort = (next: Order): void => {
      this.orders.set(tab, next);
      this.refresh();
    };
    const rows = sorted(all, columns, order).slice(0, this.slices.count(tab));
    return [
      tableOf({ label: t(`twin.tab_${tab}`), columns, rows, order, sort, key, pick: (name) => this.actions.select(name) }),
      this.slices.button(tab, all.length, () => this.refresh()),
    ];
  }

  private refresh(): void {
    this.render();
    this.mark(false);
  }

  /** Mark what is selected, and bring it into sight where it is not. */
  private mark(reveal: boolean): void {
    if (!this.scene) return;
    const { view, state } = this.scene;
    const select = nodeOf(view, state.select)?.name ?? state.select;
    if (reveal && this.fold.open && this.reach(view, select)) this.render();
    for (const row of this.pane.querySelectorAll<HTMLElement>("[data-row]")) {
      const chosen = Boolean(select) && row.dataset["row"] === select;
      row.classList.toggle("is-selected", chosen);
      if (chosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      if (chosen && reveal && this.fold.open) this.reveal(row);
    }
  }

  /** Let the slice grow until the selected row is in it; whether it had to. */
  private reach(view: View, select: string): boolean {
    if (!select || this.tab === "walk") return false;
    if (!select.includes(" ")) {
      const [key, tab] = this.tab === "entities" ? (["entities", "entities"] as const) : (["nodes", "sentences"] as const);
      if (this.tab !== tab) return false;
      const rows = tab === "entities" ? sorted(view.nodes, entityColumns(view, this.actions), this.orders.get(tab) ?? null) : view.nodes;
      return this.slices.reach(key, rows.findIndex((node) => node.name === select));
    }
    const edge = edgeOf(view, select);
    if (!edge) return false;
    if (this.tab === "sentences") return this.slices.reach("sentences", told(view).findIndex(({ name }) => name === select));
    if (this.tab !== "connections") return false;
    const rows = sorted(view.edges, connectionColumns(view, this.actions), this.orders.get("connections") ?? null);
    return this.slices.reach("connections", rows.indexOf(edge));
  }

  /** Scrolls the pane alone: the page has nothing to do with it. */
  private reveal(row: HTMLElement): void {
    const [box, frame] = [row.getBoundingClientRect(), this.pane.getBoundingClientRect()];
    const head = this.pane.querySelector("thead")?.getBoundingClientRect().height ?? 0;
    if (box.top < frame.top + head) this.pane.scrollTop -= frame.top + head - box.top + 8;
    else if (box.bottom > frame.bottom) this.pane.scrollTop += box.bottom - frame.bottom + 8;
  }
}

/** The sentences with the edge of each: the server tells them in the order of the nodes they begin with. */
function told(view: View): { readonly text: string; readonly name: string }[] {
  const rank = new Map(view.nodes.map((node, place) => [node.iri, place]));
  const edges = [...view.edges].sort((one, other) => (rank.get(one.source) ?? 0) - (rank.get(other.source) ?? 0));
  return view.text.map((text, place) => ({ text, name: edges[place] ? edgeName(edges[place], view) : "" }));
}

function pickButton(select: string, text: string, actions: Actions, more: Readonly<Record<string, string>> = {}): HTMLElement {
  return h("button", { type: "button", class: "link", "data-key": `pick ${select}`, onclick: () => actions.select(select), ...more }, text);
}

function connectionColumns(view: View, actions: Actions): Column<ViewEdge>[] {
  const order = view.legend.verdicts.map((each) => each.verdict);
  const labels = new Map(view.nodes.map((node) => [node.iri, node]));
  const end = (node: ViewNode | undefined): Node | string => (node ? pickButton(node.name, node.label, actions) : "");
  return [
    { key: "from", label: t("table.from"), value: (edge) => labels.get(edge.source)?.label ?? "", cell: (edge) => end(labels.get(edge.source)) },
    { key: "relation", label: t("table.relation"), value: (edge) => edge.label, cell: (edge) => pickButton(edgeName(edge, view), edge.label, actions) },
    { key: "to", label: t("table.to"), value: (edge) => labels.get(edge.target)?.label ?? "", cell: (edge) => end(labels.get(edge.target)) },
    { key: "verdict", label: t("table.verdict"), value: (edge) => order.indexOf(edge.verdict), cell: (edge) => verdictBadge(edge.verdict) },
    {
      key: "source",
      label: t("table.source"),
      value: (edge) => sources(edge),
      cell: sources,
    },
  ];
}

function sources(edge: ViewEdge): string {
  return [...new Set(edge.evidence.map(({ source }) => sourceName(source)))].join(t("list.semicolon"));
}

function entityColumns(view: View, actions: Actions): Column<ViewNode>[] {
  const degrees = new Map<string, number>();
  for (const { source, target } of view.edges) {
    for (const iri of new Set([source, target])) degrees.set(iri, (degrees.get(iri) ?? 0) + 1);
  }
  const columns: Column<ViewNode>[] = [
    {
      key: "name",
      label: t("table.name"),
      value: (node) => node.label,
      cell: (node) => h("span", { class: "named" }, shapeSwatch(node.shape, node.color), pickButton(node.name, node.label, actions)),
    },
    { key: "class", label: t("table.class"), value: (node) => node.classLabel, cell: (node) => node.classLabel },
    { key: "date", label: t("table.date"), value: (node) => node.begins, cell: (node) => node.begins },
    {
      key: "score",
      label: t(`measure.${view.sizeBy}`),
      number: true,
      value: (node) => node.score,
      cell: (node) => new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 3 }).format(node.score),
    },
    { key: "edges", label: t("table.edges"), number: true, value: (node) => degrees.get(node.iri) ?? 0, cell: (node) => number(degrees.get(node.iri) ?? 0) },
  ];
  return view.sizeBy === "degree" ? columns.filter((column) => column.key !== "score") : columns;
}

customElements.define("triplary-twin", TwinElement);
