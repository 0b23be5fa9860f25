/** Writes labels beside what is drawn: never over each other, always readable on the paper. */

import type { Box } from "./framing";
import type { Palette } from "./palette";
import type { Point } from "./renderer";
import { Room } from "./room";

const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const LINE = 15;
const WIDEST = 148;
export const SMALL = `500 11px ${FONT}`;
const USUAL = `500 12.5px ${FONT}`;
const STRONG = `650 14px ${FONT}`;

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

/** How wide texts of one font are, as the sum of their characters.

    To measure each label by itself would take most of a frame's time. A sum leaves out kerning and
    ligatures: it is rarely too small, and by a pixel or two at most. */
class Ruler {
  private readonly widths = new Map<string, number>();
  private readonly known = new Map<string, Measured>();

  /** The label in at most two lines of at most WIDEST pixels, cut with an ellipsis after that; `context` has the font. */
  broken(context: CanvasRenderingContext2D, text: string): Measured {
    const known = this.known.get(text);
    if (known) return known;
    const lines = this.lines(context, text);
    const found = { lines, wide: Math.max(...lines.map((line) => this.wide(context, line))) };
    this.known.set(text, found);
    return found;
  }

  wide(context: CanvasRenderingContext2D, text: string): number {
    let sum = 0;
    for (const character of text) {
      let width = this.widths.get(character);
      if (width === undefined) this.widths.set(character, (width = context.measureText(character).width));
      sum += width;
    }
    return sum;
  }

  private lines(context: CanvasRenderingContext2D, text: string): readonly string[] {
    if (this.wide(context, text) <= WIDEST) return [text];
    const words = text.includes(" ") ? text.split(/(?<=\s)/) : [...text];
    const found = [""];
    for (const word of words) {
      const last = found.length - 1;
      const longer = (found[last] ?? "") + word;
      if (found[last] && this.wide(context, longer) > WIDEST) found.push(word);
      else found[last] = longer;
    }
    if (found.length <= 2) return found.map((line) => line.trim());
    let second = [...found.slice(1).join("").trim()];
    while (second.length && this.wide(context, `${second.join("")}…`) > WIDEST) second = second.slice(0, -1);
    return [(found[0] ?? "").trim(), `${second.join("").trim()}…`];
  }
}

/** Where a label may stand: below its node, to the right, to the left, above. */
const SEATS = [0, 1, 2, 3] as const;

type Seat = { -readonly [side in keyof Box]: number };

export class Labels {
  private readonly rulers = new Map<string, Ruler>();
  private font = "";
  private ruler = new Ruler();
  /** Where texts are, without the nodes. */
  private readonly texts = new Room();
  /** The place that is looked at; one for all, since most are not taken. */
  private readonly seat: Seat = { left: 0, right: 0, top: 0, bottom: 0 };

  constructor(private readonly room: Room) {}

  /** Start a frame `width` pixels wide. */
  begin(width: number): void {
    this.texts.clear(width);
    this.font = "";
  }

  /** Other labels come: what was measured is of no more use. */
  forget(): void {
    this.rulers.clear();
    this.font = "";
  }

  /** Write a node's label where it finds room, below it, beside it or above it; whether it did. */
  node(context: CanvasRenderingContext2D, look: Palette, node: Written, width: number): boolean {
    const size = node.strong ? 14 : 12.5;
    this.use(context, node.strong ? STRONG : USUAL);
    const measured = this.ruler.broken(context, node.label);
    if (!this.seated(node, measured, width)) return false;
    const { seat } = this;
    const box = { ...seat };
    this.room.take(box);
    this.texts.take(box);
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    const x = (seat.left + seat.right) / 2;
    measured.lines.forEach((line, index) => write(context, look, line, x, seat.top - 2 + LINE * index + size, look.ink));
    return true;
  }

  /** Set `seat` to where there is room for a label; whether there is. */
  private seated(node: Written, measured: Measured, width: number): boolean {
    const free = (room: Room | null): boolean =>
      SEATS.some((side) => {
        this.sit(node, measured, side);
        return this.seat.left > 2 && this.seat.right < width - 2 && (!room || room.isFree(this.seat));
      });
    if (free(this.room)) return true;
    if (node.over === "nothing") return false;
    if (free(this.texts)) return true;
    if (node.over === "nodes") return false;
    if (!free(null)) this.sit(node, measured, 0);
    return true;
  }

  private sit({ x, y, radius }: Written, { lines, wide }: Measured, side: (typeof SEATS)[number]): void {
    const { seat } = this;
    const tall = lines.length * LINE;
    const middle = side === 1 ? x + radius + 6 + wide / 2 : side === 2 ? x - radius - 6 - wide / 2 : x;
    const top = side === 0 ? y + radius + 4 : side === 3 ? y - radius - tall - 3 : y - tall / 2;
    seat.left = middle - wide / 2;
    seat.right = middle + wide / 2;
    seat.top = top + 1;
    seat.bottom = top + tall - 1;
  }

  /** Write a label along an edge, upright whichever way it runs, where it meets nothing. */
  edge(context: CanvasRenderingContext2D, look: Palette, text: string, from: Point, to: Point, must: boolean): void {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    this.use(context, SMALL);
    const wide = this.ruler.wide(context, text);
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
    if (font === this.font) return;
    context.font = this.font = font;
    this.ruler = this.rulers.get(font) ?? new Ruler();
    this.rulers.set(font, this.ruler);
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
