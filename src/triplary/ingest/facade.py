"""Rows and trees shown as triples, so that a SPARQL query can pick from them.

Facade-X, the vocabulary of SPARQL Anything (Daga et al. 2021, doi:10.1145/3486622.3494003): a
container is a node, its named slots are properties `xyz:NAME`, its numbered slots `rdf:_1`,
`rdf:_2` …. Rows also carry `csvw:rownum`, and tables `csvw:url` and `csvw:row`, as the W3C's
CSV-to-RDF has them, so that a recipe can tell its tables apart.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from triplary.errors import ParseError
from triplary.ingest.csvw import Row, Table
from triplary.terms import IRI, XSD, BlankNode, Literal, Statement, Term

__all__ = ["rows_as_triples", "tree_as_triples"]

XYZ: Final = "http://sparql.xyz/facade-x/data/"
FX: Final = "http://sparql.xyz/facade-x/ns/"
CSVW: Final = "http://www.w3.org/ns/csvw#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL: Final = IRI("http://www.w3.org/2000/01/rdf-schema#label")


def _head(node: BlankNode, url: str, file: str) -> Iterator[Statement]:
    yield Statement(node, IRI(RDF + "type"), IRI(FX + "root"))
    yield Statement(node, IRI(CSVW + "url"), Literal(url))
    yield Statement(node, LABEL, Literal(file))


def rows_as_triples(
    rows: Iterable[Row], table: Table, file: str, *, prefix: str
) -> Iterator[Statement]:
    """The triples that show a table's rows; `prefix` keeps its blank nodes apart from others'."""
    root = BlankNode(prefix)
    ordered = {column.name for column in table.columns if column.ordered}
    yield from _head(root, f"{table.url}#{table.section}" if table.section else table.url, file)
    for row in rows:
        node = BlankNode(f"{prefix}r{row.number}")
        number = Literal(str(row.number), XSD + "integer")
        yield Statement(root, IRI(f"{RDF}_{row.number}"), node)
        yield Statement(root, IRI(CSVW + "row"), node)
        yield Statement(node, IRI(CSVW + "rownum"), number)
        for place, (name, values) in enumerate(row.cells.items()):
            slot = IRI(XYZ + name)
            if name in ordered:
                inner = BlankNode(f"{prefix}r{row.number}c{place}")
                yield Statement(node, slot, inner)
                yield from (
                    Statement(inner, IRI(f"{RDF}_{at}"), value)
                    for at, value in enumerate(values, start=1)
                )
            else:
                yield from (Statement(node, slot, value) for value in values)


def tree_as_triples(path: Path, url: str, *, prefix: str) -> Iterator[Statement]:
    """The triples that show a JSON or YAML document; raises ParseError where it is neither."""
    root = BlankNode(prefix)
    yield from _head(root, url, path.name)
    counter = [0]
    yield from _slots(root, _tree(path), prefix, counter)


def _tree(path: Path) -> Any:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as fault:
        raise ParseError(str(path), None, None, "not UTF-8 text") from fault
    if path.suffix.lower() == ".json":
        try:
            return json.loads(text)
        except json.JSONDecodeError as fault:
            raise ParseError(str(path), fault.lineno, fault.colno, fault.msg) from fault
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise ParseError(str(path), line, column, fault.problem or "not YAML") from fault


def _slots(node: BlankNode, value: Any, prefix: str, counter: list[int]) -> Iterator[Statement]:
    if isinstance(value, dict):
        pairs: Iterable[tuple[str, Any]] = (
            (XYZ + quote(str(key), safe=""), inner) for key, inner in value.items()
        )
    elif isinstance(value, list):
        pairs = ((f"{RDF}_{at}", inner) for at, inner in enumerate(value, start=1))
    else:
        pairs = [(f"{RDF}_1", value)]
    for slot, inner in pairs:
        if isinstance(inner, dict | list):
            counter[0] += 1
            child = BlankNode(f"{prefix}n{counter[0]}")
            yield Statement(node, IRI(slot), child)
            yield from _slots(child, inner, prefix, counter)
        elif inner is not None:
            yield Statement(node, IRI(slot), _scalar(inner))


def _scalar(value: Any) -> Term:
    if isinstance(value, bool):
        return Literal("true" if value else "false", XSD + "boolean")
    if isinstance(value, int):
        return Literal(str(value), XSD + "integer")
    if isinstance(value, float):
        return Literal(repr(value), XSD + "double")
    if isinstance(value, datetime.datetime):
        return Literal(value.isoformat(), XSD + "dateTime")
    if isinstance(value, datetime.date):
        return Literal(value.isoformat(), XSD + "date")
    return Literal(str(value).strip())
