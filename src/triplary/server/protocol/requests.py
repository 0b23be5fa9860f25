"""What a request to the endpoint holds: its operation, its graphs, its body within bounds."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from triplary.errors import BadParameter, QueryError
from triplary.server.problems import plain_problem
from triplary.server.settings import Settings

__all__ = ["Asked", "Refused", "address", "asked_of", "body_of", "content_type"]

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
FORM: Final = "application/x-www-form-urlencoded"
_MEMBERS_MOST: Final = 10_000
_PIECE: Final = 64 * 1024
_OPERATIONS: Final = ("query", "update")
_GRAPHS: Final = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


class Refused(Exception):
    """A request that the protocol itself refuses, with its status."""

    def __init__(
        self, status: int, detail: str, hint: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Make the answer that says so."""
        super().__init__(detail)
        self.response: Response = plain_problem(status, detail, hint)
        self.response.headers.update(headers or {})


@dataclass(frozen=True, slots=True)
class Asked:
    """What came in: its form (query or update), its text, and the graphs the request names."""

    form: str
    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def names_graphs(self) -> bool:
        """Whether the request itself says which graphs are read."""
        return bool(self.default_graphs or self.named_graphs)


async def asked_of(
    request: Request, settings: Settings, may_write: Callable[[Request], bool]
) -> Asked | None:
    """What a request asks, by GET, form or direct POST (SPARQL 1.1 Protocol §2.1, §2.2).

    None where a GET asks for nothing. Who may not write is read no further than a query may be
    long. Raises Refused, BadParameter or QueryError.
    """
    parameters = request.query_params
    if request.method == "GET":
        if "update" in parameters:
            raise Refused(
                405, "An update is not sent by GET.", f"POST it, as {UPDATE} or a form",
                {"Allow": "POST"},
            )  # fmt: skip
        return _asked(parameters, parameters)
    kind, _ = content_type(request)
    if kind not in (QUERY, UPDATE, FORM):
        raise Refused(
            415, f"A POST of {kind or 'no content type'} is not read.",
            f"send {FORM}, {QUERY} or {UPDATE}", {"Accept-Post": f"{FORM}, {QUERY}, {UPDATE}"},
        )  # fmt: skip
    most = 4 * settings.query_characters
    if kind != QUERY and may_write(request):
        most = max(most, settings.write_mebibytes * 2**20)
    most *= 3  # as long as it may be when it is percent-encoded
    text = _decoded(await body_of(request, most=most))
    if kind == FORM:
        form = QueryParams(text)
        found = _asked(form, form, parameters)
        if found is None:
            raise BadParameter(
                "the form", ", ".join(form) or "nothing", "it holds neither query nor update"
            )
        return found
    operation = "query" if kind == QUERY else "update"
    for name in _OPERATIONS:
        if name in parameters:
            raise BadParameter(
                name, parameters[name], f"the body is the {operation} already",
                hint=f"leave {name}= out of the address",
            )  # fmt: skip
    return _with_graphs(operation, text, parameters)


def _asked(form: QueryParams, *graphs: QueryParams) -> Asked | None:
    given = [(name, text) for name, text in form.multi_items() if name in _OPERATIONS]
    if not given:
        return None
    if len(given) > 1:
        names = {name for name, _ in given}
        if len(names) > 1:
            raise BadParameter("query", "update besides", "exactly one operation is answered")
        name = given[0][0]
        raise BadParameter(name, f"{len(given)} values", f"exactly one {name} is answered")
    return _with_graphs(*given[0], *graphs)


def _with_graphs(operation: str, text: str, *given: QueryParams) -> Asked:
    if not any("graph-uri" in name for parameters in given for name in parameters):
        return Asked(operation, text)
    for other, names in _GRAPHS.items():
        for name in names:
            if other != operation and any(name in parameters for parameters in given):
                raise BadParameter(
                    name, operation, f"it is said of an {other}"
                    if other == "update" else f"it is said of a {other}",
                    hint=f"with {operation}= it is {' or '.join(_GRAPHS[operation])}",
                )  # fmt: skip
    default, named = (
        tuple(
            dict.fromkeys(
                graph for parameters in given for graph in parameters.getlist(name) if graph
            )
        )
        for name in _GRAPHS[operation]
    )
    return Asked(operation, text, default, named)


def content_type(request: Request) -> tuple[str, str]:
    """The media type of a request's body, and its boundary where it has parts.

    Raises Refused (415) for a charset that is not UTF-8.
    """
    kind, *parameters = request.headers.get("content-type", "").replace(",", ";").split(";")
    boundary = ""
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        value = value.strip().strip('"')
        if name.lower() == "charset" and value.lower() not in ("utf-8", "utf8", "us-ascii"):
            raise Refused(415, f"The charset {value} is not read.", "send UTF-8")
        if name.lower() == "boundary":
            boundary = value
    return kind.strip().lower(), boundary


async def body_of(request: Request, *, most: int) -> bytes:
    """The body, unpacked where it is gzip; raises Refused where it is longer than `most` bytes."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise Refused(
            415, f"The content coding {coding} is not read.", "send gzip, or the text as it is",
            {"Accept-Encoding": "gzip"},
        )  # fmt: skip
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise _too_long(most)
        parts.append(part)
    body = b"".join(parts)
    # Unpacked when all of it is here: who sends little, and slowly, makes no large thing wait.
    return body if coding == "identity" else _unpacked(body, most)


def _unpacked(packed: bytes, most: int) -> bytes:
    """What a gzip holds, in all of its members (RFC 1952 §2.2)."""
    parts: list[bytes] = []
    size = members = 0
    unpacker = zlib.decompressobj(wbits=31)
    for start in range(0, len(packed), _PIECE):
        piece = packed[start : start + _PIECE]
        while piece:
            if unpacker.eof:
                unpacker, members = zlib.decompressobj(wbits=31), members + 1
            try:
                parts.append(unpacker.decompress(piece, most - size + 1))
            except zlib.error as fault:
                raise Refused(
                    400, f"The body is no gzip: {fault}.", "check Content-Encoding"
                ) from fault
            size += len(parts[-1])
            if size > most or members > _MEMBERS_MOST:
                raise _too_long(most)
            piece = unpacker.unused_data
    if not unpacker.eof:
        raise Refused(400, "The body is no whole gzip.", "check Content-Encoding")
    return b"".join(parts)


def _too_long(most: int) -> Refused:
    return Refused(413, f"The request is longer than {most:,} bytes.", "send it in parts")


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise QueryError(f"The request is not UTF-8: byte {fault.start}.") from fault


def address(request: Request) -> str:
    """The address that was asked, as it was written, without its query: the base of IRIs."""
    scope = request.scope
    settings: Settings = request.app.state.settings
    path = scope.get("raw_path") or quote(scope["path"]).encode()
    root = settings.public_url or f"{scope['scheme']}://{request.headers.get('host', 'localhost')}"
    return root + path.partition(b"?")[0].decode("latin-1")
