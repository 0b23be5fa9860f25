"""Pools of workers for tests: forked, asked and ended within one call."""

import asyncio
import faulthandler
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from triplary.store.nursery import Question
from triplary.store.oxigraph import OxigraphStore
from triplary.store.worker import Workers

Result = TypeVar("Result")


def forked(store: OxigraphStore | Path, **limits: Any) -> Workers:
    """Workers over a store. A test's process may have threads, which a server's has not yet."""
    wanted = {"count": 2, "memory_mebibytes": 512, "queue": 8, **limits}
    # A crash that a test provokes in a worker is no crash of the test: it is not traced.
    traced = faulthandler.is_enabled()
    faulthandler.disable()
    with warnings.catch_warnings():
        # Python 3.12 and later warn of a fork in a process with threads.
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        workers = Workers(store, **wanted)
    if traced:
        faulthandler.enable(file=2)
    return workers


def run(
    scenario: Callable[[Workers], Awaitable[Result]], store: OxigraphStore | Path, **limits: Any
) -> Result:
    """What the scenario gives back, played with a pool that is closed at its end."""
    workers = forked(store, **limits)

    async def play() -> Result:
        try:
            async with asyncio.timeout(60):
                return await scenario(workers)
        finally:
            workers.close()

    return asyncio.run(play())


async def text(
    workers: Workers, query: str, format: str = "csv", *, seconds: float = 20, **more: Any
) -> str:
    """The whole answer to a query."""
    question = Question(query, format, more.pop("rows", 1_000_000), **more)
    answer = await workers.ask(question, seconds=seconds)
    try:
        return b"".join([chunk async for chunk in answer]).decode()
    finally:
        await answer.close()


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
