"""A hierarchy: edges run downwards from layer to layer, with few crossings.

After Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System
Structures" (1981): cycles are opened, layers follow the edges, nodes go to where their neighbours
are. A layer that would be too wide is broken into rows.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from triplary.view.force import Floats
from triplary.view.packing import components, neighbours_of, pack, spread

__all__ = ["hierarchy"]

SWEEPS: Final = 16
"""How often the layers are put in order by their neighbours."""
BETWEEN: Final = 64.0
"""Pixels between two layers."""
WIDEST: Final = 1100.0
"""A layer that is wider is broken into rows, unless the whole drawing is large."""
Pairs = Sequence[tuple[int, int]]


def hierarchy(
    boxes: Sequence[tuple[float, float]], pairs: Pairs, *, starts: Sequence[int] = ()
) -> tuple[tuple[float, float], ...]:
    """A place (pixels, to 0.1) for each node: the subject of an edge above its object.

    In a circle of edges one runs upwards; it is looked for from the `starts`, so that what a
    person asked for comes first. Components stand side by side; (0, 0) is in the middle.

    >>> hierarchy([(40, 30), (40, 30)], [(0, 1)])
    ((0.0, -47.0), (0.0, 47.0))
    """
    if not boxes:
        return ()
    sizes = np.array(boxes, dtype=float)
    edges = list(dict.fromkeys((a, b) for a, b in pairs if a != b))
    neighbours = neighbours_of(len(boxes), np.array(edges, dtype=np.int64).reshape(-1, 2))
    parts = components(neighbours, np.ones(len(boxes), dtype=bool))
    part_of = {node: number for number, part in enumerate(parts) for node in part}
    inside: list[list[tuple[int, int]]] = [[] for _ in parts]
    for a, b in edges:
        inside[part_of[a]].append((a, b))
    laid = [
        _part(part, own, sizes, [node for node in starts if part_of[node] == number])
        for number, (part, own) in enumerate(zip(parts, inside, strict=True))
    ]
    places = np.zeros((len(boxes), 2))
    pack(places, sizes, laid, parts, np.zeros(len(boxes), dtype=bool))
    return tuple((round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in places)


def _part(part: list[int], edges: Pairs, sizes: Floats, starts: Sequence[int]) -> Floats:
    """The places of one component, in the order of `part`."""
    at = {node: index for index, node in enumerate(part)}
    own = [(at[a], at[b]) for a, b in edges]
    layers = _layers(len(part), _opened(len(part), own, [at[node] for node in starts]))
    boxes = sizes[part]
    rows = _rows(_in_order(layers, own), boxes)
    return _placed(rows, own, boxes)


def _opened(count: int, edges: Pairs, starts: Sequence[int]) -> list[tuple[int, int]]:
    """The edges without circles: one that leads back to where a walk came from is turned round."""
    after: list[list[int]] = [[] for _ in range(count)]
    entered = [0] * count
    for a, b in edges:
        after[a].append(b)
        entered[b] += 1
    state = [0] * count
    back: set[tuple[int, int]] = set()
    roots = [node for node in range(count) if not entered[node]]
    for start in (*roots, *starts, *range(count)):
        if state[start]:
            continue
        state[start] = 1
        walk = [(start, iter(after[start]))]
        while walk:
            node, rest = walk[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                walk.pop()
            elif state[following] == 1:
                back.add((node, following))
            elif state[following] == 0:
                state[following] = 1
                walk.append((following, iter(after[following])))
    return [(b, a) if (a, b) in back else (a, b) for a, b in edges]


def _layers(count: int, edges: Pairs) -> list[list[int]]:
    """The nodes of each layer from the top: below all they hang from, and near to those."""
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges:
        above[b].append(a)
        below[a].append(b)
    waiting = [len(nodes) for nodes in above]
    order = [node for node in range(count) if not waiting[node]]
    for node in order:
        for other in below[node]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    layer = [0] * count
    for node in order:
        layer[node] = max((layer[other] + 1 for other in above[node]), default=0)
    for _ in range(SWEEPS):
        moved = False
        for node in reversed(order):
            # With more edges down than up, the lower a node is, the shorter are its edges.
            if len(below[node]) > len(above[node]):
                lowest = min(layer[other] for other in below[node]) - 1
                moved |= lowest != layer[node]
                layer[node] = lowest
        if not moved:
            break
    used = {value: place for place, value in enumerate(sorted(set(layer)))}
    found: list[list[int]] = [[] for _ in used]
    for node in range(count):
        found[used[layer[node]]].append(node)
    return found


def _in_order(layers: list[list[int]], edges: Pairs) -> list[list[int]]:
    """The layers with each node at the mean place of its neighbours, by sweeps down and up."""
    count = sum(map(len, layers))
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    level = {node: number for number, layer in enumerate(layers) for node in layer}
    seat = [0.0] * count
    for layer in layers:
        _seat(layer, seat)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        numbers = range(len(layers)) if down else range(len(layers) - 1, -1, -1)
        for number in numbers:
            pull = {}
            for node in layers[number]:
                known = [
                    seat[other] for other in near[node]
                    if (level[other] < number if down else level[other] > number)
                ]  # fmt: skip
                pull[node] = sum(known) / len(known) if known else seat[node]
            layers[number].sort(key=lambda node: (pull[node], seat[node]))
            _seat(layers[number], seat)
    return layers


def _seat(layer: Sequence[int], seat: list[float]) -> None:
    """Note where in its layer each node stands, from 0 to 1."""
    for index, node in enumerate(layer):
        seat[node] = (index + 0.5) / len(layer)


def _rows(layers: list[list[int]], boxes: Floats) -> list[list[list[int]]]:
    """Each layer as rows that are not too wide; neighbours in a layer stay near, one below one."""
    area = float((boxes[:, 0] * boxes[:, 1]).sum())
    widest = max(WIDEST, math.sqrt(area * 3.2))
    found = []
    for layer in layers:
        many = math.ceil(float(boxes[layer, 0].sum()) / widest)
        found.append([layer[row::many] for row in range(many)])
    return found


def _placed(layers: list[list[list[int]]], edges: Pairs, boxes: Floats) -> Floats:
    """A place for each node: rows from the top down, nodes where their neighbours are."""
    places = np.zeros((len(boxes), 2))
    y = 0.0
    for rows in layers:
        for row in rows:
            tall = float(boxes[row, 1].max())
            wide = boxes[row, 0]
            places[row, 0] = np.cumsum(wide) - wide / 2 - wide.sum() / 2
            places[row, 1] = y + tall / 2
            y += tall + 8.0
        y += BETWEEN - 8.0
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=len(boxes))
    widest = max(float(boxes[row, 0].sum()) for rows in layers for row in rows) / 2
    for sweep in range(SWEEPS):
        x = places[:, 0]
        total = np.bincount(ends[:, 0], x[ends[:, 1]], len(boxes))
        total += np.bincount(ends[:, 1], x[ends[:, 0]], len(boxes))
        wanted = np.where(degree > 0, total / np.maximum(degree, 1), x)
        wanted = np.clip(wanted, -widest, widest)
        for rows in layers if sweep % 2 == 0 else layers[::-1]:
            for row in rows:
                places[row, 0] = spread((wanted[row] + x[row]) / 2, boxes[row, 0])
    return places
