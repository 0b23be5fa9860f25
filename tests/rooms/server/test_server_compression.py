"""Compressed answers: which encoding, what of, and that a stream is still a stream."""

import asyncio
import gzip
import json
import zlib
from typing import Any

import httpx
import pytest
import zstandard
from starlette.types import Receive, Scope, Send

from rooms.server.asking import Client
from triplary.server.compression import Compression, encoding

DESCRIBE = "/api/describe?entity=Baidu"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", ""),
        ("br", ""),
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1.0, zstd;q=0.9", "gzip"),
        ("gzip;q=0, *", "zstd"),
        ("*", "zstd"),
        ("zstd;q=0, gzip;q=0", ""),
        ("identity;q=1, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("GZIP ; Q=0.8", "gzip"),
        ("gzip;q=nonsense", ""),
    ],
)
def test_the_highest_ranked_encoding_is_taken(accept: str, expected: str) -> None:
    assert encoding(accept) == expected


@pytest.mark.parametrize("accept", ["gzip", "zstd"])
def test_the_same_answer_comes_in_fewer_bytes(client: Client, accept: str) -> None:
    plain = client.get(DESCRIBE, headers={"Accept-Encoding": "identity"})
    packed = client.get(DESCRIBE, headers={"Accept-Encoding": accept})
    assert packed.headers["content-encoding"] == accept
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "Accept-Encoding" in packed.headers["vary"]


def test_a_weak_tag_still_tells_that_nothing_changed(client: Client) -> None:
    packed = client.get(DESCRIBE, headers={"Accept-Encoding": "zstd"})
    again = client.get(
        DESCRIBE, headers={"Accept-Encoding": "zstd", "If-None-Match": packed.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("accept", "begins"),
    [
        ("text/csv", b"s,p,o\r\n"),
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/tab-separated-values", b"?s\t?p\t?o\n"),
    ],
)
def test_results_of_a_query_are_compressed(client: Client, accept: str, begins: bytes) -> None:
    asked = {"query": "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 30"}
    headers = {"Accept": accept, "Accept-Encoding": "gzip"}
    packed = client.get("/sparql", params=asked, headers=headers)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content.startswith(begins)


def test_what_is_small_or_packed_already_is_left_alone(client: Client) -> None:
    small = client.get("/-/health", headers={"Accept-Encoding": "gzip"})
    picture = client.get("/api/expand.png?entity=Baidu", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in small.headers
    assert "content-encoding" not in picture.headers


@pytest.mark.parametrize("accept", ["gzip", "zstd"])
def test_each_chunk_of_a_stream_can_be_read_when_it_was_sent(accept: str) -> None:
    """The application waits after its first chunk until a client could have read it."""
    sent: list[bytes] = []
    readable: list[bytes] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/csv; charset=utf-8"), (b"etag", b'"a"')]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"x\r\n1\r\n", "more_body": True})
        readable.append(_unpacked(accept, b"".join(sent)))
        await send({"type": "http.response.body", "body": b"2\r\n", "more_body": True})
        readable.append(_unpacked(accept, b"".join(sent)))
        await send({"type": "http.response.body", "body": b""})

    started: dict[str, Any] = {}

    async def send(message: Any) -> None:
        started.update({} if message["type"] == "http.response.body" else message)
        sent.append(message.get("body", b""))

    scope: Any = {"type": "http", "headers": [(b"accept-encoding", accept.encode())]}
    asyncio.run(Compression(application)(scope, _nothing, send))
    assert readable == [b"x\r\n1\r\n", b"x\r\n1\r\n2\r\n"]
    told = httpx.Headers(started["headers"])
    assert (told["content-encoding"], told["etag"]) == (accept, 'W/"a"')
    whole = b"".join(sent)
    unpacked = gzip.decompress(whole) if accept == "gzip" else _unpacked(accept, whole)
    assert unpacked == b"x\r\n1\r\n2\r\n"


def test_a_problem_is_compressed_as_well(client: Client) -> None:
    name = "x" * 600
    failed = client.get(f"/api/describe?entity={name}", headers={"Accept-Encoding": "gzip"})
    assert failed.headers["content-encoding"] == "gzip"
    assert json.loads(failed.content)["title"] == "NotFound"


async def _nothing() -> Any:
    return {"type": "http.disconnect"}


def _unpacked(accept: str, packed: bytes) -> bytes:
    if accept == "gzip":
        return zlib.decompressobj(31).decompress(packed)
    return zstandard.ZstdDecompressor().decompressobj().decompress(packed)
