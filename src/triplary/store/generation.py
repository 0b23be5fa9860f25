"""One version of the graph as the server sees it: its nursery, and its workers that are idle."""

import asyncio
import contextlib
import ctypes
import json
import os
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any, Final

from triplary.errors import (
    ParseError,
    QueryCrashed,
    QueryError,
    QueryFailed,
    QueryTimeout,
    StoreError,
)
from triplary.store.nursery import CHUNK
from triplary.store.writing import Change, Written, frames_of

__all__ = ["Generation", "Worker"]

_PR_SET_CHILD_SUBREAPER: Final = 36
_GONE_SECONDS: Final = 5.0
"""So long is waited for a process that was told to end; it takes milliseconds."""


@dataclass(slots=True)
class Worker:
    """A worker as the server sees it: its process id, and the socket to it."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Generation:
    """The processes that answer from one version of the graph; `running` counts the questions."""

    def __init__(self, control: socket.socket, pid: int) -> None:
        """Talk to the nursery `pid` by a socket."""
        self.pid, self.idle, self.running, self.ended = pid, list[Worker](), 0, False
        self._control = control
        self._calls = asyncio.Lock()

    async def fork(self) -> None:
        """One more idle worker, unless there is one by now."""
        async with self._calls:
            if self.idle:
                return
            pid, descriptor = await asyncio.to_thread(self._call, {"fork": True})
            ours = socket.socket(fileno=descriptor)
            reader, writer = await asyncio.open_connection(sock=ours, limit=4 * CHUNK)
            self.idle.append(Worker(pid, reader, writer))

    async def kill(self, worker: Worker) -> None:
        """Return when the worker's process is gone."""
        worker.writer.close()
        async with self._calls:
            await asyncio.to_thread(self._call, {"kill": worker.pid})

    async def succeed(
        self, change: Change, *, seconds: float, memory_mebibytes: int
    ) -> tuple["Generation", Written]:
        """The next generation, in which a write is done, and what became of the write.

        Raises QueryError, ParseError, QueryTimeout or QueryCrashed, and then nothing has changed.
        """
        async with self._calls:
            pid, descriptor = await asyncio.to_thread(self._call, {"succeed": memory_mebibytes})
        control = socket.socket(fileno=descriptor)
        try:
            told = await asyncio.to_thread(_done, control, change, seconds, memory_mebibytes)
        except BaseException:
            control.close()
            async with self._calls:
                await asyncio.to_thread(self._call, {"kill": pid})
            raise
        async with self._calls:
            await asyncio.to_thread(_adopt_orphans)
            await asyncio.to_thread(self._call, {"free": pid})
        written = Written(
            frozenset(told["graphs"]), told.get("created", False), told.get("absent", False)
        )
        return Generation(control, pid), written

    def _call(self, words: dict[str, Any]) -> tuple[int, int]:
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

    def retire(self) -> None:
        """End the nursery, and with it every worker; nobody waits until all is gone."""
        self._hang_up()
        threading.Thread(target=self._wait, daemon=True).start()

    def close(self) -> None:
        """End the nursery, and with it every worker; return when it is gone."""
        self._hang_up()
        self._wait()

    def _hang_up(self) -> None:
        self.ended = True
        with contextlib.suppress(RuntimeError):
            for worker in self.idle:
                worker.writer.close()
        self.idle.clear()
        self._control.close()

    def _wait(self) -> None:
        end = time.monotonic() + _GONE_SECONDS
        while time.monotonic() < end:
            try:
                os.waitpid(self.pid, 0)
                return
            except ChildProcessError:
                # It is the child of a nursery that is still there, or of nobody any more.
                try:
                    os.kill(self.pid, 0)
                except ProcessLookupError:
                    return
            time.sleep(0.005)


def _done(
    control: socket.socket, change: Change, seconds: float, memory_mebibytes: int
) -> dict[str, Any]:
    """Send a change and wait for what became of it."""
    end = time.monotonic() + seconds
    try:
        control.settimeout(seconds)
        control.sendall(frames_of(change))
        kind, size = struct.unpack("!cI", _exactly(control, 5, end))
        told: dict[str, Any] = json.loads(_exactly(control, size, end))
    except TimeoutError:
        raise QueryTimeout(
            seconds, query=change.text, hint="write in parts, or raise write_seconds"
        ) from None
    except OSError:
        raise QueryCrashed(
            "The process that did the write died; nothing was written.", query=change.text,
            hint=f"it may need more than write_memory_mebibytes ({memory_mebibytes})",
        ) from None  # fmt: skip
    control.settimeout(None)
    if kind == b"T":
        return told
    if told["parse"] is not None:
        raise ParseError(
            told["parse"], told["line"], told["column"], told["message"], hint=told["hint"]
        )
    raise (QueryFailed if told["failed"] else QueryError)(
        told["message"], query=change.text, line=told["line"], column=told["column"],
        hint=told["hint"],
    )  # fmt: skip


def _exactly(control: socket.socket, size: int, end: float) -> bytes:
    parts = b""
    while len(parts) < size:
        control.settimeout(max(end - time.monotonic(), 0.001))
        more = control.recv(size - len(parts))
        if not more:
            raise ConnectionError
        parts += more
    return parts


def _adopt_orphans() -> None:
    """Become the parent of successors whose nursery has ended, so that they can be waited for."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
