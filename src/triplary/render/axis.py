"""The axis of a timeline, drawn: a line with breaks, its dates, and a faint line up from each."""

from typing import Any, Final

from triplary.render.geometry import Point
from triplary.render.ink import Ink
from triplary.render.marks import n, xml
from triplary.render.room import Box
from triplary.view import View, labels
from triplary.view.axis import Axis
from triplary.view.words import word

__all__ = ["axis", "dates", "ends", "ground", "laid"]

SIZE: Final = 11.0
BEYOND: Final = 12.0
"""Pixels that the line goes on beyond the first and the last date."""


def axis(view: View, ink: Ink) -> str:
    """The axis of a view that has one, as SVG; it lies below everything else."""
    told = view.axis
    if told is None:
        return ""
    (left, _), (right, _) = ends(view, told)
    parts = [
        f'<path d="M{n(x)} {n(told.top)}V{n(told.bottom)}" stroke-width="1" '
        f'stroke-opacity="0.22" {ink.stroke("edge")}/>'
        for x, _ in told.ticks
    ]
    line, start = "", left
    for a, b in told.breaks:
        middle = (a + b) / 2
        line += f"M{n(start)} {n(told.bottom)}H{n(middle - 4)}"
        line += f"M{n(middle - 7)} {n(told.bottom + 5)}l6 -10m2 10l6 -10"
        start = middle + 4
    line += f"M{n(start)} {n(told.bottom)}H{n(right)}"
    parts.append(f'<path d="{line}" fill="none" stroke-width="1.2" {ink.stroke("edge")}/>')
    return "".join(parts)


def dates(view: View) -> list[str]:
    """The texts of the axis: its dates, and how many nodes have none."""
    told = view.axis
    if told is None:
        return []
    parts = [
        f'<text x="{n(x)}" y="{n(told.bottom + 16)}" font-size="{n(SIZE)}" '
        f'text-anchor="middle">{xml(date)}</text>'
        for x, date in told.ticks
    ]
    if told.undated:
        (left, y), _ = ends(view, told)
        text = word("undated", view.language, count=f"{told.undated:,}")
        parts.append(
            f'<text x="{n(left)}" y="{n(y + 40)}" font-size="{n(SIZE)}">{xml(text)}</text>'
        )
    return parts


def laid(view: View) -> dict[str, Any] | None:
    """The axis as the page's script draws it: ends, ticks, middles of breaks, the note; or None."""
    told = view.axis
    if told is None:
        return None
    (left, _), (right, _) = ends(view, told)
    return {
        "left": left,
        "right": right,
        "top": told.top,
        "bottom": told.bottom,
        "ticks": told.ticks,
        "breaks": [(a + b) / 2 for a, b in told.breaks],
        "note": word("undated", view.language, count=f"{told.undated:,}") if told.undated else "",
    }


def ends(view: View, told: Axis) -> tuple[Point, Point]:
    """The two ends of the axis' line: beyond all ticks and all nodes that have a date."""
    dated = [x for (x, _), date in zip(view.positions, view.begins, strict=True) if date]
    across = [*dated, *(x for x, _ in told.ticks)] or [0.0]
    return (min(across) - BEYOND, told.bottom), (max(across) + BEYOND, told.bottom)


def ground(view: View, told: Axis) -> list[Box]:
    """What the axis' words take: no label of a node may lie there."""
    boxes = [(x - 22.0, told.bottom - 4, x + 22.0, told.bottom + 20) for x, _ in told.ticks]
    if told.undated:
        (left, y), _ = ends(view, told)
        wide = labels.width(word("undated", view.language, count=f"{told.undated:,}"), SIZE)
        boxes.append((left, y + 28, left + wide, y + 44))
    return boxes
