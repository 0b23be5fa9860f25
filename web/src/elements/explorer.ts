/** <triplary-explorer>: the page at "/". It keeps the URL, the drawing and the panel in step. */

import { describe, draw, isAbort, Problem } from "../api/client";
import type { Drawing, FoundPath, Iri, View, ViewEdge, ViewNode } from "../api/contract";
import { fill, h } from "../dom";
import { startingQuestions } from "../explorer/questions";
import { EMPTY, fromUrl, type State, toApi, toUrl, verbOf } from "../explorer/state";
import { language, t } from "../i18n/strings";
import { FallbackRenderer } from "../render/fallback";
import type { Listener, Point, Renderer, Selection } from "../render/renderer";
import { canDraw, SigmaRenderer } from "../render/sigma";
import { DetailsElement } from "./details";
import { sourceLine, verdictBadge } from "./evidence";
import { LegendElement } from "./legend";
import { SearchElement } from "./search";
import { TwinElement } from "./twin";

const FORMATS = ["svg", "png", "html", "json", "ttl", "jsonld", "graphml", "gexf", "csv", "txt"] as const;

/** What tests and scripts may ask of the drawing: where a node or an edge is, in the window. */
export interface Handle {
  nodeAt(name: string): Point | null;
  edgeAt(id: string): Point | null;
}

declare global {
  interface Window {
    triplary?: Handle;
  }
}

export class ExplorerElement extends HTMLElement implements Listener {
  private state: State = EMPTY;
  private view: View | null = null;
  private drawnFrom = "";
  private renderer: Renderer | null = null;
  private drawing = new AbortController();
  private describing = new AbortController();

  private readonly canvas = h("div", { class: "canvas", tabindex: "0", role: "group", "aria-roledescription": t("stage.role") });
  private readonly heading = h("h1", {});
  private readonly count = h("p", { class: "view-count" });
  private readonly notice = h("div", { class: "notice", role: "alert", hidden: true });
  private readonly status = h("p", { class: "visually-hidden", role: "status" });
  private readonly caption = h("div", { class: "caption" });
  private readonly sources = h("p", { class: "sources" });
  private readonly save = h("ul", {});
  private readonly details = new DetailsElement();
  private readonly legend = new LegendElement();
  private readonly twin = new TwinElement();
  private readonly foot = h(
    "footer",
    { class: "foot" },
    this.sources,
    h("details", { class: "menu" }, h("summary", {}, t("save.title")), this.save),
  );
  private readonly narrow = matchMedia("(width < 60rem)");
  private readonly panel = h("aside", { class: "panel", "aria-label": t("panel.label"), tabindex: "0" });

  connectedCallback(): void {
    this.build();
    this.renderer = this.chooseRenderer();
    this.details.actions = {
      expand: (name) => this.expandName(name),
      show: (name) => this.showName(name),
      close: () => this.select(null),
    };
    this.twin.onpick = (name) => this.showName(name);
    const search = document.querySelector("triplary-search");
    if (search instanceof SearchElement) search.onpick = (match) => this.go({ entities: [match.name], select: match.name });
    window.addEventListener("popstate", this.read);
    this.addEventListener("keydown", this.key);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.restyle);
    window.addEventListener("triplary-theme", this.restyle);
    window.triplary = {
      nodeAt: (name) => {
        const node = this.node(name);
        return node && this.renderer ? this.renderer.nodeAt(node.iri) : null;
      },
      edgeAt: (id) => this.renderer?.edgeAt(id) ?? null,
    };
    this.read();
  }

  disconnectedCallback(): void {
    window.removeEventListener("popstate", this.read);
    window.removeEventListener("triplary-theme", this.restyle);
    this.drawing.abort();
    this.describing.abort();
    this.renderer?.destroy();
    delete window.triplary;
  }

  select(selection: Selection | null): void {
    this.canvas.focus({ preventScroll: true });
    const said = this.said(selection);
    if (said !== this.state.select) this.push({ ...this.state, select: said });
  }

  expand(iri: Iri): void {
    const node = this.view?.nodes.find((each) => each.iri === iri);
    if (node) this.expandName(node.name);
  }

  move(iri: Iri, to: Point): void {
    const node = this.view?.nodes.find((each) => each.iri === iri);
    if (!node || !this.view) return;
    const place = { name: node.name, x: Math.round(to.x * 10) / 10, y: Math.round(to.y * 10) / 10 };
    const state = { ...this.state, at: [...this.state.at.filter((each) => each.name !== node.name), place] };
    this.view = { ...this.view, nodes: this.view.nodes.map((each) => (each === node ? { ...each, ...to } : each)) };
    this.drawnFrom = toApi(state, language());
    this.push(state);
  }

  private build(): void {
    const zoom = (label: string, sign: string, act: () => void): HTMLElement =>
      h("button", { type: "button", "aria-label": label, title: label, onclick: act }, sign);
    fill(this.panel, this.caption, this.details, this.twin);
    fill(
      this,
      h(
        "section",
        { class: "stage", "aria-label": t("stage.label") },
        this.canvas,
        h("div", { class: "title" }, this.heading, this.count),
        this.notice,
        this.legend,
        h(
          "div",
          { class: "zoom" },
          zoom(t("zoom.in"), "+", () => this.renderer?.zoom(1.5)),
          zoom(t("zoom.out"), "−", () => this.renderer?.zoom(1 / 1.5)),
          zoom(t("zoom.fit"), "⤢", () => this.renderer?.fit()),
        ),
      ),
      this.panel,
      this.foot,
      this.status,
    );
    this.narrow.addEventListener("change", () => this.arrange());
    this.legend.addEventListener("toggle", () => this.keepFree(), { capture: true });
    this.arrange();
  }

  /** On a narrow screen the foot stands at the end of the sheet. */
  private arrange(): void {
    if (this.narrow.matches) this.panel.append(this.foot);
    else this.panel.after(this.foot);
    this.keepFree();
  }

  /** The legend stands on the picture's ground: the drawing keeps off it where there is room. */
  private keepFree(): void {
    const box = this.legend.querySelector("details[open]")?.getBoundingClientRect();
    this.renderer?.keepFree(box && !this.narrow.matches ? box.height : 0);
  }

  private chooseRenderer(): Renderer {
    if (canDraw()) {
      try {
        return new SigmaRenderer(this.canvas, this);
      } catch {
        // a context can be refused although the browser knows WebGL
        this.canvas.replaceChildren();
      }
    }
    return new FallbackRenderer(this.canvas, this, () => toApi(this.state, language(), ".svg"));
  }

  private readonly read = (): void => {
    this.state = fromUrl(location.search);
    void this.update(this.view !== null);
  };

  private readonly restyle = (): void => this.renderer?.restyle();

  private push(state: State): void {
    this.state = state;
    history.pushState(null, "", toUrl(state));
    void this.update(true);
  }

  /** Another picture: what is not named starts anew. */
  private go(change: Partial<State>): void {
    this.push({ ...EMPTY, language: this.state.language, ...change });
  }

  private expandName(name: string): void {
    const entities = [...this.state.entities.filter((each) => each !== name), name];
    this.push({ ...EMPTY, language: this.state.language, at: this.state.at, entities, select: name });
  }

  private showName(name: string): void {
    if (this.node(name)) this.push({ ...this.state, select: name });
    else this.expandName(name);
  }

  private node(name: string): ViewNode | undefined {
    return this.view?.nodes.find((node) => node.name === name || node.iri === name);
  }

  private edge(said: string): ViewEdge | undefined {
    const [source, predicate, target] = said.split(" ");
    const from = this.node(source ?? "")?.iri;
    const to = this.node(target ?? "")?.iri;
    return this.view?.edges.find(
      (edge) => edge.source === from && edge.target === to && localName(edge.predicate) === predicate,
    );
  }

  private said(selection: Selection | null): string {
    if (!selection || !this.view) return "";
    const nodes = this.view.nodes;
    const name = (iri: Iri): string => nodes.find((node) => node.iri === iri)?.name ?? iri;
    if (selection.kind === "node") return name(selection.iri);
    const edge = this.view.edges.find((each) => each.id === selection.id);
    return edge ? `${name(edge.source)} ${localName(edge.predicate)} ${name(edge.target)}` : "";
  }

  /** Bring the screen to what the state says. */
  private async update(animate: boolean): Promise<void> {
    const address = toApi(this.state, language());
    if (address !== this.drawnFrom) {
      this.drawing.abort();
      this.drawing = new AbortController();
      this.canvas.dataset["state"] = "waiting";
      try {
        const answer = await draw(address, this.drawing.signal);
        this.drawnFrom = address;
        this.show(answer, animate);
      } catch (error) {
        if (isAbort(error)) return;
        this.fail(error);
        return;
      }
    }
    await this.showSelection();
  }

  private show({ view, paths }: Drawing, animate: boolean): void {
    const moved = new Map(this.state.at.map((place) => [place.name, place]));
    const nodes = view.nodes.map((node) => {
      const place = moved.get(node.name);
      return place ? { ...node, x: place.x, y: place.y } : node;
    });
    this.view = { ...view, nodes };
    const counted = [t("count.entities", { count: nodes.length }), t("count.edges", { count: view.edges.length })].join(" · ");
    this.heading.textContent = view.title;
    this.count.textContent = counted;
    document.title = `${view.title} – triplary`;
    if (this.renderer instanceof FallbackRenderer) this.tell(t("fallback.told"), "", false);
    else this.notice.hidden = true;
    this.canvas.setAttribute("aria-label", `${view.title}. ${counted}. ${t("stage.see_text")}`);
    this.status.textContent = `${view.title}: ${counted}`;
    this.canvas.dataset["nodes"] = String(nodes.length);
    this.canvas.dataset["edges"] = String(view.edges.length);
    this.legend.show(view.legend);
    this.keepFree();
    this.renderer?.show(this.view, animate);
    if (this.renderer instanceof SigmaRenderer) this.canvas.dataset["state"] = "drawn";
    this.twin.show(this.view);
    this.showCaption(paths ?? []);
    this.showSources();
  }

  private async showSelection(): Promise<void> {
    const { select } = this.state;
    const edge = select.includes(" ") ? this.edge(select) : undefined;
    const node = edge ? undefined : this.node(select);
    this.renderer?.select(
      edge ? { kind: "edge", id: edge.id } : node ? { kind: "node", iri: node.iri } : null,
    );
    this.describing.abort();
    this.describing = new AbortController();
    const signal = this.describing.signal;
    const has = Boolean(edge ?? select);
    this.panel.classList.toggle("has-selection", has);
    this.canvas.dataset["selected"] = select;
    if (!has) this.details.clear();
    else if (edge && this.view) this.details.edge(edge, this.view);
    else await this.showEntity(select, node, signal);
    if (has) this.panel.scrollTop = 0;
  }

  private async showEntity(name: string, node: ViewNode | undefined, signal: AbortSignal): Promise<void> {
    this.details.waiting(node?.label ?? name);
    try {
      const description = await describe(node?.iri ?? name, language(), signal);
      const more = this.view?.more.filter((each) => each.node === description.entity.iri) ?? [];
      const expanded = this.state.entities.includes(description.entity.name);
      if (!signal.aborted) this.details.entity(description, node, more, expanded);
    } catch (error) {
      if (!isAbort(error)) this.details.failed(node?.label ?? name, message(error));
    }
  }

  private showCaption(paths: readonly FoundPath[]): void {
    const questions = startingQuestions().map(({ text, href }) =>
      h("li", {}, h("a", { href, onclick: this.follow }, text)),
    );
    fill(
      this.caption,
      verbOf(this.state) === "rank" &&
        h(
          "section",
          { class: "welcome" },
          h("h2", {}, t("welcome.title")),
          h("p", {}, t("welcome.text")),
          questions.length > 0 && h("h3", {}, t("welcome.questions")),
          h("ul", { class: "questions" }, ...questions),
        ),
      ...paths.map((path, place) =>
        h(
          "section",
          { class: "path" },
          h("h3", {}, t("paths.path", { number: place + 1 })),
          h("ol", {}, ...path.steps.map((step) => this.step(step))),
        ),
      ),
      verbOf(this.state) !== "rank" &&
        !paths.length &&
        h("p", { class: "quiet" }, t("panel.how")),
    );
  }

  private step(step: FoundPath["steps"][number]): HTMLElement {
    const first = step.evidence[0];
    const [subject, object] = step.inverse ? [step.to, step.from] : [step.from, step.to];
    const end = ({ name, label }: typeof subject): HTMLElement =>
      h("button", { type: "button", class: "link", onclick: () => this.showName(name) }, label);
    const edge = this.view?.edges.find((each) => each.id === step.edge);
    const why = (): void => {
      if (edge) this.select({ kind: "edge", id: edge.id });
    };
    return h(
      "li",
      {},
      h("p", { class: "value" }, end(subject), ` ${step.label} `, end(object)),
      h(
        "p",
        { class: "stated" },
        step.verdict !== "stated" && verdictBadge(step.verdict),
        step.verdict !== "stated" && " ",
        first ? sourceLine(first.source) : null,
        " ",
        h("button", { type: "button", class: "link", onclick: why }, t("details.who_says_so")),
      ),
    );
  }

  private showSources(): void {
    const sources = this.view?.sources ?? [];
    fill(this.sources, t("sources.title"), " ");
    sources.forEach((source, place) => this.sources.append(...(place ? ["; "] : []), sourceLine(source)));
    fill(
      this.save,
      ...FORMATS.map((format) =>
        h(
          "li",
          {},
          h("a", { href: toApi(this.state, language(), `.${format}`), download: true }, t(`save.${format}`)),
        ),
      ),
    );
  }

  private readonly follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const link = event.currentTarget as HTMLAnchorElement;
    this.push(fromUrl(new URL(link.href).search));
  };

  /** Keys work while the drawing has the focus, so that they are in nobody's way elsewhere. */
  private readonly key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.state.select) this.select(null);
    if (event.target !== this.canvas) return;
    const { select } = this.state;
    if (event.key === "e" || event.key === "E") {
      if (select && !select.includes(" ")) this.expandName(select);
    } else if (event.key === "f" || event.key === "F") this.renderer?.fit();
    else if (event.key === "+") this.renderer?.zoom(1.5);
    else if (event.key === "-") this.renderer?.zoom(1 / 1.5);
    else return;
    event.preventDefault();
  };

  private tell(text: string, hint: string, again: boolean): void {
    this.notice.hidden = false;
    this.notice.classList.toggle("is-problem", again);
    fill(
      this.notice,
      h("p", {}, text),
      hint && h("p", { class: "hint" }, hint),
      again && h("p", {}, h("a", { href: "/", class: "button", onclick: this.follow }, t("notice.home"))),
    );
  }

  private fail(error: unknown): void {
    this.canvas.dataset["state"] = "failed";
    this.tell(message(error), error instanceof Problem ? error.hint : "", true);
    this.status.textContent = message(error);
  }
}

/** The readable end of an IRI. */
function localName(iri: string): string {
  return iri.split(/[#/:]/).pop() ?? iri;
}

function message(error: unknown): string {
  return error instanceof Problem && error.message ? error.message : t("error.network");
}


customElements.define("triplary-explorer", ExplorerElement);
