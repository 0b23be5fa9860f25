/** What a name in a query is called, shown while the pointer rests on it. */

import { hoverTooltip, type Tooltip } from "@codemirror/view";
import type { Extension } from "@codemirror/state";
import { describe } from "../api/client";
import { h } from "../dom";
import { language, number, t } from "../i18n/strings";
import type { Prefixes } from "./complete";
import { declared, expanded } from "./prefixes";
import { labels, schema } from "./research";
import { tokens } from "./tokens";

export interface About {
  readonly label: string;
  readonly note: string;
}

const asked = new Map<string, Promise<About | null>>();

export function hover(known: Prefixes): Extension {
  return hoverTooltip(
    async (view, at): Promise<Tooltip | null> => {
      const query = view.state.doc.toString();
      const token = tokens(query).find(({ from, to, kind }) => from <= at && at <= to && (kind === "name" || kind === "iri"));
      if (!token) return null;
      const iri = expanded(token.text, new Map([...known(), ...declared(query).prefixes]));
      if (!iri) return null;
      const about = await aboutOf(iri);
      if (!about) return null;
      const dom = h("div", { class: "hover" }, h("strong", {}, about.label), about.note && h("span", {}, about.note), h("code", {}, iri));
      return { pos: token.from, end: token.to, above: true, create: () => ({ dom }) };
    },
    { hoverTime: 250 },
  );
}

function aboutOf(iri: string): Promise<About | null> {
  let about = asked.get(iri);
  if (!about) {
    about = ask(iri).catch(() => {
      asked.delete(iri); // the next hover asks again
      return null;
    });
    asked.set(iri, about);
  }
  return about;
}

async function ask(iri: string): Promise<About | null> {
  const { classes, properties } = await schema();
  const tongue = language().startsWith("zh") ? "zh" : "en";
  const isClass = classes.find((each) => each.iri === iri);
  if (isClass) return { label: isClass.label[tongue] ?? isClass.name, note: t("editor.class", { count: number(isClass.count) }) };
  const property = properties.find((each) => each.iri === iri);
  if (property) return { label: property.label[tongue] ?? property.name, note: t("editor.property", { count: number(property.count) }) };
  const { signal } = new AbortController();
  try {
    const { entity } = await describe(iri, tongue, "", signal);
    return { label: entity.label, note: entity.classes.map(({ label }) => label).join(", ") };
  } catch {
    const label = (await labels([iri], signal)).get(iri);
    return label ? { label, note: "" } : null;
  }
}
