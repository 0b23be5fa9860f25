/** What all charts share: a title and a description, a key to the colours, and files to take away. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { part } from "../../render/still";
import { textWidth } from "../table/widths";
import { download } from "./files";
import type { Ink } from "./palette";

export const FONT = "system-ui, sans-serif";
const KEY_HEIGHT = 22;
const SWATCH = 18;

export interface Framed {
  readonly svg: SVGSVGElement;
  readonly title: string;
  readonly description: string;
  readonly key: readonly { readonly label: string; readonly color: string }[];
  readonly ink: Ink;
}

let made = 0;

/** The chart as a figure with its buttons. Its own style sheet is taken out: the page's policy forbids it. */
export function framed({ svg: drawn, title, description, key, ink }: Framed): HTMLElement {
  const svg = keyed(drawn, key, ink);
  const id = `chart-${(made += 1)}`;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-title ${id}-text`);
  svg.prepend(part("title", { id: `${id}-title` }, title), part("desc", { id: `${id}-text` }, description));
  const save = (kind: "svg" | "png"): HTMLElement =>
    h("button", { type: "button", class: "link", "data-save": kind, onclick: () => void download(svg, kind, ink) }, kind.toUpperCase());
  const files = h("p", { class: "result-files" }, t("results.save"), " ", save("svg"), " ", save("png"));
  const box = h("div", { class: "result-picture", tabindex: "0", role: "group", "aria-label": title });
  box.append(svg);
  return h("figure", { class: "result-figure" }, box, files);
}

/** The chart below a key to its colours, where there are several. */
function keyed(drawn: SVGSVGElement, key: Framed["key"], ink: Ink): SVGSVGElement {
  for (const style of Array.from(drawn.querySelectorAll("style"))) style.remove();
  // a name is only allowed to what has a role; the marks have none, for the whole is one picture
  for (const mark of Array.from(drawn.querySelectorAll("[aria-label]"))) {
    mark.setAttribute("data-mark", mark.getAttribute("aria-label") ?? "");
    mark.removeAttribute("aria-label");
  }
  const width = Number(drawn.getAttribute("width"));
  const lines = key.length > 1 ? wrapped(key, width) : [];
  const above = lines.length * KEY_HEIGHT;
  const height = Number(drawn.getAttribute("height")) + above;
  const svg = part("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT, "font-size": 12, fill: ink.ink, color: ink.ink, class: "result-chart" });
  lines.forEach((line, row) => {
    for (const { label, color, x } of line) {
      const y = row * KEY_HEIGHT;
      svg.append(part("rect", { x, y: y + 4, width: 12, height: 12, rx: 3, fill: color }), part("text", { x: x + SWATCH, y: y + 14 }, label));
    }
  });
  drawn.setAttribute("y", String(above));
  drawn.setAttribute("font-size", "12");
  drawn.setAttribute("overflow", "visible");
  drawn.removeAttribute("class");
  svg.append(drawn);
  return svg;
}

function wrapped(key: Framed["key"], width: number): readonly (readonly { label: string; color: string; x: number }[])[] {
  const lines: { label: string; color: string; x: number }[][] = [[]];
  let x = 0;
  for (const each of key) {
    const label = shortened(each.label, 34);
    const room = SWATCH + textWidth(label) * 0.88 + 16;
    if (x > 0 && x + room > width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)?.push({ label, color: each.color, x });
    x += room;
  }
  return lines;
}

/** A label no longer than so many letters; the whole stands in the table. */
export function shortened(label: string, most: number): string {
  return label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label;
}
