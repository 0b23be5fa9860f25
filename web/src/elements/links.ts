/** Links and buttons that lead on inside the explorer, and links that lead out of it. */

import type { FactValue } from "../api/contract";
import { h, safeLink } from "../dom";
import type { Actions } from "../explorer/scene";
import { fromUrl } from "../explorer/state";
import { t } from "../i18n/strings";

const ONTOLOGY = "https://w3id.org/triplary/ontology#";

/** Whether a click on a link asks for a new tab or window: then the browser has it. */
export function elsewhere(event: MouseEvent): boolean {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
}

/** The address of an entity's page, in the language of this page. */
export function pageLink(page: string): string {
  const language = new URLSearchParams(location.search).get("language");
  return safeLink(language ? `${page}?language=${encodeURIComponent(language)}` : page);
}

/** A link to a picture; a plain click changes the picture in place. */
export function pictureLink(address: string, text: string, actions: () => Actions, more: Readonly<Record<string, string>> = {}): HTMLElement {
  const follow = (event: MouseEvent): void => {
    if (elsewhere(event)) return;
    event.preventDefault();
    const { language: _kept, ...state } = fromUrl(new URL(address, location.href).search);
    actions().go(state);
  };
  return h("a", { href: safeLink(address), onclick: follow, ...more }, text);
}

/** A link to an entity's page; a plain click shows the entity in the picture. */
export function entityLink(entity: { readonly name: string; readonly label: string; readonly page: string }, show: (name: string) => void): HTMLElement {
  const follow = (event: MouseEvent): void => {
    if (elsewhere(event)) return;
    event.preventDefault();
    show(entity.name);
  };
  return h("a", { href: pageLink(entity.page), "data-name": entity.name, onclick: follow }, entity.label);
}

/** Whether a value is a place on the web rather than something the graph speaks of. */
export function isAddress(value: FactValue): boolean {
  return value.type === "iri" && /^https?:/.test(value.value) && value.name === value.value && value.label === value.value;
}

/** A value of a fact: an entity to go to, a page on the web, or a text. */
export function valueOf(value: FactValue, show: (name: string) => void): HTMLElement {
  if (value.type === "literal") return h("span", value.language ? { lang: value.language } : {}, literal(value));
  if (isAddress(value)) {
    const shown = value.value.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
    return h("a", { href: safeLink(value.value), rel: "noopener external" }, shown);
  }
  if (value.page) return entityLink(value, show);
  const outside = /^https?:/.test(value.value) && !value.value.startsWith(ONTOLOGY);
  return outside
    ? h("a", { href: safeLink(value.value), rel: "noopener external" }, value.label || value.value)
    : h("span", {}, value.label || value.value);
}

function literal(value: FactValue): string {
  if (value.datatype.endsWith("#boolean")) return t(value.value === "true" || value.value === "1" ? "value.yes" : "value.no");
  return value.label || value.value;
}

/** A predicate that arrives at `entity`, in words: as it reads backwards ("develops"), else "… developed by Baidu", "由百度开发". */
export function arriving(label: string, entity: string, backwards = ""): string {
  if (backwards) return backwards;
  return label.includes("…") ? label.replace("…", entity) : t("details.arriving", { relation: label, entity });
}
