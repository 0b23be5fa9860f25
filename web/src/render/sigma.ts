/** The renderer on WebGL: sigma draws what the View says, where the View says it. */

import Sigma from "sigma";

import type { Iri, View } from "../api/contract";
import { AxisLayer } from "./axis";
import { lineProgram } from "./edges";
import { type Extent, extentOf, Frame, framing, leastRadius } from "./framing";
import { type Board, Gestures } from "./gestures";
import { glide } from "./glide";
import { type Hit, hit } from "./hits";
import { Live } from "./live";
import { type Changed, Looks } from "./looks";
import { shapeProgram } from "./nodes";
import { Overlay } from "./overlay";
import { palette } from "./palette";
import { type EdgeLook, type NodeLook, Picture } from "./picture";
import type { Arranging, Listener, Point, Renderer, Selection } from "./renderer";
import { reveal } from "./reveal";
import { isSoftware, type Stage, watchLoss } from "./webgl";

/** So many lines in sight are drawn as wide as they are; more, thinner. */
const LINES_WIDE = 1200;
const THINNEST = 0.2;
/** Without a graphics card, more lines than this wait until the picture stands still. */
const LINES_SOFTWARE = 3000;
const STILL = 160;
const CLOSEST = 8;
const FARTHEST = 4;
const FINGER = 10;
/** Pixels that what is selected keeps from the rims of what is free: at the sides, and below the title. */
const REVEALED = { side: 36, above: 76, below: 32 };

/** Whether this browser can draw with WebGL at all. */
export function canDraw(): boolean {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
}

export class SigmaRenderer implements Renderer, Board {
  readonly canArrange = true;
  private readonly looks = new Looks();
  private readonly stage: Stage = { paper: [1, 1, 1], dim: false, split: false, hasty: false, least: 5, thin: 1 };
  private readonly overlay: Overlay;
  private readonly axis: AxisLayer;
  private readonly sigma: Sigma<NodeLook, EdgeLook>;
  private readonly gestures: Gestures;
  private readonly watcher: ResizeObserver;
  private readonly stopWatching: () => void;
  private frame = new Frame(1, { x: 0, y: 0 }, 1, 1);
  private extent: Extent = extentOf([]);
  private free = { top: 0, bottom: 0 };
  private stopGlide: () => void = () => undefined;
  private readonly software: boolean;
  /** What the last frame showed. */
  private viewed = "";
  private waiting = 0;
  private live: Live | null = null;
  private last: (Point & { frame: Frame; finger: boolean; found: Hit | null }) | null = null;

  constructor(
    private readonly place: HTMLElement,
    private readonly listener: Listener,
  ) {
    this.overlay = new Overlay(this.looks, matchMedia("(pointer: coarse)").matches ? 30 : 24);
    const shape = shapeProgram(this.stage);
    this.sigma = new Sigma<NodeLook, EdgeLook>(this.looks.picture.graph, place, {
      allowInvalidContainer: true,
      autoRescale: true,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      stagePadding: 0,
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      nodeProgramClasses: { shape: shape as never },
      // what the pointer is on is told by the overlay, above everything
      nodeHoverProgramClasses: { shape: class extends shape { override render(): void {} } as never },
      edgeProgramClasses: { line: lineProgram(this.stage) as never },
      enableEdgeEvents: true,
      enableCameraRotation: false,
      renderLabels: false,
      renderEdgeLabels: false,
      defaultDrawNodeHover: () => undefined,
      zIndex: false,
      doubleClickTimeout: 500,
      tapMoveTolerance: FINGER,
      inertiaDuration: calm() ? 0 : 200,
      nodeReducer: (key, look) => this.looks.node(key, look),
      edgeReducer: (key, look) => this.looks.edge(key, look),
    });
    this.ownHits();
    this.axis = new AxisLayer(this.sigma.createCanvas("axis", { beforeLayer: "edges" }));
    const gl = this.sigma.getCanvases()["edges"]?.getContext("webgl2") ?? this.sigma.getCanvases()["edges"]?.getContext("webgl");
    this.software = !gl || isSoftware(gl);
    this.sigma.on("beforeRender", () => this.prepare());
    this.sigma.on("afterRender", () => this.finish());
    this.gestures = new Gestures(this.sigma, place, listener, this);
    this.restyle();
    this.watcher = new ResizeObserver(() => this.refit());
    this.watcher.observe(place);
    this.stopWatching = watchLoss(Object.values(this.sigma.getCanvases()), () => listener.lost());
  }

  show(view: View, animate: boolean): void {
    this.halt();
    this.gestures.stop();
    const before = this.looks.picture;
    const picture = new Picture(view);
    const extent = extentOf(view.nodes);
    const same = JSON.stringify(extent) === JSON.stringify(this.extent);
    this.extent = extent;
    this.looks.show(picture);
    this.axis.show(view);
    this.measure();
    this.sigma.setGraph(picture.graph);
    this.emphasise({ nodes: [], edges: [] });
    if (!same) this.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    if (animate && !calm()) this.stopGlide = glide(before, picture, () => this.moved());
  }

  select(selection: Selection | null): void {
    this.emphasise(this.looks.choose(selection));
  }

  focus(iris: readonly Iri[] | null): void {
    this.emphasise(this.looks.focus(iris));
  }

  hover(iri: string | null): void {
    if (iri !== this.looks.hovered) this.emphasise(this.looks.hover(iri));
  }

  arrange(on: boolean): void {
    if (on === (this.live !== null)) return;
    if (!on) {
      this.arranged("stopped");
      return;
    }
    this.stopGlide();
    this.live = new Live(this.looks.picture, calm(), () => this.moved(), (tired) => this.arranged(tired ? "tired" : "rested"));
    this.listener.arranging("running");
  }

  get isArranging(): boolean {
    return this.live !== null;
  }

  keepFree(top: number, bottom: number): void {
    if (bottom === this.free.bottom && top === this.free.top) return;
    this.free = { top, bottom };
    this.refit();
  }

  reveal(covered: number): void {
    const { chosen, picture } = this.looks;
    const edge = chosen?.kind === "edge" ? picture.edge(chosen.id) : null;
    const node = chosen?.kind === "node" ? picture.node(chosen.iri) : null;
    const looks = edge ? [edge.from, edge.to] : node ? [node] : [];
    const points = looks.map((look) => this.sigma.graphToViewport(look));
    const { width, height } = this.sigma.getDimensions();
    const { side, above, below } = REVEALED;
    // where nothing covers it, what is in sight was clicked there: it does not jump away from the pointer
    const seen = points.some(({ x, y }) => x > 0 && x < width && y > 0 && y < height);
    if (covered || !seen) reveal(this.sigma, points, { left: side, right: width - side, top: above, bottom: height - covered - below });
  }

  fit(): void {
    void this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: calm() ? 1 : 250 });
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio / factor) }, { duration: calm() ? 1 : 200 });
  }

  restyle(): void {
    this.looks.palette = palette();
    const { paper } = this.looks.palette;
    const part = (at: number): number => (Number.parseInt(paper.slice(at, at + 2), 16) || 0) / 255;
    this.stage.paper = [part(1), part(3), part(5)];
    this.sigma.refresh({ skipIndexation: true, schedule: true });
  }

  nodeAt(iri: Iri): Point | null {
    const look = this.looks.picture.node(iri);
    return look && this.inWindow(this.sigma.graphToViewport(look));
  }

  edgeAt(id: string): Point | null {
    const look = this.looks.picture.edge(id);
    if (!look) return null;
    if (look.from === look.to) {
      const at = this.overlay.loop(id);
      return at && this.inWindow(at);
    }
    return this.inWindow(this.sigma.graphToViewport(this.looks.picture.middle(look, this.frame.scale)));
  }

  moreAt(iri: Iri): Point | null {
    const box = this.overlay.more(iri);
    return box && this.inWindow({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
  }

  under({ x, y }: Point, finger: boolean): Hit | null {
    const { frame, last } = this;
    // sigma and the gestures ask several times for each move of the pointer
    if (last && last.frame === frame && last.x === x && last.y === y && last.finger === finger) return last.found;
    const found = hit(this.looks, this.overlay, frame, { x, y }, finger ? FINGER : 0);
    this.last = { frame, x, y, finger, found };
    return found;
  }

  carry(iri: string, to: Point): void {
    const look = this.looks.picture.node(iri);
    if (!look) return;
    this.stopGlide();
    const { x, y } = this.sigma.viewportToGraph({ x: to.x, y: to.y });
    this.looks.picture.put(look, x, y);
    this.live?.hold(look);
    const { graph } = this.looks.picture;
    this.sigma.refresh({ partialGraph: { nodes: [iri], edges: graph.edges(iri) }, skipIndexation: true, schedule: true });
  }

  placed(iri: string): Point {
    const look = this.looks.picture.node(iri);
    if (!look) return { x: 0, y: 0 };
    look.node = { ...look.node, pinned: true };
    return { x: look.x, y: -look.y };
  }

  destroy(): void {
    this.stopWatching();
    this.halt();
    this.gestures.stop();
    this.watcher.disconnect();
    this.sigma.kill();
  }

  /** Sigma asks the graphics card what the pointer is on, and waits for it; we know by arithmetic. */
  private ownHits(): void {
    Object.assign(this.sigma, {
      getNodeAtPosition: (at: Point): string | null => {
        const found = this.under(at, false);
        return found?.kind === "node" ? found.iri : null;
      },
      getEdgeAtPoint: (): null => null,
    });
  }

  private inWindow(at: Point): Point {
    const box = this.place.getBoundingClientRect();
    return { x: box.left + at.x, y: box.top + at.y };
  }

  /** Find the scale, and what the window shows while the whole is in sight. */
  private measure(): boolean {
    const { width, height } = this.place.getBoundingClientRect();
    if (!width || !height) return false;
    const { scale, shown } = framing(this.extent, width, height, this.free);
    this.looks.least = leastRadius(this.looks.picture.nodes.length, width, height, 1);
    const camera = this.sigma.getCamera();
    camera.minRatio = Math.min(1, scale / CLOSEST);
    camera.maxRatio = FARTHEST;
    this.sigma.setCustomBBox(shown);
    this.overlay.show(scale);
    return true;
  }

  private refit(): void {
    if (!this.measure()) return;
    this.sigma.resize(true);
    this.sigma.refresh();
  }

  private prepare(): void {
    const camera = this.sigma.getCamera();
    this.stage.hasty = false;
    const view = `${camera.x} ${camera.y} ${camera.ratio}`;
    if (this.software && this.looks.picture.edges.length > LINES_SOFTWARE && view !== this.viewed) {
      this.stage.hasty = this.viewed !== "";
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.sigma.scheduleRender(), STILL);
    }
    this.viewed = view;
    const inSight = this.looks.picture.edges.length * Math.min(1, camera.ratio);
    this.stage.thin = Math.max(THINNEST, Math.min(1, Math.sqrt(LINES_WIDE / Math.max(inSight, 1))));
    const { width, height } = this.sigma.getDimensions();
    this.looks.least = this.stage.least = leastRadius(this.looks.picture.nodes.length, width, height, camera.ratio);
    this.stage.dim = this.looks.dim;
    this.stage.split = this.looks.nodes.size > 0 || this.looks.edges.size > 0;
  }

  private finish(): void {
    const { width, height } = this.sigma.getDimensions();
    const origin = this.sigma.graphToViewport({ x: 0, y: 0 });
    const scale = (this.sigma.graphToViewport({ x: 1000, y: 0 }).x - origin.x) / 1000;
    this.frame = new Frame(scale, origin, width, height);
    this.place.dataset["axis"] = this.axis.draw(this.frame, this.looks.palette).join(" ");
    const context = this.sigma.getCanvases()["labels"]?.getContext("2d");
    if (context) this.overlay.draw(context, this.frame);
  }

  /** Draw anew what a change of emphasis touches, and say how many nodes step back. */
  private emphasise({ nodes, edges }: Changed): void {
    const { dim, picture } = this.looks;
    this.place.dataset["dimmed"] = String(dim ? picture.nodes.length - this.looks.nodes.size : 0);
    this.sigma.refresh({ partialGraph: { nodes, edges }, skipIndexation: true, schedule: true });
  }

  /** Nodes have other places: draw them there. */
  private moved(): void {
    const { graph } = this.looks.picture;
    this.sigma.refresh({ partialGraph: { nodes: graph.nodes(), edges: graph.edges() }, skipIndexation: true, schedule: true });
  }

  /** Nothing moves by itself any more. */
  private halt(): void {
    this.stopGlide();
    clearTimeout(this.waiting);
    this.ended("stopped");
  }

  private ended(how: Arranging): void {
    if (!this.live) return;
    this.live.stop();
    this.live = null;
    this.listener.arranging(how);
  }

  /** The live layout has ended: bring all of it into sight, and tell where everything is. */
  private arranged(how: Arranging): void {
    this.ended(how);
    this.halt();
    const { nodes } = this.looks.picture;
    this.extent = extentOf(nodes.map(({ x, y, node }) => ({ x, y: -y, size: node.size })));
    this.refit();
    this.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    this.listener.moveAll(new Map(nodes.map(({ x, y, node }) => [node.iri, { x, y: -y }])));
  }
}

/** Whether the reader asked for less movement. */
function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
