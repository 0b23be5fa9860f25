"""Where labels fit: a map of the taken ground, and the choice of the best free place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from triplary.render.geometry import Curve, Point

__all__ = ["Box", "Label", "Room"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""
CELL: Final = 48.0
STEP: Final = 5.0
"""Pixels between the points at which a line is remembered, unless the lines are very long."""
POINTS: Final = 100_000
"""Very long are lines that would take more points together."""
LEADING: Final = 1.18
"""The distance of two lines of a label, in font sizes."""


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text that found their place: the first baseline, and where each line is anchored.

    `share` says of an edge's label how far along the edge it lies.
    """

    text: tuple[str, ...]
    x: float
    y: float
    anchor: str
    size: float
    share: float = 0.0


@dataclass(slots=True)
class Room:
    """The ground that nodes, lines and labels have taken.

    >>> room = Room()
    >>> room.take((0, 0, 10, 10))
    >>> room.free((5, 5, 20, 20)), room.free((11, 0, 20, 10))
    (False, True)
    """

    taken: dict[tuple[int, int], list[Box]] = field(default_factory=lambda: defaultdict(list))
    crossed: dict[tuple[int, int], list[Point]] = field(default_factory=lambda: defaultdict(list))
    step: float = STEP

    @classmethod
    def crossed_by(cls, curves: Sequence[Curve]) -> "Room":
        """The ground that these lines cross."""
        room = cls(step=max(STEP, sum(curve.length for curve in curves) / POINTS))
        for curve in curves:
            room.cross(curve)
        return room

    def take(self, box: Box) -> None:
        """Take a box of the ground."""
        for cell in _cells(box):
            self.taken[cell].append(box)

    def cross(self, curve: Curve) -> None:
        """Remember where a line runs; labels avoid it, but may lie on it."""
        steps = max(4, int(curve.length / self.step))
        crossed = self.crossed
        for step in range(steps + 1):
            x, y = point = curve.at(step / steps)
            crossed[int(x // CELL), int(y // CELL)].append(point)
        x, y = curve.tip
        crossed[int(x // CELL), int(y // CELL)].append(curve.tip)

    def free(self, box: Box) -> bool:
        """Whether nothing has taken a part of the box."""
        left, top, right, bottom = box
        return not any(
            a < right and left < c and b < bottom and top < d
            for cell in _cells(box)
            for a, b, c, d in self.taken.get(cell, ())
        )

    def crossings(self, box: Box) -> float:
        """How much line runs through the box, in steps of some five pixels."""
        left, top, right, bottom = box
        count = 0
        for cell in _cells(box):
            for x, y in self.crossed.get(cell, ()):
                if left < x < right and top < y < bottom:
                    count += 1
        return count * self.step / STEP

    def seat(
        self, lines: tuple[str, ...], width: float, size: float, around: Point, radius: float,
        *, must: bool = False,
    ) -> Label | None:  # fmt: skip
        """The label of a node at the side with the fewest lines, taken; None where none is free.

        Below is preferred to right, left and above. With `must` it is put below at the worst.
        """
        tall = size * LEADING * len(lines)
        best: tuple[float, Box, Label] | None = None
        for cost, x, top, anchor in _sides(around, radius, tall):
            left = x - {"middle": width / 2, "end": width, "start": 0.0}[anchor]
            box = (left - 1, top, left + width + 1, top + tall)
            if not self.free(box):
                continue
            cost += self.crossings(box)
            if best is None or cost < best[0]:
                best = cost, box, Label(lines, x, top + size * 0.95, anchor, size)
        if best is None:
            if not must:
                return None
            top = around[1] + radius + 2
            box = (around[0] - width / 2, top, around[0] + width / 2, top + tall)
            best = 0.0, box, Label(lines, around[0], top + size * 0.95, "middle", size)
        self.take(best[1])
        return best[2]

    def on(self, curve: Curve, text: str, width: float, size: float) -> Label | None:
        """The label of a line, near its middle, taken; None where there is no room."""
        if curve.length < min(width * 0.8, 60) + 16:
            return None
        for share in (0.5, 0.42, 0.58, 0.34, 0.66):
            x, y = curve.at(share)
            box = (x - width / 2 - 2, y - size * 0.62, x + width / 2 + 2, y + size * 0.62)
            if self.free(box) and self.crossings(box) <= width / STEP + 4:
                self.take(box)
                return Label((text,), x, y + size * 0.35, "middle", size, share)
        return None


def _sides(around: Point, radius: float, tall: float) -> Iterable[tuple[float, float, float, str]]:
    """The places around a node: cost, x, top, and which part of the text x is."""
    x, y = around
    yield 0.0, x, y + radius + 2, "middle"
    yield 1.5, x + radius + 5, y - tall / 2, "start"
    yield 2.0, x - radius - 5, y - tall / 2, "end"
    yield 2.0, x, y - radius - 3 - tall, "middle"
    slant = radius * 0.72
    yield 3.0, x + slant + 3, y + slant, "start"
    yield 3.0, x - slant - 3, y + slant, "end"
    yield 3.5, x + slant + 3, y - slant - tall, "start"
    yield 3.5, x - slant - 3, y - slant - tall, "end"


def _cells(box: Box) -> Iterable[tuple[int, int]]:
    """The cells of the map that a box touches."""
    left, top, right, bottom = box
    for column in range(int(left // CELL), int(right // CELL) + 1):
        for row in range(int(top // CELL), int(bottom // CELL) + 1):
            yield column, row
