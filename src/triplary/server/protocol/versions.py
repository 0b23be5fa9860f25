"""The versions that writes make, and the explorer's graph, which follows at the next visit.

A write happens beside the server's own process (`store.generation`). What the verbs stand on is
made anew when somebody asks for it: a loader who writes a hundred times pays for it once.
"""

import asyncio
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State
from starlette.types import ASGIApp, Receive, Scope, Send

from triplary.errors import TriplaryError
from triplary.kg import KnowledgeGraph
from triplary.server.caching import Version
from triplary.server.problems import problem
from triplary.server.settings import Settings
from triplary.store.nursery import Question
from triplary.store.oxigraph import restored
from triplary.store.worker import Workers
from triplary.store.writing import Written

__all__ = ["Follow", "Versions"]

NOT_OF_THE_GRAPH = ("/sparql", "/store", "/static/", "/-/")
"""Where the explorer's graph is not looked at, or only after a look here."""


class Versions:
    """What version is today's, which graphs it has, and the explorer's graph made of it."""

    def __init__(
        self,
        state: State,
        workers: Workers,
        settings: Settings,
        stand_on: Callable[[KnowledgeGraph], None],
    ) -> None:
        """Keep the application's state that of today's version; `stand_on` puts a graph there."""
        self._state, self._workers, self._settings = state, workers, settings
        self._stand_on = stand_on
        self._graphs: frozenset[str] | None = None
        self._renewing = asyncio.Lock()

    @property
    def today(self) -> Version:
        """The version that is asked now."""
        version: Version = self._state.version
        return version

    async def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs."""
        if self._graphs is None:
            found = await run_in_threadpool(self._state.kg.store.graphs)
            # A write may have come meanwhile: what it told is newer than what was looked up.
            if self._graphs is None:
                self._graphs = frozenset(str(graph) for graph in found)
        return self._graphs

    def wrote(self, written: Written) -> None:
        """From now on the version is that which a write has made."""
        self._state.version = Version(written.version, time.time(), first=False)
        self._graphs = written.graphs

    async def current(self) -> None:
        """See to it that the explorer's graph is that of today's version."""
        if self._state.kg.version == self.today.id:
            return
        async with self._renewing:
            version = self.today
            if self._state.kg.version == version.id:
                return
            exact = self._settings.default_graph == "exact"
            everything = Question("", "nquads", 0, exact=exact, dump="*")
            answer = await self._workers.ask(everything, seconds=self._settings.write_seconds)
            try:
                dump = b"".join([chunk async for chunk in answer])
            finally:
                await answer.close()
            self._stand_on(await run_in_threadpool(_indexed, dump, version.id, exact=exact))


def _indexed(dump: bytes, version: str, *, exact: bool) -> KnowledgeGraph:
    kg = KnowledgeGraph(restored(dump, version=version, exact=exact))
    len(kg.index)
    return kg


class Follow:
    """ASGI middleware: whoever looks at the graph finds it as the last write has left it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, once the graph is that of today's version."""
        if scope["type"] == "http" and not scope["path"].startswith(NOT_OF_THE_GRAPH):
            versions: Versions = scope["app"].state.versions
            try:
                await versions.current()
            except TriplaryError as error:
                await problem(error)(scope, receive, send)
                return
        await self.app(scope, receive, send)
