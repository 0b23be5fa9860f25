/** <triplary-details>: what the graph says of the selected entity or connection, and who says so. */

import { describe, isAbort, Problem } from "../api/client";
import type { Description, More, ViewNode } from "../api/contract";
import { fill, h } from "../dom";
import type { Actions, Panel, Scene } from "../explorer/scene";
import { language, t } from "../i18n/strings";
import { shapeSwatch } from "../render/shapes";
import { connection } from "./connection";
import { CopyElement } from "./copy";
import { factParts, type Folds } from "./facts";
import { icon, iconButton } from "./icons";
import { arriving, pageLink } from "./links";
import { edgeOf, nodeOf } from "./picked";

export class DetailsElement extends HTMLElement implements Panel {
  actions!: Actions;
  private scene: Scene | null = null;
  private select = "";
  private described: Description | null = null;
  private folds: Folds = new Map();
  private asOf = "";
  private asking = new AbortController();
  private readonly copying = new CopyElement();

  disconnectedCallback(): void {
    this.asking.abort();
  }

  show(scene: Scene): void {
    const { select, asOf } = scene.state;
    const again = select === this.select && asOf === this.asOf;
    this.scene = scene;
    this.select = select;
    this.asOf = asOf;
    this.hidden = !select;
    const edge = select.includes(" ") ? edgeOf(scene.view, select) : undefined;
    if (!again) {
      this.asking.abort();
      this.described = null;
      this.folds = new Map();
    }
    if (!select) this.replaceChildren();
    else if (edge) this.fill(this.head(edge.label, t("details.edge")), ...connection(edge, scene.view, this.actions));
    else if (this.described) this.entity(this.described);
    else if (!again || !this.childElementCount) void this.ask(select);
  }

  private async ask(name: string): Promise<void> {
    const node = this.node(name);
    const label = node?.label ?? name;
    this.asking = new AbortController();
    const { signal } = this.asking;
    this.fill(this.head(label, node?.classLabel ?? "", node), h("p", { class: "quiet", role: "status" }, t("details.loading")));
    try {
      const description = await describe(node?.iri ?? name, language(), this.asOf, signal);
      if (signal.aborted) return;
      this.described = description;
      this.entity(description);
    } catch (error) {
      if (isAbort(error)) return;
      const said = error instanceof Problem && error.message ? error.message : t("error.network");
      this.fill(this.head(label, ""), h("p", { class: "problem", role: "alert" }, said));
    }
  }

  private node(name: string): ViewNode | undefined {
    return this.scene ? nodeOf(this.scene.view, name) : undefined;
  }

  /** What was in focus stays so, where it is there again. */
  private fill(...children: readonly (Node | string | null | false)[]): void {
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    const key = focused instanceof HTMLElement ? focused.dataset["key"] : undefined;
    fill(this, ...children);
    if (key) this.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  private entity(description: Description): void {
    const { entity, groups } = description;
    const node = this.node(entity.iri);
    const names = [...entity.labels, ...entity.aliases].filter((name) => name.value !== entity.label);
    const seen = new Map(names.map((name) => [name.value, name]));
    this.copying.show(entity);
    this.fill(
      this.head(entity.label, entity.classes.map((each) => each.label).join(" · ") || entity.classLabel, node),
      seen.size > 0 && namesLine([...seen.values()]),
      entity.hint && h("p", { class: "hint" }, entity.hint),
      this.tools(description, node),
      this.left(description),
      ...factParts(description, this.folds, {
        show: (name) => this.actions.show(name),
        open: (name, relation) => this.actions.open(name, relation),
      }),
      !groups.length && h("p", { class: "quiet" }, t("details.nothing")),
    );
  }

  private head(title: string, kind: string, node?: ViewNode): HTMLElement {
    return h(
      "header",
      { class: "details-head" },
      h("p", { class: "kind" }, node ? shapeSwatch(node.shape, node.color) : null, kind),
      h("h2", { tabindex: "-1" }, title),
      iconButton("close", t("details.close"), () => this.actions.select(""), { "data-key": "close" }),
    );
  }

  private tools({ entity }: Description, node: ViewNode | undefined): HTMLElement {
    const { name } = entity;
    const opened = node?.opened ?? false;
    return h(
      "div",
      { class: "tools", role: "group", "aria-label": t("details.tools", { entity: entity.label }) },
      h(
        "button",
        { type: "button", class: "primary", "data-action": "expand", "data-key": "open", onclick: () => this.actions.open(name) },
        icon("open"),
        t(opened ? "details.expand_again" : "details.expand"),
      ),
      node && iconButton("hide", t("details.hide"), () => this.actions.hide(name), { "data-key": "hide" }),
      node &&
        iconButton(
          "pin",
          t(node.pinned ? "details.unpin" : "details.pin"),
          () => (node.pinned ? this.actions.unpin(name) : this.actions.pin(name)),
          { "data-key": "pin", "aria-pressed": String(node.pinned) },
        ),
      this.copying,
      h("a", { class: "icon-button", href: pageLink(entity.page), "aria-label": t("details.page"), title: t("details.page") }, icon("page")),
      node &&
        iconButton("menu", t("details.menu"), (event) => this.actions.menu(name, event.currentTarget as HTMLElement), {
          "data-key": "menu",
          "aria-haspopup": "menu",
        }),
    );
  }

  /** What an opened entity has besides, by relation: each brings the next helping. */
  private left({ entity, relations }: Description): HTMLElement | null {
    const more = this.scene?.view.more.filter((each) => each.node === entity.iri && each.total > each.shown) ?? [];
    if (!more.length) return null;
    const relation = (each: More): string => {
      const found = relations.find((one) => one.predicate === each.predicate && one.inverse === each.inverse);
      return `${each.inverse ? "^" : ""}${found?.name ?? each.predicate}`;
    };
    const backwards = (each: More): string => relations.find((one) => one.predicate === each.predicate)?.inverseLabel ?? "";
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
            h(
              "button",
              { type: "button", class: "link", onclick: () => this.actions.open(entity.name, relation(each)) },
              each.inverse ? arriving(each.label, entity.label, backwards(each)) : each.label,
            ),
            h("span", { class: "count" }, t("details.shown", { shown: each.shown, total: each.total })),
          ),
        ),
      ),
    );
  }
}

function namesLine(names: Description["entity"]["labels"]): HTMLElement {
  return h(
    "p",
    { class: "names" },
    ...names.flatMap(({ value, language: tag }, place) => [place ? " · " : "", h("span", tag ? { lang: tag } : {}, value)]),
  );
}

customElements.define("triplary-details", DetailsElement);
