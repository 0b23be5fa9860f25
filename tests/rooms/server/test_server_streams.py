"""A long answer streams: its first bytes come early, and nobody keeps what nobody reads."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

EACH = 70
ROWS = EACH**3
P = "<https://x.org/p>"
QUERY = "SELECT ?a ?b ?c { ?a P 1 . ?b P 1 . ?c P 1 }".replace("P", P)
MEBIBYTE = 2**20
BOUND = 12 * MEBIBYTE
"""Some 40 MB are on their way: who kept them would be seen."""


class Server:
    """`triplary serve` over entities whose every triple is a row of QUERY."""

    def __init__(self, folder: Path) -> None:
        file = folder / "many.nt"
        lines = [
            f"<https://x.org/{'long-name-' * 3}{n:03}> <https://x.org/p>"
            ' "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
            for n in range(EACH)
        ]
        file.write_text("".join(lines), "utf-8")
        command = Path(sys.executable).with_name("triplary")
        clean = {k: v for k, v in os.environ.items() if not k.startswith("TRIPLARY_")}
        clean["TRIPLARY_VIEWS"] = "memory"
        self.process = subprocess.Popen(
            [command, "serve", str(file), "--port", "0", "--query-workers", "2"],
            stdout=subprocess.PIPE, text=True, env=clean,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split()[-1].rstrip("/")

    def memory(self) -> dict[int, int]:
        """The resident bytes that each process of the server has for itself, by process id."""
        return {pid: _own_memory(pid) for pid in (self.process.pid, *_below(self.process.pid))}

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(15)
        assert self.process.stdout is not None
        self.process.stdout.close()


def _below(pid: int) -> list[int]:
    children = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [*children, *(inner for child in children for inner in _below(child))]


def _own_memory(pid: int) -> int:
    told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(told["RssAnon"].split()[0]) * 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc")
    server = Server(tmp_path_factory.mktemp("many"))
    httpx.get(f"{server.address}/sparql", params={"query": QUERY + " LIMIT 1"})
    yield server
    server.close()


def test_what_a_slow_client_does_not_read_is_kept_by_nobody(server: Server) -> None:
    """The first bytes are there while most of the answer cannot be: no buffer holds it."""
    parts, before = urlsplit(server.address), server.memory()
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        client.settimeout(20)
        client.connect((parts.hostname, parts.port))
        client.sendall(
            f"GET /sparql?query={quote(QUERY)} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        begun = client.recv(4096)
        received = len(begun)
        for _ in range(10):
            time.sleep(0.1)
            received += len(client.recv(4096))
        grown = {pid: size - before.get(pid, 0) for pid, size in server.memory().items()}
        assert begun.startswith(b"HTTP/1.1 200")
        assert max(grown.values()) < BOUND
        body = b""
        while chunk := client.recv(MEBIBYTE):
            received += len(chunk)
            body = chunk if len(chunk) > 7 else body + chunk
        assert body.endswith(b"0\r\n\r\n")  # the last chunk: the answer was whole
        assert received > ROWS * 100


@pytest.mark.parametrize("encoding", ["identity", "gzip", "zstd"])
def test_a_long_answer_begins_early_and_takes_little_memory(server: Server, encoding: str) -> None:
    headers = {"Accept": "text/csv", "Accept-Encoding": encoding}
    before = server.memory()
    started = time.monotonic()
    first, rows, most = 0.0, 0, 0
    with httpx.stream(
        "GET", f"{server.address}/sparql", params={"query": QUERY}, headers=headers, timeout=60
    ) as answer:
        assert answer.headers.get("content-encoding", "identity") == encoding
        for chunk in answer.iter_bytes():
            first = first or time.monotonic() - started
            rows += chunk.count(b"\n")
            if rows % 7 == 0:
                grown = {pid: size - before.get(pid, size) for pid, size in server.memory().items()}
                most = max(most, *grown.values())
    whole = time.monotonic() - started
    assert rows == ROWS + 1
    assert first < whole / 3
    assert most < BOUND


def test_who_goes_away_takes_the_query_along(server: Server) -> None:
    with httpx.stream(
        "GET", f"{server.address}/sparql", params={"query": QUERY}, headers={"Accept": "text/csv"}
    ) as answer:
        next(answer.iter_bytes())
    short = httpx.get(
        f"{server.address}/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"}
    )
    assert short.text == "true"
