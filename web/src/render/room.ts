/** Who has taken which place on the ground, so that nothing is written over anything. */

import type { Box } from "./framing";

const CELL = 64;

export class Room {
  private readonly cells = new Map<number, Box[]>();
  private columns = 1;

  /** Start anew on a ground of this width. */
  clear(width: number): void {
    this.cells.clear();
    this.columns = Math.ceil(width / CELL) + 4;
  }

  take(box: Box): void {
    this.visit(box, (key) => {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
      return false;
    });
  }

  isFree(box: Box): boolean {
    return !this.visit(box, (key) => (this.cells.get(key) ?? []).some((other) => meet(box, other)));
  }

  /** Look at each cell that a box touches, until one says yes. */
  private visit(box: Box, look: (key: number) => boolean): boolean {
    const [left, right] = [Math.floor(box.left / CELL), Math.floor(box.right / CELL)];
    const [top, bottom] = [Math.floor(box.top / CELL), Math.floor(box.bottom / CELL)];
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        if (look(row * this.columns + column)) return true;
      }
    }
    return false;
  }
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}
