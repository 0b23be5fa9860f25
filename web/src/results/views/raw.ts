/** What the server sends, letter by letter, in a format that one chooses. */

import { ask, isAbort, Problem } from "../../api/client";
import { h } from "../../dom";
import { t } from "../../i18n/strings";
import { form, notes } from "../form";
import { chosen } from "../options";
import { toClipboard } from "../table/clip";
import type { Stage } from "../view";

const SOLUTIONS = {
  json: "application/sparql-results+json",
  xml: "application/sparql-results+xml",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
} as const;
const TRIPLES = {
  ttl: "text/turtle",
  nt: "application/n-triples",
  jsonld: "application/ld+json",
  rdf: "application/rdf+xml",
} as const;
const TITLES: Readonly<Record<string, string>> = {
  json: "JSON", xml: "XML", csv: "CSV", tsv: "TSV", ttl: "Turtle", nt: "N-Triples", jsonld: "JSON-LD", rdf: "RDF/XML",
}; // prettier-ignore
const LETTERS_MOST = 500_000;

export async function raw(stage: Stage): Promise<HTMLElement> {
  const { result, query } = stage.shown;
  const media: Readonly<Record<string, string>> = result.kind === "graph" ? TRIPLES : result.kind === "boolean" ? { json: SOLUTIONS.json, xml: SOLUTIONS.xml } : SOLUTIONS;
  const formats = Object.keys(media);
  const format = chosen(stage.options, "format", formats, formats[0] ?? "json");
  const choice = { key: "format", label: t("results.format"), value: format, among: formats.map((each) => [each, TITLES[each] ?? each] as const) };
  const pane = h("pre", { tabindex: "0", "aria-label": t("results.raw_label", { format: TITLES[format] ?? format }) });
  const box = h("div", { class: "result-stack" }, form(stage, [choice]), pane);
  try {
    const text = await body(query, media[format] ?? "", stage);
    pane.textContent = text.slice(0, LETTERS_MOST);
    const copy = h("button", { type: "button", class: "button", onclick: () => void toClipboard(text) }, t("results.copy"));
    const told = text.length > LETTERS_MOST ? t("results.letters", { shown: LETTERS_MOST, total: text.length }) : null;
    for (const each of [notes(told), h("p", {}, copy)]) if (each) box.append(each);
  } catch (error) {
    if (isAbort(error)) throw error;
    pane.textContent = error instanceof Problem && error.message ? error.message : t("error.network");
  }
  return box;
}

/** Turtle came with the result; other formats are asked for again. */
async function body(query: string, accept: string, { shown, signal }: Stage): Promise<string> {
  if (shown.result.kind === "graph" && accept === TRIPLES.ttl && shown.result.text) return shown.result.text;
  const answer = await ask("/sparql", {
    method: "POST",
    headers: { accept, "content-type": "application/sparql-query" },
    body: query,
    signal,
  });
  return answer.text();
}
