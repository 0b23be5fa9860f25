"""Compressed answers: gzip or zstd, by Accept-Encoding, streams flushed chunk by chunk.

The encoders and their streaming are starlette-compress's; here is what it leaves open: which
encoding the client ranks highest (RFC 9110 §12.5.3), and that an ETag of the same answer in other
bytes is a weak one (§8.8.1).
"""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from triplary.store.formats import FORMATS

__all__ = ["Compression", "encoding"]

ENCODINGS: Final = ("zstd", "gzip")
"""What is offered, the best first."""

SMALLEST: Final = 500
"""Bytes of an answer that is worth it; a stream's length is not known before its end."""

_STREAMED: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    *(format.media_type for format in FORMATS.values()),
)
_WHOLE: Final = ("application/problem+json", "application/schema+json", "application/openapi+json")
_UNNAMED: Final = 0.0005
"""The rank of sending as it is, where a client does not name it: below all it does name."""


def encoding(accept: str) -> str:
    """The content coding that Accept-Encoding ranks highest; '' for none at all.

    >>> encoding("gzip, zstd"), encoding("zstd;q=0.5, gzip"), encoding("identity, gzip;q=0.5")
    ('zstd', 'gzip', '')
    >>> encoding(""), encoding("*;q=0"), encoding("br, *;q=0.1")
    ('', '', 'zstd')
    """
    ranks: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            ranks[name] = _quality(parameters)
    offered = [(ranks.get(name, ranks.get("*", 0.0)), name) for name in ENCODINGS]
    plain = ranks.get("identity", _UNNAMED)
    quality, name = max(offered, key=lambda pair: pair[0])
    return name if quality > 0 and quality >= plain else ""


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


class Compression:
    """ASGI middleware: compresses what is text, and weakens the ETag of what it compressed."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        for media_type in _STREAMED:
            add_compress_type(media_type, streaming=True)
        for media_type in _WHOLE:
            add_compress_type(media_type)
        self._inner = CompressMiddleware(
            app, minimum_size=SMALLEST, zstd_level=3, gzip_level=4, brotli=False
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave the inner middleware the one encoding to use, and mend the tag on the way back."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        headers = Headers(scope=scope)
        chosen = encoding(",".join(headers.getlist("accept-encoding")))
        kept = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        if chosen:
            kept.append((b"accept-encoding", chosen.encode("ascii")))

        async def send_weakened(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                etag = told.get("etag", "")
                if etag.startswith('"') and "content-encoding" in told:
                    told["etag"] = f"W/{etag}"
            await send(message)

        await self._inner({**scope, "headers": kept}, receive, send_weakened)
