"""The ASGI application at /store: SPARQL 1.1 Graph Store HTTP Protocol.

https://www.w3.org/TR/sparql11-http-rdf-update/. A graph is named indirectly (`/store?graph=IRI`,
`/store?default`: the statements of no named graph) or directly (`/store/anything` is the graph of
that very address). `/store` alone stands for all graphs together; a POST of triples to it makes a
new graph.
"""

import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from triplary.errors import BadParameter, TriplaryError
from triplary.server.problems import problem
from triplary.server.protocol.multipart import parts_of
from triplary.server.protocol.negotiation import DATASET_TYPES, GRAPH_TYPES, chosen
from triplary.server.protocol.queries import Exchange, answer
from triplary.server.protocol.requests import Refused, address, body_of, content_type
from triplary.server.protocol.updates import Writing, wanted_version
from triplary.server.protocol.versions import Versions
from triplary.server.settings import Settings
from triplary.store.formats import FORMATS, format_of
from triplary.store.nursery import Question
from triplary.store.worker import Workers
from triplary.store.writing import Change, Document
from triplary.terms import IRI

__all__ = ["GraphStore"]

METHODS: Final = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
PATH: Final = "/store"
_TYPES: Final = {
    **{format.media_type: name for name, format in FORMATS.items()},
    "application/x-turtle": "turtle",
    "text/plain": "ntriples",
    "application/xml": "rdfxml",
    "application/json": "jsonld",
}
_MULTIPART: Final = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Target:
    """What a request is about: an IRI, '' for the default graph, None for all graphs."""

    graph: str | None

    @property
    def dump(self) -> str:
        """The same as a question names it."""
        return "*" if self.graph is None else self.graph

    def __str__(self) -> str:
        """The graph in words."""
        if self.graph is None:
            return "the graphs"
        return f"the graph <{self.graph}>" if self.graph else "the default graph"


class GraphStore:
    """The ASGI application behind /store."""

    def __init__(
        self, workers: Workers, settings: Settings, versions: Versions, writing: Writing
    ) -> None:
        """Read from the workers, write through `writing`."""
        self.workers, self.settings = workers, settings
        self.versions, self.writing = versions, writing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
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
        methods = METHODS if self.writing.on else ("GET", "HEAD", "OPTIONS")
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(methods)})
        if request.method not in METHODS:
            raise Refused(
                405, f"{request.method} {request.url.path}: Method Not Allowed.",
                f"it takes {', '.join(methods)}", {"Allow": ", ".join(methods)},
            )  # fmt: skip
        target = self._target(request)
        if request.method == "GET":
            await self._read(request, target, send)
            return None
        self.writing.check(request)
        if request.method == "DELETE":
            return await self._deleted(request, target)
        return await self._written(request, target)

    def _target(self, request: Request) -> Target:
        """Graph identification, §4: direct by the path, indirect by `graph` or `default`."""
        parameters = request.query_params
        if request.url.path.rstrip("/") != PATH:
            if "graph" in parameters or "default" in parameters:
                raise BadParameter(
                    "graph", request.url.path, "the path names a graph itself",
                    hint=f"ask {PATH}?graph=…",
                )  # fmt: skip
            return Target(_absolute(address(request)))
        graphs = parameters.getlist("graph")
        if len(graphs) + ("default" in parameters) > 1:
            raise BadParameter(
                "graph", ", ".join([*graphs, "default"]), "exactly one graph is meant"
            )
        if graphs:
            return Target(_absolute(graphs[0]))
        return Target("" if "default" in parameters else None)

    async def _read(self, request: Request, target: Target, send: Send) -> None:
        if target.graph and target.graph not in await self.versions.graphs():
            raise _absent(target)
        types = DATASET_TYPES if target.graph is None else GRAPH_TYPES
        media_type = chosen(request, types, str(target))
        question = Question(
            "", types[media_type], 0, exact=self.settings.default_graph == "exact",
            dump=target.dump,
        )  # fmt: skip
        exchange = Exchange(request, question, media_type, self.versions.today, self.settings)
        await answer(exchange, self.workers, send)

    async def _deleted(self, request: Request, target: Target) -> Response:
        """DELETE, §5.4: 204, or 404 where there is no such graph."""
        if target.graph and target.graph not in await self.versions.graphs():
            raise _absent(target)
        written = await self.writing.write(
            Change("delete", graph=target.graph), only=wanted_version(request)
        )
        return Response(status_code=204, headers={"Triplary-Version": written.version})

    async def _written(self, request: Request, target: Target) -> Response:
        """PUT, §5.3, and POST, §5.5: 201 for a graph that is new, 204 for one that was there."""
        documents = await self._documents(request)
        location = ""
        flat = any(not FORMATS[document.format].named_graphs for document in documents)
        if target.graph is None and request.method == "POST" and (flat or not documents):
            location = f"{address(request).rstrip('/')}/{secrets.token_hex(8)}"
            target = Target(location)
        base = target.graph or address(request)
        change = Change(
            request.method.lower(), graph=target.graph, documents=documents, base=base
        )  # fmt: skip
        only = await self._meant(request, target)
        written = await self.writing.write(change, only=only)
        headers = {"Triplary-Version": written.version}
        if not written.created:
            return Response(status_code=204, headers=headers)
        where = location or f"{PATH}?graph={quote(target.graph or '', safe='')}"
        return Response(status_code=201, headers={**headers, "Location": where})

    async def _meant(self, request: Request, target: Target) -> str:
        """The version that may be written to, '' for any; If-None-Match: * wants a new graph."""
        if request.headers.get("if-none-match", "").strip() != "*":
            return wanted_version(request)
        version = self.versions.today.id
        if not target.graph or target.graph in await self.versions.graphs():
            raise Refused(412, f"There is {target} already.", "leave out If-None-Match to replace")
        return wanted_version(request) or version

    async def _documents(self, request: Request) -> tuple[Document, ...]:
        kind, boundary = content_type(request)
        body = await body_of(request, most=self.settings.write_mebibytes * 2**20)
        if kind == _MULTIPART:
            return tuple(
                Document(part.data, _format(part.media_type, part.name), part.name)
                for part in parts_of(body, boundary)
            )
        return (Document(body, _format(kind, ""), "the body"),)


def _format(media_type: str, name: str) -> str:
    """The format of a document, by its media type or, without one, by the suffix of its name."""
    if media_type in _TYPES:
        return _TYPES[media_type]
    if not media_type and name:
        try:
            return format_of(name).name
        except BadParameter:
            pass
    known = [format.media_type for format in FORMATS.values()]
    raise Refused(
        415, f"{media_type or 'A body without content type'} is no format of RDF that is read.",
        f"formats are {', '.join(known)}; several at once come as {_MULTIPART}",
        {"Accept": ", ".join(known), "Accept-Post": ", ".join([*known, _MULTIPART])},
    )  # fmt: skip


def _absolute(iri: str) -> str:
    """The IRI of a graph; a relative one is refused (§4.2)."""
    try:
        return IRI(iri).value
    except ValueError as fault:
        raise BadParameter("graph", iri, str(fault), hint="name a graph by its IRI") from fault


def _absent(target: Target) -> Refused:
    return Refused(
        404, f"There is no graph <{target.graph}>.",
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists the graphs",
    )  # fmt: skip
