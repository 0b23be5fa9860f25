/** The renderer where WebGL is missing: the server's SVG, its nodes and edges still to be clicked. */

import { ask, isAbort } from "../api/client";
import type { Iri, View } from "../api/contract";
import { safeLink } from "../dom";
import type { Listener, Point, Renderer, Selection } from "./renderer";

const SVG = "http://www.w3.org/2000/svg";
const ALLOWED = new Set([
  "svg", "g", "a", "title", "desc", "defs", "marker", "path", "line", "polyline", "polygon",
  "rect", "circle", "ellipse", "text", "tspan",
]); // prettier-ignore

const STYLE = "data-style";

/** The text of a drawing without style sheets, its style attributes under a name that is inert.

    The page's policy forbids inline styles, and a parsed document falls under it already; setting
    them one by one afterwards is allowed. */
function inert(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/<[a-zA-Z][^<>]*>/g, (tag) => tag.replace(/\sstyle=/g, ` ${STYLE}=`));
}

/** A copy of a drawing that holds shapes, words and links, and nothing that runs or loads. */
function copy(element: Element): Element | null {
  const name = element.localName;
  if (element.namespaceURI !== SVG || !ALLOWED.has(name)) return null;
  const made = document.createElementNS(SVG, name);
  for (const { name: attribute, value } of Array.from(element.attributes)) {
    if (attribute === STYLE) made.style.cssText = value;
    else if (attribute === "href" || attribute === "xlink:href") made.setAttribute("href", safeLink(value));
    else if (!/^(on|xmlns|xml:)/i.test(attribute)) made.setAttribute(attribute, value);
  }
  for (const child of Array.from(element.childNodes)) {
    if (child.nodeType === Node.TEXT_NODE) made.append(child.textContent ?? "");
    else if (child instanceof Element) {
      const kept = copy(child);
      if (kept) made.append(kept);
    }
  }
  return made;
}

export class FallbackRenderer implements Renderer {
  private aborter = new AbortController();
  private view: View | null = null;
  private drawing: SVGSVGElement | null = null;
  private scale = 1;

  constructor(
    private readonly place: HTMLElement,
    private readonly listener: Listener,
    private readonly address: () => string,
  ) {
    place.classList.add("is-fallback");
    place.addEventListener("click", this.click);
    place.addEventListener("dblclick", this.doubleClick);
  }

  show(view: View): void {
    this.view = view;
    this.aborter.abort();
    this.aborter = new AbortController();
    void this.load(this.aborter.signal);
  }

  select(selection: Selection | null): void {
    const page = selection?.kind === "node" ? this.view?.nodes.find((n) => n.iri === selection.iri)?.page : null;
    for (const link of Array.from(this.place.querySelectorAll("a"))) {
      link.classList.toggle("is-chosen", Boolean(page) && link.getAttribute("href") === page);
    }
  }

  keepFree(): void {
    // the server's drawing brings its own legend
  }

  fit(): void {
    this.scale = 1;
    this.resize();
  }

  zoom(factor: number): void {
    this.scale = Math.min(8, Math.max(1, this.scale * factor));
    this.resize();
  }

  restyle(): void {
    if (this.view) this.show(this.view);
  }

  nodeAt(iri: Iri): Point | null {
    const page = this.view?.nodes.find((node) => node.iri === iri)?.page;
    const link = Array.from(this.place.querySelectorAll("a")).find((each) => each.getAttribute("href") === page);
    // The link holds the label as well, which may stand beside the shape: the shape is the node.
    const shape = link?.querySelector("circle, path, polygon, rect") ?? link;
    const box = shape?.getBoundingClientRect();
    return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : null;
  }

  edgeAt(): Point | null {
    return null;
  }

  destroy(): void {
    this.aborter.abort();
    this.place.classList.remove("is-fallback");
    this.place.removeEventListener("click", this.click);
    this.place.removeEventListener("dblclick", this.doubleClick);
    this.place.replaceChildren();
  }

  private async load(signal: AbortSignal): Promise<void> {
    try {
      const answer = await ask(this.address(), { signal });
      const parsed = new DOMParser().parseFromString(inert(await answer.text()), "image/svg+xml");
      const made = copy(parsed.documentElement);
      if (signal.aborted || !(made instanceof SVGSVGElement)) return;
      this.lead(made);
      this.drawing = made;
      this.place.replaceChildren(made);
      this.place.dataset["state"] = "drawn";
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  }

  /** A drawing's nodes link to their IRIs, or to whole addresses; here they lead to our pages. */
  private lead(drawing: Element): void {
    const nodes = this.view?.nodes ?? [];
    const pages = new Map<string, string>([
      ...nodes.map((node): [string, string] => [node.iri, node.page]),
      ...nodes.map((node): [string, string] => [new URL(node.page, document.baseURI).href, node.page]),
    ]);
    for (const link of Array.from(drawing.querySelectorAll("a"))) {
      const page = pages.get(link.getAttribute("href") ?? "");
      if (page) link.setAttribute("href", page);
    }
  }

  private resize(): void {
    if (!this.drawing) return;
    this.drawing.style.width = `${this.scale * 100}%`;
    this.drawing.style.height = `${this.scale * 100}%`;
  }

  private nodeOf(event: Event): Iri | null {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const page = link?.getAttribute("href")?.split("?")[0];
    return this.view?.nodes.find((node) => node.page === page)?.iri ?? null;
  }

  private readonly click = (event: MouseEvent): void => {
    const iri = this.nodeOf(event);
    if (!iri || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.listener.select({ kind: "node", iri });
  };

  private readonly doubleClick = (event: MouseEvent): void => {
    const iri = this.nodeOf(event);
    if (iri) this.listener.expand(iri);
  };
}
