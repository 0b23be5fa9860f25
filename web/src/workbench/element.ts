/** <triplary-workbench>: write SPARQL, run it, look at the result. The parts are in the files beside this one. */

import { isAbort, Problem } from "../api/client";
import { h } from "../dom";
import { icon } from "../elements/icons";
import { popover } from "../elements/popover";
import { t } from "../i18n/strings";
import { here, type Opened, opened, shownAddress } from "./address";
import { asked, type Outcome } from "./asking";
import { Writing } from "./editor";
import { Examples } from "./examples";
import { OutcomePanel } from "./outcome";
import { remember } from "./past";
import { declared, KNOWN } from "./prefixes";
import { type Finding, type Near, schema } from "./research";
import { RunLine } from "./run";
import { History, OwnQueries } from "./shelf";
import { Side } from "./side";
import { Strip } from "./strip";
import { swapped } from "./swap";
import { Tabs, titleOf } from "./tabs";
import { Words } from "./words";

export class WorkbenchElement extends HTMLElement {
  private asking: AbortController | null = null;
  private readonly leaving = new AbortController();
  private readonly outcomes = new Map<string, Outcome>();
  private known: ReadonlyMap<string, string> = KNOWN;
  private tabs!: Tabs;
  private strip!: Strip;
  private writing!: Writing;
  private line!: RunLine;
  private side!: Side;
  private readonly words = new Words();
  private readonly outcome = new OutcomePanel({
    now: () => this.now(),
    known: () => this.known,
    viewed: (view, options) => this.viewed(view, options),
    jump: (line, column) => this.writing.jump(line, column),
    swap: (finding, near) => this.swap(finding, near),
  });

  /** The form is in the page already: it works without this script too. */
  connectedCallback(): void {
    const form = this.querySelector("form");
    const area = this.querySelector("textarea");
    const button = this.querySelector<HTMLButtonElement>("button[type=submit]");
    if (!form || !area || !button) return;
    const asked = opened(here());
    this.tabs = new Tabs(area.value);
    if (asked.query) this.tabs.open(asked.query);
    if (asked.view) this.tabs.change({ view: asked.view, options: asked.options });
    this.build(form, area, button);
    this.writing.open(this.tabs.active.query);
    this.words.write(this.tabs.active.query);
    void this.writing.improve(() => this.known);
    void this.learn();
    window.addEventListener("popstate", () => this.travelled(), { signal: this.leaving.signal });
    if (asked.query && asked.run) void this.run(false);
  }

  disconnectedCallback(): void {
    this.asking?.abort();
    this.leaving.abort();
  }

  private build(form: HTMLFormElement, area: HTMLTextAreaElement, button: HTMLButtonElement): void {
    const host = h("div", { class: "editor", hidden: true });
    area.after(host);
    this.writing = new Writing(area, host, { run: () => void this.run(true), changed: (text) => this.changed(text) });
    this.strip = new Strip({ tabs: this.tabs, chosen: () => this.chosen() });
    const tidy = h("button", { type: "button", class: "button", title: "Shift + Alt + F", onclick: () => this.writing.format() }, t("run.format"));
    this.line = new RunLine(button, tidy);
    form.querySelector(".run")?.remove();
    form.append(this.line.element);
    this.line.element.append(this.help());
    const pane = h("div", { class: "query-pane", role: "tabpanel", id: "query-pane", "aria-labelledby": "query-tab" });
    form.replaceWith(pane);
    pane.append(form);
    this.side = this.beside();
    this.replaceChildren(this.strip.element, pane, this.side.element, this.outcome.element);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run(true);
    });
  }

  private help(): HTMLElement {
    const button = h("button", { type: "button", class: "icon-button", "aria-label": t("editor.keys"), title: t("editor.keys") }, icon("keys"));
    const lines = ["run", "complete", "search", "format", "undo", "tab"].map((key) => h("li", {}, t(`editor.keys_${key}`)));
    return popover(button, "editor-help", t("editor.keys"), h("ul", { id: "editor-keys" }, ...lines)).element;
  }

  private beside(): Side {
    const open = (query: string, name: string, runs: boolean): void => {
      this.tabs.open(query, name);
      this.chosen();
      if (runs) void this.run(true);
      else this.writing.focus();
    };
    const shelf = { open, query: () => this.writing.text(), name: () => this.tabs.active.name, named: (name: string) => this.named(name) };
    const examples = new Examples({ open });
    const history = new History(shelf);
    const own = new OwnQueries(shelf);
    void examples.load(this.leaving.signal);
    return new Side([
      { name: "examples", element: examples.element },
      { name: "words", element: this.words.element, shown: () => this.words.shown() },
      { name: "history", element: history.element, shown: () => history.show() },
      { name: "own", element: own.element, shown: () => own.show() },
    ]);
  }

  /** The prefixes of this graph, as the server knows them. */
  private async learn(): Promise<void> {
    try {
      const { prefixes } = await schema();
      this.known = new Map([...KNOWN, ...prefixes.map(({ prefix, iri }) => [prefix, iri] as const)]);
    } catch {
      // those that every graph has do
    }
  }

  private now(): Opened {
    const { view, options } = this.tabs.active;
    return { query: this.writing.text(), view, options, run: true };
  }

  private named(name: string): void {
    this.tabs.change({ name });
    this.strip.show();
  }

  private changed(query: string): void {
    if (query === this.tabs.active.query) return;
    const before = titleOf(this.tabs.active, "");
    this.tabs.change({ query });
    if (titleOf(this.tabs.active, "") !== before) this.strip.show();
    this.words.write(query);
  }

  /** Another tab came up: its query, its result, its address. */
  private chosen(): void {
    this.stop();
    const { id, query, view, options } = this.tabs.active;
    this.line.clear();
    this.strip.show();
    this.writing.open(query);
    this.writing.underline(null);
    this.words.write(query);
    const outcome = this.outcomes.get(id);
    this.outcome.clear();
    if (outcome) void this.outcome.show(outcome, view, options);
    this.address({ query, view, options, run: outcome !== undefined }, true);
  }

  private address(wanted: Opened, push: boolean): void {
    const address = shownAddress(wanted);
    if (address === location.pathname + location.search) return;
    if (push) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  private viewed(view: string, options: string): void {
    this.tabs.change({ view, options });
    const outcome = this.outcomes.get(this.tabs.active.id);
    if (outcome) this.address({ query: outcome.query, view, options, run: true }, false);
  }

  /** Back and forward: what that address shows. */
  private travelled(): void {
    const { query, view, options, run } = opened(here());
    if (!query) return;
    this.stop();
    const there = this.tabs.list.find((tab) => this.outcomes.get(tab.id)?.query === query);
    if (there) this.tabs.choose(there.id);
    else this.tabs.open(query);
    this.tabs.change({ query, view, options });
    this.strip.show();
    this.writing.open(query);
    this.words.write(query);
    const outcome = this.outcomes.get(this.tabs.active.id);
    if (outcome?.query === query) void this.outcome.show(outcome, view, options);
    else if (run) void this.run(false);
    else this.outcome.clear();
  }

  private stop(): boolean {
    if (!this.asking) return false;
    this.asking.abort();
    this.asking = null;
    return true;
  }

  /** Run the query; while one runs, stop it. */
  private async run(push: boolean): Promise<void> {
    if (this.stop()) return;
    const query = this.writing.text();
    if (!query.trim()) return;
    const { id } = this.tabs.active;
    if (this.outcomes.has(id) && this.outcomes.get(id)?.query !== query) this.tabs.change({ view: "", options: "" });
    const { view, options } = this.tabs.active;
    this.address({ query, view, options, run: true }, push);
    const asking = new AbortController();
    this.asking = asking;
    this.writing.underline(null);
    this.outcome.wait();
    this.line.start();
    const prefixes = (): ReadonlyMap<string, string> => new Map([...this.known, ...declared(query).prefixes]);
    try {
      const outcome = await asked({ query, most: this.line.most, prefixes, signal: asking.signal, progress: (now) => this.line.move(now) });
      this.outcomes.set(id, outcome);
      const { result } = outcome;
      const rows = result.kind === "solutions" ? result.rows.length : result.kind === "graph" ? result.triples.length : null;
      remember({ query, at: new Date().toISOString(), rows });
      this.line.end(t("run.done", { seconds: outcome.seconds.toFixed(2) }));
      if (id !== this.tabs.active.id) return;
      await this.outcome.show(outcome, view, options);
      // on a narrow page the result stands below all that one writes with
      if (push && matchMedia("(width < 60rem)").matches) this.outcome.element.scrollIntoView({ block: "start" });
    } catch (error) {
      const { seconds } = this.line;
      if (isAbort(error)) {
        const before = id === this.tabs.active.id;
        this.line.end(before ? t("run.stopped", { seconds: seconds.toFixed(1) }) : "");
        if (before) this.outcome.stopped(query, seconds);
        return;
      }
      this.line.end(t("run.failed"));
      this.outcome.fail(error, query, seconds);
      if (error instanceof Problem && error.line !== null) {
        const message = error.hint ? `${error.message}\n${error.hint}` : error.message;
        this.writing.underline({ line: error.line, column: error.column ?? 1, message });
      }
    } finally {
      if (this.asking === asking) this.asking = null;
    }
  }

  /** What the doctor proposes, in place of what was written. */
  private swap(finding: Finding, near: Near): void {
    this.writing.write(swapped(this.writing.text(), finding, near, this.known));
    this.writing.jump(finding.line ?? 1, finding.column ?? 1);
  }
}

customElements.define("triplary-workbench", WorkbenchElement);
