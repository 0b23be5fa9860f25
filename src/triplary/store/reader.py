"""A process of its own that reads queries into trees: kept warm, and killed at its deadline.

What a stranger sends is handed to the parser here only: a text that takes it too long, or too much
memory, costs this process and no other. It has no network.
"""

import contextlib
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
import weakref
from typing import IO, Any, Final, cast

from triplary.errors import Busy, QueryCrashed, QueryError, QueryTimeout
from triplary.query import tree

__all__ = ["Reader", "too_deep"]

START_SECONDS: Final = 20.0
"""Until then the process has imported the parser, on a slow machine too."""

MEMORY_MEBIBYTES: Final = 512
DEEPEST: Final = 300
"""Values of a tree within one another: who goes through it later does so by recursion."""

_DEEP: Final = "it may nest too deep; the query itself can still be run"


class Reader:
    """Reads one query after the other, each within `seconds`."""

    def __init__(self, *, seconds: float = 3.0) -> None:
        """Start nothing yet: the process is made when the first query is to be read."""
        self.seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[Any, Any] | None = None

    def read(self, query: str) -> tree.Query:
        """The tree of a query, as `reading.read` gives it.

        Raises QueryError where it cannot be read, QueryTimeout, QueryCrashed and Busy.
        """
        if not self._lock.acquire(timeout=START_SECONDS):
            raise Busy("Other queries are being read.", hint="try again in some seconds")
        try:
            told = self._asked(query)
        except TimeoutError:
            self._stop()
            raise QueryTimeout(self.seconds, query=query, hint=_DEEP) from None
        except (EOFError, OSError):
            self._stop()
            raise QueryCrashed(
                "The process that reads queries died.", query=query, hint=_DEEP
            ) from None
        finally:
            self._lock.release()
        if "error" in told:
            raise QueryError(told["error"], query=query, hint=told["hint"])
        try:
            return cast(tree.Query, tree.from_json(told["tree"]))
        except RecursionError:
            raise too_deep(query) from None

    def close(self) -> None:
        """End the process; the next query would start another."""
        with self._lock:
            self._stop()

    def _asked(self, query: str) -> Any:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "triplary.store.reader"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=_environment(),
            )  # fmt: skip
            self._end = weakref.finalize(self, _ended, self._process)
            _received(self._process, START_SECONDS)
        payload = query.encode("utf-8", "surrogatepass")
        process = self._process
        assert process.stdin is not None  # noqa: S101 - it was opened above
        process.stdin.write(struct.pack("!I", len(payload)) + payload)
        return json.loads(_received(process, self.seconds))

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process = self._end = None


def _environment() -> dict[str, str]:
    """The environment of the process: it finds the modules that this one has found."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()


def _received(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """One frame from the process; raises TimeoutError, or EOFError where it has ended."""
    pipe = process.stdout
    assert pipe is not None  # noqa: S101 - it was opened with a pipe
    ends = time.monotonic() + seconds
    (size,) = struct.unpack("!I", _exactly(pipe, 4, ends))
    return _exactly(pipe, size, ends)


def _exactly(pipe: IO[bytes], size: int, ends: float) -> bytes:
    found = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while len(found) < size:
            left = max(ends - time.monotonic(), 0.0)
            if not selector.select(left):
                raise TimeoutError
            part = os.read(pipe.fileno(), size - len(found))
            if not part:
                raise EOFError
            found += part
    return found


def _serve() -> None:
    """Read queries from stdin and write their trees to stdout, until stdin ends."""
    import rdflib

    from triplary.query import load
    from triplary.store.confinement import confine
    from triplary.store.reading import read

    sys.setrecursionlimit(4_000)
    rdflib.NORMALIZE_LITERALS = False
    read(load("count-triples").text)  # imports what the parser needs while files may be opened
    confine(MEMORY_MEBIBYTES)
    _post(b"{}")
    while size := sys.stdin.buffer.read(4):
        query = sys.stdin.buffer.read(struct.unpack("!I", size)[0]).decode("utf-8", "surrogatepass")
        try:
            told = {"tree": _shallow(tree.to_json(read(query)), query)}
        except QueryError as fault:
            told = {"error": fault.message, "hint": fault.hint}
        except RecursionError:
            told = {"error": too_deep(query).message, "hint": _DEEP}
        _post(json.dumps(told).encode())


def too_deep(query: str) -> QueryError:
    """What is said of a query whose tree nobody can go through."""
    return QueryError("The query nests too deep to be put in words.", query=query, hint=_DEEP)


def _shallow(told: Any, query: str) -> Any:
    """A tree as JSON, when it is not too deep."""
    level, depth = [told], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise too_deep(query)
        parts = (each.values() if isinstance(each, dict) else each for each in level)
        level = [each for part in parts for each in part if isinstance(each, dict | list)]
    return told


def _post(payload: bytes) -> None:
    sys.stdout.buffer.write(struct.pack("!I", len(payload)) + payload)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
