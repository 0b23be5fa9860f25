"""Filters: which entities and edges a picture may show, as one value.

Two kinds hold differently. What is filtered by class, range, property, named graph or verdict holds
while a picture is found: an edge that does not pass is not followed, and a helping brings only
what passes. Time and hiding hold afterwards: the picture stays the same picture, in which what was
not yet, is no longer, or is hidden is left out, and nothing takes its place.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from triplary.errors import BadParameter
from triplary.index.dates import Span, span_of
from triplary.terms import IRI, Node

__all__ = ["UNFILTERED", "Choice", "Filters", "Range", "checked_day"]

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Choice(Generic[_Value]):
    """Which of some values pass: those of `only` (all, where it is empty) but not of `without`."""

    only: tuple[_Value, ...] = ()
    without: tuple[_Value, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.only or self.without)

    def lets(self, values: Collection[_Value]) -> bool:
        """Whether something with all these values passes: one of `only`, and none of `without`.

        >>> Choice(only=("a",), without=("b",)).lets({"a", "b"})
        False
        """
        wanted = not self.only or any(value in values for value in self.only)
        return wanted and not any(value in values for value in self.without)


@dataclass(frozen=True, slots=True)
class Range:
    """A property whose value lies from `low` to `high`, both as written; an empty end is open.

    It concerns the entities of a class that has such values: of these, one whose value is not
    known does not pass.
    """

    property: IRI
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be shown. Of a class are the entities of a class below it, too.

    `graphs` are the named graphs that state an edge, or that hold a claim of it (None the default
    graph); `verdicts` may be 'stated'. `as_of` is a day, a month or a year. `nodes` names
    entities: hidden ones, or the only ones.
    """

    classes: Choice[IRI] = Choice()
    predicates: Choice[IRI] = Choice()
    graphs: Choice[Node | None] = Choice()
    verdicts: Choice[str] = Choice()
    ranges: tuple[Range, ...] = ()
    as_of: str = ""
    nodes: Choice[Node] = Choice()

    def __bool__(self) -> bool:
        """Whether anything is filtered or hidden."""
        return self != UNFILTERED


UNFILTERED: Final = Filters()


def checked_day(text: str) -> Span:
    """The days of an as-of date; raises BadParameter where it is none."""
    span = span_of(text)
    if span is None:
        raise BadParameter(
            "as-of", text, "it is a year, a month or a day", hint="2023, 2023-03 or 2023-03-16"
        )
    return span
