"""The graph store at /store: SPARQL 1.1 Graph Store HTTP Protocol, line by line."""

import gzip
import json
from typing import Any

import pytest

from conformance.small import GRAPHS, STATEMENTS
from rooms.server.asking import Client
from rooms.server.conftest import BEARER
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore

TURTLE = {**BEARER, "Content-Type": "text/turtle"}
G = "http://x.org/g"
ONE, TWO = "<http://x.org/a> <http://x.org/p> 1 .", "<http://x.org/a> <http://x.org/p> 2 ."
NT = {"Accept": "application/n-triples"}
INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"


def values(client: Client, path: str, **parameters: str) -> list[str]:
    """The objects in a graph."""
    found = client.get(path, params=parameters or None, headers=NT)
    assert found.status_code == 200, found.text
    return sorted(line.split('"')[1] for line in found.text.splitlines())


def test_a_graph_is_named_indirectly(writer: Client) -> None:
    """Graph Store §4.2 — `/store?graph=IRI`, percent-encoded, is the graph of that IRI."""
    put = writer.put("/store", params={"graph": G}, content=ONE, headers=TURTLE)
    assert (put.status_code, put.headers["location"]) == (
        201,
        "/store?graph=http%3A%2F%2Fx.org%2Fg",
    )
    assert values(writer, "/store", graph=G) == ["1"]
    query = "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }"
    found = writer.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert found.text == f"g,o\r\n{G},1\r\n"


def test_the_default_graph_is_named(writer: Client) -> None:
    """Graph Store §4.2 — `/store?default` is the unnamed graph: the statements of
    no named graph.
    """
    put = writer.put("/store?default", content=ONE, headers=TURTLE)
    assert put.status_code == 204
    writer.put("/store", params={"graph": G}, content=TWO, headers=TURTLE)
    assert values(writer, "/store?default") == ["1"]
    query = "SELECT ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    found = writer.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert found.text == "o\r\n1\r\n"


def test_a_graph_is_named_directly(writer: Client) -> None:
    """Graph Store §4.1 — an address under `/store/` is the graph that has this very
    address as its IRI.
    """
    put = writer.put("/store/person/a%20b", content="<#me> <p> 1 .", headers=TURTLE)
    assert put.status_code == 201
    here = "http://testserver/store/person"
    assert writer.get("/store/person/a%20b", headers=NT).text == (
        f'<{here}/a%20b#me> <{here}/p> "1"^^{INTEGER} .\n'
    )
    assert values(writer, "/store", graph="http://testserver/store/person/a%20b") == ["1"]
    assert writer.get("/store/person/other").status_code == 404


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        (
            "/store?graph=a:a&graph=a:b",
            "graph does not take 'a:a, a:b, default': exactly one graph is meant.",
        ),
        (
            "/store?graph=a:a&default",
            "graph does not take 'a:a, default': exactly one graph is meant.",
        ),
        (
            "/store/x?graph=a:a",
            "graph does not take '/store/x': the path names a graph itself.",
        ),
        (
            "/store?graph=a:%3Cb",
            "graph does not take 'a:<b': not an absolute IRI: 'a:<b'.",
        ),
        (
            "/store?graph=here",
            "graph does not take 'here': not an absolute IRI: 'here'.",
        ),
        ("/store?graph=", "graph does not take '': not an absolute IRI: ''."),
    ],
)  # fmt: skip
def test_exactly_one_graph_is_named(writer: Client, path: str, detail: str) -> None:
    """Graph Store §4.2 — a request that names two graphs, or gives as a graph what is no absolute
    IRI, is refused: 400.
    """
    found = writer.get(path)
    assert found.status_code == 400
    assert found.json()["detail"].replace(", default'", "'") == detail.replace(", default'", "'")


@pytest.mark.parametrize(
    ("accept", "media_type", "format"),
    [
        *((f.media_type, f.media_type, name) for name, f in FORMATS.items()),
        ("", "text/turtle", "turtle"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json", "jsonld"),
    ],
)
def test_a_graph_is_read_in_any_format(
    client: Client, accept: str, media_type: str, format: str
) -> None:
    """Graph Store §5.2 — GET gives a graph in Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD,
    as Accept ranks them.
    """
    found = client.get("/store", params={"graph": GRAPHS + "claims"}, headers={"Accept": accept})
    assert found.status_code == 200
    assert found.headers["content-type"].partition(";")[0] == media_type
    store = OxigraphStore()
    assert store.load(found.content, name="answer", format=FORMATS[format]) == 9


def test_a_graph_without_accept_is_turtle(client: Client) -> None:
    """Graph Store §5 — GET without Accept gives a graph in Turtle."""
    request = client._client.build_request("GET", "/store", params={"graph": GRAPHS + "claims"})
    del request.headers["Accept"]
    found = client.run(client._client.send(request))
    assert (found.status_code, found.headers["content-type"]) == (200, "text/turtle; charset=utf-8")


@pytest.mark.parametrize("format", ["trig", "nquads", "jsonld"])
def test_all_graphs_are_read_together(client: Client, format: str) -> None:
    """Graph Store §5.2, beyond it — GET `/store` gives all graphs at once, in TriG,
    N-Quads or JSON-LD.
    """
    found = client.get("/store", headers={"Accept": FORMATS[format].media_type})
    store = OxigraphStore()
    assert store.load(found.content, name="all", format=FORMATS[format]) == STATEMENTS
    assert len(store.graphs()) == 5


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
def test_a_graph_that_is_not_there(writer: Client, method: str) -> None:
    """Graph Store §5.1, §5.4 — GET, HEAD and DELETE of a graph that is not there
    are refused: 404.
    """
    found = writer.request(method, "/store?graph=http://x.org/nowhere", headers=BEARER)
    assert found.status_code == 404
    if method != "HEAD":
        assert found.json()["detail"] == "There is no graph <http://x.org/nowhere>."


def test_put_replaces(writer: Client) -> None:
    """Graph Store §5.3 — PUT makes a graph, 201 with Location, or replaces all that
    is in it: 204.
    """
    found = [
        writer.put("/store", params={"graph": G}, content=text, headers=TURTLE).status_code
        for text in (ONE, TWO)
    ]
    assert found == [201, 204]
    assert values(writer, "/store", graph=G) == ["2"]


def test_an_empty_graph_is_there(writer: Client) -> None:
    """Graph Store §5.3 — PUT of an empty document makes an empty graph, which is there until it is
    deleted.
    """
    assert writer.put("/store", params={"graph": G}, content="", headers=TURTLE).status_code == 201
    assert values(writer, "/store", graph=G) == []
    assert writer.delete("/store", params={"graph": G}, headers=BEARER).status_code == 204
    assert writer.get("/store", params={"graph": G}).status_code == 404


def test_delete_takes_a_graph_away(writer: Client) -> None:
    """Graph Store §5.4 — DELETE takes a graph away, or empties the default graph: 204."""
    for path in (f"/store?graph={G}", "/store?default"):
        writer.put(path, content=ONE, headers=TURTLE)
        assert writer.delete(path, headers=BEARER).status_code == 204
    assert writer.get("/store", params={"graph": G}).status_code == 404
    assert values(writer, "/store?default") == []


def test_post_merges(writer: Client) -> None:
    """Graph Store §5.5 — POST adds to what is in a graph, 204, or makes the graph: 201."""
    found = [
        writer.post("/store", params={"graph": G}, content=text, headers=TURTLE).status_code
        for text in (ONE, TWO, ONE)
    ]
    assert found == [201, 204, 204]
    assert values(writer, "/store", graph=G) == ["1", "2"]


def test_blank_nodes_of_two_documents_are_two(writer: Client) -> None:
    """Graph Store §5.5 — blank nodes of two documents stay apart, though they have
    the same label.
    """
    for _ in range(2):
        writer.post(
            "/store", params={"graph": G}, content="_:a <http://x.org/p> 1 .", headers=TURTLE
        )
    assert values(writer, "/store", graph=G) == ["1", "1"]


def test_post_to_the_store_makes_a_graph(writer: Client) -> None:
    """Graph Store §5.5 — POST of triples to `/store` makes a graph with a new IRI:
    201 with Location.
    """
    made = [writer.post("/store", content=ONE, headers=TURTLE) for _ in range(2)]
    assert [found.status_code for found in made] == [201, 201]
    places = [found.headers["location"] for found in made]
    assert places[0] != places[1]
    assert all(place.startswith("http://testserver/store/") for place in places)
    assert values(writer, places[0]) == ["1"]


def test_a_dataset_goes_to_its_graphs(writer: Client) -> None:
    """Graph Store §5.3, §5.5, beyond it — PUT and POST of quads to `/store` go to the graphs that
    the quads name: PUT replaces all there is, POST adds.
    """
    quads = {**BEARER, "Content-Type": "application/n-quads"}
    first = f"{ONE[:-1]} <{G}> .\n{ONE}\n".replace("1", f'"1"^^{INTEGER}')
    second = f"{TWO[:-1]} <{G}> .".replace("2", f'"2"^^{INTEGER}')
    assert writer.put("/store", content=first, headers=quads).status_code == 204
    assert writer.post("/store", content=second, headers=quads).status_code == 204
    assert values(writer, "/store", graph=G) == ["1", "2"]
    assert values(writer, "/store?default") == ["1"]
    assert writer.put("/store", content=second, headers=quads).status_code == 204
    assert values(writer, "/store", graph=G) == ["2"]
    assert values(writer, "/store?default") == []
    assert writer.delete("/store", headers=BEARER).status_code == 204
    assert writer.get("/store", headers={"Accept": "application/n-quads"}).text == ""


def test_several_documents_come_at_once(writer: Client) -> None:
    """Graph Store §5.5 — POST of `multipart/form-data` adds several documents at once, each in its
    own format.
    """
    parts = [
        ("a", ("a.ttl", ONE, "text/turtle")),
        ("b", ("b.nt", TWO.replace("2", f'"2"^^{INTEGER}'), "application/n-triples")),
        ("c", ("c.jsonld", json.dumps({"@id": "http://x.org/a", "http://x.org/p": 3}), None)),
    ]
    found = writer.post("/store", params={"graph": G}, files=parts, headers=BEARER)
    assert found.status_code == 201, found.text
    assert values(writer, "/store", graph=G) == ["1", "2", "3"]


def test_documents_come_within_parts(writer: Client) -> None:
    """Graph Store §5.5 — a part of a form may be `multipart/mixed` and hold parts of its own."""
    body = "\r\n".join([
        "--A", 'content-disposition: form-data; name="graphs"',
        "Content-type: multipart/mixed, boundary=B", "",
        "--B", 'Content-disposition: attachment; filename="a.ttl"', "Content-type: text/turtle", "",
        ONE,
        "--B", 'Content-disposition: attachment; filename="b.ttl"', "", TWO,
        "--B", "--A", "",
    ])  # fmt: skip
    kind = {**BEARER, "Content-Type": "multipart/form-data, boundary=A"}
    found = writer.post("/store?default", content=body, headers=kind)
    assert found.status_code == 204, found.text
    assert values(writer, "/store?default") == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "kind", "status", "told"),
    [
        (
            "<a:a> <a:b> <a:c>", "text/turtle", 400,
            {"title": "ParseError", "line": 1, "column": 18},
        ),
        ("<a:a> <a:b> 1 .\n<a:a> x", "text/turtle", 400, {"title": "ParseError", "line": 2}),
        (ONE, "application/rdf+xml", 400, {"title": "ParseError", "line": 1, "column": 8}),
        (
            "<!DOCTYPE x><x/>", "application/rdf+xml", 400,
            {"detail": "the body: RDF/XML with a DOCTYPE is not read"},
        ),
        (
            '{"@context": "http://127.0.0.1:9/c", "@id": "a:a"}', "application/ld+json", 400,
            {"detail": "the body: its @context is an address, and no address is fetched"},
        ),
        (
            "<a:a> <a:b> <a:c> <a:g> .", "application/n-quads", 400,
            {"detail": "the body: names the graph <a:g> itself"},
        ),
        (ONE, "text/csv", 415, {"detail": "text/csv is no format of RDF that is read."}),
        (
            ONE, "", 415,
            {"detail": "A body without content type is no format of RDF that is read."},
        ),
        (ONE, "text/turtle; charset=latin-1", 415, {"detail": "The charset latin-1 is not read."}),
        (
            ONE, "multipart/form-data; boundary=x", 400,
            {"detail": "the body: holds no parts between “--x”"},
        ),
        (
            "--x\r\nContent-Type: image/png\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x",
            415, {"detail": "image/png is no format of RDF that is read."},
        ),
        ("#" * (2**20 + 1), "text/turtle", 413, {"title": "Content Too Large"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_what_is_no_rdf_changes_nothing(
    writer: Client, method: str, content: str, kind: str, status: int, told: dict[str, Any]
) -> None:
    """Graph Store §5.1 — a body that does not parse is refused with line and column: 400; one of a
    type that is not read: 415; one that is too long: 413. Nothing is changed.
    """
    writer.put("/store", params={"graph": G}, content=ONE, headers=TURTLE)
    found = writer.request(
        method, "/store", params={"graph": G}, content=content,
        headers={**BEARER, "Content-Type": kind},
    )  # fmt: skip
    assert found.status_code == status, found.text
    body = found.json()
    if status == 413:
        told = {**told, "title": body["title"]}  # the words of 413 changed with Python's version
    assert {name: body[name] for name in told} == told
    assert values(writer, "/store", graph=G) == ["1"]


def test_a_body_may_be_packed(writer: Client) -> None:
    """HTTP §8.4 — a body may come packed by gzip; its length is counted unpacked."""
    packed = {**TURTLE, "Content-Encoding": "gzip"}
    put = writer.put("/store?default", content=gzip.compress(ONE.encode()), headers=packed)
    assert (put.status_code, values(writer, "/store?default")) == (204, ["1"])
    bomb = writer.put("/store?default", content=gzip.compress(b" " * 2**24), headers=packed)
    assert (bomb.status_code, values(writer, "/store?default")) == (413, ["1"])


def test_a_write_may_be_of_one_version_only(writer: Client) -> None:
    """HTTP §13.1.1 — a write to `/store` with If-Match, which takes the version that
    Triplary-Version told, is refused where there is a newer one: 412.
    """
    put = writer.put("/store?default", content=ONE, headers=TURTLE)
    version = put.headers["triplary-version"]
    wanted = {**TURTLE, "If-Match": f'"{version}"'}
    first = writer.put("/store?default", content=TWO, headers=wanted)
    second = writer.put("/store?default", content=ONE, headers=wanted)
    assert [first.status_code, second.status_code] == [204, 412]
    assert second.json()["detail"] == "The graph is another one by now."
    assert values(writer, "/store?default") == ["2"]
    assert writer.put("/store?default", content=ONE, headers={**TURTLE, "If-Match": "*"}).is_success


@pytest.mark.parametrize("method", ["PATCH", "TRACE"])
def test_another_method_is_refused(client: Client, writer: Client, method: str) -> None:
    """Graph Store §5.1, §5.7 — PATCH and every method that is not told here are
    refused: 405 with Allow.
    """
    for asked, allow in ((client, "GET, HEAD, OPTIONS"), (
        writer, "GET, HEAD, PUT, POST, DELETE, OPTIONS")):  # fmt: skip
        found = asked.request(method, "/store?default", headers=BEARER)
        assert (found.status_code, found.headers["allow"]) == (405, allow)


def test_a_part_with_an_endless_head_is_refused(writer: Client) -> None:
    body = b"--b\r\n" + b"A: b\r\n" * 5000 + b"\r\n<a:a> <a:b> 1 .\r\n--b--"
    found = writer.post(
        "/store", content=body, headers={**BEARER, "Content-Type": "multipart/form-data;boundary=b"}
    )
    assert (found.status_code, "has a part with a head of" in found.json()["detail"]) == (400, True)


def test_who_wants_a_new_graph_replaces_none(writer: Client) -> None:
    new = {**TURTLE, "If-None-Match": "*"}
    found = [
        writer.put("/store", params={"graph": G}, content=text, headers=new) for text in (ONE, TWO)
    ]
    assert [each.status_code for each in found] == [201, 412]
    assert found[1].json()["detail"] == f"There is the graph <{G}> already."
    assert writer.put("/store?default", content=ONE, headers=new).status_code == 412
