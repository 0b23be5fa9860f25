/** <triplary-search>: finds an entity by name while it is typed (an ARIA combobox). */

import { isAbort, search } from "../api/client";
import type { Match } from "../api/contract";
import { fill, h } from "../dom";
import { language, t } from "../i18n/strings";

const PAUSE = 120;
const SHOWN = 8;

export class SearchElement extends HTMLElement {
  /** What happens when a suggestion is picked. */
  onpick: (match: Match) => void = () => undefined;

  private readonly input = h("input", {
    id: "search-input",
    type: "search",
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "search",
    "aria-expanded": "false",
    "aria-controls": "search-list",
    "aria-autocomplete": "list",
    placeholder: t("search.placeholder"),
    "aria-label": t("search.label"),
  });
  private readonly list = h("ul", { id: "search-list", role: "listbox", "aria-label": t("search.suggestions"), hidden: true });
  private readonly note = h("p", { class: "search-note", role: "status" });
  private found: readonly Match[] = [];
  private active = -1;
  private aborter = new AbortController();
  private timer = 0;

  connectedCallback(): void {
    fill(this, this.input, this.list, this.note);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => {
      if (this.found.length) this.open(true);
    });
    this.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) this.open(false);
    });
  }

  disconnectedCallback(): void {
    this.aborter.abort();
    clearTimeout(this.timer);
  }

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.find(), PAUSE);
  }

  private async find(): Promise<void> {
    this.aborter.abort();
    this.aborter = new AbortController();
    const text = this.input.value.trim();
    if (!text) {
      this.show([]);
      this.note.textContent = "";
      return;
    }
    try {
      const matches = await search(text, language(), SHOWN, this.aborter.signal);
      this.show(matches);
      this.note.textContent = matches.length
        ? t("search.found", { count: matches.length })
        : t("search.nothing", { text });
      this.note.classList.toggle("is-visible", !matches.length);
    } catch (error) {
      if (isAbort(error)) return;
      this.show([]);
      this.note.textContent = t("error.network");
      this.note.classList.add("is-visible");
    }
  }

  private show(matches: readonly Match[]): void {
    this.found = matches;
    this.active = matches.length ? 0 : -1;
    fill(this.list, ...matches.map((match, place) => this.option(match, place)));
    this.open(matches.length > 0);
    this.mark();
  }

  private option(match: Match, place: number): HTMLElement {
    const alias = match.matched && match.matched !== match.label ? match.matched : "";
    const option = h(
      "li",
      { role: "option", id: `search-option-${place}`, "aria-selected": "false" },
      h("span", { class: "option-label" }, match.label, alias && h("span", { class: "option-alias" }, ` ${alias}`)),
      h("span", { class: "option-class" }, match.classLabel),
      match.hint && h("span", { class: "option-hint" }, match.hint),
    );
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    option.addEventListener("click", () => this.pick(place));
    option.addEventListener("pointermove", () => {
      this.active = place;
      this.mark();
    });
    return option;
  }

  private mark(): void {
    Array.from(this.list.children).forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === this.active));
      if (place === this.active && !this.list.hidden) option.scrollIntoView({ block: "nearest" });
    });
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `search-option-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private open(yes: boolean): void {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    if (!yes) this.note.classList.remove("is-visible");
  }

  private key(event: KeyboardEvent): void {
    const count = this.found.length;
    if (event.key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      this.open(false);
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.pick(this.active);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
      this.open(true);
      this.mark();
    }
  }

  private pick(place: number): void {
    const match = this.found[place];
    if (!match) return;
    this.input.value = "";
    this.found = [];
    this.open(false);
    this.onpick(match);
  }
}

customElements.define("triplary-search", SearchElement);
