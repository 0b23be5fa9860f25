/** Reads N-Triples line by line: https://www.w3.org/TR/n-triples/, with the triple terms of RDF 1.2. */

import type { Term } from "../results/result";

export type Triple = readonly [Term, Term, Term];

const STRING = "http://www.w3.org/2001/XMLSchema#string";
const IRI = /<([^>]*)>/y;
const BLANK = /_:([^\s<>"]+)/y;
const LITERAL = /"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?/y;
const SPACE = /[ \t]*/y;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g;
const LETTERS: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function plain(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPE, (_, four?: string, eight?: string, letter = "") => {
    const code = four ?? eight;
    return code ? String.fromCodePoint(parseInt(code, 16)) : (LETTERS[letter] ?? letter);
  });
}

class Line {
  private at = 0;

  constructor(private readonly text: string) {}

  triple(): Triple {
    const triple = [this.term(), this.term(), this.term()] as const;
    this.skip();
    return triple;
  }

  private term(): Term {
    this.skip();
    if (this.text.startsWith("<<(", this.at)) return this.quoted();
    const iri = this.match(IRI);
    if (iri) return { type: "uri", value: plain(iri[1] ?? "") };
    const blank = this.match(BLANK);
    if (blank) return { type: "bnode", value: blank[1] ?? "" };
    const literal = this.match(LITERAL);
    if (!literal) throw new SyntaxError(`no term at ${this.at}: ${this.text.slice(0, 80)}`);
    const [, value = "", tag, datatype] = literal;
    if (tag) return { type: "literal", value: plain(value), "xml:lang": tag };
    if (datatype && datatype !== STRING) return { type: "literal", value: plain(value), datatype };
    return { type: "literal", value: plain(value) };
  }

  /** A triple that is spoken of: its text is its value. */
  private quoted(): Term {
    const from = this.at;
    this.at += 3;
    this.triple();
    this.skip();
    this.at += 3;
    return { type: "triple", value: this.text.slice(from, this.at) };
  }

  private skip(): void {
    this.match(SPACE);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}

/** The triple of a line; null for a line that holds none. */
export function tripleOf(line: string): Triple | null {
  const text = line.trim();
  return text === "" || text.startsWith("#") ? null : new Line(text).triple();
}
