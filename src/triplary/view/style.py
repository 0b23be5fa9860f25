"""How things look: a colour and a shape per class, a line per verdict, a size per measure.

Colour never stands alone: each colour slot has a shape of its own, each verdict a line pattern.
The values are data, so that every face (SVG, page, legend, live explorer) draws the same.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from triplary.terms import IRI, Subgraph

__all__ = [
    "DARK",
    "LIGHT",
    "LINES",
    "OTHER",
    "PALETTE_DARK",
    "PALETTE_LIGHT",
    "SHAPES",
    "SHAPE_OF_SLOT",
    "Line",
    "Look",
    "Theme",
    "class_slots",
    "community_slot",
    "line_of",
    "node_class",
    "node_sizes",
]

PALETTE_LIGHT: Final = (
    "#427bf9", "#d97819", "#027f71", "#710756", "#832cd7",
    "#8b6d17", "#3e27b1", "#8a4834", "#014503", "#868d95",
)  # fmt: skip
PALETTE_DARK: Final = (
    "#2a84fb", "#fea61b", "#80d697", "#cb3578", "#ac5db4",
    "#f4e786", "#b5e1f0", "#fc6575", "#418a07", "#9aa1a9",
)  # fmt: skip
"""Ten colours for a light and ten for a dark ground; the last is the one other classes share.

Found by search: any two are at least 0.075 apart in OKLab for an eye that sees no red, no green or
no blue (Machado, Oliveira and Fernandes 2009), and each has a contrast of 3:1 to its ground.
"""

OTHER: Final = len(PALETTE_LIGHT) - 1
"""The colour slot of every class beyond the ninth, and of nodes without a class."""


def _polygon(
    corners: int, *, turn: float = 0.0, inner: float = 1.0
) -> tuple[tuple[float, float], ...]:
    """The corners of a regular polygon, or of a star where `inner` is under 1, first one on top."""
    count = corners if inner == 1.0 else corners * 2
    points = []
    for index in range(count):
        angle = 2 * math.pi * index / count - math.pi / 2 + turn
        radius = inner if index % 2 and inner != 1.0 else 1.0
        points.append((round(radius * math.cos(angle), 3), round(radius * math.sin(angle), 3)))
    return tuple(points)


def _scaled(points: Iterable[tuple[float, float]], by: float) -> tuple[tuple[float, float], ...]:
    """The points moved away from the centre, so that every shape covers about the same area."""
    return tuple((round(x * by, 3), round(y * by, 3)) for x, y in points)


_PLUS: Final = (
    (-0.36, -1.0), (0.36, -1.0), (0.36, -0.36), (1.0, -0.36), (1.0, 0.36), (0.36, 0.36),
    (0.36, 1.0), (-0.36, 1.0), (-0.36, 0.36), (-1.0, 0.36), (-1.0, -0.36), (-0.36, -0.36),
)  # fmt: skip

SHAPES: Final[Mapping[str, tuple[tuple[float, float], ...]]] = MappingProxyType(
    {
        "circle": (),
        "square": _scaled(_polygon(4, turn=math.pi / 4), 1.25),
        "diamond": _scaled(_polygon(4), 1.25),
        "triangle": _scaled(_polygon(3), 1.4),
        "hexagon": _scaled(_polygon(6), 1.1),
        "star": _scaled(_polygon(5, inner=0.5), 1.45),
        "triangle-down": _scaled(_polygon(3, turn=math.pi), 1.4),
        "pentagon": _scaled(_polygon(5), 1.15),
        "plus": _scaled(_PLUS, 1.05),
        "octagon": _scaled(_polygon(8, turn=math.pi / 8), 1.05),
    }
)
"""Each shape as its corners around (0, 0) for a node of size 1; the circle has none."""

SHAPE_OF_SLOT: Final = tuple(SHAPES)
"""The shape of each colour slot."""


@dataclass(frozen=True, slots=True)
class Line:
    """How an edge is drawn: a name, a dash pattern (pixels on, off, …), a width and a tone.

    `tone` names a colour of the Theme; `marks` is '×' where crosses lie on the line, else ''.
    """

    name: str
    dash: tuple[float, ...] = ()
    width: float = 1.5
    tone: str = "edge"
    marks: str = ""


LINES: Final[Mapping[str, Line]] = MappingProxyType(
    {
        "stated": Line("solid"),
        "supported": Line("solid", width=2.2),
        "plausible": Line("long-dashed", (11, 4)),
        "partly": Line("dash-dotted", (9, 3, 2, 3), tone="doubt"),
        "imprecise": Line("dashed", (6, 4), tone="doubt"),
        "stale": Line("short-dashed", (3.5, 3.5), tone="doubt"),
        "disputed": Line("dotted", (1.8, 3.2), width=2.4, tone="against"),
        "doubtful": Line("pair-dotted", (1.8, 3, 1.8, 8), width=2.2, tone="doubt"),
        "unverifiable": Line("sparsely-dotted", (1.6, 6), width=1.6, tone="edge"),
        "wrong": Line("crossed", width=1.8, tone="against", marks="×"),
        "not checkable": Line("thin", width=0.7),
    }
)
"""The line of each verdict; a claim's line differs by pattern, not by colour alone."""


def line_of(verdict: str) -> Line:
    """The line of a verdict; a verdict nobody foresaw is drawn as an unverifiable one.

    >>> line_of("wrong").marks
    '×'
    """
    return LINES.get(verdict, LINES["unverifiable"])


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a drawing's ground, ink and lines, as #rrggbb."""

    ground: str
    ink: str
    quiet: str
    edge: str
    doubt: str
    against: str
    ring: str
    palette: tuple[str, ...]


LIGHT: Final = Theme(
    ground="#ffffff", ink="#1c2430", quiet="#56606c", edge="#76818e",
    doubt="#96650c", against="#c02f1d", ring="#1c2430", palette=PALETTE_LIGHT,
)  # fmt: skip
DARK: Final = Theme(
    ground="#12161c", ink="#eef1f5", quiet="#a9b3bf", edge="#8b96a3",
    doubt="#e0b055", against="#ff8570", ring="#eef1f5", palette=PALETTE_DARK,
)  # fmt: skip
"""The two themes; a reader's system chooses, print is light."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a node looks: its colour slot, the name of its shape and of its pictogram, or ''."""

    color: int
    shape: str
    icon: str = ""


def node_class(classes: Sequence[IRI]) -> IRI | None:
    """The class that a node is coloured by: the first, which is the most telling one."""
    return classes[0] if classes else None


def class_slots(subgraph: Subgraph, *, order: Sequence[IRI] = ()) -> dict[IRI, int]:
    """The colour slot of each class in the subgraph; the most frequent first, then by IRI.

    A class that `order` names has the slot of its place there, whatever else is drawn, so that
    one graph's views agree with each other. Classes beyond the ninth share the slot OTHER.
    """
    counts = Counter(cls for node in subgraph if (cls := node_class(node.classes)) is not None)
    fixed = {cls: slot for slot, cls in enumerate(order[:OTHER]) if cls in counts}
    taken = set(fixed.values())
    free = [slot for slot in range(OTHER) if slot not in taken]
    rest = sorted((cls for cls in counts if cls not in fixed), key=lambda cls: (-counts[cls], cls))
    slots = dict(fixed)
    for index, cls in enumerate(rest):
        slots[cls] = free[index] if index < len(free) else OTHER
    return slots


def community_slot(number: int) -> int:
    """The colour slot of a community: its own, or OTHER beyond the ninth and for none.

    >>> community_slot(2), community_slot(12), community_slot(-1)
    (2, 9, 9)
    """
    return number if 0 <= number < OTHER else OTHER


def node_sizes(values: Sequence[float], *, full: float = 0.0) -> tuple[float, ...]:
    """The radius in pixels of each node, 7 to 20, its area growing with its value.

    `full` and what is above it give the largest radius; where it is left out, the largest value.

    >>> node_sizes([0, 4, 16, 99], full=16)
    (7.0, 13.5, 20.0, 20.0)
    """
    top = full or max(values, default=0.0) or 1.0
    shares = (min(max(value / top, 0.0), 1.0) for value in values)
    return tuple(round(7.0 + 13.0 * math.sqrt(share), 1) for share in shares)
