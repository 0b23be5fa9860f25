"""The addresses of the explorer's page and of the workbench's: what they may carry.

And the drawing that one of the explorer asks for.
"""

from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, urlencode

from triplary.errors import BadParameter

__all__ = ["LONGEST_ADDRESS", "PARAMETERS", "WORKBENCH", "canonical", "drawing"]

LONGEST_ADDRESS: Final = 64 * 1024
"""Characters of an address at most."""

BASES: Final = ("entity", "source", "target", "compare", "query")
PARAMETERS: Final = (
    *BASES, "k", "longest", "forbid", "require", "by", "hops", "limit",
    "open", "class", "predicate", "graph", "verdict", "range", "as-of", "without", "only",
    "size", "color", "layout", "at", "title", "select", "language",
)  # fmt: skip
"""All that the page reads from its address; the API reads the same, but for `select`."""

WORKBENCH: Final = "/sparql?"
"""How the addresses of the workbench begin."""

_WORKBENCH_PARAMETERS: Final = ("query", "view", "options", "run", "language")
_PAGE_ONLY: Final = frozenset(("select",))
_HINT: Final = (
    "send the address of the page as it stands, from its slash: /?entity=…, /sparql?query=…"
)

Pairs = tuple[tuple[str, str], ...]


def canonical(address: str) -> str:
    """The address of a view in the one spelling that all addresses of that view share.

    Parameters stand in alphabetical order, those of one name in the order given; empty ones are
    dropped. Raises BadParameter for whatever is no address of the explorer or the workbench.

    >>> canonical("/?open=%E7%99%BE%E5%BA%A6&entity=A b&by=")
    '/?entity=A+b&open=%E7%99%BE%E5%BA%A6'
    >>> canonical("/sparql?view=bar&query=ASK {}")
    '/sparql?query=ASK+%7B%7D&view=bar'
    """
    if len(address) > LONGEST_ADDRESS:
        raise _refused(address, f"it is longer than {LONGEST_ADDRESS:,} characters")
    start = WORKBENCH if address.startswith(WORKBENCH) else "/?"
    if not address.startswith(start) or "#" in address:
        raise _refused(address, "it is no address of the explorer's page or the workbench's")
    reader = "the workbench" if start == WORKBENCH else "the explorer"
    try:
        asked = parse_qsl(address.removeprefix(start), errors="strict")
        read = _WORKBENCH_PARAMETERS if start == WORKBENCH else PARAMETERS
        unknown = [name for name, _ in asked if name not in read]
        if unknown:
            raise _refused(address, f"{reader} reads no parameter {unknown[0]!r}")
        told = start + urlencode(sorted(asked, key=lambda pair: pair[0]))
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
