"""Answers by version of the graph: ETag, Last-Modified and 304, before any work is done.

What is answered depends on the graph's version, on the request and on how the server was started:
so the tag of an answer is known before the answer is (RFC 9110 §8.8 and §13).
"""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from email.utils import formatdate, parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import triplary
from triplary.store.tokens import tokens_of

__all__ = [
    "Cached",
    "Version",
    "etag_of",
    "not_modified",
    "stamp",
    "validators",
    "varies",
    "version_of",
]

VERSIONED: Final = ("/api/", "/entity/", "/data/", "/.well-known/void", "/sitemap")
"""The paths whose answers are the same as long as the graph and the request are."""

_LOOKED_AT: Final = ("accept", "accept-language", "host")
_BY_CHANCE: Final = frozenset(("NOW", "RAND", "UUID", "STRUUID", "SERVICE"))
_MAY_VARY: Final = re.compile("|".join(sorted(_BY_CHANCE)), re.IGNORECASE)
_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the graph: its id, and when it was made, in seconds since 1970.

    `first` is the version a server starts with; the later ones came while it ran.
    """

    id: str
    made: float
    first: bool = True

    def modified(self, now: float) -> int | None:
        """Last-Modified in whole seconds; None in the second in which a later version was made.

        In that second two versions could share a date, and who has the older one would keep it.

        >>> Version("a", 10.5).modified(10.6)
        10
        >>> later = Version("b", 10.5, first=False)
        >>> later.modified(10.6), later.modified(11.0)
        (None, 11)
        """
        if self.first:
            return int(self.made)
        return int(self.made) + 1 if now >= int(self.made) + 1 else None


def version_of(app: Any) -> Version:
    """The version that an application answers from."""
    version: Version = app.state.version
    return version


def etag_of(version: Version, *parts: object) -> str:
    """The strong ETag of the answer to what `parts` say, from a version of the graph.

    >>> etag_of(Version("a", 0), "ASK {}", "json") == etag_of(Version("a", 9), "ASK {}", "json")
    True
    """
    said = "\x1f".join([version.id, *map(str, parts)])
    return f'"{hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:20]}"'


def varies(query: str) -> bool:
    """Whether a query may be answered otherwise each time: by the clock, chance or another server.

    >>> varies("SELECT (NOW() AS ?t) {}"), varies("SELECT * { ?s ?p 'now' }")
    (True, False)
    """
    return _MAY_VARY.search(query) is not None and any(
        token.kind == "word" and token.text.upper() in _BY_CHANCE for token in tokens_of(query)
    )


def validators(version: Version, etag: str = "") -> dict[str, str]:
    """The headers that let a client ask again: ETag, Last-Modified, and which version it was."""
    told = {"triplary-version": version.id, "cache-control": "no-cache"}
    if etag:
        told["etag"] = etag
        if (modified := version.modified(time.time())) is not None:
            told["last-modified"] = formatdate(modified, usegmt=True)
    return told


def not_modified(
    method: str, headers: Mapping[str, str], version: Version, etag: str, *, vary: str = "Accept"
) -> Response | None:
    """The 304 for a client that has this answer already; None for any other.

    If-None-Match outranks If-Modified-Since (RFC 9110 §13.2.2); both are for GET and HEAD.
    """
    if method not in ("GET", "HEAD") or not etag or not _has(headers, version, etag):
        return None
    vary = f"{vary}, Accept-Encoding"
    return Response(status_code=304, headers={**validators(version, etag), "vary": vary})


def _has(headers: Mapping[str, str], version: Version, etag: str) -> bool:
    held = headers.get("if-none-match")
    if held is not None:
        tags = [given.strip().removeprefix("W/") for given in held.split(",")]
        return "*" in tags or etag in tags
    since = _date(headers.get("if-modified-since", ""))
    modified = version.modified(time.time())
    return since is not None and modified is not None and modified <= since


def _date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


@cache
def stamp(settings: Any) -> str:
    """What else an answer depends on: this program, its pages, and how it was started."""
    digest = hashlib.sha256(f"{triplary.__version__} {asdict(settings)}".encode())
    for folder in ("templates", "locale", "static"):
        for file in sorted((_HERE / folder).glob("**/*")):
            if file.is_file():
                told = file.stat()
                digest.update(f"{file.name} {told.st_size} {told.st_mtime_ns}".encode())
    return digest.hexdigest()[:20]


class Cached:
    """ASGI middleware: answers of the versioned paths carry validators, and 304 is told at once."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 304 where the client has it all; else pass on, and note what it will get."""
        if scope["type"] != "http" or not scope["path"].startswith(VERSIONED):
            await self.app(scope, receive, send)
            return
        version, headers = version_of(scope["app"]), Headers(scope=scope)
        etag = _tag_of(scope, headers, version)
        vary = "Accept, Accept-Language"
        known = not_modified(scope["method"], headers, version, etag, vary=vary)
        if known is not None:
            await known(scope, receive, send)
            return

        async def send_with_validators(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                sure = message["status"] == 200 and "etag" not in told
                for name, value in validators(version, etag if sure else "").items():
                    if name != "cache-control" or message["status"] == 200:
                        told.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_validators)


def _tag_of(scope: Scope, headers: Headers, version: Version) -> str:
    """The tag of the answer to a request; '' where the answer may be another one next time."""
    if scope["method"] not in ("GET", "HEAD"):
        return ""
    asked = scope["query_string"].decode("latin-1")
    if "query=" in asked and any(map(varies, parse_qs(asked).get("query", ()))):
        return ""
    looked_at = (headers.get(name, "") for name in _LOOKED_AT)
    settings = scope["app"].state.settings
    told = (stamp(settings), scope["scheme"], scope["path"], asked, *looked_at)
    return etag_of(version, *told)
