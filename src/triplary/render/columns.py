"""What the columns of a table hold: numbers, dates and truth values as such, the rest as text."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from triplary.terms import XSD, Literal, Table, Term

__all__ = ["KINDS", "column_kinds", "value_of"]

_INTEGERS: Final = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
        "unsignedByte",
    )
)  # fmt: skip
_NUMBERS: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))
_LARGEST: Final = 2**63


def _integer(text: str) -> int:
    number = int(text)
    if not -_LARGEST <= number < _LARGEST:
        raise ValueError("it does not fit 64 bits")
    return number


def _truth(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10] if text[10:] == "Z" else text)


KINDS: Final[Mapping[str, Callable[[str], Any]]] = {
    "integer": _integer,
    "number": float,
    "boolean": _truth,
    "date": _date,
    "moment": dt.datetime.fromisoformat,
    "text": str,
}
"""What a column may hold, and how a value of it is read from its lexical form."""


def column_kinds(table: Table) -> tuple[str, ...]:
    """The kind of each column: that of all its values, text where they differ or there is none."""
    return tuple(
        _kind(row[place] for row in table.rows) for place in range(len(table.columns))
    )  # fmt: skip


def value_of(term: Term | None, kind: str) -> Any:
    """A term as the value of a column of a kind; None where it is missing."""
    return None if term is None else KINDS[kind](str(term))


def _kind(terms: Iterable[Term | None]) -> str:
    kinds: set[str] = set()
    for term in terms:
        if term is not None:
            kinds.add(_kind_of(term))
        if "text" in kinds or len(kinds - {"integer", "number"}) > 1:
            return "text"
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "text"


def _kind_of(term: Term) -> str:
    if not isinstance(term, Literal):
        return "text"
    kind = _kind_of_datatype(term.datatype)
    try:
        KINDS[kind](term.value)
    except (ValueError, KeyError):
        return "text"
    return kind


def _kind_of_datatype(datatype: str) -> str:
    if datatype in _INTEGERS:
        return "integer"
    if datatype in _NUMBERS:
        return "number"
    by_name = {XSD + "boolean": "boolean", XSD + "date": "date", XSD + "dateTime": "moment"}
    return by_name.get(datatype, "text")
