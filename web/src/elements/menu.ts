/** <triplary-menu>: what can be done with one node; its relations are counted before anything is drawn. */

import { isAbort, relations } from "../api/client";
import type { Relation, View, ViewNode } from "../api/contract";
import { fill, h } from "../dom";
import type { Actions, Scene } from "../explorer/scene";
import { collapsed } from "../explorer/steps";
import { language, t } from "../i18n/strings";
import type { Point } from "../render/renderer";
import { shapeSwatch } from "../render/shapes";
import { type Icon, icon } from "./icons";
import { arriving, pageLink } from "./links";
import { nodeOf } from "./picked";

const MARGIN = 8;
const RELATIONS_FIRST = 7;

/** How many of a relation's edges the picture shows at a node. */
export function shownOf(relation: Relation, node: ViewNode, view: View): number {
  return view.edges.filter(
    (edge) => edge.predicate === relation.predicate && (relation.inverse ? edge.target : edge.source) === node.iri,
  ).length;
}

export class MenuElement extends HTMLElement {
  actions!: Actions;
  /** Ask how this entity is connected with another one, or compare the two. */
  onask: (name: string) => void = () => undefined;
  private asking = new AbortController();
  private opener: Element | null = null;

  connectedCallback(): void {
    this.hidden = true;
    this.addEventListener("keydown", this.key);
    this.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next instanceof Node && !this.contains(next)) this.close(false);
    });
    this.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  get isOpen(): boolean {
    return !this.hidden;
  }

  open(node: ViewNode, scene: Scene, at: Element | Point): void {
    if (!this.isOpen) this.opener = document.activeElement;
    this.asking.abort();
    this.asking = new AbortController();
    const around = h("div", { role: "group", "aria-label": t("menu.around"), class: "relations" }, remark(t("details.loading")));
    const menu = h(
      "div",
      { class: "node-menu" },
      h("p", { class: "menu-head" }, shapeSwatch(node.shape, node.color, scene.view.legend.icons[node.icon]), h("strong", {}, node.label), h("span", { class: "quiet" }, node.classLabel)),
      h(
        "div",
        { role: "menu", "aria-label": t("menu.label", { label: node.label }) },
        around,
        h("div", { role: "group", "aria-label": t("menu.do"), class: "deeds" }, ...this.deeds(node, scene)),
      ),
    );
    fill(this, menu);
    this.hidden = false;
    this.place(menu, at);
    this.items()[0]?.focus({ preventScroll: true });
    document.addEventListener("pointerdown", this.outside, { capture: true });
    void this.fillRelations(around, node, scene, () => this.place(menu, at));
  }

  close(back: boolean): void {
    if (!this.isOpen) return;
    this.asking.abort();
    document.removeEventListener("pointerdown", this.outside, { capture: true });
    const { opener } = this;
    const had = this.contains(document.activeElement);
    this.hidden = true;
    this.replaceChildren();
    if (back && had && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
  }

  private async fillRelations(around: HTMLElement, node: ViewNode, scene: Scene, place: () => void): Promise<void> {
    const { signal } = this.asking;
    try {
      const found = await relations(node.iri, language(), signal);
      if (signal.aborted) return;
      const untouched = document.activeElement === this.items()[0];
      this.showRelations(around, found, node, scene, RELATIONS_FIRST);
      place();
      if (untouched) this.items()[0]?.focus({ preventScroll: true });
    } catch (error) {
      if (!isAbort(error)) fill(around, remark(t("error.network")));
    }
  }

  private showRelations(around: HTMLElement, found: readonly Relation[], node: ViewNode, scene: Scene, most: number): void {
    const counted = found.map((relation) => ({ relation, shown: shownOf(relation, node, scene.view) }));
    const shown = counted.reduce((sum, each) => sum + each.shown, 0);
    const total = found.reduce((sum, each) => sum + each.total, 0);
    const rest = counted.length - most;
    const all = (): void => {
      this.showRelations(around, found, node, scene, counted.length);
      this.items()[most + 1]?.focus();
    };
    fill(
      around,
      ...(total
        ? [
            this.item("open", t("menu.fairly"), () => this.actions.open(node.name), { shown, total }),
            ...counted.slice(0, most).map(({ relation, shown: drawn }) => this.relation(relation, drawn, node)),
            rest > 0 && this.item("menu", t("menu.more_relations", { count: rest }), all, { stays: true }),
          ]
        : [remark(t("menu.nothing_around"))]),
    );
  }

  private relation(relation: Relation, shown: number, node: ViewNode): HTMLElement {
    const label = relation.inverse ? arriving(relation.label, node.label, relation.inverseLabel) : relation.label;
    const open = (): void => this.actions.open(node.name, `${relation.inverse ? "^" : ""}${relation.name}`);
    return this.item(relation.inverse ? "arrives" : "leaves", label, open, { shown, total: relation.total });
  }

  private deeds(node: ViewNode, { state, view }: Scene): readonly HTMLElement[] {
    const { name } = node;
    const picked = nodeOf(view, state.select);
    const other = picked && picked !== node ? picked : null;
    const folds = collapsed(state, view, node) !== null;
    return [
      folds && this.item("fold", t("menu.collapse"), () => this.actions.collapse(name)),
      this.item("hide", t("menu.hide"), () => this.actions.hide(name)),
      this.item("others", t("menu.others"), () => this.actions.others(name)),
      node.pinned
        ? this.item("pin", t("menu.unpin"), () => this.actions.unpin(name))
        : this.item("pin", t("menu.pin"), () => this.actions.pin(name)),
      ...(other
        ? [
            this.item("ask", t("menu.path", { label: other.label }), () => this.actions.go({ source: other.name, target: name })),
            this.item("compare", t("menu.compare", { label: other.label }), () => this.actions.go({ compare: [other.name, name] })),
          ]
        : [this.item("ask", t("menu.ask"), () => this.onask(name))]),
      this.item("page", t("details.page"), () => location.assign(pageLink(node.page))),
    ].filter((each) => each !== false);
  }

  private item(
    sign: Icon,
    label: string,
    act: () => void,
    { shown, total, stays = false }: { readonly shown?: number; readonly total?: number; readonly stays?: boolean } = {},
  ): HTMLElement {
    const counted = shown !== undefined && total !== undefined;
    const done = counted && shown >= total;
    const chosen = (): void => {
      if (done) return;
      if (!stays) this.close(true);
      act();
    };
    return h(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1", "aria-disabled": done && "true", onclick: chosen },
      icon(sign),
      h("span", { class: "menu-label" }, label),
      counted && h("span", { class: "count" }, t("menu.count", { shown, total })),
    );
  }

  private items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role=menuitem]")];
  }

  /** Beside the place it belongs to, wholly inside the window. */
  private place(menu: HTMLElement, at: Element | Point): void {
    const box = at instanceof Element ? at.getBoundingClientRect() : null;
    const wanted = at instanceof Element ? { x: box?.left ?? 0, y: (box?.bottom ?? 0) + 4 } : at;
    const { width, height } = menu.getBoundingClientRect();
    const most = { x: innerWidth - width - MARGIN, y: innerHeight - height - MARGIN };
    menu.style.left = `${Math.max(MARGIN, Math.min(wanted.x, most.x))}px`;
    menu.style.top = `${Math.max(MARGIN, Math.min(wanted.y, most.y))}px`;
  }

  private readonly outside = (event: PointerEvent): void => {
    if (!(event.target instanceof Node && this.contains(event.target))) this.close(false);
  };

  private readonly key = (event: KeyboardEvent): void => {
    const items = this.items();
    const here = items.indexOf(document.activeElement as HTMLElement);
    const to = (place: number): void => items[(place + items.length) % items.length]?.focus();
    if (event.key === "Escape" || event.key === "Tab") this.close(true);
    else if (event.key === "ArrowDown") to(here + 1);
    else if (event.key === "ArrowUp") to(here - 1);
    else if (event.key === "Home") to(0);
    else if (event.key === "End") to(-1);
    else if (event.key.length === 1 && /\p{L}/u.test(event.key) && !event.ctrlKey && !event.metaKey) {
      const letter = event.key.toLowerCase();
      const order = [...items.slice(here + 1), ...items.slice(0, here + 1)];
      order.find((item) => item.querySelector(".menu-label")?.textContent?.toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** A line of the menu that only says something. */
function remark(text: string): HTMLElement {
  return h("div", { role: "menuitem", tabindex: "-1", "aria-disabled": "true", class: "quiet" }, text);
}

customElements.define("triplary-menu", MenuElement);
