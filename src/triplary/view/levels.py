"""The layout of a big graph: from a coarse picture of it to finer ones, in a few seconds.

Coarser graphs gather each node's neighbours around it, the best connected first, as in Hachul and
Jünger, "Drawing Large Graphs with a Potential-Field-Based Multilevel Algorithm" (2004). What lies
far away pushes as cells that grow with the distance, as in Greengard and Rokhlin, "A Fast Algorithm
for Particle Simulations" (1987), here with the centre of weight of a cell alone.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from triplary.view.force import Bools, Floats, Ints, spread_apart

__all__ = ["MANY", "make_room_among_many", "settle"]

MANY: Final = 2000
"""A component with more nodes is laid out by levels."""
FEW: Final = 300
"""The coarsest graph has about so many nodes, unless it cannot be made coarser."""
GOLDEN: Final = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Level:
    """A graph of one coarseness.

    `mass` is how many nodes each of its nodes holds, `ties` how many edges each of its edges,
    `holder` which of its nodes holds each node of the finer graph.
    """

    mass: Floats
    edges: Ints
    ties: Floats
    holder: Ints


def settle(count: int, edges: Ints, *, length: float) -> Floats:
    """Places for the nodes of one component, its edges about `length` pixels long."""
    levels = [Level(np.ones(count), edges, np.ones(len(edges)), np.arange(count))]
    while len(levels[-1].mass) > FEW:
        coarser = _coarser(levels[-1])
        if len(coarser.mass) > 0.9 * len(levels[-1].mass):
            break
        levels.append(coarser)
    places = _fanned(np.zeros((len(levels[-1].mass), 2)), length * math.sqrt(count))
    for depth in range(len(levels) - 1, -1, -1):
        rounds = 160 if depth == len(levels) - 1 else 30
        heat = length * math.sqrt(float(levels[depth].mass.mean())) * 1.5
        places = _sprung(places, levels[depth], length=length, rounds=rounds, heat=heat)
        if depth:
            holder = levels[depth].holder
            reach = length * np.sqrt(levels[depth].mass)[holder]
            places = _fanned(places[holder], reach * 0.7)
    return places


def _coarser(level: Level) -> Level:
    """The graph in which the neighbours of the best connected nodes are gathered in them."""
    count = len(level.mass)
    degree = np.bincount(level.edges.ravel(), minlength=count)
    ends = np.concatenate([level.edges, level.edges[:, ::-1]])
    ends = ends[np.argsort(ends[:, 0], kind="stable")]
    start = np.searchsorted(ends[:, 0], np.arange(count + 1)).tolist()
    near = ends[:, 1].tolist()
    holder = [-1] * count
    number = 0
    # A sun may not grow without end, or a hub would swallow the graph.
    most = 4.0 * float(level.mass.sum()) / FEW
    mass, masses = level.mass.tolist(), []
    for node in np.lexsort((np.arange(count), -degree)).tolist():
        if holder[node] >= 0:
            continue
        holder[node], held = number, mass[node]
        for other in near[start[node] : start[node + 1]]:
            if holder[other] < 0 and held + mass[other] <= most:
                holder[other] = number
                held += mass[other]
        masses.append(held)
        number += 1
    held_by = np.array(holder)
    pairs = np.sort(held_by[level.edges], axis=1)
    outside = pairs[:, 0] != pairs[:, 1]
    code = pairs[outside, 0] * number + pairs[outside, 1]
    found, back = np.unique(code, return_inverse=True)
    ties = np.bincount(back, level.ties[outside], len(found)).astype(np.float64)
    edges = np.stack((found // number, found % number), axis=1)
    return Level(np.array(masses), edges, ties, held_by)


def _fanned(places: Floats, reach: Floats | float) -> Floats:
    """The places moved apart on a spiral, so that no two nodes are in one place."""
    turn = np.arange(len(places))
    share = np.sqrt((turn % 97 + 1) / 97)
    away = np.stack((np.cos(turn * GOLDEN), np.sin(turn * GOLDEN)), axis=1)
    return np.asarray(places + away * (share * reach)[:, None])


def _sprung(places: Floats, level: Level, *, length: float, rounds: int, heat: float) -> Floats:
    """The places after so many rounds of springs, steps growing shorter."""
    one, two = level.edges.T
    for turn in range(rounds):
        force = _push(places, level.mass) * (length * length)
        along = places[one] - places[two]
        size = np.sqrt((along * along).sum(axis=1)) / length * level.ties
        pull = along * size[:, None]
        for axis in (0, 1):
            drawn = np.bincount(two, pull[:, axis], len(places))
            drawn -= np.bincount(one, pull[:, axis], len(places))
            force[:, axis] += drawn / level.mass
        force -= places * 0.02
        size = np.sqrt((force * force).sum(axis=1)) + 1e-9
        step = heat * (1 - turn / rounds) ** 1.5
        places = places + force * (np.minimum(size, step) / size)[:, None]
    return places


def _push(places: Floats, mass: Floats) -> Floats:
    """The push on each node from all others: from cells that are larger the farther away."""
    depth = max(2, round(math.log(max(len(places) / 3, 1), 4)))
    side = 1 << depth
    low = places.min(axis=0)
    span = float((places.max(axis=0) - low).max()) or 1.0
    cells = np.minimum((places - low) / span * side, side - 1).astype(np.int64)
    code = cells[:, 0] * side + cells[:, 1]
    sums: list[Floats] = [
        np.bincount(code, weight, side * side).astype(np.float64).reshape(side, side)
        for weight in (mass, mass * places[:, 0], mass * places[:, 1])
    ]
    soft = (span / side) ** 2 / 8
    force = _from_cells(places, cells, np.array(_NEAR), sums, soft)
    used, back = np.unique(code, return_inverse=True)
    at = np.stack((used // side, used % side), axis=1)
    held = sums[0].ravel()[used]
    middle = np.stack([sums[axis].ravel()[used] / held for axis in (1, 2)], axis=1)
    far = np.zeros((len(used), 2))
    for level in range(depth, 1, -1):
        here = at >> (depth - level)
        for odd in range(4):
            some = np.flatnonzero((here[:, 0] & 1) * 2 + (here[:, 1] & 1) == odd)
            if len(some):
                far[some] += _from_cells(middle[some], here[some], _FAR[odd], sums, soft)
        sums = [grid.reshape(side // 2, 2, side // 2, 2).sum(axis=(1, 3)) for grid in sums]
        side //= 2
    return np.asarray(force + far[back])


_NEAR: Final = tuple((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1))
_FAR: Final = tuple(
    np.array(
        [
            (x, y)
            for x in range(-2 - right, 4 - right)
            for y in range(-2 - down, 4 - down)
            if max(abs(x), abs(y)) > 1
        ]
    )
    for right in (0, 1)
    for down in (0, 1)
)
"""For a cell in an even or odd column and row: what is near its parent, but not near itself."""


def _from_cells(
    places: Floats, cells: Ints, offsets: Ints, sums: list[Floats], soft: float
) -> Floats:
    """The push on each place from the cells at these offsets from its own."""
    side = len(sums[0])
    x = cells[:, 0][:, None] + offsets[:, 0][None, :]
    y = cells[:, 1][:, None] + offsets[:, 1][None, :]
    inside = (x >= 0) & (x < side) & (y >= 0) & (y < side)
    code = np.where(inside, x * side + y, 0)
    mass = np.where(inside, sums[0].ravel()[code], 0.0)
    held = np.where(mass > 0, mass, 1.0)
    across = places[:, 0][:, None] - sums[1].ravel()[code] / held
    down = places[:, 1][:, None] - sums[2].ravel()[code] / held
    strength = mass / (across * across + down * down + soft)
    return np.stack(((across * strength).sum(axis=1), (down * strength).sum(axis=1)), axis=1)


def make_room_among_many(places: Floats, boxes: Floats, *, rounds: int = 60) -> Floats:
    """As `make_room`, for nodes that are all free and by the thousand."""
    free: Bools = np.ones(len(places), dtype=bool)
    for _ in range(rounds):
        first, second = _meeting(places, boxes)
        if not len(first):
            break
        places = places + spread_apart(places, boxes, first, second, free)
    return places


def _meeting(places: Floats, boxes: Floats) -> tuple[Ints, Ints]:
    """The pairs of nodes whose boxes overlap: only those of cells side by side are looked at."""
    wide, tall = boxes.max(axis=0)
    cells = np.floor((places - places.min(axis=0)) / (wide, tall)).astype(np.int64) + 1
    high = int(cells[:, 1].max()) + 2
    code = cells[:, 0] * high + cells[:, 1]
    order = np.argsort(code, kind="stable")
    ranked = code[order]
    pairs = []
    for ahead in (0, 1, high - 1, high, high + 1):
        start = np.searchsorted(ranked, ranked + ahead, side="left")
        end = np.searchsorted(ranked, ranked + ahead, side="right")
        if not ahead:
            start = np.arange(len(ranked)) + 1
        many = np.maximum(end - start, 0)
        first = np.repeat(np.arange(len(ranked)), many)
        second = np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)
        pairs.append((order[first], order[second + np.repeat(start, many)]))
    one, two = (np.concatenate(ends) for ends in zip(*pairs, strict=True))
    apart = np.abs(places[one] - places[two]) < (boxes[one] + boxes[two]) / 2
    meet = apart.all(axis=1)
    return one[meet], two[meet]
