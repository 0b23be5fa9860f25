"""An answer cut after so many rows is a whole answer of so many rows, however it is chunked."""

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triplary.store.rows import RowCutter

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
COLUMNS = ("a", "b")
NASTY = st.sampled_from(
    [
        '"',
        "\\",
        '\\"',
        "},{",
        "[{",
        "]}}",
        "<result>",
        "</result>",
        "\n",
        "\r\n",
        ",",
        "\t",
        "'",
        '""',
        "x",
    ]
)
# XML 1.0 cannot write the other control characters, nor noncharacters; its parser refuses them.
PLAIN = st.characters(exclude_categories=["Cc", "Cs", "Cn"])
texts = st.lists(NASTY | st.text(PLAIN, max_size=3), max_size=4).map("".join)
terms = (
    st.none()
    | texts.map(ox.Literal)
    | st.tuples(texts, st.sampled_from(["en", "zh"])).map(lambda p: ox.Literal(p[0], language=p[1]))
    | st.just(ox.NamedNode("http://x.org/a"))
    | st.just(ox.BlankNode("b0"))
)
tables = st.lists(st.tuples(terms, terms), max_size=6)


def serialised(rows: list[Any], format: str) -> bytes:
    """The rows as the engine writes them: asked for with VALUES from a query of the test's own."""
    values = " ".join(
        "(" + " ".join("UNDEF" if term is None else str(term) for term in row) + ")" for row in rows
    )
    for blank in re.findall(r"_:\w+", values):
        values = values.replace(blank, "<http://x.org/was-blank>")
    found = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    written = found.serialize(format=FORMATS[format])
    assert isinstance(written, bytes)
    return written


def parsed(document: bytes, format: str) -> list[Any]:
    """The rows of a document, read by a parser of the standard library."""
    if format == "json":
        read = json.loads(document)
        assert read["head"] == {"vars": list(COLUMNS)}
        return list(read["results"]["bindings"])
    if format == "xml":
        root = ElementTree.fromstring(document)  # noqa: S314 - written by this process
        results = root.find("{http://www.w3.org/2005/sparql-results#}results")
        assert results is not None
        return [ElementTree.tostring(row) for row in results]
    text = document.decode()
    if format == "csv":
        head, *rows = list(csv.reader(io.StringIO(text, newline="")))
        assert head == list(COLUMNS)
        return rows
    head_line, *lines = text.split("\n")
    assert head_line == "?a\t?b"
    assert lines.pop() == ""
    return [line.split("\t") for line in lines]


def cut(document: bytes, format: str, most: int, sizes: list[int]) -> tuple[bytes, RowCutter]:
    """The document fed in chunks of the sizes, over and over."""
    cutter, out, place, turn = RowCutter(format, most), b"", 0, 0
    while place < len(document):
        size = sizes[turn % len(sizes)]
        out += cutter.feed(document[place : place + size])
        place, turn = place + size, turn + 1
    return out + cutter.end(), cutter


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=150)
@given(
    rows=tables,
    most=st.integers(0, 7),
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=4),
)
def test_a_cut_answer_is_whole(format: str, rows: list[Any], most: int, sizes: list[int]) -> None:
    document = serialised(rows, format)
    out, cutter = cut(document, format, most, sizes)
    assert cutter.cut is (len(rows) > most)
    assert cutter.rows == min(len(rows), most)
    assert parsed(out, format) == parsed(document, format)[:most]
    if not cutter.cut:
        assert out == document


def test_the_word_of_the_cut() -> None:
    rows = [(ox.Literal(text), None) for text in "abc"]
    told = {format: cut(serialised(rows, format), format, 2, [7])[0].decode() for format in FORMATS}
    assert json.loads(told["json"])["triplary"] == {"cut": True, "rows": 2}
    assert told["xml"].endswith(
        "</result></results><!-- cut after 2 rows: there are more --></sparql>"
    )
    assert told["csv"] == "a,b\r\na,\r\nb,\r\n"
    assert told["tsv"] == '?a\t?b\n"a"\t\n"b"\t\n'


@pytest.mark.parametrize("format", FORMATS)
def test_an_answer_of_exactly_as_many_rows_is_not_cut(format: str) -> None:
    document = serialised([(ox.Literal("a"), ox.Literal("b"))] * 3, format)
    out, cutter = cut(document, format, 3, [len(document)])
    assert (out, cutter.rows, cutter.cut) == (document, 3, False)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_more_comes_out_after_the_cut(format: str) -> None:
    document = serialised([(ox.Literal("a"), ox.Literal("b"))] * 3, format)
    cutter = RowCutter(format, 1)
    cutter.feed(document)
    assert cutter.cut
    assert (cutter.feed(b'<result>},{"\n'), cutter.end(), cutter.rows) == (b"", b"", 1)
