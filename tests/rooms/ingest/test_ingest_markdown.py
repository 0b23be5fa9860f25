from pathlib import Path

import pytest

from triplary.errors import ParseError, RecipeError
from triplary.ingest.cells import Column
from triplary.ingest.csvw import Refusal, Row, Table, read_rows
from triplary.ingest.markdown import Pipes, pipe_tables
from triplary.ingest.recipes import run
from triplary.terms import IRI, Literal, Statement

TEXT = """# Models

| name | size |
|:-----|-----:|
| [GPT](https://x.org) | 7<!--13--> |
|Qwen\\|2|  \u200b8|

Not a | table.

## Data sets ##

name|size
-|-
Pile|825
Short

```
|name|
|-|
|fenced|
```
"""


def cells(rows: list[Row]) -> list[dict[str, str]]:
    return [{name: value.value for name, (value,) in row.cells.items()} for row in rows]


def test_tables_are_found_with_their_headings_and_lines() -> None:
    assert list(pipe_tables(TEXT)) == [
        Pipes(
            "Models",
            ("name", "size"),
            ((5, ("[GPT](https://x.org)", "7")), (6, ("Qwen|2", "8"))),
        ),
        Pipes("Data sets", ("name", "size"), ((14, ("Pile", "825")),)),
    ]


def test_a_section_names_the_tables_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(TEXT, "utf-8")
    refused: list[Refusal] = []
    rows = list(read_rows(path, Table("x.md", section="Data sets"), refused))
    assert cells(rows) == [{"name": "Pile", "size": "825"}]
    assert len(list(read_rows(path, Table("x.md"), refused))) == 3
    assert refused == []


def test_a_short_row_ends_in_nothing_and_what_is_beyond_the_heading_is_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.md"
    path.write_text("|name|size|\n|-|-|\n|A|\n|B|2|extra||\n", "utf-8")
    refused: list[Refusal] = []
    rows = list(read_rows(path, Table("x.md"), refused))
    assert cells(rows) == [{"name": "A"}, {"name": "B", "size": "2"}]
    assert [str(refusal) for refusal in refused] == [
        "x.md, line 4, column 3: “extra” stands beyond the heading's 2 columns."
    ]


def test_keys_and_types_hold_in_markdown_too(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("|name|size|\n|-|-|\n|A|1|\n|A|2|\n|B|big|\n", "utf-8")
    columns = (Column("name", "name"), Column("size", "size", datatype="integer"))
    refused: list[Refusal] = []
    rows = list(read_rows(path, Table("x.md", columns, key=("name",)), refused))
    assert cells(rows) == [{"name": "A", "size": "1"}, {"name": "B"}]
    assert refused == [
        Refusal("x.md", 4, "", "A stands in line 3 already; the row was left out", "A"),
        Refusal("x.md", 5, "size", "“big” is not a whole number", "big"),
    ]


def test_a_file_without_the_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("# Nothing\n", "utf-8")
    with pytest.raises(RecipeError) as fault:
        list(read_rows(path, Table("x.md", section="Models"), []))
    assert fault.value.message == f"{path} has no table under the heading Models."
    path.write_bytes(b"\xff")
    with pytest.raises(ParseError):
        list(read_rows(path, Table("x.md"), []))


def test_a_recipe_tells_two_tables_of_one_file_apart(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(TEXT, "utf-8")
    (tmp_path / "r.rq").write_text(
        """
        PREFIX csvw: <http://www.w3.org/ns/csvw#>
        PREFIX xyz: <http://sparql.xyz/facade-x/data/>
        CONSTRUCT { <http://x.org/s> <http://x.org/p> ?name }
        WHERE { ?table csvw:url "x.md#Data sets" ; csvw:row [ xyz:name ?name ] }
        """,
        "utf-8",
    )
    (tmp_path / "r.csvw.json").write_text(
        '{"tables": [{"url": "x.md#Models"}, {"url": "x.md#Data sets"}]}', "utf-8"
    )
    made = run(tmp_path / "r.rq", [tmp_path / "x.md"])
    assert made.statements == (
        Statement(IRI("http://x.org/s"), IRI("http://x.org/p"), Literal("Pile")),
    )
    assert made.rows == 3
