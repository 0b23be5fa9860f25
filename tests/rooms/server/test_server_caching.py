"""Answers by version: the same question of the same version is told as 304, before any work."""

import time
from email.utils import formatdate, parsedate_to_datetime
from typing import Any

import pytest

from rooms.server.asking import Client
from triplary.server.caching import Version, etag_of, not_modified, validators, varies

DESCRIBE = "/api/describe?entity=Baidu"


def test_an_answer_says_of_which_version_it_is_and_when_that_was_made(client: Client) -> None:
    answer = client.get(DESCRIBE)
    state = client.app.state  # type: ignore[attr-defined]
    assert answer.headers["triplary-version"] == state.kg.version
    assert parsedate_to_datetime(answer.headers["last-modified"]).timestamp() == int(
        state.version.made
    )
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", [DESCRIBE, "/api/expand.svg?entity=Baidu", "/entity/Baidu", "/entity/Baidu.ttl"]
)
def test_who_has_it_already_is_told_so(client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["etag"].removeprefix("W/") == first.headers["etag"].removeprefix("W/")
    assert again.headers["triplary-version"] == first.headers["triplary-version"]
    assert "Accept-Encoding" in again.headers["vary"]
    assert "content-type" not in again.headers


def test_a_date_does_where_no_tag_is_given(client: Client) -> None:
    modified = client.get(DESCRIBE).headers["last-modified"]
    earlier = formatdate(parsedate_to_datetime(modified).timestamp() - 1, usegmt=True)
    statuses = [
        client.get(DESCRIBE, headers=headers).status_code
        for headers in (
            {"If-Modified-Since": modified},
            {"If-Modified-Since": earlier},
            {"If-Modified-Since": "some day"},
            {"If-Modified-Since": modified, "If-None-Match": '"other"'},
        )
    ]
    assert statuses == [304, 200, 200, 200]


def test_another_question_has_another_tag(client: Client) -> None:
    asked = [
        client.get(DESCRIBE),
        client.get(DESCRIBE + "&language=zh"),
        client.get("/entity/Baidu", headers={"Accept": "text/turtle"}),
        client.get("/entity/Baidu", headers={"Accept": "application/ld+json"}),
        client.get("/entity/Baidu", headers={"Accept": "text/html", "Accept-Language": "zh"}),
        client.get("/entity/Baidu", headers={"Accept": "text/html", "Accept-Language": "en"}),
    ]
    assert len({answer.headers["etag"].removeprefix("W/") for answer in asked}) == len(asked)


def test_a_failure_has_no_tag(client: Client) -> None:
    failed = client.get("/api/describe?entity=Nothing%20is%20called%20so")
    assert failed.status_code == 404
    assert [
        name for name in ("etag", "last-modified", "cache-control") if name in failed.headers
    ] == []


def test_a_head_request_has_the_same_tag(client: Client) -> None:
    tags = [client.request(method, DESCRIBE).headers["etag"] for method in ("GET", "HEAD")]
    assert tags[0] == tags[1]


@pytest.mark.parametrize("path", ["/", "/-/health", "/static/triplary.css"])
def test_what_does_not_hang_on_the_graph_has_no_version(client: Client, path: str) -> None:
    assert "triplary-version" not in client.get(path).headers


def test_two_versions_of_one_second_never_share_a_date() -> None:
    now = time.time()
    made = now - now % 1 + 0.5  # in the middle of a second
    older, newer = Version("a", made - 1, first=False), Version("b", made, first=False)
    assert older.modified(made) == int(made)
    assert newer.modified(made + 0.1) is None
    assert newer.modified(made + 0.6) == int(made) + 1


def test_a_later_version_is_another_answer() -> None:
    old, new = Version("a", 100.0), Version("b", 200.0, first=False)
    held = {"if-none-match": etag_of(old, "q")}
    assert not_modified("GET", held, old, etag_of(old, "q")) is not None
    assert not_modified("GET", held, new, etag_of(new, "q")) is None
    assert not_modified("POST", held, old, etag_of(old, "q")) is None
    assert (
        not_modified("GET", {"if-modified-since": formatdate(100, usegmt=True)}, new, "x") is None
    )


def test_an_answer_without_a_tag_is_not_kept() -> None:
    assert validators(Version("a", 0)) == {"triplary-version": "a", "cache-control": "no-cache"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (rand() AS ?x) {}", True),
        ("SELECT (STRUUID() AS ?x) {}", True),
        ("SELECT (uuid() AS ?x) {}", True),
        ("SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }", True),
        ("SELECT * { ?s ?p ?o # NOW()\n }", False),
        ("SELECT ?now { ?now ?p 'RAND()' }", False),
    ],
)
def test_clock_and_chance_are_not_tagged(query: str, expected: bool) -> None:
    assert varies(query) is expected


def test_a_query_whose_answer_is_held_is_not_run_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = client.app.state.workers  # type: ignore[attr-defined]
    ask, asked = workers.ask, []

    def counted(question: Any, **more: Any) -> Any:
        asked.append(question)
        return ask(question, **more)

    monkeypatch.setattr(workers, "ask", counted)
    parameters = {"query": "SELECT ?s { ?s ?p 260 }"}
    first = client.get("/sparql", params=parameters, headers={"Accept": "text/csv"})
    held = {"Accept": "text/csv", "If-None-Match": first.headers["etag"]}
    again = client.get("/sparql", params=parameters, headers=held)
    other = client.get("/sparql", params=parameters, headers={**held, "Accept": "application/json"})
    assert [answer.status_code for answer in (first, again, other)] == [200, 304, 200]
    assert len(asked) == 2


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?t) {}", "SELECT (RAND() AS ?x) {}"])
def test_what_clock_or_chance_answers_is_not_held(client: Client, query: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    told = [name for name in ("etag", "last-modified") if name in answer.headers]
    assert (answer.status_code, told) == (200, [])


def test_the_tag_knows_how_the_server_was_reached(client: Client) -> None:
    tags = {
        client.get(f"{scheme}://testserver/entity/Baidu.ttl").headers["etag"]
        for scheme in ("http", "https")
    }
    assert len(tags) == 2
