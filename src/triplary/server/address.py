"""The address of the explorer's page: what it may carry, and the drawing that it asks for."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, urlencode

from triplary.errors import BadParameter

__all__ = ["LONGEST_ADDRESS", "PARAMETERS", "canonical", "drawing"]

LONGEST_ADDRESS: Final = 64 * 1024
"""Characters of an address at most."""

BASES: Final = ("entity", "source", "target", "compare", "query")
PARAMETERS: Final = (
    *BASES, "k", "longest", "forbid", "require", "by", "hops", "limit",
    "open", "class", "predicate", "graph", "verdict", "range", "as-of", "without", "only",
    "size", "color", "layout", "at", "title", "select", "language",
)  # fmt: skip
"""All that the page reads from its address; the API reads the same, but for `select`."""

_PAGE_ONLY: Final = frozenset(("select",))
_HINT: Final = "send the address of the explorer's page as it stands, from its slash: /?entity=…"

Pairs = tuple[tuple[str, str], ...]


def canonical(address: str) -> str:
    """The address of a view in the one spelling that all addresses of that view share.

    Parameters stand in alphabetical order, those of one name in the order given; empty ones are
    dropped. Raises BadParameter for whatever is no address of the explorer's page.

    >>> canonical("/?open=%E7%99%BE%E5%BA%A6&entity=A b&by=")
    '/?entity=A+b&open=%E7%99%BE%E5%BA%A6'
    """
    if len(address) > LONGEST_ADDRESS:
        raise _refused(address, f"it is longer than {LONGEST_ADDRESS:,} characters")
    if not address.startswith("/?") or "#" in address:
        raise _refused(address, "it is no address of the explorer's page")
    try:
        asked = parse_qsl(address[2:], errors="strict")
        unknown = [name for name, _ in asked if name not in PARAMETERS]
        if unknown:
            raise _refused(address, f"the explorer reads no parameter {unknown[0]!r}")
        told = "/?" + urlencode(sorted(asked, key=lambda pair: pair[0]))
    except UnicodeError as fault:
        raise _refused(address, "it is no text in UTF-8") from fault
    if len(told) > LONGEST_ADDRESS:
        raise _refused(address, f"written out it is longer than {LONGEST_ADDRESS:,} characters")
    return told


def drawing(asked: Iterable[tuple[str, str]], language: str) -> str:
    """The address of the drawing that a page with these parameters shows, as an SVG file."""
    pairs = [(name, value) for name, value in asked if value and name in PARAMETERS]
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    base: tuple[str, ...] = ()
    if "source" in given and "target" in given:
        verb, base = "paths", ("source", "target")
    elif len(given.get("compare", ())) > 1:
        verb, base = "compare", ("compare",)
    elif "entity" in given:
        verb, base = "expand", ("entity",)
    elif "query" in given:
        verb, base = "graph", ("query",)
    else:
        verb = "rank"
    left_out = {*BASES, *_PAGE_ONLY, "language"}.difference(base)
    kept = [
        ("entity" if name == "compare" else name, value)
        for name, value in pairs
        if name not in left_out
    ]
    return f"/api/{verb}.svg?{urlencode([*kept, ('language', language)])}"


def _refused(address: str, reason: str) -> BadParameter:
    shown = address if len(address) < 60 else f"{address[:59]}…"
    return BadParameter("address", shown, reason, hint=_HINT)
