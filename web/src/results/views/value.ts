/** A binding as it stands in running text. */

import { h } from "../../dom";
import { day, figure } from "../figures";
import type { Term } from "../result";
import { dateOf, type Names, numberOf, pageOf } from "../terms";

/** A link for what has a page, a figure for a number, a day for a whole date; else the text as it is. */
export function value(term: Term, names: Names, year = false): Node {
  const page = pageOf(term);
  if (page) return h("a", { href: page, title: term.value }, names.brief(term));
  const number = numberOf(term);
  if (number !== null) return h("span", { title: term.value }, figure(number, year));
  const date = dateOf(term);
  if (date !== null && /^\d{4}-\d\d-\d\d$/.test(term.value)) return h("time", { datetime: term.value, title: term.value }, day(date));
  return h("span", { lang: term["xml:lang"] }, names.of(term));
}
