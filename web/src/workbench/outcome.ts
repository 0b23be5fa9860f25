/** What came of a run: the result in its view, with what can be done with it; or what went wrong. */

import { Problem } from "../api/client";
import { fill, h } from "../dom";
import { language, number, t } from "../i18n/strings";
import type { ResultElement } from "../results/element";
import { isViewName, type Result } from "../results/result";
import type { Outcome } from "./asking";
import { Clinic, type ClinicParts } from "./clinic";
import { Downloads } from "./downloads";
import { Link } from "./link";
import type { Opened } from "./address";
import { declared } from "./prefixes";
import { Programs } from "./programs";
import { labels } from "./research";

const SLOW_SECONDS = 5;
const LABELS_MOST = 2000;
const LABELS_WAIT = 700;
const KILLED: ReadonlySet<number> = new Set([500, 504]);

export interface OutcomeParts extends ClinicParts {
  now(): Opened;
  known(): ReadonlyMap<string, string>;
  viewed(view: string, options: string): void;
}

export class OutcomePanel {
  readonly element = h("section", { class: "result", "aria-label": t("workbench.result") });
  private readonly told = h("h2", { tabindex: "-1" });
  private readonly head: HTMLElement;
  private readonly tools: HTMLElement;
  private readonly draw = h("a", { class: "button" }, t("workbench.draw"));
  private readonly downloads = new Downloads();
  private readonly programs: Programs;
  private readonly clinic: Clinic;
  private readonly place = h("div", { class: "result-view" });
  private readonly alert = h("div", { class: "problem-place" });
  private view: ResultElement | null = null;
  private shown = 0;
  private query = "";

  constructor(private readonly parts: OutcomeParts) {
    this.programs = new Programs(() => this.query);
    this.clinic = new Clinic(parts);
    const link = new Link(() => parts.now());
    this.tools = h("p", { class: "result-tools" }, this.downloads.told);
    const tools = h("div", { class: "result-tools" }, this.draw, this.downloads.element, this.programs.button, link.element);
    this.head = h("div", { class: "result-head" }, this.told, tools, this.tools);
    this.clear();
    fill(this.element, this.alert, this.head, this.programs.element, this.clinic.element, this.place);
  }

  /** Nothing has been run. */
  clear(): void {
    this.shown += 1;
    this.alert.replaceChildren();
    this.clinic.clear();
    this.head.hidden = true;
    this.place.hidden = true;
    this.element.hidden = true;
  }

  /** While another one runs, the last result stays, in grey. */
  wait(): void {
    this.element.toggleAttribute("data-old", true);
  }

  async show(outcome: Outcome, view: string, options: string): Promise<void> {
    this.shown += 1;
    const turn = this.shown;
    const { result, query, seconds } = outcome;
    const prefixes = new Map([...this.parts.known(), ...declared(query).prefixes]);
    this.query = query;
    const [named, element] = await Promise.all([labelled(result), this.mounted()]);
    if (turn !== this.shown) return;
    this.alert.replaceChildren();
    this.clinic.clear();
    this.element.hidden = this.head.hidden = this.place.hidden = false;
    this.element.toggleAttribute("data-old", false);
    this.told.textContent = toldOf(outcome);
    this.draw.hidden = !hasNodes(result);
    this.draw.href = drawn(query);
    this.downloads.show({ query, result, prefixes });
    this.programs.refresh();
    const shown = { result, query, seconds, prefixes };
    const chosen = isViewName(view) ? view : "";
    element.show({ ...shown, labels: named.now }, chosen, options);
    if (isEmpty(result)) this.clinic.offer({ query, ran: "empty", seconds });
    else if (seconds > SLOW_SECONDS) this.clinic.offer({ query, ran: "slow", seconds });
    const later = named.later ? await named.later : null;
    if (later && turn === this.shown) {
      const now = this.parts.now();
      element.show({ ...shown, labels: later }, isViewName(now.view) ? now.view : "", now.options);
    }
  }

  /** What went wrong, and where. */
  fail(error: unknown, query: string, seconds: number): void {
    this.shown += 1;
    const problem = error instanceof Problem ? error : null;
    const line = problem?.line ?? null;
    const column = problem?.column ?? 1;
    this.element.hidden = false;
    this.head.hidden = this.place.hidden = true;
    this.element.toggleAttribute("data-old", false);
    this.clinic.clear();
    fill(
      this.alert,
      h(
        "div",
        { class: "problem", role: "alert" },
        h("p", { class: "problem-title", lang: problem?.message ? "en" : language() }, problem?.message || t("error.network")),
        problem?.hint ? h("p", { class: "hint", lang: "en" }, problem.hint) : null,
        line !== null && h("p", {}, h("button", { type: "button", class: "link", onclick: () => this.parts.jump(line, column) }, t("workbench.place", { line, column }))),
      ),
    );
    if (problem && KILLED.has(problem.status)) this.clinic.offer({ query, ran: "killed", seconds });
  }

  /** Somebody stopped it. */
  stopped(query: string, seconds: number): void {
    this.shown += 1;
    this.element.toggleAttribute("data-old", false);
    if (seconds <= SLOW_SECONDS) return;
    this.element.hidden = false;
    this.alert.replaceChildren();
    this.clinic.offer({ query, ran: "killed", seconds });
  }

  /** The element that shows results, fetched when the first one is there. */
  private async mounted(): Promise<ResultElement> {
    await import("../results/element");
    if (!this.view) {
      this.view = document.createElement("triplary-result") as ResultElement;
      this.view.addEventListener("resultview", (event) => {
        const { view, options } = (event as CustomEvent<{ view: string; options: string }>).detail;
        this.parts.viewed(view, options);
      });
      this.place.append(this.view);
    }
    return this.view;
  }
}

function isEmpty(result: Result): boolean {
  return (result.kind === "solutions" && result.rows.length === 0) || (result.kind === "graph" && result.triples.length === 0);
}

function hasNodes(result: Result): boolean {
  if (result.kind === "solutions") return result.rows.some((row) => row.some((term) => term?.type === "uri"));
  return result.kind === "graph" && result.triples.length > 0;
}

/** The way to the explorer, which draws what the query found. */
function drawn(query: string): string {
  const asked = new URLSearchParams({ query });
  const here = new URLSearchParams(location.search).get("language");
  if (here) asked.set("language", here);
  return `/?${asked}`;
}

function toldOf({ result, seconds }: Outcome): string {
  const time = seconds.toFixed(2);
  if (result.kind === "boolean") return t("workbench.answered", { seconds: time });
  const count = result.kind === "graph" ? result.triples.length : result.rows.length;
  const told = t(result.kind === "graph" ? "workbench.triples" : "workbench.rows", { count, seconds: time });
  return result.cut === null ? told : `${told}. ${t("workbench.cut", { count: number(result.cut) })}`;
}

/** How the IRIs of a result are called: at once where that is quick, else later. */
async function labelled(
  result: Result,
): Promise<{ readonly now: ReadonlyMap<string, string>; readonly later: Promise<ReadonlyMap<string, string> | null> | null }> {
  const none: ReadonlyMap<string, string> = new Map();
  const iris = irisOf(result);
  if (iris.length === 0) return { now: none, later: null };
  const asked = labels(iris, new AbortController().signal).catch(() => null);
  const pause = new Promise<null>((resolve) => setTimeout(resolve, LABELS_WAIT, null));
  const now = await Promise.race([asked, pause]);
  return now ? { now, later: null } : { now: none, later: asked };
}

function irisOf(result: Result): readonly string[] {
  const found = new Set<string>();
  const rows = result.kind === "solutions" ? result.rows : result.kind === "graph" ? result.triples : [];
  for (const row of rows) {
    for (const term of row) if (term?.type === "uri") found.add(term.value);
    if (found.size >= LABELS_MOST) break;
  }
  return [...found].slice(0, LABELS_MOST);
}
