/** <triplary-search>: finds an entity by name while it is typed (an ARIA combobox). */

import { isAbort, search } from "../api/client";
import type { Match } from "../api/contract";
import { type Child, fill, h } from "../dom";
import { language, t } from "../i18n/strings";
import { icon } from "./icons";

const PAUSE = 120;
const SHOWN = 8;
const NEAR_SHOWN = 4;
let made = 0;

export class SearchElement extends HTMLElement {
  /** What happens when a suggestion is picked. */
  onpick: (match: Match) => void = () => undefined;
  /** What happens when one is to be added to what is there; null where nothing is. */
  onadd: ((match: Match) => void) | null = null;
  /** What it is called, where it is not the search of the whole page. */
  label = t("search.label");
  /** Whether it keeps what was picked, as a field of a form does. */
  keeps = false;

  private readonly name = made++ ? `search-${made}` : "search";
  private readonly input = h("input", {
    id: `${this.name}-input`,
    type: "search",
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "search",
    "aria-expanded": "false",
    "aria-controls": `${this.name}-list`,
    "aria-autocomplete": "list",
    placeholder: t("search.placeholder"),
  });
  private readonly list = h("ul", { id: `${this.name}-list`, role: "listbox", "aria-label": t("search.suggestions"), hidden: true });
  private readonly note = h("p", { class: "search-note", role: "status" });
  private found: readonly Match[] = [];
  private active = -1;
  private aborter = new AbortController();
  private timer = 0;

  connectedCallback(): void {
    this.input.setAttribute("aria-label", this.label);
    fill(this, this.input, this.list, this.note);
    this.input.addEventListener("input", this.later);
    this.input.addEventListener("keydown", this.key);
    this.input.addEventListener("focus", () => this.open(this.found.length > 0));
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

  /** Write an entity into a field that keeps it. */
  fillIn(label: string): void {
    // an answer that is still on its way would open the list again
    clearTimeout(this.timer);
    this.aborter.abort();
    this.input.value = label;
    this.found = [];
    this.open(false);
  }

  private readonly later = (): void => {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.find(), PAUSE);
  };

  private async find(): Promise<void> {
    this.aborter.abort();
    this.aborter = new AbortController();
    const { signal } = this.aborter;
    const text = this.input.value.trim();
    if (!text) {
      this.show([], "");
      this.tell("", false);
      return;
    }
    try {
      const matches = await search(text, language(), SHOWN, signal);
      const near = matches.length ? [] : await nearest(text, signal);
      this.show(matches.length ? matches : near, matches.length ? text : "");
      if (matches.length) this.tell(t("search.found", { count: matches.length }), false);
      else this.tell(`${t("search.nothing", { text })} ${t(near.length ? "search.near" : "search.how")}`, true);
    } catch (error) {
      if (isAbort(error)) return;
      this.show([], "");
      this.tell(t("error.network"), true);
    }
  }

  private tell(text: string, visible: boolean): void {
    this.note.textContent = text;
    this.note.classList.toggle("is-visible", visible);
    this.list.classList.toggle("has-note", visible);
  }

  private show(matches: readonly Match[], text: string): void {
    this.found = matches;
    this.active = matches.length && text ? 0 : -1;
    fill(this.list, ...matches.map((match, place) => this.option(match, place, text)));
    this.open(matches.length > 0);
    this.mark();
  }

  private option(match: Match, place: number, text: string): HTMLElement {
    const alias = match.matched && match.matched !== match.label ? match.matched : "";
    const add = this.onadd && h("span", { class: "option-add", "aria-hidden": "true", title: t("search.add") }, icon("plus"));
    const option = h(
      "li",
      { role: "option", id: `${this.name}-option-${place}`, "aria-selected": "false" },
      h(
        "span",
        { class: "option-label" },
        ...marked(match.label, text),
        alias && h("span", { class: "option-alias" }, " ", ...marked(alias, text)),
      ),
      h("span", { class: "option-class" }, match.classLabel),
      add,
      match.hint && h("span", { class: "option-hint" }, match.hint),
    );
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    option.addEventListener("click", (event) => {
      this.pick(place, event.shiftKey || (event.target instanceof Node && Boolean(add?.contains(event.target))));
    });
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
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `${this.name}-option-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private open(yes: boolean): void {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    if (!yes && document.activeElement !== this.input) this.note.classList.remove("is-visible");
  }

  private readonly key = (event: KeyboardEvent): void => {
    const count = this.found.length;
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (this.list.hidden && !this.note.classList.contains("is-visible")) {
        if (!this.input.value) return;
        this.input.value = "";
      }
      this.tell("", false);
      this.open(false);
      event.stopPropagation();
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.active >= 0 && !this.list.hidden) this.pick(this.active, event.shiftKey);
      else if (this.input.value.trim()) void this.find();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      const from = this.active < 0 && event.key === "ArrowUp" ? 0 : this.active;
      this.active = (from + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
      this.open(true);
      this.mark();
    }
  };

  private pick(place: number, adds: boolean): void {
    const match = this.found[place];
    if (!match) return;
    this.fillIn(this.keeps ? match.label : "");
    this.tell("", false);
    if (adds && this.onadd) this.onadd(match);
    else this.onpick(match);
  }
}

/** What may have been meant: called like the longest word, or beginning like the text. */
async function nearest(text: string, signal: AbortSignal): Promise<readonly Match[]> {
  const longest = text.split(/\s+/).sort((a, b) => b.length - a.length)[0] ?? "";
  const beginning = text.slice(0, Math.ceil(text.length / 2));
  for (const part of new Set([longest, beginning])) {
    if (part.length < 2 || part === text) continue;
    const found = await search(part, language(), NEAR_SHOWN, signal);
    if (found.length) return found;
  }
  return [];
}

/** A name with the part marked that was typed. */
function marked(name: string, text: string): Child[] {
  const at = text ? name.toLocaleLowerCase().indexOf(text.toLocaleLowerCase()) : -1;
  if (at < 0) return [name];
  const end = at + text.length;
  return [name.slice(0, at), h("mark", {}, name.slice(at, end)), name.slice(end)];
}

customElements.define("triplary-search", SearchElement);
