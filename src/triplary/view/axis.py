"""The axis of a timeline: what a place across a drawing says of dates."""

from dataclasses import dataclass

__all__ = ["Axis"]


@dataclass(frozen=True, slots=True)
class Axis:
    """Dates along a drawing: ticks (x and the date that begins there), and where it lies.

    `top` and `bottom` are the ends of the ground of dated nodes; nodes without a date lie below
    `bottom`, `undated` of them. `breaks` are pairs of x between which empty years are shortened.
    """

    ticks: tuple[tuple[float, str], ...]
    top: float
    bottom: float
    breaks: tuple[tuple[float, float], ...] = ()
    undated: int = 0
