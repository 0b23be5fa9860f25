/** What the explorer asks of whatever draws: a thin interface, so that the drawer can be changed. */

import type { Iri, View } from "../api/contract";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Selection =
  | { readonly kind: "node"; readonly iri: Iri }
  | { readonly kind: "edge"; readonly id: string };

/** What a person did to the drawing. Coordinates are those of the View, where nothing else is said. */
export interface Listener {
  select(selection: Selection | null): void;
  /** A double click, or a double tap. */
  expand(iri: Iri): void;
  /** A right click, or a finger that stays; `at` is in the browser's window, in CSS pixels. */
  menu(iri: Iri, at: Point): void;
  /** The "+N" beside a node. */
  more(iri: Iri): void;
  move(iri: Iri, to: Point): void;
  /** Where the live layout left every node: once for each `arrange(true)`, unless `show` came first. */
  moveAll(places: ReadonlyMap<Iri, Point>): void;
  /** The live layout began or ended; it ends before `moveAll`. */
  arranging(how: Arranging): void;
  /** The browser took away what this drawing was made with: it can do no more. */
  lost(): void;
}

/** How the live layout is: at work, come to rest, stopped by hand, or out of time while nodes still moved. */
export type Arranging = "running" | "rested" | "stopped" | "tired";

export interface Renderer {
  /** Draw `view` where it says; `animate` lets nodes that were there before glide. */
  show(view: View, animate: boolean): void;
  select(selection: Selection | null): void;
  /** Let these nodes and the edges among them stand out, the rest step back; null ends it. */
  focus(iris: readonly Iri[] | null): void;
  /** Start or stop the live layout; pinned nodes stay. It also stops by itself, when it has settled. */
  arrange(on: boolean): void;
  /** Whether `arrange` can do anything here. */
  readonly canArrange: boolean;
  /** Whether the live layout is at work. */
  readonly isArranging: boolean;
  /** Keep so many pixels free at the top and at the bottom, where something else stands. */
  keepFree(top: number, bottom: number): void;
  /** Bring what is selected into sight, above `covered` pixels at the bottom that something lies over. */
  reveal(covered: number): void;
  /** Bring the whole drawing into sight. */
  fit(): void;
  /** Come closer (factor > 1) or step back (< 1). */
  zoom(factor: number): void;
  /** Read the colours again, after light became dark. */
  restyle(): void;
  /** Where a node stands in the browser's window, in CSS pixels; null where it is not drawn. */
  nodeAt(iri: Iri): Point | null;
  /** Where the middle of an edge is. */
  edgeAt(id: string): Point | null;
  /** Where the "+N" of a node is. */
  moreAt(iri: Iri): Point | null;
  destroy(): void;
}
