/** The renderer on WebGL: sigma draws what the View says, where the View says it. */

import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";
import { animateNodes } from "sigma/utils";

import type { Iri, View, ViewEdge, ViewNode } from "../api/contract";
import { type LinedEdge, LineProgram } from "./edges";
import { type Box, Labels } from "./labels";
import { type ShapedNode, ShapeProgram } from "./nodes";
import { faded, type Palette, palette } from "./palette";
import { lanes, type Listener, type Point, type Renderer, type Selection } from "./renderer";
import { SHAPES } from "./shapes";

const LARGEST_SCALE = 1.4;
const SMALLEST_NODE = 5;
const LANE_GAP = 9;
const LABELLED_EDGES = 14;
const LABELLED_AROUND = 12;
const GLIDE = 450;
const OBSTACLES_MOST = 400;

type Line = View["legend"]["verdicts"][number];

const PLAIN: Line = {
  verdict: "", label: "", count: 0, line: "solid", dash: [], width: 1.5, tone: "edge", marks: "",
}; // prettier-ignore

interface NodeLook {
  x: number;
  y: number;
  node: ViewNode;
  more: string;
}

interface EdgeLook {
  edge: ViewEdge;
  line: Line;
  lane: number;
}

type DrawnNode = ShapedNode & { key: string; strong: boolean; must: boolean; dim: boolean; more: string };
type DrawnEdge = LinedEdge & { key: string; named: boolean };

/** Whether this browser can draw with WebGL at all. */
export function canDraw(): boolean {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
}

export class SigmaRenderer implements Renderer {
  private readonly graph = new MultiDirectedGraph<NodeLook, EdgeLook>();
  private readonly sigma: Sigma<NodeLook, EdgeLook>;
  private readonly labels: Labels;
  private look: Palette = palette();
  private chosen: Selection | null = null;
  private hovered: string | null = null;
  private near: ReadonlySet<string> = new Set();
  private dragged: { iri: string; moved: boolean; start: Point } | null = null;
  private extent = { x: [-1, 1] as [number, number], y: [-1, 1] as [number, number] };
  private scale = 1;
  private free = 0;
  private stop: () => void = () => undefined;
  private readonly watcher: ResizeObserver;

  constructor(
    private readonly place: HTMLElement,
    private readonly listener: Listener,
  ) {
    this.labels = new Labels(this.look);
    this.sigma = new Sigma<NodeLook, EdgeLook>(this.graph, place, {
      allowInvalidContainer: true,
      autoRescale: true,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      stagePadding: 0,
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      nodeProgramClasses: { shape: ShapeProgram as never },
      nodeHoverProgramClasses: { shape: ShapeProgram as never },
      edgeProgramClasses: { line: LineProgram as never },
      enableEdgeEvents: true,
      renderEdgeLabels: true,
      minCameraRatio: 0.05,
      maxCameraRatio: 4,
      zIndex: true,
      doubleClickTimeout: 500,
      inertiaDuration: calm() ? 0 : 200,
      labelRenderedSizeThreshold: 0,
      nodeReducer: (key, data) => this.drawnNode(key, data),
      edgeReducer: (key, data) => this.drawnEdge(key, data),
      defaultDrawNodeLabel: (context, data) => this.labels.node(context, data as unknown as DrawnNode),
      defaultDrawNodeHover: (context, data) => {
        this.labels.node(context, { ...(data as unknown as DrawnNode), must: true });
      },
      defaultDrawEdgeLabel: (context, data, from, to) => {
        const edge = data as unknown as DrawnEdge;
        if (edge.named && edge.label) this.labels.edge(context, edge.label, from, to, edge.lane, this.look.soft);
      },
    });
    this.sigma.on("beforeRender", () => this.labels.begin(this.look, this.bodies(), place.clientWidth));
    this.listen();
    this.watcher = new ResizeObserver(() => this.frame());
    this.watcher.observe(place);
  }

  show(view: View, animate: boolean): void {
    this.stop();
    const before = new Map<string, Point>();
    this.graph.forEachNode((key, { x, y }) => before.set(key, { x, y }));
    this.hovered = null;
    this.graph.clear();
    this.fillGraph(view);
    this.extent = extentOf(view.nodes);
    this.frame();
    void this.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    if (!animate || calm()) return;
    const targets: Record<string, Record<string, number>> = {};
    this.graph.updateEachNodeAttributes((key, look) => {
      targets[key] = { x: look.x, y: look.y };
      return { ...look, ...(before.get(key) ?? { x: look.x, y: look.y }) };
    });
    this.stop = animateNodes(this.graph as never, targets, { duration: GLIDE, easing: "quadraticInOut" });
  }

  select(selection: Selection | null): void {
    this.chosen = selection;
    this.sigma.refresh({ skipIndexation: true });
  }

  keepFree(bottom: number): void {
    if (bottom === this.free) return;
    this.free = bottom;
    this.frame();
  }

  fit(): void {
    void this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: calm() ? 1 : 250 });
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio / factor) }, { duration: calm() ? 1 : 200 });
  }

  restyle(): void {
    this.look = palette();
    this.sigma.refresh({ skipIndexation: true });
  }

  nodeAt(iri: Iri): Point | null {
    if (!this.graph.hasNode(iri)) return null;
    return this.inWindow(this.graph.getNodeAttributes(iri));
  }

  edgeAt(id: string): Point | null {
    if (!this.graph.hasEdge(id)) return null;
    const [source, target] = this.graph.extremities(id).map((key) => this.inWindow(this.graph.getNodeAttributes(key)));
    if (!source || !target) return null;
    const lane = this.graph.getEdgeAttribute(id, "lane");
    const length = Math.hypot(target.x - source.x, target.y - source.y) || 1;
    return {
      x: (source.x + target.x) / 2 + ((target.y - source.y) / length) * lane,
      y: (source.y + target.y) / 2 - ((target.x - source.x) / length) * lane,
    };
  }

  destroy(): void {
    this.stop();
    this.watcher.disconnect();
    this.sigma.kill();
  }

  /** The boxes that nodes take on the screen: labels keep off them, unless there are very many. */
  private bodies(): Box[] {
    if (this.graph.order > OBSTACLES_MOST) return [];
    return this.graph.mapNodes((key, look) => {
      const { x, y } = this.sigma.graphToViewport(look);
      const drawn = this.sigma.getNodeDisplayData(key);
      const size = drawn ? this.sigma.scaleSize(drawn.size) : 0;
      return { left: x - size, right: x + size, top: y - size, bottom: y + size };
    });
  }

  private inWindow(point: Point): Point {
    const at = this.sigma.graphToViewport(point);
    const box = this.place.getBoundingClientRect();
    return { x: box.left + at.x, y: box.top + at.y };
  }

  /** Nodes enter the most important first: a label already written keeps its place. */
  private fillGraph(view: View): void {
    const more = new Map<string, number>();
    for (const left of view.more) {
      more.set(left.node, (more.get(left.node) ?? 0) + left.total - left.shown);
    }
    const ordered = [...view.nodes].sort((a, b) => Number(b.asked) - Number(a.asked) || b.size - a.size);
    for (const node of ordered) {
      const count = more.get(node.iri) ?? 0;
      // sigma's y grows upwards, the View's downwards
      this.graph.addNode(node.iri, { x: node.x, y: -node.y, node, more: count ? `+${count}` : "" });
    }
    const line = new Map(view.legend.verdicts.map((each) => [each.verdict, each]));
    const lane = lanes(view.edges, LANE_GAP);
    for (const edge of view.edges) {
      if (edge.source === edge.target) continue; // sigma draws no self-loops; the panel and the text tell them
      this.graph.addDirectedEdgeWithKey(edge.id, edge.source, edge.target, {
        edge,
        line: line.get(edge.verdict) ?? PLAIN,
        lane: lane.get(edge.id) ?? 0,
      });
    }
  }

  /** Show the whole extent, but never blow a small picture up beyond LARGEST_SCALE. */
  private frame(): void {
    const { width, height } = this.place.getBoundingClientRect();
    if (!width || !height) return;
    const phone = width < 640;
    const side = phone ? 40 : 64;
    const room = { top: phone ? 64 : 92, bottom: this.free + (phone ? 56 : 62) };
    const { x, y } = this.extent;
    const wide = x[1] - x[0];
    const tall = y[1] - y[0];
    this.scale = Math.min(
      LARGEST_SCALE,
      (width - 2 * side) / Math.max(wide, 1),
      (height - room.top - room.bottom) / Math.max(tall, 1),
    );
    const middle = {
      x: (x[0] + x[1]) / 2,
      y: (y[0] + y[1]) / 2 + (room.top - room.bottom) / 2 / this.scale,
    };
    const half = { x: width / this.scale / 2, y: height / this.scale / 2 };
    this.sigma.setCustomBBox({
      x: [middle.x - half.x, middle.x + half.x],
      y: [middle.y - half.y, middle.y + half.y],
    });
    this.sigma.resize(true);
    this.sigma.refresh();
  }

  private drawnNode(key: string, { node, more, x, y }: NodeLook): Partial<NodeDisplayData> {
    const dim = this.hovered !== null && !this.near.has(key);
    const chosen = this.chosen?.kind === "node" && this.chosen.iri === key;
    const color = this.look.classes[node.color] ?? this.look.soft;
    const drawn: Omit<DrawnNode, "key" | "highlighted"> = {
      x,
      y,
      size: Math.max(node.size, SMALLEST_NODE / this.scale),
      label: node.label,
      color: dim ? faded(color, this.look.paper, 0.22) : color,
      rim: this.look.paper,
      ring: chosen ? this.look.ink : node.asked ? color : this.look.paper,
      ringWidth: chosen ? 2.5 : node.asked ? 1.5 : 0,
      shape: Math.max(SHAPES.indexOf(node.shape as (typeof SHAPES)[number]), 0),
      strong: node.asked || chosen,
      must: chosen || node.asked || key === this.hovered,
      dim,
      more,
      forceLabel: true,
      hidden: false,
      type: "shape",
      zIndex: dim ? 0 : chosen ? 2 : 1,
    };
    return drawn;
  }

  private drawnEdge(key: string, { edge, line, lane }: EdgeLook): Partial<EdgeDisplayData> {
    const focus = this.hovered ?? (this.chosen?.kind === "node" ? this.chosen.iri : null);
    const touches = focus !== null && (edge.source === focus || edge.target === focus);
    const chosen = this.chosen?.kind === "edge" && this.chosen.id === key;
    const dim = this.hovered !== null && !touches;
    const color = this.look.tone(line.tone);
    const [on = 0, off = 0, then = 0, last = 0] = line.dash;
    const many = focus !== null && this.hovered === null && this.graph.degree(focus) > LABELLED_AROUND;
    const named = chosen || (touches ? !many : this.hovered === null && this.graph.size <= LABELLED_EDGES);
    const drawn: Omit<DrawnEdge, "key"> = {
      label: edge.label,
      size: line.width + (chosen ? 1.8 : touches ? 0.8 : 0),
      color: dim ? faded(color, this.look.paper, 0.18) : color,
      dash: [on, off, then, last],
      crossed: line.marks !== "",
      lane,
      named,
      forceLabel: named,
      hidden: false,
      type: "line",
      zIndex: dim ? 0 : chosen || touches ? 2 : 1,
    };
    return drawn;
  }

  private hover(key: string | null): void {
    this.hovered = key;
    this.near = new Set(key === null ? [] : [key, ...this.graph.neighbors(key)]);
    this.sigma.refresh({ skipIndexation: true });
  }

  private cursor(kind: "" | "pointer" | "grabbing"): void {
    this.place.style.cursor = kind;
  }

  private listen(): void {
    const { sigma, listener } = this;
    sigma.on("enterNode", ({ node }) => {
      this.cursor("pointer");
      if (!this.dragged) this.hover(node);
    });
    sigma.on("leaveNode", () => {
      this.cursor("");
      if (!this.dragged) this.hover(null);
    });
    sigma.on("enterEdge", () => this.cursor("pointer"));
    sigma.on("leaveEdge", () => this.cursor(""));
    sigma.on("clickNode", ({ node }) => listener.select({ kind: "node", iri: node as Iri }));
    sigma.on("clickEdge", ({ edge }) => listener.select({ kind: "edge", id: edge }));
    sigma.on("clickStage", () => listener.select(null));
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      listener.expand(node as Iri);
    });
    sigma.on("downNode", ({ node, event }) => {
      this.stop();
      this.dragged = { iri: node, moved: false, start: { x: event.x, y: event.y } };
    });
    sigma.on("moveBody", (payload) => this.drag(payload.event, () => payload.event.original.preventDefault()));
    for (const end of ["upNode", "upEdge", "upStage"] as const) sigma.on(end, () => this.drop());
  }

  private drag(at: Point & { preventSigmaDefault(): void }, prevent: () => void): void {
    const held = this.dragged;
    if (!held) return;
    held.moved ||= Math.hypot(at.x - held.start.x, at.y - held.start.y) > 4;
    at.preventSigmaDefault();
    if (!held.moved) return;
    prevent();
    this.cursor("grabbing");
    const { x, y } = this.sigma.viewportToGraph(at);
    this.graph.mergeNodeAttributes(held.iri, { x, y });
  }

  private drop(): void {
    const held = this.dragged;
    this.dragged = null;
    if (!held?.moved) return;
    this.cursor("");
    const { x, y } = this.graph.getNodeAttributes(held.iri);
    this.hover(null);
    this.listener.move(held.iri as Iri, { x, y: -y });
  }
}

/** Whether the reader asked for less movement. */
function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** The box around all nodes, in sigma's coordinates. */
function extentOf(nodes: readonly ViewNode[]): { x: [number, number]; y: [number, number] } {
  if (!nodes.length) return { x: [-1, 1], y: [-1, 1] };
  const xs = nodes.flatMap((node) => [node.x - node.size, node.x + node.size]);
  const ys = nodes.flatMap((node) => [-node.y - node.size, -node.y + node.size]);
  return { x: [Math.min(...xs), Math.max(...xs)], y: [Math.min(...ys), Math.max(...ys)] };
}
