"""Queries at /sparql, line by line as SPARQL 1.1 Protocol §2.1 has it.

`test_server_sparql.py` looks at formats, refusals and limits one by one.
"""

from typing import Any
from urllib.parse import quote

import pytest

from conformance.small import GRAPHS
from rooms.server.asking import Client
from rooms.server.conftest import BEARER

CSV = {"Accept": "text/csv"}
DIRECT = {**CSV, "Content-Type": "application/sparql-query"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CLAIMS, MODELS = GRAPHS + "claims", GRAPHS + "models"
IN_CLAIMS = "n\r\n9\r\n"


def test_a_query_by_get(client: Client) -> None:
    """Protocol §2.1.1 — a query comes in the address of a GET, percent-encoded."""
    found = client.get(f"/sparql?query={quote('ASK { }')}", headers=CSV)
    assert (found.status_code, found.text) == (200, "true")


def test_a_query_as_a_form(client: Client) -> None:
    """Protocol §2.1.2 — a query comes as the parameter of a URL-encoded POST."""
    found = client.post("/sparql", data={"query": "ASK { }"}, headers=CSV)
    assert (found.status_code, found.text) == (200, "true")


def test_a_query_as_the_body(client: Client) -> None:
    """Protocol §2.1.3 — a query is the body of a POST of application/sparql-query."""
    found = client.post("/sparql", content="ASK { }", headers=DIRECT)
    assert (found.status_code, found.text) == (200, "true")


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_request_names_the_dataset(client: Client, way: str) -> None:
    """Protocol §2.1.4 — the parameters default-graph-uri and named-graph-uri say what is read."""
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    found = []
    for query, graphs in (
        (COUNT, {"default-graph-uri": CLAIMS}),
        (COUNT, {"default-graph-uri": [CLAIMS, MODELS]}),
        (COUNT, {"named-graph-uri": CLAIMS}),
        (named, {"named-graph-uri": CLAIMS}),
        (named, {"default-graph-uri": CLAIMS}),
    ):
        if way == "get":
            answer = client.get("/sparql", params={"query": query, **graphs}, headers=CSV)
        elif way == "form":
            answer = client.post("/sparql", data={"query": query, **graphs}, headers=CSV)
        else:
            answer = client.post("/sparql", content=query, params=graphs, headers=DIRECT)
        found.append(answer.text.split()[1])
    assert found == ["9", "20", "0", "9", "0"]


def test_the_request_outranks_the_query(client: Client) -> None:
    """Protocol §2.1.4 — a dataset of the request stands in for the query's FROM."""
    query = COUNT.replace("{", f"FROM <{MODELS}> {{")
    found = client.get("/sparql", params={"query": query, "default-graph-uri": CLAIMS}, headers=CSV)
    assert found.text == IN_CLAIMS


def test_a_graph_that_is_not_there(client: Client, exact_client: Client) -> None:
    """Protocol §2.1.4 — an unknown graph is refused in a union (400), empty in an exact server."""
    asked = {"query": COUNT, "default-graph-uri": "http://x.org/nowhere"}
    by_query = {"query": COUNT.replace("{", "FROM <http://x.org/nowhere> {")}
    assert client.get("/sparql", params=asked, headers=CSV).status_code == 400
    assert client.get("/sparql", params=by_query, headers=CSV).status_code == 403
    for parameters in (asked, by_query):
        found = exact_client.get("/sparql", params=parameters, headers=CSV)
        assert (found.status_code, found.text) == (200, "n\r\n0\r\n")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+xml, text/csv;q=0.5", "application/sparql-results+xml"),
        ("text/csv;q=0.9, application/sparql-results+json;q=0.1", "text/csv"),
        ("image/png, */*;q=0.1", "application/sparql-results+json"),
        ("text/*;q=0.5", "text/csv"),
    ],
)
def test_the_format_is_negotiated(client: Client, accept: str, media_type: str) -> None:
    """Protocol §2.1.5 — the answer has the format that Accept ranks highest, by its q-values."""
    found = client.get("/sparql", params={"query": COUNT}, headers={"Accept": accept})
    assert found.headers["content-type"].partition(";")[0] == media_type


def test_nothing_acceptable(client: Client) -> None:
    """Protocol §2.1.5 — a request that takes none of the formats is told which there are: 406."""
    found = [
        client.get("/sparql", params={"query": COUNT}, headers={"Accept": "image/png"}),
        client.get("/sparql", headers={"Accept": "image/png"}),
        client.get("/store?default", headers={"Accept": "image/png"}),
        client.get("/store", headers={"Accept": "text/turtle"}),
    ]
    assert [answer.status_code for answer in found] == [406] * 4
    assert all(answer.json()["hint"].startswith("formats are ") for answer in found)


def test_a_query_succeeds(client: Client) -> None:
    """Protocol §2.1.6 — a good answer is 200: results of SELECT and ASK, a graph of the others."""
    kinds = [
        client.get("/sparql", params={"query": query}).headers["content-type"]
        for query in (COUNT, "ASK { }", "DESCRIBE <a:a>", "CONSTRUCT WHERE { ?s ?p ?o }")
    ]
    assert kinds == [
        "application/sparql-results+json", "application/sparql-results+json",
        "text/turtle; charset=utf-8", "text/turtle; charset=utf-8",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "GET", "params": {"query": "ASK {"}}, 400),
        ({"method": "GET", "params": {"query": ["ASK {}", "ASK {}"]}}, 400),
        ({"method": "GET", "params": {"query": "ASK {}", "using-graph-uri": "a:a"}}, 400),
        ({"method": "POST", "content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"method": "POST", "content": "ASK {}"}, 415),
        (
            {
                "method": "POST", "content": "ASK {}".encode("utf-16"),
                "headers": {"Content-Type": "application/sparql-query; charset=UTF-16"},
            },
            415,
        ),
        (
            {
                "method": "POST", "content": "ASK {}", "params": {"query": "ASK {}"},
                "headers": {"Content-Type": "application/sparql-query"},
            },
            400,
        ),
        ({"method": "PUT", "params": {"query": "ASK {}"}}, 405),
    ],
)  # fmt: skip
def test_a_query_fails(client: Client, request_: dict[str, Any], status: int) -> None:
    """Protocol §2.1.7 — what is no query is a 4xx that says why, as problem+json."""
    found = client.request(request_.pop("method"), "/sparql", **request_)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    assert found.json()["status"] == status


def test_a_query_that_cannot_be_evaluated(client: Client) -> None:
    """Protocol §2.1.7 — a query that is SPARQL, but asks for what is not known here, is a 422."""
    query = "SELECT * { ?s ?p ?o FILTER(<http://x.org/function>(?o)) }"
    found = client.get("/sparql", params={"query": query})
    assert found.status_code == 422
    assert found.json() == {
        "type": "https://w3id.org/triplary/errors#QueryFailed", "title": "QueryFailed",
        "status": 422,
        "detail": "The query cannot be answered: The custom function"
        " <http://x.org/function> is not supported",
    }  # fmt: skip


def test_a_relative_name_is_of_the_endpoint(client: Client) -> None:
    """Protocol §2.3 — relative IRIs are resolved against the endpoint's address, or BASE."""
    found = client.get("/sparql", params={"query": "SELECT (<x> AS ?x) {}"}, headers=CSV)
    assert found.text == "x\r\nhttp://testserver/x\r\n"
    based = client.get(
        "/sparql", params={"query": "BASE <http://y.org/a/> SELECT (<x> AS ?x) {}"}, headers=CSV
    )
    assert based.text == "x\r\nhttp://y.org/a/x\r\n"


def test_escapes_are_read_before_the_query(client: Client) -> None:
    """Query §19.2 — escaped characters are read wherever they stand, and guarded all the same."""
    query = "PREFIX x: <http://x.org/> S\\u0045LECT (x:\\u0062 AS ?x) {}"
    found = client.get("/sparql", params={"query": query}, headers=CSV)
    assert found.text == "x\r\nhttp://x.org/b\r\n"
    refused = client.get("/sparql", params={"query": "ASK { S\\u0045RVICE <a:b> {} }"})
    assert (refused.status_code, refused.json()["clause"]) == (403, "SERVICE")


def test_options_say_what_may_be_done(client: Client, writer: Client) -> None:
    """HTTP §9.3.7 — OPTIONS answers with the methods that are allowed."""
    told = [
        (found.status_code, found.headers["allow"])
        for found in (
            client.options("/sparql"), client.options("/store"), writer.options("/store"),
            writer.options("/store/any/graph"),
        )
    ]  # fmt: skip
    assert told == [
        (204, "GET, HEAD, POST, OPTIONS"),
        (204, "GET, HEAD, OPTIONS"),
        (204, "GET, HEAD, PUT, POST, DELETE, OPTIONS"),
        (204, "GET, HEAD, PUT, POST, DELETE, OPTIONS"),
    ]


@pytest.mark.parametrize("path", ["/sparql", "/store?default"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_page_elsewhere_may_ask(client: Client, writer: Client, path: str, method: str) -> None:
    """CORS — a script on another site may ask and, where writing is on, write with the token."""
    found = writer.options(
        path,
        headers={
            "Origin": "https://elsewhere.example", "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "Authorization, Content-Type",
        },
    )  # fmt: skip
    assert found.status_code == 200
    assert found.headers["access-control-allow-origin"] == "*"
    assert method in found.headers["access-control-allow-methods"].split(", ")
    allowed = found.headers["access-control-allow-headers"].lower()
    assert "authorization" in allowed and "content-type" in allowed
    only_reads = client.options(
        path,
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": method},
    )
    assert only_reads.status_code == (200 if method in ("GET", "POST") else 400)


def test_a_page_elsewhere_reads_the_headers(client: Client) -> None:
    """CORS — what a client needs of the headers is open to scripts of other sites."""
    found = client.get(
        "/sparql", params={"query": COUNT}, headers={"Origin": "https://elsewhere.example"}
    )
    exposed = found.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Location", "Triplary-Cut", "Triplary-Rows", "Triplary-Version"} <= set(exposed)


def test_head_is_get_without_the_body(live: str) -> None:
    """HTTP §9.3.2 — HEAD has the status and headers of GET, content type included, and no body."""
    import httpx

    for path, query in (
        ("/sparql", {"query": COUNT}),
        ("/sparql", {}),
        ("/store", {"default": ""}),
    ):
        get = httpx.get(f"{live}{path}", params=query, headers={"Accept": "text/turtle, text/csv"})
        head = httpx.head(
            f"{live}{path}", params=query, headers={"Accept": "text/turtle, text/csv"}
        )
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers["content-type"] == get.headers["content-type"]


def test_no_answer_is_made_twice(client: Client) -> None:
    """HTTP §13.1.2 — a client that has the answer of this version is told so: 304."""
    first = client.get("/sparql", params={"query": COUNT}, headers=CSV)
    again = {**CSV, "If-None-Match": first.headers["etag"]}
    second = client.get("/sparql", params={"query": COUNT}, headers=again)
    assert (second.status_code, second.content) == (304, b"")
    graph = client.get("/store", params={"graph": CLAIMS})
    known = client.get(
        "/store", params={"graph": CLAIMS}, headers={"If-None-Match": graph.headers["etag"]}
    )
    assert (known.status_code, known.content) == (304, b"")


def test_a_write_makes_the_tag_another(writer: Client) -> None:
    """HTTP §8.8.3 — the tag of an answer is of the version, the query, the format and dataset."""

    def tag(**more: Any) -> str:
        found = writer.get("/sparql", params={"query": COUNT, **more}, headers=CSV)
        return found.headers["etag"]

    before = tag()
    assert tag() == before
    assert tag(query="ASK {}") != before
    headers = {**BEARER, "Content-Type": "application/sparql-update"}
    assert writer.post("/sparql", content="INSERT DATA { <a:a> a 1 }", headers=headers).is_success
    assert tag() != before
