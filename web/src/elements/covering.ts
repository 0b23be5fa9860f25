/** What lies over the drawing: the legend on a wide screen, the sheet on a narrow one. The drawing keeps off both. */

import type { Renderer } from "../render/renderer";

export class Covering {
  private readonly watching = new ResizeObserver((entries) => {
    if (entries.some(({ target }) => target === this.panel)) this.grown();
    this.keepFree();
  });
  private height = 0;

  constructor(
    private readonly canvas: HTMLElement,
    private readonly title: HTMLElement,
    private readonly legend: HTMLElement,
    private readonly panel: HTMLElement,
    private readonly narrow: MediaQueryList,
    private readonly renderer: () => Renderer | null,
  ) {}

  watch(): void {
    this.watching.observe(this.legend);
    this.watching.observe(this.panel);
  }

  stop(): void {
    this.watching.disconnect();
  }

  /** Title and legend stand on the picture's ground: the drawing keeps off them where there is room. */
  keepFree(): void {
    const box = this.legend.querySelector("details[open]")?.getBoundingClientRect();
    const title = this.title.getBoundingClientRect().bottom - this.canvas.getBoundingClientRect().top;
    this.renderer()?.keepFree(title, box && !this.narrow.matches ? box.height : 0);
  }

  /** What is selected is to be seen, above the sheet that speaks of it. */
  reveal(): void {
    const { bottom } = this.canvas.getBoundingClientRect();
    this.renderer()?.reveal(this.narrow.matches ? Math.max(0, bottom - this.panel.getBoundingClientRect().top) : 0);
  }

  /** A sheet that rises pushes what is selected before it. */
  private grown(): void {
    const height = this.panel.getBoundingClientRect().height;
    if (this.narrow.matches && height > this.height) this.reveal();
    this.height = height;
  }
}
