"""Queries at /sparql, line by line as SPARQL 1.1 Protocol §2.1 has it.

`test_server_sparql.py` looks at formats, refusals and limits one by one. A docstring that begins
with a specification is a line of docs/reference/protocol.md.
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


def test_a_request_holds_one_query(client: Client) -> None:
    """Protocol §2.1 — a request holds exactly one query. Two of them, or none in a POST, are
    refused: 400.
    """
    for queries in (["ASK {}", "ASK {}"], []):
        found = client.post("/sparql", data={"query": queries, "other": "x"}, headers=CSV)
        assert (found.status_code, found.json()["title"]) == (400, "BadParameter")
    found = client.get("/sparql", params={"query": ["ASK {}", "ASK {}"]}, headers=CSV)
    assert (found.status_code, found.json()["title"]) == (400, "BadParameter")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_query_comes_by_get_or_post(client: Client, method: str) -> None:
    """Protocol §2.1 — a query comes by GET or POST. PUT, DELETE and PATCH are
    refused: 405 with Allow.
    """
    found = client.request(method, "/sparql", params={"query": "ASK {}"}, headers=CSV)
    assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_a_query_by_get(client: Client) -> None:
    """Protocol §2.1.1 — a query comes by GET: `/sparql?query=…`, percent-encoded."""
    found = client.get(f"/sparql?query={quote('ASK { }')}", headers=CSV)
    assert (found.status_code, found.text) == (200, "true")


def test_a_query_as_a_form(client: Client) -> None:
    """Protocol §2.1.2 — a query comes by POST as a URL-encoded form: `query=…`."""
    found = client.post("/sparql", data={"query": "ASK { }"}, headers=CSV)
    assert (found.status_code, found.text) == (200, "true")


def test_a_query_as_the_body(client: Client) -> None:
    """Protocol §2.1.3 — a query comes by POST as the body itself, of type
    `application/sparql-query`.
    """
    found = client.post("/sparql", content="ASK { }", headers=DIRECT)
    assert (found.status_code, found.text) == (200, "true")


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_request_names_the_dataset(client: Client, way: str) -> None:
    """Protocol §2.1.4 — `default-graph-uri` and `named-graph-uri`, each as often as needed, name
    the graphs that are read.
    """
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
    """Protocol §2.1.4 — where the request and the query's FROM both name graphs, those of the
    request are read.
    """
    query = COUNT.replace("{", f"FROM <{MODELS}> {{")
    found = client.get("/sparql", params={"query": query, "default-graph-uri": CLAIMS}, headers=CSV)
    assert found.text == IN_CLAIMS


def test_a_graph_that_is_not_there(client: Client, exact_client: Client) -> None:
    """Protocol §2.1.4 — a graph that is named and not there is refused: 400 in the request, 403 in
    FROM. In an exact server it is empty.
    """
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
    """Protocol §2.1.5; HTTP §12.5.1 — the answer has the format that Accept ranks highest, by its
    q-values.
    """
    found = client.get("/sparql", params={"query": COUNT}, headers={"Accept": accept})
    assert found.headers["content-type"].partition(";")[0] == media_type


def test_nothing_acceptable(client: Client) -> None:
    """Protocol §2.1.5; Graph Store §5.2 — a request whose Accept takes none of the formats is
    refused, and told which there are: 406.
    """
    found = [
        client.get("/sparql", params={"query": COUNT}, headers={"Accept": "image/png"}),
        client.get("/sparql", headers={"Accept": "image/png"}),
        client.get("/store?default", headers={"Accept": "image/png"}),
        client.get("/store", headers={"Accept": "text/turtle"}),
    ]
    assert [answer.status_code for answer in found] == [406] * 4
    assert all(answer.json()["hint"].startswith("formats are ") for answer in found)


def test_a_query_succeeds(client: Client) -> None:
    """Protocol §2.1.6 — a query that succeeds is a 200: SELECT and ASK give results, CONSTRUCT and
    DESCRIBE give RDF, each with its media type.
    """
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
    """Protocol §2.1.7 — what is no query is refused: 400 where it does not parse, 415 where its
    type is not read; the body says why.
    """
    found = client.request(request_.pop("method"), "/sparql", **request_)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    assert found.json()["status"] == status


def test_a_query_that_cannot_be_evaluated(client: Client) -> None:
    """Protocol §2.1.7 — a query that parses, but calls a function that is not known here, is
    refused: 422.
    """
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
    """Protocol §2.3 — relative IRIs in a query are resolved against its BASE or, without one, the
    endpoint's address.
    """
    found = client.get("/sparql", params={"query": "SELECT (<x> AS ?x) {}"}, headers=CSV)
    assert found.text == "x\r\nhttp://testserver/x\r\n"
    based = client.get(
        "/sparql", params={"query": "BASE <http://y.org/a/> SELECT (<x> AS ?x) {}"}, headers=CSV
    )
    assert based.text == "x\r\nhttp://y.org/a/x\r\n"


def test_a_table_of_text(client: Client) -> None:
    """CSV and TSV §2 — both are UTF-8, and their type says so. Lines end in CR LF
    in CSV, in LF in TSV.
    """
    query = 'SELECT ?a { VALUES ?a { "百" } }'
    found = [
        client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        for accept in ("text/csv", "text/tab-separated-values")
    ]
    assert [(answer.headers["content-type"], answer.content.decode()) for answer in found] == [
        ("text/csv; charset=utf-8", "a\r\n百\r\n"),
        ("text/tab-separated-values; charset=utf-8", '?a\n"百"\n'),
    ]


def test_a_table_has_a_header(client: Client) -> None:
    """CSV and TSV §3.1, §4.1 — the first line names the variables, in TSV with `?`; a variable
    without a value is an empty field.
    """
    row = '(<a:a> UNDEF "x, \\"y\\"\\n") (1 2 UNDEF)'
    query = f"SELECT ?a ?b ?c {{ VALUES (?a ?b ?c) {{ {row} }} }}"
    found = [
        client.get("/sparql", params={"query": query}, headers={"Accept": accept}).text
        for accept in ("text/csv", "text/tab-separated-values")
    ]
    assert found == [
        'a,b,c\r\na:a,,"x, ""y""\n"\r\n1,2,\r\n',
        '?a\t?b\t?c\n<a:a>\t\t"x, \\"y\\"\\n"\n1\t2\t\n',
    ]


def test_escapes_are_read_before_the_query(client: Client) -> None:
    """Query §19.2 — escapes of characters (a backslash, u and four digits) are read anywhere, in
    keywords too; a refused keyword is refused in this disguise as well.
    """
    query = "PREFIX x: <http://x.org/> S\\u0045LECT (x:\\u0062 AS ?x) {}"
    found = client.get("/sparql", params={"query": query}, headers=CSV)
    assert found.text == "x\r\nhttp://x.org/b\r\n"
    refused = client.get("/sparql", params={"query": "ASK { S\\u0045RVICE <a:b> {} }"})
    assert (refused.status_code, refused.json()["clause"]) == (403, "SERVICE")


def test_options_say_what_may_be_done(client: Client, writer: Client) -> None:
    """HTTP §9.3.7 — OPTIONS is answered with the methods that are allowed: 204 with Allow."""
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
    """CORS — a script on any site may ask and, where writing is on, write with the token."""
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
    """CORS — a script on any site may read the headers ETag, Location and Triplary-…"""
    found = client.get(
        "/sparql", params={"query": COUNT}, headers={"Origin": "https://elsewhere.example"}
    )
    exposed = found.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Location", "Triplary-Cut", "Triplary-Rows", "Triplary-Version"} <= set(exposed)


def test_head_is_get_without_the_body(live: str) -> None:
    """HTTP §9.3.2; Graph Store §5.6 — HEAD has the status and the content type of
    GET, and no body.
    """
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
    """HTTP §13.1.2; Graph Store §5 — a GET with If-None-Match, of an answer that is still the same,
    gives no body: 304.
    """
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
    """HTTP §8.8.3 — an answer has an ETag, which changes with each write and differs between
    queries, formats and graphs asked.
    """

    def tag(**more: Any) -> str:
        found = writer.get("/sparql", params={"query": COUNT, **more}, headers=CSV)
        return found.headers["etag"]

    headers = {**BEARER, "Content-Type": "application/sparql-update"}
    in_graph = "INSERT DATA { GRAPH <a:g> { <a:a> a 1 } }"
    assert writer.post("/sparql", content=in_graph, headers=headers).is_success
    before = tag()
    assert tag() == before
    assert tag(query="ASK {}") != before
    assert tag(**{"default-graph-uri": "a:g"}) != before
    as_json = writer.get("/sparql", params={"query": COUNT}, headers={"Accept": "application/json"})
    assert as_json.headers["etag"] != before
    assert writer.post("/sparql", content="INSERT DATA { <a:a> a 1 }", headers=headers).is_success
    assert tag() != before
