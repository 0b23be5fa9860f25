/** The neighbours of one node as a tree that arrow keys walk: down and up among them, right to one, left back. */

import type { View, ViewEdge, ViewNode } from "../api/contract";
import { h } from "../dom";
import { first } from "../explorer/walking";
import { t } from "../i18n/strings";
import { shapeSwatch } from "../render/shapes";
import { edgeOf, nodeOf } from "./picked";

interface Neighbour {
  readonly node: ViewNode;
  readonly edge: ViewEdge;
  readonly words: string;
}

/** Subject, predicate and object in words; a predicate with a gap (由…开发) takes the object into it. */
export function inWords(subject: string, relation: string, object: string): string {
  return relation.includes("…")
    ? `${subject}${relation.replace("…", object)}`
    : t("sentence.plain", { subject, relation, object });
}

export class Walk {
  /** Where the walk came from, for the way back. */
  private readonly trail: string[] = [];
  private here = "";
  private walked = false;

  constructor(private readonly select: (name: string) => void) {}

  /** The tree around what is selected; around the picture's middle, where nothing is. */
  tree(view: View, selected: string): HTMLElement {
    const edge = selected.includes(" ") ? edgeOf(view, selected) : undefined;
    const root = nodeOf(view, edge?.source ?? selected) ?? nodeOf(view, this.here) ?? first(view);
    if (!root) return h("p", { class: "quiet" }, t("twin.empty"));
    if (this.here && this.here !== root.name && this.trail.at(-1) !== this.here) this.trail.push(this.here);
    this.here = root.name;
    const near = neighbours(view, root);
    const back = this.trail.at(-1);
    const tree = h(
      "ul",
      { class: "walk", role: "tree", "aria-label": t("walk.label"), onkeydown: (event: KeyboardEvent) => this.key(event) },
      h(
        "li",
        { role: "treeitem", "aria-level": 1, "aria-expanded": "true", "aria-selected": "true", tabindex: "0", "data-walk": root.name },
        h("span", { class: "walk-root" }, shapeSwatch(root.shape, root.color), h("strong", {}, root.label), h("span", { class: "quiet" }, root.classLabel)),
        h("ul", { role: "group" }, ...near.map((each) => this.branch(each))),
      ),
    );
    if (this.walked) {
      this.walked = false;
      queueMicrotask(() => tree.querySelector<HTMLElement>("[data-walk]")?.focus());
    }
    return h(
      "div",
      {},
      h("p", { class: "quiet walk-how" }, t("walk.how")),
      back
        ? h("button", { type: "button", class: "link", onclick: () => this.back() }, t("walk.back", { entity: nodeOf(view, back)?.label ?? back }))
        : null,
      tree,
    );
  }

  private branch({ node, words }: Neighbour): HTMLElement {
    return h(
      "li",
      { role: "treeitem", "aria-level": 2, "aria-selected": "false", tabindex: "-1", "data-walk": node.name, onclick: () => this.go(node.name) },
      shapeSwatch(node.shape, node.color),
      words,
    );
  }

  private key(event: KeyboardEvent): void {
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[data-walk]")];
    const at = items.findIndex((item) => item === document.activeElement);
    const item = items[at];
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") move(items, at, Math.min(at + 1, items.length - 1));
    else if (event.key === "ArrowUp") move(items, at, Math.max(at - 1, 0));
    else if (event.key === "Home") move(items, at, 0);
    else if (event.key === "End") move(items, at, items.length - 1);
    else if (event.key === "ArrowRight" && at === 0) move(items, at, Math.min(1, items.length - 1));
    else if (event.key === "ArrowRight" || event.key === "Enter" || event.key === " ") this.go(item.dataset["walk"] ?? "");
    else if (event.key === "ArrowLeft" && at > 0) move(items, at, 0);
    else if (event.key === "ArrowLeft" || event.key === "Backspace") this.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private go(name: string): void {
    this.walked = true;
    this.select(name);
  }

  private back(): void {
    const name = this.trail.pop();
    if (name === undefined) return;
    this.here = "";
    this.go(name);
  }
}

function move(items: readonly HTMLElement[], from: number, to: number): void {
  items[from]?.setAttribute("tabindex", "-1");
  items[to]?.setAttribute("tabindex", "0");
  items[to]?.focus();
}

function neighbours(view: View, root: ViewNode): Neighbour[] {
  return view.edges
    .filter((edge) => edge.source !== edge.target && (edge.source === root.iri || edge.target === root.iri))
    .flatMap((edge) => {
      const out = edge.source === root.iri;
      const node = nodeOf(view, out ? edge.target : edge.source);
      if (!node) return [];
      const words = out ? inWords("", edge.label, node.label).replace(/^[:：]\s*/, "") : inWords(node.label, edge.label, root.label);
      return [{ node, edge, words, out }];
    })
    .sort((a, b) => Number(b.out) - Number(a.out) || a.edge.label.localeCompare(b.edge.label) || a.node.label.localeCompare(b.node.label));
}
