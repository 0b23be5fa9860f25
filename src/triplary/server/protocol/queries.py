"""Queries answered by killable workers, within the limits of the settings.

An answer that is cut at `answer_rows` says so: in a header where it is short, inside the text where
the format can carry a word of it, and by an incomplete response where it can't (CSV, TSV, JSON-LD),
so that no client takes the part for the whole.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import Send

from triplary.errors import QueryError, QueryTimeout, TriplaryError
from triplary.server.caching import Version, etag_of, not_modified, stamp, validators, varies
from triplary.server.protocol.negotiation import with_charset
from triplary.server.settings import Settings
from triplary.store.nursery import Question
from triplary.store.worker import Answer, Workers

__all__ = ["Exchange", "answer", "disconnected"]

_CANNOT_TELL: Final = frozenset(("csv", "tsv", "jsonld"))
_log = logging.getLogger("triplary")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question on its way to its answer: of which request and version, and in which format.

    `question` holds the query (or the graph that is read), the format and the dataset; an answer
    that is not `fixed` hangs on more than the version of the graph.
    """

    request: Request
    question: Question
    media_type: str
    version: Version
    settings: Settings
    fixed: bool = True

    @property
    def etag(self) -> str:
        """The ETag of the answer; '' where it may be another one next time."""
        if not self.fixed or varies(self.question.query):
            return ""
        q = self.question
        return etag_of(
            self.version, stamp(self.settings), q.query, q.dump, q.default_graphs, q.named_graphs,
            q.base, self.media_type,
        )  # fmt: skip


async def answer(exchange: Exchange, workers: Workers, send: Send) -> None:
    """Answer a question: 304 without asking a worker, else what a worker says, chunk by chunk."""
    request, settings = exchange.request, exchange.settings
    etag = exchange.etag
    known = not_modified(request.method, request.headers, exchange.version, etag)
    if known is not None:
        await known(request.scope, request.receive, send)
        return
    asking = asyncio.ensure_future(
        workers.ask(exchange.question, seconds=settings.query_seconds)
    )  # fmt: skip
    gone = asyncio.ensure_future(disconnected(request))
    try:
        await asyncio.wait((asking, gone), return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise ClientDisconnect
        found = asking.result()
        try:
            async with asyncio.timeout(settings.answer_seconds):
                await _send(found, exchange, etag, send, gone)
        except TimeoutError:
            _log.warning("an answer was not fetched within answer_seconds")
        finally:
            await found.close()
    finally:
        for task in (asking, gone):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, TriplaryError):
                await task


async def disconnected(request: Request) -> None:
    """Return once the client has gone."""
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return


async def _send(
    found: Answer, exchange: Exchange, etag: str, send: Send, gone: "asyncio.Future[None]"
) -> None:
    """Send an answer in chunks; stop where the client has gone or the format can't tell a cut."""
    headers = _headers(found, exchange, etag)
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    told, format = found.rows is not None, exchange.question.format
    try:
        async for chunk in found:
            if gone.done():
                return
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except (QueryTimeout, QueryError) as error:
        _log.warning("an answer broke off: %s", error.message)
        return
    if found.cut and not told and format in _CANNOT_TELL:
        _log.warning("an answer in %s was cut at %s rows and left incomplete", format, found.rows)
        return
    await send({"type": "http.response.body", "body": b""})


def _headers(found: Answer, exchange: Exchange, etag: str) -> Any:
    headers = {
        "content-type": with_charset(exchange.media_type),
        "vary": "Accept",
        **validators(exchange.version, etag),
    }
    if found.rows is not None:
        headers["triplary-rows"] = str(found.rows)
        headers["triplary-cut"] = "true" if found.cut else "false"
    return Headers(headers).raw
