/** Writes triples as Turtle that reads well: one subject per block, names with prefixes. */

import type { Term } from "../results/result";
import type { Triple } from "./ntriples";
import { curie } from "./prefixes";

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const BARE: Readonly<Record<string, RegExp>> = {
  [`${XSD}integer`]: /^[+-]?\d+$/,
  [`${XSD}decimal`]: /^[+-]?\d*\.\d+$/,
  [`${XSD}boolean`]: /^(?:true|false)$/,
};

export function turtleOf(triples: readonly Triple[], prefixes: ReadonlyMap<string, string>): string {
  const used = new Set<string>();
  const iri = (value: string): string => {
    const short = curie(value, prefixes);
    if (short === null) return `<${value}>`;
    used.add(short.slice(0, short.indexOf(":")));
    return short;
  };
  const blocks: string[] = [];
  for (const [subject, facts] of grouped(triples, 0)) {
    const lines = [...grouped(facts, 1)].map(([predicate, values]) => {
      const verb = predicate.value === TYPE ? "a" : iri(predicate.value);
      return `  ${verb} ${values.map((triple) => written(triple[2], iri)).join(", ")}`;
    });
    blocks.push(`${written(subject, iri)}\n${lines.join(" ;\n")} .\n`);
  }
  const head = [...used].sort().map((prefix) => `@prefix ${prefix}: <${prefixes.get(prefix)}> .\n`);
  return [...(head.length ? [head.join("")] : []), ...blocks].join("\n");
}

/** The triples by their subject or predicate, in the order in which each came first. */
function grouped(triples: readonly Triple[], place: 0 | 1): ReadonlyMap<Term, readonly Triple[]> {
  const terms = new Map<string, Term>();
  const found = new Map<Term, Triple[]>();
  for (const triple of triples) {
    const key = `${triple[place].type} ${triple[place].value}`;
    const term = terms.get(key) ?? triple[place];
    terms.set(key, term);
    const group = found.get(term);
    if (group) group.push(triple);
    else found.set(term, [triple]);
  }
  return found;
}

function written(term: Term, iri: (value: string) => string): string {
  if (term.type === "uri") return iri(term.value);
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "triple") return term.value;
  const { value, datatype } = term;
  if (datatype && BARE[datatype]?.test(value)) return value;
  const tag = term["xml:lang"] ? `@${term["xml:lang"]}` : datatype ? `^^${iri(datatype)}` : "";
  return quoted(value) + tag;
}

function quoted(value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("\r", "\\r");
  if (!value.includes("\n")) return `"${escaped.replaceAll('"', '\\"')}"`;
  return `"""${escaped.replaceAll('"', '\\"')}"""`;
}
