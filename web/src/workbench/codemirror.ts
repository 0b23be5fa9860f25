/** The editor itself, on CodeMirror 6. It comes in a file of its own, when the page stands. */

import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { language, t } from "../i18n/strings";
import { completion, type Prefixes } from "./complete";
import type { Editor, EditorParts } from "./editor";
import type { Fault } from "./faults";
import { format } from "./format";
import { hover } from "./hover";
import { CHINESE } from "./phrases";
import { placeOf } from "./places";

const COLORS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword, tags.modifier], color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--code-variable)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--code-number)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.url, tags.link, tags.namespace, tags.typeName, tags.propertyName, tags.className], color: "var(--code-name)" },
]);

/** The grammar colours no names with prefixes. */
const SPARQL = new LanguageSupport(SparqlLanguage.configure({ props: [styleTags({ "Pname_ln Pname_ns": tags.namespace })] }));

const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "0.875rem", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.75rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-soft)", border: "0" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent-soft) 45%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--against)" },
  ".cm-selectionMatch": { backgroundColor: "var(--accent-soft)" },
  ".cm-searchMatch": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--line-strong)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--accent)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)", fontFamily: "var(--sans)" },
  ".cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "0.5rem 0.7rem" },
  ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": { fontSize: "0.8rem" },
  ".cm-textfield": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "6px" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "6px" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "10px",
    boxShadow: "var(--shadow)", overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", fontSize: "0.9rem", maxHeight: "18rem", maxWidth: "min(92vw, 46rem)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", gap: "1.5rem", justifyContent: "space-between", padding: "0.3rem 0.7rem", lineHeight: "1.45" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  ".cm-completionLabel": { overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": { color: "var(--ink-soft)", fontStyle: "normal", fontFamily: "var(--mono)", fontSize: "0.8rem", marginLeft: "auto", whiteSpace: "pre" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "650" },
  ".hover": { display: "grid", gap: "0.15rem", padding: "0.5rem 0.8rem", maxWidth: "34rem", fontFamily: "var(--sans)", fontSize: "0.875rem" },
  ".hover span, .hover code": { color: "var(--ink-soft)" },
  ".hover code": { fontFamily: "var(--mono)", fontSize: "0.78rem", overflowWrap: "anywhere" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", fontSize: "0.875rem", padding: "0.5rem 0.8rem", borderLeft: "4px solid var(--line-strong)", whiteSpace: "pre-wrap", maxWidth: "34rem" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--against)" },
  ".cm-diagnosticSource": { display: "none" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--against) 1.5px", textUnderlineOffset: "3px" },
  ".cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline dotted var(--doubt) 2px", textUnderlineOffset: "3px" },
});

/** What comes later: searching, and what is underlined. */
const finding = new Compartment();
const faulting = new Compartment();

function find(view: EditorView): boolean {
  if (!emptyIn(view, finding)) return false;
  void import("./finding").then(({ open, SEARCH }) => {
    view.dispatch({ effects: finding.reconfigure(SEARCH) });
    open(view);
  });
  return true;
}

async function underline(view: EditorView, fault: Fault | null): Promise<void> {
  const faults = await import("./faults");
  if (emptyIn(view, faulting)) view.dispatch({ effects: faulting.reconfigure(faults.FAULTS) });
  faults.underline(view, fault);
}

function emptyIn(view: EditorView, compartment: Compartment): boolean {
  const found = compartment.get(view.state);
  return Array.isArray(found) && found.length === 0;
}

function extensions(parts: EditorParts, known: Prefixes): Extension {
  return [
    // first of all, before completion takes its keys
    Prec.highest(
      keymap.of([
        { key: "Mod-Enter", run: () => (parts.run(), true) },
        { key: "Shift-Alt-f", run: (view) => (tidy(view), true) },
        { key: "Mod-f", run: (view) => find(view) },
        { key: "Tab", run: acceptCompletion },
        // Escape, and then Tab leaves the editor, however long one waits: nobody is caught in it
        { key: "Escape", run: (view) => (view.setTabFocusMode(true), false) },
      ]),
    ),
    lineNumbers(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    finding.of([]),
    faulting.of([]),
    autocompletion({ override: [completion(known)], icons: false, closeOnBlur: true }),
    hover(known),
    syntaxHighlighting(COLORS),
    SPARQL,
    LOOK,
    EditorView.lineWrapping,
    EditorState.phrases.of(language().startsWith("zh") ? CHINESE : {}),
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({ "aria-label": t("workbench.query"), "aria-describedby": "editor-keys", autocapitalize: "none", spellcheck: "false" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) parts.changed(update.state.doc.toString());
    }),
    EditorView.domEventHandlers({
      keydown: ({ key }, view) => {
        // who writes on means to indent again
        if (!["Escape", "Tab", "Shift"].includes(key)) view.setTabFocusMode(false);
      },
      focus: (_, view) => {
        view.setTabFocusMode(false);
      },
    }),
    keymap.of([
      ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, indentWithTab,
    ]),
  ];
}

function replace(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  const head = Math.min(view.state.selection.main.head, text.length);
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: head },
    annotations: isolateHistory.of("full"), // to be undone by itself
  });
}

function tidy(view: EditorView): void {
  replace(view, format(view.state.doc.toString()));
}

/**
 * An editor in a shadow root, where its styles may be made as objects: the page's policy
 * allows no style elements.
 */
export function codemirror(host: HTMLElement, text: string, parts: EditorParts, known: Prefixes): Editor {
  const root = host.attachShadow({ mode: "open" });
  const state = (doc: string): EditorState => EditorState.create({ doc, extensions: extensions(parts, known) });
  const view = new EditorView({ state: state(text), root, parent: root });
  void underline(view, null);
  return {
    text: () => view.state.doc.toString(),
    write: (wanted) => replace(view, wanted),
    // another query: its own history of changes
    open: (wanted) => {
      view.setState(state(wanted));
      void underline(view, null);
    },
    focus: () => view.focus(),
    format: () => tidy(view),
    underline: (fault) => void underline(view, fault),
    jump: (line, column) => {
      const at = placeOf(view.state, { line, column });
      view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
      view.focus();
    },
  };
}
