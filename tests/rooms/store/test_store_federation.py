"""SERVICE: who may be asked, what is sent, and what comes back into the query."""

import asyncio
import ipaddress
import time
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from rooms.store.elsewhere import Elsewhere, elsewhere
from triplary.errors import BadParameter, ForbiddenQuery, QueryError, StoreError
from triplary.store.federation import Address, Federation, is_public, listed
from triplary.store.guard import GuestQuery, check
from triplary.store.services import SERVICES_MOST, blanked, services

X = "https://x.org/sparql"
HOST = "example.org"


def passes(query: str) -> GuestQuery:
    return check(query, characters_most=2_000, depth_most=9)


@pytest.fixture
def there() -> Iterator[Elsewhere]:
    with elsewhere() as there:
        yield there


def filled(there: Elsewhere, query: str, *, seconds: float = 5, rows: int = 3) -> str:
    """The query with what the endpoint answered; this machine may be asked here."""
    federation = Federation([there.address], seconds=seconds, rows=rows, admits=lambda _: True)
    query = query.replace("THERE", f"<{there.address}>")

    async def play() -> str:
        _, clauses = federation.planned(query, passes)
        return await federation.filled(query, clauses)

    return asyncio.run(play())


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("9.9.9.9", True),
        ("2620:fe::fe", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),  # noqa: S104 - no address that is listened on
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
    ],
)
def test_private_addresses_are_known_in_every_wrapping(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "endpoint",
    ["", "x.org", "ftp://x.org/", "file:///etc/passwd", "https://", "https://me:pass@x.org/"],
)
def test_only_addresses_of_the_web_are_listed(endpoint: str) -> None:
    with pytest.raises(BadParameter, match="no address of an endpoint"):
        listed([X, endpoint])


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        (f"SELECT * {{ SERVICE <{X}> {{ ?s ?p ?o }} }}", "SELECT * { ?s ?p ?o } LIMIT 10"),
        (
            "PREFIX x: <https://x.org/>\nSELECT * { service silent x:sparql { ?s x:p '}' } }",
            "PREFIX x: <https://x.org/>\nSELECT * { ?s x:p '}' } LIMIT 10",
        ),
        (
            f"ASK {{ OPTIONAL {{ SERVICE <{X}> {{ {{ SELECT ?s {{ ?s ?p 1 }} }} # }}\n }} }} }}",
            "SELECT * { { SELECT ?s { ?s ?p 1 } } # }\n } LIMIT 10",
        ),
    ],
)
def test_a_clause_is_sent_as_a_query_of_its_own(query: str, sent: str) -> None:
    (found,) = services(query, listed=[X], rows=9)
    assert (found.endpoint, found.query) == (X, sent)
    assert passes(blanked(query, [found])).form in ("SELECT", "ASK")
    assert len(blanked(query, [found])) == len(query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK { SERVICE <https://y.org/> { } }", "This server does not ask https://y.org/."),
        (f"ASK {{ SERVICE <{X}/> {{ }} }}", f"This server does not ask {X}/."),
        ("ASK { SERVICE ?x { } }", "A variable names the endpoint of a SERVICE."),
        (f"ASK {{ SERVICE <{X}> {{ SERVICE <{X}> {{ }} }} }}", "A SERVICE stands inside another."),
        (f"ASK {{ {f'SERVICE <{X}> {{ }} ' * (SERVICES_MOST + 1)} }}", "6 SERVICE clauses"),
    ],
)
def test_what_is_not_listed_is_refused(query: str, message: str) -> None:
    with pytest.raises(ForbiddenQuery) as refused:
        services(query, listed=[X], rows=9)
    assert refused.value.message.startswith(message) or message in refused.value.message
    assert refused.value.clause == "SERVICE"


@pytest.mark.parametrize(
    "query",
    [
        "ASK { trueSERVICE <https://x.org/sparql> { } }",
        "ASK { SERVICE:x { } }",
        "ASK { SERVICE }",
        "ASK { FILTER(?a<1)SERVICE#>\n<https://x.org/sparql> { } }",
        "ASK { \\u0053ERVICE <https://x.org/sparql> { } }",
        "INSERT { } WHERE { SERVICE <https://x.org/sparql> { } }",
    ],
)
def test_what_only_an_engine_would_read_as_service_stays_refused(query: str) -> None:
    federation = Federation([X], seconds=1, rows=1)
    with pytest.raises((ForbiddenQuery, QueryError)):
        federation.planned(query, passes)


def test_without_a_list_every_service_is_refused() -> None:
    with pytest.raises(ForbiddenQuery):
        Federation([], seconds=1, rows=1).planned(f"ASK {{ SERVICE <{X}> {{ }} }}", passes)


def test_rows_of_every_kind_come_back_into_the_query(there: Elsewhere) -> None:
    there.tells(
        ["a", "b"],
        [
            {"a": {"type": "uri", "value": "https://x.org/a"}},
            {
                "a": {"type": "literal", "value": 'SERVICE "}\n', "xml:lang": "en"},
                "b": {"type": "bnode", "value": "b 0"},
            },
            {
                "a": {
                    "type": "literal", "value": "1",
                    "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                },
            },
        ],
    )  # fmt: skip
    query = filled(there, "SELECT ?a ?b {\n  SERVICE THERE {\n ?a ?p ?b }\n} ORDER BY ?a")
    rows = [[str(cell) if cell else None for cell in row] for row in ox.Store().query(query)]
    assert rows == [
        ["<https://x.org/a>", None],
        ['"1"^^<http://www.w3.org/2001/XMLSchema#integer>', None],
        ['"SERVICE \\"}\\n"@en', "<urn:triplary:blank-node:0:622030>"],
    ]
    assert query.count("\n") == 3
    asked, headers = there.asked[0]
    assert asked == "SELECT * {\n ?a ?p ?b } LIMIT 4"
    assert headers["Accept"] == "application/sparql-results+json"
    assert headers["Host"] == there.address.split("/")[2]


def test_no_variable_still_says_whether_there_was_anything(there: Elsewhere) -> None:
    answers = []
    for rows in ([{}], []):
        there.tells([], rows)
        answers.append(bool(ox.Store().query(filled(there, "ASK { SERVICE THERE { } }"))))
    assert answers == [True, False]


def test_too_many_rows_are_refused_not_cut(there: Elsewhere) -> None:
    there.tells(["a"], [{"a": {"type": "uri", "value": "https://x.org/a"}}] * 4)
    with pytest.raises(StoreError, match="has more than 3 solutions"):
        filled(there, "ASK { SERVICE THERE { ?a ?b ?c } }")
    assert filled(there, "ASK { SERVICE SILENT THERE { ?a ?b ?c } }") == "ASK { { } }"


def test_a_slow_endpoint_is_left_at_the_deadline(there: Elsewhere) -> None:
    there.seconds = 20
    with pytest.raises(StoreError, match=r"did not answer within 0\.2 s"):
        filled(there, "ASK { SERVICE THERE { ?a ?b ?c } }", seconds=0.2)


@pytest.mark.parametrize(
    ("status", "headers", "body", "message"),
    [
        (302, {"Location": "http://127.0.0.1:1/"}, b"", "answered 302"),
        (500, {}, b"", "answered 500"),
        (200, {}, b"<html>", "did not answer in SPARQL results JSON"),
        (200, {}, b"[" * 100_000, "did not answer in SPARQL results JSON"),
        (200, {"Content-Encoding": "gzip"}, b"", "answered packed"),
        (200, {}, b'{"head":{"vars":["a }"]},"results":{"bindings":[]}}', "did not answer in"),
        (200, {}, b" " * (17 * 2**20), "answered more than 16 MiB"),
        (
            200, {},
            b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"triple","value":{}}}]}}',
            "did not answer in",
        ),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told(
    there: Elsewhere, status: int, headers: dict[str, str], body: bytes, message: str
) -> None:
    there.status, there.headers, there.body = status, headers, body
    with pytest.raises(StoreError, match=message):
        filled(there, "ASK { SERVICE THERE { ?a ?b ?c } }")
    assert len(there.asked) == 1
    assert filled(there, "ASK { SERVICE SILENT THERE { ?a ?b ?c } }") == "ASK { { } }"


def resolving(*addresses: str) -> Federation:
    """A federation for which the host of the endpoint has these addresses."""

    async def resolve(host: str, port: int) -> list[Address]:
        assert (host, port) == (HOST, 443)
        return [ipaddress.ip_address(address) for address in addresses]

    return Federation([f"https://{HOST}/sparql"], seconds=2, rows=3, resolve=resolve)


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("9.9.9.9", "10.0.0.1"), ()])
def test_a_name_that_leads_to_a_private_address_is_not_asked(addresses: tuple[str, ...]) -> None:
    query = f"ASK {{ SERVICE <https://{HOST}/sparql> {{ }} }}"
    federation = resolving(*addresses)

    async def play() -> str:
        _, clauses = federation.planned(query, passes)
        return await federation.filled(query, clauses)

    with pytest.raises(StoreError, match="at an address that is not public"):
        asyncio.run(play())


def test_loopback_is_not_asked_however_it_is_written(there: Elsewhere) -> None:
    federation = Federation([there.address], seconds=2, rows=3)
    query = f"ASK {{ SERVICE <{there.address}> {{ }} }}"

    async def play() -> str:
        _, clauses = federation.planned(query, passes)
        return await federation.filled(query, clauses)

    with pytest.raises(StoreError, match="at an address that is not public"):
        asyncio.run(play())
    assert there.asked == []


def test_the_connection_goes_to_the_address_that_was_looked_at(there: Elsewhere) -> None:
    """A name that means another machine the second time it is looked up is looked up once."""
    port = int(there.address.split(":")[2].split("/")[0])
    looked: list[str] = []

    async def resolve(host: str, port: int) -> list[Address]:
        looked.append(host)
        return [ipaddress.ip_address("127.0.0.1")] if len(looked) == 1 else []

    endpoint = f"http://rebinding.test:{port}/sparql"
    federation = Federation([endpoint], seconds=2, rows=3, admits=lambda _: True, resolve=resolve)
    there.tells([], [{}])
    query = f"ASK {{ SERVICE <{endpoint}> {{ }} }}"

    async def play() -> str:
        _, clauses = federation.planned(query, passes)
        return await federation.filled(query, clauses)

    assert asyncio.run(play()) == "ASK { { VALUES () { () } } }"
    assert looked == ["rebinding.test"]
    assert there.asked[0][1]["Host"] == f"rebinding.test:{port}"


@pytest.mark.parametrize("part", ["SERVICE ", f"SERVICE <{X}> {{ ", "SERVICE SILENT "])
def test_no_text_takes_longer_to_look_through_than_its_length_does(part: str) -> None:
    text = " ".join(("ASK {", part * (300_000 // len(part))))
    before = time.process_time()
    assert services(text, listed=[X], rows=1) == ()
    assert time.process_time() - before < 10
