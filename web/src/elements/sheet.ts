/** On a phone the panel is a sheet over the picture: a handle makes it low, half or nearly full, by tap or by drag. */

import { h } from "../dom";
import type { Scene } from "../explorer/scene";
import { t } from "../i18n/strings";

const HEIGHTS = ["low", "half", "full"] as const;
type Height = (typeof HEIGHTS)[number];

/** As shares of the room there is; the style sheet says nearly the same. */
const SHARES: Readonly<Record<Height, number>> = { low: 0.16, half: 0.55, full: 0.93 };
const DRAGGED = 6;

export class Sheet {
  readonly handle = h("button", { type: "button", class: "sheet-handle", "aria-controls": "panel" });
  private selected = "";
  private from = 0;
  private start = 0;
  private dragged = false;

  constructor(private readonly panel: HTMLElement) {
    panel.id = "panel";
    this.handle.addEventListener("click", () => this.tap());
    this.handle.addEventListener("pointerdown", (event) => this.hold(event));
    this.handle.addEventListener("pointermove", (event) => this.drag(event));
    this.handle.addEventListener("pointerup", () => this.drop());
    this.handle.addEventListener("pointercancel", () => this.drop());
    this.set("half");
  }

  /** What was just selected is to be read: a low sheet comes up for it. */
  show({ state }: Scene): void {
    if (state.select && state.select !== this.selected && this.height === "low") this.set("half");
    this.selected = state.select;
  }

  private get height(): Height {
    return (this.panel.dataset["sheet"] ?? "half") as Height;
  }

  /** What the sheet may take: the page without its head. */
  private get room(): number {
    return this.panel.parentElement?.clientHeight ?? innerHeight;
  }

  private set(height: Height): void {
    this.panel.dataset["sheet"] = height;
    this.panel.style.removeProperty("height");
    this.handle.setAttribute("aria-expanded", String(height !== "low"));
    this.handle.setAttribute("aria-label", t(height === "full" ? "sheet.smaller" : "sheet.larger"));
  }

  private tap(): void {
    if (!this.dragged) this.set(this.height === "full" ? "low" : this.height === "half" ? "full" : "half");
    this.dragged = false;
  }

  private hold(event: PointerEvent): void {
    this.from = event.clientY;
    this.start = this.panel.getBoundingClientRect().height;
    this.dragged = false;
    this.handle.setPointerCapture(event.pointerId);
  }

  private drag(event: PointerEvent): void {
    if (!this.handle.hasPointerCapture(event.pointerId)) return;
    const moved = this.from - event.clientY;
    if (!this.dragged && Math.abs(moved) < DRAGGED) return;
    this.dragged = true;
    this.panel.classList.add("is-dragged");
    this.panel.style.height = `${Math.max(60, Math.min(this.start + moved, this.room * SHARES.full))}px`;
  }

  private drop(): void {
    this.panel.classList.remove("is-dragged");
    if (!this.dragged) return;
    const share = this.panel.getBoundingClientRect().height / this.room;
    const [nearest] = [...HEIGHTS].sort((one, other) => Math.abs(SHARES[one] - share) - Math.abs(SHARES[other] - share));
    this.set(nearest ?? "half");
  }
}
