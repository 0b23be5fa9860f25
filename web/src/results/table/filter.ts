/** What a person types to filter: a part of the text, or a bound such as "> 5" or "2019..2021". */

import type { Term } from "../result";
import { dateOf, type Names, numberOf } from "../terms";

export type Test = (term: Term | null) => boolean;

const BOUND = /^(<=|>=|<|>|=|≤|≥)\s*(.+)$/;
const BETWEEN = /^(.+?)\s*(?:\.\.|…)\s*(.+)$/;
const XSD = "http://www.w3.org/2001/XMLSchema#";

/** "> 5", "2019..2021" and "= 3" compare numbers and dates; anything else must be in the text. */
export function tested(asked: string, names: Names): Test {
  const bound = BOUND.exec(asked);
  const edge = bound && edgeOf(bound[2] ?? "");
  if (bound && edge) return (term) => holds(bound[1] ?? "", compared(term, edge));
  const between = BETWEEN.exec(asked);
  const [least, most] = [between && edgeOf(between[1] ?? ""), between && edgeOf(between[2] ?? "")];
  if (least && most) return (term) => holds(">=", compared(term, least)) && holds("<=", compared(term, most));
  return containing(asked, names);
}

export function containing(asked: string, names: Names): Test {
  const wanted = asked.trim().toLowerCase();
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  return (term) => term !== null && (has(names.of(term)) || (term.type === "uri" && has(term.value)));
}

function holds(sign: string, way: number | null): boolean {
  if (way === null) return false;
  if (sign === "<") return way < 0;
  if (sign === ">") return way > 0;
  if (sign === "<=" || sign === "≤") return way <= 0;
  if (sign === ">=" || sign === "≥") return way >= 0;
  return way === 0;
}

/** A bound as a number, and as the time from the begin to the end of that day, month or year. */
interface Edge {
  readonly number: number | null;
  readonly from: number | null;
  readonly until: number | null;
}

function edgeOf(text: string): Edge | null {
  const bare = text.trim().replaceAll(/(?<=\d)[,_\s](?=\d{3})/g, "");
  const value = bare === "" ? NaN : Number(bare);
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(bare);
  if (Number.isNaN(value) && !parts) return null;
  const [, year = "", month, day] = parts ?? [];
  const until = new Date(0);
  until.setUTCFullYear(Number(year) + (month ? 0 : 1), month ? Number(month) - (day ? 1 : 0) : 0, day ? Number(day) + 1 : 1);
  const name = day ? "date" : month ? "gYearMonth" : "gYear";
  return {
    number: Number.isNaN(value) ? null : value,
    from: parts ? dateOf({ type: "literal", value: bare, datatype: XSD + name }) : null,
    until: parts ? until.getTime() - 1 : null,
  };
}

/** Below 0: before the edge; 0: within; above: after; null: not to be compared. */
function compared(term: Term | null, edge: Edge): number | null {
  const number = numberOf(term);
  if (number !== null) return edge.number === null ? null : number - edge.number;
  const date = dateOf(term);
  if (date === null || edge.from === null || edge.until === null) return null;
  return date < edge.from ? -1 : date > edge.until ? 1 : 0;
}
