"""Where a guest's query runs: a process of its own, killed at the deadline.

A nursery process is forked once, when the store is loaded and before any thread starts. It forks
workers that share the store's memory (copy-on-write) and hands the server one end of each worker's
socket. So a fork never happens in a process with threads, and a killed worker takes nothing along.

    server ──"fork"/"kill"──▶ nursery ──fork──▶ worker
       ▲────────── a socket to that worker ───────┘

A worker has no network: it may open no further file or socket, and where the system allows it
lives in an empty network namespace. Its memory is bounded as well.

A write makes a new generation (`generation`, `nursery`): the server asks the new one from then on,
the old one ends with the last question that it was asked.
"""

import asyncio
import json
import os
import socket
import struct
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, TypeVar

from triplary.errors import Busy, QueryCrashed, QueryError, QueryFailed, QueryTimeout
from triplary.store.confinement import leave_the_network
from triplary.store.generation import Generation
from triplary.store.layout import layout_of
from triplary.store.nursery import CHUNK, Held, Question, nurse
from triplary.store.oxigraph import OxigraphStore
from triplary.store.writing import Change, Written

__all__ = ["Answer", "Workers"]

Result = TypeVar("Result")
_FIELDS: Final = tuple(field.name for field in fields(Question))


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
        control, theirs = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        nursery = os.fork()
        if nursery == 0:
            control.close()
            leave_the_network()
            if isinstance(store, Path):
                nurse(theirs, Held(store, layout_of(), memory_mebibytes))
            nurse(theirs, Held(store.settle().inner, store.layout, memory_mebibytes))
        theirs.close()
        self.now = Generation(control, nursery)
        self._past: list[Generation] = []
        self._free = asyncio.Semaphore(count)
        self._writing = asyncio.Lock()
        self._lasting: set[asyncio.Task[Any]] = set()

    @property
    def nursery(self) -> int:
        """The process id of the nursery of today's version."""
        return self.now.pid

    def ask(self, question: Question, *, seconds: float) -> Coroutine[Any, Any, Answer]:
        """The answer to a question, from the version that is today's when this is called.

        Awaited, it waits for a free worker and the first bytes. Raises Busy, QueryTimeout,
        QueryCrashed or QueryError.
        """
        return self._asked(self.now, question, seconds)

    async def _asked(self, generation: Generation, question: Question, seconds: float) -> Answer:
        if self._free.locked() and self._waiting >= self.queue:
            raise Busy(
                f"{self.count} queries are running and {self._waiting} are waiting.",
                hint="try again in some seconds",
            )
        # A write may have ended the version before this began. From here on it lives until the
        # answer is given: what is told of the answer, its ETag too, is of that version.
        generation = self.now if generation.ended else generation
        self._waiting += 1
        generation.running += 1
        try:
            await self._free.acquire()
        except BaseException:
            generation.running -= 1
            self._retire(generation)
            raise
        finally:
            self._waiting -= 1
        answer = Answer(lambda: self._freed(generation))
        answer.run = self._run(generation, question, seconds, answer)
        try:
            await answer.start()
        except BaseException:
            await answer.close()
            raise
        return answer

    def _freed(self, generation: Generation) -> None:
        generation.running -= 1
        self._free.release()
        self._retire(generation)

    def _retire(self, generation: Generation) -> None:
        """End a generation of the past with the last question that it was asked."""
        if generation is self.now or generation.running or generation.ended:
            return
        self._past.remove(generation)
        generation.retire()

    async def _run(
        self, generation: Generation, question: Question, seconds: float, answer: Answer
    ) -> AsyncGenerator[bytes, None]:
        while not generation.idle:
            await asyncio.shield(self._last(generation.fork()))
        worker = generation.idle.pop()
        left = seconds
        finished = False
        try:
            _send(worker.writer, question)
            while True:
                started = time.monotonic()
                try:
                    async with asyncio.timeout(left):
                        kind, payload = await _frame(worker.reader)
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
                    if told.get("failed"):
                        raise QueryFailed(told["message"], query=question.query)
                    raise QueryError(
                        told["message"],
                        query=question.query,
                        line=told["line"],
                        column=told["column"],
                        hint=told["hint"],
                    )
                answer.rows, answer.cut = told["rows"], told["cut"]
                return
        finally:
            if finished:
                generation.idle.append(worker)
            else:
                await asyncio.shield(self._last(generation.kill(worker)))

    def _crashed(self, question: Question) -> QueryCrashed:
        return QueryCrashed(
            "The query's worker process died; other queries were not disturbed.",
            query=question.query,
            hint=f"it may need more than query_memory_mebibytes ({self.memory_mebibytes}),"
            " or nest too deep",
        )

    async def write(
        self,
        change: Change,
        *,
        seconds: float,
        memory_mebibytes: int,
        done: Callable[[Written], object],
        may: Callable[[], object] = lambda: None,
    ) -> Written:
        """Do a write, whole or not at all; one at a time, while questions go on being answered.

        `may` is called when it is this write's turn, and may raise. `done` is called in the moment
        in which the new version is today's, even where who waits for the write has gone. Raises
        Busy, and what `Generation.succeed` raises.
        """
        if self._writing.locked() and self._waiting >= self.queue:
            raise Busy("Too many writes are waiting.", hint="try again in some seconds")
        self._waiting += 1
        try:
            await self._writing.acquire()
        finally:
            self._waiting -= 1
        try:
            may()
        except BaseException:
            self._writing.release()
            raise
        return await asyncio.shield(
            self._last(self._written(change, seconds, memory_mebibytes, done))
        )

    async def _written(
        self,
        change: Change,
        seconds: float,
        memory_mebibytes: int,
        done: Callable[[Written], object],
    ) -> Written:
        try:
            before = self.now
            after, written = await before.succeed(
                change, seconds=seconds, memory_mebibytes=memory_mebibytes
            )
            self.now = after
            self._past.append(before)
            done(written)
            self._retire(before)
            return written
        finally:
            self._writing.release()

    def _last(self, work: Coroutine[Any, Any, Result]) -> "asyncio.Task[Result]":
        """Work that is done to its end even when who waits for it leaves and is cancelled.

        Otherwise a worker would be forked that nobody knows of, or one live on that should not.
        """
        task = asyncio.ensure_future(work)
        self._lasting.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._lasting.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that nobody is warned where nobody waits any more

    def close(self) -> None:
        """End the nurseries and with them every worker, the oldest first."""
        for generation in (*self._past, self.now):
            generation.close()
        self._past.clear()


async def _frame(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    kind, size = struct.unpack("!cI", await reader.readexactly(5))
    return kind, await reader.readexactly(size)


def _send(writer: asyncio.StreamWriter, question: Question) -> None:
    # dataclasses.asdict copies every value, which takes longer than the rest of this.
    payload = json.dumps({name: getattr(question, name) for name in _FIELDS}).encode()
    writer.write(struct.pack("!I", len(payload)) + payload)
