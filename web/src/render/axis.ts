/** The axis of a timeline, on a layer of its own below everything else: its line, its dates, a faint line up from each. */

import type { View } from "../api/contract";
import { t } from "../i18n/strings";
import type { Frame } from "./framing";
import type { Palette } from "./palette";

const BEYOND = 12;
const GAP = 6;
const FONT = "11px system-ui, sans-serif";

type Axis = NonNullable<View["axis"]>;

export class AxisLayer {
  private axis: Axis | null = null;
  private ends: readonly [number, number] = [0, 0];
  private readonly context: CanvasRenderingContext2D | null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext("2d");
  }

  show(view: View): void {
    this.axis = view.axis;
    const dated = view.nodes.filter((node) => node.begins).map((node) => node.x);
    const all = [...dated, ...(view.axis?.ticks ?? []).map((tick) => tick.x)];
    this.ends = [Math.min(...all) - BEYOND, Math.max(...all) + BEYOND];
  }

  /** Draw it, where the picture has one; the dates that found room. */
  draw(frame: Frame, palette: Palette): readonly string[] {
    const { context, canvas } = this;
    if (!context) return [];
    const fine = window.devicePixelRatio || 1;
    const size = [Math.round(frame.width * fine), Math.round(frame.height * fine)] as const;
    if (canvas.width !== size[0]) canvas.width = size[0];
    if (canvas.height !== size[1]) canvas.height = size[1];
    context.setTransform(fine, 0, 0, fine, 0, 0);
    context.clearRect(0, 0, frame.width, frame.height);
    return this.axis ? this.write(context, frame, palette, this.axis) : [];
  }

  private write(context: CanvasRenderingContext2D, frame: Frame, palette: Palette, axis: Axis): string[] {
    // the View's y grows downwards, sigma's upwards
    const [top, bottom] = [frame.y(-axis.top), frame.y(-axis.bottom)];
    context.strokeStyle = palette.tone("edge");
    context.lineWidth = 1;
    context.globalAlpha = 0.25;
    context.beginPath();
    for (const { x } of axis.ticks) {
      context.moveTo(frame.x(x), top);
      context.lineTo(frame.x(x), bottom);
    }
    context.stroke();
    context.globalAlpha = 1;
    context.beginPath();
    let from = frame.x(this.ends[0]);
    for (const [a, b] of axis.breaks) {
      const middle = frame.x((a + b) / 2);
      context.moveTo(from, bottom);
      context.lineTo(middle - 4, bottom);
      for (const aside of [-7, 1]) {
        context.moveTo(middle + aside, bottom + 5);
        context.lineTo(middle + aside + 6, bottom - 5);
      }
      from = middle + 4;
    }
    context.moveTo(from, bottom);
    context.lineTo(frame.x(this.ends[1]), bottom);
    context.stroke();
    return this.dates(context, frame, palette, axis, bottom);
  }

  /** The dates that find room, from the left, and how many nodes have none. */
  private dates(context: CanvasRenderingContext2D, frame: Frame, palette: Palette, axis: Axis, bottom: number): string[] {
    const written: string[] = [];
    context.font = FONT;
    context.fillStyle = palette.soft;
    context.textBaseline = "top";
    context.textAlign = "center";
    let free = -Infinity;
    for (const { x, date } of axis.ticks) {
      const half = context.measureText(date).width / 2;
      if (frame.x(x) - half < free) continue;
      context.fillText(date, frame.x(x), bottom + GAP);
      free = frame.x(x) + half + GAP;
      written.push(date);
    }
    context.textAlign = "left";
    if (axis.undated) context.fillText(t("stage.undated", { count: axis.undated }), frame.x(this.ends[0]), bottom + GAP + 16);
    return written;
  }
}
