/** The link to a query: to open it, or to open and run it, long or short. */

import { isAbort, shorten } from "../api/client";
import { fill, h } from "../dom";
import { popover } from "../elements/popover";
import { t } from "../i18n/strings";
import { addressOf, type Opened } from "./address";
import { copy } from "./files";

export class Link {
  readonly element: HTMLElement;
  private readonly told = h("p", { class: "quiet", role: "status" });
  private readonly field = h("input", { type: "text", readonly: true, "aria-label": t("link.address") });
  private readonly runs = h("input", { type: "checkbox", checked: true });
  private readonly short = h("input", { type: "checkbox" });
  private asking = new AbortController();

  constructor(private readonly now: () => Opened) {
    const button = h("button", { type: "button", class: "button" }, t("link.title"));
    const copies = h("button", { type: "button", class: "button", onclick: () => void this.copy() }, t("link.copy"));
    const { element } = popover(
      button,
      "link-box",
      t("link.title"),
      h("label", {}, this.runs, ` ${t("link.run")}`),
      h("label", {}, this.short, ` ${t("link.short")}`),
      h("p", { class: "link-field" }, this.field, copies),
      this.told,
    );
    this.element = element;
    button.addEventListener("click", () => void this.show());
    for (const each of [this.runs, this.short]) each.addEventListener("change", () => void this.show());
    this.field.addEventListener("focus", () => this.field.select());
  }

  private async show(): Promise<void> {
    fill(this.told);
    this.asking.abort();
    this.asking = new AbortController();
    const long = addressOf({ ...this.now(), run: this.runs.checked });
    this.field.value = location.origin + long;
    if (!this.short.checked) return;
    try {
      this.field.value = location.origin + (await shorten(long, this.asking.signal));
    } catch (error) {
      if (!isAbort(error)) this.told.textContent = error instanceof Error && error.message ? error.message : t("error.network");
    }
  }

  private async copy(): Promise<void> {
    this.told.textContent = t((await copy(this.field.value)) ? "link.copied" : "link.not_copied");
  }
}
