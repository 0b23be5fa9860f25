/** The query as code in the languages that researchers write, to be copied. */

import { isAbort } from "../api/client";
import { fill, h } from "../dom";
import { t } from "../i18n/strings";
import { copy, save } from "./files";
import { keep, recalled } from "./memory";
import { code, codeLanguages } from "./research";

const CHOSEN = "code-language";

export class Programs {
  readonly element = h("section", { class: "programs", id: "programs", "aria-label": t("code.title"), hidden: true });
  readonly button = h("button", { type: "button", class: "button", "aria-expanded": "false", "aria-controls": "programs", onclick: () => void this.open(this.element.hidden) }, t("code.title"));
  private readonly choice = h("select", { id: "code-language" });
  private readonly text = h("pre", { tabindex: "0", role: "region", "aria-label": t("code.text") });
  private readonly told = h("span", { class: "quiet", role: "status" });
  private file = "";
  private asking = new AbortController();

  constructor(private readonly query: () => string) {
    this.choice.addEventListener("change", () => void this.show());
    fill(
      this.element,
      h(
        "p",
        { class: "ways" },
        h("label", { for: "code-language" }, t("code.language")),
        this.choice,
        h("button", { type: "button", class: "button", onclick: () => void this.copy() }, t("code.copy")),
        h("button", { type: "button", class: "button", onclick: () => this.save() }, t("code.save")),
        this.told,
      ),
      this.text,
    );
  }

  /** Another query was run: the code is of that one. */
  refresh(): void {
    if (!this.element.hidden) void this.show();
  }

  private async open(yes: boolean): Promise<void> {
    this.element.hidden = !yes;
    this.button.setAttribute("aria-expanded", String(yes));
    if (!yes) return;
    try {
      if (!this.choice.options.length) {
        const languages = await codeLanguages(new AbortController().signal);
        const last = recalled(CHOSEN, (value): value is string => typeof value === "string");
        fill(this.choice, ...languages.map(({ language, title }) => h("option", { value: language, selected: language === last }, title)));
      }
      await this.show();
    } catch {
      this.told.textContent = t("error.network");
    }
  }

  private async show(): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    this.told.textContent = "";
    keep(CHOSEN, this.choice.value);
    try {
      const found = await code(this.query(), this.choice.value, this.asking.signal);
      this.file = found.file;
      this.text.textContent = found.text;
    } catch (error) {
      if (!isAbort(error)) this.told.textContent = error instanceof Error && error.message ? error.message : t("error.network");
    }
  }

  private async copy(): Promise<void> {
    const done = await copy(this.text.textContent ?? "");
    this.told.textContent = t(done ? "code.copied" : "code.not_copied");
  }

  private save(): void {
    if (this.file) save(this.file, new Blob([this.text.textContent ?? ""], { type: "text/plain" }));
  }
}
