/** <triplary-legend>: what the colours, shapes, pictograms and lines mean. Each row is a filter, and points at its nodes. */

import type { Facet, Iri, Legend, View } from "../api/contract";
import { fill, h } from "../dom";
import { type Kind, modeOf, toggled } from "../explorer/filtering";
import type { Actions, Panel, Scene } from "../explorer/scene";
import { number, t, verdictWord } from "../i18n/strings";
import { lineSwatch, shapeSwatch } from "../render/shapes";

/** Rows of a list that are shown before it is unfolded. */
const ROWS_MOST = 10;

export class LegendElement extends HTMLElement implements Panel {
  actions!: Actions;
  private scene: Scene | null = null;
  /** The lists that were unfolded, by their names. */
  private readonly unfolded = new Set<string>();
  private wasOpen = true;

  connectedCallback(): void {
    this.addEventListener("pointerover", (event) => this.point(event.target));
    this.addEventListener("focusin", (event) => this.point(event.target));
    this.addEventListener("pointerleave", () => this.point(null));
    this.addEventListener("focusout", () => this.point(null));
  }

  show(scene: Scene): void {
    this.scene = scene;
    const { legend, colorBy } = scene.view;
    const open = this.querySelector("details")?.open ?? matchMedia("(min-width: 60rem)").matches;
    const key = document.activeElement instanceof HTMLElement && this.contains(document.activeElement) ? document.activeElement.dataset["key"] : "";
    const classes = this.classRows(scene, legend);
    const lines = this.lineRows(scene, legend);
    fill(
      this,
      h(
        "details",
        { open },
        h("summary", {}, t("legend.title"), h("span", { class: "legend-how" }, t("legend.how"))),
        colorBy === "community" && legend.communities.length > 0 && this.list("legend-communities", t("legend.communities"), this.communityRows(legend)),
        this.list("legend-classes", t("legend.classes"), classes, legend.classes.length),
        lines.length > 1 && this.list("legend-lines", t("legend.lines"), lines),
      ),
    );
    if (key) this.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  /** Fold it away while something else needs the room, and back as it was. */
  fold(away: boolean): void {
    const details = this.querySelector("details");
    if (!details) return;
    if (away) this.wasOpen = details.open;
    details.open = away ? false : this.wasOpen;
  }

  /** The first `usual` rows, and those by which the picture is filtered; a last one unfolds the others. */
  private list(name: string, label: string, rows: readonly HTMLElement[], usual = rows.length): HTMLElement {
    const most = this.unfolded.has(name) ? rows.length : Math.min(usual, ROWS_MOST);
    const shown = rows.filter((row, place) => place < most || row.matches(".is-only, .is-without"));
    const left = rows.length - shown.length;
    // one row more takes no more room than the button
    if (left < 2) return h("ul", { class: name, "aria-label": label }, ...rows);
    const unfold = (): void => {
      this.unfolded.add(name);
      if (this.scene) this.show(this.scene);
      this.querySelectorAll(`.${name} > li`)[shown.length]?.querySelector("button")?.focus();
    };
    const button = h("button", { type: "button", class: "link legend-all", "aria-expanded": "false", onclick: unfold }, t("legend.rest", { count: left }));
    return h("ul", { class: name, "aria-label": label }, ...shown, h("li", {}, button));
  }

  private classRows(scene: Scene, legend: Legend): HTMLElement[] {
    const drawn = new Map(legend.classes.map((each) => [each.class, each]));
    const facets = new Map(scene.answer.facets.classes.map((each) => [each.value, each]));
    const shown = legend.classes.map((each) => {
      const swatch = shapeSwatch(each.shape, each.color, legend.icons[each.icon]);
      const facet = facets.get(each.class);
      return facet ? this.row("class", facet, each.label, swatch, each.count) : still(each.class, each.label, swatch, each.count);
    });
    const known = [...facets.values()].filter((facet) => !drawn.has(facet.value));
    const other = legend.classes.find((each) => !each.class);
    return [
      ...shown,
      ...known.map((facet) => this.row("class", facet, facet.label, shapeSwatch(facet.shown && other ? other.shape : "circle", 9), facet.shown)),
    ];
  }

  private lineRows(scene: Scene, legend: Legend): HTMLElement[] {
    const lines = new Map(legend.verdicts.map((each) => [each.verdict, each]));
    const facets = new Map(scene.answer.facets.verdicts.map((each) => [each.value, each]));
    const shown = legend.verdicts.map((each) => {
      const facet = facets.get(each.verdict);
      const label = [verdictWord(each.verdict), lineWord(each.line)].join(" · ");
      return facet ? this.row("verdict", facet, label, lineSwatch(each), each.count) : still(each.verdict, label, lineSwatch(each), each.count);
    });
    const off = [...facets.values()].filter((facet) => !lines.has(facet.value));
    return [...shown, ...off.map((facet) => this.row("verdict", facet, verdictWord(facet.value), null, 0))];
  }

  private communityRows(legend: Legend): HTMLElement[] {
    return legend.communities.map((each) => {
      const only = (): void => {
        const names = this.scene?.view.nodes.filter((node) => communityOf(node.community, legend) === each.community).map((node) => node.name);
        if (names?.length) this.actions.only(names);
      };
      return h(
        "li",
        {},
        h(
          "button",
          { type: "button", "data-community": each.community, "data-key": `community ${each.community}`, onclick: only },
          shapeSwatch("circle", each.color),
          h("span", {}, each.label),
          h("span", { class: "count" }, number(each.count)),
        ),
      );
    });
  }

  private row(kind: Kind, facet: Facet, label: string, swatch: Node | null, count: number): HTMLElement {
    const { state } = this.scene as Scene;
    const mode = modeOf(state, kind, facet.name, facet.value);
    const said = mode ? `, ${t(`legend.mode_${mode}`)}` : "";
    return h(
      "li",
      { class: [mode && `is-${mode}`, count ? "" : "is-off"].filter(Boolean).join(" ") || null },
      h(
        "button",
        {
          type: "button",
          "aria-pressed": mode === "only" ? "true" : mode === "without" ? "mixed" : "false",
          "data-kind": kind,
          "data-value": facet.value,
          "data-key": `${kind} ${facet.value}`,
          onclick: () => this.scene && this.actions.push(toggled(this.scene.state, kind, facet.name, facet.value)),
        },
        swatch,
        h("span", {}, label, said && h("span", { class: "visually-hidden" }, said)),
        h("span", { class: "count" }, facet.shown >= facet.count ? number(count) : t("legend.of", { shown: facet.shown, total: facet.count })),
      ),
    );
  }

  /** Emphasise what a row stands for, while the pointer or the focus is on it. */
  private point(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest("button") : null;
    const iris = button && this.scene ? meant(button.dataset, this.scene.view) : null;
    this.actions.focus(iris?.length ? iris : null);
  }
}

/** A row that is no filter: a shape that several classes share. */
function still(value: string, label: string, swatch: Node, count: number): HTMLElement {
  return h("li", { "data-value": value }, h("span", { class: "legend-still" }, swatch, h("span", {}, label), h("span", { class: "count" }, number(count))));
}

function lineWord(line: string): string {
  const key = `line.${line.replaceAll("-", "_")}`;
  const word = t(key);
  return word === key ? "" : word;
}

/** The community a node is listed under: one with a colour of its own, or all others (-1). */
function communityOf(community: number, legend: Legend): number {
  return legend.communities.some((each) => each.community === community) ? community : -1;
}

function meant(data: DOMStringMap, view: View): Iri[] | null {
  const { kind, value, community } = data;
  if (community !== undefined) {
    return view.nodes.filter((node) => communityOf(node.community, view.legend) === Number(community)).map((node) => node.iri);
  }
  if (kind === "class") return view.nodes.filter((node) => node.class === value).map((node) => node.iri);
  if (kind === "verdict") return view.edges.filter((edge) => edge.verdict === value).flatMap((edge) => [edge.source, edge.target]);
  return null;
}

customElements.define("triplary-legend", LegendElement);
