"""Solutions as a workbook, read back with another library."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from triplary.render.excel import workbook
from triplary.terms import IRI, XSD, Literal, Table, Term


def sheets(table: Table, *about: tuple[str, str]) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook(table, about)))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows()] for sheet in book}


def values(*terms: Term | None) -> list[tuple[Any, str]]:
    """The cells of one column, each with its type as the file has it."""
    rows = sheets(Table(("x",), tuple((term,) for term in terms)))["rows"]
    return [(cell.value, cell.data_type) for (cell,) in rows[1:]]


def test_cells_have_the_type_of_their_column() -> None:
    table = Table(
        ("entity", "n", "half", "open", "day", "at", "name"),
        (
            (
                IRI("https://x.org/a"), Literal("260", XSD + "integer"),
                Literal("1.5", XSD + "decimal"), Literal("false", XSD + "boolean"),
                Literal("2023-03-16", XSD + "date"),
                Literal("2023-03-16T10:11:12", XSD + "dateTime"), Literal("百度", language="zh"),
            ),
            (*(None,) * 6, Literal("last")),
        ),
    )  # fmt: skip
    head, first, second = sheets(table)["rows"]
    assert [cell.value for cell in head] == list(table.columns)
    assert [(cell.value, cell.data_type) for cell in first] == [
        ("https://x.org/a", "s"), (260, "n"), (1.5, "n"), (False, "b"),
        (dt.datetime(2023, 3, 16), "d"), (dt.datetime(2023, 3, 16, 10, 11, 12), "d"),
        ("百度", "s"),
    ]  # fmt: skip
    assert [cell.value for cell in second] == [*[None] * 6, "last"]
    assert [cell.hyperlink for cell in first] == [None] * 7


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=HYPERLINK(\"http://x.org\")", "+1", "-1", "@SUM(A1)", "{=1}", "\t=1", "https://x.org",
     "007", "TRUE", "<script>", "a\nb", "'=1"],
)  # fmt: skip
def test_no_text_is_a_formula_a_link_or_a_number(text: str) -> None:
    assert values(Literal(text)) == [(text, "s")]
    assert values(Literal("plain"), Literal(text)) == [("plain", "s"), (text, "s")]
    told = sheets(Table(("x",), ()), (text.strip() or "x", text))["about"]
    assert told[0][1].data_type == "s"


def test_what_excel_cannot_hold_is_text() -> None:
    assert values(Literal("1850-01-01", XSD + "date")) == [("1850-01-01", "s")]
    assert values(Literal("INF", XSD + "double")) == [("INF", "s")]
    assert values(Literal("9007199254740993", XSD + "integer")) == [("9007199254740993", "s")]
    assert values(Literal("2023-01-01T00:00:00Z", XSD + "dateTime")) == [
        ("2023-01-01T00:00:00Z", "s")
    ]


def test_the_second_sheet_says_where_the_rows_are_from_and_what_is_left_out() -> None:
    table = Table(("x",), ((Literal("a" * 40_000),),), cut=True)
    told = sheets(table, ("query", "SELECT ?x { }"), ("version", "abc"))
    assert [tuple(cell.value for cell in row) for row in told["about"]] == [
        ("query", "SELECT ?x { }"),
        ("version", "abc"),
        ("rows", "1"),
        ("cut", "there are more rows than stand here"),
        ("cut", "1 texts were longer than 32,767 characters"),
    ]
    assert len(told["rows"][1][0].value) == 32_767


def test_the_same_rows_make_the_same_bytes() -> None:
    table = Table(("x",), ((Literal("a"),),))
    assert workbook(table, [("a", "b")]) == workbook(table, [("a", "b")])


def test_characters_that_xml_has_not_and_columns_that_excel_has_not() -> None:
    assert values(Literal("a\uffff\ufffeb")) == [("a\ufffd\ufffdb", "s")]
    wide = Table(tuple(f"c{n}" for n in range(16_385)), ())
    told = [tuple(cell.value for cell in row) for row in sheets(wide)["about"]]
    assert told == [("rows", "0"), ("cut", "there are more columns than 16,384")]
