"""The SPARQL endpoint at /sparql: SPARQL 1.1 Protocol for queries, answered by killable workers.

https://www.w3.org/TR/sparql11-protocol/#query-operation. An answer that is cut at `answer_rows`
says so: in a header where it is short, inside the text where the format can carry a word of it,
and by an incomplete response where it can't (CSV, TSV, JSON-LD), so that no client takes the part
for the whole.
"""

import asyncio
import contextlib
import logging
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from triplary.errors import BadParameter, ForbiddenQuery, QueryError, QueryTimeout, TriplaryError
from triplary.kg import KnowledgeGraph
from triplary.server.description import describe_service
from triplary.server.negotiation import best
from triplary.server.pages import workbench_page
from triplary.server.problems import plain_problem, problem
from triplary.server.settings import Settings
from triplary.store.formats import FORMATS
from triplary.store.guard import GuestQuery, check
from triplary.store.nursery import Question
from triplary.store.worker import Answer, Workers

__all__ = ["Endpoint", "disconnected"]

RESULT_TYPES: Final = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES: Final = {
    **{format.media_type: name for name, format in FORMATS.items()},
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/plain": "ntriples",
}
_CANNOT_TELL: Final = frozenset(("csv", "tsv", "jsonld"))
_DIRECT: Final = "application/sparql-query"
_FORM: Final = "application/x-www-form-urlencoded"
_log = logging.getLogger("triplary")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it came in: its text, and the graphs that the request names."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


class Endpoint:
    """The ASGI application behind /sparql."""

    def __init__(self, kg: KnowledgeGraph, workers: Workers, settings: Settings) -> None:
        """Answer from the workers, within the settings' limits."""
        self.kg, self.workers, self.settings = kg, workers, settings
        self._graphs: frozenset[str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a client that goes away takes its query with it."""
        request = Request(scope, receive)
        try:
            asked = await self._asked(request)
            if _for_a_reader(request):
                await workbench_page(request)(scope, receive, send)
                return
            if asked is None:
                response = await run_in_threadpool(
                    describe_service, self.kg, request, self.settings
                )
                await response(scope, receive, send)
                return
            await self._answer(request, asked, send)
        except _Refused as refused:
            await refused.response(scope, receive, send)
        except TriplaryError as error:
            await problem(error)(scope, receive, send)
        except ClientDisconnect:
            return

    async def _asked(self, request: Request) -> Asked | None:
        """The query of a request by GET, form POST or direct POST (§2.1.1-3); None for none."""
        if request.method in ("GET", "HEAD"):
            return _from_form(request.query_params, graphs=request.query_params)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in (_DIRECT, _FORM):
            raise _Refused(
                415, f"A POST of {kind or 'no content type'} is not read.",
                f"send {_FORM} or {_DIRECT}",
            )  # fmt: skip
        body = await self._body(request)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as fault:
            raise QueryError(f"The request is not UTF-8: byte {fault.start}.") from fault
        if kind == _DIRECT:
            return _direct(text, request.query_params)
        form = QueryParams(text)
        return _from_form(form, graphs=form)

    async def _body(self, request: Request) -> bytes:
        """The request's body, at most as long as a query may be when percent-encoded."""
        most = 3 * 4 * self.settings.query_characters
        parts, size = [], 0
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise ForbiddenQuery(
                    "length", f"The request is longer than {most:,} bytes.",
                    hint=f"a query may have {self.settings.query_characters:,} characters",
                )  # fmt: skip
            parts.append(part)
        return b"".join(parts)

    async def _answer(self, request: Request, asked: Asked, send: Send) -> None:
        graphs = await self._known_graphs()
        guest = check(
            asked.query,
            graphs=graphs,
            characters_most=self.settings.query_characters,
            depth_most=self.settings.query_depth,
        )
        _check_graphs(asked, graphs)
        types = RESULT_TYPES if guest.form in ("SELECT", "ASK") else GRAPH_TYPES
        media_type = best(request.headers.get("accept", ""), tuple(types))
        if media_type is None:
            raise _Refused(
                406, f"No format for the answer to {guest.form} is acceptable.",
                f"formats are {', '.join(types)}",
            )  # fmt: skip
        question = self._question(guest, asked, types[media_type])
        asking = asyncio.ensure_future(
            self.workers.ask(question, seconds=self.settings.query_seconds)
        )
        gone = asyncio.ensure_future(disconnected(request))
        try:
            await asyncio.wait((asking, gone), return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise ClientDisconnect
            answer = asking.result()
            try:
                async with asyncio.timeout(self.settings.answer_seconds):
                    await _send(answer, question.format, media_type, send, gone)
            except TimeoutError:
                _log.warning("an answer was not fetched within answer_seconds")
            finally:
                await answer.close()
        finally:
            for task in (asking, gone):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, TriplaryError):
                    await task

    def _question(self, guest: GuestQuery, asked: Asked, format: str) -> Question:
        chosen = bool(asked.default_graphs or asked.named_graphs)
        return Question(
            guest.text,
            format,
            self.settings.answer_rows,
            exact=self.settings.default_graph == "exact",
            default_graphs=asked.default_graphs if chosen else None,
            named_graphs=asked.named_graphs if chosen else None,
        )

    async def _known_graphs(self) -> frozenset[str]:
        if self._graphs is None:
            found = await run_in_threadpool(self.kg.store.graphs)
            self._graphs = frozenset(str(graph) for graph in found)
        return self._graphs


class _Refused(Exception):
    """A request that the protocol itself refuses, with its status."""

    def __init__(self, status: int, detail: str, hint: str) -> None:
        super().__init__(detail)
        self.response = plain_problem(status, detail, hint)


def _for_a_reader(request: Request) -> bool:
    """Whether a browser asks for the page, not a program for an answer."""
    offered = ("application/sparql-results+json", "text/turtle", "text/html")
    return (
        request.method == "GET" and best(request.headers.get("accept", ""), offered) == offered[2]
    )


def _from_form(form: QueryParams, *, graphs: QueryParams) -> Asked | None:
    queries = form.getlist("query")
    if "update" in form:
        raise ForbiddenQuery("update", "This endpoint only reads.", hint="send query= instead")
    if not queries:
        return None
    return _one(queries, graphs)


def _direct(text: str, graphs: QueryParams) -> Asked:
    return _one([text], graphs)


def _one(queries: list[str], graphs: QueryParams) -> Asked:
    if len(queries) > 1:
        raise BadParameter("query", f"{len(queries)} values", "exactly one query is answered")
    return Asked(
        queries[0],
        tuple(graphs.getlist("default-graph-uri")),
        tuple(graphs.getlist("named-graph-uri")),
    )


def _check_graphs(asked: Asked, known: Collection[str]) -> None:
    for name, graphs in (
        ("default-graph-uri", asked.default_graphs),
        ("named-graph-uri", asked.named_graphs),
    ):
        for graph in graphs:
            if graph not in known:
                raise BadParameter(
                    name, graph, "it is no graph of this store",
                    hint="SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists the graphs",
                )  # fmt: skip


async def disconnected(request: Request) -> None:
    """Return once the client has gone."""
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return


async def _send(
    answer: Answer, format: str, media_type: str, send: Send, gone: "asyncio.Future[None]"
) -> None:
    """Send an answer in chunks; stop where the client has gone or the format can't tell a cut."""
    await send(
        {"type": "http.response.start", "status": 200, "headers": _headers(answer, media_type)}
    )
    told = answer.rows is not None
    try:
        async for chunk in answer:
            if gone.done():
                return
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except (QueryTimeout, QueryError) as error:
        _log.warning("an answer broke off: %s", error.message)
        return
    if answer.cut and not told and format in _CANNOT_TELL:
        _log.warning("an answer in %s was cut at %s rows and left incomplete", format, answer.rows)
        return
    await send({"type": "http.response.body", "body": b""})


def _headers(answer: Answer, media_type: str) -> Any:
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    headers = {
        "content-type": f"{media_type}{charset}",
        "vary": "Accept",
        "cache-control": "no-cache",
    }
    if answer.rows is not None:
        headers["triplary-rows"] = str(answer.rows)
        headers["triplary-cut"] = "true" if answer.cut else "false"
    return Headers(headers).raw
