/** <triplary-compare>: what two entities share and what only one has, relation by relation, with who says so. */

import type { Iri, Said, Shared } from "../api/contract";
import { fill, h } from "../dom";
import type { Actions, Panel, Scene } from "../explorer/scene";
import { number, t } from "../i18n/strings";
import { sourceBrief, verdictBadge } from "./evidence";
import { arriving, entityLink, valueOf } from "./links";
import { nodeOf } from "./picked";

type Side = "left" | "shared" | "right";

/** Values of a cell that are shown before "show all". */
const FOLD = 4;

interface Relation {
  readonly key: string;
  readonly label: string;
  readonly backwards: string;
  readonly inverse: boolean;
  readonly left: Said[];
  readonly shared: Shared[];
  readonly right: Said[];
}

export class CompareElement extends HTMLElement implements Panel {
  actions!: Actions;
  private scene: Scene | null = null;
  private kept: Side | "" = "";

  show(scene: Scene): void {
    const { shared, left, right } = scene.answer;
    const same = this.scene?.answer.shared === shared;
    this.scene = scene;
    this.hidden = !shared;
    if (!shared || !left || !right) {
      this.replaceChildren();
      return;
    }
    if (same) return;
    this.kept = "";
    const kept = scene.answer.totals?.bookkeeping ?? 0;
    const relations = together(shared, left, right);
    const sides = ({ left: one, right: other }: Relation): number => Number(one.length > 0) * 2 + Number(other.length > 0);
    const apart = relations.filter((each) => sides(each)).sort((one, other) => sides(other) - sides(one));
    fill(
      this,
      this.head(scene),
      shared.length ? this.both(scene, relations.filter((each) => each.shared.length)) : h("p", { class: "quiet" }, t("compare.nothing")),
      apart.length > 0 && this.apart(scene, apart),
      kept > 0 && h("p", { class: "quiet" }, t("compare.bookkeeping", { count: kept })),
    );
  }

  private head(scene: Scene): HTMLElement {
    return h(
      "header",
      { class: "panel-head" },
      h("p", { class: "kind" }, t("compare.title")),
      h("h2", {}, this.end(scene, 0), h("span", { class: "to" }, t("compare.and")), this.end(scene, 1)),
      h("p", { class: "quiet" }, t("compare.how")),
    );
  }

  /** One of the two, with the way back to what lies around it. */
  private end({ state, view }: Scene, place: 0 | 1): HTMLElement | string {
    const name = state.compare[place] ?? "";
    const node = nodeOf(view, name) ?? view.nodes.filter((each) => each.asked)[place];
    return node ? entityLink(node, (shown) => this.actions.show(shown)) : name;
  }

  /** What both have: a row for each relation. */
  private both(scene: Scene, relations: readonly Relation[]): HTMLElement {
    return this.pointing(
      h(
        "table",
        { class: "sides-table both" },
        h("thead", {}, h("tr", {}, this.column(scene, "shared"))),
        h(
          "tbody",
          {},
          ...relations.flatMap((relation) => [
            h("tr", { class: "relation" }, h("th", { scope: "rowgroup" }, this.words(relation))),
            h("tr", {}, h("td", { "data-side": "shared" }, this.cell(relation.shared))),
          ]),
        ),
      ),
    );
  }

  /** What only one has, side by side. */
  private apart(scene: Scene, relations: readonly Relation[]): HTMLElement {
    return this.pointing(
      h(
        "table",
        { class: "sides-table apart" },
        h("thead", {}, h("tr", {}, this.column(scene, "left"), this.column(scene, "right"))),
        ...relations.map((relation) =>
          h(
            "tbody",
            {},
            h("tr", { class: "relation" }, h("th", { scope: "rowgroup", colspan: 2 }, this.words(relation))),
            h("tr", {}, ...(["left", "right"] as const).map((side) => h("td", { "data-side": side }, this.cell(relation[side])))),
          ),
        ),
      ),
    );
  }

  private words({ label, backwards, inverse }: Relation): string {
    return inverse ? arriving(label, t("compare.it"), backwards) : label;
  }

  private pointing(table: HTMLElement): HTMLElement {
    const point = (event: Event): void => this.point(event.target);
    table.addEventListener("pointerover", point);
    table.addEventListener("focusin", point);
    table.addEventListener("pointerleave", () => this.release());
    table.addEventListener("focusout", () => this.release());
    return table;
  }

  private column(scene: Scene, side: Side): HTMLElement {
    const label = (place: 0 | 1): string => {
      const name = scene.state.compare[place] ?? "";
      return (nodeOf(scene.view, name) ?? scene.view.nodes.filter((each) => each.asked)[place])?.label ?? name;
    };
    const words = side === "shared" ? t("compare.shared") : t("compare.only", { entity: label(side === "left" ? 0 : 1) });
    const keep = (event: MouseEvent): void => {
      this.kept = this.kept === side ? "" : side;
      for (const button of this.querySelectorAll("thead button")) {
        button.setAttribute("aria-pressed", String(button === event.currentTarget && this.kept === side));
      }
      this.release();
    };
    return h(
      "th",
      { scope: "col", "data-side": side },
      h(
        "button",
        { type: "button", "aria-pressed": "false", onclick: keep },
        words,
        h("span", { class: "count" }, number(scene.answer.totals?.[side] ?? 0)),
      ),
    );
  }

  private cell(said: readonly (Said | Shared)[]): HTMLElement | string {
    if (!said.length) return h("span", { class: "nothing", "aria-label": t("compare.none") }, "–");
    const items = said.map((each) => this.value(each));
    const list = h("ul", {}, ...items.slice(0, said.length > FOLD + 1 ? FOLD : undefined));
    if (said.length <= FOLD + 1) return list;
    const all = h("button", { type: "button", class: "link" }, t("details.show_all", { count: said.length }));
    all.addEventListener("click", () => {
      list.append(...items.slice(FOLD));
      all.remove();
      items[FOLD]?.querySelector<HTMLElement>("a, summary")?.focus();
    });
    return h("div", {}, list, all);
  }

  private value(said: Said | Shared): HTMLElement {
    const voices = "right" in said ? [...said.evidence, ...said.right.evidence] : said.evidence;
    const seen = new Map(voices.map((each) => [`${each.source.graph} ${each.claim?.iri ?? ""}`, each]));
    return h(
      "li",
      { "data-value": said.value.value },
      valueOf(said.value, (name) => this.actions.show(name)),
      said.verdict !== "stated" && verdictBadge(said.verdict),
      h(
        "details",
        { class: "why" },
        h("summary", {}, t("details.who_says_so")),
        h(
          "ul",
          {},
          ...[...seen.values()].map(({ source, claim }) =>
            h("li", {}, claim && verdictBadge(claim.verdict), claim && " ", sourceBrief(source), claim?.note ? h("span", { class: "claim-note" }, claim.note) : null),
          ),
        ),
      ),
    );
  }

  private point(target: EventTarget | null): void {
    const at = target instanceof Element ? target.closest<HTMLElement>("[data-side]") : null;
    const side = at?.dataset["side"] as Side | undefined;
    if (side) this.actions.focus(this.meant(side));
    else this.release();
  }

  private release(): void {
    this.actions.focus(this.kept ? this.meant(this.kept) : null);
  }

  /** The nodes of a column: its values, and whose they are. */
  private meant(side: Side): Iri[] {
    if (!this.scene) return [];
    const { view, answer } = this.scene;
    const asked = view.nodes.filter((node) => node.asked).map((node) => node.iri);
    const whose = side === "left" ? asked.slice(0, 1) : side === "right" ? asked.slice(1, 2) : asked;
    const values = new Set((answer[side] ?? []).map((each) => each.value.value));
    return [...whose, ...view.nodes.filter((node) => values.has(node.iri)).map((node) => node.iri)];
  }
}

function together(shared: readonly Shared[], left: readonly Said[], right: readonly Said[]): Relation[] {
  const found = new Map<string, Relation>();
  const at = ({ predicate, label, inverseLabel, inverse }: Said): Relation => {
    const key = `${inverse ? "^" : ""}${predicate}`;
    const relation = found.get(key) ?? { key, label, backwards: inverseLabel, inverse, left: [], shared: [], right: [] };
    found.set(key, relation);
    return relation;
  };
  for (const each of shared) at(each).shared.push(each);
  for (const each of left) at(each).left.push(each);
  for (const each of right) at(each).right.push(each);
  return [...found.values()];
}

customElements.define("triplary-compare", CompareElement);
