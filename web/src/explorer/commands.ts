/** What the keys do: each command on what is selected, on the picture, or on the page. */

import { nodeOf } from "../elements/picked";
import type { Doing } from "./actions";
import type { Command } from "./keys";
import type { Scene } from "./scene";
import { hopped, timesOpened } from "./steps";
import { ARROWS, first, towards } from "./walking";

const ZOOM = 1.5;

/** What commands need of the page besides the actions. */
export interface Desk {
  readonly scene: Scene | null;
  zoom(factor: number): void;
  fit(): void;
  search(): void;
  help(): void;
  /** Lead the focus to what is said of the selection. */
  showDetails(): void;
  /** Close what is open; else nothing is selected any more. */
  close(): void;
  menuOfSelected(): void;
  /** Say that a key needs something selected first. */
  nothingSelected(): void;
}

/** Whether the command was one to carry out here. */
export function carryOut(command: Command, key: string, desk: Desk, actions: Doing): boolean {
  const { scene } = desk;
  if (command === "search") desk.search();
  else if (command === "help") desk.help();
  else if (command === "close") desk.close();
  else if (command === "undo") actions.undo();
  else if (command === "redo") actions.redo();
  else if (command === "fit") desk.fit();
  else if (command === "closer") desk.zoom(ZOOM);
  else if (command === "farther") desk.zoom(1 / ZOOM);
  else if (!scene) return false;
  else if (command === "walk") walk(key, scene, actions);
  else if (command === "more") hop(1, scene, desk, actions);
  else if (command === "fewer") hop(-1, scene, desk, actions);
  else if (command === "details" && scene.state.select) desk.showDetails();
  else if (command === "menu") desk.menuOfSelected();
  else return onSelected(command, scene, desk, actions);
  return true;
}

function onSelected(command: Command, { state, view }: Scene, desk: Desk, actions: Doing): boolean {
  const node = nodeOf(view, state.select);
  if (!node) {
    desk.nothingSelected();
    return command !== "details";
  }
  const { name } = node;
  if (command === "expand") actions.open(name);
  else if (command === "collapse") actions.collapse(name);
  else if (command === "hide") actions.hide(name);
  else if (command === "others") actions.others(name);
  else if (command === "pin" && node.pinned) actions.unpin(name);
  else if (command === "pin") actions.pin(name);
  else return false;
  return true;
}

/** One hop more or less: around all that was asked; around the selection, where nothing was asked. */
function hop(by: 1 | -1, { state, view }: Scene, desk: Desk, actions: Doing): void {
  const change = hopped(state, by);
  const node = nodeOf(view, state.select);
  if (change) actions.push(change);
  else if (state.entities.length) return;
  else if (!node) desk.nothingSelected();
  else if (by === 1) actions.open(node.name);
  else if (timesOpened(state, node.name)) actions.collapse(node.name);
}

function walk(key: string, { state, view }: Scene, actions: Doing): void {
  const direction = ARROWS[key];
  const from = nodeOf(view, state.select);
  const to = from && direction ? towards(view, from, direction) : from ? undefined : first(view);
  if (to) actions.select(to.name);
}
