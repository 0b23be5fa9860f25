/** What the explorer tells its panels, and what they may ask of it. Panels never fetch the picture or touch history. */

import type { Drawing, Iri, View } from "../api/contract";
import type { State } from "./state";

export interface Scene {
  readonly state: State;
  /** The answer's view, with every node where a person put it. */
  readonly view: View;
  /** The whole answer: facets, hidden, and what the verb adds: paths, shared, left, right, totals, rows. */
  readonly answer: Drawing;
}

export interface Actions {
  /** A step from what is shown: a new URL, undoable. */
  push(change: Partial<State>): void;
  /** A step that takes the place of the step before it, where that was one of these: a slider that moves on. */
  slide(change: Partial<State>): void;
  /** Another picture from scratch; it keeps language and looks. */
  go(change: Partial<State>): void;
  /** The next helping of what lies around an entity, along one relation ("^tri:developedBy") or any (""). */
  open(name: string, relation?: string, count?: number): void;
  /** Take back what was opened at an entity. */
  collapse(name: string): void;
  hide(name: string): void;
  /** Hide all but these. */
  only(names: readonly string[]): void;
  /** Hide all but a node and what is connected with it. */
  others(name: string): void;
  pin(name: string): void;
  unpin(name: string): void;
  /** "" nothing, a node's name, or "SOURCE PREDICATE TARGET" for an edge. */
  select(select: string): void;
  /** Select an entity where it is drawn, else open it. */
  show(name: string): void;
  /** Emphasise these nodes and dim the rest, until null. */
  focus(iris: readonly Iri[] | null): void;
  /** The menu of a node, at a place in the window or at the element it belongs to. */
  menu(name: string, at: Element | { readonly x: number; readonly y: number }): void;
  undo(): void;
  redo(): void;
}

export interface Panel {
  actions: Actions;
  show(scene: Scene): void;
}
