/** What a view is given, and what it gives back. */

import type { Table } from "./columns";
import type { Options } from "./options";
import type { Shown } from "./result";

export interface Stage {
  readonly shown: Shown;
  readonly table: Table;
  readonly options: Options;
  /** CSS pixels that there are from left to right. */
  readonly width: number;
  /** Given up when another view takes the place. */
  readonly signal: AbortSignal;
  /** Other choices: they go into the link; with `again` the view is drawn anew with them. */
  change(options: Options, again: boolean): void;
}

export type Draw = (stage: Stage) => HTMLElement | Promise<HTMLElement>;
