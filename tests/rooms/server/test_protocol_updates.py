"""Updates at /sparql: SPARQL 1.1 Protocol §2.2, and what becomes of them."""

import asyncio
import gzip
import re
from typing import Any

import httpx
import pytest

from rooms.server.asking import Client
from rooms.server.conftest import BEARER, TOKEN

ERRORS = "https://w3id.org/triplary/errors#"
UPDATE = {**BEARER, "Content-Type": "application/sparql-update"}
FORM = {**BEARER, "Content-Type": "application/x-www-form-urlencoded"}
ALL = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?g ?s ?p ?o"
A, B = "http://x.org/a", "http://x.org/b"


def update(client: Client, text: str, **more: Any) -> httpx.Response:
    return client.post("/sparql", content=text.encode(), headers=UPDATE, **more)


def rows(client: Client, query: str = ALL) -> list[str]:
    """The rows of a query as lines of CSV, without the head."""
    found = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert found.status_code == 200, found.text
    return found.text.split("\r\n")[1:-1]


def counts(client: Client) -> list[int]:
    """How many triples a query sees in the default graph, and in named ones."""
    default = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    return [int(rows(client, query)[0]) for query in (default, named)]


def test_an_update_is_posted_directly_or_as_a_form(writer: Client) -> None:
    """Protocol §2.2.1, §2.2.2 — an update comes by POST: as a URL-encoded form, `update=…`, or as
    the body itself, of type `application/sparql-update`.
    """
    done = [
        update(writer, f"INSERT DATA {{ <{A}> <{A}> 1 }}"),
        writer.post("/sparql", data={"update": f"INSERT DATA {{ <{A}> <{A}> 2 }}"}, headers=BEARER),
        writer.post(
            "/sparql", content=gzip.compress(f"INSERT DATA {{ <{A}> <{A}> 3 }}".encode()),
            headers={**UPDATE, "Content-Encoding": "gzip"},
        ),
    ]  # fmt: skip
    assert [(found.status_code, found.text) for found in done] == [(204, "")] * 3
    versions = [found.headers["triplary-version"] for found in done]
    assert len(set(versions)) == 3
    assert all(re.fullmatch("[0-9a-f]{12}", version) for version in versions)
    assert rows(writer, "SELECT ?o { ?s ?p ?o } ORDER BY ?o") == ["1", "2", "3"]


def test_several_operations_are_one_update(writer: Client) -> None:
    """Update §2.2, §3 — operations with semicolons between are done in their order; where one
    fails, none is done: 422.
    """
    text = """PREFIX x: <http://x.org/>
    INSERT DATA { x:a x:p "1" } ;
    PREFIX y: <http://x.org/>
    DELETE { ?s ?p ?o } INSERT { GRAPH y:g { ?s ?p 2 } } WHERE { ?s ?p ?o } ;"""
    assert update(writer, text).status_code == 204
    assert rows(writer, "SELECT ?g ?s ?o { GRAPH ?g { ?s ?p ?o } }") == [f"http://x.org/g,{A},2"]
    renamed = f"""PREFIX x: <{A}/> INSERT DATA {{ x:1 a 1 }} ; INSERT DATA {{ x:2 a 1 }}
    ; # PREFIX
    PREFIX x: <{B}/> BASE <http://y.org/> INSERT DATA {{ x:3 a <z> }} ; INSERT DATA {{ x:4 a 4"""
    wrong = update(writer, renamed)
    assert (wrong.status_code, wrong.json()["line"], wrong.json()["column"]) == (400, 3, 103)
    assert update(writer, renamed + " } ; PREFIX z: <a:b>").status_code == 204
    deep = "SELECT ?s ?o { ?s ?p ?o FILTER(STRLEN(STR(?s)) > 14) } ORDER BY ?s"
    assert rows(writer, deep) == [
        f"{A}/1,1", f"{A}/2,1", f"{B}/3,http://y.org/z", f"{B}/4,4",
    ]  # fmt: skip
    failing = "INSERT DATA { <http://x.org/b> a 1 } ; DROP GRAPH <http://x.org/nowhere>"
    found = update(writer, failing)
    assert found.status_code == 422
    assert found.json() == {
        "type": ERRORS + "QueryFailed", "title": "QueryFailed", "status": 422,
        "detail": "The update cannot be done: The graph <http://x.org/nowhere> does not exist",
    }  # fmt: skip
    assert rows(writer, "SELECT ?g ?s ?o { GRAPH ?g { ?s ?p ?o } }") == [f"http://x.org/g,{A},2"]


def test_the_default_graph_of_an_update_holds_what_is_in_no_named_graph(
    small_writer: Client,
) -> None:
    """Update §2 — an operation that names no graph changes the unnamed graph alone, also where
    queries read all graphs together.
    """
    before = counts(small_writer)
    insert = f"INSERT DATA {{ <{A}> <{A}> <{A}> GRAPH <{B}> {{ <{A}> <{A}> <{A}> , <{B}> }} }}"
    assert update(small_writer, insert).status_code == 204
    assert counts(small_writer) == [before[0] + 2, before[1] + 2]
    assert update(small_writer, f"DELETE WHERE {{ <{A}> ?p ?o }}").status_code == 204
    assert counts(small_writer) == [before[0] + 2, before[1] + 2]
    assert update(small_writer, f"DROP GRAPH <{B}>").status_code == 204
    assert counts(small_writer) == before
    assert update(small_writer, "CLEAR DEFAULT").status_code == 204
    assert counts(small_writer) == [before[1] - 1, before[1]]
    assert update(small_writer, "DROP ALL").status_code == 204
    assert counts(small_writer) == [0, 0]


def test_the_request_names_the_graphs_that_an_update_reads(writer: Client) -> None:
    """Protocol §2.2.3 — `using-graph-uri` and `using-named-graph-uri` do what USING and USING NAMED
    do in the update.
    """
    update(
        writer, f"INSERT DATA {{ GRAPH <{A}> {{ <{A}> <{A}> 1 }} GRAPH <{B}> {{ <{B}> <{B}> 2 }} }}"
    )
    copy = "INSERT { GRAPH <http://x.org/out> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert update(writer, copy, params={"using-graph-uri": A}).status_code == 204
    out = "SELECT ?s { GRAPH <http://x.org/out> { ?s ?p ?o } } ORDER BY ?s"
    assert rows(writer, out) == [A]
    form = {"update": copy, "using-graph-uri": [A, B]}
    assert writer.post("/sparql", data=form, headers=BEARER).status_code == 204
    assert rows(writer, out) == [A, B]
    delete = update(
        writer, "DELETE WHERE { GRAPH <http://x.org/out> { ?s ?p ?o } }",
        params={"using-named-graph-uri": "http://x.org/out"},
    )  # fmt: skip
    assert (delete.status_code, rows(writer, out)) == (204, [])


@pytest.mark.parametrize(
    ("text", "parameters", "detail", "line", "column"),
    [
        (
            f"DELETE {{ ?s ?p ?o }}\nUSING <{A}> WHERE {{ ?s ?p ?o }}", {"using-graph-uri": B},
            "The update says USING (line 2, column 1), and the request names graphs as well.", 2, 1,
        ),
        (
            f"WITH <{A}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
            {"using-named-graph-uri": B},
            "The update says WITH (line 1, column 1), and the request names graphs as well.", 1, 1,
        ),
    ],
)  # fmt: skip
def test_graphs_are_named_once(
    writer: Client, text: str, parameters: Any, detail: str, line: int, column: int
) -> None:
    """Protocol §2.2.3 — a request that names graphs to an update that says USING or WITH itself is
    refused: 400.
    """
    found = update(writer, text, params=parameters)
    assert found.status_code == 400
    told = found.json()
    assert (told["detail"], told["line"], told["column"]) == (detail, line, column)


def test_relative_names_are_of_the_endpoint(writer: Client) -> None:
    """Protocol §2.3 — relative IRIs in an update are resolved in the same way."""
    assert update(writer, "INSERT DATA { <s> <p> <o> }").status_code == 204
    query = "SELECT ?o { <s> <p> ?o }"
    assert rows(writer, query) == ["http://testserver/o"]


@pytest.mark.parametrize(
    ("headers", "status", "challenge", "detail"),
    [
        ({}, 401, 'Bearer realm="triplary"', "Writing needs the server's token."),
        (
            {"Authorization": f"Basic {TOKEN}"}, 401, 'Bearer realm="triplary"',
            "Writing needs the server's token.",
        ),
        (
            {"Authorization": f"Bearer {TOKEN}x"}, 401,
            'Bearer realm="triplary", error="invalid_token"', "The token is not this server's.",
        ),
    ],
)  # fmt: skip
def test_who_has_no_token_writes_nothing(
    writer: Client, headers: dict[str, str], status: int, challenge: str, detail: str
) -> None:
    """Protocol §4.1; Graph Store §6 — a write without the server's token is refused: 401 with
    WWW-Authenticate: Bearer.
    """
    kind = {"Content-Type": "application/sparql-update", **headers}
    found = [
        writer.post("/sparql", content=f"INSERT DATA {{ <{A}> <{A}> 1 }}", headers=kind),
        writer.put("/store?default", content="<a:a> <a:a> 1 .", headers=headers),
        writer.post("/store", content="<a:a> <a:a> 1 .", headers=headers),
        writer.delete("/store?default", headers=headers),
    ]
    assert [answer.status_code for answer in found] == [status] * 4
    assert {answer.headers["www-authenticate"] for answer in found} == {challenge}
    assert {answer.json()["detail"] for answer in found} == {detail}
    assert counts(writer) == [0, 0]


def test_a_server_without_a_token_only_reads(client: Client) -> None:
    """Protocol §4.1; Graph Store §6 — where the server was started without `--write-token-file`,
    every write is refused: 403.
    """
    body = {
        "type": "about:blank", "title": "Forbidden", "status": 403,
        "detail": "This server only reads.",
        "hint": "to write, start it with --write-token-file FILE",
    }  # fmt: skip
    found = [
        client.post("/sparql", data={"update": "DROP ALL"}, headers=BEARER),
        client.post("/sparql", content="DROP ALL", headers=UPDATE),
        client.put("/store?default", content="", headers={**BEARER, "Content-Type": "text/turtle"}),
        client.delete("/store?default", headers=BEARER),
    ]
    assert [(answer.status_code, answer.json()) for answer in found] == [(403, body)] * 4


@pytest.mark.parametrize(
    ("content", "kind", "status", "told"),
    [
        (
            "INSERT DATA { ?s ?p ?o }", "application/sparql-update", 400,
            {"title": "QueryError", "line": 1},
        ),
        (
            "ASK {}", "application/sparql-update", 400,
            {
                "title": "QueryError", "line": 1, "column": 1,
                "hint": "queries are sent as query=, or as application/sparql-query",
            },
        ),
        (
            "INSERT DATA {} ;\n CLEAR XYZ", "application/sparql-update", 400,
            {"title": "QueryError", "line": 2},
        ),
        (
            "INSERT DATA { ex:a ex:b 1 }", "application/sparql-update", 400,
            {
                "title": "QueryError", "line": 1, "column": 15,
                "detail": "The prefix ex: of ex:a is not declared (line 1, column 15).",
            },
        ),
        (
            "LOAD <http://127.0.0.1:9/x>", "application/sparql-update", 403,
            {
                "title": "ForbiddenQuery", "clause": "LOAD", "line": 1, "column": 1,
                "detail": "LOAD would fetch a document; this server fetches none."
                " (line 1, column 1)",
            },
        ),
        (
            "DELETE { ?s ?p ?o }\nWHERE { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }",
            "application/sparql-update", 403,
            {"title": "ForbiddenQuery", "clause": "SERVICE", "line": 2, "column": 9},
        ),
        (
            "update=DROP+ALL&update=DROP+ALL", "application/x-www-form-urlencoded", 400,
            {
                "title": "BadParameter", "parameter": "update",
                "detail": "update does not take '2 values': exactly one update is answered.",
            },
        ),
        (
            "update=DROP+ALL&query=ASK+%7B%7D", "application/x-www-form-urlencoded", 400,
            {
                "title": "BadParameter", "parameter": "query",
                "detail": "query does not take 'update besides': exactly one operation is"
                " answered.",
            },
        ),
        (
            "update=DROP+ALL&default-graph-uri=a:a", "application/x-www-form-urlencoded", 400,
            {
                "title": "BadParameter", "parameter": "default-graph-uri",
                "hint": "with update= it is using-graph-uri or using-named-graph-uri",
            },
        ),
        (
            "a=b", "application/x-www-form-urlencoded", 400,
            {"title": "BadParameter", "parameter": "the form"},
        ),
        (b"DROP ALL # \xff", "application/sparql-update", 400, {"title": "QueryError"}),
        (
            "DROP ALL", "application/sparql-update; charset=UTF-16", 415,
            {"detail": "The charset UTF-16 is not read.", "hint": "send UTF-8"},
        ),
        ("DROP ALL", "text/plain", 415, {"detail": "A POST of text/plain is not read."}),
        ("DROP ALL", "", 415, {"detail": "A POST of no content type is not read."}),
    ],
)  # fmt: skip
def test_what_is_no_update_changes_nothing(
    writer: Client, content: Any, kind: str, status: int, told: dict[str, Any]
) -> None:
    """Protocol §2.2.5 — what is no update is refused: 400 with line and column, 403 for LOAD and
    SERVICE, 415 for other types. Nothing is changed.
    """
    update(writer, f"INSERT DATA {{ <{A}> <{A}> 1 }}")
    found = writer.post("/sparql", content=content, headers={**BEARER, "Content-Type": kind})
    assert found.status_code == status, found.text
    assert found.headers["content-type"] == "application/problem+json"
    assert {name: found.json()[name] for name in told} == told
    assert counts(writer)[0] == 1


def test_an_update_by_get_is_refused(writer: Client) -> None:
    """Protocol §2.2 — an update comes by POST only. By GET it is refused: 405 with Allow."""
    update(writer, f"INSERT DATA {{ <{A}> <{A}> 1 }}")
    found = writer.get("/sparql", params={"update": "DROP ALL"}, headers=BEARER)
    assert (found.status_code, found.headers["allow"]) == (405, "POST")
    assert counts(writer)[0] == 1


def test_a_request_holds_one_update(writer: Client) -> None:
    """Protocol §2.2 — a request holds exactly one update, and no query besides.
    Else it is refused: 400.
    """
    for form in ({"update": ["DROP ALL", "DROP ALL"]}, {"update": "DROP ALL", "query": "ASK {}"}):
        update(writer, f"INSERT DATA {{ <{A}> <{A}> 1 }}")
        found = writer.post("/sparql", data=form, headers=BEARER)
        assert (found.status_code, found.json()["title"]) == (400, "BadParameter")
        assert counts(writer)[0] == 1


def test_an_update_succeeds(writer: Client) -> None:
    """Protocol §2.2.4 — an update that succeeds is a 204 without a body; the header
    Triplary-Version names the version it made.
    """
    found = update(writer, f"INSERT DATA {{ <{A}> <{A}> 1 }}")
    assert (found.status_code, found.content) == (204, b"")
    now = writer.get("/sparql", params={"query": "ASK {}"})
    assert now.headers["triplary-version"] == found.headers["triplary-version"]


def test_a_graph_that_is_left_empty_remains(writer: Client) -> None:
    """Service Description §3.4.7 — a graph whose last statement is deleted is still
    there, empty.
    """
    triple = f"{{ GRAPH <{A}> {{ <{A}> <{A}> 1 }} }}"
    assert update(writer, f"INSERT DATA {triple} ; DELETE DATA {triple}").status_code == 204
    found = writer.get("/store", params={"graph": A}, headers={"Accept": "application/n-triples"})
    assert (found.status_code, found.text) == (200, "")


def test_load_silent_does_nothing(writer: Client) -> None:
    """Update §3.1.4 — LOAD SILENT does nothing and fails nothing: no document is fetched."""
    text = f"LOAD SILENT <http://127.0.0.1:9/x> INTO GRAPH <{A}> ; INSERT DATA {{ <{A}> <{A}> 1 }}"
    assert update(writer, text).status_code == 204
    assert rows(writer, "SELECT ?o { ?s ?p ?o }") == ["1"]


def test_a_write_that_takes_too_long_changes_nothing(small_writer: Client) -> None:
    """Update §2.2 — an update that is stopped at its deadline changes nothing, not even in part."""
    before = counts(small_writer)
    pattern = " ".join(f"GRAPH ?g{n} {{ ?s{n} ?p{n} ?o{n} }}" for n in range(5))
    endless = f"INSERT {{ ?s0 ?p1 ?o2 }} WHERE {{ {pattern} }}"
    found = update(small_writer, f"INSERT DATA {{ <{A}> <{A}> 1 }} ; {endless}")
    assert found.status_code in (500, 504)
    assert found.json()["title"] in ("QueryTimeout", "QueryCrashed")
    assert counts(small_writer) == before
    assert update(small_writer, f"INSERT DATA {{ <{A}> <{A}> 1 }}").status_code == 204
    assert counts(small_writer) == [before[0] + 1, before[1]]


def test_a_write_is_not_longer_than_it_may_be(writer: Client) -> None:
    """Protocol §4.1 — an update that is too long is refused: 403 by its characters, 413 by its
    bytes, counted unpacked.
    """
    long = f"INSERT DATA {{ <{A}> <{A}> '{'x' * 2**20}' }}"
    found = update(writer, long)
    assert (found.status_code, found.json()["clause"]) == (403, "length")
    packed = gzip.compress(b"#" * 2**26)
    bomb = writer.post("/sparql", content=packed, headers={**UPDATE, "Content-Encoding": "gzip"})
    assert (bomb.status_code, bomb.json()["detail"]) == (
        413, "The request is longer than 12,000,000 bytes.",
    )  # fmt: skip


def test_who_may_not_write_is_not_listened_to_for_long(client: Client) -> None:
    # 64 MiB may be written, but only by who has the token; a query has 1,000,000 characters.
    for kind in ("application/sparql-update", "application/x-www-form-urlencoded"):
        long = client.post("/sparql", content=b"#" * 13_000_000, headers={"Content-Type": kind})
        assert (long.status_code, long.json()["detail"]) == (
            413, "The request is longer than 12,000,000 bytes.",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("coding", "content", "status", "detail"),
    [
        ("br", b"x", 415, "The content coding br is not read."),
        ("gzip", b"no gzip", 400, "The body is no gzip: "),
        ("gzip", gzip.compress(b"DROP ALL")[:-9], 400, "The body is no whole gzip."),
    ],
)
def test_a_body_is_packed_as_it_says(
    writer: Client, coding: str, content: bytes, status: int, detail: str
) -> None:
    found = writer.post("/sparql", content=content, headers={**UPDATE, "Content-Encoding": coding})
    assert found.status_code == status
    assert found.json()["detail"].startswith(detail)


def test_readers_do_not_wait_for_writers(small_writer: Client) -> None:
    """Update §2.2 — a query that comes while an update is at work is answered at once, from the
    version before it.
    """
    before = counts(small_writer)
    slow = "INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f } ; DROP ALL"

    async def both() -> tuple[int, list[str]]:
        transport = httpx.ASGITransport(small_writer.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as guest:
            writing = asyncio.ensure_future(guest.post("/sparql", content=slow, headers=UPDATE))
            seen = []
            while not writing.done() and len(seen) < 5:
                query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
                found = await guest.get("/sparql", params=query, headers={"Accept": "text/csv"})
                seen.append(found.text.split()[1])
            return (await writing).status_code, seen

    status, seen = small_writer.run(both())
    assert status == 204
    assert set(seen) <= {str(before[0]), "0"}
    assert seen[0] == str(before[0])
    assert counts(small_writer) == [0, 0]


def test_many_writes_leave_no_process_behind(writer: Client) -> None:
    from rooms.store.pool import children

    workers = writer.app.state.workers  # type: ignore[attr-defined]
    for number in range(40):
        assert update(writer, f"INSERT DATA {{ <{A}> <{A}> {number} }}").status_code == 204
        assert counts(writer)[0] == number + 1
    for _ in range(100):
        if workers._past == [] and not workers._lasting:
            break
        writer.run(asyncio.sleep(0.02))
    assert workers._past == []
    assert len(children(workers.nursery)) <= 2


def test_the_explorer_follows_what_was_written(small_writer: Client) -> None:
    """A write makes a version: the explorer, its search and its tag are those of the new one."""
    was = small_writer.get("/api/search", params={"text": "Zebrafish Systems"})
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    insert = f"""INSERT DATA {{ GRAPH <{B}> {{ <{A}> <{label}> "Zebrafish Systems"@en ;
    a <https://w3id.org/triplary/ontology#Company> }} }}"""
    written = update(small_writer, insert)
    now = small_writer.get("/api/search", params={"text": "Zebrafish Systems"})
    assert [match["iri"] for match in was.json()["matches"]] != [A]
    assert [match["iri"] for match in now.json()["matches"]][:1] == [A]
    assert now.headers["triplary-version"] == written.headers["triplary-version"]
    assert now.headers["etag"] != was.headers["etag"]


def test_rdf_1_2_and_sparql_1_2_pass_through(writer: Client) -> None:
    """SPARQL 1.2 drafts — triple terms, VERSION and the direction of texts are read and written."""
    text = f"""VERSION "1.2" PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    INSERT DATA {{ <{A}> rdf:reifies <<( <{A}> <{B}> "שלום"@he--rtl )>> }}"""
    assert update(writer, text).status_code == 204
    query = 'VERSION "1.2" SELECT ?t { ?s ?p ?t }'
    found = writer.get("/sparql", params={"query": query}, headers={"Accept": "application/json"})
    (row,) = found.json()["results"]["bindings"]
    assert row["t"] == {
        "type": "triple",
        "value": {
            "subject": {"type": "uri", "value": A},
            "predicate": {"type": "uri", "value": B},
            "object": {
                "type": "literal", "value": "שלום", "xml:lang": "he", "its:dir": "rtl",
            },
        },
    }  # fmt: skip
    xml = writer.get("/sparql", params={"query": query}, headers={"Accept": "application/xml"})
    assert "<triple><subject>" in xml.text
    turtle = writer.get("/store?default", headers={"Accept": "application/n-triples"})
    assert '<<( <http://x.org/a> <http://x.org/b> "שלום"@he--rtl )>>' in turtle.text
    assert writer.get("/api/search", params={"text": "x"}).status_code == 200


@pytest.mark.parametrize("wanted", ['"another"', 'W/"another"', '""', "", '"a", "b"'])
def test_an_update_is_done_to_the_version_that_is_meant_only(writer: Client, wanted: str) -> None:
    version = update(writer, f"INSERT DATA {{ <{A}> <{A}> 1 }}").headers["triplary-version"]
    more = {"content": f"INSERT DATA {{ <{A}> <{A}> 2 }}".encode()}
    found = writer.post("/sparql", headers={**UPDATE, "If-Match": wanted}, **more)
    assert (found.status_code, len(rows(writer))) == (412, 1)
    for right in (f'"{version}"', "*"):
        found = writer.post("/sparql", headers={**UPDATE, "If-Match": right}, **more)
        assert (found.status_code, len(rows(writer))) == (204, 2)


def test_a_comment_behind_a_pattern_hides_no_graph(writer: Client) -> None:
    update(writer, f"INSERT DATA {{ <{A}> <{A}> 1 GRAPH <{B}> {{ <{A}> <{A}> 2 }} }}")
    found = writer.post(
        f"/sparql?using-graph-uri={B}", headers=UPDATE,
        content=b"DELETE WHERE { ?s ?p ?o } # all of it",
    )  # fmt: skip
    assert (found.status_code, rows(writer)[-1:]) == (204, [f"{B},{A},{A},2"])


@pytest.mark.parametrize(
    "graph", ["http://x.org/> {} ; DROP ALL #", "x y", "http://x.org/a\\u003e"]
)
def test_a_graph_that_is_read_writes_nothing_into_the_update(writer: Client, graph: str) -> None:
    update(writer, f"INSERT DATA {{ <{A}> <{A}> 1 }}")
    found = writer.post(
        "/sparql", params={"using-graph-uri": graph}, headers=UPDATE,
        content=b"DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    )  # fmt: skip
    assert (found.status_code, len(rows(writer))) == (400, 1)


def test_a_write_while_the_graphs_are_looked_up_is_not_forgotten(small_writer: Client) -> None:
    versions = small_writer.app.state.versions  # type: ignore[attr-defined]
    looking = versions._state.kg.store.graphs

    def slowly() -> Any:
        found = looking()
        assert update(small_writer, f"INSERT DATA {{ GRAPH <{B}> {{ <{A}> <{A}> 1 }} }}")
        return found

    class Slow:
        graphs = staticmethod(slowly)

    class Graph:
        store = Slow()

    async def raced() -> Any:
        class State:
            kg = Graph()

        versions._state, kept = State(), versions._state
        try:
            found = asyncio.ensure_future(versions.graphs())
            await asyncio.sleep(0)
            versions._state = kept
            return await found
        finally:
            versions._state = kept

    assert B in small_writer.run(raced())
