"""Answers of SPARQL endpoints as plain values that can be compared, whatever format they came in.

Nothing of the server under test reads them: JSON and XML by the standard library, the rest here.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree import ElementTree

import rdflib
from rdflib.compare import isomorphic

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
SRX = "{http://www.w3.org/2005/sparql-results#}"
_NUMBERS = tuple(XSD + name for name in ("integer", "decimal"))
_FLOATS = tuple(XSD + name for name in ("double", "float"))

Term = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """Variables and rows, in order; a boolean instead of them where one was asked for."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, Term], ...], ...] = ()
    boolean: bool | None = None
    ordered: bool = False


def literal(value: str, datatype: str = "", language: str = "") -> Term:
    """A literal; of numbers the value counts, not how it is written."""
    if language:
        return "literal", value, "", language.lower()
    datatype = datatype or XSD + "string"
    try:
        if datatype in _NUMBERS:
            value = str(Decimal(value).normalize() + 0)
        elif datatype in _FLOATS:
            value = repr(float(value))
    except (InvalidOperation, ValueError):
        pass
    return "literal", value, datatype


def from_json(body: bytes) -> Answer:
    told = json.loads(body)
    if "boolean" in told:
        return Answer(boolean=told["boolean"])
    rows = tuple(
        tuple(sorted((name, _json_term(term)) for name, term in row.items()))
        for row in told["results"]["bindings"]
    )
    return Answer(tuple(told["head"].get("vars", ())), rows)


def _json_term(term: dict[str, Any]) -> Term:
    if term["type"] in ("literal", "typed-literal"):
        return literal(term["value"], term.get("datatype", ""), term.get("xml:lang", ""))
    return ("iri" if term["type"] == "uri" else "bnode"), term["value"]


def from_xml(body: bytes) -> Answer:
    root = ElementTree.fromstring(body)  # noqa: S314 - of the suite and of our own servers
    boolean = root.find(SRX + "boolean")
    if boolean is not None:
        return Answer(boolean=boolean.text == "true")
    names = tuple(str(node.get("name")) for node in root.iter(SRX + "variable"))
    rows = tuple(
        tuple(sorted((str(node.get("name")), _xml_term(node[0])) for node in row))
        for row in root.iter(SRX + "result")
    )
    return Answer(names, rows)


def _xml_term(node: ElementTree.Element) -> Term:
    text = node.text or ""
    if node.tag == SRX + "literal":
        language = node.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        return literal(text, node.get("datatype", ""), language)
    return ("iri" if node.tag == SRX + "uri" else "bnode"), text


def from_tsv(body: bytes) -> Answer:
    head, *lines = body.decode().rstrip("\n").split("\n")
    names = tuple(name.lstrip("?") for name in head.split("\t"))
    rows = tuple(
        tuple(
            sorted(
                (name, _turtle_term(cell))
                for name, cell in zip(names, line.split("\t"), strict=True) if cell
            )
        )
        for line in lines
    )  # fmt: skip
    return Answer(names, rows)


def _turtle_term(cell: str) -> Term:
    graph = rdflib.Graph().parse(data=f"<a:a> <a:a> {cell} .", format="turtle")
    return from_rdflib(next(graph.objects()))


def from_rdflib(node: Any) -> Term:
    if isinstance(node, rdflib.Literal):
        return literal(str(node), str(node.datatype or ""), node.language or "")
    return ("iri" if isinstance(node, rdflib.URIRef) else "bnode"), str(node)


def from_csv(body: bytes) -> Answer:
    """The cells as they are, since CSV has no types; no cell is no binding."""
    names, *table = csv.reader(io.StringIO(body.decode()))
    rows = tuple(
        tuple(sorted((name, _cell(cell)) for name, cell in zip(names, row, strict=True) if cell))
        for row in table
    )
    return Answer(tuple(names), rows)


def _cell(cell: str) -> Term:
    if cell.startswith("_:"):
        return "bnode", cell
    try:
        return "cell", str(float(cell))
    except ValueError:
        return "cell", cell


def from_graph(graph: rdflib.Graph) -> Answer | None:
    """The answer that a graph of the result-set vocabulary describes; None for any other graph."""
    (top,) = [*graph.subjects(rdflib.RDF.type, RS.ResultSet)][:1] or (None,)
    if top is None:
        return None
    boolean = graph.value(top, RS.boolean)
    if boolean is not None:
        return Answer(boolean=str(boolean) == "true")
    found: list[tuple[int, tuple[tuple[str, Term], ...]]] = []
    ordered = False
    for solution in graph.objects(top, RS.solution):
        index = graph.value(solution, RS["index"])
        ordered |= index is not None
        row = sorted(
            (str(graph.value(binding, RS.variable)), from_rdflib(graph.value(binding, RS.value)))
            for binding in graph.objects(solution, RS.binding)
        )
        found.append((int(str(index)) if index is not None else 0, tuple(row)))
    found.sort(key=lambda pair: pair[0])
    names = tuple(str(name) for name in graph.objects(top, RS.resultVariable))
    return Answer(names, tuple(row for _, row in found), ordered=ordered)


def read_graph(data: bytes, format: str, base: str) -> rdflib.Graph:
    """A graph, its literals as they are written."""
    rdflib.NORMALIZE_LITERALS = False
    return rdflib.Graph().parse(data=data, format=format, publicID=base)


def same(expected: Answer, found: Answer, *, lax: bool = False) -> bool:
    """Whether two answers are one: as multisets of rows, blank nodes renamed alike everywhere."""
    if expected.boolean is not None or found.boolean is not None:
        return expected.boolean == found.boolean
    if set(expected.variables) != set(found.variables):
        return False
    if lax:
        return set(found.rows) == set(expected.rows)
    if expected.ordered and not _alike(expected.rows, found.rows):
        return False
    return isomorphic(_as_graph(expected), _as_graph(found))


def _alike(expected: Iterable[Any], found: Iterable[Any]) -> bool:
    """Whether rows come in the same order, blank nodes aside."""

    def plain(rows: Iterable[Any]) -> list[Any]:
        return [
            [(name, ("bnode",) if term[0] == "bnode" else term) for name, term in row]
            for row in rows
        ]

    return plain(expected) == plain(found)


def _as_graph(answer: Answer) -> rdflib.Graph:
    """Each distinct row as a node with how often it is there, so that isomorphism compares."""
    graph = rdflib.Graph()
    for row, count in Counter(answer.rows).items():
        node = rdflib.BNode()
        graph.add((node, rdflib.URIRef("row:count"), rdflib.Literal(str(count))))
        for name, term in row:
            if term[0] == "bnode":
                graph.add((node, rdflib.URIRef(f"row:{name}"), rdflib.BNode("b" + term[1])))
            else:
                graph.add((node, rdflib.URIRef(f"row:{name}"), rdflib.Literal("\x1f".join(term))))
    return graph
