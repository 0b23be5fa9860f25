"""Dates as spans of days: a year is as good a date as a day, it only lasts longer.

Days are counted in the proleptic Gregorian calendar (XML Schema Definition Language 1.1 Part 2,
§3.3.9 ff.); day 0 is 1970-01-01.
"""

import calendar
import re
from typing import Final

__all__ = ["DATES", "Span", "span_of"]

Span = tuple[float, float]
"""The first and the last day of a date."""

DATES: Final = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth")
)
"""The datatypes of dates."""

_ZONE: Final = r"(?:Z|[+-]\d\d:\d\d)?"
_DATE: Final = re.compile(rf"(-?\d{{4,9}})(?:-(\d\d)(?:-(\d\d)(?:T[\d:.]+)?)?)?{_ZONE}")


def span_of(text: str) -> Span | None:
    """The days of a year, a month, a day or a time of day; None for what is no date.

    >>> span_of("1970"), span_of("1970-02"), span_of("1970-02-01T12:00:00Z"), span_of("soon")
    ((0.0, 364.0), (31.0, 58.0), (31.0, 31.0), None)
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, *parts = found.groups()
    first = _day(int(year), int(parts[0] or 1), int(parts[1] or 1))
    end = int(parts[0] or 12)
    last = _day(int(year), end, int(parts[1] or _length(int(year), end)))
    return None if first is None or last is None else (float(first), float(last))


def _length(year: int, month: int) -> int:
    """How many days a month has."""
    return 28 + calendar.isleap(year) if month == 2 else 30 + (month + month // 8) % 2


def _day(year: int, month: int, day: int) -> int | None:
    """The number of a day: whole years, then the months before, then the day; None for none."""
    if not 1 <= month <= 12 or not 1 <= day <= _length(year, month):
        return None
    before = year - 1
    days = 365 * before + before // 4 - before // 100 + before // 400
    months = sum(_length(year, earlier) for earlier in range(1, month))
    return days + months + day - 719_163
