/** Who says so: a source with its licence, and a claim with what became of it, in words. */

import type { Claim, Evidence, Source } from "../api/contract";
import { h, safeLink } from "../dom";
import { kindWord, percent, t, verdictWord } from "../i18n/strings";

const MARKS: Readonly<Record<string, string>> = {
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

/** "Notable AI models, Epoch AI · CC BY 4.0 · 2026-01", with links. */
export function sourceLine(source: Source): HTMLElement {
  const name = source.title || source.graph || t("source.unnamed");
  const said = [source.publisher && source.publisher !== name ? source.publisher : "", source.date].filter(Boolean);
  return h(
    "span",
    { class: "source" },
    source.url ? h("a", { href: safeLink(source.url), rel: "noopener external" }, name) : name,
    said.length > 0 && ` · ${said.join(" · ")}`,
    source.license && " · ",
    source.license && licenceLink(source.license),
  );
}

function licenceLink(license: string): HTMLElement {
  const name = licenceName(license);
  return /^https?:/.test(license)
    ? h("a", { class: "licence", href: safeLink(license), rel: "license noopener" }, name)
    : h("span", { class: "licence" }, name);
}

/** A claim: verdict, kind, who, sentence, confidence, and the note that says why. */
export function claimBlock(claim: Claim, source: Source): HTMLElement {
  const facts = [
    claim.kind && kindWord(claim.kind),
    claim.attributedTo.length > 0 && t("claim.attributed", { who: claim.attributedTo.join(", ") }),
    claim.sentence && t("claim.sentence", { sentence: claim.sentence }),
    typeof claim.confidence === "number" && t("claim.confidence", { percent: percent(claim.confidence) }),
  ].filter(Boolean);
  return h(
    "div",
    { class: "claim" },
    h("p", { class: "claim-head" }, verdictBadge(claim.verdict), h("span", { class: "claim-facts" }, facts.join(" · "))),
    claim.note && h("p", { class: "claim-note" }, claim.note),
    h("p", { class: "claim-source" }, t("evidence.claimed_in"), " ", sourceLine(source)),
  );
}

export function evidenceList(evidence: readonly Evidence[]): HTMLElement {
  return h(
    "ul",
    { class: "evidence" },
    ...evidence.map(({ source, claim }) =>
      h(
        "li",
        {},
        claim ? claimBlock(claim, source) : h("p", { class: "stated" }, t("evidence.stated_by"), " ", sourceLine(source)),
      ),
    ),
  );
}

/** A text that is the same for the same evidence: to say it once under several facts. */
export function evidenceKey(evidence: readonly Evidence[]): string {
  return evidence.map(({ source, claim }) => `${source.graph ?? source.title} ${claim?.iri ?? ""}`).join("|");
}
