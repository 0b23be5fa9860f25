/** The slider of valid time: the picture as it was at the end of a year, and a button that lets the years go by. */

import { h } from "../dom";
import type { Actions } from "../explorer/scene";
import type { State } from "../explorer/state";
import { language, t } from "../i18n/strings";
import { icon } from "./icons";

const PACE = 1100;

/** A date as people say it: "2017", "March 2017", "3 March 2017". */
export function dateWords(date: string): string {
  const [year = "", month, day] = date.split("-");
  if (!month) return year;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(at.getTime())) return date;
  const style: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric", month: "long" };
  return new Intl.DateTimeFormat(language(), day ? { ...style, day: "numeric" } : style).format(at);
}

export class AsOf {
  readonly element: HTMLElement;
  private readonly slider = h("input", { type: "range", step: 1, "aria-label": t("asof.label"), oninput: () => this.slid() });
  private readonly said = h("p", { class: "asof-said" });
  private readonly button = h("button", { type: "button", class: "icon-button play", onclick: () => (this.playing ? this.pause() : this.play()) });
  private readonly always = h("button", { type: "button", class: "link", onclick: () => this.actions().push({ asOf: "" }) }, t("asof.always"));
  private first = 0;
  private last = 0;
  private playing = false;
  private timer = 0;

  constructor(private readonly actions: () => Actions) {
    this.element = h(
      "fieldset",
      { class: "asof" },
      h("legend", {}, t("asof.title")),
      h("div", { class: "asof-row" }, this.button, this.slider),
      this.said,
      this.always,
    );
    this.mark();
  }

  /** Called whenever the picture is drawn: only then the next year may come. */
  show(time: readonly [string, string] | null, state: State): void {
    this.element.hidden = time === null && !state.asOf;
    if (time) [this.first, this.last] = [yearOf(time[0]), yearOf(time[1])];
    this.slider.min = String(this.first);
    this.slider.max = String(this.last);
    const year = state.asOf ? yearOf(state.asOf) : this.last;
    if (document.activeElement !== this.slider || this.playing) this.slider.value = String(year);
    const words = state.asOf ? t("asof.told", { date: dateWords(state.asOf) }) : t("asof.all", { first: String(this.first), last: String(this.last) });
    this.said.textContent = words;
    this.slider.setAttribute("aria-valuetext", words);
    this.always.hidden = !state.asOf;
    if (!this.playing) return;
    if (!state.asOf || year >= this.last) this.pause();
    else this.later(year + 1);
  }

  pause(): void {
    clearTimeout(this.timer);
    this.playing = false;
    this.mark();
  }

  /** From the first year on, or from where the slider stands if there is something left. */
  private play(): void {
    const here = Number(this.slider.value);
    this.playing = true;
    this.mark();
    this.actions().slide({ asOf: String(here >= this.last ? this.first : here + 1) });
  }

  private later(year: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.actions().slide({ asOf: String(year) }), PACE);
  }

  private slid(): void {
    this.pause();
    this.actions().slide({ asOf: this.slider.value });
  }

  private mark(): void {
    const label = t(this.playing ? "asof.pause" : "asof.play");
    this.button.replaceChildren(icon(this.playing ? "pause" : "play"));
    this.button.setAttribute("aria-label", label);
    this.button.title = label;
  }
}

function yearOf(date: string): number {
  return Number.parseInt(date, 10);
}
