/** The parameters of a named query as fields, and the query with what was filled in. */

import type { NamedQuery } from "../api/contract";
import { h } from "../dom";
import type { SearchElement } from "../elements/search";
import { language, t } from "../i18n/strings";
import { labels, schema } from "./research";
import { tokens } from "./tokens";

type Parameter = NamedQuery["parameters"][number];

export interface Field {
  readonly element: HTMLElement;
  /** The value as SPARQL has it. */
  value(): string;
}

/** A field for a parameter, with its example in it. */
export function fieldOf(parameter: Parameter, id: string): Field {
  if (parameter.kind === "iri") return isProperty(parameter.example) ? propertyField(parameter, id) : entityField(parameter);
  if (parameter.kind === "string") return textField(parameter, id);
  const isNumber = parameter.kind === "number";
  const input = h("input", { type: isNumber ? "number" : "text", id, step: isNumber ? "any" : null, value: isNumber ? parameter.example : "" });
  if (!isNumber) input.placeholder = t("examples.any");
  const value = (): string => {
    const text = input.value.trim();
    if (!isNumber) return text || "UNDEF";
    return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? text : parameter.example;
  };
  return { element: labelled(parameter, id, input), value };
}

/** A text; a day where the example is one, one of several where the help names them. */
function textField(parameter: Parameter, id: string): Field {
  const example = plain(parameter.example);
  const choices = parameter.help.split(/, | or /);
  const one = choices.length > 2 && choices.includes(example);
  const field = one
    ? h("select", { id }, ...choices.map((each) => h("option", { value: each, selected: each === example }, each)))
    : h("input", { type: /^\d{4}-\d\d-\d\d$/.test(example) ? "date" : "text", id, value: example });
  return { element: labelled(one ? { ...parameter, help: "" } : parameter, id, field), value: () => quoted(field.value.trim() || example) };
}

/** What a term is of: `<…>` or `"…"` without what stands around it. */
function plain(term: string): string {
  return term.replace(/^<([^]*)>$/, "$1").replace(/^"([^]*)"$/, (_, text: string) => text.replace(/\\(.)/g, "$1"));
}

/** Whether an example names a property, by the way properties are spelled. */
function isProperty(iri: string): boolean {
  return /[#/][a-z][A-Za-z]*>$/.test(iri) && !iri.includes("/id/") && !iri.includes("/claim/");
}

function labelled(parameter: Parameter, id: string, field: HTMLElement): HTMLElement {
  const help = parameter.help && h("span", { class: "quiet", lang: "en" }, ` ${parameter.help}`);
  return h("p", { class: "parameter" }, h("label", { for: id }, h("code", {}, `?${parameter.name}`), help), field);
}

function propertyField(parameter: Parameter, id: string): Field {
  const example = plain(parameter.example);
  const field = h("select", { id }, h("option", { value: example }, nameIn(example)));
  void schema()
    .then(({ properties }) => {
      const tongue = language().startsWith("zh") ? "zh" : "en";
      const told = properties.map(({ iri, name, label }) => ({ iri, text: `${label[tongue] ?? name} (${name})` }));
      told.sort((a, b) => a.text.localeCompare(b.text, language()));
      if (!told.some(({ iri }) => iri === example)) return;
      field.replaceChildren(...told.map(({ iri, text }) => h("option", { value: iri, selected: iri === example }, text)));
    })
    .catch(() => undefined); // the example is there
  return { element: labelled(parameter, id, field), value: () => `<${field.value}>` };
}

function entityField(parameter: Parameter): Field {
  const example = plain(parameter.example);
  let iri = example;
  const search = document.createElement("triplary-search") as SearchElement;
  search.keeps = true;
  search.label = parameter.help ? `?${parameter.name}: ${parameter.help}` : `?${parameter.name}`;
  search.onpick = (match) => {
    iri = match.iri;
  };
  const help = parameter.help && h("span", { class: "quiet", lang: "en" }, ` ${parameter.help}`);
  const element = h("div", { class: "parameter" }, h("span", { "aria-hidden": "true" }, h("code", {}, `?${parameter.name}`), help), search);
  search.fillIn(nameIn(iri));
  void labels([iri], new AbortController().signal)
    .then((found) => {
      const label = found.get(example);
      if (label && iri === example) search.fillIn(label);
    })
    .catch(() => undefined); // the name in the IRI is there
  return { element, value: () => `<${iri}>` };
}

/** The last part of an IRI as people write it. */
function nameIn(iri: string): string {
  const last = iri.split(/[/#]/).pop() ?? iri;
  try {
    return decodeURIComponent(last).replaceAll("_", " ");
  } catch {
    return last;
  }
}

function quoted(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `"${escaped}"`;
}

/** A named query with other values in its VALUES rows. */
export function filledIn(query: string, values: ReadonlyMap<string, string>): string {
  const found = tokens(query).filter(({ kind }) => kind !== "space");
  let text = "";
  let from = 0;
  for (const [at, token] of found.entries()) {
    if (token.text.toLowerCase() !== "values") continue;
    const value = values.get(found[at + 1]?.text.slice(1) ?? "");
    const open = found[at + 2];
    const close = found.slice(at + 3).find((each) => each.text === "}");
    const comment = close && found[found.indexOf(close) + 1];
    if (value === undefined || open?.text !== "{" || !close || !/^#\s*parameter/.test(comment?.text ?? "")) continue;
    text += `${query.slice(from, open.to)} ${value} `;
    from = close.from;
  }
  return text + query.slice(from);
}
