"""The far side of the pool: the nursery that forks workers, and what a worker does.

Nothing here runs in the server's process. Frames from a worker are one letter, a length and a
payload: D carries data, T the sum at the end, E an error in place of the rest.
"""

import contextlib
import ctypes
import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn, cast

import pyoxigraph as ox

from triplary.store.documents import OX_FORMATS
from triplary.store.rows import RowCutter
from triplary.store.syntax import syntax_error
from triplary.store.union import evaluate

__all__ = ["CHUNK", "Question", "nurse"]

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
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


@dataclass(frozen=True, slots=True)
class Question:
    """What a worker is asked: the query, the format of its answer, and how the graphs are read.

    `format` is json, xml, csv or tsv for SELECT and ASK, the name of an RDF format otherwise.
    `exact` gives SPARQL's own default graph instead of the union of all graphs; `default_graphs`
    and `named_graphs` are IRIs that stand in for either (SPARQL 1.1 Protocol §2.1.4).
    """

    query: str
    format: str
    rows: int
    exact: bool = False
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def nurse(control: socket.socket, store: ox.Store | Path, memory_mebibytes: int) -> NoReturn:
    """Fork and kill as told, until the server hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    children: set[int] = set()
    with contextlib.suppress(OSError):
        while data := control.recv(256):
            words = json.loads(data)
            if "fork" in words:
                ours, theirs = socket.socketpair()
                pid = os.fork()
                if pid == 0:
                    control.close()
                    ours.close()
                    _work(theirs, store, memory_mebibytes)
                children.add(pid)
                theirs.close()
                socket.send_fds(control, [json.dumps({"pid": pid}).encode()], [ours.fileno()])
                ours.close()
            else:
                _kill(words["kill"], children)
                control.sendall(b'{"pid": 0}')
    for pid in tuple(children):
        _kill(pid, children)
    os._exit(0)


def _kill(pid: int, children: set[int]) -> None:
    """Kill a child of ours and see it gone; only those in `children`, so no stranger is hit."""
    if pid in children:
        children.discard(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _work(door: socket.socket, store: ox.Store | Path, memory_mebibytes: int) -> NoReturn:
    """Answer questions one after the other until the server hangs up."""
    code = 1
    try:
        opened = ox.Store.read_only(str(store)) if isinstance(store, Path) else store
        _confine(memory_mebibytes, on_disk=isinstance(store, Path))
        with door.makefile("rb") as questions:
            while size := questions.read(4):
                told = json.loads(questions.read(struct.unpack("!I", size)[0]))
                _answer(door, opened, Question(**told))
        code = 0
    except (BrokenPipeError, ConnectionResetError):
        code = 0
    finally:
        os._exit(code)


def _confine(memory_mebibytes: int, *, on_disk: bool) -> None:
    """Take the network and boundless memory away from this process, for good."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_CLONE_NEWNET) != 0:
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + memory_mebibytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not on_disk:
        # An in-memory store opens nothing more, so a socket is refused with EMFILE.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _answer(door: socket.socket, store: ox.Store, question: Question) -> None:
    """Run one query and send its answer as frames: D data, then T the sum, or E the error."""
    try:
        rows, cut = _serialise(door, _evaluated(store, question), question)
    except SyntaxError as fault:
        error = syntax_error(question.query, str(fault))
        told = {"message": error.message, "line": error.line, "column": error.column}
        told["hint"] = error.hint
        _post(door, b"E", json.dumps(told).encode())
    except (OSError, ValueError, RuntimeError) as fault:
        if isinstance(fault, BrokenPipeError | ConnectionResetError):
            raise
        told = {"message": f"The query cannot be answered: {fault}", "line": None, "column": None}
        _post(door, b"E", json.dumps(told).encode())
    else:
        _post(door, b"T", json.dumps({"rows": rows, "cut": cut}).encode())


def _evaluated(store: ox.Store, question: Question) -> Any:
    return evaluate(
        store, question.query, exact=question.exact,
        default_graphs=question.default_graphs, named_graphs=question.named_graphs,
    )  # fmt: skip


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
            _post(self._door, b"D", b"".join(self._parts))
        self._parts, self._size = [], 0


class _Bounded:
    """Triples, at most so many; tells afterwards how many came and whether more would have."""

    def __init__(self, triples: Iterator[ox.Triple], most: int) -> None:
        self._triples, self._most = triples, most
        self.rows, self.cut = 0, False

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in self._triples:
            if self.rows == self._most:
                self.cut = True
                return
            self.rows += 1
            yield triple


def _post(door: socket.socket, kind: bytes, payload: bytes) -> None:
    door.sendall(struct.pack("!cI", kind, len(payload)) + payload)
