/** Nodes that were there before go to their new places within sight, so that an eye can follow. */

import type { Picture } from "./picture";

const LASTS = 450;
/** A larger picture does not glide. */
const NODES_MOST = 2000;

/** Start; `moved` is called after each step. What is given back stops it where it is. */
export function glide(before: Picture, picture: Picture, moved: () => void): () => void {
  const ways = picture.nodes.flatMap((look) => {
    const old = before.node(look.node.iri);
    return old && (old.x !== look.x || old.y !== look.y)
      ? [{ look, from: { x: old.x, y: old.y }, to: { x: look.x, y: look.y } }]
      : [];
  });
  let frame = 0;
  if (!ways.length || picture.nodes.length > NODES_MOST) return () => undefined;
  const start = performance.now();
  const step = (now: number): void => {
    const part = Math.min(1, Math.max(0, (now - start) / LASTS));
    const eased = part * part * (3 - 2 * part);
    for (const { look, from, to } of ways) {
      picture.put(look, from.x + (to.x - from.x) * eased, from.y + (to.y - from.y) * eased);
    }
    moved();
    if (part < 1) frame = requestAnimationFrame(step);
  };
  step(start);
  return () => cancelAnimationFrame(frame);
}
