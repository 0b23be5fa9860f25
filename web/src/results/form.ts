/** The small form above a view: which column stands where. */

import { h } from "../dom";
import { t } from "../i18n/strings";
import type { Column } from "./columns";
import type { Stage } from "./view";

export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly among: readonly (readonly [value: string, label: string])[];
}

/** Selects in a row; those with one choice only are left out. A `null` is no choice at all. */
export function form(stage: Stage, choices: readonly (Choice | null)[]): HTMLElement {
  const asked = choices.filter((each) => each !== null).filter(({ among }) => among.length > 1);
  return h(
    "form",
    { class: "result-form", onsubmit: (event: Event) => event.preventDefault(), hidden: asked.length === 0 },
    ...asked.map(({ key, label, value, among }) => {
      const select = h(
        "select",
        { name: key, "data-key": key },
        ...among.map(([each, text]) => h("option", { value: each, selected: each === value }, text)),
      );
      select.addEventListener("change", () => stage.change({ ...stage.options, [key]: select.value }, true));
      return h("label", {}, h("span", {}, label), select);
    }),
  );
}

/** Columns to choose from; `none` leads where none may be chosen. */
export function among(columns: readonly Column[], none?: string): readonly (readonly [string, string])[] {
  const found = columns.map(({ name }) => [name, name] as const);
  return none === undefined ? found : [["", none], ...found];
}

/** The column that was chosen, else the usual one; "-" and unknown names are nobody's. */
export function column(stage: Stage, key: string, columns: readonly Column[], usual: Column | undefined): Column | undefined {
  const name = stage.options[key];
  if (name === undefined) return usual;
  return columns.find((each) => each.name === name) ?? (name === NONE ? undefined : usual);
}

/** Stands in a link for "no column", which is not the same as no choice. */
export const NONE = "-";

/** A sentence below a view: what was left out, and how values came together. */
export function notes(...told: readonly (string | null | false)[]): HTMLElement | null {
  const said = told.filter((each): each is string => Boolean(each));
  return said.length > 0 ? h("p", { class: "result-note" }, said.join(" ")) : null;
}

/** What stands in the place of a picture that cannot be drawn. */
export function unfit(reason: string): HTMLElement {
  return h("p", { class: "result-unfit", role: "note" }, reason);
}

/** The sentence about solutions that the server did not send. */
export function cutNote(cut: number | null): string | null {
  return cut === null ? null : t("results.cut", { count: cut });
}
