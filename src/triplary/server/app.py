"""The application: endpoint, API, pages and built files, behind one set of headers."""

import time
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import triplary
from triplary.kg import KnowledgeGraph
from triplary.server import (
    api,
    completion,
    data,
    graph,
    lessons,
    linked,
    pages,
    problems,
    research,
    short,
    sitemap,
    tables,
)
from triplary.server.caching import Cached, Version
from triplary.server.compression import Compression
from triplary.server.door import Door
from triplary.server.lessons import Lessons
from triplary.server.protocol import Endpoint, GraphStore
from triplary.server.protocol.updates import Writing, token_of
from triplary.server.protocol.versions import Follow, Versions
from triplary.server.questions import Start
from triplary.server.settings import Settings
from triplary.server.short import MEMORY, ShortViews
from triplary.server.turns import Turns
from triplary.store.federation import Federation
from triplary.store.reader import Reader
from triplary.store.worker import Workers

__all__ = ["create_app"]

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self';"
    " img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(
    kg: KnowledgeGraph, workers: Workers, settings: Settings, views: ShortViews | None = None
) -> FastAPI:
    """The ASGI application that serves a graph, its guests' queries run by the workers.

    Short views are kept in memory, where no other place is given.
    """
    writes = bool(settings.write_token_file)
    app = FastAPI(
        title="triplary",
        version=triplary.__version__,
        summary="A knowledge-graph explorer in which every edge says who says so.",
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(Headers),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", *(("PUT", "DELETE") if writes else ())],
                allow_headers=["*"],
                expose_headers=[
                    "Allow",
                    "ETag",
                    "Last-Modified",
                    "Link",
                    "Location",
                    "Triplary-Cut",
                    "Triplary-Rows",
                    "Triplary-Version",
                    "WWW-Authenticate",
                ],
            ),
            Middleware(Door, query_characters=settings.query_characters),
            Middleware(Compression),
            Middleware(Cached),
            Middleware(Follow),
        ],
    )
    app.state.workers, app.state.settings = workers, settings
    app.state.reader = Reader()
    app.state.looking = Turns(1, waiting=64, busy="Other long queries are being looked at.")
    app.state.reading = Turns(1, waiting=8, busy="Other queries are being read.")
    app.state.packing = Turns(1, waiting=4, busy="Other results are being packed.")

    def stand_on(kg: KnowledgeGraph) -> None:
        app.state.kg, app.state.start, app.state.lessons = kg, Start(kg), Lessons(kg)

    stand_on(kg)
    app.state.version = Version(kg.version, time.time())
    app.state.federation = Federation(
        settings.allow_service, seconds=settings.service_seconds, rows=settings.service_rows
    )
    app.state.views = views or ShortViews(None, most=settings.short_views)
    problems.install(app)
    versions = app.state.versions = Versions(app.state, workers, settings, stand_on)
    writing = Writing(workers, settings, versions, token_of(settings))
    app.router.routes.append(Route("/sparql", Endpoint(workers, settings, versions, writing)))
    graph_store = GraphStore(workers, settings, versions, writing)
    for path in ("/store", "/store/{graph:path}"):
        app.router.routes.append(Route(path, graph_store))
    for part in (api, graph, lessons, short, completion, research):
        app.include_router(part.router)
    for part in (pages, linked, data, sitemap, tables):
        app.include_router(part.router)
    linked.install(app)
    static = Path(str(files("triplary.server") / "static"))
    app.mount("/static", StaticFiles(directory=static, check_dir=False), name="static")
    app.add_api_route("/-/health", health, methods=["GET"], include_in_schema=False)
    app.add_api_route("/-/settings", told_settings, methods=["GET"], include_in_schema=False)
    return app


class Headers:
    """ASGI middleware: every answer carries the security headers, files stricter ones."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add what is missing to the headers of the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        if scope["method"] == "HEAD":
            # Every page answers HEAD as it answers GET; the server leaves the body out.
            scope = {**scope, "method": "GET"}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def health() -> dict[str, str]:
    """Whether the server answers."""
    return {"status": "ok"}


async def told_settings(request: Request) -> dict[str, Any]:
    """The settings this server was started with; where its folders lie is nobody's business."""
    settings: Settings = request.app.state.settings
    told = asdict(settings)
    if settings.views not in ("", MEMORY):
        told["views"] = "a folder"
    return told | {"write_token_file": "a file" if settings.write_token_file else ""}
