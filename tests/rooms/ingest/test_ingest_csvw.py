import json
from pathlib import Path

import pytest

from triplary.errors import ParseError, RecipeError
from triplary.ingest.cells import Column
from triplary.ingest.csvw import Refusal, Table, read_metadata, read_rows
from triplary.terms import XSD, Literal

NAME_AND_SIZE = (
    Column("name", "Name", required=True),
    Column("size", "Size", datatype="integer"),
)


def read(path: Path, table: Table) -> tuple[list[tuple[int, dict[str, list[str]]]], list[Refusal]]:
    refused: list[Refusal] = []
    rows = [
        (
            row.number,
            {name: [value.value for value in values] for name, values in row.cells.items()},
        )
        for row in read_rows(path, table, refused)
    ]
    return rows, refused


def test_metadata_says_how_each_column_is_read(tmp_path: Path) -> None:
    (tmp_path / "whole.tsv").write_text("column\tname\nMakers\tA, B\nOther\tC, D\n", "utf-8")
    (tmp_path / "own.tsv").write_text("a\n", "utf-8")
    metadata = {
        "@context": "http://www.w3.org/ns/csvw",
        "tables": [
            {
                "url": "models.csv",
                "dialect": {"delimiter": ";", "quoteChar": None, "encoding": "latin-1"},
                "tableSchema": {
                    "primaryKey": "model",
                    "columns": [
                        {"name": "model", "titles": "Model", "required": True},
                        {
                            "titles": "Makers",
                            "separator": ",",
                            "ordered": True,
                            "null": ["", "-"],
                            "https://w3id.org/triplary/ontology#whole": "whole.tsv",
                        },
                        {
                            "titles": "Open source?",
                            "datatype": {"base": "boolean", "format": "Y|N"},
                            "suppressOutput": True,
                        },
                    ],
                },
            },
            {"url": "own.tsv"},
        ],
    }
    (tmp_path / "x.csvw.json").write_text(json.dumps(metadata), "utf-8")
    assert read_metadata(tmp_path / "x.csvw.json") == (
        Table(
            url="models.csv",
            columns=(
                Column("model", "Model", required=True),
                Column(
                    "Makers",
                    "Makers",
                    separator=",",
                    ordered=True,
                    nulls=("", "-"),
                    whole=("A, B",),
                ),
                Column(
                    "Open%20source%3F",
                    "Open source?",
                    datatype="boolean",
                    format="Y|N",
                    suppressed=True,
                ),
            ),
            key=("model",),
            delimiter=";",
            quote=None,
            encoding="latin-1",
        ),
        Table(url="own.tsv", companion=tmp_path / "own.tsv"),
    )


def test_no_metadata_means_no_tables(tmp_path: Path) -> None:
    assert read_metadata(tmp_path / "none.csvw.json") == ()


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({}, "a table has no url."),
        (
            {"url": "a.csv", "dialect": {"delimiter": "::"}},
            "delimiter is '::', which is not one character.",
        ),
        (
            {"url": "a.csv", "tableSchema": {"columns": [{"name": "x", "datatype": "float16"}]}},
            "column x has the datatype float16, which is not read here.",
        ),
        (
            {
                "url": "a.csv",
                "tableSchema": {"columns": [{"name": "x", "datatype": {"format": "("}}]},
            },
            "column x has a regular expression that is none: "
            "missing ), unterminated subpattern at position 0.",
        ),
    ],
)
def test_metadata_that_cannot_be_read_is_told(
    tmp_path: Path, metadata: dict[str, object], message: str
) -> None:
    path = tmp_path / "x.csvw.json"
    path.write_text(json.dumps(metadata), "utf-8")
    with pytest.raises(RecipeError) as fault:
        read_metadata(path)
    assert fault.value.message == f"{path}: {message}"


def test_metadata_that_is_not_json_names_the_place(tmp_path: Path) -> None:
    path = tmp_path / "x.csvw.json"
    path.write_text('{\n "url": }', "utf-8")
    with pytest.raises(ParseError) as fault:
        read_metadata(path)
    assert (fault.value.path, fault.value.line, fault.value.column) == (str(path), 2, 9)


def test_refusals_name_file_line_column_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "models.csv"
    path.write_text(
        'Name,Size\nA,1\n"B\nof two lines",many\n,3\nC\nA,2\n\nD,4,5\nE,\n', encoding="utf-8"
    )
    rows, refused = read(path, Table("models.csv", NAME_AND_SIZE, key=("name",)))
    assert rows == [
        (1, {"name": ["A"], "size": ["1"]}),
        (2, {"name": ["B\nof two lines"]}),
        (8, {"name": ["E"]}),
    ]
    assert refused == [
        Refusal("models.csv", 3, "Size", "“many” is not a whole number", "many"),
        Refusal("models.csv", 5, "Name", "a value is required; the row was left out"),
        Refusal("models.csv", 6, "", "1 cells where the heading has 2; the row was left out"),
        Refusal("models.csv", 7, "", "A stands in line 2 already; the row was left out", "A"),
        Refusal("models.csv", 9, "", "3 cells where the heading has 2; the row was left out"),
    ]
    assert str(refused[0]) == "models.csv, line 3, column Size: “many” is not a whole number."
    assert str(refused[1]) == (
        "models.csv, line 5, column Name: a value is required; the row was left out."
    )
    assert str(refused[2]) == (
        "models.csv, line 6: 1 cells where the heading has 2; the row was left out."
    )


def test_columns_without_metadata_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("A b\tC\n1\t2,3\n", "utf-8")
    refused: list[Refusal] = []
    (row,) = read_rows(path, Table("x.tsv"), refused)
    assert (row.cells, refused) == ({"A%20b": (Literal("1"),), "C": (Literal("2,3"),)}, [])


def test_a_byte_order_mark_is_no_part_of_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Name,Size\nA,1\n", encoding="utf-8-sig")
    (row,) = read_rows(path, Table("x.csv", NAME_AND_SIZE), [])
    assert row.cells == {"name": (Literal("A"),), "size": (Literal("1", XSD + "integer"),)}


def test_a_missing_column_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Name,Weight\nA,1\n", "utf-8")
    with pytest.raises(RecipeError) as fault:
        list(read_rows(path, Table("x.csv", NAME_AND_SIZE), []))
    assert fault.value.message == f"{path} has no column Size."
    assert fault.value.hint == "its columns are Name, Weight"


def test_text_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("Name,Size\n百度,1\n".encode("gb18030"))
    with pytest.raises(ParseError) as fault:
        list(read_rows(path, Table("x.csv", NAME_AND_SIZE), []))
    assert fault.value.reason == "not utf-8-sig text"


def test_a_quote_that_never_ends_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('Name,Size\n"A,1\n', "utf-8")
    with pytest.raises(ParseError) as fault:
        list(read_rows(path, Table("x.csv", NAME_AND_SIZE), []))
    assert (fault.value.line, fault.value.reason) == (2, "unexpected end of data")
