"""The two servers that are measured: ours, and the native Oxigraph server, started alike."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

TOKEN = "a token for tests"  # noqa: S105 - of a server that lives for a minute


@dataclass(frozen=True)
class Peer:
    """A server under test: where its three doors are, and the client that asks them."""

    name: str
    address: str
    query: str
    update: str
    store: str
    client: httpx.Client


@contextlib.contextmanager
def ours(folder: Path, *flags: str) -> Iterator[Peer]:
    """`triplary serve --empty` with a token and SPARQL's own default graph."""
    token = folder / "token"
    token.write_text(TOKEN + "\n", "utf-8")
    command = [
        sys.executable, "-m", "triplary", "serve", "--empty", "--write-token-file", str(token),
        "--default-graph", "exact", "--query-workers", "2", "--port", "0", *flags,
    ]  # fmt: skip
    free = {name: value for name, value in os.environ.items() if not name.startswith("TRIPLARY_")}
    free["TRIPLARY_VIEWS"] = "memory"
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=free
    )
    try:
        assert server.stdout is not None
        told = server.stdout.readline()
        assert told.startswith("triplary answers at "), told
        address = told.split()[-1].rstrip("/")
        with _client({"Authorization": f"Bearer {TOKEN}"}) as client:
            yield Peer(
                "ours", address, f"{address}/sparql", f"{address}/sparql", f"{address}/store",
                client,
            )  # fmt: skip
    finally:
        server.terminate()
        server.wait(15)
        assert server.stdout is not None
        server.stdout.close()


@contextlib.contextmanager
def native() -> Iterator[Peer]:
    """The Oxigraph server of the same engine, in memory."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    binary = Path(sys.executable).with_name("oxigraph")
    server = subprocess.Popen(
        [binary, "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        with _client({}) as client:
            end = time.monotonic() + 20
            while True:
                try:
                    client.get(address)
                    break
                except httpx.TransportError:
                    assert server.poll() is None, "the server ended at once"
                    assert time.monotonic() < end, "the server does not answer"
                    time.sleep(0.02)
            yield Peer(
                "native", address, f"{address}/query", f"{address}/update", f"{address}/store",
                client,
            )  # fmt: skip
    finally:
        server.terminate()
        server.wait(10)


def _client(headers: dict[str, str]) -> httpx.Client:
    return httpx.Client(headers={"User-Agent": "tests", **headers}, timeout=60, trust_env=False)
