/** How the picture looks: layout, what size means, what colour means. */

import { fill, h } from "../dom";
import type { Actions, Scene } from "../explorer/scene";
import { verbOf } from "../explorer/state";
import { laidOut } from "../explorer/steps";
import { number, t } from "../i18n/strings";

const LAYOUTS = ["force", "hierarchy", "circle", "timeline"] as const;
const SIZES = ["degree", "pagerank", "betweenness"] as const;
const COLORS = ["class", "community"] as const;
/** How many entities the first picture or one helping has at most; "" as the server usually does. */
const LIMITS = ["", "100", "500", "2000"] as const;

const SVG = "http://www.w3.org/2000/svg";
/** Small drawings of the layouts on a 32 by 24 grid: lines, then nodes as x, y, radius. */
const SIGNS: Readonly<Record<(typeof LAYOUTS)[number], readonly [string, readonly (readonly [number, number, number])[]]>> = {
  force: ["M16 12L6 6M16 12l9-7M16 12l8 7M16 12l-8 7", [[16, 12, 3.4], [6, 6, 2.2], [25, 5, 2.2], [24, 19, 2.2], [8, 19, 2.2]]],
  hierarchy: ["M16 5v5M6 14v-4h20v4M16 10v4", [[16, 4, 2.8], [6, 17, 2.2], [16, 17, 2.2], [26, 17, 2.2]]],
  circle: ["M16 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18", [[16, 3, 2.3], [24.6, 9, 2.3], [21.5, 19, 2.3], [10.5, 19, 2.3], [7.400, 9, 2.3]]],
  timeline: ["M3 20h26M7 20v-6M14 20v-11M20 20v-4M26 20V6", [[7, 13, 2.2], [14, 8, 2.2], [20, 15, 2.2], [26, 5, 2.2]]],
}; // prettier-ignore

function sign(layout: (typeof LAYOUTS)[number]): SVGElement {
  const [lines, nodes] = SIGNS[layout];
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 32 24");
  drawn.setAttribute("class", "layout-sign");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", lines);
  drawn.append(path);
  for (const [x, y, radius] of nodes) {
    const node = document.createElementNS(SVG, "circle");
    node.setAttribute("cx", String(x));
    node.setAttribute("cy", String(y));
    node.setAttribute("r", String(radius));
    drawn.append(node);
  }
  return drawn;
}

export class Look {
  readonly element = h("div", { class: "look" });
  private readonly arranger = h("button", { type: "button", class: "button arrange", onclick: () => this.arrange?.() }, t("look.arrange"));
  private drawn = "";

  constructor(
    private readonly actions: () => Actions,
    /** Let the nodes find their places before one's eyes, or stop it; null where nothing can move. */
    private arrange: (() => void) | null,
  ) {}

  /** Whether nodes are finding their places: then the same button stops it. */
  arranging(running: boolean): void {
    this.arranger.classList.toggle("is-running", running);
    this.arranger.textContent = t(running ? "look.arrange_stop" : "look.arrange");
  }

  /** Nothing moves by itself any more: the drawing became a still one. */
  standStill(): void {
    this.arrange = null;
    this.arranger.remove();
  }

  show({ state, view }: Scene): void {
    const verb = verbOf(state);
    const now = [verb, view.layout, view.sizeBy, view.colorBy, state.limit].join(" ");
    if (now === this.drawn) return;
    this.drawn = now;
    const held = document.activeElement instanceof HTMLInputElement ? document.activeElement.id : "";
    fill(
      this.element,
      this.group("layout", LAYOUTS, view.layout, (value) => this.actions().push(laidOut(value === "force" ? "" : value))),
      this.arrange && this.arranger,
      this.group("size", SIZES, view.sizeBy, (value) => this.actions().push({ size: value === "degree" ? "" : value })),
      this.group("color", COLORS, view.colorBy, (value) => this.actions().push({ color: value === "class" ? "" : value })),
      (verb === "rank" || verb === "expand") &&
        this.group("limit", LIMITS, state.limit, (value) => this.actions().push({ limit: value }), (value) => (value ? number(Number(value)) : t("look.limit.usual"))),
    );
    if (held) this.element.querySelector<HTMLInputElement>(`#${held}`)?.focus();
  }

  private group(
    name: string,
    values: readonly string[],
    chosen: string,
    choose: (value: string) => void,
    said = (value: string): string => t(`look.${name}.${value}`),
  ): HTMLElement {
    return h(
      "fieldset",
      { class: `look-${name}` },
      h("legend", {}, t(`look.${name}`)),
      h(
        "div",
        { class: "choices" },
        ...values.map((value) => {
          const id = `look-${name}-${value}`;
          const input = h("input", { type: "radio", name: `look-${name}`, id, value, onchange: () => choose(value) });
          input.checked = value === chosen;
          return h(
            "label",
            { class: "choice", for: id },
            input,
            name === "layout" && sign(value as (typeof LAYOUTS)[number]),
            h("span", {}, said(value)),
          );
        }),
      ),
    );
  }
}
