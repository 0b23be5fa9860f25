/** The query doctor: why nothing was found, what took long, what was running when it was stopped. */

import { isAbort } from "../api/client";
import { fill, h } from "../dom";
import { number, t } from "../i18n/strings";
import { doctor, type Finding, type Near, type Ran } from "./research";

export interface Patient {
  readonly query: string;
  readonly ran: Ran;
  readonly seconds: number;
}

export interface ClinicParts {
  jump(line: number, column: number): void;
  /** Put a name in place of another in the pattern at a line. */
  swap(finding: Finding, near: Near): void;
}

export class Clinic {
  readonly element = h("section", { class: "clinic", "aria-label": t("doctor.title"), hidden: true });
  private asking = new AbortController();

  constructor(private readonly parts: ClinicParts) {}

  clear(): void {
    this.asking.abort();
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** Offer to look; the doctor asks many queries, so only when called. */
  offer(patient: Patient): void {
    this.clear();
    const call = h("button", { type: "button", class: "button", onclick: () => void this.examine(patient) }, t("doctor.call"));
    fill(this.element, h("p", {}, t(`doctor.${patient.ran}`)), call);
    this.element.hidden = false;
  }

  private async examine(patient: Patient): Promise<void> {
    this.asking = new AbortController();
    fill(this.element, h("h2", {}, t("doctor.title")), h("p", { class: "quiet", role: "status" }, t("doctor.looking")));
    try {
      const findings = await doctor(patient.query, patient.ran, patient.seconds, this.asking.signal);
      fill(
        this.element,
        h("h2", { tabindex: "-1" }, t("doctor.title")),
        findings.length === 0 ? h("p", {}, t("doctor.nothing")) : h("ol", {}, ...findings.map((each) => this.finding(each))),
      );
      this.element.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    } catch (error) {
      if (!isAbort(error)) fill(this.element, h("h2", {}, t("doctor.title")), h("p", { role: "alert" }, t("doctor.failed")));
    }
  }

  private finding(finding: Finding): HTMLElement {
    const { sentence, pattern, line, column, count, near } = finding;
    return h(
      "li",
      {},
      h("p", {}, sentence),
      (pattern !== "" || line !== null) &&
        h(
          "p",
          { class: "ways" },
          pattern ? h("code", {}, pattern) : null,
          count !== null && h("span", { class: "count" }, t("doctor.count", { count: number(count) })),
          line !== null && h("button", { type: "button", class: "link", onclick: () => this.parts.jump(line, column ?? 1) }, t("doctor.show", { line })),
        ),
      near.length > 0 &&
        h(
          "p",
          { class: "ways near" },
          t("doctor.near"),
          ...near.map((each) => h("button", { type: "button", class: "button", title: each.iri || null, onclick: () => this.parts.swap(finding, each) }, each.label && each.label !== each.name ? `${each.label} (${each.name})` : each.name)),
        ),
    );
  }
}
