/** The live layout, in a worker: ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014), a helping at a time. */

import iterate from "graphology-layout-forceatlas2/iterate";

import type { Answer, Question, Start } from "./messages";

/** How long an edge would like to be, in pixels, as view/layout.py has it. */
const LENGTH = 96;
const HELPING = 24;
const TURNS_MOST = 1500;
const MILLISECONDS_MOST = 15_000;
/** Settled: over so many turns, the mean way of a node for each is under STILL pixels. */
const CALM_TURNS = 25;
const STILL = 0.12;
const MANY = 400;
/** The numbers that `iterate` keeps of a node, and of an edge. */
const NODE = { x: 0, y: 1, mass: 6, convergence: 7, size: 8, fixed: 9, all: 10 } as const;
const EDGE = { source: 0, target: 1, weight: 2, all: 3 } as const;

interface Scope {
  onmessage: ((event: MessageEvent<Question>) => void) | null;
  postMessage(answer: Answer, transfer: Transferable[]): void;
}

class Layout {
  private readonly nodes: Float32Array;
  private readonly edges: Float32Array;
  private readonly settings: Parameters<typeof iterate>[0];
  private turns = 0;
  private readonly began = performance.now();
  private calm = 0;

  constructor({ places, radii, fixed, ends }: Start) {
    const count = radii.length;
    this.nodes = new Float32Array(count * NODE.all);
    this.edges = new Float32Array((ends.length / 2) * EDGE.all);
    for (let index = 0; index < count; index++) {
      const at = index * NODE.all;
      this.nodes[at + NODE.x] = places[index * 2] ?? 0;
      this.nodes[at + NODE.y] = places[index * 2 + 1] ?? 0;
      this.nodes[at + NODE.mass] = 1;
      this.nodes[at + NODE.convergence] = 1;
      this.nodes[at + NODE.size] = radii[index] ?? 1;
      this.nodes[at + NODE.fixed] = fixed[index] ?? 0;
    }
    for (let index = 0; index < ends.length / 2; index++) {
      const [source, target] = [ends[index * 2] ?? 0, ends[index * 2 + 1] ?? 0].map((node) => node * NODE.all) as [number, number];
      this.edges.set([source, target, 1], index * EDGE.all);
      for (const end of [source, target]) this.nodes[end + NODE.mass] = (this.nodes[end + NODE.mass] ?? 0) + 1;
    }
    this.settings = {
      linLogMode: false,
      outboundAttractionDistribution: false,
      adjustSizes: count <= MANY,
      edgeWeightInfluence: 1,
      scalingRatio: this.push(),
      strongGravityMode: false,
      gravity: 1,
      slowDown: 1 + Math.log(Math.max(count, 1)),
      barnesHutOptimize: count > MANY,
      barnesHutTheta: 0.7,
    };
  }

  hold(node: number, x: number, y: number): void {
    const at = node * NODE.all;
    this.nodes[at + NODE.x] = x;
    this.nodes[at + NODE.y] = y;
    this.nodes[at + NODE.fixed] = 1;
    this.calm = 0;
  }

  /** As many turns as fit a helping of milliseconds, one at least; where they lead. */
  helping(): Answer {
    const end = performance.now() + HELPING;
    do this.turn();
    while (performance.now() < end && !this.settled() && !this.tired());
    const places = new Float32Array((this.nodes.length / NODE.all) * 2);
    for (let index = 0; index < places.length / 2; index++) {
      places[index * 2] = this.nodes[index * NODE.all + NODE.x] ?? 0;
      places[index * 2 + 1] = this.nodes[index * NODE.all + NODE.y] ?? 0;
    }
    return { places, settled: this.settled(), tired: this.tired() };
  }

  private turn(): void {
    const before = this.nodes.slice();
    iterate(this.settings, this.nodes, this.edges);
    let way = 0;
    for (let at = 0; at < this.nodes.length; at += NODE.all) {
      way += Math.hypot((this.nodes[at] ?? 0) - (before[at] ?? 0), (this.nodes[at + 1] ?? 0) - (before[at + 1] ?? 0));
    }
    this.turns++;
    this.calm = way / (this.nodes.length / NODE.all) < STILL ? this.calm + 1 : 0;
  }

  private settled(): boolean {
    return this.calm >= CALM_TURNS;
  }

  private tired(): boolean {
    return this.turns >= TURNS_MOST || performance.now() - this.began > MILLISECONDS_MOST;
  }

  /** How strongly nodes push, so that the usual edge ends at LENGTH: there, pull d equals push k·m₁·m₂/d. */
  private push(): number {
    const wanted: number[] = [];
    for (let at = 0; at < this.edges.length; at += EDGE.all) {
      const [source = 0, target = 0] = [this.edges[at], this.edges[at + 1]];
      wanted.push((LENGTH * LENGTH) / ((this.nodes[source + NODE.mass] ?? 1) * (this.nodes[target + NODE.mass] ?? 1)));
    }
    wanted.sort((a, b) => a - b);
    return wanted[Math.floor(wanted.length / 2)] ?? LENGTH;
  }
}

const scope = self as unknown as Scope;
let layout: Layout | null = null;

scope.onmessage = ({ data }) => {
  if (data.kind === "hold") {
    layout?.hold(data.node, data.x, data.y);
    return;
  }
  if (data.kind === "start") layout = new Layout(data);
  if (!layout) return;
  const answer = layout.helping();
  scope.postMessage(answer, [answer.places.buffer]);
};
