"""What a guest may ask, token by token: each refusal with its clause, its words, its place."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triplary.errors import ForbiddenQuery, QueryError, TriplaryError
from triplary.store.guard import GuestQuery, check

HERE = ("http://x.org/g", "https://w3id.org/triplary/graph/claims")
SERVICE = (
    "SERVICE would ask another server; this one asks nobody.",
    "load the other data here, or ask the other server yourself",
)
ESCAPE = ("An escape stands outside strings and IRIs.", "")
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists the graphs"


def asked(query: str, *, characters: int = 2000, depth: int = 20) -> GuestQuery:
    return check(query, graphs=HERE, characters_most=characters, depth_most=depth)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("ask{}", "ASK"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <http://x.org/a>", "DESCRIBE"),
        (
            "PREFIX a: <http://x.org/> BASE <http://y.org/> PREFIX : <#> ASK { a:b :c <d> }",
            "ASK",
        ),
        ("VERSION '1.2' ASK { ?s ?p ?o }", "ASK"),
        ("PREFIX select: <http://x.org/> ASK { ?s select:construct ?o }", "ASK"),
        ("# INSERT DATA\nSELECT * { } # SERVICE <http://x.org/>", "SELECT"),
        ("SELECT ?SERVICE { ?SERVICE ?service $SERVICE }", "SELECT"),
        ("ASK { ?s ?p 'SERVICE <http://x.org/> { }' }", "ASK"),
        ('ASK { ?s ?p """a "quoted" SERVICE""", "b\\" SERVICE" }', "ASK"),
        ("ASK { ?s ?p '''it's a SERVICE''' }", "ASK"),
        ("ASK { ?s ?p 'SERVICE'@en-SERVICE }", "ASK"),
        (
            "ASK { <http://x.org/SERVICE> <http://x.org/service#a> <http://x.org/(a)> }",
            "ASK",
        ),
        ("ASK { :SERVICE a:service _:service }", "ASK"),
        ("ASK { ?s :a.service-b ?o }", "ASK"),
        ("ASK { ?s ?p '\\u0053ERVICE' . <http://x.org/\\u0041> ?p ?o }", "ASK"),
        ("ASK { ?s :a\\-b :c\\'d }", "ASK"),
        ("SELECT * FROM <http://x.org/g> { ?s ?p ?o }", "SELECT"),
        ("SELECT * FROM NAMED <http://x.org/g> FROM graph:claims { ?s ?p ?o }", "SELECT"),
        ("PREFIX x: <http://x.org/> ASK FROM x:g { }", "ASK"),
        ("BASE <http://x.org/deep/> ASK FROM <../g> { }", "ASK"),
        ("BASE <http://x.org/> PREFIX p: <.> ASK from named p:g { }", "ASK"),
        ("CONSTRUCT { ?s ?p ?o } FROM <http://x.org/g> WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("SELECT (EXISTS { ?s ?p ?o } AS ?any) FROM <http://x.org/g> { }", "SELECT"),
        ("ASK { ?from ?p 'FROM <http://y.org/>' }", "ASK"),
    ],
)
def test_what_only_reads_passes(query: str, form: str) -> None:
    assert asked(query) == GuestQuery(query, form)


LISTENER = "<http://127.0.0.1:9/>"
SERVICES = [
    (f"SELECT * {{ SERVICE {LISTENER} {{ ?s ?p ?o }} }}", 12),
    (f"SELECT * {{ service{LISTENER}{{}} }}", 12),
    (f"SELECT * {{ SeRvIcE SILENT {LISTENER} {{}} }}", 12),
    ("SELECT * { SERVICE ?anywhere {} }", 12),
    (f"SELECT * {{ SERVICE # a comment\n {LISTENER} {{}} }}", 12),
    (f"SELECT * {{ SERVICESILENT{LISTENER}{{}} }}", 12),
    (f"SELECT * {{ ?s ?p trueSERVICE {LISTENER} {{}} }}", 18),
    (f"SELECT * {{ ?s ?p 1SERVICE {LISTENER} {{}} }}", 18),
    (f"SELECT * {{ ?s ?p 1.5e3SERVICE {LISTENER} {{}} }}", 20),
    (f"SELECT * {{ ?s ?p 'a'SERVICE {LISTENER} {{}} }}", 21),
    (f"SELECT * {{ ?s ?p 'a'@en.SERVICE {LISTENER} {{}} }}", 25),
    (f"SELECT * {{ ?s ?p <a:b>SERVICE {LISTENER} {{}} }}", 23),
    (f"SELECT * {{ {{}}SERVICE {LISTENER} {{}} }}", 14),
    (f"SELECT * {{ ?s ?p ?o.SERVICE {LISTENER} {{}} }}", 21),
    (f"SELECT * {{ ?s ?p x:.SERVICE {LISTENER} {{}} }}", 21),
    ("SELECT * { SERVICE:x { } }", 12),
    ("SELECT * { x.SERVICE:y { } }", 12),
    (f"SELECT * {{ FILTER(?a<1)SERVICE#>\n{LISTENER}{{}} }}", 21),
    (f"SELECT * {{ FILTER(?a<1)serviceSILENT#>\n{LISTENER}{{}} }}", 21),
    (f"SELECT * {{ FILTER(?a<1)?s?p'x'SERVICE#>\n{LISTENER}{{}} }}", 21),
    (f"SELECT * {{ {{ SELECT * {{ SERVICE {LISTENER} {{}} }} }} }}", 25),
    (f"ASK {{ FILTER NOT EXISTS {{ SERVICE {LISTENER} {{}} }} }}", 27),
    (f"CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE {LISTENER} {{ ?s ?p ?o }} }}", 26),
    ("ASK { ?s SERVICE:x ?o }", 10),
]


@pytest.mark.parametrize(("query", "column"), SERVICES)
def test_service_is_refused_in_every_disguise(query: str, column: int) -> None:
    with pytest.raises(ForbiddenQuery) as caught:
        asked(query)
    sentence, hint = SERVICE
    assert str(caught.value) == f"{sentence} (line 1, column {column})\nhint: {hint}"
    assert (caught.value.clause, caught.value.query) == ("SERVICE", query)
    assert (caught.value.line, caught.value.column) == (1, column)


@pytest.mark.parametrize(
    ("query", "clause", "sentence", "line", "column", "hint"),
    [
        ("ASK {\n \\u0053ERVICE <a:b> {} }", "SERVICE", SERVICE[0], 2, 2, SERVICE[1]),
        ("ASK { S\\U00000045RVICE <a:b> {} }", "SERVICE", SERVICE[0], 1, 7, SERVICE[1]),
        (
            "SELECT * FROM \\u003chttp://y.org/> {}",
            "FROM", "FROM names <http://y.org/>, which is no graph of this store.", 1, 15, GRAPHS,
        ),
        (
            "ASK { ?s ?p 'a\\u0027 SERVICE <a:b> {} #' }",
            "SERVICE", SERVICE[0], 1, 17, SERVICE[1],
        ),
        ("ASK { } \x00", "NUL", "The query holds a NUL character.", 1, 9, ""),
        *(
            (
                f"PREFIX a: <b:c>\n{word} x",
                word, f"{word} is an update; this door only reads.", 2, 1,
                "start the query with SELECT, ASK, CONSTRUCT or DESCRIBE",
            )
            for word in (
                "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY",
                "WITH",
            )
        ),
        (
            "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
            "FROM", "FROM names <file:///etc/passwd>, which is no graph of this store.", 1, 15,
            GRAPHS,
        ),
        (
            "ASK FROM NAMED <http://y.org/> {}",
            "FROM", "FROM names <http://y.org/>, which is no graph of this store.", 1, 16, GRAPHS,
        ),
        (
            "ASK FROM <http://x.org/g>\nFROM <http://y.org/> {}",
            "FROM", "FROM names <http://y.org/>, which is no graph of this store.", 2, 6, GRAPHS,
        ),
        (
            "CONSTRUCT { ?s ?p ?o } FROM <http://y.org/> { ?s ?p ?o }",
            "FROM", "FROM names <http://y.org/>, which is no graph of this store.", 1, 29, GRAPHS,
        ),
        (
            "PREFIX x: <http://y.org/> DESCRIBE x:a FROM x:b",
            "FROM", "FROM names x:b, which is no graph of this store.", 1, 45, GRAPHS,
        ),
        (
            "BASE <http://y.org/> ASK FROM <g> {}",
            "FROM", "FROM names <g>, which is no graph of this store.", 1, 31, GRAPHS,
        ),
        (
            "ASK " + "{" * 21 + "}" * 21,
            "depth", "Brackets are nested more than 20 deep.", 1, 25, "flatten the query",
        ),
        (
            "ASK { FILTER(" + "(" * 19 + "1" + ")" * 20 + " }",
            "depth", "Brackets are nested more than 20 deep.", 1, 32, "flatten the query",
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_what_and_where(
    query: str, clause: str, sentence: str, line: int, column: int, hint: str
) -> None:
    with pytest.raises(ForbiddenQuery) as caught:
        asked(query)
    told = f"{sentence} (line {line}, column {column})" + (f"\nhint: {hint}" if hint else "")
    assert str(caught.value) == told
    assert (caught.value.clause, caught.value.line, caught.value.column) == (clause, line, column)


def test_a_long_query_is_refused_unread() -> None:
    with pytest.raises(ForbiddenQuery) as caught:
        asked("ASK { }" + " " * 1994)
    assert str(caught.value) == (
        "The query has 2,001 characters; at most 2,000 are read.\n"
        "hint: ask in parts, or raise query_characters"
    )
    assert caught.value.clause == "length"
    assert asked("ASK { }" + " " * 1993).form == "ASK"


@pytest.mark.parametrize("query", ["", "  \n\t", "# SELECT * { ?s ?p ?o }", "PREFIX a: <b:c>"])
def test_an_empty_query_is_told(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        asked(query)
    assert str(caught.value) == "The query is empty."
    assert type(caught.value) is QueryError
    assert (caught.value.line, caught.value.column) == (1, 1)


def test_another_word_than_a_form_is_told() -> None:
    with pytest.raises(QueryError) as caught:
        asked("PREFIX a: <b:c>\n  EXPLAIN SELECT * {}")
    assert str(caught.value) == (
        "The query is not SPARQL at line 2, column 3: “EXPLAIN” stands where SELECT, ASK,"
        " CONSTRUCT or DESCRIBE is expected."
    )
    assert (caught.value.line, caught.value.column) == (2, 3)


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[int]]]:
    """An address, and a list that grows with each connection made to it."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    door.listen()
    connections: list[int] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = door.accept()
            except OSError:
                return
            connections.append(1)
            connection.close()

    thread = threading.Thread(target=accept)
    thread.start()
    yield f"<http://127.0.0.1:{door.getsockname()[1]}/>", connections
    door.shutdown(socket.SHUT_RDWR)
    door.close()
    thread.join(5)


PIECES = [
    "FILTER(?o<1)", "FILTER(?o<1)?s?p'x'", "BIND(1<2 AS ?b)", "?s ?p true", "?s ?p 1", "?s ?p x:.",
    "?s ?p x:", "?s ?p x:a.", "?s ?p 'x'", "?s ?p 'x'@en", "?s ?p ?o.", "?s ?p _:a.", "{}", "<",
    ">",
    "'", '"', "\\", "#", "# \n", "x:", "?", "{ ?s ?p ?o }", "OPTIONAL{", "FILTER EXISTS{",
    "", ".", "}",
]  # fmt: skip
KEYWORDS = ["SERVICE", "service", "\\u0053ERVICE", "SERVICE SILENT", "SERVICESILENT", "sErViCe"]
GAPS = ["", " ", "#>\n", "# >'\n", "\n", "\f", "x:", "'", "?s"]


@settings(max_examples=600)
@given(
    before=st.lists(st.sampled_from(PIECES), min_size=1, max_size=2).map("".join),
    keyword=st.sampled_from(KEYWORDS),
    gap=st.sampled_from(GAPS),
)
def test_what_passes_the_guard_calls_nobody(
    listener: tuple[str, list[int]], before: str, keyword: str, gap: str
) -> None:
    address, connections = listener
    body = f"{before}{keyword}{gap}{address}{{ ?x ?y ?z }}"
    query = f"PREFIX x: <http://x.org/> SELECT * {{ ?s ?p ?o {body} }}"
    try:
        check(query, characters_most=2000, depth_most=20)
    except TriplaryError:
        return
    store = ox.Store()
    for value in (ox.Literal(0), ox.Literal(1), ox.Literal(True), ox.NamedNode("http://x.org/")):
        name = ox.NamedNode("http://x.org/")
        store.add(ox.Quad(name, name, value))
    count = len(connections)
    with contextlib.suppress(SyntaxError, OSError, ValueError, RuntimeError):
        list(store.query(query))
    assert len(connections) == count


@given(query=st.text(max_size=200) | st.lists(st.sampled_from(PIECES + KEYWORDS)).map("".join))
def test_any_text_passes_or_is_refused_in_words(query: str) -> None:
    for text in (query, f"SELECT * {{ {query} }}"):
        try:
            passed = asked(text)
        except QueryError as error:
            assert error.message
        else:
            assert passed.form in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


@pytest.mark.parametrize(
    "part",
    [
        "a.",
        "a-",
        '\\"',
        "\\'",
        '"\\"',
        '\n\\"""',
        "<)",
        ")",
        "\\u0041",
        "?a$",
        "@a-",
        "a:b.",
        "#\n",
    ],
)
@pytest.mark.parametrize("start", ["ASK { ?s ?p ", "ASK { '", 'ASK { "', 'ASK { """', "ASK { <"])
def test_no_text_takes_the_guard_longer_than_its_length_does(start: str, part: str) -> None:
    # Each of these once took time with the square of its length; a million characters, hours.
    text = start + part * (200_000 // len(part))
    before = time.process_time()
    with contextlib.suppress(TriplaryError):
        asked(text, characters=10**6)
    assert time.process_time() - before < 10
