/** <triplary-legend>: what the colours, shapes and lines of the drawing mean. */

import type { Legend } from "../api/contract";
import { fill, h } from "../dom";
import { number, t } from "../i18n/strings";
import { lineSwatch, shapeSwatch } from "../render/shapes";

export class LegendElement extends HTMLElement {
  show(legend: Legend): void {
    const open = this.querySelector("details")?.open ?? matchMedia("(min-width: 60rem)").matches;
    const claims = legend.verdicts.length > 1 || legend.verdicts.some((each) => each.verdict !== "stated");
    fill(
      this,
      h(
        "details",
        { open },
        h("summary", {}, t("legend.title")),
        h(
          "ul",
          { class: "legend-classes", "aria-label": t("legend.classes") },
          ...legend.classes.map((each) =>
            h("li", {}, shapeSwatch(each.shape, each.color), each.label, h("span", { class: "count" }, number(each.count))),
          ),
        ),
        claims &&
          h(
            "ul",
            { class: "legend-lines", "aria-label": t("legend.lines") },
            ...legend.verdicts.map((each) =>
              h("li", {}, lineSwatch(each), each.label, h("span", { class: "count" }, number(each.count))),
            ),
          ),
      ),
    );
  }
}

customElements.define("triplary-legend", LegendElement);
