/** What the query found as a drawing of the server, and the way to the explorer. */

import { ask, isAbort, Problem } from "../../api/client";
import { h } from "../../dom";
import { language, t } from "../../i18n/strings";
import { still } from "../../render/still";
import { tableOf } from "../columns";
import { unfit } from "../form";
import type { Result } from "../result";
import type { Stage } from "../view";

/** Nodes of the preview: what a reader can still tell apart; the explorer draws more. */
const NODES = 60;
/** Longer addresses are refused on the way by some servers. */
const LONGEST = 7_000;

export async function graph({ shown, signal }: Stage): Promise<HTMLElement> {
  const asked = new URLSearchParams({ query: shown.query, language: language() });
  const way = h("a", { class: "button", href: `/?${kept(shown.query)}` }, t("results.explore"));
  if (String(asked).length > LONGEST) return h("div", { class: "result-stack" }, unfit(t("results.long")));
  try {
    asked.set("limit", String(NODES));
    const answer = await ask(`/api/graph.svg?${asked}`, { signal });
    const drawing = still(await answer.text());
    if (!drawing) return unfit(t("error.network"));
    drawing.setAttribute("class", "result-network");
    return h("div", { class: "result-stack" }, h("p", { class: "result-way" }, way, h("span", { class: "quiet" }, told(shown.result))), drawing);
  } catch (error) {
    if (isAbort(error)) throw error;
    const told = error instanceof Problem && error.message ? error.message : t("error.network");
    return unfit(error instanceof Problem && error.hint ? `${told} ${error.hint}` : told);
  }
}

/** How much of the result the preview can hold at most. */
function told(result: Result): string {
  const { columns, rows } = tableOf(result);
  const places = columns.filter(({ index }) => result.kind === "solutions" || index !== 1).map(({ index }) => index);
  const found = new Set<string>();
  for (const row of rows) for (const index of places) if (row[index]?.type === "uri") found.add(row[index].value);
  return found.size > NODES ? t("results.preview", { count: NODES, total: found.size }) : t("results.preview_all");
}

/** The explorer's address: the query, and the language where the reader chose one. */
function kept(query: string): string {
  const asked = new URLSearchParams({ query });
  const chosen = new URLSearchParams(location.search).get("language");
  if (chosen) asked.set("language", chosen);
  return String(asked);
}
