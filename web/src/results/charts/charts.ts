/** The views that draw with Observable Plot and d3-shape; loaded when the first of them is asked for. */

import type { ViewName } from "../result";
import type { Draw } from "../view";
import { bar } from "./bar";
import { histogram } from "./histogram";
import { line } from "./line";
import { pie } from "./pie";
import { scatter } from "./scatter";
import { timeline } from "./timeline";

export const CHARTS = { bar, line, scatter, pie, histogram, timeline } as const satisfies Partial<Record<ViewName, Draw>>;
