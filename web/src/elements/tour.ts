/** <triplary-tour>: a short walk past the parts of the page. It asks for nothing, covers nothing it speaks of, and ends at Escape. */

import { fill, h } from "../dom";
import { t } from "../i18n/strings";
import { iconButton } from "./icons";

const KEY = "triplary-tour";
const GAP = 14;
const EDGE = 10;

/** The stops, by what they speak of; a part that is not on the screen is passed by. */
const STOPS = [
  ["search", "triplary-search"],
  ["picture", ".canvas"],
  ["panel", ".panel"],
  ["legend", "triplary-legend details"],
  ["tools", "triplary-toolbar"],
  ["twin", "triplary-twin summary"],
] as const;

type Stop = (typeof STOPS)[number];
type Side = "right" | "left" | "below" | "above";

/** Whether somebody took the tour, or said no to it, in this browser. */
export function wasSeen(): boolean {
  try {
    return localStorage.getItem(KEY) === "seen";
  } catch {
    return true; // without a memory it would be offered for ever
  }
}

export function keepAway(): void {
  try {
    localStorage.setItem(KEY, "seen");
  } catch {
    // nothing can be remembered here
  }
}

export class TourElement extends HTMLElement {
  private stops: readonly Stop[] = [];
  private at = 0;
  private opener: Element | null = null;
  private readonly ring = h("div", { class: "tour-ring", "aria-hidden": "true" });
  private readonly card = h("div", { class: "tour-card", role: "dialog", "aria-modal": "false", "aria-labelledby": "tour-title" });
  private readonly again = (): void => this.place();

  connectedCallback(): void {
    this.hidden = true;
    fill(this, this.ring, this.card);
  }

  disconnectedCallback(): void {
    this.end();
  }

  start(): void {
    this.stops = STOPS.filter(([, part]) => box(part) !== null);
    this.opener = document.activeElement;
    this.at = 0;
    keepAway();
    this.hidden = false;
    window.addEventListener("resize", this.again);
    document.addEventListener("keydown", this.key, { capture: true });
    this.show();
  }

  private end(): void {
    if (this.hidden) return;
    this.hidden = true;
    window.removeEventListener("resize", this.again);
    document.removeEventListener("keydown", this.key, { capture: true });
    if (this.opener instanceof HTMLElement && this.opener.isConnected) this.opener.focus({ preventScroll: true });
  }

  private show(): void {
    const stop = this.stops[this.at];
    if (!stop) {
      this.end();
      return;
    }
    const [name] = stop;
    const last = this.at === this.stops.length - 1;
    const next = h(
      "button",
      { type: "button", class: "primary", onclick: () => this.turn(1) },
      last ? t("tour.done") : t("tour.next"),
    );
    fill(
      this.card,
      h("h2", { id: "tour-title" }, t(`tour.${name}`)),
      iconButton("close", t("tour.skip"), () => this.end()),
      h("p", {}, t(`tour.${name}.told`)),
      h(
        "p",
        { class: "tour-ways" },
        h("span", { class: "quiet" }, t("lesson.progress", { step: this.at + 1, count: this.stops.length })),
        this.at > 0 && h("button", { type: "button", class: "button", onclick: () => this.turn(-1) }, t("lesson.previous")),
        next,
      ),
    );
    this.card.dataset["stop"] = name;
    this.place();
    next.focus({ preventScroll: true });
  }

  private turn(by: 1 | -1): void {
    this.at += by;
    this.show();
  }

  /** The ring around the part, and the card on the side where it covers least of it. */
  private place(): void {
    const part = box(this.stops[this.at]?.[1] ?? "");
    if (!part) return;
    put(this.ring, part.left - 4, part.top - 4, part.width + 8, part.height + 8);
    const { width, height } = this.card.getBoundingClientRect();
    const sides: readonly (readonly [Side, number, number])[] = [
      ["left", part.left - width - GAP, part.top + Math.min(40, part.height / 2)],
      ["right", part.right + GAP, part.top + Math.min(40, part.height / 2)],
      ["below", part.left + part.width / 2 - width / 2, part.bottom + GAP],
      ["above", part.left + part.width / 2 - width / 2, part.top - height - GAP],
    ];
    const within = sides.map(([side, x, y]) => {
      const left = Math.max(EDGE, Math.min(x, innerWidth - width - EDGE));
      const top = Math.max(EDGE, Math.min(y, innerHeight - height - EDGE));
      return { side, left, top, covered: shared(part, new DOMRect(left, top, width, height)) };
    });
    const best = within.reduce((one, other) => (other.covered < one.covered ? other : one));
    this.card.dataset["side"] = best.covered ? "" : best.side;
    put(this.card, best.left, best.top);
    const middle = Math.max(24, Math.min(part.left + part.width / 2 - best.left, width - 24));
    this.card.style.setProperty("--pointer", `${Math.round(middle)}px`);
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.end();
  };
}

/** Where a part is in the window; null where it is not to be seen. */
function box(part: string): DOMRect | null {
  const found = part ? document.querySelector(part)?.getBoundingClientRect() : undefined;
  if (!found || found.width < 1 || found.height < 1) return null;
  const left = Math.max(0, found.left);
  const top = Math.max(0, found.top);
  const right = Math.min(innerWidth, found.right);
  const bottom = Math.min(innerHeight, found.bottom);
  return right > left && bottom > top ? new DOMRect(left, top, right - left, bottom - top) : null;
}

/** How much of `part` a card would cover, in square pixels. */
function shared(part: DOMRect, card: DOMRect): number {
  const wide = Math.min(part.right, card.right) - Math.max(part.left, card.left);
  const high = Math.min(part.bottom, card.bottom) - Math.max(part.top, card.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

function put(element: HTMLElement, left: number, top: number, width?: number, height?: number): void {
  element.style.left = `${Math.round(left)}px`;
  element.style.top = `${Math.round(top)}px`;
  if (width !== undefined) element.style.width = `${Math.round(width)}px`;
  if (height !== undefined) element.style.height = `${Math.round(height)}px`;
}

customElements.define("triplary-tour", TourElement);
