/** The place where a query is written: the page's own field, until the editor has come. */

import type { Prefixes } from "./complete";
import type { Fault } from "./faults";

export interface Editor {
  text(): string;
  /** Change the text; that can be undone. */
  write(text: string): void;
  /** Begin with another query. */
  open(text: string): void;
  focus(): void;
  format(): void;
  underline(fault: Fault | null): void;
  /** Put the cursor at a line and a column, both counted from 1. */
  jump(line: number, column: number): void;
}

export interface EditorParts {
  run(): void;
  changed(text: string): void;
}

/** The field of the page as an editor; it stays where the better one cannot be fetched. */
function plain(area: HTMLTextAreaElement, parts: EditorParts): Editor {
  const write = (text: string): void => {
    area.value = text;
    parts.changed(text);
  };
  area.addEventListener("input", () => parts.changed(area.value));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    parts.run();
  });
  return {
    text: () => area.value,
    write,
    open: write,
    focus: () => area.focus(),
    format: () => void import("./format").then(({ format }) => write(format(area.value))),
    underline: () => undefined,
    jump: (line, column) => {
      const lines = area.value.split("\n");
      const at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
      area.focus();
      area.setSelectionRange(at, at);
    },
  };
}

/** What there is at once, and what takes its place. */
export class Writing implements Editor {
  private editor: Editor;

  constructor(
    private readonly area: HTMLTextAreaElement,
    private readonly host: HTMLElement,
    private readonly parts: EditorParts,
  ) {
    this.editor = plain(area, parts);
  }

  /** Fetch the editor, and go on in it with what was written meanwhile. */
  async improve(known: Prefixes): Promise<void> {
    try {
      const { codemirror } = await import("./codemirror");
      const had = document.activeElement === this.area;
      const changed = (text: string): void => {
        this.area.value = text; // the form knows it too
        this.parts.changed(text);
      };
      this.editor = codemirror(this.host, this.area.value, { ...this.parts, changed }, known);
      this.area.hidden = true;
      this.host.hidden = false;
      this.host.dataset["state"] = "ready";
      if (had) this.editor.focus();
    } catch {
      // the plain field does as well
    }
  }

  text = (): string => this.editor.text();
  write = (text: string): void => this.editor.write(text);
  open = (text: string): void => {
    this.editor.open(text);
    this.area.value = text;
  };
  focus = (): void => this.editor.focus();
  format = (): void => this.editor.format();
  underline = (fault: Fault | null): void => this.editor.underline(fault);
  jump = (line: number, column: number): void => this.editor.jump(line, column);
}
