/** <triplary-lessons>: a lesson as a card beside the picture: what to see, where to look, a question, and its answer. */

import { isAbort, lessons } from "../api/client";
import type { Lesson } from "../api/contract";
import { fill, h } from "../dom";
import type { Actions, Panel } from "../explorer/scene";
import { fromUrl } from "../explorer/state";
import { language, t } from "../i18n/strings";
import { icon, iconButton } from "./icons";

const KEY = "triplary-lesson";

/** The lessons on offer, as the page names them. */
export function lessonTitles(): readonly { readonly id: string; readonly title: string }[] {
  const block = document.getElementById("lessons");
  return block?.textContent ? (JSON.parse(block.textContent) as { id: string; title: string }[]) : [];
}

/** Where in which lesson somebody is; it survives a reload and a change of language. */
interface Place {
  readonly id: string;
  readonly step: number;
  readonly revealed: boolean;
}

export class LessonsElement extends HTMLElement implements Panel {
  actions!: Actions;
  private found: readonly Lesson[] | null = null;
  private place: Place | null = null;
  private asking = new AbortController();

  connectedCallback(): void {
    this.hidden = true;
    const place = remembered();
    if (place) void this.resume(place);
  }

  disconnectedCallback(): void {
    this.asking.abort();
  }

  /** The card does not depend on the picture: a reader may look around in between. */
  show(): void {}

  async start(id: string): Promise<void> {
    await this.resume({ id, step: 0, revealed: false });
    if (this.lesson) this.look();
  }

  private async resume(place: Place): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    try {
      this.found ??= await lessons(language(), this.asking.signal);
      this.place = place;
      this.draw();
    } catch (error) {
      if (isAbort(error)) return;
      this.hidden = false;
      fill(this, h("p", { class: "problem", role: "alert" }, t("error.network")));
    }
  }

  private get lesson(): Lesson | undefined {
    return this.found?.find((each) => each.id === this.place?.id);
  }

  private draw(focus = false): void {
    const { lesson, place } = this;
    const step = place ? lesson?.steps[place.step] : undefined;
    remember(step ? place : null);
    this.hidden = !step;
    if (!lesson || !place || !step) {
      this.replaceChildren();
      return;
    }
    const count = lesson.steps.length;
    const last = place.step === count - 1;
    const text = h("p", { class: "lesson-text", tabindex: "-1" }, step.text);
    fill(
      this,
      h(
        "section",
        { class: "lesson", "aria-label": t("lesson.label", { title: lesson.title }) },
        h("header", { class: "lesson-head" }, h("p", { class: "kind" }, t("lesson.kind")), h("h2", {}, lesson.title), iconButton("close", t("lesson.leave"), () => this.leave())),
        h(
          "p",
          { class: "lesson-progress" },
          h("progress", { max: count, value: place.step + 1, "aria-hidden": "true" }),
          h("span", {}, t("lesson.progress", { step: place.step + 1, count })),
        ),
        text,
        h("p", { class: "lesson-look" }, step.look, " ", h("button", { type: "button", class: "link", onclick: () => this.look() }, t("lesson.show"))),
        h("p", { class: "lesson-question" }, step.question),
        place.revealed
          ? h("p", { class: "lesson-answer", tabindex: "-1" }, step.answer)
          : h("button", { type: "button", class: "button", "data-key": "reveal", onclick: () => this.reveal() }, t("lesson.reveal")),
        h(
          "p",
          { class: "lesson-ways" },
          place.step > 0 && h("button", { type: "button", class: "button", onclick: () => this.turn(-1) }, icon("previous"), t("lesson.previous")),
          last
            ? h("button", { type: "button", class: "primary", "data-key": "finish", disabled: !place.revealed, onclick: () => this.leave() }, t("lesson.finish"))
            : h("button", { type: "button", class: "primary", "data-key": "next", onclick: () => this.turn(1) }, t("lesson.next"), icon("next")),
        ),
      ),
    );
    if (focus) text.focus({ preventScroll: true });
  }

  /** Bring what the step speaks of onto the screen. */
  private look(): void {
    const step = this.place ? this.lesson?.steps[this.place.step] : undefined;
    if (!step) return;
    const { language: _kept, ...state } = fromUrl(new URL(step.address, location.href).search);
    this.actions.push(state); // the address says all: nothing of the picture before is kept
  }

  private turn(by: 1 | -1): void {
    if (!this.place) return;
    this.place = { ...this.place, step: this.place.step + by, revealed: false };
    this.draw(true);
    this.look();
  }

  private reveal(): void {
    if (!this.place) return;
    this.place = { ...this.place, revealed: true };
    this.draw();
    this.querySelector<HTMLElement>(".lesson-answer")?.focus({ preventScroll: true });
  }

  private leave(): void {
    this.place = null;
    this.draw();
  }
}

function remembered(): Place | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Place | null;
  } catch {
    return null;
  }
}

function remember(place: Place | null): void {
  try {
    if (place) sessionStorage.setItem(KEY, JSON.stringify(place));
    else sessionStorage.removeItem(KEY);
  } catch {
    // the lesson then lasts as long as the page
  }
}

customElements.define("triplary-lessons", LessonsElement);
