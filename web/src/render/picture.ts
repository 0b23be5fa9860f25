/** A View made ready for sigma: its nodes and edges with places that may move, the weightiest first. */

import { MultiDirectedGraph } from "graphology";

import type { Iri, View, ViewEdge, ViewNode } from "../api/contract";
import type { Point } from "./renderer";

const LANE_GAP = 9;

export type Line = View["legend"]["verdicts"][number];

const PLAIN: Line = {
  verdict: "", label: "", count: 0, line: "solid", dash: [], width: 1.5, tone: "edge", marks: "",
}; // prettier-ignore

/** A node; x and y are sigma's, whose y grows upwards. Only `Picture.put` changes them. */
export interface NodeLook {
  x: number;
  y: number;
  /** Its place in `Picture.nodes`. */
  index: number;
  node: ViewNode;
  /** How many of its neighbours are not drawn. */
  hidden: number;
}

export interface EdgeLook {
  edge: ViewEdge;
  line: Line;
  lane: number;
  from: NodeLook;
  to: NodeLook;
}

export type Drawn = MultiDirectedGraph<NodeLook, EdgeLook>;

export class Picture {
  /** The weightiest first: a label already written keeps its place. */
  readonly nodes: readonly NodeLook[];
  readonly edges: readonly EdgeLook[];
  /** Edges from a node to itself; sigma knows none, so they are drawn beside it. */
  readonly loops: readonly EdgeLook[];
  /** x, y and size of each node, side by side: what is looked through at every frame and every move of a pointer. */
  readonly spots: Float32Array;
  /** Each edge's nodes by their places in `nodes`, and its lane. */
  readonly ends: Float32Array;
  readonly graph: Drawn = new MultiDirectedGraph<NodeLook, EdgeLook>();
  /** The pictograms by name, as SVG path data on a grid of 24 by 24. */
  readonly icons: Readonly<Record<string, string>>;

  constructor(view: View | null) {
    const hidden = new Map<string, number>();
    for (const more of view?.more ?? []) {
      hidden.set(more.node, (hidden.get(more.node) ?? 0) + more.total - more.shown);
    }
    const ordered = [...(view?.nodes ?? [])].sort((a, b) => Number(b.asked) - Number(a.asked) || b.size - a.size);
    // What is drawn last lies on top.
    for (const [index, node] of [...ordered.entries()].reverse()) {
      this.graph.addNode(node.iri, { x: node.x, y: -node.y, index, node, hidden: hidden.get(node.iri) ?? 0 });
    }
    this.nodes = ordered.map((node) => this.graph.getNodeAttributes(node.iri));
    const line = new Map(view?.legend.verdicts.map((each) => [each.verdict, each]));
    const looks = (view?.edges ?? []).map((edge) => ({
      edge,
      line: line.get(edge.verdict) ?? PLAIN,
      lane: 0,
      from: this.graph.getNodeAttributes(edge.source),
      to: this.graph.getNodeAttributes(edge.target),
    }));
    this.setLanes(looks);
    this.edges = looks.filter(({ from, to }) => from !== to);
    this.loops = looks.filter(({ from, to }) => from === to);
    this.spots = Float32Array.from(this.nodes.flatMap(({ x, y, node }) => [x, y, node.size]));
    this.ends = Float32Array.from(this.edges.flatMap(({ from, to, lane }) => [from.index, to.index, lane]));
    for (const look of this.edges) {
      this.graph.addDirectedEdgeWithKey(look.edge.id, look.edge.source, look.edge.target, look);
    }
    this.icons = view?.legend.icons ?? {};
  }

  node(iri: Iri | string): NodeLook | null {
    return this.graph.hasNode(iri) ? this.graph.getNodeAttributes(iri) : null;
  }

  edge(id: string): EdgeLook | null {
    if (this.graph.hasEdge(id)) return this.graph.getEdgeAttributes(id);
    return this.loops.find((look) => look.edge.id === id) ?? null;
  }

  /** Move a node; it is for the caller to draw it anew. */
  put(look: NodeLook, x: number, y: number): void {
    this.spots[look.index * 3] = look.x = x;
    this.spots[look.index * 3 + 1] = look.y = y;
  }

  /** Edges between the same two nodes lie side by side. */
  private setLanes(looks: readonly EdgeLook[]): void {
    const pairs = new Map<number, { look: EdgeLook; way: number }[]>();
    for (const look of looks) {
      const [from, to] = [look.from.index, look.to.index];
      const key = Math.min(from, to) * this.nodes.length + Math.max(from, to);
      const pair = pairs.get(key);
      const one = { look, way: from <= to ? 1 : -1 };
      if (pair) pair.push(one);
      else pairs.set(key, [one]);
    }
    for (const pair of pairs.values()) {
      pair.forEach(({ look, way }, index) => {
        look.lane = (index - (pair.length - 1) / 2) * LANE_GAP * way;
      });
    }
  }

  /** The middle of an edge in its lane, `scale` pixels being one unit. */
  middle({ from, to, lane }: EdgeLook, scale: number): Point {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const aside = lane / scale / length;
    return {
      x: (from.x + to.x) / 2 - (to.y - from.y) * aside,
      y: (from.y + to.y) / 2 + (to.x - from.x) * aside,
    };
  }
}
