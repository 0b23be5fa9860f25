/** The outline: what the query asks, in words, while it is being written. */

import { isAbort, Problem } from "../api/client";
import { fill, h } from "../dom";
import { t } from "../i18n/strings";
import { outline } from "./research";

const PAUSE = 600;

export class Words {
  readonly element = h("div", { class: "outline" });
  private timer = 0;
  private told = "";
  private query = "";
  private asking = new AbortController();

  /** The query as it is now; it is asked about when the writer rests, and only where it can be seen. */
  write(query: string): void {
    this.query = query;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  shown(): void {
    void this.ask();
  }

  private async ask(): Promise<void> {
    const { query } = this;
    if (this.element.hidden || query === this.told) return;
    if (!query.trim()) {
      this.told = query;
      fill(this.element, h("p", { class: "quiet" }, t("outline.empty")));
      return;
    }
    this.asking.abort();
    this.asking = new AbortController();
    try {
      const sentences = await outline(query, this.asking.signal);
      this.told = query;
      this.element.removeAttribute("data-old");
      fill(this.element, ...sentences.map(sentenceOf));
    } catch (error) {
      if (isAbort(error)) return;
      this.told = query;
      // while a query is being written it is wrong most of the time: what was said stays, in grey
      this.element.dataset["old"] = "";
      if (!this.element.childElementCount || !(error instanceof Problem)) fill(this.element, h("p", { class: "quiet" }, t("outline.wrong")));
    }
  }
}

/** A sentence; tabs before it say how deep it hangs on those above. */
function sentenceOf(sentence: string): HTMLElement {
  const depth = Math.min(/^\t*/.exec(sentence)?.[0].length ?? 0, 5);
  // variables and names stand out, and are not broken at their signs
  const parts = sentence.trim().split(/([?$][\p{L}\p{N}_]+)/u);
  return h("p", { class: "sentence", "data-depth": depth || null }, ...parts.map((part, at) => (at % 2 ? h("code", {}, part) : part)));
}
