"""Where a guest's query runs: a process of its own, killed at the deadline.

A nursery process is forked once, when the store is loaded and before any thread starts. It forks
workers that share the store's memory (copy-on-write) and hands the server one end of each worker's
socket. So a fork never happens in a process with threads, and a killed worker takes nothing along.

    server ──"fork"/"kill"──▶ nursery ──fork──▶ worker
       ▲────────── a socket to that worker ───────┘

A worker has no network: it may open no further file or socket, and where the system allows it
lives in an empty network namespace. Its memory is bounded as well.
"""

import asyncio
import contextlib
import json
import os
import socket
import struct
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from triplary.errors import Busy, QueryCrashed, QueryError, QueryTimeout, StoreError
from triplary.store.nursery import CHUNK, Question, nurse
from triplary.store.oxigraph import OxigraphStore

__all__ = ["Answer", "Workers"]


class Answer:
    """An answer on its way: iterate over its bytes, then `rows` and `cut` say what became of it.

    Both are None until the last byte is known; a short answer knows them at once. `rows` counts
    solutions, or triples of a graph. Whoever holds an answer closes it, read to its end or not.
    """

    run: AsyncGenerator[bytes, None]

    def __init__(self, done: Callable[[], object]) -> None:
        """Await a `run` of a worker; `done` is called once, when the worker is free again."""
        self.rows: int | None = None
        self.cut: bool | None = None
        self._done = done
        self._first = b""

    async def start(self) -> None:
        """Wait for the first bytes; a short answer is then complete."""
        self._first = await anext(self.run, b"")
        if len(self._first) < CHUNK:
            async for _ in self.run:
                raise AssertionError("a short frame is the last one")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The bytes, in chunks; raises what `Workers.ask` raises."""
        yield self._first
        async for chunk in self.run:
            yield chunk

    async def close(self) -> None:
        """Free the worker; one that has not finished is killed."""
        await self.run.aclose()
        self._done()
        self._done = _nothing


def _nothing() -> None:
    """What is left to do once an answer was closed."""


@dataclass(slots=True)
class _Worker:
    """A worker as the server sees it: its process id, and the socket to it."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Workers:
    """A pool of at most `count` killable workers over one store.

    Make it while the process has one thread; `ask` then belongs to one event loop.
    """

    def __init__(
        self, store: OxigraphStore | Path, *, count: int, memory_mebibytes: int, queue: int = 64
    ) -> None:
        """Fork the nursery, which makes the union of a store in memory while this process goes on.

        A path names a store on disk, which each worker opens read-only for itself: pass the path,
        and open the store here only afterwards, since an open store on disk has threads.
        """
        self.count, self.memory_mebibytes, self.queue = count, memory_mebibytes, queue
        self._waiting = 0
        self._control, theirs = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        self._nursery = os.fork()
        if self._nursery == 0:
            self._control.close()
            nurse(
                theirs, store if isinstance(store, Path) else store.settle().inner, memory_mebibytes
            )
        theirs.close()
        self._idle: list[_Worker] = []
        self._free = asyncio.Semaphore(count)
        self._calls = asyncio.Lock()
        self._lasting: set[asyncio.Task[Any]] = set()

    async def ask(self, question: Question, *, seconds: float) -> Answer:
        """The answer to a question, as it comes; waits for a free worker first.

        Time counts only while the worker works: a slow reader does not use up the deadline.
        Raises QueryTimeout, QueryCrashed or QueryError before the first byte, or, where bytes were
        out already, while the chunks are read; the worker is dead then and another takes its place.
        """
        if self._free.locked() and self._waiting >= self.queue:
            raise Busy(
                f"{self.count} queries are running and {self._waiting} are waiting.",
                hint="try again in some seconds",
            )
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        answer = Answer(self._free.release)
        answer.run = self._run(question, seconds, answer)
        try:
            await answer.start()
        except BaseException:
            await answer.close()
            raise
        return answer

    async def _run(
        self, question: Question, seconds: float, answer: Answer
    ) -> AsyncGenerator[bytes, None]:
        while not self._idle:
            await self._to_its_end(self._fork())
        worker = self._idle.pop()
        left = seconds
        finished = False
        try:
            _send(worker.writer, question)
            while True:
                started = time.monotonic()
                try:
                    kind, payload = await asyncio.wait_for(_frame(worker.reader), left)
                except TimeoutError:
                    raise QueryTimeout(seconds, query=question.query) from None
                except (asyncio.IncompleteReadError, ConnectionError):
                    raise self._crashed(question) from None
                left = max(left - (time.monotonic() - started), 0.001)
                if kind == b"D":
                    yield payload
                    continue
                finished = True
                told = json.loads(payload)
                if kind == b"E":
                    raise QueryError(
                        told["message"],
                        query=question.query,
                        line=told["line"],
                        column=told["column"],
                        hint=told.get("hint", ""),
                    )
                answer.rows, answer.cut = told["rows"], told["cut"]
                return
        finally:
            if finished:
                self._idle.append(worker)
            else:
                await self._to_its_end(self._kill(worker))

    def _crashed(self, question: Question) -> QueryCrashed:
        return QueryCrashed(
            "The query's worker process died; other queries were not disturbed.",
            query=question.query,
            hint=f"it may need more than query_memory_mebibytes ({self.memory_mebibytes}),"
            " or nest too deep",
        )

    async def _to_its_end(self, work: Coroutine[Any, Any, None]) -> None:
        """Wait for some work, which is done even when who waits for it leaves and is cancelled.

        Otherwise a worker would be forked that nobody knows of, or one live on that should not.
        """
        task = asyncio.ensure_future(work)
        self._lasting.add(task)
        task.add_done_callback(self._lasting.discard)
        await asyncio.shield(task)

    async def _fork(self) -> None:
        """One more idle worker, unless there is one by now."""
        async with self._calls:
            if self._idle:
                return
            pid, descriptor = await asyncio.to_thread(self._call_now, {"fork": True})
            ours = socket.socket(fileno=descriptor)
            reader, writer = await asyncio.open_connection(sock=ours, limit=4 * CHUNK)
            self._idle.append(_Worker(pid, reader, writer))

    async def _kill(self, worker: _Worker) -> None:
        """Return when the worker's process is gone."""
        worker.writer.close()
        async with self._calls:
            await asyncio.to_thread(self._call_now, {"kill": worker.pid})

    def _call_now(self, words: dict[str, Any]) -> tuple[int, int]:
        """What the nursery answers, within milliseconds: a process id and a socket, or zeros."""
        try:
            self._control.sendall(json.dumps(words).encode())
            data, descriptors, _, _ = socket.recv_fds(self._control, 64, 1)
        except OSError as fault:
            raise StoreError(f"The process that starts query workers is gone: {fault}") from fault
        if not data:
            raise StoreError(
                "The process that starts query workers is gone.", hint="start the server again"
            )
        return json.loads(data)["pid"], descriptors[0] if descriptors else 0

    def close(self) -> None:
        """End the nursery and with it every worker."""
        with contextlib.suppress(RuntimeError):
            for worker in self._idle:
                worker.writer.close()
        self._idle.clear()
        self._control.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._nursery, 0)


async def _frame(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    kind, size = struct.unpack("!cI", await reader.readexactly(5))
    return kind, await reader.readexactly(size)


def _send(writer: asyncio.StreamWriter, question: Question) -> None:
    payload = json.dumps(asdict(question)).encode()
    writer.write(struct.pack("!I", len(payload)) + payload)
