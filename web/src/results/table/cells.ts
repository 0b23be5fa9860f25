/** One cell of the grid. */

import { h } from "../../dom";
import type { Column } from "../columns";
import { grouped } from "../figures";
import type { Term } from "../result";
import { datatype, dateOf, isBoolean, type Names, numberOf, pageOf } from "../terms";

/** Fills a cell with a binding: its text or its link, its language, and a datatype that is not obvious. */
export function fillCell(cell: HTMLElement, term: Term | null, column: Column, names: Names): void {
  cell.className = column.kind === "number" ? "is-number" : "";
  cell.removeAttribute("lang");
  if (!term) {
    cell.replaceChildren();
    cell.className = "is-unbound";
    return;
  }
  const page = pageOf(term);
  const text = names.of(term);
  if (page) {
    cell.replaceChildren(h("a", { href: page, tabindex: "-1", title: term.value, draggable: "false" }, text));
    return;
  }
  const tag = term["xml:lang"];
  if (tag) cell.lang = tag;
  cell.replaceChildren(numberOf(term) !== null && !column.year ? grouped(text) : text);
  const told = tag ? `@${tag}` : oddType(term, column, names);
  if (told) cell.append(h("span", { class: "tag" }, ` ${told}`));
}

/** Numbers, dates and booleans are seen for what they are; other datatypes are told. */
function oddType(term: Term, column: Column, names: Names): string | null {
  const type = datatype(term);
  if (!type) return null;
  const plain = numberOf(term) !== null || dateOf(term) !== null || isBoolean(term);
  return plain && (column.kind !== "text" || isBoolean(term)) ? null : names.short(type);
}

/** The whole of a cell in the line below the grid. */
export function wholeCell(term: Term | null, names: Names, unbound: string): readonly Node[] {
  if (!term) return [h("span", { class: "quiet" }, unbound)];
  const page = pageOf(term);
  const type = datatype(term);
  const tag = term["xml:lang"];
  const told = tag ? `@${tag}` : type ? names.short(type) : null;
  const text = page
    ? h("a", { href: page }, names.naming === "full" ? term.value : names.of(term))
    : h("span", { lang: tag }, names.of(term));
  const whole = page && names.of(term) !== term.value ? h("code", {}, term.value) : null;
  return [text, told ? h("span", { class: "tag" }, told) : null, whole].filter((each) => each !== null);
}
