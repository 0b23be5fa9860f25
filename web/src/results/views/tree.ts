/** Solutions as a tree: parents and children where a column leads to another, else one category in the next. */

import { h } from "../../dom";
import { number, t } from "../../i18n/strings";
import { categories, type Column, keyOf, type Table } from "../columns";
import { parenthood } from "../fits";
import { among, column, cutNote, form, notes } from "../form";
import { chosen } from "../options";
import type { Solution, Term } from "../result";
import { Names } from "../terms";
import type { Stage } from "../view";
import { slices } from "./slice";
import { value } from "./value";

/** Open at first: as many levels as make about a page. */
const OPEN_MOST = 60;
const BRANCHES = 200;

interface Branch {
  readonly key: string;
  readonly term: Term;
  children(): readonly Branch[];
  /** How many children it has: counted when it comes into the page. */
  count(): number;
}

export function tree(stage: Stage): HTMLElement {
  const { table } = stage;
  const names = new Names(stage.shown);
  const named = table.columns.filter(({ kind }) => kind === "node" || kind === "text");
  const linked = parenthood(table);
  const usual = linked ? "parents" : "levels";
  const way = named.length >= 2 ? chosen(stage.options, "way", ["parents", "levels"], usual) : "levels";
  const parent = column(stage, "parent", named, linked?.[0] ?? named[0]);
  const child = column(stage, "child", named.filter((each) => each !== parent), linked?.[1] ?? named.find((each) => each !== parent));
  const roots = way === "parents" && parent && child ? descended(table, parent, child) : nested(table, categories(table).slice(0, 6));
  const list = h("ul", { class: "result-tree", "aria-label": t("results.tree_label") });
  const open = roots.length <= OPEN_MOST && roots.length + roots.reduce((sum, each) => sum + each.count(), 0) <= OPEN_MOST;
  const more = slices(roots, BRANCHES, list, (each) => item(each, names, new Set(), open));
  const asking = form(stage, [
    { key: "way", label: t("results.ask_way"), value: way, among: named.length >= 2 ? [["parents", t("results.way_parents")], ["levels", t("results.way_levels")]] : [] },
    way === "parents" ? { key: "parent", label: t("results.ask_parent"), value: parent?.name ?? "", among: among(named) } : null,
    way === "parents" ? { key: "child", label: t("results.ask_child"), value: child?.name ?? "", among: among(named.filter((each) => each !== parent)) } : null,
  ]);
  return h("div", { class: "result-stack" }, asking, list, more, notes(cutNote(table.cut)));
}

/** Children under their parents; what is nobody's child is a root, and of a ring the first is. */
function descended({ rows }: Table, parent: Column, child: Column): readonly Branch[] {
  const under = new Map<string, Map<string, Term>>();
  const terms = new Map<string, Term>();
  const owned = new Set<string>();
  for (const row of rows) {
    const [above, below] = [row[parent.index], row[child.index]];
    if (above) terms.set(keyOf(above), above);
    if (below) terms.set(keyOf(below), below);
    if (!above || !below || keyOf(above) === keyOf(below)) continue;
    const children = under.get(keyOf(above)) ?? new Map<string, Term>();
    under.set(keyOf(above), children.set(keyOf(below), below));
    owned.add(keyOf(below));
  }
  const branch = (key: string, term: Term): Branch => ({
    key,
    term,
    count: () => under.get(key)?.size ?? 0,
    children: () => [...(under.get(key) ?? [])].map(([each, found]) => branch(each, found)),
  });
  const reached = new Set<string>();
  const reach = (key: string): void => {
    const waiting = [key];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(...(under.get(next)?.keys() ?? []));
    }
  };
  const roots = [...terms].filter(([key]) => !owned.has(key));
  for (const [key] of roots) reach(key);
  for (const [key, term] of terms) {
    if (reached.has(key)) continue;
    roots.push([key, term]);
    reach(key);
  }
  return roots.map(([key, term]) => branch(key, term));
}

/** The values of the first column, under each those of the second, and so on. */
function nested(table: Table, levels: readonly Column[]): readonly Branch[] {
  const below = (rows: readonly Solution[], depth: number): readonly Branch[] => {
    const level = levels[depth];
    if (!level) return [];
    const held = new Map<string, { term: Term; rows: Solution[] }>();
    for (const row of rows) {
      const term = row[level.index];
      if (!term) continue;
      const same = held.get(keyOf(term));
      if (same) same.rows.push(row);
      else held.set(keyOf(term), { term, rows: [row] });
    }
    return [...held].map(([key, found]) => {
      let known: readonly Branch[] | null = null;
      const children = (): readonly Branch[] => (known ??= below(found.rows, depth + 1));
      return { key: `${depth} ${key}`, term: found.term, count: () => children().length, children };
    });
  };
  return below(table.rows, 0);
}

function item(branch: Branch, names: Names, above: ReadonlySet<string>, open: boolean): HTMLElement {
  const text = value(branch.term, names);
  if (branch.count() === 0) return h("li", {}, text);
  if (above.has(branch.key)) return h("li", {}, text, h("span", { class: "quiet" }, ` ${t("results.again")}`));
  const list = h("ul", { hidden: true });
  const button = h("button", { type: "button", class: "tree-twist", "aria-label": t("results.unfold", { name: names.brief(branch.term) }) });
  const turn = (yes: boolean): void => {
    button.setAttribute("aria-expanded", String(yes));
    list.hidden = !yes;
    if (!yes || list.childElementCount > 0) return;
    const inner = new Set([...above, branch.key]);
    const more = slices(branch.children(), BRANCHES, list, (each) => item(each, names, inner, false));
    if (!more.hidden) list.append(h("li", {}, more));
  };
  button.addEventListener("click", () => turn(list.hidden));
  turn(open);
  return h("li", {}, button, text, h("span", { class: "count" }, ` ${number(branch.count())}`), list);
}
