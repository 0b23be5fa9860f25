/** How each node and edge looks at this moment: what is chosen, what stands out, what steps back. */

import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";

import type { Iri } from "../api/contract";
import type { LinedEdge } from "./edges";
import type { ShapedNode } from "./nodes";
import { type Palette, palette } from "./palette";
import { type EdgeLook, type NodeLook, Picture } from "./picture";
import type { Selection } from "./renderer";
import { SHAPES } from "./shapes";

const LABELLED_EDGES = 14;
const LABELLED_AROUND = 12;

const NONE: ReadonlySet<string> = new Set();

/** What has to be drawn anew after a change. */
export interface Changed {
  readonly nodes: string[];
  readonly edges: string[];
}

export class Looks {
  palette: Palette = palette();
  picture = new Picture(null);
  /** The least radius of a node at this moment, in pixels. */
  least = 5;
  hovered: string | null = null;
  chosen: Selection | null = null;
  /** Whether what is not bright steps back. */
  dim = false;
  /** The nodes and edges that stand out. */
  nodes: ReadonlySet<string> = NONE;
  edges: ReadonlySet<string> = NONE;
  /** The edges whose labels are written, the chosen one first. */
  named: readonly EdgeLook[] = [];
  private focused: ReadonlySet<string> | null = null;
  private thick: ReadonlySet<string> = NONE;

  /** Another picture: nothing is under the pointer or in focus any more. */
  show(picture: Picture): void {
    this.picture = picture;
    this.hovered = null;
    this.focused = null;
    this.weigh();
  }

  hover(key: string | null): Changed {
    this.hovered = key;
    return this.weigh();
  }

  focus(iris: readonly Iri[] | null): Changed {
    this.focused = iris && new Set(iris.filter((iri) => this.picture.graph.hasNode(iri)));
    return this.weigh();
  }

  choose(selection: Selection | null): Changed {
    const before = this.chosen;
    this.chosen = selection;
    const changed = this.weigh();
    for (const each of [before, selection]) {
      if (each?.kind === "node" && this.picture.graph.hasNode(each.iri)) changed.nodes.push(each.iri);
    }
    return changed;
  }

  isDim(iri: string): boolean {
    return this.dim && !this.nodes.has(iri);
  }

  isStrong({ node }: NodeLook): boolean {
    return node.asked || (this.chosen?.kind === "node" && this.chosen.iri === node.iri);
  }

  /** The radius of a node in pixels, `scale` pixels being one unit of the View. */
  radius({ node }: NodeLook, scale: number): number {
    return Math.max(node.size * scale, this.least);
  }

  node(key: string, look: NodeLook): Partial<NodeDisplayData> {
    const { node } = look;
    const chosen = this.chosen?.kind === "node" && this.chosen.iri === key;
    const color = this.palette.classes[node.color] ?? this.palette.soft;
    const drawn: Omit<ShapedNode, "highlighted"> = {
      x: look.x,
      y: look.y,
      size: node.size,
      label: null,
      color,
      rim: this.palette.paper,
      ring: chosen ? this.palette.ink : color,
      ringWidth: chosen ? 2.5 : node.opened ? 1.5 : 0,
      shape: Math.max(SHAPES.indexOf(node.shape as (typeof SHAPES)[number]), 0),
      bright: this.nodes.has(key),
      forceLabel: false,
      hidden: false,
      type: "shape",
      zIndex: 0,
    };
    return drawn;
  }

  edge(key: string, { line, lane }: EdgeLook): Partial<EdgeDisplayData> {
    const [on = 0, off = 0, then = 0, last = 0] = line.dash;
    const chosen = this.chosen?.kind === "edge" && this.chosen.id === key;
    const drawn: LinedEdge = {
      label: null,
      size: line.width + (chosen ? 1.8 : this.thick.has(key) ? 0.8 : 0),
      color: this.palette.tone(line.tone),
      dash: [on, off, then, last],
      crossed: line.marks !== "",
      lane,
      bright: this.edges.has(key),
      forceLabel: false,
      hidden: false,
      type: "line",
      zIndex: 0,
    };
    return drawn;
  }

  /** Find what stands out now; what that changes. */
  private weigh(): Changed {
    const { graph } = this.picture;
    const before = { nodes: this.nodes, edges: [...this.edges, ...this.thick] };
    const { hovered, focused } = this;
    const chosen = this.chosen?.kind === "node" && graph.hasNode(this.chosen.iri) ? this.chosen.iri : null;
    const one = hovered ?? (focused ? null : chosen);
    const around = one === null ? NONE : new Set(graph.edges(one));
    this.thick = around;
    if (hovered !== null) {
      this.nodes = new Set([hovered, ...graph.neighbors(hovered)]);
      this.edges = around;
    } else if (focused) {
      this.nodes = focused;
      this.edges = inside(this.picture, focused);
    } else {
      this.nodes = new Set(chosen === null ? [] : [chosen]);
      this.edges = around;
    }
    this.dim = hovered !== null || focused !== null;
    if (this.chosen?.kind === "edge") this.edges = new Set([...this.edges, this.chosen.id]);
    this.named = this.naming(one);
    return {
      nodes: different(before.nodes, this.nodes).filter((key) => graph.hasNode(key)),
      // an edge may have become thicker without being bright: those of before and of now
      edges: [...new Set([...before.edges, ...this.edges, ...this.thick])].filter((key) => graph.hasEdge(key)),
    };
  }

  private naming(one: string | null): readonly EdgeLook[] {
    const { picture } = this;
    const chosen = this.chosen?.kind === "edge" ? picture.edge(this.chosen.id) : null;
    const first = chosen ? [chosen] : [];
    let others: readonly EdgeLook[] = [];
    if (one !== null) {
      if (this.hovered !== null || picture.graph.degree(one) <= LABELLED_AROUND) {
        others = picture.graph.mapEdges(one, (_, look) => look).slice(0, LABELLED_AROUND * 4);
      }
    } else if (this.dim) {
      if (this.edges.size <= LABELLED_AROUND * 4) {
        others = [...this.edges].map((id) => picture.edge(id)).filter((look) => look !== null);
      }
    } else if (picture.edges.length <= LABELLED_EDGES) others = picture.edges;
    return [...first, ...others.filter((look) => look !== chosen)];
  }
}

/** The edges with both ends in `nodes`. */
function inside({ graph }: Picture, nodes: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const iri of nodes) {
    graph.forEachOutboundEdge(iri, (key, _, __, target) => {
      if (nodes.has(target)) found.add(key);
    });
  }
  return found;
}

/** The members of one set only. */
function different(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [...[...one].filter((key) => !other.has(key)), ...[...other].filter((key) => !one.has(key))];
}
