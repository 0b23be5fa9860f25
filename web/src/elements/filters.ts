/** <triplary-filters>: what the picture can be filtered by, how many there are of each, and what is hidden. */

import type { Facet, View } from "../api/contract";
import { fill, h } from "../dom";
import { isFiltered, type Kind, UNFILTERED } from "../explorer/filtering";
import type { Actions, Panel, Scene } from "../explorer/scene";
import type { State } from "../explorer/state";
import { t } from "../i18n/strings";
import { lineSwatch, shapeSwatch } from "../render/shapes";
import { AsOf } from "./asof";
import { chipsOf, spoken } from "./chips";
import { FacetList } from "./facet";
import { iconButton } from "./icons";
import { Ranges } from "./ranges";
import { hiddenWords } from "./stage";

export class FiltersElement extends HTMLElement implements Panel {
  actions!: Actions;
  onclosed: () => void = () => undefined;
  private view: View | null = null;
  private readonly told = h("div", { class: "hidden-said" });
  private readonly asOf = new AsOf(() => this.actions);
  private readonly ranges = new Ranges(() => this.actions);
  private readonly heading = h("h2", { tabindex: "-1" }, t("filters.title"));
  private readonly facets = {
    class: this.list("class", (facet) => this.shape(facet)),
    predicate: this.list("predicate", () => null),
    graph: this.list("graph", () => null),
    verdict: this.list("verdict", (facet) => this.line(facet)),
  };

  connectedCallback(): void {
    this.id = "filters";
    this.hidden = true;
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", t("filters.title"));
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      this.onclosed();
    });
    fill(
      this,
      h("header", { class: "filters-head" }, this.heading, iconButton("close", t("filters.close"), () => this.onclosed())),
      this.told,
      this.facets.class.element,
      this.facets.predicate.element,
      this.asOf.element,
      this.ranges.element,
      this.facets.verdict.element,
      this.facets.graph.element,
    );
  }

  show({ state, view, answer }: Scene): void {
    this.view = view;
    const { facets, hidden } = answer;
    this.facets.class.show(facets.classes, state);
    this.facets.predicate.show(facets.predicates, state);
    this.facets.graph.show(facets.graphs, state);
    this.facets.verdict.show(facets.verdicts, state);
    this.ranges.show(facets.ranges, state);
    this.asOf.show(facets.time, state);
    const said = hidden.nodes + hidden.edges ? hiddenWords(hidden) : t("hidden.none");
    fill(
      this.told,
      h("p", {}, said),
      isFiltered(state) && h("p", { class: "quiet" }, chipsOf(state, facets).map(({ text }) => text).join(t("list.semicolon"))),
      isFiltered(state) &&
        h("button", { type: "button", class: "button", onclick: () => this.actions.push(UNFILTERED) }, t("hidden.show_all")),
      state.without.length > 0 && this.byHand(state),
    );
  }

  /** Nothing plays on where the picture could not be drawn. */
  stop(): void {
    this.asOf.pause();
  }

  override focus(): void {
    this.heading.focus();
  }

  private byHand(state: State): HTMLElement {
    return h(
      "ul",
      { class: "by-hand", "aria-label": t("hidden.by_hand") },
      ...state.without.map((name) => {
        const back = (): void => this.actions.push({ without: state.without.filter((each) => each !== name) });
        const label = t("hidden.back", { name: spoken(name) });
        return h("li", {}, h("button", { type: "button", class: "chip", title: label, "aria-label": label, onclick: back }, spoken(name), h("span", { class: "chip-off", "aria-hidden": "true" }, "×")));
      }),
    );
  }

  private list(kind: Kind, swatch: (facet: Facet) => SVGElement | null): FacetList {
    return new FacetList(kind, () => this.actions, swatch);
  }

  private shape(facet: Facet): SVGElement | null {
    const drawn = this.view?.legend.classes.find((each) => each.class === facet.value);
    return drawn ? shapeSwatch(drawn.shape, drawn.color, this.view?.legend.icons[drawn.icon]) : null;
  }

  private line(facet: Facet): SVGElement | null {
    const drawn = this.view?.legend.verdicts.find((each) => each.verdict === facet.value || each.verdict === facet.name);
    return drawn ? lineSwatch(drawn) : null;
  }
}

customElements.define("triplary-filters", FiltersElement);
