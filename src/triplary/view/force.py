"""The two movements of a layout: springs that give a graph its form, and boxes that make room.

Springs follow Fruchterman and Reingold, "Graph Drawing by Force-directed Placement" (1991): edges
pull with d²/k, nodes push with k²/d. Only + − × ÷ and √ touch the places, and nothing is drawn by
lot, so that one graph has one drawing.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "make_room", "spread_apart", "spring"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EXACT: Final = 450
"""Up to this many nodes each pushes every other; beyond, cells of the plane push as one."""
CELLS: Final = 20


def spring(
    places: Floats, edges: Ints, *, free: Bools, length: float, rounds: int, heat: float
) -> Floats:
    """The places after `rounds` of springs; nodes that are not `free` push and pull but stay.

    `edges` holds pairs of indices, `length` is k in pixels, `heat` the longest step of the first
    round in multiples of k; steps grow shorter from round to round.
    """
    places = places.copy()
    count = len(places)
    if not count or not free.any():
        return places
    weight = np.ones(count)
    for ends in edges.T:
        weight += 0.12 * np.bincount(ends, minlength=count)
    push = _push_each if count <= EXACT else _push_cells
    for turn in range(rounds):
        force = push(places, weight) * (length * length)
        if len(edges):
            along = places[edges[:, 0]] - places[edges[:, 1]]
            pull = along * (np.sqrt((along * along).sum(axis=1)) / length)[:, None]
            for axis in (0, 1):
                force[:, axis] -= np.bincount(edges[:, 0], pull[:, axis], count)
                force[:, axis] += np.bincount(edges[:, 1], pull[:, axis], count)
        force -= places * 0.02
        size = np.sqrt((force * force).sum(axis=1)) + 1e-9
        step = heat * length * (1 - turn / rounds) ** 1.5
        places[free] += (force * (np.minimum(size, step) / size)[:, None])[free]
    return places


def _push_each(places: Floats, weight: Floats) -> Floats:
    """The push on each node from every other: the sum of direction over distance squared."""
    x, y = places[:, 0], places[:, 1]
    across, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
    strength = weight[None, :] / (across * across + down * down + 1.0)
    return np.stack(((across * strength).sum(axis=1), (down * strength).sum(axis=1)), axis=1)


def _push_cells(places: Floats, weight: Floats) -> Floats:
    """The same by cells: what lies in a cell pushes from the cell's centre of weight."""
    low = places.min(axis=0)
    span = np.maximum(places.max(axis=0) - low, 1.0)
    grid = np.minimum(((places - low) / span * CELLS).astype(np.int64), CELLS - 1)
    cell = grid[:, 0] * CELLS + grid[:, 1]
    mass = np.bincount(cell, weight, CELLS * CELLS)
    used = np.flatnonzero(mass)
    middles: Floats = np.stack(
        [np.bincount(cell, weight * places[:, axis], CELLS * CELLS)[used] for axis in (0, 1)],
        axis=1,
    )
    weights: Floats = mass[used].astype(np.float64)
    centre: Floats = middles / weights[:, None]
    across = places[:, 0][:, None] - centre[:, 0][None, :]
    down = places[:, 1][:, None] - centre[:, 1][None, :]
    softness = (span * span).sum() / (CELLS * CELLS * 16.0)
    strength = weights[None, :] / (across * across + down * down + softness)
    return np.stack(((across * strength).sum(axis=1), (down * strength).sum(axis=1)), axis=1)


def make_room(places: Floats, boxes: Floats, *, free: Bools, rounds: int = 120) -> Floats:
    """The places, moved as little as it takes until the nodes' boxes (width, height) lie apart.

    Boxes that still overlap after `rounds` stay so; nodes that are not `free` don't move.
    """
    places = places.copy()
    if len(places) < 2:
        return places
    for _ in range(rounds):
        first, second = _meeting(places, boxes)
        keep = free[first] | free[second]
        first, second = first[keep], second[keep]
        if not len(first):
            break
        places[free] += spread_apart(places, boxes, first, second, free)[free]
    return places


def spread_apart(places: Floats, boxes: Floats, first: Ints, second: Ints, free: Bools) -> Floats:
    """The move of each node that takes the overlaps of these pairs nearly away."""
    apart = places[second] - places[first]
    overlap = (boxes[first] + boxes[second]) / 2 - np.abs(apart)
    sideways = overlap[:, 0] < overlap[:, 1] * 1.6
    sign = np.where(apart < 0, -1.0, 1.0)
    chosen = sideways[:, None] == np.array([True, False])
    move = np.where(chosen, overlap * sign, 0.0) + sign * 0.05
    share = 0.5 * (free[first] & free[second]) + 1.0 * (free[first] ^ free[second])
    move *= share[:, None] * 0.7
    total = np.zeros_like(places)
    for axis in (0, 1):
        total[:, axis] -= np.bincount(first, move[:, axis], len(places))
        total[:, axis] += np.bincount(second, move[:, axis], len(places))
    return total


def _meeting(places: Floats, boxes: Floats) -> tuple[Ints, Ints]:
    """The pairs of nodes whose boxes overlap: a sweep from left to right."""
    left = places[:, 0] - boxes[:, 0] / 2
    order = np.argsort(left, kind="stable")
    right = (places[:, 0] + boxes[:, 0] / 2)[order]
    reach = np.searchsorted(left[order], right, side="left") - np.arange(len(order)) - 1
    reach = np.maximum(reach, 0)
    first = np.repeat(np.arange(len(order)), reach)
    start = np.cumsum(reach) - reach
    second = np.arange(len(first)) - np.repeat(start, reach) + first + 1
    first, second = order[first], order[second]
    tall = (boxes[first, 1] + boxes[second, 1]) / 2
    meet = np.abs(places[first, 1] - places[second, 1]) < tall
    return first[meet], second[meet]
