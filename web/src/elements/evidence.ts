/** Who says so: a source with its licence, and a claim with what became of it, in words. */

import type { Claim, Evidence, Source } from "../api/contract";
import { h, safeLink } from "../dom";
import { kindWord, percent, t, verdictWord } from "../i18n/strings";

const MARKS: Readonly<Record<string, string>> = {
  stated: "•",
  supported: "✓",
  plausible: "≈",
  partly: "◐",
  imprecise: "~",
  stale: "↺",
  disputed: "⇄",
  doubtful: "?",
  unverifiable: "–",
  "not checkable": "·",
  wrong: "✕",
};

const LICENCES: readonly (readonly [RegExp, string])[] = [
  [/creativecommons\.org\/licenses\/([a-z-]+)\/([\d.]+)/i, "CC $1 $2"],
  [/creativecommons\.org\/publicdomain\/zero\/([\d.]+)/i, "CC0 $1"],
  [/opendatacommons\.org\/licenses\/([a-z]+)/i, "ODC-$1"],
  [/spdx\.org\/licenses\/([\w.-]+?)(?:\.html)?$/i, "$1"],
  [/apache\.org\/licenses\/LICENSE-([\d.]+)/i, "Apache-$1"],
  [/opensource\.org\/licen[sc]es?\/([\w.-]+)/i, "$1"],
];

/** A licence as people say it ("CC BY 4.0"), from its address. */
export function licenceName(license: string): string {
  for (const [pattern, name] of LICENCES) {
    const found = pattern.exec(license);
    if (!found) continue;
    const first = name.startsWith("CC $") || name.startsWith("ODC") ? (found[1] ?? "").toUpperCase() : (found[1] ?? "");
    return name.replace("$1", first).replace("$2", found[2] ?? "");
  }
  return license.replace(/^https?:\/\//, "");
}

export function verdictBadge(verdict: string): HTMLElement {
  return h(
    "span",
    { class: `verdict verdict-${verdict.replaceAll(" ", "-")}` },
    h("span", { class: "verdict-mark", "aria-hidden": "true" }, MARKS[verdict] ?? "–"),
    verdictWord(verdict),
  );
}

export function sourceName(source: Source): string {
  return source.title || source.graph || t("source.unnamed");
}

/** "Notable AI models, Epoch AI · CC BY 4.0 · 2026-01", with links. */
export function sourceLine(source: Source): HTMLElement {
  const name = sourceName(source);
  const said = [source.publisher && source.publisher !== name ? source.publisher : "", source.date].filter(Boolean);
  return h(
    "span",
    { class: "source" },
    titleLink(source),
    said.length > 0 && ` · ${said.join(" · ")}`,
    source.license && " · ",
    source.license && licenceLink(source.license),
  );
}

/** "Notable AI models · CC BY 4.0": the rest stands under the picture and at each connection. */
export function sourceBrief(source: Source): HTMLElement {
  return h("span", { class: "source" }, titleLink(source), source.license && " · ", source.license && licenceLink(source.license));
}

function titleLink(source: Source): HTMLElement | string {
  const name = sourceName(source);
  return source.url ? h("a", { href: safeLink(source.url), rel: "noopener external" }, name) : name;
}

function licenceLink(license: string): HTMLElement {
  const name = licenceName(license);
  return /^https?:/.test(license)
    ? h("a", { class: "licence", href: safeLink(license), rel: "license noopener" }, name)
    : h("span", { class: "licence" }, name);
}

/** What is known of a claim besides its verdict, in a line. */
export function claimFacts(claim: Claim): string {
  return [
    claim.kind && kindWord(claim.kind),
    typeof claim.confidence === "number" && t("claim.confidence", { percent: percent(claim.confidence) }),
    claim.sentence && t("claim.sentence", { sentence: claim.sentence }),
    claim.attributedTo.length > 0 && t("claim.attributed", { who: claim.attributedTo.join(t("list.comma")) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** A claim: verdict, kind, who, sentence, confidence, and the note that says why; `brief` folds all but the verdict. */
export function claimBlock(claim: Claim, source: Source, brief = false): HTMLElement {
  const head = [verdictBadge(claim.verdict), h("span", { class: "claim-facts" }, claimFacts(claim))];
  const rest = [
    claim.note && h("p", { class: "claim-note" }, claim.note),
    h("p", { class: "claim-source" }, t("evidence.claimed_in"), " ", sourceBrief(source)),
  ];
  return brief
    ? h("details", { class: "claim is-brief" }, h("summary", { class: "claim-head" }, head[0]), h("p", {}, head[1]), ...rest)
    : h("div", { class: "claim" }, h("p", { class: "claim-head" }, ...head), ...rest);
}

/** Sources that state it in one line, then a block for each claim; a claim that only supports them is folded. */
export function evidenceList(evidence: readonly Evidence[]): HTMLElement {
  const stated = evidence.filter(({ claim }) => !claim);
  return h(
    "ul",
    { class: "evidence" },
    stated.length > 0 &&
      h(
        "li",
        { class: "stated" },
        `${t("evidence.stated_by")} `,
        ...stated.flatMap(({ source }, place) => [place ? t("list.semicolon") : "", sourceBrief(source)]),
      ),
    ...evidence.map(({ source, claim }) => claim && h("li", {}, claimBlock(claim, source, stated.length > 0 && claim.verdict === "supported"))),
  );
}

/** A text that is the same for the same evidence: to say it once under several facts. */
export function evidenceKey(evidence: readonly Evidence[]): string {
  return evidence.map(({ source, claim }) => `${source.graph ?? source.title} ${claim?.iri ?? ""}`).join("|");
}
