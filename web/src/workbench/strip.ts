/** The tabs of the open queries: arrow keys walk along them, Delete closes one, F2 or a double click names it. */

import { fill, h } from "../dom";
import { icon } from "../elements/icons";
import { t } from "../i18n/strings";
import { type Tab, type Tabs, titleOf } from "./tabs";

export interface StripParts {
  readonly tabs: Tabs;
  chosen(): void;
}

export class Strip {
  readonly element = h("div", { class: "query-tabs" });
  private readonly list = h("div", { role: "tablist", "aria-label": t("tabs.title") });
  private readonly shut = h("button", { type: "button", class: "icon-button", title: t("tabs.close"), "aria-label": t("tabs.close") }, icon("close"));

  constructor(private readonly parts: StripParts) {
    const plus = h("button", { type: "button", class: "icon-button", title: t("tabs.new"), "aria-label": t("tabs.new") }, icon("plus"));
    plus.addEventListener("click", () => {
      parts.tabs.add("", "");
      this.chosen();
    });
    this.shut.addEventListener("click", () => this.close(parts.tabs.active.id));
    this.list.addEventListener("keydown", (event) => this.key(event));
    fill(this.element, this.list, this.shut, plus);
    this.show();
  }

  show(): void {
    const { list, active } = this.parts.tabs;
    const focused = this.list.contains(document.activeElement);
    fill(this.list, ...list.map((tab) => this.button(tab, tab.id === active.id)));
    const chosen = this.list.querySelector<HTMLElement>("[aria-selected=true]");
    chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) chosen?.focus();
    this.shut.hidden = list.length === 1 && !active.query.trim();
  }

  private button(tab: Tab, selected: boolean): HTMLElement {
    const title = titleOf(tab, t("tabs.untitled"));
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        id: selected ? "query-tab" : null,
        "data-id": tab.id,
        title,
        "aria-selected": String(selected),
        "aria-controls": "query-pane",
        tabindex: selected ? "0" : "-1",
        onclick: () => this.choose(tab.id),
        ondblclick: () => this.rename(tab.id),
      },
      title,
    );
  }

  private choose(id: string): void {
    if (id === this.parts.tabs.active.id) return;
    this.parts.tabs.choose(id);
    this.chosen();
  }

  private close(id: string): void {
    this.parts.tabs.close(id);
    this.chosen();
  }

  private chosen(): void {
    this.show();
    this.parts.chosen();
  }

  private key(event: KeyboardEvent): void {
    const { list, active } = this.parts.tabs;
    if (event.target instanceof HTMLInputElement) return;
    const at = list.findIndex(({ id }) => id === active.id);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: list.length - 1 }[event.key];
    if (to !== undefined) this.choose(list[(to + list.length) % list.length]?.id ?? active.id);
    else if (event.key === "Delete") this.close(active.id);
    else if (event.key === "F2") this.rename(active.id);
    else return;
    event.preventDefault();
  }

  /** A field in place of the tab, until its name is written. */
  private rename(id: string): void {
    const { tabs } = this.parts;
    const button = this.list.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    if (!button) return;
    const field = h("input", { type: "text", maxlength: "60", "aria-label": t("tabs.name"), value: titleOf(tabs.active, "") });
    let ended = false;
    const done = (keeps: boolean): void => {
      if (ended) return; // a field that goes loses the focus
      ended = true;
      if (keeps) tabs.change({ name: field.value.trim() });
      field.replaceWith(button);
      this.show();
      this.list.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") done(true);
      else if (event.key === "Escape") done(false);
    });
    field.addEventListener("blur", () => done(true));
    button.replaceWith(field);
    field.focus();
    field.select();
  }
}
