"""The file beside a recipe that says how its tables are read: CSVW metadata.

W3C Metadata Vocabulary for Tabular Data, https://www.w3.org/TR/tabular-metadata/. Read are `url`,
`dialect` (delimiter, quoteChar, encoding), `tableSchema` with `columns` (name, titles, datatype,
separator, ordered, null, required, suppressOutput) and `primaryKey`. Two annotations are ours:
`…/ontology#whole` names a table of names that a separator must not cut, `…/ontology#pattern` is a
regular expression where one separator is not enough. In a Markdown file `url` is `FILE.md#HEADING`:
the tables under that heading.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from triplary.errors import ParseError, RecipeError
from triplary.ingest.cells import DATATYPES, Column, read_cell
from triplary.ingest.markdown import pipe_tables
from triplary.terms import Literal

__all__ = ["Refusal", "Row", "Table", "read_metadata", "read_rows"]

WHOLE: Final = "https://w3id.org/triplary/ontology#whole"
PATTERN: Final = "https://w3id.org/triplary/ontology#pattern"
MARKDOWN: Final = {".md", ".markdown"}
LEFT_OUT: Final = "the row was left out"


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A cell, or a whole row (column ''), that was not taken, and why.

    `line` counts from 1; `value` is what the cell holds, or the key of a row that came before.
    """

    file: str
    line: int
    column: str
    reason: str
    value: str = ""

    def __str__(self) -> str:
        """The refusal as a sentence that an editor can jump to."""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, line {self.line}{column}: {self.reason}."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number among the data rows (from 1) and the values of each column."""

    number: int
    cells: Mapping[str, tuple[Literal, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a recipe: the name its rows go by, how it is laid out, and its columns.

    `section` is the heading in a Markdown file under which it stands, '' for all of the file's;
    `companion` is the file that belongs to the recipe itself, None where the user brings the file.
    """

    url: str
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    delimiter: str = ""
    quote: str | None = '"'
    encoding: str = "utf-8-sig"
    companion: Path | None = None
    section: str = ""


def read_metadata(path: Path) -> tuple[Table, ...]:
    """The tables that a metadata file describes, in its order; none where there is no file.

    Raises ParseError where it is not JSON, RecipeError where it asks for what is not read here.
    """
    if not path.is_file():
        return ()
    try:
        content = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as fault:
        raise ParseError(str(path), fault.lineno, fault.colno, fault.msg) from fault
    if not isinstance(content, dict):
        raise RecipeError(f"{path} describes no table: it is not a JSON object.")
    return tuple(_table(table, path) for table in content.get("tables", [content]))


def _table(content: Mapping[str, Any], path: Path) -> Table:
    if not isinstance(content.get("url"), str):
        raise RecipeError(f"{path}: a table has no url.", hint='add "url": "FILE.csv" to it')
    dialect = content.get("dialect", {})
    for part in ("delimiter", "quoteChar"):
        if len(dialect.get(part) or "x") != 1:
            raise RecipeError(f"{path}: {part} is {dialect[part]!r}, which is not one character.")
    schema = content.get("tableSchema", {})
    file, _, section = content["url"].partition("#")
    companion = path.parent / file
    key = schema.get("primaryKey", [])
    return Table(
        url=Path(file).name,
        section=section,
        columns=tuple(_column(column, path) for column in schema.get("columns", [])),
        key=(key,) if isinstance(key, str) else tuple(key),
        delimiter=dialect.get("delimiter", ""),
        quote=dialect.get("quoteChar", '"'),
        encoding=dialect.get("encoding", "utf-8-sig"),
        companion=companion if companion.is_file() else None,
    )


def _column(content: Mapping[str, Any], path: Path) -> Column:
    titles = content.get("titles", content.get("name", ""))
    title = titles if isinstance(titles, str) else titles[0]
    datatype = content.get("datatype", "string")
    base, format = (
        (datatype, "")
        if isinstance(datatype, str)
        else (datatype.get("base", "string"), datatype.get("format", ""))
    )
    if base not in DATATYPES:
        raise RecipeError(
            f"{path}: column {title} has the datatype {base}, which is not read here.",
            hint=f"datatypes are {', '.join(DATATYPES)}",
        )
    for expression in (content.get(PATTERN, ""), format if base == "string" else ""):
        try:
            re.compile(expression)
        except re.error as fault:
            raise RecipeError(
                f"{path}: column {title} has a regular expression that is none: {fault}.",
                hint="see https://docs.python.org/3/library/re.html",
            ) from fault
    nulls = content.get("null", [""])
    return Column(
        name=content.get("name") or quote(title, safe=""),
        title=title,
        datatype=base,
        format=format,
        separator=content.get("separator") or "",
        pattern=content.get(PATTERN, ""),
        nulls=(nulls,) if isinstance(nulls, str) else tuple(nulls),
        whole=_whole(path.parent / content[WHOLE], title) if WHOLE in content else (),
        required=bool(content.get("required", False)),
        ordered=bool(content.get("ordered", False)),
        suppressed=bool(content.get("suppressOutput", False)),
    )


def _whole(path: Path, title: str) -> tuple[str, ...]:
    """The names of a reviewed table (column, name) that belong to one column."""
    if not path.is_file():
        raise RecipeError(f"There is no table {path} of names that hold a separator.")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(row["name"] for row in rows if row["column"] == title)


def read_rows(path: Path, table: Table, refused: list[Refusal]) -> Iterator[Row]:
    """The rows of a CSV, TSV or Markdown file; what is refused is added to `refused`.

    A cell that cannot be read is refused alone, unless its column is required or is part of the
    key: then the row is. Raises ParseError where the file is not text in its encoding, and
    RecipeError where a column is missing.
    """
    if path.suffix.lower() in MARKDOWN:
        yield from _markdown(path, table, refused)
        return
    delimiter = table.delimiter or ("\t" if path.suffix.lower() == ".tsv" else ",")
    try:
        with path.open(encoding=table.encoding, newline="") as lines:
            reader = csv.reader(
                lines,
                delimiter=delimiter,
                quotechar=table.quote,
                quoting=csv.QUOTE_MINIMAL if table.quote else csv.QUOTE_NONE,
                strict=True,
            )
            columns = _head(next(reader, []), table, path)
            yield from _rows(reader, columns, table, path.name, refused)
    except UnicodeDecodeError as fault:
        raise ParseError(str(path), None, None, f"not {table.encoding} text") from fault
    except csv.Error as fault:
        raise ParseError(str(path), reader.line_num, None, str(fault)) from fault


def _markdown(path: Path, table: Table, refused: list[Refusal]) -> Iterator[Row]:
    """The rows of a Markdown file's tables, numbered through.

    A row that is too short ends in empty cells, and what stands beyond the heading is refused, as
    GitHub shows it.
    """
    try:
        text = path.read_text(table.encoding)
    except UnicodeDecodeError as fault:
        raise ParseError(str(path), None, None, f"not {table.encoding} text") from fault
    found = [pipes for pipes in pipe_tables(text) if table.section in {"", pipes.section}]
    if not found:
        under = f" under the heading {table.section}" if table.section else ""
        raise RecipeError(f"{path} has no table{under}.")
    seen: dict[tuple[str, ...], int] = {}
    number = 0
    for pipes in found:
        columns = _head(list(pipes.titles), table, path)
        for line, cells in pipes.rows:
            number += 1
            for place, beyond in enumerate(cells[len(columns) :], start=len(columns) + 1):
                if beyond:
                    reason = f"“{beyond}” stands beyond the heading's {len(columns)} columns"
                    refused.append(Refusal(path.name, line, str(place), reason, beyond))
            filled = [*cells, *[""] * len(columns)][: len(columns)]
            row = _row(number, line, filled, columns, table, path.name, refused)
            if row is not None and _first(row, line, table, seen, path.name, refused):
                yield row


def _head(heading: list[str], table: Table, path: Path) -> list[Column]:
    described = {column.title: column for column in table.columns}
    missing = [title for title in described if title not in heading]
    if missing:
        raise RecipeError(
            f"{path} has no column {', '.join(missing)}.",
            hint=f"its columns are {', '.join(heading)}",
        )
    return [
        described.get(title) or Column(name=quote(title.strip(), safe=""), title=title)
        for title in heading
    ]


def _rows(
    reader: Any,  # csv.reader's own type has no public name
    columns: list[Column],
    table: Table,
    file: str,
    refused: list[Refusal],
) -> Iterator[Row]:
    seen: dict[tuple[str, ...], int] = {}
    line = reader.line_num + 1
    for number, cells in enumerate(reader, start=1):
        start, line = line, reader.line_num + 1
        if not any(cells):
            continue
        if len(cells) != len(columns):
            reason = f"{len(cells)} cells where the heading has {len(columns)}; {LEFT_OUT}"
            refused.append(Refusal(file, start, "", reason))
            continue
        row = _row(number, start, cells, columns, table, file, refused)
        if row is None:
            continue
        if _first(row, start, table, seen, file, refused):
            yield row


def _first(
    row: Row,
    line: int,
    table: Table,
    seen: dict[tuple[str, ...], int],
    file: str,
    refused: list[Refusal],
) -> bool:
    """Whether no earlier row had the row's key; a later one is refused."""
    key = tuple(value.value for name in table.key for value in row.cells.get(name, ()))
    if key and seen.setdefault(key, line) != line:
        named = ", ".join(key)
        reason = f"{named} stands in line {seen[key]} already; {LEFT_OUT}"
        refused.append(Refusal(file, line, "", reason, named))
        return False
    return True


def _row(
    number: int,
    line: int,
    cells: list[str],
    columns: list[Column],
    table: Table,
    file: str,
    refused: list[Refusal],
) -> Row | None:
    found: dict[str, tuple[Literal, ...]] = {}
    whole = True
    for text, column in zip(cells, columns, strict=True):
        if column.suppressed:
            continue
        values, reasons = read_cell(text, column)
        lacking = not values and (column.required or column.name in table.key)
        for reason in reasons or (("a value is required",) if lacking else ()):
            told = f"{reason}; {LEFT_OUT}" if lacking else reason
            refused.append(Refusal(file, line, column.title, told, text.strip()))
        whole = whole and not lacking
        if values:
            found[column.name] = values
    return Row(number, found) if whole else None
