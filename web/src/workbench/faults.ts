/** What is wrong in a query: underlined where the server found it, and gently where the grammar stumbles. */

import { syntaxTree } from "@codemirror/language";
import { type Diagnostic, forceLinting, linter, lintKeymap } from "@codemirror/lint";
import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import { t } from "../i18n/strings";
import { placeOf } from "./places";

export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const PAUSE = 800;
const MOST = 3;
const told = StateEffect.define<Fault | null>();

/** What the server said of the query as it stands: what is changed since may be right. */
const server = StateField.define<Fault | null>({
  create: () => null,
  update: (fault, transaction) => {
    for (const effect of transaction.effects) if (effect.is(told)) return effect.value;
    return transaction.docChanged ? null : fault;
  },
});

export const FAULTS: Extension = [
  server,
  linter((view) => found(view.state), {
    delay: PAUSE,
    needsRefresh: ({ startState, state }) => startState.field(server) !== state.field(server),
  }),
  keymap.of([...lintKeymap]),
];

/** Underline what the server found; null where there is nothing any more. */
export function underline(view: EditorView, fault: Fault | null): void {
  view.dispatch({ effects: told.of(fault) });
  if (fault) forceLinting(view);
}

function found(state: EditorState): readonly Diagnostic[] {
  const fault = state.field(server);
  return fault ? [ofServer(state, fault), ...stumbles(state, -1)] : stumbles(state, state.selection.main.head);
}

/** The word at the place; at the end of a line, what stands before it. */
function ofServer(state: EditorState, fault: Fault): Diagnostic {
  const text = state.doc.toString();
  const at = placeOf(state, fault);
  const word = /^\S+/.exec(text.slice(at))?.[0].length ?? 0;
  const before = text.slice(0, at).trimEnd().length;
  const [from, to] = word ? [at, at + word] : [Math.max(before - 1, 0), before];
  return { from, to, severity: "error", source: "server", message: fault.message };
}

/** Where the grammar meets what it doesn't know, but not in the line where somebody writes. */
function stumbles(state: EditorState, cursor: number): readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  if (knowsMore(state.doc.toString())) return faults;
  syntaxTree(state).iterate({
    enter: (node) => {
      if (!node.type.isError || faults.length >= MOST) return;
      const line = state.doc.lineAt(node.from);
      if (cursor >= line.from && cursor <= line.to) return;
      const to = node.to > node.from ? Math.min(node.to, line.to) : Math.min(node.from + 1, line.to);
      faults.push({ from: Math.min(node.from, to), to, severity: "info", source: "grammar", message: t("editor.unexpected") });
    },
  });
  return faults;
}

/** Whether a query uses what the grammar here doesn't know yet: the triple terms of SPARQL 1.2. */
function knowsMore(query: string): boolean {
  return /<<|\{\||~\s*[?:_<]/.test(query);
}
