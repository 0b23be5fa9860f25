/** Writes labels beside what is drawn: never over each other, always readable on the paper. */

import type { Box } from "./framing";
import type { Palette } from "./palette";
import type { Point } from "./renderer";
import { Room } from "./room";

const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const LINE = 15;
const WIDEST = 148;
const FRESH_MOST = 50;
export const SMALL = `500 11px ${FONT}`;

export interface Written {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly label: string;
  readonly strong: boolean;
  /** What it may cover where there is no room: nothing, nodes, or all. */
  readonly over: "nothing" | "nodes" | "all";
}

interface Measured {
  readonly lines: readonly string[];
  readonly wide: number;
}

/** The label in at most two lines of at most WIDEST pixels, cut with an ellipsis after that. */
function broken(context: CanvasRenderingContext2D, text: string): readonly string[] {
  if (context.measureText(text).width <= WIDEST) return [text];
  const words = text.includes(" ") ? text.split(/(?<=\s)/) : [...text];
  const found = [""];
  for (const word of words) {
    const last = found.length - 1;
    const longer = (found[last] ?? "") + word;
    if (found[last] && context.measureText(longer).width > WIDEST) found.push(word);
    else found[last] = longer;
  }
  if (found.length <= 2) return found.map((line) => line.trim());
  let second = [...found.slice(1).join("").trim()];
  while (second.length && context.measureText(`${second.join("")}…`).width > WIDEST) second = second.slice(0, -1);
  return [(found[0] ?? "").trim(), `${second.join("").trim()}…`];
}

export class Labels {
  private readonly measured = new Map<string, Measured>();
  private font = "";
  /** How many labels of this frame had to be measured first. */
  private fresh = 0;
  /** Whether some have to wait for the next frame. */
  waiting = false;
  /** Where texts are, without the nodes. */
  private readonly texts = new Room();

  constructor(private readonly room: Room) {}

  /** Start a frame `width` pixels wide. */
  begin(width: number): void {
    this.texts.clear(width);
    this.font = "";
    this.fresh = 0;
    this.waiting = false;
  }

  /** Other labels come: what was measured is of no more use. */
  forget(): void {
    this.measured.clear();
  }

  /** Write a node's label where it finds room, below it, beside it or above it; whether it did. */
  node(context: CanvasRenderingContext2D, look: Palette, node: Written, width: number): boolean {
    const { x, y, radius, strong } = node;
    const size = strong ? 14 : 12.5;
    this.use(context, `${strong ? 650 : 500} ${size}px ${FONT}`);
    const measured = this.measure(context, node.label, node.over !== "nothing");
    if (!measured) return false;
    const { lines, wide } = measured;
    const tall = lines.length * LINE;
    const beside = radius + 6 + wide / 2;
    const seats = [
      { x, top: y + radius + 4 },
      { x: x + beside, top: y - tall / 2 },
      { x: x - beside, top: y - tall / 2 },
      { x, top: y - radius - tall - 3 },
    ];
    const boxes = seats.map((seat) => ({
      left: seat.x - wide / 2,
      right: seat.x + wide / 2,
      top: seat.top + 1,
      bottom: seat.top + tall - 1,
    }));
    const inside = (box: Box): boolean => box.left > 2 && box.right < width - 2;
    let found = boxes.findIndex((box) => inside(box) && this.room.isFree(box));
    if (found < 0 && node.over !== "nothing") found = boxes.findIndex((box) => inside(box) && this.texts.isFree(box));
    if (found < 0 && node.over === "all") found = Math.max(boxes.findIndex(inside), 0);
    const [seat, box] = [seats[found], boxes[found]];
    if (!seat || !box) return false;
    this.room.take(box);
    this.texts.take(box);
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    lines.forEach((line, index) => write(context, look, line, seat.x, seat.top + LINE * index + size - 1, look.ink));
    return true;
  }

  /** Write a label along an edge, upright whichever way it runs, where it meets nothing. */
  edge(context: CanvasRenderingContext2D, look: Palette, text: string, from: Point, to: Point, must: boolean): void {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    this.use(context, SMALL);
    const wide = context.measureText(text).width;
    // a chosen line is to be seen beside its name, which the panel says too
    if (wide > length * (must ? 0.6 : 0.72)) return;
    const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
    const seat = [0.5, 0.4, 0.6].find((share) => beads(from, along, length * share, wide).every((box) => this.room.isFree(box)));
    if (seat === undefined && !must) return;
    const middle = length * (seat ?? 0.5);
    for (const box of beads(from, along, middle, wide)) this.room.take(box);
    let angle = Math.atan2(along.y, along.x);
    if (angle > Math.PI / 2 || angle < -Math.PI / 2) angle += Math.PI;
    context.save();
    context.translate(from.x + along.x * middle, from.y + along.y * middle);
    context.rotate(angle);
    context.textAlign = "center";
    context.textBaseline = "middle";
    write(context, look, text, 0, 0, look.soft);
    context.restore();
  }

  private use(context: CanvasRenderingContext2D, font: string): void {
    if (font !== this.font) context.font = font;
    this.font = font;
  }

  /** Measuring takes longest: a frame does it for so many labels, and for those that must be. */
  private measure(context: CanvasRenderingContext2D, text: string, must: boolean): Measured | null {
    const key = `${this.font} ${text}`;
    const known = this.measured.get(key);
    if (known) return known;
    if (!must && this.fresh >= FRESH_MOST) {
      this.waiting = true;
      return null;
    }
    this.fresh++;
    const lines = broken(context, text);
    const found = { lines, wide: Math.max(...lines.map((line) => context.measureText(line).width)) };
    this.measured.set(key, found);
    return found;
  }
}

/** A text on the paper's colour, so that lines don't run through it. */
export function write(
  context: CanvasRenderingContext2D,
  look: Palette,
  text: string,
  x: number,
  y: number,
  color: string,
): void {
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = look.paper;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** A slanting text of `wide` pixels as a row of small boxes. */
function beads(from: Point, along: Point, middle: number, wide: number): readonly Box[] {
  const count = Math.ceil(wide / 12);
  return Array.from({ length: count }, (_, index) => {
    const at = middle + (index + 0.5 - count / 2) * 12;
    const [x, y] = [from.x + along.x * at, from.y + along.y * at];
    return { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
  });
}
