/** The line below the editor: Run, which also stops; how long it has taken and how much has come; the row limit. */

import { h } from "../dom";
import { number, t } from "../i18n/strings";
import type { Progress } from "./asking";
import { keep, recalled } from "./memory";
import { rowLimit } from "./research";

const LIMITS = [1_000, 10_000, 100_000, 1_000_000] as const;
const USUAL = 100_000;
const TICK = 100;
const LIMIT = "rows";

export class RunLine {
  readonly element: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly limit = h("select", { "aria-label": t("run.limit") });
  /** Ticks for who looks; what a screen reader is to say stands in `said`. */
  private readonly ticking = h("span", { class: "ticking", "aria-hidden": "true" });
  private readonly said = h("span", { class: "visually-hidden", role: "status" });
  private began = 0;
  private timer = 0;
  private progress: Progress = { seconds: 0, bytes: 0, rows: 0 };

  constructor(button: HTMLButtonElement, ...others: readonly HTMLElement[]) {
    this.button = button;
    const chosen = recalled(LIMIT, (value): value is number => typeof value === "number") ?? USUAL;
    this.limit.append(...LIMITS.map((each) => h("option", { value: each, selected: each === chosen }, t("run.rows", { count: each }))));
    this.limit.addEventListener("change", () => void keep(LIMIT, this.most));
    this.element = h("div", { class: "run" }, button, ...others, this.limit, this.ticking, this.said);
    void this.told();
  }

  get most(): number {
    return Number(this.limit.value);
  }

  get seconds(): number {
    return this.began ? (performance.now() - this.began) / 1000 : 0;
  }

  start(): void {
    this.began = performance.now();
    this.progress = { seconds: 0, bytes: 0, rows: 0 };
    this.button.textContent = t("run.cancel");
    this.button.dataset["running"] = "";
    this.said.textContent = t("workbench.running");
    clearInterval(this.timer);
    this.timer = window.setInterval(() => this.tick(), TICK);
    this.tick();
  }

  move(progress: Progress): void {
    this.progress = progress;
  }

  end(said: string): void {
    clearInterval(this.timer);
    this.button.textContent = t("workbench.run");
    delete this.button.dataset["running"];
    this.ticking.textContent = said;
    this.said.textContent = said;
    this.began = 0;
  }

  /** Another query is before the reader: what was said is not of it. */
  clear(): void {
    if (this.began === 0) this.end("");
  }

  private tick(): void {
    const { bytes, rows } = this.progress;
    const seconds = t("run.seconds", { seconds: this.seconds.toFixed(1) });
    this.ticking.textContent = bytes === 0 ? seconds : `${seconds} · ${t("workbench.count", { count: rows })} · ${size(bytes)}`;
  }

  private async told(): Promise<void> {
    const most = await rowLimit(new AbortController().signal);
    if (most === null) return;
    this.limit.title = t("run.server", { count: number(most) });
  }
}

export function size(bytes: number): string {
  return bytes < 100_000 ? `${number(Math.round(bytes / 100) / 10)} kB` : `${number(Math.round(bytes / 100_000) / 10)} MB`;
}
