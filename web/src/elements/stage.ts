/** The ground that the picture stands on: its title, what is hidden, what went wrong, and the buttons beside it. */

import { fill, h } from "../dom";
import type { Scene } from "../explorer/scene";
import { t } from "../i18n/strings";
import { type Icon, iconButton } from "./icons";

/** What the buttons on the ground do. */
export interface StageActs {
  undo(): void;
  redo(): void;
  zoom(factor: number): void;
  fit(): void;
  showHidden(): void;
}

export class Stage {
  readonly canvas = h("div", { class: "canvas", tabindex: "0", role: "group", "aria-roledescription": t("stage.role") });
  readonly element: HTMLElement;
  readonly title: HTMLElement;
  private readonly heading = h("h1", {});
  private readonly count = h("p", { class: "view-count" });
  private readonly notice = h("div", { class: "notice", role: "alert", hidden: true });
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;

  constructor(
    private readonly acts: StageActs,
    legend: HTMLElement,
  ) {
    const button = (icon: Icon, label: string, act: () => void): HTMLButtonElement => iconButton(icon, label, act);
    this.undo = button("undo", t("undo"), () => acts.undo());
    this.redo = button("redo", t("redo"), () => acts.redo());
    this.title = h("div", { class: "title" }, this.heading, this.count);
    this.element = h(
      "section",
      { class: "stage", "aria-label": t("stage.label") },
      this.canvas,
      this.title,
      this.notice,
      legend,
      h(
        "div",
        { class: "on-canvas" },
        h("div", { class: "zoom", role: "group", "aria-label": t("steps.label") }, this.undo, this.redo),
        h(
          "div",
          { class: "zoom", role: "group", "aria-label": t("zoom.label") },
          button("plus", t("zoom.in"), () => acts.zoom(1.5)),
          button("minus", t("zoom.out"), () => acts.zoom(1 / 1.5)),
          button("fit", t("zoom.fit"), () => acts.fit()),
        ),
      ),
    );
    this.walk(false, false);
  }

  /** What can be undone and redone. A button that is off keeps the focus: it may be the one just pressed. */
  walk(undoable: boolean, redoable: boolean): void {
    this.undo.setAttribute("aria-disabled", String(!undoable));
    this.redo.setAttribute("aria-disabled", String(!redoable));
  }

  /** Title and counts of a picture; what a screen reader is told of it. */
  show({ view, answer }: Scene): string {
    const counted = [t("count.entities", { count: view.nodes.length }), t("count.edges", { count: view.edges.length })];
    const hidden = answer.hidden.nodes + answer.hidden.edges;
    const said = hidden ? hiddenWords(answer.hidden) : t("hidden.none");
    this.heading.textContent = view.title;
    fill(
      this.count,
      `${counted.join(" · ")} · `,
      hidden ? h("button", { type: "button", class: "link hidden-count", onclick: () => this.acts.showHidden() }, said) : said,
    );
    const all = [...counted, ...(hidden ? [said] : [])].join(" · ");
    this.canvas.setAttribute("aria-label", `${view.title}. ${all}. ${t("stage.see_text")}`);
    this.canvas.dataset["nodes"] = String(view.nodes.length);
    this.canvas.dataset["edges"] = String(view.edges.length);
    this.notice.hidden = true;
    return `${view.title}: ${all}`;
  }

  wait(): void {
    this.canvas.dataset["state"] = "waiting";
  }

  /** A remark that is in nobody's way. */
  tell(text: string): void {
    this.notice.classList.remove("is-problem");
    fill(this.notice, h("p", {}, text));
    this.notice.hidden = false;
  }

  /** What went wrong, what to do about it, and the ways out. */
  fail(text: string, hint: string, ...ways: readonly HTMLElement[]): void {
    this.canvas.dataset["state"] = "failed";
    this.notice.classList.add("is-problem");
    fill(this.notice, h("p", {}, text), hint && h("p", { class: "hint" }, hint), h("p", { class: "ways" }, ...ways));
    this.notice.hidden = false;
  }
}

export function hiddenWords({ nodes, edges }: { readonly nodes: number; readonly edges: number }): string {
  if (!edges) return t("hidden.nodes", { count: nodes });
  if (!nodes) return t("hidden.edges", { count: edges });
  return t("hidden.both", { nodes: t("count.entities", { count: nodes }), edges: t("count.edges", { count: edges }) });
}
