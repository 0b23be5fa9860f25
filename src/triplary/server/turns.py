"""Turns: work that costs the server's own process much is done by few at a time.

Who would have to wait behind too many is told so at once, and takes up no thread meanwhile.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool

from triplary.errors import Busy

__all__ = ["Turns"]

Result = TypeVar("Result")

LONG: Final = 20_000
"""Characters of a text that is not looked at while all others wait."""


class Turns:
    """Places for `at_once` to work; `waiting` more may wait for one."""

    def __init__(self, at_once: int, *, waiting: int, busy: str) -> None:
        """Remember how many; `busy` is what the rest are told."""
        self.waiting, self._busy = waiting, busy
        self._queued = 0
        self._places = asyncio.Semaphore(at_once)

    @contextlib.asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """A place, for as long as the block runs; raises Busy where too many wait for one."""
        if self._places.locked() and self._queued >= self.waiting:
            raise Busy(self._busy, hint="try again in some seconds")
        self._queued += 1
        try:
            await self._places.acquire()
        finally:
            self._queued -= 1
        try:
            yield
        finally:
            self._places.release()

    async def looked_at(self, text: str, look: Callable[[], Result]) -> Result:
        """What `look` finds in a text: in a short one at once, in a long one in its turn."""
        if len(text) <= LONG:
            return look()
        async with self.taken():
            return await run_in_threadpool(look)
