/** Prefixes: those that a query declares, those that this graph knows, and names written with them. */

import { tokens } from "./tokens";

/** What every server of ours knows, until /api/schema has answered. */
export const KNOWN: ReadonlyMap<string, string> = new Map([
  ["", "https://w3id.org/triplary/ontology#"],
  ["id", "https://w3id.org/triplary/id/"],
  ["graph", "https://w3id.org/triplary/graph/"],
  ["claim", "https://w3id.org/triplary/claim/"],
  ["rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"],
  ["rdfs", "http://www.w3.org/2000/01/rdf-schema#"],
  ["owl", "http://www.w3.org/2002/07/owl#"],
  ["skos", "http://www.w3.org/2004/02/skos/core#"],
  ["dcterms", "http://purl.org/dc/terms/"],
  ["dcat", "http://www.w3.org/ns/dcat#"],
  ["prov", "http://www.w3.org/ns/prov#"],
  ["cito", "http://purl.org/spar/cito/"],
  ["foaf", "http://xmlns.com/foaf/0.1/"],
  ["schema", "https://schema.org/"],
  ["xsd", "http://www.w3.org/2001/XMLSchema#"],
]);

/** A local name that needs no escape in SPARQL 1.1 nor in Turtle. */
const LOCAL = /^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)?$/u;

/** The prefixes that a query declares, and the place after the last of its PREFIX and BASE lines. */
export function declared(query: string): { readonly prefixes: ReadonlyMap<string, string>; readonly end: number } {
  const prefixes = new Map<string, string>();
  let end = 0;
  const found = tokens(query).filter((token) => token.kind !== "space" && token.kind !== "comment");
  for (let at = 0; at < found.length; at += 1) {
    const word = found[at]?.text.toLowerCase();
    if (word === "base" && found[at + 1]?.kind === "iri") {
      end = found[at + 1]?.to ?? end;
      at += 1;
    } else if (word === "prefix" && found[at + 1]?.kind === "name" && found[at + 2]?.kind === "iri") {
      prefixes.set(found[at + 1]?.text.replace(/:$/, "") ?? "", found[at + 2]?.text.slice(1, -1) ?? "");
      end = found[at + 2]?.to ?? end;
      at += 2;
    } else {
      break;
    }
  }
  return { prefixes, end };
}

/** An IRI as a CURIE, by the longest prefix that fits; null where none gives a name that may stand so. */
export function curie(iri: string, prefixes: ReadonlyMap<string, string>): string | null {
  let best: string | null = null;
  let longest = 0;
  for (const [prefix, base] of prefixes) {
    if (base.length <= longest || !iri.startsWith(base)) continue;
    const local = iri.slice(base.length);
    if (!LOCAL.test(local)) continue;
    best = `${prefix}:${local}`;
    longest = base.length;
  }
  return best;
}

/** The IRI of a name as it stands in a query (`<…>` or a CURIE); null where its prefix is unknown. */
export function expanded(name: string, prefixes: ReadonlyMap<string, string>): string | null {
  if (name.startsWith("<")) return name.slice(1, -1);
  if (name === "a") return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  const colon = name.indexOf(":");
  if (colon < 0) return null;
  const base = prefixes.get(name.slice(0, colon));
  return base === undefined ? null : base + name.slice(colon + 1).replace(/\\(.)/g, "$1");
}

/** How an IRI is written in a query, and the PREFIX line to add at a place; none where it has one, or where none fits. */
export function writing(
  query: string,
  iri: string,
  known: ReadonlyMap<string, string>,
): { readonly text: string; readonly line: { readonly at: number; readonly text: string } | null } {
  const { prefixes, end } = declared(query);
  const own = curie(iri, prefixes);
  if (own !== null) return { text: own, line: null };
  // a prefix that the query declares for something else is not free
  const free = new Map([...known].filter(([prefix]) => !prefixes.has(prefix)));
  const short = curie(iri, free);
  if (short === null) return { text: `<${iri}>`, line: null };
  const prefix = short.slice(0, short.indexOf(":"));
  const text = `PREFIX ${prefix}: <${free.get(prefix)}>`;
  if (end > 0) return { text: short, line: { at: end, text: `\n${text}` } };
  // before the first word, below the comments that a query begins with
  const start = /^(?:\s*#[^\n]*\n)*/.exec(query)?.[0].length ?? 0;
  return { text: short, line: { at: start, text: `${text}\n` } };
}
