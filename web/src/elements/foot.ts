/** The line at the foot: who the sources are, and the files that the picture can be saved as. */

import { fill, h } from "../dom";
import type { Scene } from "../explorer/scene";
import { toApi } from "../explorer/state";
import { language, t } from "../i18n/strings";
import { sourceLine } from "./evidence";

const FORMATS = ["svg", "png", "html", "json", "ttl", "rq", "jsonld", "graphml", "gexf", "csv", "txt"] as const;

export class Foot {
  private readonly sources = h("p", { class: "sources" });
  private readonly files = h("ul", {});
  readonly element = h(
    "footer",
    { class: "foot" },
    this.sources,
    h("details", { class: "menu" }, h("summary", {}, t("save.title")), this.files),
  );

  show({ state, view }: Scene): void {
    fill(this.sources, t("sources.title"), " ");
    view.sources.forEach((source, place) => this.sources.append(...(place ? ["; "] : []), sourceLine(source)));
    fill(
      this.files,
      ...FORMATS.map((format) =>
        h("li", {}, h("a", { href: toApi(state, language(), `.${format}`), download: true }, t(`save.${format}`))),
      ),
    );
  }
}
