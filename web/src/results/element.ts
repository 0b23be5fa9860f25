/** <triplary-result>: a query's result in the view that suits it, or in the one that was chosen. */

import { isAbort } from "../api/client";
import { fill, h } from "../dom";
import { t } from "../i18n/strings";
import { tableOf } from "./columns";
import { draws, isPicture } from "./draws";
import { missing } from "./fits";
import { unfit } from "./form";
import { type Options, read, write } from "./options";
import { type Shown, VIEWS, type ViewName } from "./result";
import { Switcher } from "./switcher";
import type { Stage } from "./view";
import { wanted } from "./wanted";

/** What the link keeps of the result. */
export interface ViewChoice {
  readonly view: ViewName;
  readonly options: string;
}

const NAMELESS: ReadonlySet<ViewName> = new Set(["answer", "graph", "raw"]);
const GRID = ".result-grid";
const PAUSE = 120;
/** Pixels that a picture may be off before it is drawn anew. */
const SLACK = 12;

export class ResultElement extends HTMLElement {
  private shown: Shown | null = null;
  private view: ViewName = "table";
  /** What was chosen in each view of this result: going back to one brings it back as it was left. */
  private readonly chosen = new Map<ViewName, Options>();
  private readonly switcher = new Switcher((view) => this.choose(view));
  private readonly pane = h("div", { class: "result-pane", role: "tabpanel", id: `${this.switcher.id}-pane`, tabindex: "-1" });
  private going = new AbortController();
  private watching: ResizeObserver | null = null;
  private width = 0;
  private pausing = 0;
  private readonly theme = new MutationObserver(() => this.again());
  private readonly scheme = matchMedia("(prefers-color-scheme: dark)");
  private readonly again = (): void => {
    if (isPicture(this.view)) void this.draw();
  };

  connectedCallback(): void {
    fill(this, this.switcher.element, this.pane);
    this.watching = new ResizeObserver(() => this.resized());
    this.watching.observe(this.pane);
    this.theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.scheme.addEventListener("change", this.again);
    if (this.shown) void this.draw();
  }

  disconnectedCallback(): void {
    this.going.abort();
    this.watching?.disconnect();
    this.theme.disconnect();
    this.scheme.removeEventListener("change", this.again);
  }

  /** Shows a result; where no view is named, the one that the query asks for, else the one that suits best. */
  show(shown: Shown, view: ViewName | "", options: string): void {
    const same = this.shown?.result === shown.result;
    const before = this.view;
    this.shown = shown;
    if (!same) this.chosen.clear();
    const asked = view ? { view, options } : wanted(shown.query);
    this.view = asked?.view ?? best(shown);
    this.chosen.set(this.view, read(asked?.options ?? options));
    // labels that came late: what names nothing, or asked the server itself, stays as it is
    if (same && before === this.view && NAMELESS.has(before) && this.dataset["state"] === "drawn") return;
    if (this.isConnected) void this.draw(same && before === this.view);
  }

  private choose(view: ViewName): void {
    this.view = view;
    this.tell();
    void this.draw();
  }

  private tell(): void {
    const detail: ViewChoice = { view: this.view, options: write(this.chosen.get(this.view) ?? {}) };
    this.dispatchEvent(new CustomEvent("resultview", { detail, bubbles: true }));
  }

  private resized(): void {
    if (Math.abs(this.pane.clientWidth - this.width) < SLACK) return;
    window.clearTimeout(this.pausing);
    this.pausing = window.setTimeout(this.again, PAUSE);
  }

  /** Draws the view; where it is `again` the same result, a table stays where it was scrolled to. */
  private async draw(again = false): Promise<void> {
    const { shown, view } = this;
    if (!shown) return;
    this.going.abort();
    this.going = new AbortController();
    const { signal } = this.going;
    this.switcher.show(shown.result, view);
    this.pane.setAttribute("aria-labelledby", `${this.switcher.id}-${view}`);
    this.dataset["view"] = view;
    this.dataset["state"] = "drawing";
    this.width = this.pane.clientWidth;
    const focused = this.focused();
    const top = again ? (this.pane.querySelector(GRID)?.scrollTop ?? 0) : 0;
    try {
      const made = await this.made(shown, signal);
      if (signal.aborted) return;
      fill(this.pane, made);
      if (focused) this.pane.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
      if (top > 0) this.pane.querySelector(GRID)?.scrollTo({ top });
      this.dataset["state"] = "drawn";
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      fill(this.pane, unfit(t("error.network")));
      this.dataset["state"] = "failed";
    }
  }

  private async made(shown: Shown, signal: AbortSignal): Promise<HTMLElement> {
    const lacking = missing(this.view, shown.result);
    const table = tableOf(shown.result);
    if (lacking) {
      const columns = table.columns.map(({ name }) => name).join(t("results.comma"));
      return unfit(t(`results.needs_${lacking}`, { columns }));
    }
    const stage: Stage = {
      shown,
      table,
      options: this.chosen.get(this.view) ?? {},
      width: this.width || 900,
      signal,
      change: (options, again) => {
        if (signal.aborted) return;
        this.chosen.set(this.view, options);
        this.tell();
        if (again) void this.draw();
      },
    };
    return (await draws(this.view))(stage);
  }

  /** The field of the view that has the focus: it has it again when the view is drawn anew. */
  private focused(): string | null {
    const { activeElement } = document;
    return this.pane.contains(activeElement) ? (activeElement?.getAttribute("data-key") ?? null) : null;
  }
}

function best({ result }: Shown): ViewName {
  const [first] = [...VIEWS].sort((one, other) => other.fits(result) - one.fits(result));
  return first?.name ?? "table";
}

if (!customElements.get("triplary-result")) customElements.define("triplary-result", ResultElement);
