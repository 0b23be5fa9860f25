/** <triplary-paths>: the ways from one entity to another as sentences, and what they may and must not use. */

import type { FoundPath, Iri, Step } from "../api/contract";
import { fill, h } from "../dom";
import { isFiltered, UNFILTERED } from "../explorer/filtering";
import type { Actions, Panel, Scene } from "../explorer/scene";
import { number, t } from "../i18n/strings";
import { sourceBrief, verdictBadge } from "./evidence";
import { iconButton } from "./icons";
import { entityLink } from "./links";
import { labelInto } from "./naming";
import { edgeName, localName, nodeOf } from "./picked";

/** What the server takes where nothing else is said. */
const USUAL = { k: "5", longest: "6" } as const;
const CHOICES = { k: ["1", "2", "3", "5", "10", "20", "50"], longest: ["1", "2", "3", "4", "5", "6", "7", "8"] } as const;
const REQUIRED_MOST = 3;

/** A relation on the ways, and how often; without a label where it was avoided. */
interface Used {
  readonly label: string;
  readonly name: string;
  readonly iri: string;
  readonly count: number;
}

export class PathsElement extends HTMLElement implements Panel {
  actions!: Actions;
  private scene: Scene | null = null;
  /** The path that stays emphasised, by its place; -1 none. */
  private kept = -1;

  show(scene: Scene): void {
    const { paths } = scene.answer;
    const same = this.scene?.answer.paths === paths;
    this.scene = scene;
    this.hidden = !paths;
    if (!paths) {
      this.kept = -1;
      this.replaceChildren();
      return;
    }
    if (!same) this.kept = -1;
    const focused = this.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["key"] : undefined;
    fill(
      this,
      this.head(scene),
      paths.length ? h("p", { class: "quiet" }, t("paths.how")) : this.none(scene),
      ...paths.map((path, place) => this.path(path, place)),
      this.relations(scene, paths),
    );
    if (focused) this.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  private head({ state, view }: Scene): HTMLElement {
    const end = (name: string): HTMLElement | string => {
      const node = nodeOf(view, name) ?? view.nodes.find((each) => each.label === name);
      return node ? entityLink(node, (shown) => this.actions.show(shown)) : name;
    };
    return h(
      "header",
      { class: "panel-head" },
      h("p", { class: "kind" }, t("paths.title")),
      h("h2", {}, end(state.source), h("span", { class: "to", "aria-hidden": "true" }, " → "), h("span", { class: "visually-hidden" }, t("paths.to")), end(state.target)),
      h("p", { class: "choosers" }, this.chooser("k"), this.chooser("longest")),
    );
  }

  private chooser(name: keyof typeof USUAL): HTMLElement {
    const now = this.scene?.state[name] || USUAL[name];
    const values = [...new Set([...CHOICES[name], now])].sort((a, b) => Number(a) - Number(b));
    const select = h("select", { "data-key": name }, ...values.map((value) => h("option", { value }, value)));
    select.value = now;
    select.addEventListener("change", () => this.actions.push({ [name]: select.value === USUAL[name] ? "" : select.value }));
    return h("label", {}, t(`paths.${name}`), " ", select);
  }

  private path(path: FoundPath, place: number): HTMLElement {
    const nodes = nodesOf(path);
    const kept = this.kept === place;
    const keep = (): void => {
      this.kept = kept ? -1 : place;
      this.actions.focus(kept ? null : nodes);
      if (this.scene) this.show(this.scene);
    };
    const section = h(
      "section",
      { class: kept ? "path is-kept" : "path", "data-path": place + 1 },
      h(
        "h3",
        {},
        h(
          "button",
          { type: "button", class: "path-name", "aria-pressed": String(kept), "data-key": `path ${place}`, onclick: keep },
          t("paths.path", { number: place + 1 }),
          h("span", { class: "quiet" }, t("paths.steps", { count: path.steps.length })),
        ),
      ),
      h("ol", {}, ...path.steps.map((step) => this.step(step))),
    );
    const emphasise = (): void => this.actions.focus(nodes);
    const release = (): void => this.actions.focus(this.keptNodes());
    section.addEventListener("pointerenter", emphasise);
    section.addEventListener("pointerleave", release);
    section.addEventListener("focusin", emphasise);
    section.addEventListener("focusout", release);
    return section;
  }

  private keptNodes(): Iri[] | null {
    const path = this.scene?.answer.paths?.[this.kept];
    return path ? nodesOf(path) : null;
  }

  private step(step: Step): HTMLElement {
    const [subject, object] = step.inverse ? [step.to, step.from] : [step.from, step.to];
    const end = (entity: Step["from"]): HTMLElement => entityLink(entity, (name) => this.actions.show(name));
    const [before = "", after = ""] = step.label.includes("…") ? step.label.split("…") : [` ${step.label} `];
    const edge = this.scene?.view.edges.find((each) => each.id === step.edge);
    const why = (): void => {
      if (edge && this.scene) this.actions.select(edgeName(edge, this.scene.view));
    };
    const first = step.evidence[0];
    return h(
      "li",
      {},
      h("p", { class: "value" }, end(subject), before, end(object), after),
      h(
        "p",
        { class: "stated" },
        step.verdict !== "stated" && verdictBadge(step.verdict),
        step.verdict !== "stated" && " ",
        first ? sourceBrief(first.source) : null,
        " ",
        h("button", { type: "button", class: "link why", onclick: why }, t("details.who_says_so")),
      ),
    );
  }

  /** The relations on these ways, each with two switches, and those that were switched before. */
  private relations(scene: Scene, paths: readonly FoundPath[]): HTMLElement | null {
    const { state, answer, view } = scene;
    const names = new Map(answer.facets.predicates.map((each) => [each.value, each.name]));
    const used = new Map<string, Used>();
    for (const { steps } of paths) {
      for (const { predicate, label } of steps) {
        const name = names.get(predicate) ?? predicate;
        used.set(name, { label, name, iri: predicate, count: (used.get(name)?.count ?? 0) + 1 });
      }
    }
    for (const kind of ["forbid", "require"] as const) {
      const iris = view.parameters.flatMap(([key, value]) => (key === kind ? [value] : []));
      state[kind].forEach((name, place) => {
        if (!used.has(name)) used.set(name, { label: "", name, iri: iris[place] ?? name, count: 0 });
      });
    }
    if (!used.size) return null;
    return h(
      "section",
      { class: "relations" },
      h("h3", {}, t("paths.relations")),
      h("ul", {}, ...[...used.values()].sort((a, b) => b.count - a.count).map((each) => this.relation(each))),
    );
  }

  private relation({ label, name, iri, count }: Used): HTMLElement {
    const { forbid, require } = (this.scene as Scene).state;
    const forbidden = forbid.includes(name);
    const required = require.includes(name);
    const without = (list: readonly string[]): string[] => list.filter((each) => each !== name);
    const avoid = (): void => this.actions.push({ forbid: forbidden ? without(forbid) : [...forbid, name], require: without(require) });
    const must = (): void => this.actions.push({ require: required ? without(require) : [...require, name], forbid: without(forbid) });
    const words = h("span", { class: "relation-name" }, label);
    if (!label) labelInto(words, iri);
    return h(
      "li",
      { class: forbidden ? "is-without" : required ? "is-only" : null, "data-relation": name },
      words,
      h("span", { class: "count" }, count ? number(count) : ""),
      iconButton("avoid", t("paths.forbid", { relation: label || localName(iri) }), avoid, { "aria-pressed": String(forbidden), "data-key": `forbid ${name}` }),
      iconButton("must", t("paths.require", { relation: label || localName(iri) }), must, {
        "aria-pressed": String(required),
        "data-key": `require ${name}`,
        disabled: !required && require.length >= REQUIRED_MOST,
      }),
    );
  }

  /** No way: what could be loosened, each at a click. */
  private none({ state }: Scene): HTMLElement {
    const longest = Number(state.longest || USUAL.longest);
    const ways = [
      (state.forbid.length > 0 || state.require.length > 0) && this.loosen("relations", { forbid: [], require: [] }),
      isFiltered(state) && this.loosen("filters", UNFILTERED),
      longest < 8 && this.loosen("longest", { longest: "8" }),
    ];
    return h(
      "div",
      { class: "problem", role: "status" },
      h("p", { class: "problem-title" }, t("paths.none", { count: longest })),
      ways.some(Boolean) ? h("p", {}, t("paths.loosen")) : h("p", {}, t("paths.apart")),
      h("p", { class: "ways" }, ...ways),
    );
  }

  private loosen(what: string, change: Parameters<Actions["push"]>[0]): HTMLElement {
    return h("button", { type: "button", class: "button", "data-loosen": what, onclick: () => this.actions.push(change) }, t(`paths.loosen_${what}`));
  }
}

function nodesOf(path: FoundPath): Iri[] {
  return [...new Set(path.steps.flatMap((step) => [step.from.iri as Iri, step.to.iri as Iri]))];
}

customElements.define("triplary-paths", PathsElement);
