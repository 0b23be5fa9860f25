"""How much room a label takes: estimated widths, and lines of bearable length.

Widths are estimates in ems for a humanist sans serif, since no font is at hand where a drawing is
laid out; they err on the wide side, so that what was kept apart stays apart.
"""

import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["clean", "lines", "width"]

_NARROW: Final = frozenset("ijlIft.,;:'|!()[]/ -")
_WIDE: Final = frozenset("mwMWOQGDNH@%&—…")
NOT_FIRST: Final = frozenset(")]}）】》」』、，。；：！？,;:!?…")
NOT_LAST: Final = frozenset("([{（【《「『")
"""No line starts with the one, or ends with the other."""
LINE_EMS: Final = 13.0
"""A label's line is broken where it would be longer than this."""


def clean(text: str) -> str:
    r"""The text on one line, without control characters and what would turn its direction.

    >>> clean("a\x00b\n c\u202e")
    'ab c'
    """
    if text.isprintable():  # nearly every text is, and a picture asks for thousands
        return " ".join(text.split())
    spaced = "".join(" " if character.isspace() else character for character in text)
    return " ".join("".join(filter(_is_text, spaced)).split())


def _is_text(character: str) -> bool:
    """Whether a character may stand in a label: joiners may, other format characters may not."""
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}:
        return character in "\u200c\u200d"
    return ord(character) & 0xFFFE != 0xFFFE


@lru_cache(maxsize=1 << 14)
def ems(character: str) -> float:
    """The estimated width of a character in ems."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.82
    return 0.64 if character.isupper() or character.isdigit() else 0.56


def width(text: str, size: float) -> float:
    """The estimated width of a text in pixels at a font size in pixels.

    >>> width("百度", 12)
    24.0
    """
    return sum(map(ems, text)) * size


def lines(text: str, *, most: int = 2, longest: float = LINE_EMS) -> tuple[str, ...]:
    """The label as at most `most` lines of at most `longest` ems; what is cut ends in an ellipsis.

    Words stay whole where they can; Chinese may break anywhere.

    >>> lines("Organisation for Economic Co-operation and Development")
    ('Organisation for', 'Economic Co-operation a…')
    """
    rest = clean(text)
    found: list[str] = []
    while rest and len(found) < most:
        last = len(found) == most - 1
        end = _fits(rest, longest)
        if end == len(rest):
            found.append(rest)
            break
        if last:
            found.append(rest[: _fits(rest, longest - 0.8)].rstrip(" -–—,;:") + "…")
            break
        end = _break(rest, end)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return tuple(found)


def _fits(text: str, longest: float) -> int:
    """How many characters fit into `longest` ems."""
    total = 0.0
    for index, character in enumerate(text):
        total += ems(character)
        if total > longest:
            return max(index, 1)
    return len(text)


def _break(text: str, end: int) -> int:
    """The last place up to `end` where a line may end: after a space or hyphen, or in Chinese."""
    for place in range(end, end // 3, -1):
        before, after = text[place - 1], text[place]
        if after in NOT_FIRST or before in NOT_LAST:
            continue
        if after == " " or before in " -/" or ems(before) == 1.0 or ems(after) == 1.0:
            return place
    return end
