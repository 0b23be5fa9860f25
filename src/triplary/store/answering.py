"""What a worker does with a question: it evaluates, serialises and sends frames.

Frames are one letter, a length and a payload: D carries data, T the sum at the end, E an error in
place of the rest.
"""

import json
import socket
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, Generic, TypeVar, cast

import pyoxigraph as ox

from triplary.store.documents import OX_FORMATS, serialize, serialize_triples
from triplary.store.formats import FORMATS
from triplary.store.layout import Layout
from triplary.store.rows import RowCutter
from triplary.store.syntax import syntax_error

__all__ = ["CHUNK", "Question", "answer", "post"]

Row = TypeVar("Row")
_RESULTS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
CHUNK: Final = 64 * 1024
_WORD_OF_CUT: Final = {
    **dict.fromkeys(
        ("turtle", "trig", "ntriples", "nquads"), b"# cut after %d triples: there are more\n"
    ),
    "rdfxml": b"<!-- cut after %d triples: there are more -->",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a worker is asked: the query, the format of its answer, and how the graphs are read.

    `format` is json, xml, csv or tsv for SELECT and ASK, the name of an RDF format otherwise.
    `exact` gives SPARQL's own default graph instead of the union of all graphs; `default_graphs`
    and `named_graphs` are IRIs that stand in for either (SPARQL 1.1 Protocol §2.1.4); `base` is
    what relative IRIs are resolved against. Where `dump` is not None no query is asked, but a graph
    read from end to end: its IRI, '' for the statements of no graph, '*' for everything.
    """

    query: str
    format: str
    rows: int
    exact: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str = ""
    dump: str | None = None


def answer(door: socket.socket, store: ox.Store, layout: Layout, question: Question) -> None:
    """Run one query and send its answer as frames: D data, then T the sum, or E the error."""
    try:
        if question.dump is None:
            rows, cut = _serialise(door, _evaluated(store, layout, question), question)
        else:
            rows, cut = _dump(door, store, layout, question), False
    except SyntaxError as fault:
        error = syntax_error(question.query, str(fault))
        told = {"message": error.message, "line": error.line, "column": error.column}
        told["hint"] = error.hint
        post(door, b"E", json.dumps(told).encode())
    except (OSError, ValueError, RuntimeError) as fault:
        if isinstance(fault, BrokenPipeError | ConnectionResetError):
            raise
        told = {"message": f"The query cannot be answered: {fault}", "failed": True}
        post(door, b"E", json.dumps(told).encode())
    else:
        post(door, b"T", json.dumps({"rows": rows, "cut": cut}).encode())


def _evaluated(store: ox.Store, layout: Layout, question: Question) -> Any:
    return layout.evaluate(
        store, question.query, exact=question.exact, base=question.base,
        default_graphs=question.default_graphs, named_graphs=question.named_graphs,
    )  # fmt: skip


def _dump(door: socket.socket, store: ox.Store, layout: Layout, question: Question) -> int:
    """Send a graph, or all of them, as they are; how many statements that is."""
    format, out = FORMATS[question.format], _Out(door)
    graph = None if question.dump == "*" else layout.part(question.dump or "")
    counted = _Bounded(layout.quads(store, graph=graph), sys.maxsize)
    if graph is None:
        serialize(counted, cast(BinaryIO, out), format, merge=False)
    else:
        serialize_triples((quad.triple for quad in counted), cast(BinaryIO, out), format)
    out.flush_all()
    return counted.rows


def _serialise(door: socket.socket, found: Any, question: Question) -> tuple[int, bool]:
    """Send an answer's bytes; how many rows they hold, and whether more would have followed."""
    if isinstance(found, ox.QueryTriples):
        graph, out = _Bounded(found, question.rows), _Out(door)
        ox.serialize(graph, cast(BinaryIO, out), OX_FORMATS[question.format])
        if graph.cut and question.format in _WORD_OF_CUT:
            out.write(_WORD_OF_CUT[question.format] % graph.rows)
        out.flush_all()
        return graph.rows, graph.cut
    if isinstance(found, ox.QueryBoolean):
        out = _Out(door)
        found.serialize(cast(BinaryIO, out), _RESULTS[question.format])
        out.flush_all()
        return 1, False
    cutter = RowCutter(question.format, question.rows)
    out = _Out(door, cutter)
    try:
        found.serialize(out, _RESULTS[question.format])
    except _Enough:
        pass
    else:
        out.gather(cutter.end())
    out.flush_all()
    return cutter.rows, cutter.cut


class _Enough(RuntimeError):
    """Ends the engine's serialisation once the answer holds as many rows as allowed."""


class _Out:
    """A binary file of the engine's: gathers small writes into frames."""

    def __init__(self, door: socket.socket, cutter: RowCutter | None = None) -> None:
        self._door, self._cutter = door, cutter
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        self.gather(self._cutter.feed(data) if self._cutter else data)
        if self._cutter and self._cutter.cut:
            raise _Enough
        return len(data)

    def gather(self, data: bytes) -> None:
        """Take bytes as they are, and send a frame once there are enough of them."""
        self._parts.append(bytes(data))
        self._size += len(data)
        if self._size >= CHUNK:
            self.flush_all()

    def flush(self) -> None:
        """Do nothing: the engine flushes before the answer is at its end."""

    def flush_all(self) -> None:
        if self._size:
            post(self._door, b"D", b"".join(self._parts))
        self._parts, self._size = [], 0


class _Bounded(Generic[Row]):
    """Triples, at most so many; tells afterwards how many came and whether more would have."""

    def __init__(self, triples: Iterator[Row], most: int) -> None:
        self._triples, self._most = triples, most
        self.rows, self.cut = 0, False

    def __iter__(self) -> Iterator[Row]:
        for triple in self._triples:
            if self.rows == self._most:
                self.cut = True
                return
            self.rows += 1
            yield triple


def post(door: socket.socket, kind: bytes, payload: bytes) -> None:
    """Send one frame."""
    door.sendall(struct.pack("!cI", kind, len(payload)) + payload)
