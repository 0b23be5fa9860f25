/** What a chart or a crossed table was asked for, with the usual where nothing was. */

import { t } from "../i18n/strings";
import type { ScaleKind } from "./charts/axes";
import { categories, type Column, isTime, measures } from "./columns";
import { among, type Choice, column, NONE } from "./form";
import { chosen } from "./options";
import { HOWS, type How } from "./series";
import type { Stage } from "./view";

const GROUPS_MOST = 12;
const ORDERED = /\border\s+by\s+(?:(?:desc|asc)\s*\(\s*)?\?(\w+)/i;

/** A column that parts the solutions into few groups. */
export function grouping({ table }: Stage, but: readonly (Column | undefined | null)[]): Column | undefined {
  const few = ({ distinct }: Column): boolean => distinct > 1 && distinct <= GROUPS_MOST && distinct * 3 <= table.rows.length;
  return categories(table).find((each) => !but.includes(each) && !isTime(each) && few(each));
}

export function choice(key: string, column: Column | undefined | null, columns: readonly Column[], none?: string): Choice {
  const listed = among(columns);
  return {
    key,
    label: t(`results.ask_${key}`),
    value: column?.name ?? NONE,
    among: none === undefined ? listed : [[NONE, none] as const, ...listed],
  };
}

/** The number that the query orders by, for it is what the query is after; else the first. */
export function measure({ shown, table }: Stage, but: readonly (Column | undefined)[]): Column | undefined {
  const numbers = measures(table).filter((each) => !but.includes(each));
  const ordered = ORDERED.exec(shown.query)?.[1];
  return numbers.find(({ name }) => name === ordered) ?? numbers[0];
}

export interface Weighed {
  readonly category: Column;
  /** null: solutions are counted. */
  readonly value: Column | null;
  readonly group: Column | null;
  readonly how: How;
}

/** Category, value, colour and how several come together: what bars and slices are asked. */
export function weighed(stage: Stage): Weighed {
  const all = categories(stage.table);
  const named = all.find((each) => !isTime(each)) ?? all[0];
  const category = column(stage, "category", all, named) ?? (all[0] as Column);
  const numbers = measures(stage.table).filter((each) => each !== category);
  const value = column(stage, "value", numbers, measure(stage, [category])) ?? null;
  const group = column(stage, "group", all.filter((each) => each !== category), grouping(stage, [category])) ?? null;
  return { category, value, group, how: chosen(stage.options, "how", HOWS, "sum") };
}

export function howChoice(how: How): Choice {
  return { key: "how", label: t("results.ask_how"), value: how, among: HOWS.map((each) => [each, t(`results.how_${each}`)] as const) };
}

export function scaleChoice(key: string, kind: ScaleKind, possible: boolean): Choice | null {
  if (!possible) return null;
  return { key, label: t(`results.ask_${key}`), value: kind, among: [["linear", t("results.linear")], ["log", t("results.log")]] };
}

export function mostChoice(most: number, steps: readonly number[], total: number): Choice | null {
  const offered = steps.filter((_, at) => at === 0 || (steps[at - 1] ?? 0) < total);
  return { key: "most", label: t("results.ask_most"), value: String(most), among: offered.map((each) => [String(each), String(each)] as const) };
}

/** What the measure is called: its variable, or how many solutions there are. */
export function measured(value: Column | null): string {
  return value?.name ?? t("results.count");
}

export function leftNote(left: number): string | null {
  return left > 0 ? t("results.left", { count: left }) : null;
}

export function othersNote(others: number): string | null {
  return others > 0 ? t("results.others_grey", { count: others }) : null;
}
