/** <triplary-workbench>: asks SPARQL and shows the answer as a table, or as Turtle. */

import { ask, isAbort, namedQueries, Problem } from "../api/client";
import type { Binding, NamedQuery, SparqlResults } from "../api/contract";
import { fill, h, safeLink } from "../dom";
import { language, number, t } from "../i18n/strings";

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const FORMATS = {
  csv: "text/csv",
  json: "application/sparql-results+json",
  xml: "application/sparql-results+xml",
  ttl: "text/turtle",
  jsonld: "application/ld+json",
  nt: "application/n-triples",
} as const;
const ROWS_DRAWN = 1000;
const IDS = "https://w3id.org/triplary/id/";
const PREFIXES: readonly (readonly [string, string])[] = [
  [IDS, ""],
  ["https://w3id.org/triplary/ontology#", ":"],
  ["https://w3id.org/triplary/graph/", "graph:"],
  ["https://w3id.org/triplary/claim/", "claim:"],
  ["http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"],
  ["http://www.w3.org/2000/01/rdf-schema#", "rdfs:"],
  ["http://www.w3.org/2004/02/skos/core#", "skos:"],
  ["http://purl.org/dc/terms/", "dcterms:"],
  ["http://www.w3.org/2001/XMLSchema#", "xsd:"],
];

function short(iri: string): string {
  for (const [base, prefix] of PREFIXES) {
    if (iri.startsWith(base)) return prefix + iri.slice(base.length);
  }
  return iri;
}

function isNumber(binding: Binding | undefined): boolean {
  return /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/.test(binding?.datatype ?? "");
}

export class WorkbenchElement extends HTMLElement {
  private aborter = new AbortController();
  private readonly leaving = new AbortController();
  private readonly result = h("section", { class: "result", "aria-live": "polite", "aria-label": t("workbench.result") });
  private editor!: HTMLTextAreaElement;
  private run!: HTMLButtonElement;

  /** The form is in the page already: it works without this script too. */
  connectedCallback(): void {
    const form = this.querySelector("form");
    const editor = this.querySelector("textarea");
    const run = this.querySelector<HTMLButtonElement>("button[type=submit]");
    if (!form || !editor || !run) return;
    this.editor = editor;
    this.run = run;
    this.append(this.result);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask(true);
    });
    editor.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        void this.ask(true);
      }
    });
    window.addEventListener("popstate", () => this.fromUrl(), { signal: this.leaving.signal });
    this.fromUrl();
    void this.examples();
  }

  disconnectedCallback(): void {
    this.aborter.abort();
    this.leaving.abort();
  }

  private fromUrl(): void {
    const query = new URLSearchParams(location.search).get("query");
    if (!query) return;
    this.editor.value = query;
    void this.ask(false);
  }

  private async examples(): Promise<void> {
    const list = this.querySelector(".examples");
    if (!list) return;
    try {
      const queries = await namedQueries(language(), this.leaving.signal);
      fill(list, ...queries.map((query) => h("li", {}, this.example(query))));
    } catch (error) {
      if (!isAbort(error)) fill(list, h("li", { class: "quiet" }, t("workbench.no_examples")));
    }
  }

  private example(named: NamedQuery): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: "link",
        onclick: () => {
          this.editor.value = named.text.trim();
          void this.ask(true);
        },
      },
      named.title || named.name,
    );
  }

  private async ask(push: boolean): Promise<void> {
    const query = this.editor.value;
    if (!query.trim()) return;
    this.aborter.abort();
    this.aborter = new AbortController();
    if (push) {
      const here = new URL(location.href);
      here.searchParams.set("query", query);
      if (here.href !== location.href) history.pushState(null, "", here);
    }
    this.run.setAttribute("aria-busy", "true");
    fill(this.result, h("p", { class: "quiet" }, t("workbench.running")));
    const began = performance.now();
    try {
      const answer = await ask("/sparql", {
        method: "POST",
        headers: { accept: ACCEPT, "content-type": "application/sparql-query" },
        body: query,
        signal: this.aborter.signal,
      });
      const kind = answer.headers.get("content-type") ?? "";
      const body = await answer.text();
      const seconds = (performance.now() - began) / 1000;
      if (kind.includes("json")) this.table(JSON.parse(body) as SparqlResults, query, seconds);
      else this.turtle(body, query, seconds);
    } catch (error) {
      if (!isAbort(error)) this.fail(error);
    } finally {
      this.run.removeAttribute("aria-busy");
    }
  }

  private table(results: SparqlResults, query: string, seconds: number): void {
    if (results.boolean !== undefined) {
      fill(this.result, h("p", { class: "answer" }, results.boolean ? t("workbench.yes") : t("workbench.no")));
      return;
    }
    const columns = results.head.vars ?? [];
    const rows = results.results?.bindings ?? [];
    const drawn = rows.slice(0, ROWS_DRAWN);
    const told = t("workbench.rows", { count: rows.length, seconds: seconds.toFixed(2) });
    fill(
      this.result,
      h(
        "div",
        { class: "result-head" },
        h("h2", {}, told),
        rows.some((row) => Object.values(row).some((each) => each.type === "uri")) && this.draw(query),
        this.downloads(query, ["csv", "json", "xml"]),
      ),
      rows.length > drawn.length &&
        h("p", { class: "quiet" }, t("details.shown", { shown: drawn.length, total: rows.length })),
      h(
        "div",
        { class: "table", tabindex: "0", role: "region", "aria-label": told },
        h(
          "table",
          {},
          h(
            "thead",
            {},
            h("tr", {}, ...columns.map((name) => h("th", { scope: "col", class: isNumber(rows[0]?.[name]) && "is-number" }, name))),
          ),
          h(
            "tbody",
            {},
            ...drawn.map((row) => h("tr", {}, ...columns.map((name) => this.cell(row[name])))),
          ),
        ),
      ),
    );
  }

  private cell(binding: Binding | undefined): HTMLElement {
    if (!binding) return h("td", { class: "is-unbound" });
    if (binding.type === "uri") {
      const address = binding.value.startsWith(IDS)
        ? `/entity/${binding.value.slice(IDS.length)}`
        : `/entity/${encodeURIComponent(binding.value)}`;
      return h("td", {}, h("a", { href: safeLink(address), title: binding.value }, short(binding.value)));
    }
    const tag = binding["xml:lang"];
    return h(
      "td",
      { class: isNumber(binding) && "is-number", lang: tag },
      binding.value,
      tag && h("span", { class: "tag" }, ` @${tag}`),
    );
  }

  private turtle(body: string, query: string, seconds: number): void {
    fill(
      this.result,
      h(
        "div",
        { class: "result-head" },
        h("h2", {}, t("workbench.graph", { seconds: seconds.toFixed(2), size: number(body.length) })),
        this.draw(query),
        this.downloads(query, ["ttl", "jsonld", "nt"]),
      ),
      h("pre", { tabindex: "0" }, body),
    );
  }

  /** The way to the explorer, which draws what the query found. */
  private draw(query: string): HTMLElement {
    const asked = new URLSearchParams({ query });
    const here = new URLSearchParams(location.search).get("language");
    if (here) asked.set("language", here);
    return h("a", { class: "button", href: `/?${asked}` }, t("workbench.draw"));
  }

  private downloads(query: string, formats: readonly (keyof typeof FORMATS)[]): HTMLElement {
    return h(
      "p",
      { class: "downloads" },
      t("workbench.download"),
      ...formats.flatMap((format) => [
        " ",
        h(
          "button",
          { type: "button", class: "link", onclick: () => void this.download(query, format) },
          format.toUpperCase(),
        ),
      ]),
    );
  }

  private async download(query: string, format: keyof typeof FORMATS): Promise<void> {
    try {
      const answer = await ask("/sparql", {
        method: "POST",
        headers: { accept: FORMATS[format], "content-type": "application/sparql-query" },
        body: query,
        signal: this.leaving.signal,
      });
      const file = URL.createObjectURL(await answer.blob());
      h("a", { href: file, download: `triplary.${format}` }).click();
      URL.revokeObjectURL(file);
    } catch (error) {
      if (!isAbort(error)) this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const problem = error instanceof Problem ? error : null;
    fill(
      this.result,
      h(
        "div",
        { class: "problem", role: "alert", lang: language() === "en" ? null : "en" },
        h("p", { class: "problem-title" }, problem?.message || t("error.network")),
        problem?.line != null &&
          h("p", {}, t("workbench.place", { line: problem.line, column: problem.column ?? 1 })),
        problem?.hint ? h("p", { class: "hint" }, problem.hint) : null,
      ),
    );
    if (problem?.line != null) this.point(problem.line, problem.column ?? 1);
  }

  /** Put the cursor where the fault is. */
  private point(line: number, column: number): void {
    const lines = this.editor.value.split("\n");
    const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const at = before + Math.max(column - 1, 0);
    this.editor.focus();
    this.editor.setSelectionRange(at, Math.max(at, before + (lines[line - 1]?.length ?? 0)));
  }
}

customElements.define("triplary-workbench", WorkbenchElement);
