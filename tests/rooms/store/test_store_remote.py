"""A remote endpoint that stumbles, stalls, refuses or talks nonsense is told in our own words."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from triplary.errors import BadParameter, QueryError, QueryTimeout, StoreError
from triplary.query import bind
from triplary.query.bind import read
from triplary.store.opening import open_store
from triplary.store.remote import RemoteStore, batches
from triplary.terms import IRI, XSD, BlankNode, Literal, Statement, Table

JSON = "application/sparql-results+json"
YES = (200, {"Content-Type": JSON}, b'{"head": {}, "boolean": true}')
MANY = read("many", "SELECT ?x ?y {\n  VALUES ?x { UNDEF }  # parameter, many\n  ?x ?p ?y\n}")

Step = tuple[int, dict[str, str], bytes]


class Script(ThreadingHTTPServer):
    """A server that answers by a list of steps, the last for ever, and remembers what was asked."""

    daemon_threads = True

    def __init__(self, *steps: Step, stall: threading.Event | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.steps, self.stall = list(steps), stall
        self.queries: list[str] = []
        self.heads: list[dict[str, str]] = []
        self.times: list[float] = []
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"

    def end(self) -> None:
        if self.stall:
            self.stall.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    server: Script

    def do_POST(self) -> None:
        script = self.server
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        script.queries.append(parse_qs(body)["query"][0])
        script.heads.append({name.lower(): value for name, value in self.headers.items()})
        script.times.append(time.monotonic())
        if script.stall:
            script.stall.wait(20)
            return
        status, headers, answer = script.steps.pop(0) if len(script.steps) > 1 else script.steps[0]
        if answer == b"ECHO":
            answer = echo(script.queries[-1])
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(answer))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def echo(query: str) -> bytes:
    """Results in which each <…> of the query's VALUES is a row."""
    values = query.partition("{")[2].partition("{")[2].partition("}")[0].split()
    rows = [{"x": {"type": "uri", "value": value.strip("<>")}} for value in values]
    return json.dumps({"head": {"vars": ["x", "y"]}, "results": {"bindings": rows}}).encode()


@pytest.fixture
def scripted() -> Iterator[object]:
    """Starts scripted servers and ends them."""
    started: list[Script] = []
    stores: list[RemoteStore] = []

    def start(
        *steps: Step, stall: bool = False, seconds: float = 10, batch: int = 200
    ) -> tuple[Script, RemoteStore]:
        started.append(Script(*steps, stall=threading.Event() if stall else None))
        stores.append(RemoteStore(started[-1].url, seconds=seconds, batch=batch, pause=0.05))
        return started[-1], stores[-1]

    yield start
    for store in stores:
        store.close()
    for script in started:
        script.end()


def test_a_query_goes_as_a_form_and_says_what_it_takes(scripted) -> None:
    script, store = scripted(YES)
    assert store.ask("ASK { ?s ?p '百度 & + %41' }") is True
    assert script.queries == ["ASK { ?s ?p '百度 & + %41' }"]
    head = script.heads[0]
    assert head["content-type"] == "application/x-www-form-urlencoded"
    assert (head["accept"], head["user-agent"]) == (JSON, "triplary")


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_passing_failure_is_tried_again_after_a_growing_pause(scripted, status: int) -> None:
    script, store = scripted((status, {}, b"busy"), (status, {}, b"busy"), YES)
    assert store.ask("ASK { }") is True
    assert len(script.times) == 3
    first, second = (b - a for a, b in zip(script.times, script.times[1:], strict=False))
    assert first >= 0.05
    assert second >= 0.1


def test_a_failure_that_does_not_pass_ends_at_the_deadline(scripted) -> None:
    script, store = scripted((503, {}, b"busy"), seconds=0.5)
    started = time.monotonic()
    with pytest.raises(StoreError) as caught:
        store.ask("ASK { }")
    assert time.monotonic() - started < 2
    assert str(caught.value) == (
        f"{script.url} answered 503 until the deadline of 0.5 s.\n"
        "hint: it is overloaded or restarting: try again later"
    )
    assert len(script.queries) > 1


def test_retry_after_is_waited_for(scripted) -> None:
    script, store = scripted((503, {"Retry-After": "1"}, b"busy"), YES)
    assert store.ask("ASK { }") is True
    assert script.times[1] - script.times[0] >= 1


def test_a_retry_after_beyond_the_deadline_is_not_waited_for(scripted) -> None:
    script, store = scripted((503, {"Retry-After": "3600"}, b"busy"), seconds=5)
    started = time.monotonic()
    with pytest.raises(StoreError, match="answered 503 until the deadline of 5 s"):
        store.ask("ASK { }")
    assert time.monotonic() - started < 2
    assert len(script.queries) == 1


def test_a_stalled_endpoint_is_left_at_the_deadline(scripted) -> None:
    _, store = scripted(stall=True, seconds=0.3)
    started = time.monotonic()
    with pytest.raises(QueryTimeout) as caught:
        store.select("SELECT * { }")
    assert 0.3 <= time.monotonic() - started < 3
    assert caught.value.seconds == 0.3
    assert caught.value.query == "SELECT * { }"


def test_an_endpoint_that_is_not_there_is_told(scripted) -> None:
    script, _ = scripted(YES)
    url = script.url.replace(str(script.server_address[1]), "9")
    store = RemoteStore(url)
    with pytest.raises(StoreError, match=f"^{url} does not answer: "):
        store.ask("ASK { }")
    store.close()


def test_a_refused_query_that_is_no_sparql_says_where(scripted) -> None:
    _, store = scripted((400, {}, b"engine gibberish"))
    with pytest.raises(QueryError) as caught:
        store.select("SELECT ?s {\n ?s ?p ?o ")
    assert (caught.value.line, caught.value.column) == (2, 11)
    assert "gibberish" not in caught.value.message


def test_a_refused_query_that_is_sparql_gives_the_endpoints_own_words(scripted) -> None:
    script, store = scripted((400, {}, b"too \n  many joins" + b"!" * 1000))
    with pytest.raises(QueryError) as caught:
        store.select("SELECT * { ?s ?p ?o }")
    assert caught.value.message.startswith(f"{script.url} refused the query: too many joins!!!")
    assert len(caught.value.message) < 400


@pytest.mark.parametrize("status", [401, 404, 500])
def test_another_failure_is_told_once(scripted, status: int) -> None:
    script, store = scripted((status, {}, b"no\nway"))
    with pytest.raises(StoreError) as caught:
        store.select("SELECT * { ?s ?p ?o }")
    assert str(caught.value) == f"{script.url} answered {status}: no way"
    assert len(script.queries) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html>a page</html>",
        b"",
        b"[]",
        b'"text"',
        b"{}",
        b'{"head": {"vars": ["s"]}}',
        b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": 5}]}}',
        b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri"}}]}}',
        b'{"head": {"vars": ["s"]},'
        b' "results": {"bindings": [{"s": {"type": "uri", "value": "<"}}]}}',
        b"\xff\xfe",
    ],
)
def test_what_is_not_results_json_is_told(scripted, body: bytes) -> None:
    script, store = scripted((200, {"Content-Type": JSON}, body))
    with pytest.raises(StoreError) as caught:
        store.select("SELECT ?s { ?s ?p ?o }")
    assert str(caught.value) == (
        f"{script.url} did not answer in SPARQL results JSON.\n"
        "hint: is it the address of a SPARQL endpoint?"
    )


def test_many_values_are_asked_in_batches_and_joined(scripted) -> None:
    script, store = scripted((200, {"Content-Type": JSON}, b"ECHO"), batch=3)
    asked = [IRI(f"http://x.org/{n}") for n in range(8)]
    assert store.select(bind(MANY, x=asked)) == Table(("x", "y"), tuple((x, None) for x in asked))
    assert len(script.queries) == 3
    assert [query.count("<http") for query in script.queries] == [3, 3, 2]


def test_a_batch_keeps_the_rest_of_the_query() -> None:
    said = [Literal('a } "b" <c>', language="en"), Literal("1", XSD + "integer"), IRI("a:b"), None]
    text = bind(MANY, x=said)
    parts = list(batches(text, 1))
    values = ['"a } \\"b\\" <c>"@en', f'"1"^^<{XSD}integer>', "<a:b>", "UNDEF"]
    assert parts == [
        f"SELECT ?x ?y {{\n  VALUES ?x {{ {value} }}  # parameter, many\n  ?x ?p ?y\n}}"
        for value in values
    ]
    assert list(batches(text, 4)) == [text]


def test_terms_of_every_kind_come_back(scripted) -> None:
    terms = {
        "a": {"type": "uri", "value": "http://x.org/a"},
        "b": {"type": "bnode", "value": "b0"},
        "c": {"type": "literal", "value": "c"},
        "d": {"type": "literal", "value": "d", "xml:lang": "zh"},
        "e": {"type": "literal", "value": "1", "datatype": XSD + "integer"},
        "f": {"type": "typed-literal", "value": "2", "datatype": XSD + "integer"},
    }
    answer = {"head": {"vars": [*terms, "g"]}, "results": {"bindings": [terms]}}
    _, store = scripted((200, {"Content-Type": JSON}, json.dumps(answer).encode()))
    assert store.select("SELECT * { }").rows == (
        (
            IRI("http://x.org/a"), BlankNode("b0"), Literal("c"), Literal("d", language="zh"),
            Literal("1", XSD + "integer"), Literal("2", XSD + "integer"), None,
        ),
    )  # fmt: skip


def test_a_construct_reads_turtle_from_those_who_know_no_ntriples(scripted) -> None:
    turtle = b"@prefix : <http://x.org/> . :a :p :b , :b ."
    _, store = scripted((200, {"Content-Type": "text/turtle; charset=utf-8"}, turtle))
    assert store.construct("CONSTRUCT WHERE { ?s ?p ?o }") == (
        Statement(IRI("http://x.org/a"), IRI("http://x.org/p"), IRI("http://x.org/b")),
    )


def test_a_blank_node_cannot_be_asked_for(scripted) -> None:
    script, store = scripted(YES)
    assert list(store.statements(BlankNode("b"))) == []
    assert list(store.statements(graph=BlankNode("b"))) == []
    assert script.queries == []


def test_an_address_opens_a_remote_store() -> None:
    store = open_store("http://127.0.0.1:9/sparql")
    assert isinstance(store, RemoteStore)
    assert (store.url, store.version) == ("http://127.0.0.1:9/sparql", "remote")
    store.close()


def test_a_value_of_another_type_sends_nothing() -> None:
    with pytest.raises(BadParameter):
        bind(MANY, y=IRI("a:b"))
