/** What the explorer asks of whatever draws: a thin interface, so that the drawer can be changed. */

import type { Iri, View } from "../api/contract";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Selection =
  | { readonly kind: "node"; readonly iri: Iri }
  | { readonly kind: "edge"; readonly id: string };

/** What a person did to the drawing. Coordinates are those of the View. */
export interface Listener {
  select(selection: Selection | null): void;
  expand(iri: Iri): void;
  move(iri: Iri, to: Point): void;
}

export interface Renderer {
  /** Draw `view` where it says; `animate` lets nodes that were there before glide. */
  show(view: View, animate: boolean): void;
  select(selection: Selection | null): void;
  /** Keep so many pixels free at the bottom, where something else stands. */
  keepFree(bottom: number): void;
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
  destroy(): void;
}

/** Edges between the same two nodes lie side by side: the offset of each, in pixels. */
export function lanes(edges: View["edges"], gap: number): ReadonlyMap<string, number> {
  const pairs = new Map<string, string[]>();
  for (const edge of edges) {
    const key = [edge.source, edge.target].sort().join(" ");
    const lane = pairs.get(key);
    if (lane) lane.push(edge.id);
    else pairs.set(key, [edge.id]);
  }
  const directions = new Map(edges.map((edge) => [edge.id, edge.source <= edge.target ? 1 : -1]));
  const offsets = new Map<string, number>();
  for (const ids of pairs.values()) {
    ids.forEach((id, place) => {
      offsets.set(id, (place - (ids.length - 1) / 2) * gap * (directions.get(id) ?? 1));
    });
  }
  return offsets;
}
