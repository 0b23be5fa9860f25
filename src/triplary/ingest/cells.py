"""One cell of a table as RDF literals: trimmed, split, typed; or the reason why it cannot be.

The datatypes are those of the W3C's Metadata Vocabulary for Tabular Data
(https://www.w3.org/TR/tabular-metadata/#datatypes), read forgivingly where spreadsheets are known
to add noise: an integer may end in .0, a number keeps twelve significant digits.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from triplary.terms import XSD, Literal

__all__ = ["DATATYPES", "SIGNIFICANT_DIGITS", "Column", "canonical", "read_cell"]

SIGNIFICANT_DIGITS: Final = 12
"""What is kept of a number: digits past these are the noise of binary floating point."""

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+(?<![.,;])")
_YEAR = re.compile(r"(-?[0-9]{4,})(?:\.0)?")
_YEAR_MONTH = re.compile(r"-?[0-9]{4,}-(?:0[1-9]|1[0-2])")
_INSIDE: Final = "\x00"
_DATE_LETTERS = re.compile("yyyy|MM?|dd?")
_DATE_PARTS: Final = {
    "yyyy": "[0-9]{4}",
    "MM": "[0-9]{2}",
    "M": "[0-9]{1,2}",
    "dd": "[0-9]{2}",
    "d": "[0-9]{1,2}",
}


@dataclass(frozen=True, slots=True)
class Column:
    """How the cells of one column are read.

    `name` ends the property that carries the values, `title` is the file's heading; `separator` or
    the regular expression `pattern` splits a cell with several values, but never inside a text of
    `whole`; `nulls` stand for no value; `ordered` keeps the values' places.
    """

    name: str
    title: str = ""
    datatype: str = "string"
    format: str = ""
    separator: str = ""
    pattern: str = ""
    nulls: tuple[str, ...] = ("",)
    whole: tuple[str, ...] = ()
    required: bool = False
    ordered: bool = False
    suppressed: bool = False


def read_cell(text: str, column: Column) -> tuple[tuple[Literal, ...], tuple[str, ...]]:
    """The values of a cell in their order, and the reasons why parts of it were refused.

    >>> read_cell("102000000000.0", Column("n", datatype="integer"))[0][0].value
    '102000000000'
    >>> read_cell("many", Column("n", datatype="integer"))
    ((), ('“many” is not a whole number',))
    """
    values: list[Literal] = []
    reasons: list[str] = []
    for part in _parts(unicodedata.normalize("NFC", text), column):
        if part in column.nulls or part == "":
            continue
        try:
            values.append(DATATYPES[column.datatype](part, column.format))
        except ValueError as fault:
            reasons.append(str(fault))
    if column.required and not values and not reasons:
        reasons.append("a value is required")
    return tuple(values), tuple(reasons)


def _parts(text: str, column: Column) -> list[str]:
    if text.strip() in column.nulls:
        return []
    if column.pattern:
        parts = re.split(column.pattern, text)
    elif column.separator:
        for name in column.whole:
            text = text.replace(name, name.replace(column.separator, _INSIDE))
        parts = [part.replace(_INSIDE, column.separator) for part in text.split(column.separator)]
    else:
        parts = [text]
    return [part.strip() for part in parts]


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{text}” is not a number") from None
    if not number.is_finite():
        raise ValueError(f"“{text}” is not a finite number")
    return number


def tidy(number: Decimal) -> Decimal:
    """The number to `SIGNIFICANT_DIGITS` digits, without trailing zeros.

    >>> tidy(Decimal("2.69000000000001e+24"))
    Decimal('2.69E+24')
    """
    return Decimal(f"{number:.{SIGNIFICANT_DIGITS - 1}e}").normalize()


def canonical(literal: Literal) -> Literal:
    """The same value in the one form that recipes write: 1.5E24 for a double, 20.0 for a decimal.

    Stores give numbers back in forms of their own.

    >>> canonical(Literal("1500", XSD + "double")).value
    '1.5E3'
    """
    if literal.datatype == XSD + "double" and literal.value not in {"NaN", "INF", "-INF"}:
        return _double(literal.value, "")
    if literal.datatype == XSD + "decimal":
        return _decimal(literal.value, "")
    return literal


def _string(text: str, format: str) -> Literal:
    if format and not re.fullmatch(format, text):
        raise ValueError(f"“{text}” does not fit the pattern {format}")
    return Literal(text)


def _token(text: str, format: str) -> Literal:
    """A name: every run of white space, a no-break space included, is one space."""
    return _string(" ".join(text.split()), format)


def _integer(text: str, format: str) -> Literal:
    try:
        number = _number(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a whole number") from None
    if number != number.to_integral_value():
        number = tidy(number)
    if number != number.to_integral_value():
        raise ValueError(f"“{text}” is not a whole number")
    return Literal(str(int(number)), XSD + "integer")


def _decimal(text: str, format: str) -> Literal:
    plain = f"{tidy(_number(text)):f}"
    return Literal(plain if "." in plain else plain + ".0", XSD + "decimal")


def _double(text: str, format: str) -> Literal:
    sign, digits, exponent = tidy(_number(text)).as_tuple()
    if not isinstance(exponent, int) or digits == (0,):
        return Literal("0.0E0", XSD + "double")
    figures = "".join(map(str, digits))
    mantissa = f"{'-' if sign else ''}{figures[0]}.{figures[1:] or '0'}"
    return Literal(f"{mantissa}E{exponent + len(digits) - 1}", XSD + "double")


def _ordered(text: str, format: str) -> str:
    """A date written by a pattern of CSVW (yyyy/MM, dd.MM.yyyy …) as ISO 8601 has it.

    https://www.w3.org/TR/tabular-data-model/#formats-for-dates-and-times
    """
    if not format:
        return text
    pattern = _DATE_LETTERS.sub(
        lambda part: f"(?P<{part[0][0]}>{_DATE_PARTS[part[0]]})", re.escape(format)
    )
    found = re.fullmatch(pattern, text)
    if found is None:
        raise ValueError(f"“{text}” is not written as {format}")
    parts = found.groupdict()
    return "-".join(parts[letter].zfill(2) for letter in "yMd" if letter in parts)


def _date(text: str, format: str) -> Literal:
    text = _ordered(text, format)
    try:
        return Literal(date.fromisoformat(text).isoformat(), XSD + "date")
    except ValueError:
        raise ValueError(f"“{text}” is not a date like 2026-01-31") from None


def _year(text: str, format: str) -> Literal:
    found = _YEAR.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is not a year")
    return Literal(found[1], XSD + "gYear")


def _year_month(text: str, format: str) -> Literal:
    text = _ordered(text, format)
    if not _YEAR_MONTH.fullmatch(text):
        raise ValueError(f"“{text}” is not a month like 2026-01")
    return Literal(text, XSD + "gYearMonth")


def _boolean(text: str, format: str) -> Literal:
    true, _, false = (format or "true|false").partition("|")
    if text not in {true, false}:
        raise ValueError(f"“{text}” is neither {true} nor {false}")
    return Literal("true" if text == true else "false", XSD + "boolean")


def _address(text: str, format: str) -> Literal:
    if not _URL.fullmatch(text):
        raise ValueError(f"“{text}” is not a web address")
    return Literal(text, XSD + "anyURI")


DATATYPES: Final[dict[str, Callable[[str, str], Literal]]] = {
    "string": _string,
    "token": _token,
    "integer": _integer,
    "decimal": _decimal,
    "double": _double,
    "number": _double,
    "date": _date,
    "gYear": _year,
    "gYearMonth": _year_month,
    "boolean": _boolean,
    "anyURI": _address,
}
"""How a text of each datatype is read; each raises ValueError with the reason."""
