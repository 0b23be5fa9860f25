/** Whatever can draw in this browser: WebGL, else the server's still drawing. */

import { FallbackRenderer } from "../render/fallback";
import type { Listener, Renderer } from "../render/renderer";
import { canDraw, SigmaRenderer } from "../render/sigma";

/** Losses of the graphics card so close to each other, in milliseconds, that a third try would be in vain. */
const SOON = 20_000;

/** The address of the server's drawing is asked for by `still`; `onlyStill`: WebGL is given up. */
export function drawerOn(canvas: HTMLElement, listener: Listener, still: () => string, onlyStill = false): Renderer {
  if (!onlyStill && canDraw()) {
    try {
      return new SigmaRenderer(canvas, listener);
    } catch {
      // a context can be refused although the browser knows WebGL
      canvas.replaceChildren();
    }
  }
  return new FallbackRenderer(canvas, listener, still);
}

/** Whether the drawing is the server's, which comes later and by itself. */
export function isStill(renderer: Renderer | null): boolean {
  return renderer instanceof FallbackRenderer;
}

/** Counts how often the graphics card was lost: once it is used anew, at the second time soon after no more. */
export class Losses {
  private last = -Infinity;

  /** Whether WebGL is to be given up, now that it was lost. */
  another(): boolean {
    const again = performance.now() - this.last < SOON;
    this.last = performance.now();
    return again;
  }
}
