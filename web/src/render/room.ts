/** Who has taken which place on the ground, so that nothing is written over anything. */

import type { Box } from "./framing";

const CELL = 64;

export class Room {
  /** Kept from frame to frame: thousands of new lists in each would have to be swept up. */
  private readonly cells = new Map<number, Box[]>();
  private columns = 1;

  /** Start anew on a ground of this width. */
  clear(width: number): void {
    for (const cell of this.cells.values()) cell.length = 0;
    this.columns = Math.ceil(width / CELL) + 4;
  }

  take(box: Box): void {
    const [right, bottom] = [Math.floor(box.right / CELL), Math.floor(box.bottom / CELL)];
    for (let row = Math.floor(box.top / CELL); row <= bottom; row++) {
      for (let column = Math.floor(box.left / CELL); column <= right; column++) {
        const key = row * this.columns + column;
        const cell = this.cells.get(key);
        if (cell) cell.push(box);
        else this.cells.set(key, [box]);
      }
    }
  }

  isFree(box: Box): boolean {
    const [right, bottom] = [Math.floor(box.right / CELL), Math.floor(box.bottom / CELL)];
    for (let row = Math.floor(box.top / CELL); row <= bottom; row++) {
      for (let column = Math.floor(box.left / CELL); column <= right; column++) {
        for (const other of this.cells.get(row * this.columns + column) ?? NOBODY) if (meet(box, other)) return false;
      }
    }
    return true;
  }
}

const NOBODY: readonly Box[] = [];

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}
