"""/api/graph: a guest's query, guarded and killable as at /sparql, drawn as a view."""

from collections.abc import Iterator
from typing import Any

import pytest

from conformance.small import ID, TRI
from rooms.server.asking import Client
from rooms.server.conftest import ended
from rooms.store.pool import forked
from triplary.kg import KnowledgeGraph
from triplary.server import graph as module
from triplary.server import models
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.store.oxigraph import OxigraphStore

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
CLAUSES = f"PREFIX : <{TRI}> PREFIX id: <{ID}> PREFIX rdfs: <{RDFS}> "
DEVELOPED = CLAUSES + "CONSTRUCT { ?model :developedBy ?by } { ?model :developedBy ?by }"
NAMES = CLAUSES + "SELECT ?model ?name { ?model a :Model ; rdfs:label ?name }"


def asked(client: Client, query: str, **more: Any) -> Any:
    answer = client.get("/api/graph", params={"query": query, **more})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    models.GraphAnswer.model_validate(told)
    return told


def drawn(told: Any) -> tuple[list[str], list[tuple[str, str, str]]]:
    names = {node["iri"]: node["name"] for node in told["view"]["nodes"]}
    edges = [
        (names[edge["source"]], edge["predicate"].removeprefix(TRI), names[edge["target"]])
        for edge in told["view"]["edges"]
    ]
    return sorted(names.values()), sorted(edges)


@pytest.fixture(scope="module")
def few(small: KnowledgeGraph) -> Iterator[Client]:
    """A server whose views hold two nodes at most, and whose answers three rows."""
    assert isinstance(small.store, OxigraphStore)
    workers = forked(small.store)
    settings = Settings(view_nodes=2, answer_rows=3, expand_nodes=2, query_seconds=1)
    with Client(create_app(small, workers, settings)) as client:
        yield client
        client.run(ended(workers))


def test_a_construct_is_drawn_with_the_evidence_of_the_graph(client: Client) -> None:
    told = asked(client, DEVELOPED)
    assert drawn(told) == (
        ["Baidu", "ERNIE", "GPT-4", "OpenAI"],
        [("ERNIE", "developedBy", "Baidu"), ("GPT-4", "developedBy", "OpenAI")],
    )
    assert (told["rows"], told["cut"], told["total"]) == (2, False, 4)
    evidence = told["view"]["edges"][0]["evidence"]
    titles = {source["id"]: source["title"] for source in told["view"]["sources"]}
    assert [titles[each["source"]] for each in evidence] == ["Models"]
    assert told["view"]["verb"] == "graph"
    assert told["view"]["parameters"] == [["query", DEVELOPED]]


def test_the_query_of_a_picture_draws_the_same_picture(client: Client) -> None:
    first = client.get("/api/expand", params={"entity": "Baidu", "hops": 2}).json()
    query = client.get("/api/expand.rq", params={"entity": "Baidu", "hops": 2}).text
    assert "rdf:predicate" in query  # one edge is a claim's alone
    again = asked(client, query)
    assert drawn(again) == drawn(first)
    said = [
        sorted((e["label"], e["verdict"]) for e in told["view"]["edges"]) for told in (first, again)
    ]
    assert said[0] == said[1]


def test_a_describe_is_drawn(client: Client) -> None:
    told = asked(client, CLAUSES + "DESCRIBE id:ERNIE")
    assert drawn(told) == (["Baidu", "ERNIE"], [("ERNIE", "developedBy", "Baidu")])
    assert told["rows"] == 7


def test_an_edge_that_the_query_made_says_so(client: Client) -> None:
    told = asked(client, CLAUSES + "CONSTRUCT { id:Baidu :rivalOf id:OpenAI } {}")
    assert drawn(told) == (["Baidu", "OpenAI"], [("Baidu", "rivalOf", "OpenAI")])
    (edge,) = told["view"]["edges"]
    assert [each["source"] for each in edge["evidence"]] == ["made by the query"]
    assert [source["id"] for source in told["view"]["sources"]] == ["made by the query"]


def test_the_entities_of_rows_are_drawn_with_the_edges_among_them(client: Client) -> None:
    query = CLAUSES + "SELECT ?a ?b ?c { ?a :developedBy ?b . ?b a ?c FILTER (?b != id:OpenAI) }"
    told = asked(client, query)
    assert drawn(told) == (["Baidu", "ERNIE"], [("ERNIE", "developedBy", "Baidu")])
    assert (told["rows"], told["total"]) == (1, 2)


def test_what_is_no_entity_in_a_row_is_left_out(client: Client) -> None:
    query = CLAUSES + "SELECT * { VALUES (?a ?b) { (id:Baidu 1) (<http://x.org/y> UNDEF) } }"
    assert drawn(asked(client, query)) == (["Baidu"], [])


def test_a_blank_node_is_the_one_of_the_store(client: Client) -> None:
    told = asked(client, CLAUSES + "SELECT ?node { id:Nowhere :note ?node }")
    assert [node["label"] for node in told["view"]["nodes"]] == ["without a name"]


def test_filters_looks_and_openings_hold_as_for_every_view(client: Client) -> None:
    told = asked(client, DEVELOPED, **{"class": "Company", "layout": "circle", "title": "Who"})
    assert drawn(told) == (["Baidu", "OpenAI"], [])
    assert (told["view"]["title"], told["view"]["layout"]) == ("Who", "circle")
    assert told["hidden"] == {"nodes": 2, "edges": 2}
    opened = asked(client, NAMES, open="ERNIE")
    assert drawn(opened)[0] == ["Baidu", "ERNIE", "GPT-4", "OpenAI"]


def test_of_too_many_entities_the_best_connected_are_drawn(few: Client) -> None:
    query = CLAUSES + "SELECT ?node { VALUES ?node { id:United_States id:Baidu id:ERNIE } }"
    told = asked(few, query)
    assert drawn(told)[0] == ["Baidu", "ERNIE"]
    assert (told["rows"], told["cut"], told["total"]) == (3, False, 3)


def test_an_answer_of_too_many_rows_says_so(few: Client) -> None:
    told = asked(few, CLAUSES + "SELECT ?s { ?s ?p ?o } ORDER BY ?s")
    assert (told["rows"], told["cut"]) == (3, True)
    told = asked(few, CLAUSES + "CONSTRUCT { ?a :by ?b } { ?a :developedBy|:basedIn ?b }")
    assert (told["rows"], told["cut"]) == (3, True)


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [("svg", b"<svg"), ("ttl", b"@prefix"), ("csv", b""), ("txt", b"")],
)
def test_a_suffix_saves_it(client: Client, suffix: str, begins: bytes) -> None:
    answer = client.get(f"/api/graph.{suffix}", params={"query": DEVELOPED})
    assert answer.status_code == 200
    assert begins in answer.content[:200]
    assert b"ERNIE" in answer.content


@pytest.mark.parametrize(
    ("query", "status", "title", "detail", "more"),
    [
        (
            "ASK { ?s ?p ?o }", 400, "BadParameter",
            "query does not take 'ASK { ?s ?p ?o }': ASK answers yes or no, which is no graph.",
            {"hint": "use CONSTRUCT, DESCRIBE or SELECT here; /sparql answers ASK"},
        ),
        (
            "SELECT * { ?s ?p 1 }", 400, "BadParameter",
            "query does not take 'SELECT * { ?s ?p 1 }': it found no entity to draw.",
            {"hint": "CONSTRUCT triples about entities, or SELECT a variable that stands for some"},
        ),
        (
            "SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }", 403, "ForbiddenQuery",
            "SERVICE would ask another server; this one asks nobody. (line 1, column 12)",
            {"line": 1, "column": 12, "clause": "SERVICE"},
        ),
        (
            "INSERT DATA { <a:> <a:> 1 }", 403, "ForbiddenQuery",
            "INSERT is an update; this door only reads. (line 1, column 1)", {"line": 1},
        ),
        ("CONSTRUCT {\n ?s ?p }", 400, "QueryError", None, {"line": 2}),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_drawn_says_why(
    client: Client, query: str, status: int, title: str, detail: str | None, more: dict[str, Any]
) -> None:
    answer = client.get("/api/graph", params={"query": query})
    told = answer.json()
    assert (answer.status_code, told["title"]) == (status, title)
    assert detail in (None, told["detail"])
    assert more.items() <= told.items()


def test_a_query_is_killed_at_its_deadline(few: Client) -> None:
    slow = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{n} ?b{n} ?c{n} .' for n in range(9))} }}"
    answer = few.get("/api/graph", params={"query": slow})
    assert (answer.status_code, answer.json()["title"]) == (504, "QueryTimeout")


def test_an_answer_of_too_many_bytes_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BYTES_MOST", 100)
    answer = client.get("/api/graph", params={"query": NAMES})
    assert answer.status_code == 400
    assert answer.json()["detail"].endswith("its answer is longer than 100 bytes.")
    assert answer.json()["hint"] == "ask for less: LIMIT, or fewer literals"


def test_without_a_query_there_is_nothing_to_draw(client: Client) -> None:
    answer = client.get("/api/graph")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "query")
