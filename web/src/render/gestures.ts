/** What mouse and fingers do to the drawing: tap, double tap, hold, drag, pinch; hover is a bonus. */

import type Sigma from "sigma";
import type { MouseCoords, TouchCoords } from "sigma/types";

import type { Iri } from "../api/contract";
import type { Hit } from "./hits";
import type { EdgeLook, NodeLook } from "./picture";
import type { Listener, Point } from "./renderer";

const HOLD = 500;
/** A tap waits so long for a second one: what it opens could lie over the node. */
const SECOND_TAP = 300;
const STILL = 8;
const DRAGGED = 4;

/** What the drawing lets gestures see and change. */
export interface Board {
  /** What is at a point of the drawing; a finger is less exact. */
  under(at: Point, finger: boolean): Hit | null;
  hover(iri: string | null): void;
  /** Put a node under a point of the drawing. */
  carry(iri: string, to: Point): void;
  /** The node was let go: where it is, in the View's coordinates. */
  placed(iri: string): Point;
}

interface Held {
  readonly iri: string;
  readonly start: Point;
  moved: boolean;
}

export class Gestures {
  private held: Held | null = null;
  private timer = 0;
  private tapped = 0;
  /** The tap that ends a hold is none. */
  private swallowed = false;
  private pinch: { distance: number; ratio: number } | null = null;

  constructor(
    private readonly sigma: Sigma<NodeLook, EdgeLook>,
    private readonly place: HTMLElement,
    private readonly listener: Listener,
    private readonly board: Board,
  ) {
    this.watch();
  }

  stop(): void {
    clearTimeout(this.tapped);
    this.release();
  }

  private watch(): void {
    const { sigma } = this;
    for (const kind of ["clickNode", "clickEdge", "clickStage"] as const) {
      sigma.on(kind, ({ event }: { event: MouseCoords }) => this.click(event));
    }
    for (const kind of ["doubleClickNode", "doubleClickEdge", "doubleClickStage"] as const) {
      sigma.on(kind, ({ event }: { event: MouseCoords }) => this.doubleClick(event));
    }
    for (const kind of ["rightClickNode", "rightClickEdge", "rightClickStage"] as const) {
      sigma.on(kind, ({ event }: { event: MouseCoords }) => this.rightClick(event));
    }
    for (const kind of ["downNode", "downEdge", "downStage"] as const) {
      sigma.on(kind, ({ event }: { event: MouseCoords }) => this.down(event));
    }
    for (const kind of ["upNode", "upEdge", "upStage"] as const) sigma.on(kind, () => this.drop());
    sigma.on("moveBody", ({ event }) => this.move(event));
    sigma.on("enterNode", ({ event, node }) => {
      if (!isTouch(event) && !this.held) this.board.hover(node);
    });
    sigma.on("leaveNode", () => {
      if (!this.held) this.board.hover(null);
    });
    // sigma forgets the last node when the pointer leaves the drawing
    sigma.on("leaveStage", () => this.board.hover(null));
    sigma.getTouchCaptor().on("touchmove", (event) => this.pinched(event));
    sigma.getTouchCaptor().on("touchup", () => {
      this.pinch = null;
    });
  }

  private click(event: MouseCoords): void {
    if (this.swallowed) {
      this.swallowed = false;
      return;
    }
    const hit = this.board.under(event, isTouch(event));
    clearTimeout(this.tapped);
    if (hit?.kind === "more") this.listener.more(hit.iri as Iri);
    else if (hit?.kind === "node") {
      const select = (): void => this.listener.select({ kind: "node", iri: hit.iri as Iri });
      if (isTouch(event)) this.tapped = window.setTimeout(select, SECOND_TAP);
      else select();
    } else if (hit?.kind === "edge") this.listener.select({ kind: "edge", id: hit.id });
    else this.listener.select(null);
  }

  private doubleClick(event: MouseCoords): void {
    clearTimeout(this.tapped);
    const hit = this.board.under(event, isTouch(event));
    if (!hit) return; // sigma comes closer
    event.preventSigmaDefault();
    if (hit.kind === "node") this.listener.expand(hit.iri as Iri);
  }

  private rightClick(event: MouseCoords): void {
    const hit = this.board.under(event, isTouch(event));
    if (hit?.kind !== "node") return;
    event.original.preventDefault();
    this.menu(hit.iri, event);
  }

  private menu(iri: string, at: Point): void {
    const box = this.place.getBoundingClientRect();
    this.listener.menu(iri as Iri, { x: box.left + at.x, y: box.top + at.y });
  }

  private down(event: MouseCoords): void {
    this.release();
    this.swallowed = false;
    const finger = isTouch(event);
    if (finger ? (event.original as TouchEvent).touches.length > 1 : (event.original as MouseEvent).button !== 0) return;
    const hit = this.board.under(event, finger);
    if (hit?.kind !== "node") return;
    const held = { iri: hit.iri, start: { x: event.x, y: event.y }, moved: false };
    this.held = held;
    if (!finger) return;
    this.timer = window.setTimeout(() => {
      this.held = null;
      this.swallowed = true;
      this.menu(held.iri, held.start);
    }, HOLD);
  }

  private move(event: MouseCoords): void {
    const { held } = this;
    if (!held) {
      if (!isTouch(event)) this.point(event);
      return;
    }
    const away = Math.hypot(event.x - held.start.x, event.y - held.start.y);
    held.moved ||= away > (isTouch(event) ? STILL : DRAGGED);
    event.preventSigmaDefault();
    if (!held.moved) return;
    clearTimeout(this.timer);
    event.original.preventDefault();
    this.place.style.cursor = "grabbing";
    this.board.carry(held.iri, event);
  }

  /** The cursor says what can be clicked. */
  private point(event: MouseCoords): void {
    if (event.original.target instanceof Node && this.place.contains(event.original.target)) {
      this.place.style.cursor = this.board.under(event, false) ? "pointer" : "";
    }
  }

  private drop(): void {
    const held = this.release();
    if (!held?.moved) return;
    this.place.style.cursor = "";
    this.board.hover(null);
    this.listener.move(held.iri as Iri, this.board.placed(held.iri));
  }

  private release(): Held | null {
    const { held } = this;
    clearTimeout(this.timer);
    this.held = null;
    return held;
  }

  /** Two fingers move and zoom; sigma's own way would also turn the picture. */
  private pinched(event: TouchCoords): void {
    const [one, two] = event.touches;
    if (!one || !two || event.touches.length !== 2) return;
    event.preventSigmaDefault();
    this.release();
    this.swallowed = true;
    const [before, behind] = event.previousTouches;
    const camera = this.sigma.getCamera();
    const distance = Math.max(Math.hypot(one.x - two.x, one.y - two.y), 1);
    if (!this.pinch || !before || !behind) {
      this.pinch = { distance, ratio: camera.ratio };
      return;
    }
    const middle = { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 };
    const last = { x: (before.x + behind.x) / 2, y: (before.y + behind.y) / 2 };
    const from = this.sigma.viewportToFramedGraph(last);
    const to = this.sigma.viewportToFramedGraph(middle);
    camera.setState({ x: camera.x + from.x - to.x, y: camera.y + from.y - to.y });
    const ratio = camera.getBoundedRatio((this.pinch.ratio * this.pinch.distance) / distance);
    camera.setState(this.sigma.getViewportZoomedState(middle, ratio));
  }
}

function isTouch({ original }: MouseCoords): boolean {
  return typeof TouchEvent !== "undefined" && original instanceof TouchEvent;
}
