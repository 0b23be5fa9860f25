/** On which side of a node there is room for what hangs on it: its "+N", its edges to itself. */

import type { Looks } from "./looks";
import type { NodeLook } from "./picture";
import type { Point } from "./renderer";

/** Pixels from a node's rim to the middle of what hangs on it. */
export const REACH = 30;
const TURNS = 24;
const LOOP = "loop ";
/** How far around a node others are looked at, in pixels. */
const SIGHT = 120;
/** More room than this is not better. */
const ROOM = 70;
/** Half the width of a usual "+N". */
const WIDE = 18;

/** Directions of length 1, y downwards as on the screen: of the "+N" by the node's IRI, of its loops by `loopOf`. */
export type Sides = ReadonlyMap<string, Point>;

export function loopOf(iri: string): string {
  return LOOP + iri;
}

interface Round extends Point {
  readonly radius: number;
}

/** Find the freest side at the scale at which the whole is in sight; the same picture gives the same sides. */
export function sides(looks: Looks, scale: number): Sides {
  const { picture } = looks;
  const found = new Map<string, Point>();
  const taken: Round[] = [];
  const choose = (key: string, look: NodeLook): void => {
    const at = { x: look.x * scale, y: -look.y * scale, radius: looks.radius(look, scale) };
    const way = freest(looks, look, at, scale, taken);
    taken.push({ x: at.x + way.x * (at.radius + REACH), y: at.y + way.y * (at.radius + REACH), radius: WIDE });
    found.set(key, way);
  };
  for (const look of picture.nodes) if (look.hidden > 0) choose(look.node.iri, look);
  for (const { from } of picture.loops) {
    if (!found.has(loopOf(from.node.iri))) choose(loopOf(from.node.iri), from);
  }
  return found;
}

/** The direction in which there is most room, `taken` being what hangs on others already. */
function freest(looks: Looks, look: NodeLook, from: Round, scale: number, taken: readonly Round[]): Point {
  const { picture } = looks;
  const sight = SIGHT + from.radius;
  const near = taken.filter(({ x, y }) => Math.abs(x - from.x) < sight && Math.abs(y - from.y) < sight);
  for (const other of picture.nodes) {
    const x = other.x * scale;
    const y = -other.y * scale;
    if (other === look || Math.abs(x - from.x) > sight || Math.abs(y - from.y) > sight) continue;
    near.push({ x, y, radius: looks.radius(other, scale) });
  }
  const rays = picture.graph.mapNeighbors(look.node.iri, (_, other) => Math.atan2(look.y - other.y, other.x - look.x));
  let best = { x: Math.SQRT1_2, y: -Math.SQRT1_2 };
  let most = -Infinity;
  for (let turn = 0; turn < TURNS; turn++) {
    // beginning at the upper right, where labels stand least
    const angle = (turn / TURNS) * 2 * Math.PI - Math.PI / 4;
    const way = { x: Math.cos(angle), y: Math.sin(angle) };
    const at = { x: from.x + way.x * (from.radius + REACH), y: from.y + way.y * (from.radius + REACH) };
    let clear = ROOM;
    for (const { x, y, radius } of near) clear = Math.min(clear, Math.hypot(x - at.x, y - at.y) - radius);
    let turned = Math.PI / 2;
    for (const ray of rays) turned = Math.min(turned, apart(ray, angle));
    // a label is written below its node first
    const score = clear + turned * 30 - Math.max(way.y, 0) * 18;
    if (score > most + 1e-6) [best, most] = [way, score];
  }
  return best;
}

function apart(one: number, other: number): number {
  const turn = Math.abs(one - other) % (2 * Math.PI);
  return turn > Math.PI ? 2 * Math.PI - turn : turn;
}
