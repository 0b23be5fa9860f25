"""What the SVG and the page draw alike: lines, labels that found room, and their frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from triplary.render.axis import ends, ground
from triplary.render.geometry import Curve, Point, bounds, curves
from triplary.render.marks import safe_url
from triplary.render.room import LEADING, Box, Label, Room
from triplary.terms import Edge, Node
from triplary.view import View, labels
from triplary.view.names import page

__all__ = ["Drawing", "compose", "link"]

EDGE_SIZE: Final = 10.0
NODE_SIZE: Final = 12.0
ASKED_SIZE: Final = 13.5
"""Font sizes in pixels: of edges, of nodes, and of nodes that were asked for."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A view made ready to be drawn.

    `lines` has a curve for each of `edges`; `seats` the label of each node that found room, by the
    node's index; `texts` the same for edges; `frame` is left, top, right, bottom of it all.
    """

    edges: tuple[Edge, ...]
    lines: tuple[Curve, ...]
    seats: dict[int, Label]
    texts: dict[int, Label]
    frame: Box


def compose(view: View, name: Callable[[Node], str]) -> Drawing:
    """The view made ready to be drawn; `name` is its namer."""
    lines, edges = curves(view), view.drawn_edges()
    room = Room.crossed_by(lines)
    for (x, y), size in zip(view.positions, view.sizes, strict=True):
        room.take((x - size, y - size, x + size, y + size))
    words = ground(view, view.axis) if view.axis else []
    for box in words:
        room.take(box)
    seats = _seats(view, room, name)
    texts = _texts(edges, lines, room, name)
    frame = _frame(view, lines, [*seats.values(), *texts.values()], words)
    return Drawing(edges, lines, seats, texts, frame)


def link(view: View, node: Node) -> str:
    """Where a node leads: to its page under the view's base, else to its own IRI; '' if unsafe."""
    return safe_url(page(node, view.base) if view.base else page(node) and str(node))


def _seats(view: View, room: Room, name: Callable[[Node], str]) -> dict[int, Label]:
    """The labels of nodes that found room: those asked for first, then the larger nodes first."""
    asked, sizes = set(view.asked), view.sizes
    iris = [node.iri for node in view.subgraph]
    found = {}
    for index in sorted(range(len(iris)), key=lambda i: (iris[i] not in asked, -sizes[i], i)):
        must = iris[index] in asked
        size = ASKED_SIZE if must else NODE_SIZE
        text = labels.lines(name(iris[index]))
        width = max((labels.width(line, size) for line in text), default=0.0)
        width *= 1.06 if must else 1.0
        around, radius = view.positions[index], sizes[index] + (5.0 if must else 1.5)
        label = room.seat(text, width, size, around, radius, must=must)
        if label is not None:
            found[index] = label
    return found


def _texts(
    edges: Sequence[Edge], lines: Sequence[Curve], room: Room, name: Callable[[Node], str]
) -> dict[int, Label]:
    """The labels of edges that found room, long edges first."""
    found = {}
    for index in sorted(range(len(edges)), key=lambda i: (-lines[i].length, i)):
        text = (labels.lines(name(edges[index].predicate), most=1) or ("",))[0]
        label = room.on(lines[index], text, labels.width(text, EDGE_SIZE), EDGE_SIZE)
        if label is not None:
            found[index] = label
    return found


def _frame(view: View, lines: Sequence[Curve], seats: Sequence[Label], words: Sequence[Box]) -> Box:
    """The rectangle that holds nodes, lines, labels and other words."""
    points: list[Point] = [] if view.positions else [(0.0, 0.0)]
    points += [corner for a, b, c, d in words for corner in ((a, b), (c, d))]
    if view.axis:
        points += [*ends(view, view.axis), (points[0][0], view.axis.top)]
    for (x, y), size in zip(view.positions, view.sizes, strict=True):
        points += [(x - size - 6, y - size - 6), (x + size + 6, y + size + 6)]
    points += [line.at(share / 10) for line in lines for share in range(11)]
    for label in seats:
        wide = max(labels.width(line, label.size) for line in label.text)
        start = label.x - {"middle": wide / 2, "end": wide, "start": 0.0}[label.anchor]
        low = label.y + label.size * (LEADING * (len(label.text) - 1) + 0.3)
        points += [(start, label.y - label.size), (start + wide, low)]
    return bounds(points)
