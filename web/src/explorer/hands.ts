/** What a person does to the drawing, as actions: selecting, opening, moving nodes, asking for a menu. */

import type { Iri } from "../api/contract";
import { edgeName, nodeOf } from "../elements/picked";
import { language } from "../i18n/strings";
import type { Arranging, Listener, Point, Selection } from "../render/renderer";
import type { Doing, Site } from "./actions";
import type { Scene } from "./scene";
import { type State, toApi } from "./state";
import { placed } from "./steps";

/** An address that a server still takes. */
const LONGEST = 30_000;

/** What moving needs of the page: the drawing stands already as the new state says, nothing is to be fetched. */
export interface Ground extends Site {
  standing(scene: Scene, state: State): void;
  /** Say that places are not kept, since an address would not hold them. */
  notKept(): void;
  arranging(how: Arranging): void;
  /** Draw anew: the drawing was lost. */
  lost(): void;
  focus(): void;
}

export class Hands implements Listener {
  constructor(
    private readonly ground: Ground,
    private readonly actions: Doing,
  ) {}

  select(selection: Selection | null): void {
    this.ground.focus();
    const view = this.ground.scene?.view;
    if (!selection || !view) this.actions.select("");
    else if (selection.kind === "node") this.actions.select(nodeOf(view, selection.iri)?.name ?? "");
    else {
      const edge = view.edges.find((each) => each.id === selection.id);
      if (edge) this.actions.select(edgeName(edge, view));
    }
  }

  expand(iri: Iri): void {
    this.actions.open(iri);
  }

  menu(iri: Iri, at: Point): void {
    this.actions.menu(iri, at);
  }

  more(iri: Iri): void {
    this.actions.menu(iri, this.ground.renderer?.moreAt(iri) ?? { x: 0, y: 0 });
  }

  arranging(how: Arranging): void {
    this.ground.arranging(how);
  }

  lost(): void {
    this.ground.lost();
  }

  move(iri: Iri, to: Point): void {
    this.stand(new Map([[iri, to]]), true);
  }

  moveAll(places: ReadonlyMap<Iri, Point>): void {
    this.stand(places, false);
  }

  /** Keep places in the address; only nodes that somebody put there are pinned. */
  private stand(places: ReadonlyMap<Iri, Point>, byHand: boolean): void {
    const { scene } = this.ground;
    if (!scene) return;
    const moved = scene.view.nodes.flatMap((node) => {
      const to = places.get(node.iri);
      return to ? [{ name: node.name, x: to.x, y: to.y, loose: !byHand && !node.pinned }] : [];
    });
    const state = { ...this.ground.state, ...placed(this.ground.state, moved) };
    const kept = toApi(state, language()).length <= LONGEST;
    const nodes = scene.view.nodes.map((node) => ({ ...node, ...places.get(node.iri), pinned: node.pinned || (byHand && kept && places.has(node.iri)) }));
    this.ground.standing({ ...scene, view: { ...scene.view, nodes } }, kept ? state : this.ground.state);
    if (!kept) this.ground.notKept();
  }
}
