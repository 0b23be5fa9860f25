/** Yes or no: what ASK answers. */

import { h } from "../../dom";
import { t } from "../../i18n/strings";
import type { Stage } from "../view";

export function answer({ shown: { result } }: Stage): HTMLElement {
  const yes = result.kind === "boolean" && result.value;
  return h("p", { class: `result-answer ${yes ? "is-yes" : "is-no"}` }, yes ? t("results.said_yes") : t("results.said_no"));
}
