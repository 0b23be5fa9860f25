"""Solutions as an Excel workbook (Office Open XML, ECMA-376): typed cells, no cell a formula."""

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any, Final

from triplary.render.columns import column_kinds, value_of
from triplary.terms import Table, Term

__all__ = ["EXCEL", "ROWS_MOST", "workbook"]

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type."""

ROWS_MOST: Final = 1_048_575
"""Rows that a sheet holds below its head."""

COLUMNS_MOST: Final = 16_384
"""Columns that a sheet holds."""

_LONGEST: Final = 32_767
_NO_XML: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
_EXACT: Final = 2**53
_FIRST: Final = dt.datetime(1900, 3, 1)
_MADE: Final = dt.datetime(1980, 1, 1)
About = Sequence[tuple[str, str]]


def workbook(table: Table, about: About = ()) -> bytes:
    """The workbook of a table: its rows, and a second sheet that says where they are from.

    A number, a date or a truth value is a cell of that kind, where its whole column is; all else
    is text, whatever it begins with. What Excel cannot hold is cut, and the second sheet says so.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE})
        cut = _Rows(book).write(table)
        _about(book, [*about, *cut])
    return out.getvalue()


class _Rows:
    """The sheet of the rows; knows how each kind of cell looks."""

    def __init__(self, book: Any) -> None:
        self._sheet = book.add_worksheet("rows")
        self._head = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._long = 0

    def write(self, table: Table) -> list[tuple[str, str]]:
        """Write a table; what had to be left out, as lines for the other sheet."""
        sheet, kinds = self._sheet, column_kinds(table)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column[:_LONGEST], self._head)
            sheet.set_column(place, place, _width(table, place))
        for number, row in enumerate(table.rows[:ROWS_MOST], 1):
            for place, term in enumerate(row):
                if term is not None:
                    self._cell(number, place, term, kinds[place])
        return self._left_out(table)

    def _cell(self, row: int, place: int, term: Term, kind: str) -> None:
        value, sheet = value_of(term, kind), self._sheet
        if kind == "boolean":
            sheet.write_boolean(row, place, value)
        elif kind in ("integer", "number") and math.isfinite(value) and abs(value) < _EXACT:
            sheet.write_number(row, place, value)
        elif kind == "date" and _held(dt.datetime.combine(value, dt.time())):
            sheet.write_datetime(row, place, value, self._day)
        elif kind == "moment" and value.tzinfo is None and _held(value):
            sheet.write_datetime(row, place, value, self._moment)
        else:
            text = str(term).translate(_NO_XML)
            self._long += len(text) > _LONGEST
            sheet.write_string(row, place, text[:_LONGEST])

    def _left_out(self, table: Table) -> list[tuple[str, str]]:
        told = [("rows", f"{min(len(table), ROWS_MOST):,}")]
        if table.cut or len(table) > ROWS_MOST:
            told.append(("cut", "there are more rows than stand here"))
        if len(table.columns) > COLUMNS_MOST:
            told.append(("cut", f"there are more columns than {COLUMNS_MOST:,}"))
        if self._long:
            told.append(
                ("cut", f"{self._long:,} texts were longer than {_LONGEST:,} characters")
            )  # fmt: skip
        return told


def _held(moment: dt.datetime) -> bool:
    """Whether Excel's calendar has the moment: it begins in 1900, with a day that never was."""
    return moment >= _FIRST


def _width(table: Table, place: int) -> int:
    """The width of a column, by its head and its first rows."""
    texts = [table.columns[place], *(str(row[place] or "") for row in table.rows[:50])]
    return min(max(map(len, texts)) + 2, 60)


def _about(book: Any, about: About) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 100)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for row, (name, text) in enumerate(about):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text.translate(_NO_XML)[:_LONGEST], wrapped)
