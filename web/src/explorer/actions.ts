/** What panels, keys and the drawing ask for, done: each a step of the state, a word to the drawing, or the menu. */

import type { Iri, ViewNode } from "../api/contract";
import { nodeOf } from "../elements/picked";
import type { Point, Renderer } from "../render/renderer";
import type { Trail } from "./history";
import type { Actions, Scene } from "./scene";
import type { State } from "./state";
import { anew, collapsed, hidden, onlyThese, opened, pinned, unpinned } from "./steps";

/** What the actions need of the page. */
export interface Site {
  readonly state: State;
  readonly scene: Scene | null;
  readonly renderer: Renderer | null;
  readonly trail: Trail;
  /** Bring the screen to a state that is already in the URL. */
  enter(state: State): void;
  openMenu(node: ViewNode, at: Element | Point): void;
}

export class Doing implements Actions {
  constructor(private readonly site: Site) {}

  push(change: Partial<State>): void {
    this.step({ ...this.site.state, ...change });
  }

  slide(change: Partial<State>): void {
    const state = { ...this.site.state, ...change };
    this.site.trail.push(state, true);
    this.site.enter(state);
  }

  go(change: Partial<State>): void {
    this.step(anew(this.site.state, change));
  }

  open(name: string, relation = "", count?: number): void {
    this.push(opened(this.site.state, this.called(name), relation, count));
  }

  collapse(name: string): void {
    const { scene, state } = this.site;
    const node = scene && nodeOf(scene.view, name);
    const change = node && collapsed(state, scene.view, node);
    if (change) this.push(change);
  }

  hide(name: string): void {
    this.push(hidden(this.site.state, this.called(name)));
  }

  only(names: readonly string[]): void {
    const { scene, state } = this.site;
    if (scene) this.push(onlyThese(state, scene.view, names.map((name) => this.called(name))));
  }

  /** Hide all but a node and its neighbours. */
  others(name: string): void {
    const { scene } = this.site;
    const node = this.node(name);
    if (!scene || !node) return;
    const near = new Set([node.iri]);
    for (const { source, target } of scene.view.edges) {
      if (source === node.iri) near.add(target);
      else if (target === node.iri) near.add(source);
    }
    this.only(scene.view.nodes.filter((each) => near.has(each.iri)).map((each) => each.name));
  }

  pin(name: string): void {
    const node = this.node(name);
    if (node) this.push(pinned(this.site.state, { name: node.name, x: node.x, y: node.y }));
  }

  unpin(name: string): void {
    this.push(unpinned(this.site.state, this.called(name)));
  }

  select(select: string): void {
    if (select !== this.site.state.select) this.push({ select });
  }

  show(name: string): void {
    const node = this.node(name);
    if (node) this.select(node.name);
    else this.open(name);
  }

  focus(iris: readonly Iri[] | null): void {
    this.site.renderer?.focus(iris);
  }

  menu(name: string, at: Element | Point): void {
    const node = this.node(name);
    if (node) this.site.openMenu(node, at);
  }

  undo(): void {
    this.site.trail.undo();
  }

  redo(): void {
    this.site.trail.redo();
  }

  private step(state: State): void {
    this.site.trail.push(state);
    this.site.enter(state);
  }

  private node(name: string): ViewNode | undefined {
    const { scene } = this.site;
    return scene ? nodeOf(scene.view, name) : undefined;
  }

  /** As the URL calls it: panels may know an entity by its IRI. */
  private called(name: string): string {
    return this.node(name)?.name ?? name;
  }
}
