/** The tokens of SPARQL 1.1 (§19.8), and of 1.2 as far as they differ. Every character belongs to one. */

export type Kind =
  | "space"
  | "comment"
  | "iri"
  | "string"
  | "language"
  | "variable"
  | "blank"
  | "name"
  | "number"
  | "word"
  | "sign"
  | "other";

export interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ["space", /\s+/y],
  ["comment", /#[^\n\r]*/y],
  ["iri", /<[^<>"{}|^`\\\u0000-\u0020]*>/y],
  ["string", /'''(?:'{0,2}(?:[^'\\]|\\[^]))*'''|"""(?:"{0,2}(?:[^"\\]|\\[^]))*"""|'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"/y],
  ["language", /@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?/y],
  ["variable", /[?$][\p{L}\p{N}_\u00b7]+/uy],
  ["blank", /_:[\p{L}\p{N}_](?:[\p{L}\p{N}_.\u00b7-]*[\p{L}\p{N}_\u00b7-])?/uy],
  [
    "name",
    /(?:\p{L}(?:[\p{L}\p{N}_.\u00b7-]*[\p{L}\p{N}_\u00b7-])?)?:(?:(?:[\p{L}\p{N}_:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])(?:(?:[\p{L}\p{N}_.:\u00b7-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*(?:[\p{L}\p{N}_:\u00b7-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]))?)?/uy,
  ],
  ["number", /(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+|\d*\.\d+|\d+/y],
  ["word", /[A-Za-z][A-Za-z0-9_]*/y],
  ["sign", /<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|&&|\|\||!=|<=|>=|[{}()[\];,.|/^*+?!=<>~-]/y],
  ["other", /[^]/uy],
];

/** All tokens of a text, in order; their texts joined are the text. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match || !match[0]) continue;
      found.push({ kind, text: match[0], from: at, to: at + match[0].length });
      at += match[0].length;
      break;
    }
  }
  return found;
}
