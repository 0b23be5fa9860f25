/** <triplary-chips>: the filters that are set, above the picture, each with a way to take it off. */

import type { Facet, Facets } from "../api/contract";
import { fill, h } from "../dom";
import { filtered, isFiltered, type Kind, KINDS, listOf, UNFILTERED } from "../explorer/filtering";
import type { Actions, Panel, Scene } from "../explorer/scene";
import type { State } from "../explorer/state";
import { sideOf } from "../explorer/verdicts";
import { t } from "../i18n/strings";
import { dateWords } from "./asof";

interface Chip {
  readonly text: string;
  readonly off: Partial<State>;
}

const LISTS = { class: "classes", predicate: "predicates", graph: "graphs", verdict: "verdicts" } as const;

/** An entity's name in the URL as people write it. */
export function spoken(name: string): string {
  try {
    return decodeURIComponent(name).replaceAll("_", " ");
  } catch {
    return name.replaceAll("_", " ");
  }
}

export function chipsOf(state: State, facets: Facets): readonly Chip[] {
  const side = sideOf(state);
  const chips: Chip[] = KINDS.flatMap((kind) =>
    kind === "verdict" && side ? [] : listOf(state, kind).map((value) => ofValue(state, kind, value, facets[LISTS[kind]])),
  );
  if (side && side !== "all") chips.push({ text: t("chips.only", { value: t(`sides.${side}`) }), off: { verdicts: [] } });
  for (const range of state.ranges) {
    const about = facets.ranges.find((each) => each.name === range.property || each.property === range.property);
    const property = about?.label ?? range.property;
    const key = range.low && range.high ? "chips.range" : range.low ? "chips.range_low" : "chips.range_high";
    const text = t(key, { property, low: range.low, high: range.high });
    chips.push({ text, off: { ranges: state.ranges.filter((each) => each !== range) } });
  }
  if (state.asOf) chips.push({ text: t("chips.as_of", { date: dateWords(state.asOf) }), off: { asOf: "" } });
  const [first] = state.without;
  if (first !== undefined) {
    const count = state.without.length;
    const text = count === 1 ? t("chips.hidden_one", { name: spoken(first) }) : t("chips.hidden", { count });
    chips.push({ text, off: { without: [] } });
  }
  if (state.only.length) chips.push({ text: t("chips.only_these", { count: state.only.length }), off: { only: [] } });
  return chips;
}

function ofValue(state: State, kind: Kind, value: string, facets: readonly Facet[]): Chip {
  const bare = value.replace(/^-/, "");
  const label = facets.find((facet) => facet.name === bare || facet.value === bare)?.label ?? bare;
  const text = t(value.startsWith("-") ? "chips.without" : "chips.only", { value: label });
  return { text, off: filtered(state, kind, "", bare) };
}

export class ChipsElement extends HTMLElement implements Panel {
  actions!: Actions;
  /** Where the focus goes when the last chip is gone. */
  onempty: () => void = () => undefined;

  connectedCallback(): void {
    this.hidden = true;
  }

  show({ state, answer }: Scene): void {
    const chips = isFiltered(state) ? chipsOf(state, answer.facets) : [];
    const buttons = [...this.querySelectorAll("button")];
    const held = buttons.indexOf(document.activeElement as HTMLButtonElement);
    this.hidden = chips.length === 0;
    fill(
      this,
      h(
        "ul",
        { "aria-label": t("chips.label") },
        ...chips.map(({ text, off }) =>
          h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: "chip", title: t("chips.off", { filter: text }), onclick: () => this.actions.push(off) },
              h("span", {}, text),
              h("span", { class: "chip-off", "aria-hidden": "true" }, "×"),
              h("span", { class: "visually-hidden" }, ` ${t("chips.take_off")}`),
            ),
          ),
        ),
        chips.length > 1 &&
          h("li", {}, h("button", { type: "button", class: "link", onclick: () => this.actions.push(UNFILTERED) }, t("chips.clear"))),
      ),
    );
    if (held < 0) return;
    const left = [...this.querySelectorAll("button")];
    const next = left[Math.min(held, left.length - 1)];
    if (next) next.focus();
    else this.onempty();
  }
}

customElements.define("triplary-chips", ChipsElement);
