/** The renderer where WebGL is missing: the server's SVG, its nodes still to be selected, opened, and walked by Tab. */

import { ask, isAbort } from "../api/client";
import type { Iri, View } from "../api/contract";
import { t } from "../i18n/strings";
import type { Listener, Point, Renderer, Selection } from "./renderer";
import { part, still } from "./still";

const HOLD = 500;
const STILL = 8;

export class FallbackRenderer implements Renderer {
  readonly canArrange = false;
  readonly isArranging = false;
  private aborter = new AbortController();
  private view: View | null = null;
  private drawing: SVGSVGElement | null = null;
  private readonly links = new Map<Iri, SVGAElement>();
  private chosen: Selection | null = null;
  private focused: ReadonlySet<string> | null = null;
  private scale = 1;
  private hold = 0;
  private held: Point | null = null;
  private swallowed = false;
  private readonly listening = new AbortController();

  constructor(
    private readonly place: HTMLElement,
    private readonly listener: Listener,
    private readonly address: () => string,
  ) {
    place.classList.add("is-fallback");
    const options = { signal: this.listening.signal };
    place.addEventListener("click", (event) => this.click(event), options);
    place.addEventListener("dblclick", (event) => this.doubleClick(event), options);
    place.addEventListener("keydown", (event) => this.key(event), options);
    place.addEventListener("contextmenu", (event) => this.menu(event), options);
    place.addEventListener("pointerdown", (event) => this.down(event), options);
    place.addEventListener("pointermove", (event) => this.stay(event), options);
    for (const end of ["pointerup", "pointercancel"] as const) place.addEventListener(end, () => clearTimeout(this.hold), options);
  }

  show(view: View): void {
    this.view = view;
    this.focused = null;
    this.aborter.abort();
    this.aborter = new AbortController();
    void this.load(this.aborter.signal);
  }

  select(selection: Selection | null): void {
    this.chosen = selection;
    this.mark();
  }

  focus(iris: readonly Iri[] | null): void {
    this.focused = iris && new Set<string>(iris);
    this.mark();
  }

  arrange(): void {
    // the server's drawing is still
  }

  keepFree(): void {
    // the server's drawing brings its own legend
  }

  reveal(): void {
    // links scroll into sight when they get the focus
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
    // its colours are the page's own
  }

  nodeAt(iri: Iri): Point | null {
    const link = this.links.get(iri);
    // The link holds the label as well, which may stand beside the shape: the shape is the node.
    return link ? middle(shapeOf(link)) : null;
  }

  edgeAt(id: string): Point | null {
    const line = this.drawing?.querySelector(`[data-edge="${CSS.escape(id)}"]`);
    return line ? middle(line) : null;
  }

  moreAt(iri: Iri): Point | null {
    const more = this.drawing?.querySelector(`[data-more="${CSS.escape(iri)}"] rect`);
    return more ? middle(more) : null;
  }

  destroy(): void {
    this.aborter.abort();
    this.listening.abort();
    clearTimeout(this.hold);
    this.place.classList.remove("is-fallback");
    this.place.replaceChildren();
  }

  private async load(signal: AbortSignal): Promise<void> {
    try {
      const answer = await ask(this.address(), { signal });
      const made = still(await answer.text());
      if (signal.aborted || !made) return;
      this.drawing = made;
      this.lead(made);
      this.place.replaceChildren(made);
      this.hang(made);
      this.mark();
      this.place.dataset["state"] = "drawn";
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  }

  /** A drawing's nodes link to their IRIs, or to whole addresses; here they lead to our pages. */
  private lead(drawing: Element): void {
    this.links.clear();
    const nodes = this.view?.nodes ?? [];
    const known = new Map(
      nodes.flatMap((node) => [
        [node.iri as string, node] as const,
        [new URL(node.page, document.baseURI).href, node] as const,
        [node.page, node] as const,
      ]),
    );
    for (const link of Array.from(drawing.querySelectorAll<SVGAElement>("a"))) {
      const node = known.get(link.getAttribute("href") ?? "");
      if (!node) continue;
      link.setAttribute("href", node.page);
      this.links.set(node.iri, link);
    }
  }

  /** Beside each opened node, a small "+N" that brings the rest: a button, since it leads nowhere. */
  private hang(drawing: SVGSVGElement): void {
    for (const node of this.view?.nodes ?? []) {
      const hidden = (this.view?.more ?? []).reduce((sum, each) => sum + (each.node === node.iri ? each.total - each.shown : 0), 0);
      const link = this.links.get(node.iri);
      if (!hidden || !link?.parentElement) continue;
      const box = (shapeOf(link) as SVGGraphicsElement).getBBox();
      const text = `+${hidden}`;
      const wide = Math.max(24, text.length * 7 + 10);
      const [x, y] = [box.x + box.width + 8, box.y - 14];
      const label = t("stage.more", { count: hidden, label: node.label });
      const more = part(
        "g",
        { role: "button", tabindex: 0, "data-more": node.iri, "aria-label": label },
        part("title", {}, label),
        part("rect", { x, y, width: wide, height: 22, rx: 11, "stroke-dasharray": "3 2.5" }),
        part("text", { x: x + wide / 2, y: y + 15, "text-anchor": "middle", "font-size": 11 }, text),
      );
      paintMore(more);
      (link.closest("svg > g") ?? drawing).append(more);
    }
  }

  /** Show what is chosen, and what is in focus. */
  private mark(): void {
    for (const [iri, link] of this.links) {
      link.classList.toggle("is-chosen", this.chosen?.kind === "node" && this.chosen.iri === iri);
      link.style.opacity = this.focused && !this.focused.has(iri) ? "0.25" : "";
    }
    const ends = new Map(this.view?.edges.map((edge) => [edge.id, edge]));
    let dimmed = 0;
    for (const line of Array.from(this.drawing?.querySelectorAll<SVGElement>("[data-edge]") ?? [])) {
      const edge = ends.get(line.dataset["edge"] ?? "");
      const bright = !this.focused || (edge && this.focused.has(edge.source) && this.focused.has(edge.target));
      line.style.opacity = bright ? "" : "0.2";
      const chosen = this.chosen?.kind === "edge" && this.chosen.id === edge?.id;
      line.querySelector("path")?.style.setProperty("stroke-width", chosen ? "3.5" : "");
    }
    if (this.focused) for (const iri of this.links.keys()) dimmed += Number(!this.focused.has(iri));
    this.place.dataset["dimmed"] = String(dimmed);
  }

  private resize(): void {
    if (!this.drawing) return;
    this.drawing.style.width = `${this.scale * 100}%`;
    this.drawing.style.height = `${this.scale * 100}%`;
  }

  private nodeOf(event: Event): Iri | null {
    const link = event.target instanceof Element ? event.target.closest<SVGAElement>("a") : null;
    return [...this.links].find(([, each]) => each === link)?.[0] ?? null;
  }

  private moreOf(event: Event): Iri | null {
    const more = event.target instanceof Element ? event.target.closest<SVGElement>("[data-more]") : null;
    return (more?.dataset["more"] as Iri | undefined) ?? null;
  }

  private click(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const iri = this.nodeOf(event);
    const more = this.moreOf(event);
    const line = event.target instanceof Element ? event.target.closest<SVGElement>("[data-edge]") : null;
    if (iri) event.preventDefault();
    if (this.swallowed) this.swallowed = false;
    else if (more) this.listener.more(more);
    else if (iri) this.listener.select({ kind: "node", iri });
    else if (line) this.listener.select({ kind: "edge", id: line.dataset["edge"] ?? "" });
    else if (event.target instanceof SVGElement) this.listener.select(null);
  }

  private doubleClick(event: MouseEvent): void {
    const iri = this.nodeOf(event);
    if (iri) this.listener.expand(iri);
  }

  private key(event: KeyboardEvent): void {
    const more = this.moreOf(event);
    if (!more || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    this.listener.more(more);
  }

  private menu(event: MouseEvent): void {
    const iri = this.nodeOf(event);
    if (!iri) return;
    event.preventDefault();
    clearTimeout(this.hold);
    this.listener.menu(iri, { x: event.clientX, y: event.clientY });
  }

  private down(event: PointerEvent): void {
    this.swallowed = false;
    const iri = event.pointerType === "mouse" ? null : this.nodeOf(event);
    clearTimeout(this.hold);
    if (!iri) return;
    const at = { x: event.clientX, y: event.clientY };
    this.held = at;
    this.hold = window.setTimeout(() => {
      this.swallowed = true;
      this.listener.menu(iri, at);
    }, HOLD);
  }

  private stay(event: PointerEvent): void {
    if (this.held && Math.hypot(event.clientX - this.held.x, event.clientY - this.held.y) > STILL) clearTimeout(this.hold);
  }
}

function middle(element: Element): Point {
  const box = element.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/** The shape of a node's link: what is filled with its class's colour. */
function shapeOf(link: Element): Element {
  return link.querySelector("[class*='f-c']") ?? link.querySelector("circle, path, polygon, rect") ?? link;
}

function paintMore(more: SVGGElement): void {
  more.style.cursor = "pointer";
  for (const each of Array.from(more.children)) {
    if (each instanceof SVGRectElement) {
      each.style.fill = "var(--paper)";
      each.style.stroke = "var(--ink-soft)";
      each.style.strokeWidth = "1.4";
    } else if (each instanceof SVGTextElement) each.style.fill = "var(--ink)";
  }
}
