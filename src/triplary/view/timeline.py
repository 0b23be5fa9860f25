"""A timeline: each node at its first date, with an axis; nodes without one in rows below it."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from triplary.index.dates import span_of
from triplary.view.axis import Axis
from triplary.view.force import Floats
from triplary.view.packing import spread

__all__ = ["timeline", "when"]

NARROWEST: Final = 1000.0
"""Pixels from the first date to the last, at least."""
FLAT: Final = 1.5
"""A timeline is made longer until it is so many times as long as high, or thrice as long."""
LANE: Final = 10.0
"""Pixels between two lanes, and from the first and the last to the ends of the axis' ground."""
FOOT: Final = 58.0
"""Pixels from the axis to the nodes without a date: its dates and a line of words lie there."""
TICK: Final = 46.0
"""Pixels between two ticks, at least."""
YEARS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
YEAR: Final = 365.2425
"""The mean year in days."""
Places = tuple[tuple[float, float], ...]


def when(date: str) -> float | None:
    """A date as years, in the middle of the day, month or year that it names; None if it is none.

    >>> when("1970"), round(when("2023-07-01T12:00:00Z"), 2), when("soon")
    (1970.498299075272, 2023.5, None)
    """
    span = span_of(date)
    return None if span is None else 1970 + (span[0] + span[1]) / 2 / YEAR


def timeline(
    boxes: Sequence[tuple[float, float]],
    pairs: Sequence[tuple[int, int]],
    *,
    dates: Sequence[str] = (),
) -> tuple[Places, Axis | None]:
    """A place (pixels, to 0.1) for each node by its date, and the axis; none without any date.

    Long times without a node are shortened, and the axis says where.
    """
    sizes = np.array(boxes, dtype=float).reshape(-1, 2)
    times = [when(date) for date in dates] or [None] * len(boxes)
    dated = [node for node, time in enumerate(times) if time is not None]
    undated = [node for node, time in enumerate(times) if time is None]
    near: list[list[int]] = [[] for _ in boxes]
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    places = np.zeros((len(boxes), 2))
    if not dated:
        _below(places, sizes, undated, near, width=math.sqrt(_area(sizes) * 2), top=0.0)
        return _centred(places, sizes), None
    scale = Scale([time for time in times if time is not None])
    order = sorted(dated, key=lambda node: (times[node], node))
    width = max(NARROWEST, math.sqrt(_area(sizes[dated]) * FLAT))
    longest = 3 * width
    while True:
        for node in dated:
            places[node, 0] = (scale.share(times[node] or 0.0) - 0.5) * width
        high = _lanes(places, sizes, order, near)
        if high * FLAT <= width or width >= longest:
            break
        width *= 1.25
    half = sizes[dated, 1] / 2
    top = float((places[dated, 1] - half).min()) - LANE
    bottom = float((places[dated, 1] + half).max()) + LANE
    _below(places, sizes, undated, near, width=width, top=bottom + FOOT)
    middle = _middle(places, sizes)
    ticks = tuple((round(x - middle[0], 1), date) for x, date in scale.ticks(width))
    breaks = tuple((round(a - middle[0], 1), round(b - middle[0], 1)) for a, b in scale.cuts(width))
    axis = Axis(
        ticks, round(top - middle[1], 1), round(bottom - middle[1], 1), breaks, len(undated)
    )
    return _centred(places, sizes), axis


class Scale:
    """Times as shares of a length, from 0 to 1; long empty times take less than they last."""

    def __init__(self, times: Sequence[float]) -> None:
        """Find the empty times from those at which something is."""
        known = sorted(set(times))
        usual = known[int(len(known) * 0.9)] - known[int(len(known) * 0.1)] if known else 0.0
        kept = max(usual / 4, 0.8)
        self._stops = [(known[0] - kept / 4, 0.0)]
        self._cuts: list[tuple[float, float]] = []
        for one, two in pairwise(known):
            if two - one > 3 * kept:
                start = self._along(one) + kept / 4
                self._stops += [(one + kept / 4, start), (two - kept / 4, start + kept / 4)]
                self._cuts.append((start, start + kept / 4))
        self._end = self._along(known[-1]) + kept / 4
        self._stops.append((known[-1] + kept / 4, self._end))

    def _along(self, time: float) -> float:
        last, place = self._stops[-1]
        return place + time - last

    def share(self, time: float) -> float:
        """Where a time is, from 0 to 1."""
        times, places = zip(*self._stops, strict=True)
        return float(np.interp(time, times, places)) / self._end

    def cuts(self, width: float) -> list[tuple[float, float]]:
        """Where a drawing of so many pixels, centred on 0, shortens empty times."""
        return [
            ((a / self._end - 0.5) * width, (b / self._end - 0.5) * width) for a, b in self._cuts
        ]

    def ticks(self, width: float) -> list[tuple[float, str]]:
        """The x and the date of each tick of such a drawing: years, or months where years are long.

        The first year after a shortened time has a tick too, where there is room.
        """
        year = width / self._end
        found: list[tuple[float, str]] = []
        for (start, left), (end, right) in pairwise(self._stops):
            if (left, right) in self._cuts:
                continue
            first = math.ceil(start)
            if first > end:
                first = math.floor(start)
            for time, date in _dates(min(start, first), end, year):
                x = (left + max(time, start) - start) / self._end * width - width / 2
                if not found or x - found[-1][0] >= TICK:
                    found.append((x, date))
        return found


def _dates(start: float, end: float, year: float) -> list[tuple[float, str]]:
    """The beginnings of years or months from `start` to `end`, not too many, with their names."""
    months = next((many for many in (1, 3, 6) if year * many / 12 >= 1.5 * TICK), 12)
    if months < 12:
        first, last = math.ceil(start * 12 - 1e-6), math.floor(end * 12)
        return [
            (m / 12, f"{m // 12:04d}-{m % 12 + 1:02d}" if m % 12 else f"{m // 12:04d}")
            for m in range(first, last + 1) if m % months == 0
        ]  # fmt: skip
    step = next((many for many in YEARS if many * year >= TICK), YEARS[-1])
    years = range(math.ceil(start - 1e-6), math.floor(end) + 1)
    kept = [value for value in years if value % step == 0] or list(years)[:1]
    return [(float(value), f"{value:04d}") for value in kept]


def _lanes(places: Floats, sizes: Floats, order: Sequence[int], near: list[list[int]]) -> float:
    """Give each dated node, from left to right, the free lane nearest to its neighbours' lanes.

    What comes back is how high the lanes are together.
    """
    tall = float(sizes[list(order), 1].max()) + LANE
    ends: dict[int, float] = {}
    lane_of: dict[int, int] = {}
    for node in order:
        left, right = places[node, 0] - sizes[node, 0] / 2, places[node, 0] + sizes[node, 0] / 2
        known = [lane_of[other] for other in near[node] if other in lane_of]
        wanted = sum(known) / len(known) if known else 0.0
        low, high = min(ends, default=0) - 1, max(ends, default=0) + 1
        free = [lane for lane in range(low, high + 1) if ends.get(lane, -math.inf) <= left]
        lane = min(free, key=lambda lane: (abs(lane - wanted) + 0.7 * abs(lane), lane))
        ends[lane], lane_of[node] = right, lane
        places[node, 1] = lane * tall
    return (max(ends) - min(ends) + 1) * tall


def _below(
    places: Floats, sizes: Floats, nodes: Sequence[int], near: list[list[int]],
    *, width: float, top: float,
) -> None:  # fmt: skip
    """Put nodes in rows from `top` down, each about below its neighbours."""
    if not nodes:
        return
    outside = set(nodes)
    wanted = {node: float(places[node, 0]) for node in range(len(places)) if node not in outside}
    for _ in range(3):
        # Whoever knows nobody with a date goes to where the neighbours went.
        pulls = {node: [wanted[n] for n in near[node] if n in wanted] for node in nodes}
        wanted |= {node: sum(pull) / len(pull) for node, pull in pulls.items() if pull}
    wanted |= {node: width / 2 for node in nodes if node not in wanted}
    order = sorted(nodes, key=lambda node: (wanted[node], node))
    # In one row, the edges between them would run through one another's nodes.
    many = max(min(3, len(order)), math.ceil(float(sizes[order, 0].sum()) / max(width, 200.0)))
    y = top
    for row in (order[start::many] for start in range(many)):
        tall = float(sizes[row, 1].max())
        places[row, 0] = spread(np.array([wanted[node] for node in row]), sizes[row, 0])
        places[row, 1] = y + tall / 2
        y += tall + LANE


def _area(sizes: Floats) -> float:
    return float((sizes[:, 0] * sizes[:, 1]).sum())


def _middle(places: Floats, sizes: Floats) -> Floats:
    if not len(places):
        return np.zeros(2)
    half = sizes / 2
    return np.asarray(((places - half).min(axis=0) + (places + half).max(axis=0)) / 2)


def _centred(places: Floats, sizes: Floats) -> Places:
    """The places around (0, 0), to a tenth of a pixel."""
    moved = places - _middle(places, sizes)
    return tuple((round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in moved)
