/** A range of a table as text for the clipboard. */

/** Cells with tabs, breaks or quotes are quoted, as spreadsheets read them. */
export function tsv(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => cells.map(quoted).join("\t")).join("\n");
}

function quoted(text: string): string {
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table of GitHub's Markdown; what would end a cell is escaped. Figures are set to the right. */
export function markdown(head: readonly string[], lines: readonly (readonly string[])[], figures: readonly boolean[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(" | ")} |`;
  return [row(head), `| ${figures.map((each) => (each ? "---:" : "---")).join(" | ")} |`, ...lines.map(row)].join("\n");
}

function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll(/\s*[\r\n]+\s*/g, " ");
}

/** To the clipboard; over plain HTTP a browser has none for us, and the old way is left. */
export async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}
