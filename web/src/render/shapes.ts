/** The shapes of nodes, as view/style.py names and draws them. */

export const SHAPES = [
  "circle",
  "square",
  "diamond",
  "triangle",
  "hexagon",
  "star",
  "triangle-down",
  "pentagon",
  "plus",
  "octagon",
] as const;

/** How large a pictogram is in each shape of size 1, and how far below its middle, as view/icons.py has it. */
const SEATS: Readonly<Record<string, readonly [side: number, below: number]>> = {
  circle: [1.3, 0],
  square: [1.4, 0],
  diamond: [1.2, 0],
  triangle: [1.04, 0.13],
  hexagon: [1.3, 0],
  star: [1.06, 0.03],
  "triangle-down": [1.04, -0.13],
  pentagon: [1.24, 0.03],
  plus: [0.95, 0],
  octagon: [1.36, 0],
};

export function seat(shape: string): readonly [side: number, below: number] {
  return SEATS[shape] ?? [1, 0];
}

const SVG = "http://www.w3.org/2000/svg";

function ring(corners: number, radius: number, turn: number, inner = radius): string {
  const count = inner === radius ? corners : corners * 2;
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count - Math.PI / 2 + turn;
    const reach = index % 2 && inner !== radius ? inner : radius;
    return `${(reach * Math.cos(angle)).toFixed(2)},${(reach * Math.sin(angle)).toFixed(2)}`;
  }).join(" ");
}

const PLUS = "-.38,-1 .38,-1 .38,-.38 1,-.38 1,.38 .38,.38 .38,1 -.38,1 -.38,.38 -1,.38 -1,-.38 -.38,-.38";

const CORNERS: Readonly<Record<string, string>> = {
  square: ring(4, 1.25, Math.PI / 4),
  diamond: ring(4, 1.25, 0),
  triangle: ring(3, 1.35, 0),
  hexagon: ring(6, 1.1, 0),
  star: ring(5, 1.4, 0, 0.7),
  "triangle-down": ring(3, 1.35, Math.PI),
  pentagon: ring(5, 1.15, 0),
  plus: PLUS,
  octagon: ring(8, 1.05, Math.PI / 8),
};

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** A small drawing of a class's shape in its colour, with its pictogram (24 by 24) where it has one; it says nothing to a screen reader. */
export function shapeSwatch(shape: string, color: number, pictogram = ""): SVGElement {
  const swatch = element("svg", {
    viewBox: "-1.5 -1.5 3 3",
    class: `swatch class-${Math.min(Math.max(color, 0), 9)}`,
    "aria-hidden": "true",
  });
  const corners = CORNERS[shape];
  swatch.append(corners ? element("polygon", { points: corners }) : element("circle", { r: "1" }));
  if (pictogram) swatch.append(element("path", { d: pictogram, class: "pictogram", transform: "translate(-.66 -.66) scale(.055)" }));
  return swatch;
}

/** A small drawing of a verdict's line. */
export function lineSwatch(line: {
  readonly dash: readonly number[];
  readonly width: number;
  readonly tone: string;
  readonly marks: string;
}): SVGElement {
  const swatch = element("svg", { viewBox: "0 0 34 10", class: `line tone-${line.tone}`, "aria-hidden": "true" });
  swatch.append(
    element("line", {
      x1: "1",
      y1: "5",
      x2: "33",
      y2: "5",
      "stroke-width": String(line.width),
      "stroke-dasharray": line.dash.join(" "),
    }),
  );
  if (line.marks) {
    swatch.append(element("path", { d: "M6 1.5l7 7m0-7l-7 7M21 1.5l7 7m0-7l-7 7", "stroke-width": "1.4" }));
  }
  return swatch;
}
