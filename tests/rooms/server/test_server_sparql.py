"""The endpoint follows SPARQL 1.1 Protocol: ways to ask, formats of answers, refusals."""

import csv
import io
import json
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from conformance.small import GRAPHS, STATEMENTS
from rooms.server.asking import Client
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI, Literal

ERRORS = "https://w3id.org/triplary/errors#"
LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX id: <https://w3id.org/triplary/id/>
SELECT ?name { id:Baidu rdfs:label ?name } ORDER BY ?name"""
BUILD = "CONSTRUCT WHERE { <https://w3id.org/triplary/id/GPT-4> ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CSV = {"Accept": "text/csv"}


def ask(client: Client, query: str, accept: str = "text/csv", **parameters: Any) -> Any:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/json"),
        ("text/turtle, text/csv;q=0.01", "text/csv; charset=utf-8"),
        ("TEXT/CSV", "text/csv; charset=utf-8"),
    ],
)
def test_solutions_come_in_the_accepted_format(
    client: Client, accept: str, content_type: str
) -> None:
    """Protocol §2.1.6 — SELECT is answered in JSON, XML, CSV or TSV; without Accept, in JSON."""
    found = ask(client, LABELS, accept)
    assert (found.status_code, found.headers["content-type"]) == (200, content_type)
    assert "Accept" in found.headers["vary"].split(", ")
    assert (found.headers["triplary-rows"], found.headers["triplary-cut"]) == ("2", "false")
    if "json" in content_type:
        rows = [row["name"]["value"] for row in found.json()["results"]["bindings"]]
    elif "xml" in content_type:
        tag = "{http://www.w3.org/2005/sparql-results#}literal"
        root = ElementTree.fromstring(found.content)  # noqa: S314 - of our own server
        rows = [str(node.text) for node in root.iter(tag)]
    elif "csv" in content_type:
        rows = [row[0] for row in csv.reader(io.StringIO(found.text))][1:]
    else:
        rows = [line.split('"')[1] for line in found.text.splitlines()[1:]]
    assert rows == ["Baidu", "百度"]


@pytest.mark.parametrize(
    ("accept", "content_type", "format"),
    [
        *((f.media_type, f.media_type, name) for name, f in FORMATS.items()),
        ("", "text/turtle", "turtle"),
        ("application/json", "application/json", "jsonld"),
        ("application/xml", "application/xml", "rdfxml"),
        ("text/plain", "text/plain", "ntriples"),
    ],
)
def test_triples_come_in_the_accepted_format(
    client: Client, accept: str, content_type: str, format: str
) -> None:
    """Protocol §2.1.6 — CONSTRUCT and DESCRIBE are answered in Turtle, TriG, N-Triples, N-Quads,
    RDF/XML or JSON-LD; without Accept, in Turtle.
    """
    for query in (BUILD, "DESCRIBE <https://w3id.org/triplary/id/GPT-4>"):
        found = ask(client, query, accept)
        assert found.status_code == 200
        assert found.headers["content-type"].partition(";")[0] == content_type
        read = OxigraphStore()
        assert read.load(found.content, name="answer", format=FORMATS[format]) == 3


@pytest.mark.parametrize(
    ("accept", "answer"),
    [
        ("application/sparql-results+json", '{"head":{},"boolean":true}'),
        ("text/csv", "true"),
        ("text/tab-separated-values", "true"),
    ],
)
def test_a_yes_comes_in_the_accepted_format(client: Client, accept: str, answer: str) -> None:
    """CSV and TSV, beyond it — ASK too is answered in CSV and TSV: by the word true or false."""
    assert ask(client, "ASK { ?s ?p ?o }", accept).text == answer


def test_a_query_may_be_posted_as_a_form_or_directly(client: Client) -> None:
    expected = f"n\r\n{STATEMENTS - 1}\r\n"
    direct = {**CSV, "Content-Type": "application/sparql-query"}
    form = {**CSV, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    answers = [
        ask(client, COUNT),
        client.post("/sparql", data={"query": COUNT}, headers=CSV),
        client.post("/sparql", content=f"query={quote(COUNT)}", headers=form),
        client.post("/sparql", content=COUNT, headers=direct),
        client.post(
            "/sparql",
            content=COUNT.encode(),
            headers={**direct, "Content-Type": "Application/SPARQL-query;x=y"},
        ),
    ]
    assert [answer.text for answer in answers] == [expected] * 5


def test_text_of_any_script_gets_through(client: Client) -> None:
    query = "SELECT ('百度 & + % 🐼' AS ?text) { }"
    direct = {**CSV, "Content-Type": "application/sparql-query"}
    answers = [
        ask(client, query),
        client.post("/sparql", data={"query": query}, headers=CSV),
        client.post("/sparql", content=query.encode(), headers=direct),
    ]
    assert [answer.text for answer in answers] == ["text\r\n百度 & + % 🐼\r\n"] * 3


def test_head_is_answered_as_get(client: Client) -> None:
    found = client.head("/sparql", params={"query": COUNT}, headers=CSV)
    assert (found.status_code, found.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert found.headers["triplary-rows"] == "1"


def test_a_browser_gets_the_page(client: Client) -> None:
    """Protocol §2.1.5, beyond it — GET by a browser, which ranks `text/html` first, gives a page
    with the query in it.
    """
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    found = ask(client, COUNT, accept)
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "COUNT(*)" in found.text
    posted = client.post("/sparql", data={"query": COUNT}, headers={"Accept": accept})
    assert posted.headers["content-type"] == "application/xml"


@pytest.mark.parametrize(
    ("request_", "status", "body"),
    [
        (
            {"params": {"query": "SELECT ?s {\n ?s ?p ?o "}},
            400,
            {
                "type": ERRORS + "QueryError", "title": "QueryError", "status": 400,
                "line": 2, "column": 11,
            },
        ),
        (
            {"params": {"query": "ASK { ?s a foaf:Person }"}},
            400,
            {
                "type": ERRORS + "QueryError", "title": "QueryError", "status": 400,
                "detail": "The prefix foaf: of foaf:Person is not declared (line 1, column 12).",
                "hint": "begin the query with PREFIX foaf: <http://xmlns.com/foaf/0.1/>",
                "line": 1, "column": 12,
            },
        ),
        (
            {"params": {"query": "ASK { ?s ?p ?o }; DROP ALL"}},
            400,
            {"type": ERRORS + "QueryError", "title": "QueryError", "status": 400, "line": 1},
        ),
        (
            {"params": {"query": ""}},
            400,
            {
                "type": ERRORS + "QueryError", "title": "QueryError", "status": 400,
                "detail": "The query is empty.", "line": 1, "column": 1,
            },
        ),
        (
            {"params": {"query": "ASK {\n SERVICE <http://127.0.0.1:9/> {} }"}},
            403,
            {
                "type": ERRORS + "ForbiddenQuery", "title": "ForbiddenQuery", "status": 403,
                "detail": "SERVICE would ask another server; this one asks nobody."
                " (line 2, column 2)",
                "hint": "load the other data here, or ask the other server yourself",
                "line": 2, "column": 2, "clause": "SERVICE",
            },
        ),
        (
            {"params": {"query": "DELETE WHERE { ?s ?p ?o }"}},
            403,
            {
                "type": ERRORS + "ForbiddenQuery", "title": "ForbiddenQuery", "status": 403,
                "detail": "DELETE is an update; this door only reads. (line 1, column 1)",
                "hint": "start the query with SELECT, ASK, CONSTRUCT or DESCRIBE",
                "line": 1, "column": 1, "clause": "DELETE",
            },
        ),
        (
            {"params": {"query": "ASK FROM <file:///etc/passwd> {}"}},
            403,
            {
                "type": ERRORS + "ForbiddenQuery", "title": "ForbiddenQuery", "status": 403,
                "detail": "FROM names <file:///etc/passwd>, which is no graph of this store."
                " (line 1, column 10)",
                "hint": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists the graphs",
                "line": 1, "column": 10, "clause": "FROM",
            },
        ),
        (
            {"params": {"query": "ASK " + "{" * 21 + "}" * 21}},
            403,
            {
                "type": ERRORS + "ForbiddenQuery", "title": "ForbiddenQuery", "status": 403,
                "detail": "Brackets are nested more than 20 deep. (line 1, column 25)",
                "hint": "flatten the query", "line": 1, "column": 25, "clause": "depth",
            },
        ),
        (
            {"params": {"query": COUNT}, "headers": {"Accept": "image/png"}},
            406,
            {
                "type": "about:blank", "title": "Not Acceptable", "status": 406,
                "detail": "No format for the answer to SELECT is acceptable.",
                "hint": "formats are application/sparql-results+json, application/json,"
                " application/sparql-results+xml, application/xml, text/csv,"
                " text/tab-separated-values",
            },
        ),
        (
            {"params": {"query": BUILD}, "headers": {"Accept": "text/csv"}},
            406,
            {
                "type": "about:blank", "title": "Not Acceptable", "status": 406,
                "detail": "No format for the answer to CONSTRUCT is acceptable.",
                "hint": "formats are text/turtle, application/trig, application/n-triples,"
                " application/n-quads, application/rdf+xml, application/ld+json,"
                " application/json, application/xml, text/plain",
            },
        ),
        (
            {"params": {"query": COUNT, "default-graph-uri": "http://x.org/nowhere"}},
            400,
            {
                "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
                "detail": "default-graph-uri does not take 'http://x.org/nowhere':"
                " it is no graph of this store.",
                "hint": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists the graphs",
                "parameter": "default-graph-uri",
            },
        ),
        (
            {"params": [("query", COUNT), ("query", COUNT)]},
            400,
            {
                "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
                "detail": "query does not take '2 values': exactly one query is answered.",
                "parameter": "query",
            },
        ),
        (
            {"params": {"update": "DROP ALL"}},
            405,
            {
                "type": "about:blank", "title": "Method Not Allowed", "status": 405,
                "detail": "An update is not sent by GET.",
                "hint": "POST it, as application/sparql-update or a form",
            },
        ),
    ],
)  # fmt: skip
def test_a_refusal_is_a_problem_with_all_that_is_known(
    client: Client, request_: dict[str, Any], status: int, body: dict[str, Any]
) -> None:
    found = client.get("/sparql", **request_)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    told = found.json()
    if "detail" not in body:
        # The engine's own words of what it expected.
        assert told.pop("detail").startswith("The query is not SPARQL at line ")
        body = {**body, **{key: told[key] for key in ("column",) if key not in body}}
    assert told == body


@pytest.mark.parametrize(
    ("content_type", "content", "status", "detail"),
    [
        ("text/plain", "ASK {}", 415, "A POST of text/plain is not read."),
        ("application/sparql-update", "DROP ALL", 403, "This server only reads."),
        ("multipart/form-data", "x", 415, "A POST of multipart/form-data is not read."),
        ("", "ASK {}", 415, "A POST of no content type is not read."),
        ("application/sparql-query", b"ASK { \xff }", 400, "The request is not UTF-8: byte 6."),
        ("application/x-www-form-urlencoded", "update=DROP+ALL", 403, "This server only reads."),
        (
            "application/sparql-query; charset=latin-1", "ASK {}", 415,
            "The charset latin-1 is not read.",
        ),
    ],
)  # fmt: skip
def test_a_post_that_is_not_read_is_told(
    client: Client, content_type: str, content: Any, status: int, detail: str
) -> None:
    found = client.post("/sparql", content=content, headers={"Content-Type": content_type})
    assert (found.status_code, found.json()["detail"]) == (status, detail)
    assert found.headers["content-type"] == "application/problem+json"


def test_a_post_without_an_end_is_not_read_to_it(client: Client) -> None:
    async def endless() -> Any:
        for _ in range(200):
            yield b"#" * 100_000

    found = client.post(
        "/sparql", content=endless(), headers={"Content-Type": "application/sparql-query"}
    )
    assert found.status_code == 413
    assert found.json()["detail"] == "The request is longer than 12,000,000 bytes."


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(client: Client, method: str) -> None:
    found = client.request(method, "/sparql")
    assert found.status_code == 405
    assert found.json() == {
        "type": "about:blank", "title": "Method Not Allowed", "status": 405,
        "detail": f"{method} /sparql: Method Not Allowed.",
        "hint": "queries come by GET or POST, updates by POST",
    }  # fmt: skip
    assert found.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_the_request_names_the_graphs_that_are_read(client: Client) -> None:
    claims, models = GRAPHS + "claims", GRAPHS + "models"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    counts = [
        ask(client, COUNT, **{"default-graph-uri": claims}),
        ask(client, COUNT, **{"default-graph-uri": [claims, models]}),
        ask(client, named, **{"named-graph-uri": claims}),
        ask(client, COUNT, **{"named-graph-uri": claims}),
        ask(client, COUNT.replace("{", f"FROM <{models}> {{")),
        ask(
            client,
            COUNT.replace("{", f"FROM <{models}> {{"),
            **{"default-graph-uri": claims},
        ),
    ]
    assert [answer.text.split()[1] for answer in counts] == ["9", "20", "9", "0", "11", "9"]
    posted = client.post(
        f"/sparql?default-graph-uri={quote(claims)}",
        content=COUNT,
        headers={**CSV, "Content-Type": "application/sparql-query"},
    )
    assert posted.text == "n\r\n9\r\n"
    formed = client.post("/sparql", data={"query": COUNT, "default-graph-uri": claims}, headers=CSV)
    assert formed.text == "n\r\n9\r\n"


@pytest.mark.parametrize(
    ("accept", "end"),
    [
        ("application/sparql-results+json", ']},"triplary":{"cut":true,"rows":40}}'),
        ("application/sparql-results+xml", "<!-- cut after 40 rows: there are more --></sparql>"),
        ("text/csv", "\r\n"),
        ("text/tab-separated-values", "\n"),
    ],
)
def test_a_cut_is_told(client: Client, accept: str, end: str) -> None:
    """Protocol §4.1 — an answer of more rows than `--answer-rows` is cut there, and says so:
    Triplary-Cut: true, and a note at the end of JSON and XML.
    """
    found = ask(client, "SELECT * { ?s ?p ?o }", accept)
    assert (found.headers["triplary-rows"], found.headers["triplary-cut"]) == ("40", "true")
    assert found.text.endswith(end)
    if "json" in accept:
        assert len(json.loads(found.text)["results"]["bindings"]) == 40


def test_a_cut_graph_is_told(client: Client) -> None:
    found = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert (found.headers["triplary-rows"], found.headers["triplary-cut"]) == ("40", "true")
    assert found.text.splitlines()[-1] == "# cut after 40 triples: there are more"
    assert len(found.text.splitlines()) == 41


SD = "http://www.w3.org/ns/sparql-service-description#"


def described(client: Client, accept: str = "text/turtle") -> OxigraphStore:
    found = client.get("/sparql", headers={"Accept": accept})
    format = next(
        f
        for f in FORMATS.values()
        if f.media_type == found.headers["content-type"].partition(";")[0]
    )
    store = OxigraphStore()
    store.load(found.content, name="description", format=format)
    return store


@pytest.mark.parametrize("accept", ["", *(f.media_type for f in FORMATS.values())])
def test_without_a_query_the_service_describes_itself(client: Client, accept: str) -> None:
    store = described(client, accept)
    service = IRI("http://testserver/sparql#service")
    endpoints = [s.object for s in store.statements(service, IRI(SD + "endpoint"))]
    assert endpoints == [IRI("http://testserver/sparql")]
    graphs = {str(s.object) for s in store.statements(None, IRI(SD + "name"))}
    assert graphs == {
        *(GRAPHS + name for name in ("claims", "companies", "models", "sources")),
        "https://w3id.org/triplary/ontology",
    }
    counts = [s.object for s in store.statements(None, IRI("http://rdfs.org/ns/void#triples"))]
    assert sum(int(str(count)) for count in counts) == STATEMENTS - 3


def test_the_description_says_which_default_graph_it_is(
    client: Client, exact_client: Client
) -> None:
    def features(of: Client) -> list[str]:
        return [str(s.object) for s in described(of).statements(None, IRI(SD + "feature"))]

    assert features(client) == [SD + "UnionDefaultGraph"]
    assert features(exact_client) == [SD + "EmptyGraphs"]


def test_exact_gives_the_default_graph_of_sparql(client: Client, exact_client: Client) -> None:
    """Protocol §2.1.4 — a query that names no graphs reads all of them together; in an exact
    server, the unnamed graph.
    """
    label = "SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l"
    assert ask(exact_client, COUNT).text == "n\r\n3\r\n"
    assert ask(exact_client, label).text == "l\r\nof no named graph\r\nwithout a name\r\n"
    assert ask(client, COUNT).text == f"n\r\n{STATEMENTS - 1}\r\n"
    from_claims = COUNT.replace("{", f"FROM <{GRAPHS}claims> {{")
    assert ask(exact_client, from_claims).text == "n\r\n9\r\n"
    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert ask(exact_client, in_graphs).text == f"n\r\n{STATEMENTS - 3}\r\n"
    assert ask(client, in_graphs).text == f"n\r\n{STATEMENTS - 3}\r\n"


@pytest.mark.parametrize("text", ["urn:triplary:statements-of-no-graph", "urn:x"])
def test_no_graph_is_there_but_those_that_are_told(client: Client, text: str) -> None:
    assert ask(client, f"ASK {{ GRAPH <{text}> {{ ?s ?p ?o }} }}").text == "false"
    assert ask(client, "ASK { }", **{"default-graph-uri": text}).status_code == 400
    assert ask(client, f"ASK FROM <{text}> {{ }}").status_code == 403


def test_a_literal_of_the_answer_is_as_it_is_in_the_graph(client: Client) -> None:
    query = """PREFIX : <https://w3id.org/triplary/ontology#>
    SELECT ?note { ?claim a :Claim ; :note ?note }"""
    (row,) = ask(client, query, "application/json").json()["results"]["bindings"]
    assert row == {"note": {"type": "literal", "value": 'a "quoted" note', "xml:lang": "en"}}
    assert Literal(row["note"]["value"], language="en").language == "en"
