/** Who draws which view; the charts come with the library that draws them, when the first is asked for. */

import type { ViewName } from "./result";
import { table } from "./table/view";
import type { Draw } from "./view";
import { answer } from "./views/answer";
import { cards } from "./views/cards";
import { graph } from "./views/graph";
import { matrix } from "./views/matrix";
import { number } from "./views/number";
import { pivot } from "./views/pivot";
import { raw } from "./views/raw";
import { text } from "./views/text";
import { tree } from "./views/tree";

const VIEWS = { answer, number, table, cards, graph, tree, matrix, pivot, text, raw } as const;

function isHere(view: ViewName): view is keyof typeof VIEWS {
  return view in VIEWS;
}

export async function draws(view: ViewName): Promise<Draw> {
  if (isHere(view)) return VIEWS[view];
  return (await import("./charts/charts")).CHARTS[view];
}

/** Whether a view depends on the width and the colours of the page. */
export function isPicture(view: ViewName): boolean {
  return !isHere(view);
}
