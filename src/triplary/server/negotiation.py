"""Which of the formats on offer a client wants: Accept with its q-values, RFC 9110 §12.5.1."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

__all__ = ["best"]

_REMEMBERED: Final = 300
"""Characters of Accept; a longer one is read anew each time, so that memory stays bounded."""


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that Accept ranks highest; None where it takes none of them.

    Each offer gets the q-value of the most specific range that fits it; among equals the one that
    is offered first wins. An empty Accept takes anything.

    >>> best("text/csv;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    >>> best("image/png", ["text/csv"]) is None
    True
    """
    if len(accept) <= _REMEMBERED:
        return _remembered(accept, tuple(offered))
    return _best(accept, offered)


@lru_cache(maxsize=512)
def _remembered(accept: str, offered: tuple[str, ...]) -> str | None:
    """The same, remembered: nearly all requests say one of a few dozen things."""
    return _best(accept, offered)


def _best(accept: str, offered: Sequence[str]) -> str | None:
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    ranked = [(_quality(offer, ranges), -place, offer) for place, offer in enumerate(offered)]
    quality, _, offer = max(ranked, default=(0.0, 0, ""))
    return offer if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return kind, min(max(float(value), 0.0), 1.0)
            except ValueError:
                return kind, 0.0
    return kind, 1.0


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    general = offer.partition("/")[0] + "/*"
    for wanted in (offer, general, "*/*"):
        fitting = [quality for kind, quality in ranges if kind == wanted]
        if fitting:
            return max(fitting)
    return 0.0
