"""The door: what is refused before any part of the server looks at it.

A Host that is the name of no host, which would stand in addresses that are answered; and a body
that is longer than any question can be. `/sparql` and `/store` bound their bodies themselves.
"""

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from triplary.server.problems import plain_problem

__all__ = ["Door"]

_HOST: Final = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::[0-9]*)?|", re.ASCII)
_OWN_BOUND: Final = ("/sparql", "/store")
_ROOM: Final = 64 * 1024
_ESCAPED: Final = 6
"""Bytes of a character that JSON writes as an escape."""


class Door:
    """ASGI middleware: bodies hold at most a question of so many characters, as JSON."""

    def __init__(self, app: ASGIApp, *, query_characters: int) -> None:
        """Wrap the application."""
        self.app, self.most = app, _ESCAPED * query_characters + _ROOM

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on what is read no further than it may be long."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not all(map(_HOST.fullmatch, headers.getlist("host"))):
            refused = plain_problem(400, "The Host of the request is the name of no host.")
            await refused(scope, receive, send)
            return
        if scope["path"].startswith(_OWN_BOUND):
            await self.app(scope, receive, send)
            return
        size = 0

        async def receive_bounded() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.most:
                raise HTTPException(413, f"the request is longer than {self.most:,} bytes")
            return message

        await self.app(scope, receive_bounded, send)
