/** Writes labels beside what is drawn: never over each other, always readable on the paper. */

import type { Palette } from "./palette";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface LabelledNode {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly label: string | null;
  readonly strong: boolean;
  readonly must: boolean;
  readonly dim: boolean;
  readonly more: string;
}

const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const LINE = 15;
const WIDEST = 148;

/** The label in at most two lines of at most WIDEST pixels, cut with an ellipsis after that. */
function lines(context: CanvasRenderingContext2D, text: string): readonly string[] {
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
  let second = found.slice(1).join("").trim();
  while (second && context.measureText(`${second}…`).width > WIDEST) second = second.slice(0, -1);
  return [(found[0] ?? "").trim(), `${second.trim()}…`];
}

/** One frame's labels. Those drawn first keep their place; a later one in the way is left out. */
export class Labels {
  private taken: Box[] = [];
  private width = 0;
  /** Where each label of this frame was put: the same label may be written again, on top. */
  private seats = new Map<string, number>();

  constructor(private look: Palette) {}

  /** Start a frame; `bodies` are the nodes themselves, which no label may cover. */
  begin(look: Palette, bodies: readonly Box[], width: number): void {
    this.look = look;
    this.width = width;
    this.taken = [...bodies];
    this.seats = new Map();
  }

  node(context: CanvasRenderingContext2D, node: LabelledNode): void {
    if (!node.label || node.dim) return;
    const size = node.strong ? 14 : 12.5;
    context.font = `${node.strong ? 650 : 500} ${size}px ${FONT}`;
    const text = lines(context, node.label);
    const widths = text.map((line) => context.measureText(line).width);
    const wide = Math.max(...widths);
    const tall = text.length * LINE;
    const beside = node.size + 6 + wide / 2;
    const seats = [
      { x: node.x, top: node.y + node.size + 4 },
      { x: node.x + beside, top: node.y - tall / 2 },
      { x: node.x - beside, top: node.y - tall / 2 },
      { x: node.x, top: node.y - node.size - tall - 3 },
    ].map((seat) => ({
      ...seat,
      box: { left: seat.x - wide / 2, right: seat.x + wide / 2, top: seat.top + 1, bottom: seat.top + tall - 1 },
    }));
    const known = this.seats.get(node.key);
    const inside = seats.filter(({ box }) => box.left > 2 && box.right < this.width - 2);
    const forced = node.must ? (inside[0] ?? seats[0]) : undefined;
    const seat = known === undefined ? (inside.find(({ box }) => this.isFree(box)) ?? forced) : seats[known];
    if (!seat) return;
    const { top, x } = seat;
    this.seats.set(node.key, seats.indexOf(seat));
    this.taken.push(seat.box);
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.lineJoin = "round";
    text.forEach((line, index) => {
      const more = index === text.length - 1 ? node.more : "";
      this.write(context, line, x, top + LINE * index + size - 1, this.look.ink);
      if (more) {
        context.save();
        const half = (widths[index] ?? 0) / 2;
        context.font = `500 11px ${FONT}`;
        context.textAlign = "left";
        this.write(context, ` ${more}`, x + half, top + LINE * index + size - 1, this.look.soft);
        context.restore();
      }
    });
  }

  /** A label along an edge, upright whichever way the edge runs. */
  edge(
    context: CanvasRenderingContext2D,
    text: string,
    from: { x: number; y: number },
    to: { x: number; y: number },
    lane: number,
    color: string,
  ): void {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    context.font = `500 11px ${FONT}`;
    if (context.measureText(text).width > length * 0.72) return;
    const across = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length };
    let angle = Math.atan2(to.y - from.y, to.x - from.x);
    if (angle > Math.PI / 2 || angle < -Math.PI / 2) angle += Math.PI;
    context.save();
    context.translate((from.x + to.x) / 2 - across.x * lane, (from.y + to.y) / 2 - across.y * lane);
    context.rotate(angle);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    this.write(context, text, 0, 0, color);
    context.restore();
  }

  private write(context: CanvasRenderingContext2D, text: string, x: number, y: number, color: string): void {
    context.lineWidth = 4;
    context.strokeStyle = this.look.paper;
    context.strokeText(text, x, y);
    context.fillStyle = color;
    context.fillText(text, x, y);
  }

  private isFree(box: Box): boolean {
    return !this.taken.some(
      (other) =>
        box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
    );
  }
}
