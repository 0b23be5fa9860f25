/** Long lists enter the page a slice at a time, so that a big picture stays quick. */

import { h } from "../dom";
import { t } from "../i18n/strings";

const SLICE = 100;

/** How many of a list are in the page; it outlives drawing anew. */
export class Slices {
  private readonly shown = new Map<string, number>();

  reset(): void {
    this.shown.clear();
  }

  count(key: string): number {
    return this.shown.get(key) ?? SLICE;
  }

  /** So many that the one at `place` is among them; whether that are more than before. */
  reach(key: string, place: number): boolean {
    if (place < this.count(key)) return false;
    this.shown.set(key, Math.ceil((place + 1) / SLICE) * SLICE);
    return true;
  }

  /** A button for the next slice, with how many there are; null where all are in the page. */
  button(key: string, total: number, again: () => void): HTMLElement | null {
    const shown = this.count(key);
    if (shown >= total) return null;
    const more = (): void => {
      this.shown.set(key, shown + SLICE);
      again();
    };
    return h(
      "p",
      { class: "slice" },
      h("span", { class: "quiet" }, t("details.shown", { shown, total })),
      h("button", { type: "button", class: "button", "data-key": `slice ${key}`, onclick: more }, t("twin.more", { count: Math.min(SLICE, total - shown) })),
    );
  }
}
