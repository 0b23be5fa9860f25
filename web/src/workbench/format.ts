/** Lays a query out: one clause or triple to a line, brackets indented. Comments stay, and so does the meaning. */

import { type Token, tokens } from "./tokens";

const WIDTH = 92;
const SHORT = 72;
const STEP = 2;

/** Words that begin a line, wherever they stand outside of parentheses. */
const BEGINS = new Set(
  "prefix base select construct describe ask from where having limit offset optional filter bind values minus graph service insert delete load clear drop create add move copy with using".split(" "),
);
/** Words that begin one with the word after them, BY. */
const BEGINS_BY = new Set(["group", "order"]);
/** Words that are written large. */
const KEYWORDS = new Set([
  ..."prefix base select distinct reduced construct describe ask from named where group order by having asc desc limit offset as".split(" "),
  ..."optional filter bind values undef minus graph service silent union exists not in insert delete data with using load".split(" "),
  ..."clear drop create add move copy to into default all separator".split(" "),
]);
/** Words that a bracket follows with a space; after other words it is the bracket of a function. */
const SPACED = new Set(
  "select distinct reduced by having filter in as not where values optional minus union exists construct using named from ask graph service".split(" "),
);
/** Words that never stand in a group of one line. */
const PARTS = new Set("select union optional values minus bind service".split(" "));
/** Signs that mean one thing in a path and another in a sum: they keep the spaces that they have. */
const KEEPS = new Set(["/", "|", "^", "*", "+", "-", "?", "!", "<<", ">>"]);
/** Signs between two expressions: a space on either side. */
const COMPARES = new Set(["&&", "||", "=", "!=", "<", ">", "<=", ">="]);
const TIGHT_AFTER = new Set(["(", "<<(", "^^"]);
const TIGHT_BEFORE = new Set([")", ",", "^^", ")>>"]);

interface Atom {
  readonly text: string;
  /** Whether a space stands before it. */
  readonly spaced: boolean;
  readonly comment: boolean;
}

interface Line {
  readonly indent: number;
  readonly atoms: Atom[];
}

/** A query laid out; the same again, if it is laid out already, or if some of it is no token (an open text). */
export function format(query: string): string {
  const all = tokens(query);
  if (all.every(({ kind }) => kind === "space") || all.some(({ kind }) => kind === "other")) return query;
  return new Layout(query, all).text();
}

class Layout {
  private readonly lines: Line[] = [];
  private line: Line = { indent: 0, atoms: [] };
  private depth = 0;
  private parens = 0;
  /** Whether the brackets that are open are laid out in one line. */
  private readonly flat: boolean[] = [];
  private more = 0;

  constructor(
    private readonly query: string,
    private readonly all: readonly Token[],
  ) {}

  text(): string {
    const code = this.all.filter(({ kind }) => kind !== "space");
    for (const [at, token] of code.entries()) {
      const last = code[at - 1] ?? null;
      const gap = last ? this.query.slice(last.to, token.from) : "";
      this.token(token, last, gap, code, at);
    }
    this.end();
    return `${this.lines.map(rendered).join("\n")}\n`;
  }

  private token(token: Token, last: Token | null, gap: string, code: readonly Token[], at: number): void {
    const blank = (gap.match(/\n/g) ?? []).length > 1;
    if (token.kind === "comment") {
      this.comment(token, last, gap, blank);
      return;
    }
    const word = token.kind === "word" ? token.text.toLowerCase() : "";
    if (this.begins(word, last, code[at + 1]) && this.parens === 0 && !this.isFlat()) {
      this.end();
      this.more = 0;
    }
    if (blank && this.line.atoms.length === 0) this.gap();
    const text = KEYWORDS.has(word) ? token.text.toUpperCase() : token.text;
    if (text === "}") this.closing();
    this.put(text, this.spaced(token, last, gap));
    if (text === "{") this.opening(code, at);
    else if (text === "(" || text === "<<(") this.parens += 1;
    else if (text === ")" || text === ")>>") this.parens = Math.max(0, this.parens - 1);
    if (this.parens === 0 && !this.isFlat()) this.after(text, token, code[at + 1]);
  }

  private isFlat(): boolean {
    return this.flat[this.flat.length - 1] ?? false;
  }

  private begins(word: string, last: Token | null, next: Token | undefined): boolean {
    const before = last?.text.toLowerCase() ?? "";
    if (BEGINS_BY.has(word)) return next?.text.toLowerCase() === "by";
    // CLEAR GRAPH, COPY … TO GRAPH and their like are one clause
    if (word === "graph" && this.depth === 0) return false;
    if (word === "where") return before === "}" && this.isUpdate();
    return BEGINS.has(word);
  }

  private isUpdate(): boolean {
    return this.all.some(({ kind, text }) => kind === "word" && /^(?:insert|delete)$/i.test(text));
  }

  private after(text: string, token: Token, next: Token | undefined): void {
    const closes = next?.text === "." || next?.text === ";";
    if (text === "." && token.kind === "sign") this.leave(0);
    else if (text === ";") this.leave(this.depth > 0 ? 1 : 0);
    else if (token.kind === "iri" && this.isPrologue()) this.leave(0);
    else if (text === "}" && !closes && !this.goesOn(next)) this.leave(0);
    else if (text === ")" && !closes && /^(?:FILTER|BIND)$/.test(this.line.atoms[0]?.text ?? "")) this.leave(0);
  }

  /** Whether what follows a closing bracket stands in the line of that bracket. */
  private goesOn(next: Token | undefined): boolean {
    if (next?.text.toLowerCase() === "where") return true;
    return next?.text.toLowerCase() === "union" && this.line.atoms[0]?.text === "}";
  }

  /** End a line; the next one is indented by so much more than its bracket asks for. */
  private leave(more: number): void {
    this.end();
    this.more = more;
  }

  private isPrologue(): boolean {
    return /^(?:PREFIX|BASE)$/.test(this.line.atoms[0]?.text ?? "");
  }

  private opening(code: readonly Token[], at: number): void {
    this.flat.push(this.isFlat() || this.fits(code, at));
    this.depth += 1;
    this.more = 0;
    if (!this.isFlat()) this.end();
  }

  private closing(): void {
    const wasFlat = this.flat.pop() ?? false;
    this.depth = Math.max(0, this.depth - 1);
    this.more = 0;
    if (!wasFlat) this.end();
  }

  /** Whether a group is one short thing that may stand in a line. */
  private fits(code: readonly Token[], at: number): boolean {
    let width = 0;
    let deep = 0;
    for (const [place, token] of code.slice(at + 1).entries()) {
      if (token.kind === "comment" || token.text === ";" || token.text.includes("\n")) return false;
      if (token.text === "." && token.kind === "sign" && code[at + place + 2]?.text !== "}") return false;
      if (token.kind === "word" && PARTS.has(token.text.toLowerCase())) return false;
      width += token.text.length + 1;
      if (width > SHORT) return false;
      if (token.text === "{") deep += 1;
      if (token.text !== "}") continue;
      if (deep === 0) return true;
      deep -= 1;
    }
    return false;
  }

  private comment(token: Token, last: Token | null, gap: string, blank: boolean): void {
    if (last && !gap.includes("\n") && (this.line.atoms.length > 0 || this.lines.length > 0)) {
      const line = this.line.atoms.length > 0 ? this.line : this.lines[this.lines.length - 1];
      line?.atoms.push({ text: `  ${token.text.trimEnd()}`, spaced: false, comment: true });
      // what the comment stands in goes on below
      if (this.line.atoms.length > 0) this.leave(last.text === "}" ? 0 : this.more || 1);
      return;
    }
    this.end();
    if (blank) this.gap();
    this.put(token.text.trimEnd(), false, true);
    this.end();
  }

  private spaced(token: Token, last: Token | null, gap: string): boolean {
    if (!last || this.line.atoms.length === 0) return false;
    const { text } = token;
    const had = gap !== "";
    if (last.kind === "comment") return true;
    if (token.kind === "language" || TIGHT_BEFORE.has(text) || TIGHT_AFTER.has(last.text)) return false;
    if (COMPARES.has(text) || COMPARES.has(last.text)) return true;
    if (KEEPS.has(text) || KEEPS.has(last.text)) return had;
    if (text === "(") {
      if (last.kind === "word") return SPACED.has(last.text.toLowerCase()) || (had && last.text === "a");
      return had || last.kind === "variable" || last.text === ")" || last.text === "{" || last.kind === "sign";
    }
    if (text === "]" && last.text === "[") return had;
    return true;
  }

  private put(text: string, spaced: boolean, comment = false): void {
    if (this.line.atoms.length === 0) this.line = { indent: STEP * (this.depth + this.more), atoms: [] };
    this.line.atoms.push({ text, spaced, comment });
  }

  private end(): void {
    if (this.line.atoms.length) this.lines.push(this.line);
    this.line = { indent: 0, atoms: [] };
  }

  private gap(): void {
    const last = this.lines[this.lines.length - 1];
    if (last && last.atoms.length > 0) this.lines.push({ indent: 0, atoms: [] });
  }
}

/** A line as text; one that is too wide goes on below, further in. */
function rendered({ indent, atoms }: Line): string {
  const words: string[] = [];
  for (const { text, spaced, comment } of atoms) {
    if (spaced || words.length === 0) words.push(text);
    else if (comment) words.push(text);
    else words[words.length - 1] += text;
  }
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const isComment = word.startsWith("  #");
    const wanted = line === "" ? word : isComment ? line + word : `${line} ${word}`;
    const room = WIDTH - (lines.length ? indent + 2 * STEP : indent);
    if (line !== "" && !isComment && wanted.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = wanted;
    }
  }
  if (line) lines.push(line);
  return lines.map((each, place) => " ".repeat(place ? indent + 2 * STEP : indent) + each).join("\n");
}
