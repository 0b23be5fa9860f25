/** Labels of what is not drawn: asked for once, and put in where they belong. */

import { describe } from "../api/client";
import { language } from "../i18n/strings";
import { localName } from "./picked";

const PATIENCE = 8000;
const labels = new Map<string, Promise<string>>();

/** The readable end of an IRI in `element` at once, and its label as soon as it is known. */
export function labelInto(element: HTMLElement, iri: string): void {
  element.textContent = localName(iri);
  const key = `${language()} ${iri}`;
  const asked = labels.get(key) ?? label(iri);
  labels.set(key, asked);
  void asked.then((text) => {
    element.textContent = text;
  });
}

/** An entity's label; of a claim, what it claims. */
async function label(iri: string): Promise<string> {
  try {
    const { entity, groups } = await describe(iri, language(), "", AbortSignal.timeout(PATIENCE));
    const value = (end: string): string => groups.find((each) => !each.inverse && each.predicate.endsWith(`#${end}`))?.facts[0]?.value.label ?? "";
    const claimed = [value("subject"), value("predicate"), value("object")].filter(Boolean);
    return claimed.length === 3 ? `${entity.label}: ${claimed.join(" – ")}` : entity.label;
  } catch {
    return localName(iri);
  }
}
