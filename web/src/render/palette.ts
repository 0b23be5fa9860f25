/** The colours of the drawing, as the style sheet says them for light and for dark. */

export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly accent: string;
  readonly classes: readonly string[];
  tone(tone: string): string;
}

const PLAIN = "#888888";

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const tones = new Map<string, string>();
  const read = (name: string): string => style.getPropertyValue(name).trim() || PLAIN;
  return {
    paper: read("--paper"),
    ink: read("--ink"),
    soft: read("--ink-soft"),
    accent: read("--accent"),
    classes: Array.from({ length: 10 }, (_, index) => read(`--class-${index}`)),
    tone: (tone) => {
      const known = tones.get(tone) ?? read(`--tone-${tone}`);
      tones.set(tone, known);
      return known;
    },
  };
}

/** `color` with `share` (0 to 1) of it left over `paper`; both "#rrggbb". */
export function faded(color: string, paper: string, share: number): string {
  const part = (text: string, at: number): number => Number.parseInt(text.slice(at, at + 2), 16) || 0;
  const mixed = [1, 3, 5].map((at) =>
    Math.round(part(color, at) * share + part(paper, at) * (1 - share))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${mixed.join("")}`;
}
