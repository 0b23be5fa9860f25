/** What the page and the layout's worker tell each other. Nodes are told by their place in the list. */

export interface Start {
  readonly kind: "start";
  /** x and y of each node, in pixels of the View. */
  readonly places: Float32Array;
  /** The radius that each node keeps free. */
  readonly radii: Float32Array;
  /** 1 where a node stays, else 0. */
  readonly fixed: Uint8Array;
  /** Source and target of each edge. */
  readonly ends: Uint32Array;
}

export type Question =
  | Start
  /** The page has drawn the last places: go on. */
  | { readonly kind: "next" }
  /** A person put a node there, where it stays. */
  | { readonly kind: "hold"; readonly node: number; readonly x: number; readonly y: number };

export interface Answer {
  readonly places: Float32Array;
  /** Whether hardly anything moves any more. */
  readonly settled: boolean;
  /** Whether the time is up. */
  readonly tired: boolean;
}
