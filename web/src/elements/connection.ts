/** What is known of one connection: the sentence, how it is drawn, who says so, and its neighbours between the same two. */

import type { Claim, Evidence, Iri, View, ViewEdge } from "../api/contract";
import { h, safeLink } from "../dom";
import type { Actions } from "../explorer/scene";
import { kindWord, percent, t } from "../i18n/strings";
import { lineSwatch } from "../render/shapes";
import { sourceLine, verdictBadge } from "./evidence";
import { iconButton } from "./icons";
import { entityLink, pageLink } from "./links";
import { labelInto } from "./naming";
import { edgeName, localName, nodeOf } from "./picked";

export function connection(edge: ViewEdge, view: View, actions: Actions): HTMLElement[] {
  const end = (iri: Iri): HTMLElement | string => {
    const node = nodeOf(view, iri);
    return node ? entityLink(node, (name) => actions.show(name)) : localName(iri);
  };
  const [before = "", after = ""] = edge.label.includes("…") ? edge.label.split("…") : [` ${edge.label} `];
  const line = view.legend.verdicts.find((each) => each.verdict === edge.verdict);
  return [
    h("p", { class: "sentence" }, end(edge.source), before, end(edge.target), after),
    beside(edge, view, actions),
    h(
      "p",
      { class: "drawn-as" },
      line ? lineSwatch(line) : null,
      verdictBadge(edge.verdict),
      !edge.stated && h("span", { class: "quiet" }, t("edge.only_claimed")),
    ),
    h("h3", {}, t("details.who_says_so")),
    h("ol", { class: "voices" }, ...edge.evidence.map((each) => h("li", {}, voice(each, view)))),
  ].filter((each) => each !== null);
}

/** Previous and next among the connections of the same two entities. */
function beside(edge: ViewEdge, view: View, actions: Actions): HTMLElement | null {
  const ends = [edge.source, edge.target];
  const edges = view.edges.filter((each) => ends.includes(each.source) && ends.includes(each.target) && (each.source !== each.target || edge.source === edge.target));
  if (edges.length < 2) return null;
  const here = edges.findIndex((each) => each.id === edge.id);
  const go = (step: number) => (): void => {
    const next = edges[(here + step + edges.length) % edges.length];
    if (next) actions.select(edgeName(next, view));
  };
  return h(
    "p",
    { class: "beside" },
    iconButton("previous", t("edge.previous"), go(-1), { "data-key": "previous" }),
    h("span", {}, t("edge.beside", { place: here + 1, count: edges.length })),
    iconButton("next", t("edge.next"), go(1), { "data-key": "next" }),
  );
}

function voice({ source, claim }: Evidence, view: View): HTMLElement {
  if (!claim) return h("div", { class: "voice" }, h("p", {}, t("evidence.stated_by"), " ", sourceLine(source)));
  return h(
    "div",
    { class: "voice claim" },
    h("p", { class: "claim-head" }, verdictBadge(claim.verdict), typeof claim.confidence === "number" && confidence(claim.confidence)),
    claim.note && h("p", { class: "claim-note" }, claim.note),
    rows(claim, view),
    h("p", { class: "claim-source" }, t("evidence.claimed_in"), " ", sourceLine(source)),
  );
}

function confidence(value: number): HTMLElement {
  return h(
    "span",
    { class: "confidence" },
    t("claim.confidence", { percent: percent(value) }),
    h("meter", { min: "0", max: "1", value: String(value), "aria-hidden": "true" }),
  );
}

function rows(claim: Claim, view: View): HTMLElement {
  const row = (word: string, ...value: readonly (Node | string)[]): HTMLElement => h("div", {}, h("dt", {}, word), h("dd", {}, ...value));
  const named = (iris: readonly string[]): (Node | string)[] => iris.flatMap((iri, place) => [place ? t("list.comma") : "", mention(iri, view)]);
  return h(
    "dl",
    { class: "claim-rows" },
    claim.kind && row(t("edge.kind"), kindWord(claim.kind)),
    claim.sentence && row(t("edge.sentence"), claim.sentence),
    claim.attributedTo.length > 0 && row(t("edge.attributed"), claim.attributedTo.join(t("list.comma"))),
    claim.correctedBy.length > 0 && row(t("edge.corrected"), ...named(claim.correctedBy)),
    claim.disputes.length > 0 && row(t("edge.disputes"), ...named(claim.disputes)),
    claim.supports.length > 0 && row(t("edge.supports"), ...named(claim.supports)),
    row(t("edge.claim"), mention(claim.iri, view)),
  );
}

/** A link to something that need not be drawn; its label is asked for, and its name stands there until then. */
function mention(iri: string, view: View): HTMLElement {
  const node = nodeOf(view, iri);
  if (node) return h("a", { href: pageLink(node.page) }, node.label);
  const link = h("a", { href: safeLink(pageLink(`/entity/${encodeURIComponent(iri)}`)) });
  labelInto(link, iri);
  return link;
}
