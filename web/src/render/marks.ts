/** What is drawn on and beside nodes: pictograms, pins, "+N", and edges from a node to itself. */

import type { Box, Frame } from "./framing";
import { SMALL, write } from "./labels";
import type { Palette } from "./palette";
import type { EdgeLook, NodeLook } from "./picture";
import type { Point } from "./renderer";
import { seat } from "./shapes";
import { REACH } from "./sides";

/** The least radius of a node, in pixels, in which a pictogram can be told. */
export const ICON_LEAST = 8;
const GRID = 24;
const LOOP = 11;
/** How far a pin reaches below its node, and to each side, in pixels. */
export const FOOT = 5;

type Context = CanvasRenderingContext2D;

const paths = new Map<string, Path2D>();

/** Each path is read once. */
function shaped(data: string): Path2D {
  const known = paths.get(data);
  if (known) return known;
  const path = new Path2D(data);
  paths.set(data, path);
  return path;
}

/** A pictogram in the ground's colour, in a node of `radius` pixels. */
export function drawIcon(context: Context, look: Palette, data: string, shape: string, at: Point, radius: number): void {
  const [side, below] = seat(shape);
  const scale = (side * radius) / GRID;
  context.save();
  context.translate(at.x - (side * radius) / 2, at.y + (below - side / 2) * radius);
  context.scale(scale, scale);
  context.fillStyle = look.paper;
  context.fill(shaped(data));
  context.restore();
}

/** A short foot below a node that a person put where it is. */
export function drawPin(context: Context, look: Palette, at: Point, radius: number): void {
  const low = at.y + radius + 1;
  context.beginPath();
  context.moveTo(at.x, low);
  context.lineTo(at.x, low + FOOT);
  context.moveTo(at.x - FOOT, low + FOOT);
  context.lineTo(at.x + FOOT, low + FOOT);
  context.lineWidth = 1.6;
  context.strokeStyle = look.ink;
  context.stroke();
}

/** What a "+N" says, and the box it takes beside its node. `least`: its least side in pixels. */
export function moreBox(context: Context, look: NodeLook, side: Point, frame: Frame, radius: number, least: number): Box & { text: string; way: Point } {
  context.font = SMALL;
  const text = `+${look.hidden}`;
  const half = { x: Math.max(least, context.measureText(text).width + 12) / 2, y: least / 2 };
  const far = radius + REACH + Math.abs(side.x) * (half.x - half.y);
  const at = { x: frame.x(look.x) + side.x * far, y: frame.y(look.y) + side.y * far };
  return { left: at.x - half.x, right: at.x + half.x, top: at.y - half.y, bottom: at.y + half.y, text, way: side };
}

/** A dashed box on a dotted line: what more there is around a node. It is no entity. */
export function drawMore(context: Context, look: Palette, box: ReturnType<typeof moreBox>, from: Point, radius: number, dim: boolean): void {
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const high = box.bottom - box.top;
  context.save();
  context.globalAlpha = dim ? 0.3 : 1;
  context.strokeStyle = look.soft;
  context.lineWidth = 1.4;
  context.setLineDash([1.5, 3]);
  context.beginPath();
  context.moveTo(from.x + box.way.x * (radius + 3), from.y + box.way.y * (radius + 3));
  context.lineTo(middle.x, middle.y);
  context.stroke();
  context.setLineDash([3, 2.5]);
  context.beginPath();
  context.roundRect(box.left, box.top, box.right - box.left, high, high / 2);
  context.fillStyle = look.paper;
  context.fill();
  context.stroke();
  context.setLineDash([]);
  context.font = SMALL;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = look.ink;
  context.fillText(box.text, middle.x, middle.y + 0.5);
  context.restore();
}

/** Where the loop of a node lies: its middle; LOOP is its radius. Several lie around each other. */
export function loopAt(side: Point, at: Point, radius: number, place: number): Point & { radius: number } {
  const round = LOOP + place * 5;
  const far = radius + round * 0.8;
  return { x: at.x + side.x * far, y: at.y + side.y * far, radius: round };
}

/** An edge from a node to itself: a circle that begins and ends at its rim, with an arrow. */
export function drawLoop(context: Context, look: Palette, edge: EdgeLook, side: Point, at: Point, radius: number, place: number, dim: boolean): void {
  const loop = loopAt(side, at, radius, place);
  const facing = Math.atan2(-side.y, -side.x);
  // where the circle meets the node's rim, seen from the circle's middle
  const open = 0.72;
  context.save();
  context.globalAlpha = dim ? 0.2 : 1;
  context.strokeStyle = context.fillStyle = look.tone(edge.line.tone);
  context.lineWidth = edge.line.width;
  context.setLineDash([...edge.line.dash]);
  context.beginPath();
  context.arc(loop.x, loop.y, loop.radius, facing + open, facing - open + 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  const end = facing - open;
  const tip = { x: loop.x + Math.cos(end) * loop.radius, y: loop.y + Math.sin(end) * loop.radius };
  const heading = end + Math.PI / 2;
  context.beginPath();
  context.moveTo(tip.x + Math.cos(heading) * 3, tip.y + Math.sin(heading) * 3);
  for (const turn of [2.6, -2.6]) context.lineTo(tip.x + Math.cos(heading + turn) * 7, tip.y + Math.sin(heading + turn) * 7);
  context.fill();
  if (edge.line.marks) {
    context.font = SMALL;
    context.textAlign = "center";
    context.textBaseline = "middle";
    write(context, look, edge.line.marks, loop.x + side.x * loop.radius, loop.y + side.y * loop.radius, look.tone(edge.line.tone));
  }
  context.restore();
}
