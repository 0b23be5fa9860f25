/** What the URL says is selected, found in the picture; and how the picture's parts are called there. */

import type { Iri, View, ViewEdge, ViewNode } from "../api/contract";

const indexes = new WeakMap<View["nodes"], ReadonlyMap<string, ViewNode>>();

/** A node by its name or IRI. */
export function nodeOf(view: View, name: string): ViewNode | undefined {
  let index = indexes.get(view.nodes);
  if (!index) {
    index = new Map(view.nodes.flatMap((node) => [[node.name, node] as const, [node.iri, node] as const]));
    indexes.set(view.nodes, index);
  }
  return index.get(name);
}

/** How the URL calls an edge: "SOURCE PREDICATE TARGET". */
export function edgeName(edge: ViewEdge, view: View): string {
  const name = (iri: Iri): string => nodeOf(view, iri)?.name ?? iri;
  return `${name(edge.source)} ${localName(edge.predicate)} ${name(edge.target)}`;
}

export function edgeOf(view: View, select: string): ViewEdge | undefined {
  const [source = "", predicate = "", target = ""] = select.split(" ");
  const from = nodeOf(view, source)?.iri;
  const to = nodeOf(view, target)?.iri;
  return view.edges.find((edge) => edge.source === from && edge.target === to && localName(edge.predicate) === predicate);
}

/** The readable end of an IRI. */
export function localName(iri: string): string {
  return iri.split(/[#/:]/).pop() ?? iri;
}
