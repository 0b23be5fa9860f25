"""A circle: nodes of a class side by side, and near those they have edges with."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

__all__ = ["circle"]

SWEEPS: Final = 12
"""How often each node is moved towards its neighbours."""
APART: Final = 26.0
"""Pixels between the nodes of one class and those of the next."""
LEAST: Final = 60.0
"""The radius of the smallest circle, in pixels."""
NEARBY: Final = 8
"""With so many of the next ones each box is kept apart."""
WIDEST: Final = 2500.0
"""A circle with a greater radius becomes several, one around the other, taken in turn."""


def circle(
    boxes: Sequence[tuple[float, float]],
    pairs: Sequence[tuple[int, int]],
    *,
    groups: Sequence[str] = (),
) -> tuple[tuple[float, float], ...]:
    """A place (pixels, to 0.1) for each node on one circle around (0, 0), the first group on top.

    Nodes of a group stand side by side, groups next to those they have most edges with, and each
    node as near to its neighbours as its group lets it; boxes don't overlap along the circle.

    >>> circle([(40, 30)], [])
    ((0.0, 0.0),)
    """
    count = len(boxes)
    if count < 2:
        return ((0.0, 0.0),) * count
    of = list(groups) or [""] * count
    order = _ordered(count, pairs, of)
    gaps = [APART if of[a] != of[b] else 0.0 for a, b in pairwise((*order, order[0]))]
    angles, radius = _angles([boxes[node] for node in order], gaps)
    rings = math.ceil(radius / WIDEST)
    between = max(tall for _, tall in boxes) + 8.0
    places = [(0.0, 0.0)] * count
    for seat, (node, angle) in enumerate(zip(order, angles, strict=True)):
        out = radius / rings + seat % rings * between
        x, y = out * math.cos(angle), out * math.sin(angle)
        places[node] = (round(x, 1) + 0.0, round(y, 1) + 0.0)
    return tuple(places)


def _ordered(count: int, pairs: Sequence[tuple[int, int]], of: Sequence[str]) -> list[int]:
    """The nodes in the order in which they stand on the circle: of all that are tried, the best."""
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs:
        if a != b:
            near[a].append(b)
            near[b].append(a)
    inside: dict[str, list[int]] = {}
    for node in _walked(near):
        inside.setdefault(of[node], []).append(node)
    order = [node for group in _groups(inside, pairs, of) for node in inside[group]]
    best, least = order, _length(order, near)
    for _ in range(SWEEPS):
        seat = {node: index for index, node in enumerate(order)}
        pull = {node: seat[node] + _pull(node, near[node], seat) for node in order}
        start, order = 0, list(order)
        while start < count:
            end = start + len(inside[of[order[start]]])
            order[start:end] = sorted(order[start:end], key=lambda n: (pull[n], seat[n]))
            start = end
        length = _length(order, near)
        if length < least:
            best, least = order, length
    return best


def _walked(near: Sequence[Sequence[int]]) -> list[int]:
    """The nodes as a walk meets them that goes on to a neighbour as long as it can."""
    order: dict[int, None] = {}
    for start in range(len(near)):
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in order:
                order[node] = None
                waiting += [other for other in reversed(near[node]) if other not in order]
    return list(order)


def _pull(node: int, near: Sequence[int], seat: dict[int, int]) -> float:
    """How many seats a node's neighbours are farther along the circle, on the shorter way."""
    count = len(seat)
    ways = ((seat[other] - seat[node] + count / 2) % count - count / 2 for other in near)
    return sum(ways) / len(near) if near else 0.0


def _length(order: Sequence[int], near: Sequence[Sequence[int]]) -> float:
    """How far apart neighbours are on the circle, in seats, all together."""
    seat = {node: index for index, node in enumerate(order)}
    count = len(order)
    return sum(
        min((seat[node] - seat[other]) % count, (seat[other] - seat[node]) % count)
        for node in order
        for other in near[node]
    )


def _groups(
    inside: dict[str, list[int]], pairs: Sequence[tuple[int, int]], of: Sequence[str]
) -> list[str]:
    """The groups, the largest first, each next to the one it shares most edges with."""
    shared: Counter[tuple[str, str]] = Counter()
    for a, b in pairs:
        shared[of[a], of[b]] += 1
        shared[of[b], of[a]] += 1
    rest = sorted(inside, key=lambda group: (-len(inside[group]), group))
    order = [rest.pop(0)]
    while rest:
        last = order[-1]
        best = max(rest, key=lambda group: (shared[last, group], len(inside[group])))
        rest.remove(best)
        order.append(best)
    return order


def _angles(
    boxes: Sequence[tuple[float, float]], gaps: Sequence[float]
) -> tuple[list[float], float]:
    """The angle of each box on the circle, clockwise from the top, and the circle's radius.

    Where the circle runs across, boxes need their widths; where it runs up, only their heights.
    """
    count = len(boxes)
    angles = [2 * math.pi * index / count - math.pi / 2 for index in range(count)]
    radius = LEAST
    for _ in range(8):
        need = []
        for index in range(count):
            other = (index + 1) % count
            wide = (boxes[index][0] + boxes[other][0]) / 2
            tall = (boxes[index][1] + boxes[other][1]) / 2
            turn = (angles[other] - angles[index]) % (2 * math.pi) or 2 * math.pi
            angle = angles[index] + turn / 2
            across, up = abs(math.sin(angle)), abs(math.cos(angle))
            need.append(min(wide / max(across, 1e-9), tall / max(up, 1e-9)) + gaps[index])
        full = sum(need)
        radius = max(LEAST, full / (2 * math.pi))
        angle, angles = -math.pi / 2, []
        for step in need:
            angles.append(angle)
            angle += step / full * 2 * math.pi
    return angles, radius * max(1.0, _short(boxes, angles, radius))


def _short(boxes: Sequence[tuple[float, float]], angles: Sequence[float], radius: float) -> float:
    """By how much the radius is too small for boxes that stand near each other: 1 where it is not.

    The straight way between two places is shorter than the circle's.
    """
    spots = [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
    worst, count = 0.0, len(boxes)
    for index in range(count):
        for ahead in range(1, min(count, NEARBY)):
            other = (index + ahead) % count
            room = max(
                abs(spots[index][axis] - spots[other][axis])
                / ((boxes[index][axis] + boxes[other][axis]) / 2)
                for axis in (0, 1)
            )
            worst = max(worst, 1.001 / max(room, 1e-3))
    return worst
