"""How soon a long answer begins and what memory it takes: a million rows of CSV, over HTTP.

A made graph is served in which each of three patterns has a hundred solutions: their product is a
million rows. For each encoding: seconds to the first byte, seconds in all, bytes, and how much the
memory of the server and of the worker grew at most. Then a client that reads slowly: what grows
while it doesn't read. `make bench-stream` runs it; `python bench/stream.py 50` has 50³ rows.
"""

import gzip
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

EACH = 100
P = "<https://x.org/p>"
QUERY = "SELECT ?a ?b ?c { ?a P 1 . ?b P 1 . ?c P 1 }".replace("P", P)
ENCODINGS = ("identity", "gzip", "zstd")
MEBIBYTE = 2**20
CHUNK = 65_536


def main() -> None:
    """Measure and print."""
    each = int(sys.argv[1]) if len(sys.argv) > 1 else EACH
    with tempfile.TemporaryDirectory() as folder:
        server = serve(Path(folder), each)
        try:
            assert server.stdout is not None  # noqa: S101 - it is a pipe
            address = urlsplit(server.stdout.readline().split()[-1])
            fetch(address.netloc, "identity", server.pid, QUERY + " LIMIT 1")
            print(f"{each**3:,} rows of CSV; memory in MiB grown at most: server, worker")
            print("encoding  first byte s  in all s        bytes  server  worker")
            for encoding in ENCODINGS:
                first, whole, size, grown = fetch(address.netloc, encoding, server.pid, QUERY)
                server_grown, worker_grown = (most / MEBIBYTE for most in grown)
                print(
                    f"{encoding:<9} {first:>12.3f} {whole:>9.2f} {size:>12,}"
                    f" {server_grown:>7.1f} {worker_grown:>7.1f}"
                )
            print("a client that reads 4 KiB each 0.1 s, for 5 s: "
                  "server {:.1f}, worker {:.1f}".format(*slowly(address, server.pid)))  # fmt: skip
        finally:
            server.terminate()
            server.wait(15)


def serve(folder: Path, each: int) -> "subprocess.Popen[str]":
    """`triplary serve` over the made graph."""
    file = folder / "many.nt.gz"
    one = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    lines = (f"<https://x.org/entity-{n:04}> {P} {one} .\n" for n in range(each))
    file.write_bytes(gzip.compress("".join(lines).encode()))
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TRIPLARY_")}
    return subprocess.Popen(  # noqa: S603 - our own command
        [Path(sys.executable).with_name("triplary"), "serve", file, "--port", "0",
         "--query-workers", "1", "--views", "memory", "--query-seconds", "600"],
        stdout=subprocess.PIPE, text=True, env=clean,
    )  # fmt: skip


def fetch(
    host: str, encoding: str, pid: int, query: str
) -> tuple[float, float, int, tuple[int, int]]:
    """Seconds to the first byte and in all, bytes, and how much server and worker grew."""
    before = memory(pid)
    most = (0, 0)
    connection = http.client.HTTPConnection(host, timeout=600)
    started = time.perf_counter()
    headers = {"Accept": "text/csv", "Accept-Encoding": encoding}
    connection.request("GET", f"/sparql?query={quote(query)}", headers=headers)
    answer = connection.getresponse()
    answer.read(1)
    first, size, chunks = time.perf_counter() - started, 1, 0
    while part := answer.read(CHUNK):
        size += len(part)
        chunks += 1
        if chunks % 20 == 0:
            most = grown(most, before, memory(pid))
    whole = time.perf_counter() - started
    connection.close()
    return first, whole, size, grown(most, before, memory(pid))


def slowly(address: object, pid: int) -> tuple[float, float]:
    """How many MiB server and worker grew while a client left most of the answer unread."""
    before, most = memory(pid), (0, 0)
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, CHUNK)
        client.connect((address.hostname, address.port))  # type: ignore[attr-defined]
        asked = f"GET /sparql?query={quote(QUERY)} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n"
        client.sendall(asked.encode())
        for _ in range(50):
            client.recv(4096)
            time.sleep(0.1)
            most = grown(most, before, memory(pid))
    return most[0] / MEBIBYTE, most[1] / MEBIBYTE


def grown(most: tuple[int, int], before: tuple[int, int], now: tuple[int, int]) -> tuple[int, int]:
    """The larger growth of each."""
    return max(most[0], now[0] - before[0]), max(most[1], now[1] - before[1])


def memory(pid: int) -> tuple[int, int]:
    """The bytes of anonymous memory of the server, and of the largest process below it."""
    below = [anonymous(each) for each in descendants(pid)]
    return anonymous(pid), max(below, default=0)


def descendants(pid: int) -> list[int]:
    """The processes below one."""
    found = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [*found, *(inner for child in found for inner in descendants(child))]


def anonymous(pid: int) -> int:
    """The bytes of a process that are no file's."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    main()
