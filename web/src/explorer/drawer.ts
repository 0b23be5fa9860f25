/** Whatever can draw in this browser: WebGL, else the server's still drawing. */

import { FallbackRenderer } from "../render/fallback";
import type { Listener, Renderer } from "../render/renderer";
import { canDraw, SigmaRenderer } from "../render/sigma";

/** `still` is the address of the server's drawing. */
export function drawerOn(canvas: HTMLElement, listener: Listener, still: () => string): Renderer {
  if (canDraw()) {
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
