/** The server's SVG, copied into the page: shapes, words and links, nothing that runs or loads. */

import { safeLink } from "../dom";

const SVG = "http://www.w3.org/2000/svg";
const ALLOWED = new Set([
  "svg", "g", "a", "title", "desc", "defs", "marker", "path", "line", "polyline", "polygon",
  "rect", "circle", "ellipse", "text", "tspan",
]); // prettier-ignore

const STYLE = "data-style";

/** The page's colours by the names that render/ink.py gives to those of a drawing; class colours are c0 to c9. */
const COLOURS: Readonly<Record<string, string>> = {
  ground: "--paper",
  ink: "--ink",
  quiet: "--ink-soft",
  edge: "--tone-edge",
  doubt: "--tone-doubt",
  against: "--tone-against",
  ring: "--ink",
};

/** The text of a drawing without style sheets, its style attributes under a name that is inert.

    The page's policy forbids inline styles, and a parsed document falls under it already; setting
    them one by one afterwards is allowed. */
function inert(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/<[a-zA-Z][^<>]*>/g, (tag) => tag.replace(/\sstyle=/g, ` ${STYLE}=`));
}

function copy(element: Element): Element | null {
  const name = element.localName;
  if (element.namespaceURI !== SVG || !ALLOWED.has(name)) return null;
  const made = document.createElementNS(SVG, name);
  for (const { name: attribute, value } of Array.from(element.attributes)) {
    if (attribute === STYLE) made.style.cssText = value;
    else if (attribute === "href" || attribute === "xlink:href") made.setAttribute("href", safeLink(value));
    else if (!/^(on|xmlns|xml:)/i.test(attribute)) made.setAttribute(attribute, value);
  }
  paint(made);
  for (const child of Array.from(element.childNodes)) {
    if (child.nodeType === Node.TEXT_NODE) made.append(child.textContent ?? "");
    else if (child instanceof Element) {
      const kept = copy(child);
      if (kept) made.append(kept);
    }
  }
  return made;
}

/** The drawing follows the page from light to dark and back, whatever the system prefers. */
function paint(made: SVGElement): void {
  for (const name of Array.from(made.classList)) {
    const [, kind, tone = ""] = /^([fs])-(\w+)$/.exec(name) ?? [];
    const colour = COLOURS[tone] ?? (/^c\d$/.test(tone) ? `--class-${tone.slice(1)}` : "");
    if (colour) made.style.setProperty(kind === "f" ? "fill" : "stroke", `var(${colour})`);
  }
}

/** A drawing that is harmless, in the page's colours; null where the text is none. */
export function still(svg: string): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(inert(svg), "image/svg+xml");
  const made = copy(parsed.documentElement);
  return made instanceof SVGSVGElement ? made : null;
}

export function part<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}
