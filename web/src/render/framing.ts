/** How the drawing stands in its window: what fits, at which scale, and where each point falls. */

import type { Point } from "./renderer";

const LARGEST_SCALE = 1.4;
const SMALLEST_NODE = 5;
/** Nodes cover at most about this share of the ground, so that very many become small. */
const COVER = 0.12;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An interval in each direction, in sigma's coordinates. */
export interface Extent {
  readonly x: [number, number];
  readonly y: [number, number];
}

/** The box around all nodes, which are told as the View tells them. */
export function extentOf(nodes: readonly (Point & { readonly size: number })[]): Extent {
  if (!nodes.length) return { x: [-1, 1], y: [-1, 1] };
  const x: [number, number] = [Infinity, -Infinity];
  const y: [number, number] = [Infinity, -Infinity];
  for (const node of nodes) {
    x[0] = Math.min(x[0], node.x - node.size);
    x[1] = Math.max(x[1], node.x + node.size);
    y[0] = Math.min(y[0], -node.y - node.size);
    y[1] = Math.max(y[1], -node.y + node.size);
  }
  return { x, y };
}

export interface Framing {
  /** Pixels for one unit of the View, while the whole is in sight. */
  readonly scale: number;
  /** What of sigma's plane the window shows then. */
  readonly shown: { x: [number, number]; y: [number, number] };
}

/** Show the whole extent, but never blow a small picture up beyond LARGEST_SCALE. `free`: pixels kept at top and bottom. */
export function framing(extent: Extent, width: number, height: number, free: { readonly top: number; readonly bottom: number }): Framing {
  const phone = width < 640;
  const side = phone ? 40 : 64;
  const room = { top: Math.max(free.top + 12, phone ? 64 : 92), bottom: free.bottom + (phone ? 56 : 62) };
  const { x, y } = extent;
  const scale = Math.min(
    LARGEST_SCALE,
    Math.max(width - 2 * side, 40) / Math.max(x[1] - x[0], 1),
    Math.max(height - room.top - room.bottom, 40) / Math.max(y[1] - y[0], 1),
  );
  const middle = { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 + (room.top - room.bottom) / 2 / scale };
  const half = { x: width / scale / 2, y: height / scale / 2 };
  return {
    scale,
    shown: { x: [middle.x - half.x, middle.x + half.x], y: [middle.y - half.y, middle.y + half.y] },
  };
}

/** The radius in pixels under which no node of `count` is drawn; `ratio` is the camera's, 1 while the whole is in sight. */
export function leastRadius(count: number, width: number, height: number, ratio: number): number {
  const share = Math.sqrt((COVER * width * height) / Math.max(count, 1) / Math.PI);
  return Math.min(SMALLEST_NODE, share / Math.sqrt(ratio));
}

/** Where points fall at this moment, in pixels from the upper left of the drawing. */
export class Frame {
  constructor(
    /** Pixels for one unit of the View. */
    readonly scale: number,
    private readonly origin: Point,
    readonly width: number,
    readonly height: number,
  ) {}

  x(x: number): number {
    return this.origin.x + x * this.scale;
  }

  y(y: number): number {
    return this.origin.y - y * this.scale;
  }

  at({ x, y }: Point): Point {
    return { x: this.x(x), y: this.y(y) };
  }
}
