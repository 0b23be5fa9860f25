"""Short views: a long address of the explorer or the workbench gets a short one that lasts.

The short one is made of the long one alone, so that the same view is called the same on every
server and for ever. A server knows those that were made on it: they lie in a SQLite file, which
several servers may share.
"""

import base64
import contextlib
import hashlib
import json
import logging
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from triplary.errors import BadParameter, Busy, Full, StoreError
from triplary.server import models
from triplary.server.address import LONGEST_ADDRESS, canonical

__all__ = ["MEMORY", "ShortViews", "router", "short_id"]

MEMORY: Final = "memory"
"""As a folder's name: keep views in memory, for as long as the server runs."""

FILE: Final = "views.sqlite"
_ID: Final = re.compile(r"[a-z2-7]{12}")
_WAIT_SECONDS: Final = 5.0
_TABLE: Final = "CREATE TABLE IF NOT EXISTS view (id TEXT PRIMARY KEY, address TEXT NOT NULL)"
_BODY_MOST: Final = 2 * LONGEST_ADDRESS
_HINT: Final = 'send {"address": "/?entity=Baidu"}'
_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["address"],
                    "additionalProperties": False,
                    "properties": {"address": {"type": "string", "maxLength": LONGEST_ADDRESS}},
                }
            }
        },
    }
}
_log = logging.getLogger("triplary")
router = APIRouter(prefix="/api")


@router.post(
    "/view",
    response_model=None,
    responses={
        200: {"model": models.ShortAnswer},
        400: {"model": models.Problem, "description": "application/problem+json"},
        507: {"model": models.Problem, "description": "no room for another short view"},
    },
    openapi_extra=_BODY,
)
async def shorten(request: Request) -> Response:
    """A short address for a long one of a page, the same whenever and wherever it is made."""
    address = canonical(await _asked(request))
    views: ShortViews = request.app.state.views
    name = await run_in_threadpool(views.keep, address)
    return JSONResponse({"id": name, "address": f"/v/{name}"})


async def _asked(request: Request) -> str:
    """The address in a request's body, which is read no further than an address can reach."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _BODY_MOST:
            raise BadParameter("address", "…", f"it is longer than {LONGEST_ADDRESS:,} characters")
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise BadParameter("the body", body[:40], "it is no JSON", hint=_HINT) from fault
    if not isinstance(told, dict) or told.keys() != {"address"}:
        raise BadParameter("the body", body[:40], "it has no address alone", hint=_HINT)
    if not isinstance(told["address"], str):
        raise BadParameter("address", told["address"], "it is no text", hint=_HINT)
    return told["address"]


def short_id(address: str) -> str:
    """The id of a canonical address: 60 bits of its SHA-256 in twelve letters and digits.

    >>> short_id("/?entity=Baidu")
    'mz5et7p2qsuk'
    """
    digest = hashlib.sha256(address.encode("utf-8")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:12]


class ShortViews:
    """The addresses that were given a short one, at most so many.

    Where the folder cannot be written to, new ones live in memory, and `warning` says so.
    """

    def __init__(self, folder: Path | None, *, most: int) -> None:
        """Keep them in a folder, made when the first one comes; in memory where it is None."""
        self.most = most
        self._file = folder / FILE if folder is not None else None
        self._memory: dict[str, str] = {}
        self.warning = ""
        if folder is not None and not _writable(folder):
            self.warning = _memory_only(folder, "it cannot be written to")

    @classmethod
    def of(cls, setting: str, environment: Mapping[str, str], *, most: int) -> "ShortViews":
        """Those of the setting `views`: a folder, `memory`, or '' for the user's data folder."""
        if setting == MEMORY:
            return cls(None, most=most)
        return cls(Path(setting) if setting else _own_folder(environment), most=most)

    def keep(self, address: str) -> str:
        """The id of a canonical address, from now on known.

        Raises Full where there are as many as are kept, and StoreError where another address has
        the same id, which nobody meets by chance.
        """
        name = short_id(address)
        known = self.find(name)
        if known is None:
            known = self._add(name, address)
        if known != address:
            raise StoreError(
                f"Another view is called {name} already.", hint="move a node, and it has another id"
            )
        return name

    def find(self, name: str) -> str | None:
        """The address that an id stands for; None where it was not made here."""
        if not _ID.fullmatch(name):
            return None
        if name in self._memory:
            return self._memory[name]
        if self._file is None or not self._file.exists():
            return None
        try:
            with self._opened(self._file, writing=False) as views:
                row = views.execute("SELECT address FROM view WHERE id = ?", (name,)).fetchone()
        except sqlite3.Error as fault:
            _log.warning("short views cannot be read: %s", fault)
            return None
        return None if row is None else str(row[0])

    def _add(self, name: str, address: str) -> str:
        """The address that has the id now: this one, or who was quicker."""
        if self._file is not None and not self.warning:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                with self._opened(self._file, writing=True) as views:
                    return self._insert(views, name, address)
            except (sqlite3.Error, OSError) as fault:
                self.warning = _memory_only(self._file.parent, fault)
                _log.warning("%s", self.warning)
        if len(self._memory) >= self.most:
            raise self._full()
        return self._memory.setdefault(name, address)

    def _insert(self, views: sqlite3.Connection, name: str, address: str) -> str:
        views.execute("BEGIN IMMEDIATE")  # two servers: one after the other, then both agree
        views.execute(_TABLE)
        row = views.execute("SELECT address FROM view WHERE id = ?", (name,)).fetchone()
        if row is None:
            (count,) = views.execute("SELECT COUNT(*) FROM view").fetchone()
            if count >= self.most:
                raise self._full()
            views.execute("INSERT INTO view SELECT ?, ?", (name, address))
            row = (address,)
        views.execute("COMMIT")
        return str(row[0])

    @contextlib.contextmanager
    def _opened(self, file: Path, *, writing: bool) -> Iterator[sqlite3.Connection]:
        """A connection for one question: none is held, so that none is in another's way."""
        mode = "rwc" if writing else "ro"
        views = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT_SECONDS,
            isolation_level=None,
        )  # fmt: skip
        with contextlib.closing(views):
            try:
                yield views
            except sqlite3.OperationalError as fault:
                if fault.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    raise Busy(
                        "Another server is writing short views.", hint="try again in some seconds"
                    ) from fault
                raise

    def _full(self) -> Full:
        return Full(
            f"This server keeps {self.most:,} short views, and has no room for another.",
            hint="the long address shows the same view; or raise short_views",
        )


def _memory_only(folder: Path, reason: object) -> str:
    return f"Short views are kept in memory only, until this server ends: {folder}: {reason}."


def _own_folder(environment: Mapping[str, str]) -> Path | None:
    """Where a user's programs keep data (XDG Base Directory Specification); None without a home."""
    data = environment.get("XDG_DATA_HOME", "")
    if data and Path(data).is_absolute():
        return Path(data) / "triplary"
    with contextlib.suppress(RuntimeError):
        return Path.home() / ".local" / "share" / "triplary"
    return None


def _writable(folder: Path) -> bool:
    """Whether the folder can be written to, or could be made."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), None)
    file = folder / FILE
    return (
        there is not None
        and there.is_dir()
        and os.access(there, os.W_OK | os.X_OK)
        and (not file.exists() or os.access(file, os.W_OK))
    )
