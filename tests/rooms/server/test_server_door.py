"""What is refused before any part of the server looks at it, and who has to wait for a turn."""

import asyncio
import gzip

import pytest

from rooms.server.asking import Client
from triplary.errors import Busy
from triplary.server.turns import LONG, Turns

JSON = {"Content-Type": "application/json"}
QUERY = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}


@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=ASK{}", "/", "/api/schema", "/store"])
@pytest.mark.parametrize("host", ["a b", "a>b", "[::1", 'x"y', "a/b", "a@b", "a:b", "\u00e4"])
def test_a_host_that_is_none_is_refused(client: Client, path: str, host: str) -> None:
    found = client.get(path, headers={"Host": host.encode("latin-1")})
    assert (found.status_code, found.json()["detail"]) == (
        400, "The Host of the request is the name of no host.",
    )  # fmt: skip


@pytest.mark.parametrize("host", ["x.org", "x.org:81", "[::1]:8000", "my_host", ""])
def test_a_host_is_a_host(client: Client, host: str) -> None:
    assert client.get("/sparql?query=ASK{}", headers={"Host": host}).status_code == 200


def test_a_body_is_read_no_further_than_a_question_may_be_long(client: Client) -> None:
    sent = 0

    async def endless() -> object:
        nonlocal sent
        yield b'{"query": "'
        while sent < 64:
            sent += 1
            yield b" " * 2**20

    found = client.post("/api/outline", content=endless(), headers=JSON)
    assert (found.status_code, found.json()["detail"], sent) == (
        413, "POST /api/outline: the request is longer than 6,065,536 bytes.", 6,
    )  # fmt: skip


def test_half_a_character_is_told(client: Client) -> None:
    for route in ("outline", "doctor", "excel", "capsule"):
        body = b'{"query": "ASK {\\n \\ud800 }"}'
        found = client.post(f"/api/{route}", content=body, headers=JSON)
        assert (found.status_code, found.json()["detail"]) == (
            400, "The query holds half a character, a surrogate. (line 2, column 2)",
        )  # fmt: skip


@pytest.mark.parametrize("operators", [150, 1000])
def test_a_query_that_nests_too_deep_is_told(client: Client, operators: int) -> None:
    query = "ASK { ?s ?p ?o FILTER(?o = 1" + "+1" * operators + ") }"
    for route in ("outline", "doctor"):
        found = client.post(f"/api/{route}", json={"query": query})
        assert (found.status_code, found.json()["detail"]) == (
            400, "The query nests too deep to be put in words.",
        )  # fmt: skip
    assert client.post("/api/capsule", json={"query": query}).status_code == 200


def test_all_members_of_a_gzip_are_read(client: Client) -> None:
    parts = [b"SELECT (1 AS ?n) ", b"", b"{ }", b" LIMIT 1"]
    body = b"".join(map(gzip.compress, parts))
    found = client.post("/sparql", content=body, headers={**QUERY, "Content-Encoding": "gzip"})
    assert (found.status_code, found.text) == (200, "n\r\n1\r\n")
    for broken in (body[:-1], body + b"x", b"", gzip.compress(b"ASK {}") + body[:9]):
        found = client.post(
            "/sparql", content=broken, headers={**QUERY, "Content-Encoding": "gzip"}
        )
        assert found.status_code == 400
    bomb = gzip.compress(b" " * 2**20) * 13
    found = client.post("/sparql", content=bomb, headers={**QUERY, "Content-Encoding": "gzip"})
    assert (found.status_code, found.json()["detail"]) == (
        413, "The request is longer than 12,000,000 bytes.",
    )  # fmt: skip


def test_few_work_at_once_and_too_many_are_told() -> None:
    async def played() -> tuple[int, int, int]:
        turns, most, now, done = Turns(2, waiting=3, busy="Too many."), 0, 0, 0

        async def work() -> None:
            nonlocal most, now, done
            async with turns.taken():
                now += 1
                most = max(most, now)
                await asyncio.sleep(0.01)
                now, done = now - 1, done + 1

        found = await asyncio.gather(*(work() for _ in range(8)), return_exceptions=True)
        refused = [each for each in found if isinstance(each, Busy)]
        await work()
        return most, len(refused), done

    assert asyncio.run(played()) == (2, 3, 6)


def test_a_long_text_is_looked_at_while_others_are_served() -> None:
    async def played() -> list[str]:
        turns, order = Turns(1, waiting=9, busy="Too many."), list[str]()

        def look(name: str) -> None:
            if name == "long":
                asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05), loop).result(5)
            order.append(name)

        loop = asyncio.get_running_loop()
        long = asyncio.ensure_future(turns.looked_at(" " * (LONG + 1), lambda: look("long")))
        await asyncio.sleep(0.01)
        await turns.looked_at("short", lambda: look("short"))
        await long
        return order

    assert asyncio.run(played()) == ["short", "long"]
