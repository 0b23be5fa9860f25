/** A chart as a file that needs nothing else: colours and fonts stand in it. */

import { h } from "../../dom";
import type { Ink } from "./palette";

const SVG = "http://www.w3.org/2000/svg";
/** Pixels of the PNG for each of the page. */
const DENSITY = 2;
const MARGIN = 16;

/** The text of an SVG file: on its ground, with a margin, its words in the reader's own sans-serif. */
export function svgText(chart: SVGSVGElement, ink: Ink): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const [width, height] = [Number(copy.getAttribute("width")) + 2 * MARGIN, Number(copy.getAttribute("height")) + 2 * MARGIN];
  for (const [name, value] of Object.entries({ width, height, viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}`, color: ink.ink })) {
    copy.setAttribute(name, String(value));
  }
  for (const name of ["class", "role", "aria-labelledby"]) copy.removeAttribute(name);
  const ground = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x: -MARGIN, y: -MARGIN, width, height, fill: ink.paper })) ground.setAttribute(name, String(value));
  copy.querySelector("desc")?.after(ground);
  return new XMLSerializer().serializeToString(copy).replaceAll("currentColor", ink.ink);
}

export async function download(chart: SVGSVGElement, kind: "svg" | "png", ink: Ink): Promise<void> {
  const text = svgText(chart, ink);
  const blob = kind === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await png(text);
  const file = URL.createObjectURL(blob);
  h("a", { href: file, download: `triplary-chart.${kind}` }).click();
  // a browser may read the file after the click is over
  window.setTimeout(() => URL.revokeObjectURL(file), 10_000);
}

async function png(text: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = h("canvas", { width: image.naturalWidth * DENSITY, height: image.naturalHeight * DENSITY });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
}
