/** The live layout as the drawing sees it: a worker that is asked for places, again and again. */

import type { Answer, Question } from "../worker/messages";
import type { NodeLook, Picture } from "./picture";

/** The address of the worker's bundle, beside our own; build.mjs names it by its content. */
declare const FORCE_BUNDLE: string;

const OWN = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : document.baseURI;
/** Pixels around a node that others keep off. */
const AIR = 12;

export class Live {
  private readonly worker = new Worker(new URL(FORCE_BUNDLE, OWN));

  /** `move` is called at each helping, `end` when it has come to rest, or is `tired`. With `quiet`, nothing moves before the end. */
  constructor(
    private readonly picture: Picture,
    private readonly quiet: boolean,
    private readonly move: () => void,
    private readonly end: (tired: boolean) => void,
  ) {
    const { nodes, edges } = picture;
    this.worker.onmessage = ({ data }: MessageEvent<Answer>) => this.take(data);
    this.worker.onerror = () => this.end(true);
    this.ask({
      kind: "start",
      places: Float32Array.from(nodes.flatMap(({ x, y }) => [x, y])),
      radii: Float32Array.from(nodes, ({ node }) => node.size + AIR),
      fixed: Uint8Array.from(nodes, ({ node }) => Number(node.pinned)),
      ends: Uint32Array.from(edges.flatMap(({ from, to }) => [from.index, to.index])),
    });
  }

  /** A person put a node where it is now. */
  hold(look: NodeLook): void {
    this.ask({ kind: "hold", node: look.index, x: look.x, y: look.y });
  }

  stop(): void {
    this.worker.terminate();
  }

  private ask(question: Question): void {
    this.worker.postMessage(question);
  }

  private take({ places, settled, tired }: Answer): void {
    this.picture.nodes.forEach((look, place) => {
      this.picture.put(look, places[place * 2] ?? look.x, places[place * 2 + 1] ?? look.y);
    });
    const done = settled || tired;
    if (!this.quiet || done) this.move();
    if (done) this.end(!settled);
    else if (this.quiet) this.ask({ kind: "next" });
    else requestAnimationFrame(() => this.ask({ kind: "next" }));
  }
}
