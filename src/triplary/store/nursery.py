"""The far side of the pool: the nursery that forks workers, in a process of its own.

Nothing here runs in the server's process.

A write makes a new version: the nursery forks a *successor*, which does the write on memory of its
own, tells what became of it, and is the nursery of the new version from then on. One that fails or
is killed leaves everything as it was.
"""

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from triplary.errors import ParseError, QueryError, QueryFailed
from triplary.store.answering import CHUNK, Question, answer, post
from triplary.store.confinement import bound_memory
from triplary.store.layout import Layout, layout_of
from triplary.store.writing import apply, compact, read_change

__all__ = ["CHUNK", "Held", "Question", "nurse"]

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


@dataclass(frozen=True, slots=True)
class Held:
    """What a nursery holds: a store in memory and its layout, or the folder of one on disk.

    `writes` counts those since the store was last made anew.
    """

    store: ox.Store | Path
    layout: Layout
    memory_mebibytes: int
    writes: int = 0


def nurse(control: socket.socket, held: Held) -> NoReturn:
    """Fork and kill as told, until the server hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    children: set[int] = set()
    with contextlib.suppress(OSError):
        while data := control.recv(256):
            words = json.loads(data)
            if "fork" in words or "succeed" in words:
                ours, theirs = socket.socketpair()
                pid = os.fork()
                if pid == 0:
                    control.close()
                    ours.close()
                    if "fork" in words:
                        _work(theirs, held)
                    _succeed(theirs, held, words["succeed"])
                children.add(pid)
                theirs.close()
                socket.send_fds(control, [json.dumps({"pid": pid}).encode()], [ours.fileno()])
                ours.close()
            elif "free" in words:
                # A successor that lives on by itself.
                children.discard(words["free"])
                control.sendall(b'{"pid": 0}')
            else:
                _kill(words["kill"], children)
                control.sendall(b'{"pid": 0}')
    for pid in tuple(children):
        _kill(pid, children)
    os._exit(0)


def _succeed(door: socket.socket, held: Held, memory_mebibytes: int) -> NoReturn:
    """Do one write, and then nurse what came of it, or end where nothing did."""
    try:
        change = read_change(door)
        if not isinstance(held.store, ox.Store):
            raise QueryFailed("A store on disk is not written to while it is served.")
        bound_memory(memory_mebibytes)
        told = apply(held.store, change, held.layout)
        writes = held.writes + 1
        store = compact(held.store, writes, union=held.layout is layout_of())
        if store is not held.store:
            writes = 0
        bound_memory(None)
        post(door, b"T", json.dumps(told).encode())
    except (QueryError, ParseError) as error:
        reason = error.reason if isinstance(error, ParseError) else error.message
        post(
            door, b"E", json.dumps({
                "parse": error.path if isinstance(error, ParseError) else None, "message": reason,
                "line": error.line, "column": error.column, "hint": error.hint,
                "failed": isinstance(error, QueryFailed),
            }).encode()
        )  # fmt: skip
        os._exit(0)
    except BaseException:
        os._exit(1)
    nurse(door, Held(store, held.layout, held.memory_mebibytes, writes))


def _kill(pid: int, children: set[int]) -> None:
    """Kill a child of ours and see it gone; only those in `children`, so no stranger is hit."""
    if pid in children:
        children.discard(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _work(door: socket.socket, held: Held) -> NoReturn:
    """Answer questions one after the other until the server hangs up."""
    code, place = 1, held.store
    try:
        opened = ox.Store.read_only(str(place)) if isinstance(place, Path) else place
        _confine(held.memory_mebibytes, on_disk=isinstance(place, Path))
        with door.makefile("rb") as questions:
            while size := questions.read(4):
                told = json.loads(questions.read(struct.unpack("!I", size)[0]))
                answer(door, opened, held.layout, Question(**told))
        code = 0
    except (BrokenPipeError, ConnectionResetError):
        code = 0
    finally:
        os._exit(code)


def _confine(memory_mebibytes: int, *, on_disk: bool) -> None:
    """Take boundless memory, files and sockets away from this process, for good."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)
    bound_memory(memory_mebibytes, for_good=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not on_disk:
        # An in-memory store opens nothing more, so a socket is refused with EMFILE.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
