/** A button that opens a small box beside it: closed by Escape, by a press elsewhere, or when the focus leaves. */

import { h } from "../dom";

let made = 0;

export interface Popover {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  close(): void;
}

export function popover(button: HTMLButtonElement, kind: string, label: string, ...content: readonly HTMLElement[]): Popover {
  made += 1;
  const id = `popover-${made}`;
  const box = h("div", { class: "popover-box", id, role: "group", "aria-label": label, hidden: true }, ...content);
  const element = h("div", { class: `popover ${kind}` }, button, box);
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", id);

  const open = (yes: boolean): void => {
    box.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
    if (yes) document.addEventListener("pointerdown", outside, { capture: true });
    else document.removeEventListener("pointerdown", outside, { capture: true });
  };
  const outside = (event: PointerEvent): void => {
    if (!(event.target instanceof Node && element.contains(event.target))) open(false);
  };
  button.addEventListener("click", () => open(box.hidden));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || box.hidden) return;
    event.preventDefault();
    open(false);
    button.focus();
  });
  element.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next instanceof Node && !element.contains(next)) open(false);
  });
  return { element, button, close: () => open(false) };
}
