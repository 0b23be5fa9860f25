/** The keys of the explorer, in one table: the listener and the list under "?" are both made from it. */

export type Command =
  | "search" | "help" | "expand" | "collapse" | "hide" | "others" | "pin" | "fit" | "more" | "fewer" | "closer"
  | "farther" | "undo" | "redo" | "walk" | "details" | "menu" | "close"; // prettier-ignore

interface Key {
  readonly command: Command;
  /** As `KeyboardEvent.key` says them; letters small. */
  readonly keys: readonly string[];
  /** As people read them on the keys. */
  readonly shown: readonly string[];
  /** Held down as well: Ctrl (or Cmd), with or without Shift. */
  readonly held?: "control" | "control-shift" | "shift";
  /** Only while the picture has the focus, or nothing: these keys mean something to buttons and pages. */
  readonly inPicture?: true;
}

export const KEYS: readonly Key[] = [
  { command: "search", keys: ["/"], shown: ["/"] },
  { command: "expand", keys: ["e"], shown: ["E"] },
  { command: "collapse", keys: ["c"], shown: ["C"] },
  { command: "hide", keys: ["h", "Delete", "Backspace"], shown: ["H", "Delete"] },
  { command: "others", keys: ["o"], shown: ["O"] },
  { command: "pin", keys: ["p"], shown: ["P"] },
  { command: "menu", keys: ["ContextMenu"], shown: ["☰"], inPicture: true },
  { command: "menu", keys: ["F10"], shown: ["Shift + F10"], held: "shift", inPicture: true },
  { command: "walk", keys: ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"], shown: ["↑", "→", "↓", "←"], inPicture: true },
  { command: "details", keys: ["Enter"], shown: ["Enter"], inPicture: true },
  { command: "more", keys: ["+", "="], shown: ["+"] },
  { command: "fewer", keys: ["-", "−"], shown: ["−"] },
  { command: "fit", keys: ["f"], shown: ["F"] },
  { command: "closer", keys: ["]"], shown: ["]"] },
  { command: "farther", keys: ["["], shown: ["["] },
  { command: "undo", keys: ["z"], shown: ["Ctrl + Z"], held: "control" },
  { command: "redo", keys: ["z"], shown: ["Ctrl + Shift + Z"], held: "control-shift" },
  { command: "redo", keys: ["y"], shown: ["Ctrl + Y"], held: "control" },
  { command: "close", keys: ["Escape"], shown: ["Esc"] },
  { command: "help", keys: ["?"], shown: ["?"] },
];

const STORED = "triplary-keys";

/** Whether keys that are one sign do something: they can be switched off, for whoever speaks to the computer. */
export function keysOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

export function switchKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, "off");
  } catch {
    // the choice cannot be kept: keys stay as they are
  }
}

/** What a key asks for; null where it is somebody else's: a field's, a menu's, a dialog's, the browser's. */
export function commandOf(event: KeyboardEvent, picture: Element): Command | null {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.defaultPrevented || event.isComposing || isTyping(target)) return null;
  if (target.closest("dialog, [role=menu], [role=listbox]")) return null;
  const here = target === picture || target === document.body;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const held = heldOf(event);
  const found = KEYS.find((each) => {
    if (!each.keys.includes(key) || (each.inPicture && !here)) return false;
    // a sign that needs Shift on some keyboard is still that sign
    return each.held ? each.held === held : held === "" || (held === "shift" && key.length === 1 && !/[a-z]/.test(key));
  });
  if (!found || (!found.held && key.length === 1 && !keysOn())) return null;
  return found.command;
}

function heldOf(event: KeyboardEvent): string {
  if (event.getModifierState("AltGraph")) return "";
  if (event.altKey) return "alt";
  const control = event.ctrlKey || event.metaKey;
  if (control) return event.shiftKey ? "control-shift" : "control";
  return event.shiftKey ? "shift" : "";
}

function isTyping(target: Element): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.matches("textarea, select, [contenteditable]");
}
