/** What tests and scripts may ask of the drawing: its nodes, and where a node, an edge or a "+N" is, in the window. */

import { nodeOf } from "../elements/picked";
import type { Point } from "../render/renderer";
import type { Site } from "./actions";

export interface Handle {
  nodes(): readonly string[];
  nodeAt(name: string): Point | null;
  edgeAt(id: string): Point | null;
  moreAt(name: string): Point | null;
}

declare global {
  interface Window {
    triplary?: Handle;
  }
}

export function handleOf(site: Site): Handle {
  const find = (name: string, at: "nodeAt" | "moreAt"): Point | null => {
    const node = site.scene && nodeOf(site.scene.view, name);
    return (node && site.renderer?.[at](node.iri)) ?? null;
  };
  return {
    nodes: () => site.scene?.view.nodes.map((node) => node.name) ?? [],
    nodeAt: (name) => find(name, "nodeAt"),
    edgeAt: (id) => site.renderer?.edgeAt(id) ?? null,
    moreAt: (name) => find(name, "moreAt"),
  };
}
