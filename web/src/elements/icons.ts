/** The signs of the buttons, drawn as lines on a 20 by 20 grid; they say nothing to a screen reader. */

import { h } from "../dom";

const LINES = {
  open: "M10 6.6V2.5M10 13.4v4.1M6.6 10H2.5M13.4 10h4.1M10 7.2a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 1 1 0-5.6",
  hide: "M3 3l14 14M8.2 5a8 8 0 0 1 9.3 5a9.5 9.5 0 0 1-1.9 3M5.2 6.7A9.5 9.5 0 0 0 2.5 10a8 8 0 0 0 10 4.7M8.1 8.2a2.7 2.7 0 0 0 3.7 3.8",
  pin: "M7 2.8h6M8 2.8l-.5 6L5 11.5h10L12.5 8.8l-.5-6M10 11.5v6",
  menu: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  copy: "M7 7h9.5v9.5H7zM4 13H3.5V3.5H13V4",
  close: "M5 5l10 10M15 5L5 15",
  previous: "M12.5 4L6.5 10l6 6",
  next: "M7.5 4l6 6-6 6",
  page: "M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5V6.5h4",
  avoid: "M10 2.8a7.2 7.2 0 1 1 0 14.4a7.2 7.2 0 1 1 0-14.4M5 5l10 10",
  must: "M4 10.5l4 4L16.5 5.5",
  outside: "M11 3.5h5.5V9M16.5 3.5l-7 7M13.5 11.5v5h-10v-10h5",
  undo: "M7.5 3.5L3.5 7.5l4 4M3.5 7.5h8a4.5 4.5 0 0 1 0 9H7",
  redo: "M12.5 3.5l4 4l-4 4M16.5 7.5h-8a4.5 4.5 0 0 0 0 9H13",
  filter: "M3 5h14M6 10h8M8.5 15h3",
  look: "M3 6h7M15 6h2M3 14h2M10 14h7M12.500 3.800a2.200 2.200 0 1 1 0 4.400a2.200 2.200 0 1 1 0-4.400M7.500 11.800a2.200 2.200 0 1 1 0 4.400a2.200 2.200 0 1 1 0-4.400",
  share: "M8.500 11.500l3-3M9.500 6l2-2a3.200 3.200 0 0 1 4.500 4.500l-2 2M10.500 14l-2 2A3.200 3.200 0 0 1 4 11.500l2-2",
  code: "M7.500 3.500c-2.500 0-1.500 2.500-1.500 4s-1 2.500-2 2.500c1 0 2 1 2 2.500s-1 4 1.500 4M12.500 3.500c2.500 0 1.500 2.500 1.500 4s1 2.500 2 2.500c-1 0-2 1-2 2.500s1 4-1.500 4",
  ask: "M5 12.600a2.400 2.400 0 1 1 0 4.800a2.400 2.400 0 1 1 0-4.800M15 2.600a2.400 2.400 0 1 1 0 4.800a2.400 2.400 0 1 1 0-4.800M6.700 13.300l2-2M11.300 8.700l2-2",
  keys: "M7.300 7.200a2.700 2.700 0 1 1 4.100 2.400c-.9.6-1.400 1.100-1.400 2.200M10 15.200h.01",
  fit: "M3.500 7.500v-4h4M12.500 3.500h4v4M16.500 12.500v4h-4M7.500 16.500h-4v-4",
  plus: "M10 4.500v11M4.500 10h11",
  minus: "M4.500 10h11",
  play: "M6.500 4l9 6l-9 6z",
  pause: "M7 4.500v11M13 4.500v11",
  fold: "M10 10L4 4M4 8V4h4M10 10l6 6M16 12v4h-4",
  others: "M10 6.800a3.200 3.200 0 1 1 0 6.400a3.200 3.200 0 1 1 0-6.400M3.500 3.500l2 2M16.500 3.500l-2 2M3.500 16.500l2-2M16.500 16.500l-2-2",
  leaves: "M3.500 10h13M12 5.500l4.500 4.500l-4.500 4.500",
  arrives: "M16.500 10h-13M8 5.500L3.500 10l4.500 4.500",
  compare: "M8 5a5 5 0 1 0 0 10a5 5 0 1 0 0-10M12 5a5 5 0 1 1 0 10a5 5 0 1 1 0-10",
} as const;

export type Icon = keyof typeof LINES;

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: Icon): SVGElement {
  const sign = document.createElementNS(SVG, "svg");
  sign.setAttribute("viewBox", "0 0 20 20");
  sign.setAttribute("class", "icon");
  sign.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", LINES[name]);
  sign.append(line);
  return sign;
}

/** A button that is a sign; its name is read out, and shown while the pointer rests on it. */
export function iconButton(
  name: Icon,
  label: string,
  act: (event: MouseEvent) => void,
  more: Readonly<Record<string, string | boolean>> = {},
): HTMLButtonElement {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: act, ...more }, icon(name));
}
