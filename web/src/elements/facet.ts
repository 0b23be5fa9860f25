/** One list of the filters: its values with counts, each to be shown alone or left out. */

import type { Facet } from "../api/contract";
import { fill, h } from "../dom";
import { filtered, type Kind, type Mode, modeOf } from "../explorer/filtering";
import type { Actions } from "../explorer/scene";
import type { State } from "../explorer/state";
import { number, t } from "../i18n/strings";
import { icon } from "./icons";

const SHORT = 8;

export class FacetList {
  readonly element: HTMLDetailsElement;
  private readonly find: HTMLInputElement;
  private readonly list = h("ul", {});
  private readonly rest = h("button", { type: "button", class: "link", onclick: () => this.showAll() });
  private readonly summary = h("summary", {});
  private whole = false;
  private facets: readonly Facet[] = [];
  private state: State | null = null;

  constructor(
    private readonly kind: Kind,
    private readonly actions: () => Actions,
    /** A small drawing of a value: a class's shape, a verdict's line. */
    private readonly swatch: (facet: Facet) => SVGElement | null,
  ) {
    this.find = h("input", { type: "search", placeholder: t("filters.find"), "aria-label": t(`filters.find.${kind}`), oninput: () => this.fill() });
    this.element = h("details", { class: `facet facet-${kind}`, open: true }, this.summary, this.find, this.list, this.rest);
  }

  show(facets: readonly Facet[], state: State): void {
    this.facets = facets;
    this.state = state;
    this.element.hidden = facets.length === 0;
    this.find.hidden = facets.length <= SHORT;
    const set = facets.filter((facet) => modeOf(state, this.kind, facet.name, facet.value)).length;
    fill(this.summary, t(`filters.${this.kind}`), set > 0 && h("span", { class: "badge" }, number(set)));
    this.fill();
  }

  private showAll(): void {
    this.whole = !this.whole;
    this.fill();
  }

  private fill(): void {
    const { state } = this;
    if (!state) return;
    const wanted = this.find.hidden ? "" : this.find.value.trim().toLocaleLowerCase();
    const found = this.facets.filter((facet) => facet.label.toLocaleLowerCase().includes(wanted));
    const set = (facet: Facet): boolean => modeOf(state, this.kind, facet.name, facet.value) !== "";
    const shown = this.whole || wanted ? found : found.filter((facet, place) => place < SHORT || set(facet));
    const key = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["key"] : undefined;
    fill(this.list, ...shown.map((facet) => this.row(facet, state)), !found.length && h("li", { class: "quiet" }, t("filters.no_match")));
    this.rest.hidden = Boolean(wanted) || found.length <= SHORT;
    this.rest.textContent = this.whole ? t("filters.fewer") : t("filters.all", { count: found.length });
    if (key) this.list.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  private row(facet: Facet, state: State): HTMLElement {
    const mode = modeOf(state, this.kind, facet.name, facet.value);
    // a filter may bring others of a kind than there were: then there are just so many
    const counts = facet.shown >= facet.count ? number(facet.shown) : t("filters.count", { shown: facet.shown, count: facet.count });
    return h(
      "li",
      { "data-mode": mode, "data-value": facet.name },
      this.swatch(facet),
      h("span", { class: "facet-label", title: facet.label }, facet.label),
      h("span", { class: "count" }, counts),
      this.choice(facet, state, "only", mode),
      this.choice(facet, state, "without", mode),
    );
  }

  private choice(facet: Facet, state: State, wanted: Exclude<Mode, "">, mode: Mode): HTMLElement {
    const pressed = mode === wanted;
    const label = t(`filters.${wanted}`, { value: facet.label });
    const act = (): void => this.actions().push(filtered(state, this.kind, pressed ? "" : wanted, facet.name, facet.value));
    return h(
      "button",
      { type: "button", class: `choose choose-${wanted}`, "aria-pressed": String(pressed), "aria-label": label, title: label, "data-key": `${this.kind} ${facet.name} ${wanted}`, onclick: act },
      icon(wanted === "only" ? "must" : "avoid"),
    );
  }
}
