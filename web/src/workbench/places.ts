/** Places in the text of the editor. */

import type { EditorState } from "@codemirror/state";

/** The place of a line and a column, both counted from 1, the column in characters. */
export function placeOf(state: EditorState, { line, column }: { readonly line: number; readonly column: number }): number {
  const at = state.doc.line(Math.max(1, Math.min(line, state.doc.lines)));
  const before = [...at.text].slice(0, Math.max(0, column - 1)).join("").length;
  return Math.min(at.from + before, at.to);
}
