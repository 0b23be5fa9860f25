"""The same small graph in every store, and one real SPARQL endpoint for the remote one."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib

from conformance.small import SMALL
from triplary.store import Store, WritableStore
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.store.rdflib import RdflibStore
from triplary.store.remote import RemoteStore

WRITABLE = ("memory", "disk", "rdflib dataset", "rdflib graph")
KINDS = ("memory", "disk", "rdflib dataset", "remote")


def but(reason: str, *different: str) -> list[Any]:
    """Every kind of store, those that differ as a strict xfail with the reason."""
    return [
        pytest.param(kind, marks=pytest.mark.xfail(reason=reason)) if kind in different else kind
        for kind in KINDS
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The address of an Oxigraph server that holds the small graph."""
    address = f"127.0.0.1:{free_port()}"
    binary = Path(sys.executable).with_name("oxigraph")
    server = subprocess.Popen(
        [binary, "serve", "--bind", address, "--union-default-graph"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 20
        while True:
            try:
                put = httpx.put(
                    f"http://{address}/store",
                    content=SMALL,
                    headers={"Content-Type": "application/trig"},
                )
                break
            except httpx.TransportError:
                assert server.poll() is None, "the server ended at once"
                assert time.monotonic() < end, "the server does not answer"
                time.sleep(0.02)
        assert put.is_success, put.text
        yield f"http://{address}/query"
    finally:
        server.terminate()
        server.wait(10)


def empty(kind: str, folder: Path) -> WritableStore:
    """An empty store of a kind that can be written to."""
    if kind == "memory":
        return OxigraphStore()
    if kind == "disk":
        return OxigraphStore(folder / "store")
    if kind == "rdflib dataset":
        return RdflibStore(rdflib.Dataset())
    return RdflibStore(rdflib.Graph())


@pytest.fixture(scope="session")
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Store]]:
    """Gives the store of a kind with the small graph in it; one for the whole run."""
    stores: dict[str, Store] = {}

    def give(kind: str) -> Store:
        if kind not in stores:
            if kind == "remote":
                stores[kind] = RemoteStore(request.getfixturevalue("endpoint"))
            else:
                made = empty(kind, tmp_path_factory.mktemp("small"))
                made.load(SMALL, name="small.trig", format=FORMATS["trig"])
                stores[kind] = made
        return stores[kind]

    yield give
    for store in stores.values():
        store.close()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, opened: Callable[[str], Store]) -> Store:
    """Every store in turn, with the small graph; nobody writes to it."""
    return opened(request.param)


@pytest.fixture(params=WRITABLE)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], WritableStore]]:
    """Makes empty stores of every kind that can be written to, in turn."""
    made: list[WritableStore] = []

    def make() -> WritableStore:
        made.append(empty(request.param, tmp_path / str(len(made))))
        return made[-1]

    yield make
    for store in made:
        store.close()
