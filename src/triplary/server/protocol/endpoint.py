"""The ASGI application at /sparql: SPARQL 1.1 Protocol for queries and updates.

https://www.w3.org/TR/sparql11-protocol/
"""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from triplary.errors import BadParameter, TriplaryError
from triplary.server.caching import version_of
from triplary.server.pages import workbench_page
from triplary.server.problems import problem
from triplary.server.protocol.description import describe_service
from triplary.server.protocol.negotiation import (
    GRAPH_TYPES,
    RESULT_TYPES,
    chosen,
    for_a_reader,
)
from triplary.server.protocol.queries import Exchange, answer
from triplary.server.protocol.requests import Asked, Refused, address, asked_of
from triplary.server.protocol.updates import Writing
from triplary.server.protocol.versions import Versions
from triplary.server.settings import Settings
from triplary.server.turns import Turns
from triplary.store.federation import Federation
from triplary.store.guard import check
from triplary.store.nursery import Question
from triplary.store.worker import Workers

__all__ = ["Endpoint"]

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")


class Endpoint:
    """The ASGI application behind /sparql."""

    def __init__(
        self, workers: Workers, settings: Settings, versions: Versions, writing: Writing
    ) -> None:
        """Answer from the workers, within the settings' limits."""
        self.workers, self.settings = workers, settings
        self.versions, self.writing = versions, writing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a client that goes away takes its query with it."""
        request = Request(scope, receive)
        try:
            response = await self._answered(request, send)
        except Refused as refused:
            response = refused.response
        except TriplaryError as error:
            response = problem(error)
        except ClientDisconnect:
            return
        if response is not None:
            await response(scope, receive, send)

    async def _answered(self, request: Request, send: Send) -> ASGIApp | None:
        """What is to be sent; None where an answer was streamed already."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        if request.method not in METHODS:
            raise Refused(
                405, f"{request.method} {request.url.path}: Method Not Allowed.",
                "queries come by GET or POST, updates by POST", {"Allow": ", ".join(METHODS)},
            )  # fmt: skip
        asked = await asked_of(request, self.settings, self.writing.may)
        if asked is not None and asked.form == "update":
            return await self.writing.update(request, asked)
        if for_a_reader(request):
            return workbench_page(request)
        if asked is None:
            await self.versions.current()
            return await run_in_threadpool(
                describe_service, request, self.settings, writes=self.writing.on
            )
        await self._query(request, asked, send)
        return None

    async def _query(self, request: Request, asked: Asked, send: Send) -> None:
        exact = self.settings.default_graph == "exact"
        # As SPARQL has it, a graph that is not there is empty; a union of known ones knows better.
        graphs = None if exact else await self.versions.graphs()
        base = address(request)
        limits = {
            "characters_most": self.settings.query_characters,
            "depth_most": self.settings.query_depth,
        }
        federation: Federation = request.app.state.federation
        if len(asked.text) > self.settings.query_characters:
            # It is refused before anybody looks for SERVICE in it.
            check(asked.text, graphs=graphs, base=base, **limits)
        looking: Turns = request.app.state.looking
        guest, clauses = await looking.looked_at(
            asked.text,
            lambda: federation.planned(
                asked.text, lambda text: check(text, graphs=graphs, base=base, **limits)
            ),
        )
        _check_graphs(asked, graphs)
        types = RESULT_TYPES if guest.form in ("SELECT", "ASK") else GRAPH_TYPES
        media_type = chosen(request, types, f"the answer to {guest.form}")
        text = await federation.filled(asked.text, clauses) if clauses else guest.text
        question = Question(
            text,
            types[media_type],
            self.settings.answer_rows,
            exact=exact,
            default_graphs=asked.default_graphs if asked.names_graphs else None,
            named_graphs=asked.named_graphs if asked.names_graphs else None,
            base=base,
        )
        version = version_of(request.app)
        exchange = Exchange(
            request, question, media_type, version, self.settings, fixed=not clauses
        )
        await answer(exchange, self.workers, send)


def _check_graphs(asked: Asked, known: frozenset[str] | None) -> None:
    for name, graphs in (
        ("default-graph-uri", asked.default_graphs),
        ("named-graph-uri", asked.named_graphs),
    ):
        for graph in graphs:
            if known is not None and graph not in known:
                raise BadParameter(
                    name, graph, "it is no graph of this store",
                    hint="SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists the graphs",
                )  # fmt: skip
