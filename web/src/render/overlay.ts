/** Everything above the lines and shapes, at each frame: pictograms, pins, "+N", loops, labels.

    However large the picture is, a frame writes a bounded number of labels and pictograms: the
    weightiest in sight. Coming closer shows the others. */

import type { Box, Frame } from "./framing";
import { Labels } from "./labels";
import type { Looks } from "./looks";
import { drawIcon, drawLoop, drawMore, drawPin, FOOT, ICON_LEAST, loopAt, moreBox } from "./marks";
import type { EdgeLook, NodeLook } from "./picture";
import type { Point } from "./renderer";
import { Room } from "./room";
import { loopOf, type Sides, sides } from "./sides";

const LABELS_MOST = 140;
const TRIED_MOST = 420;
const ICONS_MOST = 400;
/** A node of a smaller radius is no obstacle to labels. */
const OBSTACLE_LEAST = 3;
/** A node of a smaller radius shows no edges to itself. */
const LOOPED_LEAST = 4;
/** So many nodes are looked at in a frame; in sight, more are too small to be told apart. */
const SEEN_MOST = 1500;
/** Below this share of the first scale, what hangs on nodes would only cover others. */
const HANGING_LEAST = 0.4;

interface Seen {
  readonly look: NodeLook;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export class Overlay {
  private readonly room = new Room();
  private readonly labels = new Labels(this.room);
  private sides: Sides = new Map();
  private firstScale = 1;
  private boxes = new Map<string, Box>();
  private rings = new Map<string, Point & { radius: number }>();

  constructor(
    private readonly looks: Looks,
    /** The least side of what is to be clicked, in pixels: more for fingers. */
    private readonly least: number,
  ) {}

  /** Another picture, or other places; `scale` is that at which the whole is in sight. */
  show(scale: number): void {
    this.firstScale = scale;
    this.sides = sides(this.looks, scale);
    this.labels.forget();
  }

  /** Where the "+N" of a node lies in this frame. */
  more(iri: string): Box | null {
    return this.boxes.get(iri) ?? null;
  }

  /** The node whose "+N" is at a point. */
  moreUnder({ x, y }: Point, slop: number): string | null {
    for (const [iri, box] of this.boxes) {
      if (x > box.left - slop && x < box.right + slop && y > box.top - slop && y < box.bottom + slop) return iri;
    }
    return null;
  }

  /** Where an edge from a node to itself lies in this frame. */
  loop(id: string): Point | null {
    const ring = this.rings.get(id);
    const look = this.looks.picture.edge(id);
    const side = look && this.sides.get(loopOf(look.edge.source));
    return ring && side ? { x: ring.x + side.x * ring.radius, y: ring.y + side.y * ring.radius } : null;
  }

  loopUnder({ x, y }: Point, slop: number): string | null {
    for (const [id, ring] of this.rings) {
      if (Math.abs(Math.hypot(x - ring.x, y - ring.y) - ring.radius) < slop) return id;
    }
    return null;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    this.room.clear(frame.width);
    this.labels.begin(frame.width);
    this.boxes = new Map();
    this.rings = new Map();
    const seen = this.inSight(frame);
    for (const { x, y, radius } of seen) {
      if (radius < OBSTACLE_LEAST) continue;
      this.room.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
    }
    if (frame.scale >= this.firstScale * HANGING_LEAST) this.hang(context, frame);
    this.drawOn(context, seen);
    this.write(context, frame, seen);
  }

  /** The weightiest nodes in the window; while others step back, those that stand out come first. */
  private inSight(frame: Frame): Seen[] {
    const { picture, dim, nodes } = this.looks;
    const found: Seen[] = [];
    const bright = dim ? [...nodes].map((iri) => picture.node(iri)).filter((look) => look !== null) : [];
    for (const look of bright) this.see(look.index, frame, found);
    const first = new Set(bright.map((look) => look.index));
    for (let index = 0; index < picture.nodes.length && found.length < SEEN_MOST; index++) {
      if (!dim || !first.has(index)) this.see(index, frame, found);
    }
    return found;
  }

  private see(index: number, frame: Frame, found: Seen[]): void {
    const { picture, least } = this.looks;
    const { spots } = picture;
    const x = frame.x(spots[index * 3] ?? 0);
    if (x < -60 || x > frame.width + 60) return;
    const y = frame.y(spots[index * 3 + 1] ?? 0);
    if (y < -30 || y > frame.height + 30) return;
    const look = picture.nodes[index];
    if (look) found.push({ look, x, y, radius: Math.max((spots[index * 3 + 2] ?? 0) * frame.scale, least) });
  }

  private hang(context: CanvasRenderingContext2D, frame: Frame): void {
    const { looks } = this;
    const around = new Map<string, number>();
    for (const edge of looks.picture.loops) {
      const iri = edge.edge.source;
      const side = this.sides.get(loopOf(iri));
      if (!side) continue;
      const place = around.get(iri) ?? 0;
      around.set(iri, place + 1);
      const at = frame.at(edge.from);
      const radius = looks.radius(edge.from, frame.scale);
      if (radius < LOOPED_LEAST) continue;
      this.rings.set(edge.edge.id, loopAt(side, at, radius, place));
      drawLoop(context, looks.palette, edge, side, at, radius, place, looks.isDim(iri));
    }
    for (const [iri, side] of this.sides) {
      const look = looks.picture.node(iri);
      if (!look) continue;
      const radius = looks.radius(look, frame.scale);
      const box = moreBox(context, look, side, frame, radius, this.least);
      this.boxes.set(iri, box);
      this.room.take(box);
      drawMore(context, looks.palette, box, frame.at(look), radius, looks.isDim(iri));
    }
  }

  private drawOn(context: CanvasRenderingContext2D, seen: readonly Seen[]): void {
    const { looks } = this;
    let icons = 0;
    for (const { look, x, y, radius } of seen) {
      const { icon, shape, iri, pinned } = look.node;
      if (looks.isDim(iri)) continue;
      const path = icon && radius >= ICON_LEAST ? looks.picture.icons[icon] : undefined;
      if (path && ++icons <= ICONS_MOST) drawIcon(context, looks.palette, path, shape, { x, y }, radius);
      if (pinned) drawPin(context, looks.palette, { x, y }, radius);
    }
  }

  /** The labels that must be, then as many others as find room, those of edges last. */
  private write(context: CanvasRenderingContext2D, frame: Frame, seen: readonly Seen[]): void {
    const { looks } = this;
    const chosen = looks.chosen?.kind === "node" ? looks.chosen.iri : null;
    const meant = ({ look: { node } }: Seen): boolean => node.iri === looks.hovered || node.iri === chosen;
    const first = (each: Seen): boolean => each.look.node.asked || meant(each);
    const shown = seen.filter(({ look }) => look.node.label && !looks.isDim(look.node.iri));
    let written = 0;
    const node = (each: Seen, over: "nothing" | "nodes" | "all"): void => {
      const { x, y, look } = each;
      const { label, pinned } = look.node;
      const radius = each.radius + (pinned ? FOOT + 1 : 0);
      if (this.labels.node(context, looks.palette, { x, y, radius, label, strong: looks.isStrong(look), over }, frame.width)) written++;
    };
    for (const each of shown) if (meant(each)) node(each, "all");
    for (const each of shown) if (first(each) && !meant(each)) node(each, "nodes");
    const edge = looks.chosen?.kind === "edge" ? looks.chosen.id : null;
    const named = (chosen: boolean): void => {
      for (const each of looks.named) if ((each.edge.id === edge) === chosen) this.edge(context, frame, each, chosen);
    };
    named(true);
    let tried = 0;
    for (const each of shown) {
      if (written >= LABELS_MOST || tried >= TRIED_MOST) break;
      if (first(each)) continue;
      tried++;
      node(each, "nothing");
    }
    named(false);
  }

  private edge(context: CanvasRenderingContext2D, frame: Frame, look: EdgeLook, chosen: boolean): void {
    if (!look.edge.label || look.from === look.to) return;
    const { looks } = this;
    const from = frame.at(look.from);
    const to = frame.at(look.to);
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const aside = { x: ((to.y - from.y) / length) * look.lane, y: (-(to.x - from.x) / length) * look.lane };
    this.labels.edge(
      context,
      looks.palette,
      look.edge.label,
      { x: from.x + aside.x, y: from.y + aside.y },
      { x: to.x + aside.x, y: to.y + aside.y },
      chosen,
    );
  }
}
