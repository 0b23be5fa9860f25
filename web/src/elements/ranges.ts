/** Filters by numbers and dates: two ends for each property, with the data's own ends as hints. */

import type { RangeFacet } from "../api/contract";
import { fill, h } from "../dom";
import { ranged } from "../explorer/filtering";
import type { Actions } from "../explorer/scene";
import type { State } from "../explorer/state";
import { language, number, t } from "../i18n/strings";

/** What people write behind a number instead of noughts. */
const NOUGHTS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, bn: 1e9, t: 1e12, 万: 1e4, 亿: 1e8, 万亿: 1e12 };
const NUMBER = /^(-?\d*\.?\d+(?:e[+-]?\d+)?)(k|m|bn?|t|万亿|万|亿)?$/i;
const DATE = /^-?\d{4,}(-\d\d(-\d\d)?)?$/;

interface Row {
  readonly element: HTMLElement;
  readonly low: HTMLInputElement;
  readonly high: HTMLInputElement;
  readonly problem: HTMLElement;
}

export class Ranges {
  readonly element = h("div", { class: "ranges" });
  private readonly rows = new Map<string, Row>();
  private state: State | null = null;

  constructor(private readonly actions: () => Actions) {}

  show(ranges: readonly RangeFacet[], state: State): void {
    this.state = state;
    const rows = ranges.map((range) => {
      const row = this.rows.get(range.property) ?? this.row(range);
      this.rows.set(range.property, row);
      const set = state.ranges.find((each) => each.property === range.name || each.property === range.property);
      this.fillEnd(row.low, range, range.low, set?.low ?? "");
      this.fillEnd(row.high, range, range.high, set?.high ?? "");
      return row.element;
    });
    // what stands there already is not moved: moving it would take its focus
    if (rows.length !== this.element.children.length || rows.some((row, place) => this.element.children[place] !== row)) {
      fill(this.element, ...rows);
    }
  }

  /** What is set, and else the data's own end as a hint: in short, and in full while the pointer rests on it. */
  private fillEnd(input: HTMLInputElement, { kind }: RangeFacet, end: string, set: string): void {
    const counts = kind === "number" && Number.isFinite(Number(end));
    input.placeholder = counts ? inShort(Number(end)) : end;
    input.title = counts ? number(Number(end)) : end;
    if (document.activeElement !== input) input.value = kind === "number" && Number.isSafeInteger(Number(set || NaN)) ? number(Number(set)) : set;
  }

  private row(range: RangeFacet): Row {
    const problem = h("p", { class: "range-problem", role: "alert", hidden: true });
    const input = (end: "low" | "high"): HTMLInputElement =>
      h("input", {
        type: "text",
        inputmode: range.kind === "number" ? "decimal" : "numeric",
        autocomplete: "off",
        "aria-label": t(`range.${end}`, { property: range.label }),
        onchange: () => this.set(range, row),
      });
    const row: Row = { element: h("fieldset", { class: "range", "data-property": range.name }), low: input("low"), high: input("high"), problem };
    fill(
      row.element,
      h("legend", {}, range.label),
      h("div", { class: "range-ends" }, row.low, h("span", { "aria-hidden": "true" }, "–"), row.high),
      problem,
    );
    return row;
  }

  private set(range: RangeFacet, { low, high, problem }: Row): void {
    const read = (input: HTMLInputElement): string | null => {
      const text = input.value.trim();
      const value = text && (range.kind === "number" ? readNumber(text) : DATE.test(text) ? text : null);
      input.setAttribute("aria-invalid", String(value === null));
      return value;
    };
    const ends = { low: read(low), high: read(high) };
    problem.hidden = ends.low !== null && ends.high !== null;
    problem.textContent = problem.hidden ? "" : t(`range.bad_${range.kind}`);
    if (ends.low === null || ends.high === null || !this.state) return;
    this.actions().push(ranged(this.state, { property: range.name, low: ends.low, high: ends.high }));
  }
}

/** "1,200", "5e9", "7B" or "3亿" as digits; null where it is no number. */
function readNumber(text: string): string | null {
  const [, digits, noughts = ""] = NUMBER.exec(text.replace(/[\s,]/g, "")) ?? [];
  return digits === undefined ? null : String(Number(digits) * (NOUGHTS[noughts.toLowerCase()] ?? 1));
}

function inShort(value: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(2).replace("+", "");
  return new Intl.NumberFormat(language(), { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}
