"""The lines of a drawing: where each edge starts, bends and ends, parallel ones apart."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from triplary.terms import Node
from triplary.view import View

__all__ = ["Curve", "Point", "curves"]

Point = tuple[float, float]
SPREAD: Final = 30.0
"""Pixels between the bends of parallel edges."""
ARROW: Final = 8.0
"""The length of an arrow head."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve from the rim of one node to the rim of another, with its arrow's tip.

    `points` are start, two controls and end; the line ends where the arrow head begins. `bend` is
    how far the middle lies left of the straight way, as a share of the distance; 0 for loops.
    """

    points: tuple[Point, Point, Point, Point]
    tip: Point
    straight: bool
    bend: float = 0.0

    def at(self, share: float) -> Point:
        """The point at a share (0 to 1) of the way.

        >>> Curve(((0, 0), (1, 0), (2, 0), (3, 0)), (3, 0), True).at(0.5)
        (1.5, 0.0)
        """
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.points
        rest = 1 - share
        a, b, c, d = rest**3, 3 * rest * rest * share, 3 * rest * share * share, share**3
        return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy

    @property
    def length(self) -> float:
        """About how long it is, in pixels."""
        stops = [self.at(step / 8) for step in range(9)]
        return sum(math.dist(one, two) for one, two in pairwise(stops))

    def head(self) -> tuple[Point, Point, Point]:
        """The corners of the arrow head: the tip and the two ends of its base."""
        (x, y), (tx, ty) = self.points[3], self.tip
        size = math.hypot(tx - x, ty - y) or 1.0
        across = (-(ty - y) / size * 3.6, (tx - x) / size * 3.6)
        return self.tip, (x + across[0], y + across[1]), (x - across[0], y - across[1])


def curves(view: View) -> tuple[Curve, ...]:
    """A curve for each drawn edge of the view, in order."""
    place = {node.iri: spot for node, spot in zip(view.subgraph, view.positions, strict=True)}
    radius = {node.iri: size for node, size in zip(view.subgraph, view.sizes, strict=True)}
    between: dict[frozenset[Node], list[int]] = defaultdict(list)
    edges = view.drawn_edges()
    for index, edge in enumerate(edges):
        between[frozenset((edge.subject, edge.object))].append(index)
    found: list[Curve | None] = [None] * len(edges)
    for ends, indices in between.items():
        for seat, index in enumerate(indices):
            edge = edges[index]
            one, two = edge.subject, edge.object
            if len(ends) == 1:
                found[index] = _loop(place[one], radius[one], seat)
                continue
            bend = (seat - (len(indices) - 1) / 2) * SPREAD
            # A bend is to the left of its edge; edges the other way round need the other side.
            if one != edges[indices[0]].subject:
                bend = -bend
            found[index] = _between(place[one], radius[one], place[two], radius[two], bend)
    return tuple(curve for curve in found if curve is not None)


def _between(one: Point, near: float, two: Point, far: float, bend: float) -> Curve:
    """The curve between two nodes, bent to its left by so many pixels in the middle."""
    length = math.dist(one, two) or 1.0
    along = ((two[0] - one[0]) / length, (two[1] - one[1]) / length)
    left = (along[1], -along[0])
    # The middle of a cubic curve lies three quarters of the way to its controls.
    control = bend * 4 / 3
    first = _shift(one, along, length / 3, left, control)
    second = _shift(one, along, length * 2 / 3, left, control)
    start = _towards(one, first, min(near + 2.0, length / 3))
    tip = _towards(two, second, min(far + 2.5, length / 3))
    end = _towards(two, second, min(far + 2.5, length / 3) + min(ARROW, length / 4))
    return Curve((start, first, second, end), tip, straight=not bend, bend=bend / length)


def _loop(place: Point, radius: float, seat: int) -> Curve:
    """An edge from a node to itself: a loop over its upper right, larger for each one more."""
    reach = radius + 34.0 + 16.0 * seat
    first = (place[0] + reach * 0.35, place[1] - reach * 1.15)
    second = (place[0] + reach * 1.15, place[1] - reach * 0.35)
    start = _towards(place, first, radius + 2.0)
    tip = _towards(place, second, radius + 2.5)
    end = _towards(place, second, radius + 2.5 + ARROW)
    return Curve((start, first, second, end), tip, straight=False)


def _shift(start: Point, along: Point, far: float, left: Point, bend: float) -> Point:
    return (
        start[0] + along[0] * far + left[0] * bend,
        start[1] + along[1] * far + left[1] * bend,
    )


def _towards(start: Point, goal: Point, far: float) -> Point:
    length = math.dist(start, goal) or 1.0
    return (
        start[0] + (goal[0] - start[0]) * far / length,
        start[1] + (goal[1] - start[1]) * far / length,
    )


def bounds(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """The smallest upright rectangle around points: left, top, right, bottom."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)
