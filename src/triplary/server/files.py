"""The files at /data: each named graph and the whole, in every format, written by a worker.

Nothing is kept: a file is streamed each time it is asked for, the same bytes for the same version
while the server runs. What is kept is how long a file is, and its checksum.
"""

import asyncio
import hashlib
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from triplary.errors import NotFound
from triplary.kg import KnowledgeGraph
from triplary.server.caching import Version, version_of
from triplary.server.protocol.queries import Exchange, answer
from triplary.server.settings import Settings
from triplary.store.formats import FORMATS, Format
from triplary.store.nursery import Question
from triplary.store.worker import Workers
from triplary.terms import IRI

__all__ = ["CALLED", "SUFFIXES", "WHOLE", "DataFile", "Sent", "Sum", "Sums", "named_graphs"]

SUFFIXES: Final[Mapping[str, Format]] = MappingProxyType(
    {
        suffix: FORMATS[name]
        for suffix, name in (
            ("nt", "ntriples"), ("ttl", "turtle"), ("trig", "trig"), ("nq", "nquads"),
            ("jsonld", "jsonld"), ("rdf", "rdfxml"),
        )
    }
)  # fmt: skip
CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nt": "N-Triples", "ttl": "Turtle", "trig": "TriG", "nq": "N-Quads",
        "jsonld": "JSON-LD", "rdf": "RDF/XML",
    }
)  # fmt: skip
"""What the formats are called, in every language."""

WHOLE: Final = "all"
"""The name of the files that hold every named graph."""

RESERVED: Final = frozenset((WHOLE, "catalog", "void"))


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file at /data: of which named graph (None: the whole), in which format, packed or not."""

    name: str
    graph: IRI | None
    suffix: str
    packed: bool = False

    @classmethod
    def of(cls, kg: KnowledgeGraph, path: str) -> "DataFile":
        """The file that a path below /data/ names; raises NotFound where there is none."""
        bare = path.removesuffix(".gz")
        name, _, suffix = bare.rpartition(".")
        graphs = named_graphs(kg)
        if suffix not in SUFFIXES or (name != WHOLE and name not in graphs):
            near = [f"{each}.{suffix}" for each in graphs if suffix in SUFFIXES and each == path]
            raise NotFound("file", path, near)
        graph = None if name == WHOLE else graphs[name]
        return cls(name, graph, suffix, packed=bare != path)

    @property
    def format(self) -> Format:
        """Its RDF format."""
        return SUFFIXES[self.suffix]

    @property
    def path(self) -> str:
        """Where it is, from the server's address."""
        return f"/data/{quote(self.name, safe='')}.{self.suffix}{'.gz' * self.packed}"

    @property
    def question(self) -> Question:
        """What a worker is asked for it."""
        graph = "*" if self.graph is None else str(self.graph)
        return Question("", self.format.name, sys.maxsize, dump=graph)


def named_graphs(kg: KnowledgeGraph) -> dict[str, IRI]:
    """The named graphs by the names of their files, in order of their IRIs."""
    found: dict[str, IRI] = {}
    for graph in kg.index.graphs:
        if isinstance(graph, IRI):
            name = kg.index.named_graphs.name(graph)
            found[str(graph) if name in RESERVED else name] = graph
    return found


@dataclass(frozen=True, slots=True)
class Sum:
    """How many bytes a file has, and their SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


class Sums:
    """The checksums of one version's files, each reckoned when it is first asked for."""

    def __init__(self, workers: Workers, settings: Settings) -> None:
        """Reckon with the workers, one file at a time."""
        self._workers, self._settings = workers, settings
        self._version = ""
        self._known: dict[tuple[str, str], Sum] = {}
        self._one = asyncio.Lock()

    def known(self, version: Version, file: DataFile) -> Sum | None:
        """The sum of a file, where it was reckoned before."""
        if self._version != version.id:
            self._version, self._known = version.id, {}
        return self._known.get((file.name, file.suffix))

    async def of(self, version: Version, file: DataFile) -> Sum:
        """The sum of a file as it is before it is packed."""
        async with self._one:
            known = self.known(version, file)
            return known or await self._reckon(version, file)

    async def _reckon(self, version: Version, file: DataFile) -> Sum:
        found = await self._workers.ask(file.question, seconds=self._settings.answer_seconds)
        digest, size = hashlib.sha256(), 0
        try:
            async for chunk in found:
                digest.update(chunk)
                size += len(chunk)
        finally:
            await found.close()
        told = Sum(size, digest.hexdigest())
        if self._version == version.id:
            self._known[file.name, file.suffix] = told
        return told


class Sent(Response):
    """The response that streams a file from a worker, at the pace of its reader."""

    def __init__(self, request: Request, file: DataFile, links: str) -> None:
        """Wait with everything until the response is sent."""
        super().__init__()
        self.request, self.file, self.links = request, file, links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask a worker and pass on what it writes, packed where that is wanted."""
        state = self.request.app.state
        # Who fetches everything takes as long as an answer may take, not as a query may.
        patient = replace(state.settings, query_seconds=state.settings.answer_seconds)
        exchange = Exchange(
            self.request, self.file.question, self.file.format.media_type,
            version_of(self.request.app), patient,
        )  # fmt: skip
        await answer(exchange, state.workers, self._sender(send))

    def _sender(self, send: Send) -> Send:
        packer: Any = zlib.compressobj(6, zlib.DEFLATED, 31) if self.file.packed else None

        async def sender(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Link"] = self.links
                if message["status"] == 200:
                    name = self.file.path.rpartition("/")[2]
                    headers["Content-Disposition"] = f'attachment; filename="{name}"'
                    if packer is not None:
                        headers["Content-Type"] = "application/gzip"
            elif packer is not None and message.get("body", b""):
                message = {**message, "body": packer.compress(message["body"])}
            elif packer is not None and not message.get("more_body", False):
                message = {**message, "body": packer.flush()}
            await send(message)

        return sender
