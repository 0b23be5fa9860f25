/** <triplary-details>: what the graph says of one entity, or of one edge, and who says so. */

import type { Description, Fact, FactGroup, FactValue, More, View, ViewEdge, ViewNode } from "../api/contract";
import { fill, h, safeLink } from "../dom";
import { t } from "../i18n/strings";
import { shapeSwatch } from "../render/shapes";
import { evidenceKey, evidenceList, verdictBadge } from "./evidence";

const ONTOLOGY = "https://w3id.org/triplary/ontology#";

export interface DetailsActions {
  expand(name: string): void;
  show(name: string): void;
  close(): void;
}

/** The address of an entity's page, in the language of this page. */
export function pageLink(page: string): string {
  const language = new URLSearchParams(location.search).get("language");
  return safeLink(language ? `${page}?language=${encodeURIComponent(language)}` : page);
}

export class DetailsElement extends HTMLElement {
  actions: DetailsActions = { expand: () => undefined, show: () => undefined, close: () => undefined };

  clear(): void {
    this.replaceChildren();
  }

  waiting(label: string): void {
    fill(this, this.head(label, ""), h("p", { class: "quiet" }, t("details.loading")));
  }

  failed(label: string, message: string): void {
    fill(this, this.head(label, ""), h("p", { class: "problem", role: "alert" }, message));
  }

  entity(description: Description, node: ViewNode | undefined, more: readonly More[], expanded: boolean): void {
    const { entity, groups } = description;
    const aliases = entity.aliases.map((alias) => (typeof alias === "string" ? alias : alias.value));
    const names = [...entity.labels.map((label) => label.value), ...aliases].filter((name) => name !== entity.label);
    fill(
      this,
      this.head(
        entity.label,
        entity.classes.map((each) => each.label).join(" · ") || node?.classLabel || "",
        node && shapeSwatch(node.shape, node.color),
      ),
      names.length > 0 && h("p", { class: "names" }, [...new Set(names)].join(" · ")),
      entity.hint && h("p", { class: "hint" }, entity.hint),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          { type: "button", class: "primary", "data-action": "expand", onclick: () => this.actions.expand(entity.name) },
          expanded ? t("details.expand_again") : t("details.expand"),
          h("kbd", { "aria-hidden": "true" }, "E"),
        ),
        h("a", { class: "button", href: pageLink(entity.page) }, t("details.page")),
      ),
      this.left(more),
      ...groups.map((group) => this.group(group)),
      !groups.length && h("p", { class: "quiet" }, t("details.nothing")),
    );
  }

  edge(edge: ViewEdge, view: View): void {
    const end = (iri: string): ViewNode | undefined => view.nodes.find((node) => node.iri === iri);
    const name = (node: ViewNode | undefined): HTMLElement | string =>
      node
        ? h("button", { type: "button", class: "link", onclick: () => this.actions.show(node.name) }, node.label)
        : "…";
    fill(
      this,
      this.head(edge.label, t("details.edge")),
      h(
        "p",
        { class: "sentence" },
        name(end(edge.source)),
        ` ${edge.label} `,
        name(end(edge.target)),
      ),
      h("h3", {}, t("details.who_says_so")),
      evidenceList(edge.evidence),
    );
  }

  private head(title: string, kind: string, swatch?: SVGElement): HTMLElement {
    return h(
      "header",
      { class: "details-head" },
      h("p", { class: "kind" }, swatch ?? null, kind),
      h("h2", { tabindex: "-1" }, title),
      h("button", { type: "button", class: "close", "aria-label": t("details.close"), onclick: () => this.actions.close() }, "×"),
    );
  }

  private left(more: readonly More[]): HTMLElement | null {
    if (!more.length) return null;
    return h(
      "section",
      { class: "more" },
      h("h3", {}, t("details.not_drawn")),
      h(
        "ul",
        {},
        ...more.map((each) =>
          h(
            "li",
            {},
            h("span", {}, direction(each.label, each.inverse)),
            h("span", { class: "count" }, t("details.shown", { shown: each.shown, total: each.total })),
          ),
        ),
      ),
    );
  }

  private group(group: FactGroup): HTMLElement {
    const keys = new Set(group.facts.map((fact) => evidenceKey(fact.evidence)));
    const once = keys.size === 1 && group.facts.length > 1 && group.facts.every((fact) => fact.verdict === "stated");
    const first = group.facts[0];
    return h(
      "section",
      { class: "group" },
      h("h3", {}, direction(group.label, group.inverse)),
      group.conflict && h("p", { class: "conflict" }, t("details.conflict")),
      h("ul", { class: "facts" }, ...group.facts.map((fact) => this.fact(fact, !once))),
      group.total > group.shown && h("p", { class: "quiet" }, t("details.shown", { shown: group.shown, total: group.total })),
      once && first && evidenceList(first.evidence),
    );
  }

  private fact(fact: Fact, told: boolean): HTMLElement {
    const claimed = fact.verdict !== "stated";
    return h(
      "li",
      { class: `fact${claimed && !fact.stated ? " is-claim" : ""}` },
      h("p", { class: "value" }, this.value(fact.value), !told && claimed && verdictBadge(fact.verdict)),
      told && evidenceList(fact.evidence),
    );
  }

  private value(value: FactValue): HTMLElement {
    if (value.type === "literal") {
      return h("span", value.language ? { lang: value.language } : {}, value.label || value.value);
    }
    if (value.page) {
      const link = h("a", { href: pageLink(value.page), "data-name": value.name }, value.label);
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        this.actions.show(value.name);
      });
      return link;
    }
    const outside = /^https?:/.test(value.value) && !value.value.startsWith(ONTOLOGY);
    return outside
      ? h("a", { href: safeLink(value.value), rel: "noopener external" }, value.label || value.value)
      : h("span", {}, value.label || value.value);
  }
}

/** A relation read from the entity: "developed by", or "← developed by" where it arrives there. */
function direction(label: string, inverse: boolean): string {
  return inverse ? `← ${label}` : label;
}

customElements.define("triplary-details", DetailsElement);
