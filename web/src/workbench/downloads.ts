/** The result as a file: the server writes it in the format that is wanted, whole, up to its own limit. */

import { ask, isAbort } from "../api/client";
import { fill, h } from "../dom";
import { t } from "../i18n/strings";
import type { Result, Term } from "../results/result";
import { save } from "./files";
import { curie } from "./prefixes";

export interface Downloadable {
  readonly query: string;
  readonly result: Result;
  readonly prefixes: ReadonlyMap<string, string>;
}

interface Format {
  readonly label: string;
  readonly suffix: string;
  readonly type: string;
  /** Where it is not /sparql that writes it. */
  readonly address?: string;
}

const ROWS: readonly Format[] = [
  { label: "CSV", suffix: "csv", type: "text/csv" },
  { label: "TSV", suffix: "tsv", type: "text/tab-separated-values" },
  { label: "JSON", suffix: "json", type: "application/sparql-results+json" },
  { label: "XML", suffix: "xml", type: "application/sparql-results+xml" },
  { label: "Excel", suffix: "xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", address: "/api/excel" },
];
const YES_NO: readonly Format[] = ROWS.filter(({ suffix }) => suffix === "json" || suffix === "xml");
const GRAPHS: readonly Format[] = [
  { label: "Turtle", suffix: "ttl", type: "text/turtle" },
  { label: "N-Triples", suffix: "nt", type: "application/n-triples" },
  { label: "JSON-LD", suffix: "jsonld", type: "application/ld+json" },
  { label: "RDF/XML", suffix: "rdf", type: "application/rdf+xml" },
];
const CAPSULE: Format = { label: "", suffix: "zip", type: "application/zip", address: "/api/capsule" };
const KINDS = { solutions: ROWS, boolean: YES_NO, graph: GRAPHS } as const;

export class Downloads {
  readonly element = h("details", { class: "drop downloads" });
  readonly told = h("span", { class: "quiet", role: "status" });
  private asking = new AbortController();

  constructor() {
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.element.open) return;
      event.stopPropagation();
      this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !this.element.contains(event.target)) this.element.open = false;
    });
  }

  show(of: Downloadable): void {
    this.told.textContent = "";
    const formats = KINDS[of.result.kind];
    fill(
      this.element,
      h("summary", { class: "button" }, t("workbench.download")),
      h(
        "ul",
        { class: "drop-list" },
        ...formats.map((format) => this.row(format.label, () => this.fetch(of.query, format))),
        of.result.kind === "solutions" && this.row("Markdown", () => save("triplary.md", new Blob([markdown(of)], { type: "text/markdown" }))),
        this.row(t("capsule.title"), () => this.fetch(of.query, CAPSULE), t("capsule.about")),
      ),
    );
  }

  private row(label: string, act: () => void | Promise<void>, title = ""): HTMLElement {
    const chosen = (): void => {
      this.close();
      void act();
    };
    return h("li", {}, h("button", { type: "button", title: title || null, onclick: chosen }, label));
  }

  private close(): void {
    this.element.open = false;
    this.element.querySelector("summary")?.focus();
  }

  private async fetch(query: string, { suffix, type, address }: Format): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    this.told.textContent = t("download.making");
    try {
      const answer = await ask(address ?? "/sparql", {
        method: "POST",
        headers: { accept: type, "content-type": address ? "application/json" : "application/sparql-query" },
        body: address ? JSON.stringify({ query }) : query,
        signal: this.asking.signal,
      });
      const whole = await answer.blob();
      save(`triplary.${suffix}`, whole);
      const cut = answer.headers.get("triplary-cut") === "true";
      this.told.textContent = cut ? t("download.cut", { count: Number(answer.headers.get("triplary-rows")) }) : t("download.done");
    } catch (error) {
      if (isAbort(error)) return;
      // an answer that can't say that it was cut breaks off instead
      this.told.textContent = error instanceof TypeError ? t("download.broken") : error instanceof Error && error.message ? error.message : t("error.network");
    }
  }
}

/** The rows that the page has, as a table of GitHub's Markdown. */
export function markdown({ result, prefixes }: Downloadable): string {
  if (result.kind !== "solutions") return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rows = result.rows.map((row) => line(row.map((term) => cell(term, prefixes))));
  const cut = result.cut === null ? [] : ["", t("download.cut", { count: result.rows.length })];
  return `${[line(result.variables), line(result.variables.map(() => "---")), ...rows, ...cut].join("\n")}\n`;
}

function cell(term: Term | null, prefixes: ReadonlyMap<string, string>): string {
  if (!term) return "";
  const text = term.type === "uri" ? (curie(term.value, prefixes) ?? term.value) : term.value;
  return text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "\\<").replace(/\s*\r?\n\s*/g, " ");
}
