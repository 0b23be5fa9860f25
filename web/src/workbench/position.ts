/** What may stand at a place of a query: found by walking over the tokens before it, right or wrong. */

import { expanded } from "./prefixes";
import { type Token, tokens } from "./tokens";

/** A triple as it is written: names, not IRIs. `inverse` where the path is one property read backwards. */
export interface Pattern {
  readonly subject: string;
  readonly predicate: string;
  readonly inverse: boolean;
  readonly object: string;
}

export type Place =
  | { readonly kind: "none" }
  | { readonly kind: "prefix" }
  | { readonly kind: "expression" }
  | { readonly kind: "subject" }
  | { readonly kind: "property"; readonly subject: string; readonly inverse: boolean }
  | { readonly kind: "object"; readonly subject: string; readonly predicate: string; readonly inverse: boolean }
  | { readonly kind: "value"; readonly variable: string };

export interface Position {
  readonly place: Place;
  readonly patterns: readonly Pattern[];
}

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const EXPRESSES = new Set(["filter", "bind", "having", "by", "select", "distinct", "reduced", "as"]);
const ENDS = new Set(["optional", "minus", "union", "filter", "bind", "values", "graph", "service", "where", "exists", "not"]);
const PATH = new Set(["/", "|", "^", "!", "*", "+", "?", "(", ")"]);

type State = "outside" | "subject" | "predicate" | "object" | "done";

/** Where a walk is inside one pair of brackets. */
interface Frame {
  readonly opener: string;
  state: State;
  subject: string;
  path: Token[];
  variable: string;
}

/** The walk over a query's tokens: what it has met, and where it stands. */
class Walk {
  readonly patterns: Pattern[] = [];
  private readonly frames: Frame[] = [frame("", "outside")];
  private before = "";
  private values = false;
  private variable = "";

  get top(): Frame {
    return this.frames[this.frames.length - 1] ?? frame("", "outside");
  }

  step(token: Token): void {
    const { top } = this;
    const { text } = token;
    if (text === "{" || text === "(" || text === "[") this.open(text);
    else if (text === "}" || text === ")" || text === "]") this.close(text);
    else if (token.kind === "word" && text !== "a") this.word(text.toLowerCase());
    else if (top.opener === "{" || top.opener === "[") this.inGroup(token);
    else if (this.values && token.kind === "variable") this.variable = text;
    this.before = token.kind === "word" ? text.toLowerCase() : text;
  }

  place(): Place {
    const { top } = this;
    if (this.before === "prefix") return { kind: "prefix" };
    if (top.opener === "values" || (top.opener === "(" && this.frames.some(({ opener }) => opener === "values"))) {
      return { kind: "value", variable: top.variable };
    }
    if (top.opener === "(" && top.state === "outside") return { kind: "expression" };
    if (this.before === "graph" || this.before === "from" || this.before === "named") return { kind: "subject" };
    const around = top.opener === "(" ? ([...this.frames].reverse().find(({ opener }) => opener !== "(") ?? top) : top;
    if (around.state === "predicate") {
      return { kind: "property", subject: around.subject, inverse: around.path[around.path.length - 1]?.text === "^" };
    }
    if (around.state === "object") {
      // a space after a path may still be followed by a path; what is meant more often is a value
      const { predicate, inverse } = read(around.path);
      const last = around.path[around.path.length - 1]?.text ?? "";
      if (["/", "|", "^", "!", "("].includes(last)) {
        return { kind: "property", subject: around.path.length > 1 ? "" : around.subject, inverse: last === "^" };
      }
      return { kind: "object", subject: around.subject, predicate, inverse };
    }
    if (around.state === "subject") return { kind: "subject" };
    return EXPRESSES.has(this.before) ? { kind: "expression" } : { kind: "none" };
  }

  private open(bracket: string): void {
    const { top } = this;
    if (bracket === "{") {
      if (this.values) {
        this.frames.push({ ...frame("values", "outside"), variable: this.variable });
        this.values = false;
      } else {
        this.frames.push(frame("{", "subject"));
      }
    } else if (bracket === "[") {
      this.frames.push({ ...frame("[", "predicate"), subject: "[]" });
    } else {
      const path = top.opener === "{" || top.opener === "[" ? top.state === "predicate" || top.path.length > 0 : false;
      const inPath = path && top.state !== "object";
      if (inPath) top.path.push({ kind: "sign", text: "(", from: 0, to: 0 });
      this.frames.push({ ...frame("(", inPath ? "predicate" : "outside"), subject: top.subject, variable: top.variable });
    }
  }

  private close(bracket: string): void {
    if (this.frames.length > 1) this.frames.pop();
    const { top } = this;
    if (bracket === "}") {
      if (top.opener === "{") Object.assign(top, frame(top.opener, "subject"));
    } else if (bracket === "]") {
      this.term(top, "[]");
    } else if (top.state === "predicate") {
      top.path.push({ kind: "sign", text: ")", from: 0, to: 0 });
      top.state = "object";
    } else if (top.state === "subject" && this.before !== "(") {
      top.state = "subject"; // the end of an expression: FILTER (…), BIND (…)
    }
  }

  private word(word: string): void {
    const { top } = this;
    this.values = word === "values" || (this.values && word === "undef");
    if (word === "values") this.variable = "";
    if (top.opener === "{" && (ENDS.has(word) || word === "select")) Object.assign(top, frame("{", "subject"));
    else if (top.opener === "{" && top.state === "object" && (word === "true" || word === "false")) this.term(top, word);
  }

  private inGroup(token: Token): void {
    const { top } = this;
    const { text, kind } = token;
    if (this.values && kind === "variable") {
      this.variable = text;
      return;
    }
    if (this.before === "graph" || this.before === "service" || this.before === "silent") return;
    if (text === "." && kind === "sign") Object.assign(top, frame(top.opener, "subject"));
    else if (text === ";") Object.assign(top, { state: "predicate", path: [] });
    else if (text === "," && (top.state === "done" || top.state === "object")) top.state = "object";
    else if (kind === "sign" && PATH.has(text) && (top.state === "predicate" || top.state === "object")) {
      top.path.push(token);
    } else if (kind !== "sign" && kind !== "language") this.term(top, text, token);
  }

  private term(at: Frame, text: string, token?: Token): void {
    if (at.state === "subject") {
      at.subject = text;
      at.path = [];
      at.state = "predicate";
    } else if (at.state === "predicate" && token) {
      at.path.push(token);
      at.state = "object";
    } else if (at.state === "object") {
      const last = at.path[at.path.length - 1]?.text ?? "";
      if (token && ["/", "|", "^", "!"].includes(last)) {
        at.path.push(token); // the path goes on
        return;
      }
      this.patterns.push({ subject: at.subject, ...read(at.path), object: text });
      at.state = "done";
    }
  }
}

function frame(opener: string, state: State): Frame {
  return { opener, state, subject: "", path: [], variable: "" };
}

/** The property of a path that is one property, forwards or backwards; empty for a longer path. */
function read(path: readonly Token[]): { readonly predicate: string; readonly inverse: boolean } {
  const names = path.filter(({ kind }) => kind !== "sign");
  const signs = path.filter(({ kind }) => kind === "sign").map(({ text }) => text);
  if (names.length !== 1 || signs.some((sign) => sign !== "^" && sign !== "(" && sign !== ")")) {
    return { predicate: "", inverse: false };
  }
  return { predicate: names[0]?.text ?? "", inverse: signs.includes("^") };
}

/** What is at a place of a query; the patterns are those of the whole query. */
export function positionAt(query: string, at: number): Position {
  const walk = new Walk();
  let place: Place | null = null;
  for (const token of tokens(query)) {
    if (place === null && token.to > at) place = walk.place();
    if (token.kind !== "space" && token.kind !== "comment") walk.step(token);
  }
  return { place: place ?? walk.place(), patterns: walk.patterns };
}

/** Whether a place lies in a comment or a text, where nothing is completed. */
export function isQuiet(query: string, at: number): boolean {
  for (const token of tokens(query)) {
    if (token.from >= at) return false;
    if (token.kind === "comment" && at <= token.to) return true;
    if (token.kind === "string" && at < token.to) return true;
    if (token.kind === "language" && at <= token.to) return true;
    // a quotation mark that nothing closes: a text that is being typed
    if (token.kind === "other" && (token.text === '"' || token.text === "'") && !query.slice(token.to, at).includes("\n")) return true;
  }
  return false;
}

/** The classes that a query says a subject has, as IRIs. */
export function classesOf(subject: string, patterns: readonly Pattern[], prefixes: ReadonlyMap<string, string>): readonly string[] {
  if (!subject || subject === "[]") return [];
  const found = patterns
    .filter((pattern) => pattern.subject === subject && !pattern.inverse && expanded(pattern.predicate, prefixes) === TYPE)
    .map((pattern) => (/^[?$]/.test(pattern.object) ? null : expanded(pattern.object, prefixes)));
  return [...new Set(found.filter((each) => each !== null))];
}
