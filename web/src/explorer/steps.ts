/** The steps a person can take, as changes of the state. Nothing here touches the screen. */

import type { Iri, View, ViewNode } from "../api/contract";
import { EMPTY, opening, type Place, type State, verbOf } from "./state";

const HOPS_MOST = 4;
/** More names than this make no address. */
const NAMED_MOST = 300;

/** Another picture from scratch, in the language and with the looks of this one. */
export function anew(state: State, change: Partial<State>): State {
  const { language, size, color, layout } = { ...EMPTY, ...change };
  return {
    ...EMPTY,
    ...change,
    language: language || state.language,
    size: size || state.size,
    color: color || state.color,
    layout: layout || state.layout,
  };
}

/** The next helping of what lies around an entity. */
export function opened(state: State, name: string, relation = "", count?: number): Partial<State> {
  return {
    opens: [...state.opens, opening(name, relation, count === undefined ? "" : String(count))],
    without: state.without.filter((each) => each !== name),
    select: name,
  };
}

/** How often an entity was opened, beyond the picture's own beginning. */
export function timesOpened(state: State, name: string): number {
  return state.opens.filter((each) => each.name === name).length;
}

/** The neighbours that only `node` connects with the rest, and that nobody asked for. */
export function heldOnlyBy(node: ViewNode, view: View): readonly ViewNode[] {
  const around = new Map<Iri, Set<Iri>>();
  for (const { source, target } of view.edges) {
    if (source === target) continue;
    around.set(source, (around.get(source) ?? new Set<Iri>()).add(target));
    around.set(target, (around.get(target) ?? new Set<Iri>()).add(source));
  }
  const near = around.get(node.iri) ?? new Set<Iri>();
  return view.nodes.filter((each) => near.has(each.iri) && around.get(each.iri)?.size === 1 && !each.opened && !each.asked);
}

/** Take back what was opened at a node; where nothing was, fold away what only it holds. Null: nothing to take back. */
export function collapsed(state: State, view: View, node: ViewNode): Partial<State> | null {
  const { name } = node;
  if (timesOpened(state, name)) {
    return { opens: state.opens.filter((each) => each.name !== name), select: name };
  }
  if (state.entities.length > 1 && state.entities.some((each) => each.name === name)) {
    return { entities: state.entities.filter((each) => each.name !== name), select: name };
  }
  const held = heldOnlyBy(node, view).map((each) => each.name);
  return held.length ? { without: [...state.without, ...held], select: name } : null;
}

/** Hide a node; what was opened at it is taken back as well. */
export function hidden(state: State, name: string): Partial<State> {
  return {
    without: [...state.without.filter((each) => each !== name), name],
    opens: state.opens.filter((each) => each.name !== name),
    only: state.only.filter((each) => each !== name),
    select: state.select.split(" ").includes(name) ? "" : state.select,
  };
}

/** Hide all others. Named one by one where that can be: then what is opened later still shows itself. */
export function onlyThese(state: State, view: View, names: readonly string[]): Partial<State> {
  const kept = new Set(names);
  const others = view.nodes.map((each) => each.name).filter((name) => !kept.has(name));
  const hides = others.length <= NAMED_MOST ? { without: [...new Set([...state.without, ...others])] } : { only: names };
  return { ...hides, select: kept.has(state.select) ? state.select : "" };
}

export function pinned(state: State, place: Place): Partial<State> {
  return placed(state, [place]);
}

/** Nodes stand where they were put. */
export function placed(state: State, places: readonly Place[]): Partial<State> {
  const moved = new Set(places.map((place) => place.name));
  const added = places.map(({ name, x, y, loose = false }) => ({ name, x: rounded(x), y: rounded(y), loose }));
  return { at: [...state.at.filter((each) => !moved.has(each.name)), ...added] };
}

export function unpinned(state: State, name: string): Partial<State> {
  return { at: state.at.filter((each) => each.name !== name) };
}

/** Another layout: places that were put by hand belonged to the one before. */
export function laidOut(layout: string): Partial<State> {
  return { layout, at: [] };
}

/** One hop more (1) or less (-1) around what was asked; null where that cannot be. */
export function hopped(state: State, by: 1 | -1): Partial<State> | null {
  const hops = hopsOf(state) + by;
  if (verbOf(state) !== "expand" || hops < 1 || hops > HOPS_MOST) return null;
  return { hops: hops === 1 ? "" : String(hops) };
}

export function hopsOf(state: State): number {
  return Number(state.hops) || 1;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
