/** <triplary-explorer>: the page at "/". It keeps the URL, the drawing and the panels in step. */

import { draw, isAbort, Problem, shorten, text } from "../api/client";
import type { Drawing, ViewNode } from "../api/contract";
import { fill, h } from "../dom";
import { Doing } from "../explorer/actions";
import { carryOut, type Desk } from "../explorer/commands";
import { drawerOn, isStill, Losses } from "../explorer/drawer";
import { isFiltered } from "../explorer/filtering";
import { handleOf } from "../explorer/handle";
import { type Ground, Hands } from "../explorer/hands";
import { Trail } from "../explorer/history";
import { commandOf } from "../explorer/keys";
import type { Actions, Panel, Scene } from "../explorer/scene";
import { EMPTY, type State, toApi } from "../explorer/state";
import { language, t } from "../i18n/strings";
import type { Arranging, Point, Renderer } from "../render/renderer";
import { AskElement } from "./ask";
import { ChipsElement, chipsOf } from "./chips";
import { CompareElement } from "./compare";
import { Covering } from "./covering";
import { DetailsElement } from "./details";
import { FiltersElement } from "./filters";
import { Foot } from "./foot";
import { HelpElement } from "./help";
import { LegendElement } from "./legend";
import { LessonsElement } from "./lessons";
import { pictureLink } from "./links";
import { MenuElement } from "./menu";
import { PathsElement } from "./paths";
import { edgeOf, nodeOf } from "./picked";
import { SearchElement } from "./search";
import { Sheet } from "./sheet";
import { Stage } from "./stage";
import { ToolbarElement } from "./toolbar";
import { TourElement } from "./tour";
import { TwinElement } from "./twin";
import { WelcomeElement } from "./welcome";

export class ExplorerElement extends HTMLElement implements Ground, Desk {
  state: State = EMPTY;
  scene: Scene | null = null;
  renderer: Renderer | null = null;
  private drawnFrom = "";
  private drawing = new AbortController();
  private readonly leaving = new AbortController();
  readonly trail = new Trail(
    (state) => this.enter(state),
    (address) => shorten(address, this.leaving.signal),
  );
  private readonly actions = new Doing(this);
  private readonly hands = new Hands(this, this.actions);

  private readonly welcome = new WelcomeElement();
  private readonly tour = new TourElement();
  private readonly lessons = new LessonsElement();
  private readonly paths = new PathsElement();
  private readonly compare = new CompareElement();
  private readonly details = new DetailsElement();
  private readonly legend = new LegendElement();
  private readonly twin = new TwinElement();
  private readonly toolbar = new ToolbarElement();
  private readonly chips = new ChipsElement();
  private readonly filters = new FiltersElement();
  private readonly asking = new AskElement();
  private readonly keys = new HelpElement();
  private readonly menuOf = new MenuElement();
  private readonly panels: readonly Panel[] = [
    this.toolbar, this.chips, this.filters, this.legend, this.lessons, this.welcome, this.paths, this.compare, this.details, this.twin,
  ]; // prettier-ignore
  private readonly status = h("p", { class: "visually-hidden", role: "status" });
  private readonly panel = h("aside", { class: "panel", "aria-label": t("panel.label"), tabindex: "0" });
  private readonly sheet = new Sheet(this.panel);
  private readonly foot = new Foot();
  private readonly narrow = matchMedia("(width < 60rem)");
  private readonly losses = new Losses();
  private readonly stage = new Stage(
    {
      undo: () => this.actions.undo(),
      redo: () => this.actions.redo(),
      zoom: (factor) => this.zoom(factor),
      fit: () => this.fit(),
      showHidden: () => this.openFilters(true),
    },
    this.legend,
  );
  private readonly covering = new Covering(this.stage.canvas, this.stage.title, this.legend, this.panel, this.narrow, () => this.renderer);

  connectedCallback(): void {
    this.renderer = this.drawer();
    this.wire();
    fill(this.panel, this.sheet.handle, this.lessons, this.welcome, this.details, this.paths, this.compare);
    fill(
      this,
      h("div", { class: "tools-above" }, this.toolbar, this.chips),
      this.filters,
      this.stage.element,
      this.twin,
      this.panel,
      this.foot.element,
      this.menuOf,
      this.asking,
      this.keys,
      this.tour,
      this.status,
    );
    this.arrangePage();
    document.addEventListener("keydown", this.key);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.restyle);
    window.addEventListener("triplary-theme", this.restyle);
    window.triplary = handleOf(this);
    this.state = this.trail.start();
    void this.update(false);
  }

  disconnectedCallback(): void {
    this.trail.stop();
    this.covering.stop();
    document.removeEventListener("keydown", this.key);
    window.removeEventListener("triplary-theme", this.restyle);
    this.drawing.abort();
    this.leaving.abort();
    this.renderer?.destroy();
    delete window.triplary;
  }

  // what the actions ask of the page

  enter(state: State): void {
    this.state = state;
    void this.update(this.scene !== null);
  }

  openMenu(node: ViewNode, at: Element | Point): void {
    if (this.scene) this.menuOf.open(node, this.scene, at);
  }

  standing(scene: Scene, state: State): void {
    this.scene = scene;
    this.drawnFrom = toApi(state, language());
    this.actions.push(state);
  }

  notKept(): void {
    this.stage.tell(t("arrange.not_kept"));
    this.status.textContent = t("arrange.not_kept");
  }

  arranging(how: Arranging): void {
    this.toolbar.arranging(how === "running");
    this.status.textContent = t(`arrange.${how}`);
    if (how === "tired") this.stage.tell(t("arrange.tired"));
  }

  lost(): void {
    this.renderer?.destroy();
    this.renderer = this.drawer(this.losses.another());
    if (isStill(this.renderer)) {
      this.toolbar.standStill();
      this.stage.tell(t("fallback.lost"));
    }
    this.tell(() => this.draw(false));
  }

  override focus(): void {
    this.stage.canvas.focus({ preventScroll: true });
  }

  // what the keys ask of the page

  zoom(factor: number): void {
    this.renderer?.zoom(factor);
  }

  fit(): void {
    this.renderer?.fit();
  }

  search(): void {
    document.querySelector<SearchElement>(".find triplary-search, triplary-search")?.focus();
  }

  help(): void {
    this.keys.open();
  }

  showDetails(): void {
    this.details.querySelector<HTMLElement>("h2")?.focus();
  }

  close(): void {
    if (this.narrow.matches && !this.filters.hidden) this.openFilters(false);
    else if (this.state.select) this.actions.select("");
  }

  menuOfSelected(): void {
    const node = this.scene && nodeOf(this.scene.view, this.state.select);
    const at = node && this.renderer?.nodeAt(node.iri);
    if (node) this.openMenu(node, at ?? this.stage.canvas);
    else this.nothingSelected();
  }

  nothingSelected(): void {
    this.status.textContent = t("keys.nothing_selected");
  }

  private wire(): void {
    for (const panel of [...this.panels, this.asking, this.menuOf]) (panel as { actions: Actions }).actions = this.actions;
    this.toolbar.acts = {
      filters: (open) => this.openFilters(open),
      ask: () => this.asking.open(this.selected()),
      sparql: () => void this.showSparql(),
      help: () => this.help(),
      arrange: this.renderer?.canArrange ? () => this.renderer?.arrange(!this.renderer.isArranging) : null,
      share: () => this.share(),
    };
    this.welcome.onask = (verb) => this.asking.open(null, verb);
    this.welcome.onlesson = (id) => void this.lessons.start(id);
    this.welcome.ontour = () => this.tour.start();
    this.menuOf.onask = (name) => this.asking.open(this.node(name) ?? null);
    this.filters.onclosed = () => this.openFilters(false);
    this.chips.onempty = () => this.toolbar.focusFilters();
    const search = document.querySelector(".find triplary-search");
    if (search instanceof SearchElement) {
      search.onpick = ({ name }) => this.actions.go({ entities: [{ name, relation: "", count: "" }], select: name });
      search.onadd = ({ name }) => this.actions.show(name);
    }
    this.narrow.addEventListener("change", () => this.arrangePage());
    this.covering.watch();
    this.twin.addEventListener("toggle", () => this.legend.fold(this.twin.isOpen), { capture: true });
  }

  /** On a narrow screen text twin and foot stand at the end of the sheet. */
  private arrangePage(): void {
    if (this.narrow.matches) this.panel.append(this.twin, this.foot.element);
    else {
      this.panel.before(this.twin);
      this.panel.after(this.foot.element);
    }
    this.covering.keepFree();
  }

  private drawer(onlyStill = false): Renderer {
    return drawerOn(this.stage.canvas, this.hands, () => toApi(this.state, language(), ".svg"), onlyStill);
  }

  private readonly restyle = (): void => this.renderer?.restyle();

  private node(name: string): ViewNode | undefined {
    return this.scene ? nodeOf(this.scene.view, name) : undefined;
  }

  private selected(): ViewNode | null {
    return this.node(this.state.select) ?? null;
  }

  /** Bring the screen to what the state says. */
  private async update(animate: boolean): Promise<void> {
    const address = toApi(this.state, language());
    this.stage.walk(this.trail.undoable, this.trail.redoable);
    this.drawing.abort();
    if (address === this.drawnFrom) {
      this.stage.canvas.dataset["state"] = "drawn";
      this.tell();
      return;
    }
    this.drawing = new AbortController();
    this.stage.wait();
    const answer = await this.ask(address);
    if (!answer) return;
    this.drawnFrom = address;
    this.show(answer, animate);
  }

  /** The answer at an address; null where something newer was asked, or where it failed and that was said. */
  private async ask(address: string): Promise<Drawing | null> {
    try {
      return await draw(address, this.drawing.signal);
    } catch (error) {
      if (!isAbort(error)) this.fail(error);
      return null;
    }
  }

  private show(answer: Drawing, animate: boolean): void {
    this.scene = { state: { ...this.state, select: this.scene?.state.select ?? "" }, view: answer.view, answer };
    this.status.textContent = this.stage.show(this.scene);
    document.title = `${answer.view.title} – triplary`;
    if (isStill(this.renderer)) this.stage.tell(t("fallback.told"));
    this.tell(() => this.draw(animate));
  }

  /** Draw what the scene says; the panels have their size by now, so that it is drawn once. */
  private draw(animate: boolean): void {
    this.covering.keepFree();
    if (this.scene) this.renderer?.show(this.scene.view, animate);
    if (!isStill(this.renderer)) this.stage.canvas.dataset["state"] = "drawn";
  }

  /** Let every panel know what is on the screen now, draw it where it is new, and mark what is selected of it. */
  private tell(redraw?: () => void): void {
    if (!this.scene) return;
    const before = this.scene.state.select;
    const scene: Scene = { ...this.scene, state: this.state };
    this.scene = scene;
    const { state, view } = scene;
    const edge = state.select.includes(" ") ? edgeOf(view, state.select) : undefined;
    const node = edge ? undefined : nodeOf(view, state.select);
    this.panel.classList.toggle("has-selection", state.select !== "");
    this.stage.canvas.dataset["selected"] = state.select;
    for (const panel of this.panels) panel.show(scene);
    this.foot.show(scene);
    this.sheet.show(scene);
    this.showFilterCount();
    redraw?.();
    this.renderer?.select(edge ? { kind: "edge", id: edge.id } : node ? { kind: "node", iri: node.iri } : null);
    if (redraw || state.select !== before) this.covering.reveal();
    if (state.select === before) return;
    this.panel.scrollTop = 0;
    if (redraw) return; // that there is a new picture is told already
    if (node) this.status.textContent = t("select.told", { label: node.label, kind: node.classLabel });
    else if (edge) this.status.textContent = edge.label;
  }

  private openFilters(open: boolean): void {
    this.filters.hidden = !open;
    this.classList.toggle("has-filters", open);
    this.showFilterCount();
    if (open) this.filters.focus();
    else this.toolbar.focusFilters();
  }

  private showFilterCount(): void {
    const count = this.scene && isFiltered(this.state) ? chipsOf(this.state, this.scene.answer.facets).length : 0;
    this.toolbar.showFilters(count, !this.filters.hidden);
  }

  /** The query that finds what is on the screen, in the workbench. */
  private async showSparql(): Promise<void> {
    try {
      const query = await text(toApi(this.state, language(), ".rq"), this.leaving.signal);
      const said = new URLSearchParams({ query, ...(this.state.language ? { language: this.state.language } : {}) });
      location.assign(`/sparql?${said}`);
    } catch (error) {
      if (!isAbort(error)) this.stage.tell(message(error));
    }
  }

  private async share(): Promise<string> {
    return new URL(await this.trail.shared(), location.origin).href;
  }

  private readonly key = (event: KeyboardEvent): void => {
    const command = commandOf(event, this.stage.canvas);
    if (command && carryOut(command, event.key, this, this.actions)) event.preventDefault();
  };

  private fail(error: unknown): void {
    const back = (): void => this.actions.undo();
    this.filters.stop();
    this.stage.fail(
      message(error),
      error instanceof Problem ? error.hint : "",
      ...(this.trail.undoable ? [h("button", { type: "button", class: "button", onclick: back }, t("undo"))] : []),
      pictureLink("/", t("notice.home"), () => this.actions, { class: "button" }),
    );
    this.status.textContent = message(error);
  }
}

function message(error: unknown): string {
  return error instanceof Problem && error.message ? error.message : t("error.network");
}

customElements.define("triplary-explorer", ExplorerElement);
