/** Moves the camera as little as is needed for some points to lie where nothing covers the drawing. */

import type Sigma from "sigma";

import type { Box } from "./framing";
import type { Point } from "./renderer";

/** A free place lower or narrower than this is none: the drawing stays as it is. */
const LEAST = 48;

/** Bring all points into the box, which is told in pixels of the drawing; where they don't fit, step back. */
// sigma's own types of nodes and edges are not looked at here
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function reveal(sigma: Sigma<any, any>, points: readonly Point[], free: Box): void {
  const wide = free.right - free.left;
  const high = free.bottom - free.top;
  if (!points.length || wide < LEAST || high < LEAST) return;
  const [left, right] = ends(points.map(({ x }) => x));
  const [top, bottom] = ends(points.map(({ y }) => y));
  const camera = sigma.getCamera();
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const ratio = camera.getBoundedRatio(camera.ratio * Math.max(1, (right - left) / wide, (bottom - top) / high));
  const smaller = camera.ratio / ratio;
  const half = { x: ((right - left) / 2) * smaller, y: ((bottom - top) / 2) * smaller };
  const x = within(middle.x, free.left + half.x, free.right - half.x);
  const y = within(middle.y, free.top + half.y, free.bottom - half.y);
  if (ratio === camera.ratio && x === middle.x && y === middle.y) return;
  const from = sigma.viewportToFramedGraph(middle);
  const to = sigma.viewportToFramedGraph({ x, y });
  // the middle keeps its place while the scale changes, then moves to where it is to be
  const zoomed = sigma.getViewportZoomedState(middle, ratio);
  camera.setState({ ...zoomed, x: zoomed.x + (from.x - to.x) / smaller, y: zoomed.y + (from.y - to.y) / smaller });
}

function ends(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function within(value: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.min(Math.max(value, low), high);
}
