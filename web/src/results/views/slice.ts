/** A long list, some of it at a time, with a button for the next. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";

/** Puts the first `many` of `all` into `list`, and more when asked; what is left is said. */
export function slices<T>(all: readonly T[], many: number, list: HTMLElement, make: (each: T, at: number) => HTMLElement): HTMLElement {
  const status = h("span", { class: "quiet", role: "status" });
  const button = h("button", { type: "button", class: "button", "data-key": "more" }, t("results.more", { count: many }));
  const box = h("p", { class: "result-more" }, status, button);
  let shown = 0;
  const next = (): void => {
    const first = shown;
    shown = Math.min(shown + many, all.length);
    list.append(...all.slice(first, shown).map((each, at) => make(each, first + at)));
    status.textContent = t("details.shown", { shown, total: all.length });
    box.hidden = shown === all.length && first === 0;
    button.hidden = shown === all.length;
  };
  button.addEventListener("click", next);
  next();
  return box;
}
