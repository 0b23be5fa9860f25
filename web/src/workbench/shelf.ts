/** History and the queries of one's own: kept in this browser, saved to a file, taken from one. */

import { fill, h } from "../dom";
import { icon } from "../elements/icons";
import { language, number, t } from "../i18n/strings";
import { save } from "./files";
import { exported, forgetOwn, forgetRuns, imported, keepOwn, own, runs } from "./past";
import { titleOf } from "./tabs";

export interface ShelfParts {
  open(query: string, name: string, runs: boolean): void;
  /** The query that is being written. */
  query(): string;
  /** What it is called so far. */
  name(): string;
  named(name: string): void;
}

export class History {
  readonly element = h("div", { class: "shelf" });

  constructor(private readonly parts: ShelfParts) {
    this.show();
  }

  show(): void {
    const found = runs();
    const when = new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" });
    fill(
      this.element,
      found.length === 0 && h("p", { class: "quiet" }, t("history.none")),
      h(
        "ul",
        {},
        ...found.map(({ query, at, rows }) =>
          h(
            "li",
            {},
            h("button", { type: "button", class: "link", title: query.trim().slice(0, 600), onclick: () => this.parts.open(query, "", false) }, titleOf({ name: "", query }, t("tabs.untitled"))),
            h("span", { class: "count" }, `${when.format(new Date(at))}${rows === null ? "" : ` · ${t("workbench.count", { count: rows })}`}`),
          ),
        ),
      ),
      found.length > 0 && h("p", { class: "ways" }, h("button", { type: "button", class: "link", onclick: () => this.forget() }, t("history.forget"))),
    );
  }

  private forget(): void {
    forgetRuns();
    this.show();
  }
}

export class OwnQueries {
  readonly element = h("div", { class: "shelf" });
  private readonly field = h("input", { type: "text", id: "own-name", maxlength: "80", required: true });
  private readonly list = h("ul", {});
  private readonly told = h("p", { class: "quiet", role: "status" });
  private readonly file = h("input", { type: "file", accept: ".json,application/json", class: "visually-hidden", "aria-label": t("own.import"), tabindex: "-1" });

  constructor(private readonly parts: ShelfParts) {
    const form = h("form", { class: "own-form" }, h("label", { for: "own-name" }, t("own.name")), this.field, h("button", { type: "submit", class: "button" }, t("own.keep")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep();
    });
    this.file.addEventListener("change", () => void this.take());
    fill(
      this.element,
      form,
      this.told,
      this.list,
      h(
        "p",
        { class: "ways" },
        h("button", { type: "button", class: "link", onclick: () => save("triplary-queries.json", new Blob([exported()], { type: "application/json" })) }, t("own.export")),
        h("button", { type: "button", class: "link", onclick: () => this.file.click() }, t("own.import")),
        this.file,
      ),
    );
    this.show();
  }

  show(): void {
    const found = own();
    if (!this.field.value) this.field.value = this.parts.name();
    fill(
      this.list,
      ...found.map(({ name, query }) =>
        h(
          "li",
          {},
          h("button", { type: "button", class: "link", title: query.trim().slice(0, 600), onclick: () => this.parts.open(query, name, false) }, name),
          h("button", { type: "button", class: "icon-button", "aria-label": t("own.forget", { name }), title: t("own.forget", { name }), onclick: () => this.forget(name) }, icon("close")),
        ),
      ),
      found.length === 0 && h("li", { class: "quiet" }, t("own.none")),
    );
  }

  private keep(): void {
    const name = this.field.value.trim();
    const query = this.parts.query();
    if (!name || !query.trim()) return;
    keepOwn({ name, query });
    this.parts.named(name);
    this.field.value = "";
    this.show();
    this.told.textContent = t("own.kept", { name });
  }

  private forget(name: string): void {
    forgetOwn(name);
    this.show();
    this.told.textContent = t("own.forgotten", { name });
    this.field.focus();
  }

  private async take(): Promise<void> {
    const [file] = this.file.files ?? [];
    if (!file) return;
    const count = imported(await file.text());
    this.file.value = "";
    this.show();
    this.told.textContent = count === null ? t("own.no_file") : t("own.imported", { count: number(count) });
  }
}
