"""Writing: who may, updates (SPARQL 1.1 Protocol §2.2), and the version that a write makes."""

import hashlib
import hmac
from dataclasses import replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from triplary.errors import BadParameter
from triplary.server.protocol.requests import Asked, Refused, address
from triplary.server.protocol.versions import Versions
from triplary.server.settings import Settings
from triplary.server.turns import Turns
from triplary.store.update_guard import check_update
from triplary.store.worker import Workers
from triplary.store.writing import Change, Written, frames_of

__all__ = ["Writing", "token_of", "wanted_version"]

REALM = 'Bearer realm="triplary"'


def token_of(settings: Settings) -> str:
    """The token of `write_token_file`: its first line; '' where writing is off.

    Raises BadParameter where the file cannot be read or has no token in it.
    """
    if not settings.write_token_file:
        return ""
    try:
        lines = Path(settings.write_token_file).expanduser().read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise BadParameter(
            "write_token_file", settings.write_token_file, f"it cannot be read: {fault}"
        ) from fault
    token = lines[0].strip() if lines else ""
    if not token:
        raise BadParameter(
            "write_token_file", settings.write_token_file, "its first line is empty",
            hint="write a long random text into it, and let only yourself read it",
        )  # fmt: skip
    return token


def wanted_version(request: Request) -> str:
    """The version that If-Match asks for; '' for any. It is that of `Triplary-Version`.

    Raises Refused (412) for what can be no version, so that nothing is written in error.
    """
    wanted = request.headers.get("if-match")
    if wanted is None or wanted.strip() == "*":
        return ""
    named = wanted.strip().removeprefix("W/").strip('"')
    if not named or "," in named:
        raise Refused(
            412, "If-Match names no version.", "it takes one, that of the header Triplary-Version"
        )
    return named


class Writing:
    """What writes to the graph, for those who have the token."""

    def __init__(
        self, workers: Workers, settings: Settings, versions: Versions, token: str
    ) -> None:
        """Write through the workers; without a token nobody may."""
        self._workers, self._settings, self._versions = workers, settings, versions
        self._token = token

    @property
    def on(self) -> bool:
        """Whether anybody may write."""
        return bool(self._token)

    def check(self, request: Request) -> None:
        """Raise Refused for who may not write: 403 where nobody may, 401 without the token."""
        if not self._token:
            raise Refused(
                403, "This server only reads.",
                "to write, start it with --write-token-file FILE",
            )  # fmt: skip
        given = request.headers.get("authorization", "")
        scheme, _, token = given.partition(" ")
        if scheme.lower() != "bearer":
            raise Refused(
                401, "Writing needs the server's token.", "send Authorization: Bearer TOKEN",
                {"WWW-Authenticate": REALM},
            )  # fmt: skip
        # In constant time: how long a wrong token takes says nothing of the right one.
        if not hmac.compare_digest(token.strip().encode(), self._token.encode()):
            raise Refused(
                401, "The token is not this server's.", "it is the first line of the token file",
                {"WWW-Authenticate": f'{REALM}, error="invalid_token"'},
            )  # fmt: skip

    def may(self, request: Request) -> bool:
        """Whether a request may write."""
        try:
            self.check(request)
        except Refused:
            return False
        return True

    async def update(self, request: Request, asked: Asked) -> Response:
        """Do an update; 204 with the version that it made."""
        self.check(request)
        only = wanted_version(request)
        looking: Turns = request.app.state.looking
        guest = await looking.looked_at(
            asked.text,
            lambda: check_update(
                asked.text,
                using=asked.default_graphs,
                using_named=asked.named_graphs,
                characters_most=self._settings.write_mebibytes * 2**20,
                depth_most=self._settings.query_depth,
            ),
        )
        change = Change("update", guest.text, guest.groups, base=address(request))
        written = await self.write(change, only=only)
        return Response(status_code=204, headers={"Triplary-Version": written.version})

    async def write(self, change: Change, *, only: str = "") -> Written:
        """Do a write, which makes the version that is today's when this returns.

        Where `only` names a version the write is done only if that is today's still; raises
        Refused (412) where it is not.
        """
        parts: list[Written] = []

        def done(written: Written) -> None:
            before = self._versions.today.id
            digest = hashlib.sha256(before.encode() + frames_of(change)).hexdigest()[:12]
            parts.append(replace(written, version=digest))
            self._versions.wrote(parts[-1])

        def may() -> None:
            if only and only != self._versions.today.id:
                raise Refused(
                    412, "The graph is another one by now.", "read it again, and write then"
                )

        await self._workers.write(
            change,
            seconds=self._settings.write_seconds,
            memory_mebibytes=self._settings.write_memory_mebibytes,
            may=may,
            done=done,
        )
        return parts[-1]
