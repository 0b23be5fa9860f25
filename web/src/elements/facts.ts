/** The facts of an entity in five parts: relations out and in, figures, names, and notes of whoever keeps the graph. */

import type { Description, Fact, FactGroup, Relation } from "../api/contract";
import { h } from "../dom";
import { number, t } from "../i18n/strings";
import { evidenceKey, evidenceList, verdictBadge } from "./evidence";
import { arriving, isAddress, valueOf } from "./links";

const PARTS = ["out", "in", "figures", "identity", "records"] as const;
type Part = (typeof PARTS)[number];

/** Facts of a group that are shown before "show all". */
const FOLD = 5;
/** As many statements that differ stand side by side; more, one below the other. */
const SIDES_MOST = 4;
/** The verdicts that a group is in conflict by, as the server has it; the heavier first. */
const AGAINST = ["wrong", "disputed"] as const;

const IDENTITY = new Set(["type", "label", "prefLabel", "altLabel", "name", "alternateName", "title", "alternative"]);
const IDENTITY_TOO = new Set(["description", "comment", "definition", "url", "homepage", "sameAs", "exactMatch", "closeMatch"]);
const MEASURED = /#(integer|int|long|decimal|double|float|nonNegativeInteger|positiveInteger|boolean|duration|gYear|gYearMonth|date|dateTime|time)$/;

/** What the facts may ask of the panel they stand in. */
export interface FactsActions {
  show(name: string): void;
  open(name: string, relation: string): void;
}

/** What a reader has unfolded, by part or by relation; it outlives drawing anew. */
export type Folds = Map<string, boolean>;

function partOf(group: FactGroup): Part {
  const end = group.predicate.split(/[#/]/).pop() ?? "";
  const first = group.facts[0]?.value;
  if (group.bookkeeping) return "records";
  if (IDENTITY.has(end) || IDENTITY_TOO.has(end)) return "identity";
  if (group.inverse) return "in";
  if (!first || first.type !== "literal") return first && isAddress(first) ? "identity" : "out";
  return MEASURED.test(first.datatype) ? "figures" : "records";
}

/** The parts of a description, each a fold with its groups. */
export function factParts(description: Description, folds: Folds, actions: FactsActions): HTMLElement[] {
  const parts = new Map<Part, FactGroup[]>(PARTS.map((part) => [part, []]));
  for (const group of description.groups) parts.get(partOf(group))?.push(group);
  return PARTS.map((part) => [part, parts.get(part) ?? []] as const)
    .filter(([, groups]) => groups.length > 0)
    .map(([part, groups]) => {
      const open = folds.get(part) ?? (part === "out" || part === "in" || part === "figures" || groups.some((each) => each.conflict));
      const fold = h(
        "details",
        { class: "part", "data-part": part, open },
        h(
          "summary",
          {},
          h("span", { class: "part-name" }, t(`details.part_${part}`)),
          h("span", { class: "count" }, number(groups.reduce((sum, each) => sum + each.total, 0))),
        ),
        ...groups.map((group) => groupOf(group, description, folds, actions)),
      );
      fold.addEventListener("toggle", () => folds.set(part, fold.open));
      return fold;
    });
}

function groupOf(group: FactGroup, description: Description, folds: Folds, actions: FactsActions): HTMLElement {
  const { entity } = description;
  const key = `${group.inverse ? "^" : ""}${group.predicate}`;
  const heading = group.inverse ? arriving(group.label, entity.label, group.inverseLabel) : group.label;
  const first = group.facts[0];
  const contested = group.conflict ? claimed(group) : null;
  const sides = group.conflict && group.facts.length > 1 && group.facts.length <= SIDES_MOST;
  const facts = contested && !sides ? [...group.facts].sort((one, other) => Number(isAgainst(other)) - Number(isAgainst(one))) : group.facts;
  const keys = new Set(group.facts.map((fact) => evidenceKey(fact.evidence)));
  const once = !sides && keys.size === 1 && group.facts.length > 1 && group.facts.every((fact) => fact.verdict === "stated");
  const folded = !sides && group.facts.length > FOLD + 1 && !folds.get(key);
  const list = h(
    "ul",
    { class: sides ? "facts sides" : "facts" },
    ...(folded ? facts.slice(0, FOLD) : facts).map((fact) => factOf(fact, !once, actions)),
  );
  const section = h(
    "section",
    { class: group.conflict ? "group is-conflict" : "group", "data-predicate": key },
    h("h3", {}, heading),
    group.conflict && h("p", { class: "conflict" }, contested ?? t(sides ? "details.sides" : "details.conflict", { count: group.facts.length })),
    list,
    once && first && evidenceList(first.evidence),
  );
  if (folded) section.append(unfold(facts, list, once, () => folds.set(key, true), actions));
  if (group.leftOut) section.append(h("p", { class: "quiet not-then" }, t("details.not_then", { count: group.leftOut })));
  if (group.total > group.shown) section.append(rest(group, relationOf(description, group), entity.name, actions));
  return section;
}

/** What is said of contested claims; null where no claim is, so that sources differ among themselves. */
function claimed({ facts }: FactGroup): string | null {
  for (const verdict of AGAINST) {
    const count = facts.filter((fact) => fact.verdict === verdict).length;
    if (count) return t(`details.${verdict}`, { count });
  }
  return null;
}

function isAgainst({ verdict }: Fact): boolean {
  return (AGAINST as readonly string[]).includes(verdict);
}

function unfold(facts: readonly Fact[], list: HTMLElement, once: boolean, remember: () => void, actions: FactsActions): HTMLElement {
  const button = h("button", { type: "button", class: "link unfold" }, t("details.show_all", { count: facts.length }));
  button.addEventListener("click", () => {
    remember();
    const added = facts.slice(FOLD).map((fact) => factOf(fact, !once, actions));
    list.append(...added);
    button.remove();
    added[0]?.querySelector<HTMLElement>("a, button")?.focus();
  });
  return button;
}

/** What the answer left out, and the way to it: into the picture. */
function rest(group: FactGroup, relation: Relation | undefined, name: string, actions: FactsActions): HTMLElement {
  return h(
    "p",
    { class: "quiet rest" },
    t("details.shown", { shown: group.shown, total: group.total }),
    relation && " · ",
    relation &&
      h(
        "button",
        { type: "button", class: "link", onclick: () => actions.open(name, `${group.inverse ? "^" : ""}${relation.name}`) },
        t("details.draw_some"),
      ),
  );
}

function relationOf(description: Description, group: FactGroup): Relation | undefined {
  return description.relations.find((each) => each.predicate === group.predicate && each.inverse === group.inverse);
}

function factOf(fact: Fact, told: boolean, actions: FactsActions): HTMLElement {
  const claimed = fact.verdict !== "stated";
  return h(
    "li",
    { class: `fact${claimed && !fact.stated ? " is-claim" : ""}` },
    h("p", { class: "value" }, valueOf(fact.value, (name) => actions.show(name)), ...fact.held.map(heldOf), !told && claimed && verdictBadge(fact.verdict)),
    told && evidenceList(fact.evidence),
  );
}

/** From when until when a fact held. */
function heldOf([begins = "", ends = ""]: readonly string[]): HTMLElement {
  const key = begins && ends ? "fact.held" : begins ? "fact.held_from" : "fact.held_until";
  return h("span", { class: "held" }, t(key, { begins, ends }));
}
