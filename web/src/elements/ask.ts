/** <triplary-ask>: a dialog that asks for two entities, and shows how they are connected or what they share. */

import type { Match } from "../api/contract";
import { fill, h } from "../dom";
import type { Actions } from "../explorer/scene";
import { t } from "../i18n/strings";
import { SearchElement } from "./search";

interface Picked {
  readonly name: string;
  readonly label: string;
}

type Verb = "paths" | "compare";

export class AskElement extends HTMLElement {
  actions!: Actions;
  private verb: Verb = "paths";
  private readonly picked: [Picked | null, Picked | null] = [null, null];
  private readonly fields: readonly [SearchElement, SearchElement] = [this.field(0), this.field(1)];
  private readonly paths = h("button", { type: "button", class: "primary", onclick: () => this.answer("paths") }, t("ask.paths"));
  private readonly compare = h("button", { type: "button", class: "button", onclick: () => this.answer("compare") }, t("ask.compare"));
  private readonly missing = h("p", { class: "quiet", role: "status" });
  private readonly dialog = h(
    "dialog",
    { class: "sheet ask", "aria-labelledby": "ask-title" },
    h(
      "header",
      { class: "sheet-head" },
      h("h2", { id: "ask-title" }, t("ask.title")),
      h("button", { type: "button", class: "close", "aria-label": t("details.close"), onclick: () => this.dialog.close() }, "×"),
    ),
    h("p", { class: "quiet" }, t("ask.told")),
    h("div", { class: "ask-fields" }, ...this.fields),
    h("p", { class: "ways" }, this.paths, this.compare),
    this.missing,
  );

  connectedCallback(): void {
    fill(this, this.dialog);
  }

  /** Open it, with the first of the two filled in where one is known; Enter then answers by `verb`. */
  open(first: Picked | null, verb: Verb = "paths"): void {
    this.verb = verb;
    this.paths.className = verb === "paths" ? "primary" : "button";
    this.compare.className = verb === "compare" ? "primary" : "button";
    this.picked[0] = first;
    this.picked[1] = null;
    this.fields[0].fillIn(first?.label ?? "");
    this.fields[1].fillIn("");
    this.missing.textContent = "";
    this.dialog.showModal();
    this.fields[first ? 1 : 0].focus();
  }

  private field(place: 0 | 1): SearchElement {
    const field = new SearchElement();
    field.label = t(place ? "ask.second" : "ask.first");
    field.keeps = true;
    field.onpick = ({ name, label }: Match) => {
      this.picked[place] = { name, label };
      if (place === 0 && !this.picked[1]) this.fields[1].focus();
      else (this.verb === "paths" ? this.paths : this.compare).focus();
    };
    field.addEventListener("input", () => {
      this.picked[place] = null;
    });
    return field;
  }

  private answer(verb: Verb): void {
    const [first, second] = this.picked;
    if (!first || !second || first.name === second.name) {
      this.missing.textContent = t(first && second ? "ask.same" : "ask.missing");
      this.fields[first ? 1 : 0].focus();
      return;
    }
    this.dialog.close();
    this.actions.go(verb === "paths" ? { source: first.name, target: second.name } : { compare: [first.name, second.name] });
  }
}

customElements.define("triplary-ask", AskElement);
