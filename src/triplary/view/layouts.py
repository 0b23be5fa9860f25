"""The layouts by name: what each is asked with, and where it puts the nodes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from triplary.view.axis import Axis
from triplary.view.circle import circle
from triplary.view.hierarchy import hierarchy
from triplary.view.layout import place
from triplary.view.timeline import timeline

__all__ = ["LAYOUTS", "Asked", "Places", "lay_out"]

Places = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a layout is asked with, nodes by index in the order in which they were found.

    `boxes` are the width and height that each node takes with its label, `pairs` the edges from
    node to node, `steps` the step that found each node, `pins` the places of nodes that stay,
    `starts` the nodes a person asked for, `groups` the class of each node, `dates` its first date.
    """

    boxes: Sequence[tuple[float, float]]
    pairs: Sequence[tuple[int, int]]
    steps: Sequence[int] = ()
    pins: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    starts: Sequence[int] = ()
    groups: Sequence[str] = ()
    dates: Sequence[str] = ()


def _force(asked: Asked) -> tuple[Places, Axis | None]:
    return place(asked.boxes, asked.pairs, steps=asked.steps, pinned=asked.pins), None


def _circle(asked: Asked) -> tuple[Places, Axis | None]:
    return circle(asked.boxes, asked.pairs, groups=asked.groups), None


def _hierarchy(asked: Asked) -> tuple[Places, Axis | None]:
    return hierarchy(asked.boxes, asked.pairs, starts=asked.starts), None


def _timeline(asked: Asked) -> tuple[Places, Axis | None]:
    return timeline(asked.boxes, asked.pairs, dates=asked.dates)


LAYOUTS: Final[Mapping[str, Callable[[Asked], tuple[Places, Axis | None]]]] = MappingProxyType(
    {"force": _force, "hierarchy": _hierarchy, "circle": _circle, "timeline": _timeline}
)
"""The layouts by name; all put the same nodes at the same places each time."""


def lay_out(layout: str, asked: Asked) -> tuple[Places, Axis | None]:
    """The place of each node by the layout of that name, pins where they are, and its axis."""
    places, axis = LAYOUTS[layout](asked)
    pinned = tuple(
        (round(float(asked.pins[i][0]), 1), round(float(asked.pins[i][1]), 1))
        if i in asked.pins else spot
        for i, spot in enumerate(places)
    )  # fmt: skip
    return pinned, axis
