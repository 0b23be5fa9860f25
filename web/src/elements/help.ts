/** <triplary-help>: the list of keys, and the switch that turns them off. */

import { fill, h } from "../dom";
import { KEYS, keysOn, switchKeys } from "../explorer/keys";
import { t } from "../i18n/strings";

export class HelpElement extends HTMLElement {
  private readonly dialog = h("dialog", { class: "sheet help", "aria-labelledby": "help-title" });

  connectedCallback(): void {
    fill(this, this.dialog);
  }

  open(): void {
    const commands = [...new Set(KEYS.map((key) => key.command))];
    const keys = (command: string): HTMLElement[] =>
      KEYS.filter((key) => key.command === command).flatMap((key) => key.shown.map((shown) => h("kbd", {}, shown)));
    const on = h("input", { type: "checkbox", id: "keys-on", onchange: () => switchKeys(on.checked) });
    on.checked = keysOn();
    fill(
      this.dialog,
      h(
        "header",
        { class: "sheet-head" },
        h("h2", { id: "help-title" }, t("keys.title")),
        h("button", { type: "button", class: "close", "aria-label": t("details.close"), onclick: () => this.dialog.close() }, "×"),
      ),
      h(
        "dl",
        { class: "key-list", tabindex: "0", "aria-labelledby": "help-title" },
        ...commands.map((command) => h("div", {}, h("dt", {}, t(`keys.${command}`)), h("dd", {}, ...keys(command)))),
      ),
      h("p", { class: "quiet" }, t("keys.mouse")),
      h("label", { class: "switch", for: "keys-on" }, on, h("span", {}, t("keys.on"))),
    );
    this.dialog.showModal();
  }
}

customElements.define("triplary-help", HelpElement);
