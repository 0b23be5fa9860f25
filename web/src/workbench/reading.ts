/** Reads an answer while it arrives: rows as soon as they are there, and no more than are wanted. */

import type { SparqlResults } from "../api/contract";
import type { Result, Term } from "../results/result";
import { type Triple, tripleOf } from "./ntriples";
import { turtleOf } from "./turtle";

/** Takes the text of an answer piece by piece. */
export interface Reader {
  /** How many rows have come. */
  readonly rows: number;
  /** Whether as many rows as are wanted have come, so that the rest need not be fetched. */
  readonly full: boolean;
  feed(text: string): void;
  /** All of it; `cut` where the server left rows out. */
  end(cut: boolean): Result;
}

type Row = readonly (Term | null)[];

/** SPARQL Query Results JSON; a row is read when its last bracket has come. */
export class SolutionsReader implements Reader {
  full = false;
  private readonly found: Row[] = [];
  private head = "";
  private variables: readonly string[] | null = null;
  private rest = "";
  /** Where in `rest` the scan goes on, where its row begins, how deep it is in brackets. */
  private at = 0;
  private from = -1;
  private depth = 0;
  private quoted = false;
  /** What follows the rows: where the server left some out, it says so there. */
  private tail: string | null = null;

  constructor(private readonly most: number) {}

  get rows(): number {
    return this.found.length;
  }

  feed(text: string): void {
    if (this.full) return;
    if (this.tail !== null) {
      this.tail += text;
      return;
    }
    if (this.variables === null) {
      this.head += text;
      const start = /"bindings"\s*:\s*\[/.exec(this.head);
      if (!start) return;
      const before = JSON.parse(`${this.head.slice(0, start.index)}"none":[]}}`) as SparqlResults;
      this.variables = before.head.vars ?? [];
      this.rest = this.head.slice(start.index + start[0].length);
    } else {
      this.rest += text;
    }
    this.scan();
  }

  end(cut: boolean): Result {
    if (this.variables === null) {
      const { boolean, head } = JSON.parse(this.head) as SparqlResults;
      if (boolean !== undefined) return { kind: "boolean", value: boolean };
      return { kind: "solutions", variables: head.vars ?? [], rows: [], cut: null };
    }
    return {
      kind: "solutions",
      variables: this.variables,
      rows: this.found,
      cut: cut || this.full || /"cut"\s*:\s*true/.test(this.tail ?? "") ? this.found.length : null,
    };
  }

  private scan(): void {
    const { rest } = this;
    let at = this.at;
    let taken = 0;
    for (; at < rest.length && !this.full; at += 1) {
      const code = rest.charCodeAt(at);
      if (this.quoted) {
        if (code === 92) at += 1; // a backslash, and what it stands before
        else if (code === 34) this.quoted = false;
      } else if (code === 34) {
        this.quoted = true;
      } else if (code === 123) {
        if (this.depth === 0) this.from = at;
        this.depth += 1;
      } else if (code === 125) {
        this.depth -= 1;
        if (this.depth < 0) {
          this.tail = rest.slice(at);
          return;
        }
        if (this.depth === 0) {
          this.row(rest.slice(this.from, at + 1));
          taken = at + 1;
          this.from = -1;
        }
      }
    }
    this.rest = rest.slice(taken);
    this.at = at - taken;
    if (this.from >= 0) this.from -= taken;
  }

  private row(text: string): void {
    if (this.found.length === this.most) {
      this.full = true;
      return;
    }
    const row = JSON.parse(text) as Record<string, JsonTerm>;
    this.found.push((this.variables ?? []).map((name) => termOf(row[name])));
  }
}

/** A term as the format has it, where a triple is no text. */
type JsonTerm = Term | { readonly type: "triple"; readonly value: Readonly<Record<string, JsonTerm>> };

function termOf(given: JsonTerm | undefined): Term | null {
  if (!given) return null;
  if (typeof given.value === "string") return given as Term;
  const { subject, predicate, object } = given.value;
  return { type: "triple", value: `<<( ${[subject, predicate, object].map(written).join(" ")} )>>` };
}

function written(given: JsonTerm | undefined): string {
  const term = termOf(given);
  if (!term) return "";
  if (term.type === "uri") return `<${term.value}>`;
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "triple") return term.value;
  const tag = term["xml:lang"] ? `@${term["xml:lang"]}` : term.datatype ? `^^<${term.datatype}>` : "";
  return JSON.stringify(term.value) + tag;
}

/** N-Triples, read line by line. */
export class TriplesReader implements Reader {
  full = false;
  private readonly found: Triple[] = [];
  private rest = "";
  private cut = false;

  constructor(
    private readonly most: number,
    private readonly prefixes: () => ReadonlyMap<string, string>,
  ) {}

  get rows(): number {
    return this.found.length;
  }

  feed(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.line(line);
  }

  end(cut: boolean): Result {
    this.line(this.rest);
    const { found, prefixes } = this;
    let text: string | undefined;
    return {
      kind: "graph",
      triples: found,
      get text() {
        text ??= turtleOf(found, prefixes());
        return text;
      },
      cut: cut || this.cut || this.full ? found.length : null,
    };
  }

  private line(line: string): void {
    if (this.full) return;
    // the server says inside the text where it left triples out
    if (line.startsWith("# cut after")) this.cut = true;
    const triple = tripleOf(line);
    if (!triple) return;
    if (this.found.length === this.most) this.full = true;
    else this.found.push(triple);
  }
}
