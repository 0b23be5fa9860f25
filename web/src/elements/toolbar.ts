/** <triplary-toolbar>: what can be done with the picture as a whole. */

import { fill, h } from "../dom";
import type { Actions, Panel, Scene } from "../explorer/scene";
import { type State, verbOf } from "../explorer/state";
import { hopped, hopsOf } from "../explorer/steps";
import { type Side, SIDES, sideOf, VERDICTS } from "../explorer/verdicts";
import { number, t, verdictWord } from "../i18n/strings";
import { type Icon, icon } from "./icons";
import { Look } from "./look";
import { popover } from "./popover";

const COPIED = 2500;

/** What the toolbar asks of the page, beyond the steps that every panel may take. */
export interface ToolbarActs {
  filters(open: boolean): void;
  ask(): void;
  sparql(): void;
  help(): void;
  arrange: (() => void) | null;
  /** The address to share; a short one where it is long. */
  share(): Promise<string>;
}

export class ToolbarElement extends HTMLElement implements Panel {
  actions!: Actions;
  acts!: ToolbarActs;
  private look!: Look;
  private state: State | null = null;
  private readonly narrow = matchMedia("(width < 60rem)");

  private readonly filters = this.button("filter", t("filters.title"), () => this.acts.filters(this.filters.getAttribute("aria-expanded") !== "true"));
  private readonly badge = h("span", { class: "badge", hidden: true });
  private readonly sides = h("fieldset", { class: "sides" });
  private readonly hops = h("div", { class: "hops", role: "group", "aria-label": t("hops.label") });
  private readonly hopsSaid = h("span", { class: "hops-said" });
  private readonly tools = h("div", { class: "tools" });
  private readonly more = popover(this.button("menu", t("toolbar.more")), "more-tools", t("toolbar.more"));
  private readonly row = h("div", { class: "tool-row" });

  connectedCallback(): void {
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", t("toolbar.label"));
    this.look = new Look(() => this.actions, this.acts.arrange);
    const look = popover(this.button("look", t("look.title")), "look-tools", t("look.title"), this.look.element);
    this.filters.setAttribute("aria-expanded", "false");
    this.filters.setAttribute("aria-controls", "filters");
    this.filters.append(this.badge);
    this.fillSides();
    fill(
      this.hops,
      h("span", { class: "hops-label", "aria-hidden": "true" }, t("hops.title")),
      this.hop(-1, "minus", t("hops.fewer")),
      this.hopsSaid,
      this.hop(1, "plus", t("hops.more")),
    );
    const share = this.button("share", t("share.title"), () => void this.share(share));
    fill(
      this.tools,
      this.button("ask", t("ask.open"), () => this.acts.ask()),
      this.button("code", t("sparql.show"), () => this.acts.sparql()),
      share,
      this.button("keys", t("keys.title"), () => this.acts.help()),
    );
    fill(this.row, this.filters, look.element, this.sides, this.hops, this.tools, this.more.element);
    fill(this, this.row);
    this.narrow.addEventListener("change", this.arrange);
    this.arrange();
  }

  disconnectedCallback(): void {
    this.narrow.removeEventListener("change", this.arrange);
  }

  show(scene: Scene): void {
    const { state } = scene;
    this.state = state;
    this.look.show(scene);
    const side = sideOf(state);
    for (const input of this.sides.querySelectorAll("input")) input.checked = input.value === side;
    this.hops.hidden = verbOf(state) !== "expand";
    this.hopsSaid.textContent = number(hopsOf(state));
    for (const button of this.hops.querySelectorAll("button")) {
      const by = button.dataset["by"] === "1" ? 1 : -1;
      button.setAttribute("aria-disabled", String(hopped(state, by) === null));
    }
  }

  /** How many filters are set, and whether their panel is open. */
  showFilters(count: number, open: boolean): void {
    this.filters.setAttribute("aria-expanded", String(open));
    this.badge.hidden = count === 0;
    fill(this.badge, number(count), h("span", { class: "visually-hidden" }, ` ${t("filters.set")}`));
  }

  standStill(): void {
    this.look.standStill();
  }

  /** Whether nodes are finding their places. */
  arranging(running: boolean): void {
    this.look.arranging(running);
  }

  focusFilters(): void {
    this.filters.focus();
  }

  /** On a phone, what is needed less often stands in a sheet. */
  private readonly arrange = (): void => {
    const box = this.more.element.querySelector(".popover-box");
    if (this.narrow.matches) box?.append(this.sides, this.hops, this.tools);
    else this.filters.parentElement?.insertBefore(this.sides, this.more.element);
    if (!this.narrow.matches) this.sides.after(this.hops, this.tools);
    this.more.element.hidden = !this.narrow.matches;
  };

  private fillSides(): void {
    fill(
      this.sides,
      h("legend", { class: "visually-hidden" }, t("sides.label")),
      ...SIDES.flatMap((side) => {
        const id = `side-${side}`;
        const words = VERDICTS[side].map(verdictWord).join(t("list.comma"));
        const told = side === "all" ? t("sides.all.told") : t("sides.told", { verdicts: words });
        return [
          h(
            "label",
            { for: id, title: told },
            h("input", { type: "radio", name: "side", id, value: side, "aria-describedby": `${id}-told`, onchange: () => this.believe(side) }),
            h("span", {}, t(`sides.${side}`)),
          ),
          h("span", { class: "visually-hidden", id: `${id}-told` }, told), // beside the label: within it, it would be read twice
        ];
      }),
    );
  }

  private believe(side: Side): void {
    this.actions.push({ verdicts: VERDICTS[side] });
  }

  private hop(by: 1 | -1, sign: Icon, label: string): HTMLElement {
    const step = (): void => {
      const change = this.state && hopped(this.state, by);
      if (change) this.actions.push(change);
    };
    return h("button", { type: "button", "aria-label": label, title: label, "data-by": by, onclick: step }, icon(sign));
  }

  private button(sign: Icon, label: string, act: () => void = () => undefined): HTMLButtonElement {
    return h("button", { type: "button", class: "tool", title: label, onclick: act }, icon(sign), h("span", { class: "tool-label" }, label));
  }

  private async share(button: HTMLElement): Promise<void> {
    const address = await this.acts.share();
    const label = button.querySelector(".tool-label");
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      window.prompt(t("share.by_hand"), address); // the browser lets no page write there
      return;
    }
    button.classList.add("is-done");
    if (label) label.textContent = t("share.done");
    setTimeout(() => {
      button.classList.remove("is-done");
      if (label) label.textContent = t("share.title");
    }, COPIED);
  }
}

customElements.define("triplary-toolbar", ToolbarElement);
