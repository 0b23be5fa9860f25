"""Literals as people read them: numbers grouped, great ones as powers of ten, dates as they are."""

from typing import Final

from triplary.terms import XSD, Literal

__all__ = ["figure"]

_WHOLE: Final = frozenset(
    XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")
)
_REAL: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_GREAT, _SMALL = 1e15, 1e-4
_GROUPED_FROM: Final = 10_000


def figure(literal: Literal) -> str:
    """The literal's text for a reader; what is no number, and years, stay as they are.

    Four significant digits are shown of what is written as a power of ten.

    >>> figure(Literal("175000000000", XSD + "integer"))
    '175,000,000,000'
    >>> figure(Literal("5.0E26", XSD + "double"))
    '5 × 10²⁶'
    """
    if literal.datatype not in _WHOLE and literal.datatype not in _REAL:
        return literal.value
    try:
        number = float(literal.value)
        whole = int(literal.value) if literal.datatype in _WHOLE else None
    except ValueError:
        return literal.value
    if number != number or number in (float("inf"), float("-inf")):
        return literal.value
    if number and not _SMALL <= abs(number) < _GREAT:
        digits, _, power = f"{number:.3e}".partition("e")
        return f"{digits.rstrip('0').rstrip('.')} × 10{str(int(power)).translate(_RAISED)}"
    if whole is not None:
        return f"{whole:,}" if abs(whole) >= _GROUPED_FROM else str(whole)
    text = f"{number:,.6f}" if abs(number) >= _GROUPED_FROM else f"{number:.6f}"
    return text.rstrip("0").rstrip(".")
