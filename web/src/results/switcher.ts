/** The row of views above a result: those that suit it as tabs, the others in a box with what they need. */

import { fill, h } from "../dom";
import { popover } from "../elements/popover";
import { t } from "../i18n/strings";
import { missing } from "./fits";
import { type Result, VIEWS, type ViewName } from "./result";

let made = 0;

export class Switcher {
  readonly id = `result-${(made += 1)}`;
  private readonly tabs = h("div", { role: "tablist", class: "result-tabs", "aria-label": t("results.views") });
  readonly element = h("div", { class: "result-views" }, this.tabs);

  constructor(private readonly choose: (view: ViewName) => void) {
    this.tabs.addEventListener("keydown", (event) => this.walk(event));
  }

  show(result: Result, current: ViewName): void {
    const offered = VIEWS.filter((view) => view.fits(result) > 0 || view.name === current);
    const suited = offered.sort((one, other) => other.fits(result) - one.fits(result)).map(({ name }) => name);
    const focused = this.tabs.contains(document.activeElement);
    fill(this.tabs, ...suited.map((name) => this.tab(name, name === current)));
    fill(this.element, this.tabs, this.others(result, VIEWS.map(({ name }) => name).filter((name) => !suited.includes(name))));
    const tab = this.tabs.querySelector<HTMLElement>('[aria-selected="true"]');
    if (focused) tab?.focus();
    if (tab) this.reveal(tab);
  }

  /** A tab that stands beyond the edge of a narrow page is moved into sight. */
  private reveal(tab: HTMLElement): void {
    const end = tab.offsetLeft - this.tabs.offsetLeft + tab.offsetWidth;
    if (end > this.tabs.clientWidth) this.tabs.scrollLeft = end - this.tabs.clientWidth / 2;
  }

  private tab(name: ViewName, current: boolean): HTMLElement {
    return h(
      "button",
      {
        type: "button", role: "tab", id: `${this.id}-${name}`, "data-view": name, "aria-selected": String(current),
        "aria-controls": `${this.id}-pane`, tabindex: current ? "0" : "-1", onclick: () => this.choose(name),
      },
      t(`results.view_${name}`),
    ); // prettier-ignore
  }

  private others(result: Result, names: readonly ViewName[]): HTMLElement | null {
    if (names.length === 0) return null;
    const button = h("button", { type: "button", class: "button" }, t("results.others"));
    const list = h(
      "ul",
      {},
      ...names.map((name) => {
        const lacking = missing(name, result);
        return h("li", {}, h("strong", {}, t(`results.view_${name}`)), " ", lacking ? t(`results.wants_${lacking}`) : "");
      }),
    );
    return popover(button, "result-others", t("results.others"), list).element;
  }

  private walk(event: KeyboardEvent): void {
    const tabs = Array.from(this.tabs.querySelectorAll<HTMLElement>("[role=tab]"));
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    tab?.focus();
    tab?.click();
  }
}
