/** <triplary-welcome>: where to begin, on the opening picture; how to go on, on any other with nothing selected. */

import type { View, ViewEdge } from "../api/contract";
import { fill, h } from "../dom";
import { startingQuestions } from "../explorer/questions";
import type { Actions, Panel, Scene } from "../explorer/scene";
import { verbOf } from "../explorer/state";
import { t } from "../i18n/strings";
import { shapeSwatch } from "../render/shapes";
import { verdictBadge } from "./evidence";
import { icon, type Icon } from "./icons";
import { lessonTitles } from "./lessons";
import { entityLink, pictureLink } from "./links";
import { edgeName, nodeOf } from "./picked";
import { keepAway, wasSeen } from "./tour";
import { inWords } from "./walk";

/** Verdicts that a reader should know of at once. */
const DOUBTED: ReadonlySet<string> = new Set(["wrong", "disputed", "doubtful", "stale", "imprecise", "partly"]);
const LISTED = 6;

export class WelcomeElement extends HTMLElement implements Panel {
  actions!: Actions;
  /** Ask for two entities: how they are connected, or what they share. */
  onask: (verb: "paths" | "compare") => void = () => undefined;
  onlesson: (id: string) => void = () => undefined;
  ontour: () => void = () => undefined;
  private drawn = "";

  show({ state, view, answer }: Scene): void {
    const verb = verbOf(state);
    this.hidden = Boolean(state.select || answer.paths || answer.shared);
    if (verb !== "rank") fill(this, ...this.about(view));
    else if (this.drawn !== verb) fill(this, ...this.start());
    this.drawn = verb;
  }

  /** What a picture is about, where to begin in it, and what is in dispute there. */
  private about(view: View): (HTMLElement | false)[] {
    const asked = view.nodes.filter((node) => node.asked);
    const doubted = view.edges.filter((edge) => DOUBTED.has(edge.verdict)).slice(0, LISTED);
    const show = (name: string): void => this.actions.show(name);
    return [
      h("p", { class: "quiet" }, t("panel.how")),
      asked.length > 0 && h("h2", { class: "subhead" }, t("panel.asked")),
      asked.length > 0 &&
        h("ul", { class: "brief" }, ...asked.map((node) => h("li", {}, shapeSwatch(node.shape, node.color), h("span", {}, entityLink(node, show), h("span", { class: "quiet" }, node.classLabel))))),
      doubted.length > 0 && h("h2", { class: "subhead" }, t("panel.doubted")),
      doubted.length > 0 && h("ul", { class: "brief doubted" }, ...doubted.map((edge) => h("li", {}, verdictBadge(edge.verdict), this.sentence(edge, view)))),
    ];
  }

  private sentence(edge: ViewEdge, view: View): HTMLElement {
    const [from, to] = [nodeOf(view, edge.source), nodeOf(view, edge.target)];
    const words = inWords(from?.label ?? "", edge.label, to?.label ?? "");
    return h("button", { type: "button", class: "link", onclick: () => this.actions.select(edgeName(edge, view)) }, words);
  }

  private start(): (HTMLElement | false)[] {
    const questions = startingQuestions();
    const lessons = lessonTitles();
    return [
      h("header", { class: "welcome" }, h("h2", {}, t("welcome.title")), h("p", { class: "quiet" }, t("welcome.text"))),
      !wasSeen() && this.offer(),
      questions.length > 0 && h("h3", {}, t("welcome.questions")),
      questions.length > 0 &&
        h("ul", { class: "questions" }, ...questions.map(({ text, href }) => h("li", {}, pictureLink(href, text, () => this.actions)))),
      h("h3", {}, t("welcome.own")),
      h(
        "p",
        { class: "entries" },
        entry("ask", t("welcome.paths"), () => this.onask("paths")),
        entry("compare", t("welcome.compare"), () => this.onask("compare")),
      ),
      lessons.length > 0 && h("h3", {}, t("welcome.lessons")),
      lessons.length > 0 &&
        h(
          "ol",
          { class: "lessons" },
          ...lessons.map(({ id, title }) => h("li", {}, h("button", { type: "button", "data-lesson": id, onclick: () => this.onlesson(id) }, title))),
        ),
      wasSeen() && h("p", { class: "tour-again" }, this.tourButton("link")),
    ];
  }

  /** The tour comes to nobody who does not ask for it. */
  private offer(): HTMLElement {
    const box = h("section", { class: "offer", "aria-label": t("tour.title") });
    const away = (): void => {
      keepAway();
      box.remove();
    };
    fill(
      box,
      h("p", {}, t("tour.offer")),
      h("p", { class: "ways" }, this.tourButton("primary"), h("button", { type: "button", class: "button", onclick: away }, t("tour.no"))),
    );
    return box;
  }

  private tour(): void {
    this.querySelector(".offer")?.remove();
    this.ontour();
  }

  private tourButton(look: string): HTMLElement {
    return h("button", { type: "button", class: look, "data-tour": true, onclick: () => this.tour() }, t("tour.start"));
  }
}

function entry(sign: Icon, text: string, act: () => void): HTMLElement {
  return h("button", { type: "button", class: "entry", onclick: act }, icon(sign), h("span", {}, text));
}

customElements.define("triplary-welcome", WelcomeElement);
