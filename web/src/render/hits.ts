/** What lies under the pointer, found by arithmetic: reading pixels back would wait for the graphics card. */

import type { Frame } from "./framing";
import type { Looks } from "./looks";
import type { Overlay } from "./overlay";
import type { Point } from "./renderer";

export type Hit =
  | { readonly kind: "node" | "more"; readonly iri: string }
  | { readonly kind: "edge"; readonly id: string };

/** Some shapes reach beyond their size. */
const CORNERS = 1.2;
const NODE_SLOP = 3;
const EDGE_SLOP = 6;

/** `slop`: by how many pixels a finger may miss. */
export function hit(looks: Looks, overlay: Overlay, frame: Frame, at: Point, slop: number): Hit | null {
  const more = overlay.moreUnder(at, slop / 2);
  if (more !== null) return { kind: "more", iri: more };
  const iri = nodeUnder(looks, frame, at, NODE_SLOP + slop);
  if (iri !== null) return { kind: "node", iri };
  const id = overlay.loopUnder(at, EDGE_SLOP + slop) ?? edgeUnder(looks, frame, at, EDGE_SLOP + slop);
  return id === null ? null : { kind: "edge", id };
}

/** The node whose rim the point is nearest to, or deepest within. */
function nodeUnder({ picture, least: lowest }: Looks, frame: Frame, at: Point, slop: number): string | null {
  const { spots } = picture;
  let found = -1;
  let least = slop;
  for (let index = 0; index < spots.length; index += 3) {
    const dx = frame.x(spots[index] ?? 0) - at.x;
    const dy = frame.y(spots[index + 1] ?? 0) - at.y;
    const radius = Math.max((spots[index + 2] ?? 0) * frame.scale, lowest) * CORNERS;
    const reach = radius + slop;
    if (dx > reach || dx < -reach || dy > reach || dy < -reach) continue;
    const away = Math.hypot(dx, dy) - radius;
    if (away <= least) [found, least] = [index / 3, away];
  }
  return picture.nodes[found]?.node.iri ?? null;
}

function edgeUnder({ picture }: Looks, frame: Frame, at: Point, slop: number): string | null {
  const { spots, ends } = picture;
  let found = -1;
  let least = slop;
  for (let index = 0; index < ends.length; index += 3) {
    const from = (ends[index] ?? 0) * 3;
    const to = (ends[index + 1] ?? 0) * 3;
    const lane = ends[index + 2] ?? 0;
    const ax = frame.x(spots[from] ?? 0);
    const bx = frame.x(spots[to] ?? 0);
    const reach = slop + Math.abs(lane);
    if ((ax < bx ? ax : bx) - reach > at.x || (ax > bx ? ax : bx) + reach < at.x) continue;
    const ay = frame.y(spots[from + 1] ?? 0);
    const by = frame.y(spots[to + 1] ?? 0);
    if ((ay < by ? ay : by) - reach > at.y || (ay > by ? ay : by) + reach < at.y) continue;
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const ux = (bx - ax) / length;
    const uy = (by - ay) / length;
    const along = (at.x - ax) * ux + (at.y - ay) * uy;
    if (along < 0 || along > length) continue;
    // the lane lies to the right of the way, y growing downwards
    const away = Math.abs((at.x - ax) * uy - (at.y - ay) * ux - lane);
    if (away <= least) [found, least] = [index / 3, away];
  }
  return picture.edges[found]?.edge.id ?? null;
}
