/** What stands beside the editor, one pane at a time: words, examples, history, queries of one's own. */

import { h } from "../dom";
import { t } from "../i18n/strings";

export interface Pane {
  readonly name: string;
  readonly element: HTMLElement;
  shown?(): void;
}

export class Side {
  readonly element = h("aside", { class: "side", "aria-label": t("side.title") });
  private readonly buttons: readonly HTMLElement[];

  constructor(private readonly panes: readonly Pane[]) {
    this.buttons = panes.map(({ name }) =>
      h("button", { type: "button", role: "tab", id: `side-${name}`, "aria-controls": "side-pane", onclick: () => this.choose(name) }, t(`side.${name}`)),
    );
    const list = h("div", { class: "tabs", role: "tablist", "aria-label": t("side.title") }, ...this.buttons);
    list.addEventListener("keydown", (event) => this.key(event));
    const pane = h("div", { class: "side-pane", role: "tabpanel", id: "side-pane", tabindex: "0" }, ...panes.map(({ element }) => element));
    this.element.append(list, pane);
    this.choose(panes[0]?.name ?? "");
  }

  choose(name: string): void {
    for (const [at, pane] of this.panes.entries()) {
      const chosen = pane.name === name;
      pane.element.hidden = !chosen;
      this.buttons[at]?.setAttribute("aria-selected", String(chosen));
      this.buttons[at]?.setAttribute("tabindex", chosen ? "0" : "-1");
      if (chosen) {
        this.element.querySelector("#side-pane")?.setAttribute("aria-labelledby", `side-${name}`);
        pane.shown?.();
      }
    }
  }

  private key(event: KeyboardEvent): void {
    const at = this.buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: this.panes.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    const place = (to + this.panes.length) % this.panes.length;
    this.choose(this.panes[place]?.name ?? "");
    this.buttons[place]?.focus();
    event.preventDefault();
  }
}
