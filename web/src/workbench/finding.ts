/** Searching in the query; it comes at the first Ctrl + F. */

import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { type Extension, Prec } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";

export const SEARCH: Extension = [search({ top: false }), highlightSelectionMatches(), Prec.high(keymap.of([...searchKeymap]))];

export function open(view: EditorView): void {
  openSearchPanel(view);
}
