/** The active cell of the grid and the range that goes with it. Row -1 is that of the names. */

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const HEAD = -1;

export function rangeOf(one: Cell, other: Cell): Range {
  return {
    top: Math.max(Math.min(one.row, other.row), 0),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}

export function holds(range: Range, row: number, column: number): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

export function isSingle({ top, bottom, left, right }: Range): boolean {
  return top === bottom && left === right;
}

/** Where a key leads in a grid of so many rows and columns; null for keys that lead nowhere. */
export function moved(from: Cell, event: KeyboardEvent, rows: number, columns: number, page: number): Cell | null {
  const all = event.ctrlKey || event.metaKey;
  const { row, column } = from;
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [all ? HEAD + 1 : row - 1, column],
    ArrowDown: [all ? rows - 1 : row + 1, column],
    ArrowLeft: [row, all ? 0 : column - 1],
    ArrowRight: [row, all ? columns - 1 : column + 1],
    PageUp: [Math.max(row - page, 0), column],
    PageDown: [row + page, column],
    Home: [all ? 0 : row, 0],
    End: [all ? rows - 1 : row, columns - 1],
  };
  const step = steps[event.key];
  if (!step) return null;
  const lowest = event.shiftKey && row !== HEAD ? 0 : HEAD;
  return {
    row: Math.min(Math.max(step[0], lowest), rows - 1),
    column: Math.min(Math.max(step[1], 0), columns - 1),
  };
}
