"""All statements of a store as numbers: what is counted and joined needs no term in its hands."""

import itertools
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from triplary.terms import Statement, Term

__all__ = ["Numbered", "number", "number_statements"]

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Numbered:
    """Each term once, and four numbers for each statement: subject, predicate, object, graph.

    `columns[4 * i : 4 * i + 4]` are the places in `terms` of statement i's parts; None among the
    terms stands for the default graph.
    """

    terms: tuple[Term | None, ...]
    columns: "array[int]"


def number(quads: Iterable[Iterable[Part]], read: Callable[[Part], Term | None]) -> Numbered:
    """The quads numbered in the order their parts are first met; `read` makes a part a term.

    >>> number([["s", "p", "o", None], ["s", "p", "s", None]], lambda part: part).columns
    array('i', [0, 1, 2, 3, 0, 1, 0, 3])
    """
    numbers: defaultdict[Part, int] = defaultdict(itertools.count().__next__)
    columns = array("i", map(numbers.__getitem__, itertools.chain.from_iterable(quads)))
    return Numbered(tuple(map(read, numbers)), columns)


def number_statements(statements: Iterable[Statement]) -> Numbered:
    """The same of statements, for a store that has nothing quicker."""
    return number(((s.subject, s.predicate, s.object, s.graph) for s in statements), _same)


def _same(term: Term | None) -> Term | None:
    return term
