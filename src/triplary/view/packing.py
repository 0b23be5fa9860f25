"""Parts of a drawing side by side: its connected components, each with its room, in rows."""

import math
from typing import Final

import numpy as np

from triplary.view.force import Bools, Floats, Ints

__all__ = ["components", "frame", "neighbours_of", "pack", "spread"]

GAP: Final = 36.0
"""Pixels between components that are packed side by side."""


def neighbours_of(count: int, pairs: Ints) -> list[list[int]]:
    """The neighbours of each node, in order of index."""
    found: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs.tolist():
        found[a].append(b)
        found[b].append(a)
    return [sorted(near) for near in found]


def components(neighbours: list[list[int]], inside: Bools) -> list[list[int]]:
    """The connected components of the nodes `inside`, each sorted, in order of first node."""
    seen: set[int] = set()
    found = []
    for start in np.flatnonzero(inside).tolist():
        if start in seen:
            continue
        part, front = [], [start]
        seen.add(start)
        while front:
            node = front.pop()
            part.append(node)
            for near in neighbours[node]:
                if inside[near] and near not in seen:
                    seen.add(near)
                    front.append(near)
        found.append(sorted(part))
    return found


def pack(
    places: Floats, sizes: Floats, parts: list[Floats], members: list[list[int]], standing: Bools
) -> None:
    """Pack components in rows, the largest first, about 1.6 times as wide as high; then centre.

    Where something stands already, the rows go below it and it stays.
    """
    frames = []
    for part, inside in zip(parts, members, strict=True):
        low, high = frame(part, sizes[inside], np.arange(len(inside)))
        frames.append((low, high - low))
    order = sorted(range(len(parts)), key=lambda i: (-frames[i][1][0] * frames[i][1][1], i))
    area = sum((size[0] + GAP) * (size[1] + GAP) for _, size in frames)
    full = max(math.sqrt(area * 1.6), max(size[0] for _, size in frames))
    x = y = row = 0.0
    for index in order:
        low, size = frames[index]
        if x and x + size[0] > full:
            x, y, row = 0.0, y + row + GAP, 0.0
        places[members[index]] = parts[index] - low + np.array([x, y])
        x += size[0] + GAP
        row = max(row, size[1])
    nodes = np.array([node for part in members for node in part])
    low, high = frame(places, sizes, nodes)
    target = np.zeros(2)
    if standing.any():
        ceiling, floor = frame(places, sizes, np.flatnonzero(standing))
        target = np.array([(ceiling + floor)[0] / 2, floor[1] + GAP + (high - low)[1] / 2])
    places[nodes] += target - (low + high) / 2


def frame(places: Floats, sizes: Floats, nodes: Ints) -> tuple[Floats, Floats]:
    """The upper left and the lower right of the boxes of some nodes."""
    half = sizes[nodes] / 2
    return (places[nodes] - half).min(axis=0), (places[nodes] + half).max(axis=0)


def spread(wanted: Floats, widths: Floats) -> Floats:
    """The places nearest to those wanted at which things of these widths don't overlap, in order.

    The sum of squared moves is the least there is (pool adjacent violators, Ayer and others 1955).
    """
    before = np.concatenate(([0.0], np.cumsum((widths[:-1] + widths[1:]) / 2)))
    pools: list[tuple[float, int]] = []
    for value in (wanted - before).tolist():
        mean, count = value, 1
        while pools and pools[-1][0] > mean:
            other, many = pools.pop()
            mean = (mean * count + other * many) / (count + many)
            count += many
        pools.append((mean, count))
    return np.repeat([mean for mean, _ in pools], [count for _, count in pools]) + before
