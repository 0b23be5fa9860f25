/** Files that leave the page: saved to disk, or copied. */

import { h } from "../dom";

const KEPT = 10_000;

/** Save a file under a name. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // the browser fetches it after the click
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}

/** To the clipboard; over plain HTTP a browser has none for us, and the old way is left. */
export async function copy(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // refused: the old way may still be open
  }
  const field = h("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
