/** Where an arrow key leads: to the neighbour that lies in that direction. */

import type { Iri, View, ViewNode } from "../api/contract";

export const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Neighbours more than so far from the direction (radians) are not in it. */
const WIDEST = (75 * Math.PI) / 180;

/** The node that a walk begins at: one that was asked for, else the largest. */
export function first(view: View): ViewNode | undefined {
  return [...view.nodes].sort((a, b) => Number(b.asked) - Number(a.asked) || b.size - a.size)[0];
}

/** The neighbour of `from` in a direction (y grows downwards): the nearer and the straighter the better. */
export function towards(view: View, from: ViewNode, [right, down]: readonly [number, number]): ViewNode | undefined {
  const near = new Set<Iri>();
  for (const { source, target } of view.edges) {
    if (source === from.iri) near.add(target);
    else if (target === from.iri) near.add(source);
  }
  let best: ViewNode | undefined;
  let least = Infinity;
  for (const node of view.nodes) {
    if (!near.has(node.iri)) continue;
    const x = node.x - from.x;
    const y = node.y - from.y;
    const length = Math.hypot(x, y);
    const off = Math.acos(Math.min(1, Math.max(-1, (x * right + y * down) / (length || 1))));
    const cost = length * (1 + 2 * off);
    if (off <= WIDEST && cost < least) [best, least] = [node, cost];
  }
  return best;
}
