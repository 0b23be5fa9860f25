"""A real server: deadlines, streams that are cut, clients that leave, an address that is told."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from conformance.small import STATEMENTS

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"
)
MANY = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def ask(live: str, query: str, accept: str = "text/csv") -> httpx.Response:
    return httpx.get(
        f"{live}/sparql", params={"query": query}, headers={"Accept": accept}, timeout=30
    )


def test_the_served_file_is_a_union_of_its_graphs(live: str) -> None:
    # 49 statements, one of them in two graphs; the three of no graph in the file's own.
    assert ask(live, COUNT).text == f"n\r\n{STATEMENTS - 1}\r\n"


def test_a_query_ends_at_its_deadline_while_others_are_answered(live: str) -> None:
    """Protocol §4.1 — a query that works longer than `--query-seconds` is stopped: 504."""
    answers: list[httpx.Response] = []
    started = time.monotonic()
    endless = threading.Thread(target=lambda: answers.append(ask(live, ENDLESS)))
    endless.start()
    others = [ask(live, COUNT).status_code for _ in range(5)]
    assert endless.is_alive()
    endless.join(30)
    took = time.monotonic() - started
    assert others == [200] * 5
    assert 2 <= took < 8
    (answer,) = answers
    assert answer.status_code == 504
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "https://w3id.org/triplary/errors#QueryTimeout",
        "title": "QueryTimeout",
        "status": 504,
        "detail": "The query was stopped at its deadline of 2 s.",
        "hint": "ask for less (LIMIT, fewer patterns), or raise query_seconds",
        "seconds": 2.0,
    }


def test_a_client_that_leaves_takes_its_query_along(live: str) -> None:
    address = live.removeprefix("http://").split(":")
    path = f"/sparql?query={quote(ENDLESS)}"
    with socket.create_connection((address[0], int(address[1]))) as left:
        left.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with socket.create_connection((address[0], int(address[1]))) as other:
            other.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            ask(live, "ASK { }", "image/png")  # both requests were read before this one
    started = time.monotonic()
    assert ask(live, COUNT).status_code == 200
    # Both workers were taken; the deadline alone would have freed them after 2 s.
    assert time.monotonic() - started < 1.5


def test_a_long_table_that_is_cut_is_left_incomplete(live: str) -> None:
    got = b""
    plain = {"Accept": "text/csv", "Accept-Encoding": "identity"}
    with httpx.stream("GET", f"{live}/sparql", params={"query": MANY}, headers=plain) as answer:
        assert (answer.status_code, "triplary-cut" in answer.headers) == (200, False)
        with pytest.raises(httpx.RemoteProtocolError):
            for chunk in answer.iter_raw():
                got += chunk
    assert got.startswith(b"a,d,g\r\n")
    assert got.count(b"\n") <= 3001


def test_a_long_answer_that_can_tell_its_cut_is_whole(live: str) -> None:
    found = ask(live, MANY, "application/sparql-results+json").json()
    assert len(found["results"]["bindings"]) == 3000
    assert found["triplary"] == {"cut": True, "rows": 3000}
    xml = ask(live, MANY, "application/sparql-results+xml").text
    assert xml.count("<result>") == 3000
    assert xml.endswith("<!-- cut after 3000 rows: there are more --></sparql>")


def test_service_reaches_nobody(live: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        port = listener.getsockname()[1]
        found = ask(live, f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
        assert (found.status_code, found.json()["clause"]) == (403, "SERVICE")
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_the_settings_are_told(live: str) -> None:
    told = httpx.get(f"{live}/-/settings").json()
    assert (told["query_seconds"], told["query_workers"], told["answer_rows"]) == (2.0, 2, 3000)
    assert httpx.get(f"{live}/-/health").json() == {"status": "ok"}


def test_the_server_does_not_say_what_it_is_made_of(live: str) -> None:
    assert "server" not in httpx.get(f"{live}/-/health").headers


def serve(*arguments: Any, **environment: str) -> subprocess.CompletedProcess[str]:
    """`triplary serve`, run to its end."""
    command = Path(sys.executable).with_name("triplary")
    return subprocess.run(
        [command, "serve", *map(str, arguments)],
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


def test_an_unknown_variable_stops_the_start() -> None:
    ended = serve(TRIPLARY_QUERY_SECNODS="3")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[0] == (
        "triplary: the environment does not take 'TRIPLARY_QUERY_SECNODS':"
        " it stands for no setting."
    )
    assert ended.stderr.splitlines()[1].startswith("hint: settings are host, port, ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--query-seconds", "0"],
            "triplary: query_seconds does not take 0.0: it is at least 0.01.\n",
        ),
        (
            ["--default-graph", "both"],
            "triplary: default_graph does not take 'both': it is one of union, exact.\n",
        ),
        (
            ["--store", "nowhere"],
            "triplary: There is no store in nowhere.\n"
            "hint: triplary load FILE --store DIR makes one\n",
        ),
        (
            ["file.ttl", "--store", "nowhere"],
            "triplary: --store does not take 'nowhere': a store and files cannot be served"
            " together.\n"
            "hint: load the files into the store first: triplary load FILE --store DIR\n",
        ),
        (
            ["nowhere.ttl"],
            "triplary: There is no file or folder nowhere.ttl.\nhint: check the path\n",
        ),
        (
            ["http://127.0.0.1:9/sparql"],
            "triplary: serve does not take ['http://127.0.0.1:9/sparql']:"
            " only files and stores on disk are served.\n",
        ),
    ],
)
def test_a_start_that_cannot_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = serve(*arguments)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", told)


def test_a_taken_port_is_told(live: str) -> None:
    ended = serve("--port", live.rsplit(":", 1)[1])
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "address already in use" in ended.stderr


def test_a_server_that_cannot_keep_views_says_so_and_serves(tmp_path: Path) -> None:
    (tmp_path / "small.ttl").write_text("<http://x.org/a> <http://x.org/b> <http://x.org/c> .")
    (tmp_path / "file").touch()
    server = subprocess.Popen(
        [sys.executable, "-m", "triplary", "serve", "small.ttl", "--port", "0",
         "--views", str(tmp_path / "file" / "views")],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1].rstrip("/")
        kept = httpx.post(f"{address}/api/view", json={"address": "/?entity=http://x.org/a"})
        assert httpx.get(address + kept.json()["address"]).status_code == 200
    finally:
        server.terminate()
        _, told = server.communicate(timeout=15)
    assert told.splitlines()[0] == (
        "triplary: Short views are kept in memory only, until this server ends:"
        f" {tmp_path / 'file' / 'views'}: it cannot be written to."
    )
