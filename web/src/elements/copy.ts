/** <triplary-copy>: copies how an entity is written: its IRI, CURIE, label, or what is said of it as Turtle. */

import { ask, isAbort } from "../api/client";
import type { Description } from "../api/contract";
import { fill, h } from "../dom";
import { t } from "../i18n/strings";
import { icon } from "./icons";

const KINDS = ["iri", "curie", "label", "turtle"] as const;
type Kind = (typeof KINDS)[number];

export class CopyElement extends HTMLElement {
  private entity: Description["entity"] | null = null;
  private asking = new AbortController();
  private readonly status = h("p", { class: "copied", role: "status" });
  private readonly fold = h("details", { class: "drop" });

  connectedCallback(): void {
    if (!this.childElementCount) fill(this, this.fold, this.status);
    document.addEventListener("pointerdown", this.outside);
  }

  disconnectedCallback(): void {
    document.removeEventListener("pointerdown", this.outside);
    this.asking.abort();
  }

  show(entity: Description["entity"]): void {
    this.entity = entity;
    this.status.textContent = "";
    fill(
      this.fold,
      h("summary", { class: "icon-button", "aria-label": t("copy.title"), title: t("copy.title"), "data-key": "copy" }, icon("copy")),
      h(
        "ul",
        { class: "drop-list" },
        ...KINDS.filter((kind) => kind !== "curie" || entity.curie !== entity.iri).map((kind) =>
          h("li", {}, h("button", { type: "button", "data-copy": kind, onclick: () => void this.copy(kind) }, t(`copy.${kind}`))),
        ),
      ),
    );
    this.fold.onkeydown = (event) => {
      if (event.key !== "Escape" || !this.fold.open) return;
      event.stopPropagation();
      this.close();
    };
  }

  private readonly outside = (event: Event): void => {
    if (event.target instanceof Node && !this.fold.contains(event.target)) this.fold.open = false;
  };

  private close(): void {
    this.fold.open = false;
    this.fold.querySelector("summary")?.focus();
  }

  private async copy(kind: Kind): Promise<void> {
    if (!this.entity) return;
    const what = t(`copy.${kind}`);
    this.close();
    try {
      const text = kind === "turtle" ? await this.turtle(this.entity.page) : this.entity[kind];
      await write(text);
      this.status.textContent = t("copy.done", { what });
    } catch (error) {
      if (!isAbort(error)) this.status.textContent = t("copy.failed", { what });
    }
  }

  private async turtle(page: string): Promise<string> {
    this.asking.abort();
    this.asking = new AbortController();
    return (await ask(`${page}.ttl`, { signal: this.asking.signal })).text();
  }
}

/** To the clipboard; over plain HTTP a browser has none for us, and the old way is left. */
async function write(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = h("textarea", { class: "visually-hidden", readonly: true });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}

customElements.define("triplary-copy", CopyElement);
