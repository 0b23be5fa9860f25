/** The result in sentences: for those who listen, and for pasting into a message. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { type Column, type Table, tableOf } from "../columns";
import { cutNote, notes } from "../form";
import type { Solution } from "../result";
import { Names } from "../terms";
import type { Stage } from "../view";
import { slices } from "./slice";
import { value } from "./value";

const SENTENCES = 100;

export function text(stage: Stage): HTMLElement {
  const { result } = stage.shown;
  if (result.kind === "boolean") return h("p", { class: "result-words" }, t(result.value ? "results.said_yes" : "results.said_no"));
  const table = tableOf(result);
  const names = new Names(stage.shown);
  const list = h("ol", { class: "result-sentences" });
  const more = slices(table.rows, SENTENCES, list, (row) => h("li", {}, ...sentence(row, table, names, result.kind === "graph")));
  return h("div", { class: "result-words" }, h("p", {}, summary(table, result.kind)), list, more, notes(cutNote(table.cut)));
}

/** What there is in all, before the first sentence. */
function summary({ columns, rows }: Table, kind: "solutions" | "graph"): string {
  const said = columns.map(({ name }) => name).join(t("results.comma"));
  return kind === "graph" ? t("results.triples", { count: rows.length }) : t("results.said_solutions", { count: rows.length, columns: said });
}

/** "Ernie Bot: released 16 Mar 2023, access Open weights." What is unbound is passed over. */
function sentence(row: Solution, table: Table, names: Names, triples: boolean): readonly (Node | string)[] {
  const said = table.columns.filter(({ index }) => row[index]);
  const parts = (column: Column): readonly (Node | string)[] => {
    const term = row[column.index];
    return term ? [value(term, names, column.year)] : [];
  };
  if (triples) return [...said.flatMap((column, at) => [at > 0 ? " " : "", ...parts(column)]), t("results.stop")];
  const [first, ...others] = said;
  const rest = others.filter((column) => !repeated(row, first, column, names));
  if (!first) return [t("results.said_nothing")];
  if (rest.length === 0) return [`${first.name}${t("results.colon")}`, ...parts(first), t("results.stop")];
  const told = rest.flatMap((column, at) => [at > 0 ? t("results.comma") : "", `${column.name} `, ...parts(column)]);
  return [...parts(first), t("results.colon"), ...told, t("results.stop")];
}

/** A name column beside the entity that is called so: who listens need not hear it twice. */
function repeated(row: Solution, first: Column | undefined, column: Column, names: Names): boolean {
  const [one, other] = [first && row[first.index], row[column.index]];
  return Boolean(one && other) && one?.type === "uri" && other?.type === "literal" && names.brief(one) === other.value;
}
