/** <triplary-twin>: the drawing as text, for whoever cannot see it or would rather read. */

import type { View } from "../api/contract";
import { fill, h } from "../dom";
import { t } from "../i18n/strings";

export class TwinElement extends HTMLElement {
  onpick: (name: string) => void = () => undefined;

  show(view: View): void {
    const open = this.querySelector("details")?.open ?? false;
    fill(
      this,
      h(
        "details",
        { open },
        h("summary", {}, t("twin.title")),
        h("h3", {}, t("twin.entities")),
        h(
          "ul",
          { class: "twin-nodes" },
          ...view.nodes.map((node) =>
            h("li", {}, h("button", { type: "button", class: "link", "data-name": node.name, onclick: () => this.onpick(node.name) }, node.label)),
          ),
        ),
        h("h3", {}, t("twin.sentences")),
        h("ol", { class: "twin-text" }, ...view.text.map((sentence) => h("li", {}, sentence))),
      ),
    );
  }
}

customElements.define("triplary-twin", TwinElement);
