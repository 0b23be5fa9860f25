/** The named queries of the library: to be searched, looked at, filled in, opened and run. */

import { isAbort, namedQueries } from "../api/client";
import type { NamedQuery } from "../api/contract";
import "../elements/search";
import { fill, h } from "../dom";
import { language, t } from "../i18n/strings";
import { type Field, fieldOf, filledIn } from "./parameters";

export interface ExampleParts {
  open(query: string, name: string, runs: boolean): void;
}

export class Examples {
  readonly element = h("div", { class: "examples" });
  private readonly filter = h("input", { type: "search", placeholder: t("examples.search"), "aria-label": t("examples.search") });
  private readonly list = h("ul", {});
  private readonly told = h("p", { class: "quiet", role: "status" });
  private items: readonly { readonly row: HTMLElement; readonly words: string }[] = [];

  constructor(private readonly parts: ExampleParts) {
    fill(this.element, this.filter, this.told, this.list);
    this.filter.addEventListener("input", () => this.narrow());
  }

  async load(signal: AbortSignal): Promise<void> {
    try {
      const queries = await namedQueries(language(), signal);
      this.items = queries.map((query, at) => ({
        row: this.row(query, at),
        // its titles in both languages stand above the text
        words: [query.title, query.name.replaceAll("-", " "), ...(query.text.match(/^# title.*/gm) ?? [])].join(" ").toLocaleLowerCase(),
      }));
      fill(this.list, ...this.items.map(({ row }) => row));
    } catch (error) {
      if (!isAbort(error)) this.told.textContent = t("workbench.no_examples");
    }
  }

  private narrow(): void {
    const wanted = this.filter.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, words } of this.items) {
      row.hidden = !wanted.every((word) => words.includes(word));
      if (!row.hidden) shown += 1;
    }
    this.told.textContent = wanted.length ? t("examples.found", { count: shown }) : "";
  }

  private row(named: NamedQuery, at: number): HTMLElement {
    const title = named.title || named.name;
    const fold = h("details", {}, h("summary", {}, title));
    // the fields ask the server for labels: only once somebody looks
    fold.addEventListener("toggle", () => {
      if (fold.open && fold.childElementCount === 1) fold.append(this.inside(named, at));
    });
    return h("li", {}, fold);
  }

  private inside(named: NamedQuery, at: number): HTMLElement {
    const fields = new Map<string, Field>();
    for (const parameter of named.parameters) {
      if (!fields.has(parameter.name)) fields.set(parameter.name, fieldOf(parameter, `parameter-${at}-${parameter.name}`));
    }
    const open = (runs: boolean): void => {
      const values = new Map([...fields].map(([name, field]) => [name, field.value()]));
      this.parts.open(filledIn(named.text.trim(), values), named.title || named.name, runs);
    };
    const form = h(
      "form",
      {
        onsubmit: (event: SubmitEvent) => {
          event.preventDefault();
          open(true);
        },
      },
      ...[...fields.values()].map(({ element }) => element),
      h(
        "p",
        { class: "ways" },
        h("button", { type: "submit", class: "button" }, t("examples.run")),
        h("button", { type: "button", class: "button", onclick: () => open(false) }, t("examples.open")),
      ),
    );
    const preview = h("pre", { tabindex: "0", role: "region", "aria-label": t("examples.preview_of", { name: named.title || named.name }) }, named.text.trim());
    return h("div", { class: "example" }, form, preview);
  }
}
