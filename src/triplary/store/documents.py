"""RDF documents in and out, by pyoxigraph's parsers and serialisers."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from triplary.errors import ParseError
from triplary.ontology import PREFIXES
from triplary.store.formats import Format, gunzip
from triplary.store.jsonld import NOT_FETCHED, readable
from triplary.store.ox_terms import quad_to_ox, statement_from_ox, to_ox
from triplary.terms import Node, Statement

__all__ = [
    "OX_FORMATS",
    "SortedPrefixes",
    "load",
    "opened",
    "parse",
    "parse_error",
    "serialize",
    "serialize_triples",
    "triples",
    "write",
]

OX_FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
UNPACKED_MOST: Final = 4 * 2**30
_PARSER_PLACE = re.compile(r"^(?:Parser )?error (?:at|between) [^:]*: *")
_NO_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def parse(
    data: bytes, *, name: str, format: Format, graph: Node | None = None, base: str = ""
) -> list[ox.Quad]:
    """The quads of a document, whose blank nodes are renamed so that they meet no others.

    Raises ParseError. RDF/XML with a DOCTYPE is refused: its entities can grow without bound.
    """
    data = opened(data, name, format)
    try:
        kind = OX_FORMATS[format.name]
        quads = list(ox.parse(data, kind, base_iri=base or None, rename_blank_nodes=True))
    except (SyntaxError, OSError, ValueError) as fault:
        raise parse_error(fault, data, name, format) from fault
    if graph is None:
        return quads
    home = to_ox(graph)
    default = ox.DefaultGraph()
    return [
        ox.Quad(q.subject, q.predicate, q.object, home) if q.graph_name == default else q
        for q in quads
    ]


def triples(data: bytes) -> Iterator[Statement]:
    """The triples of an engine's answer in N-Triples, its blank nodes called as they are there."""
    for found in ox.parse(data, ox.RdfFormat.N_TRIPLES):
        yield statement_from_ox(found.subject, found.predicate, found.object)


def load(
    store: ox.Store, data: bytes, home: Any, *, name: str, format: Format, base: str = ""
) -> None:
    """Add a document to a store, all or none, without a detour through Python.

    What stands outside any named graph goes to `home`. Raises what `parse` raises.
    """
    data = opened(data, name, format)
    try:
        store.load(data, OX_FORMATS[format.name], base_iri=base or None, to_graph=home)
    except (SyntaxError, OSError, ValueError) as fault:
        raise parse_error(fault, data, name, format) from fault


def opened(data: bytes, name: str, format: Format) -> bytes:
    """The document unpacked; what could grow without bound is refused."""
    data = gunzip(data, name=name, most=UNPACKED_MOST)
    if format.name == "rdfxml" and _NO_DOCTYPE.search(data):
        raise ParseError(
            name, None, None, "RDF/XML with a DOCTYPE is not read",
            hint="write the entities out, or convert it to Turtle",
        )  # fmt: skip
    return readable(data) if format.name == "jsonld" else data


def parse_error(fault: Exception, data: bytes, name: str, format: Format) -> ParseError:
    """An error of pyoxigraph as ours, with the place of the fault where anybody knows it."""
    if NOT_FETCHED in str(fault):
        return ParseError(
            name, None, None, "its @context is an address, and no address is fetched",
            hint="write the context into the file, or convert it to Turtle; schema.org's is known",
        )  # fmt: skip
    if not isinstance(fault, SyntaxError):
        return ParseError(name, None, None, str(fault))
    reason = _PARSER_PLACE.sub("", str(fault.msg))
    place = fault.lineno, fault.offset
    if format.name == "rdfxml" and fault.lineno is None:
        place = _place_in_xml(data)
    return ParseError(name, *place, reason)


def _place_in_xml(data: bytes) -> tuple[int | None, int | None]:
    """Where a document stops being XML, which pyoxigraph does not say; None where it is XML.

    It holds no DOCTYPE, so no entity of it can grow.
    """
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as fault:
        return fault.lineno, fault.offset + 1
    return None, None


def write(
    statements: Iterable[Statement], output: BinaryIO, *, format: Format, merge: bool = False
) -> None:
    """Write statements to a binary file in `format`; `merge` leaves the named graphs out."""
    serialize((quad_to_ox(statement) for statement in statements), output, format, merge=merge)


def serialize(quads: Iterable[ox.Quad], output: BinaryIO, format: Format, *, merge: bool) -> None:
    """Write quads to a binary file in `format`; `merge` leaves the named graphs out."""
    if merge or not format.named_graphs:
        # A triple that two named graphs hold is one triple of their union.
        serialize_triples(dict.fromkeys(quad.triple for quad in quads), output, format)
    else:
        _serialize(quads, output, format)


def serialize_triples(triples: Iterable[ox.Triple], output: BinaryIO, format: Format) -> None:
    """Write the triples of one graph to a binary file in `format`."""
    _serialize(triples, output, format)


def _serialize(
    parts: Iterable[ox.Quad] | Iterable[ox.Triple], output: BinaryIO, format: Format
) -> None:
    prefixes = dict(PREFIXES) if format.name in ("turtle", "trig", "rdfxml") else None
    sorted_output = SortedPrefixes(output)
    ox.serialize(parts, cast(BinaryIO, sorted_output), OX_FORMATS[format.name], prefixes=prefixes)
    sorted_output.end()


class SortedPrefixes:
    """A binary file that sorts the @prefix lines at its head: pyoxigraph's order is random."""

    def __init__(self, output: BinaryIO) -> None:
        """Write through to `output`."""
        self._output = output
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Hold the head back until the first other line begins, then pass everything on."""
        if self._head is None:
            self._output.write(data)
            return len(data)
        self._head += data
        lines = self._head.splitlines(keepends=True)
        count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix")), None)
        if count is not None:
            self._output.write(b"".join(sorted(lines[:count]) + lines[count:]))
            self._head = None
        return len(data)

    def flush(self) -> None:
        """Do nothing: `end` flushes."""

    def end(self) -> None:
        """Write what is still held back, where the document is nothing but a head."""
        if self._head:
            self._output.write(b"".join(sorted(self._head.splitlines(keepends=True))))
        self._head = None
