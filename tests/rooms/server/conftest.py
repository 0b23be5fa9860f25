"""The application over the small graph in this process, and the real command as a server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.small import SMALL
from rooms.server.asking import Client
from rooms.store.pool import forked
from triplary.kg import KnowledgeGraph
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.store.worker import Workers


async def ended(workers: Workers) -> None:
    """Close the workers on the loop that their sockets belong to."""
    workers.close()


@pytest.fixture(scope="session")
def client(small: KnowledgeGraph) -> Iterator[Client]:
    """A client of the application over the small graph."""
    assert isinstance(small.store, OxigraphStore)
    workers = forked(small.store)
    app = create_app(small, workers, Settings(answer_rows=40, query_depth=20))
    with Client(app) as client:
        yield client
        client.run(ended(workers))


@pytest.fixture(scope="session")
def exact_client() -> Iterator[Client]:
    """A client of the application with SPARQL's own default graph."""
    store = OxigraphStore(exact=True)
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    workers = forked(store)
    app = create_app(KnowledgeGraph(store), workers, Settings(default_graph="exact"))
    with Client(app) as client:
        yield client
        client.run(ended(workers))


TOKEN = "a-token-for-tests"  # noqa: S105 - of servers that live for a test
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(params=["exact", "union"])
def writer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Client]:
    """A client of an empty application that takes writes, in both ways of a default graph."""
    yield from writing(request.param, OxigraphStore(exact=request.param == "exact"), tmp_path)


@pytest.fixture
def small_writer(tmp_path: Path) -> Iterator[Client]:
    """A client of an application over the small graph that takes writes; a union."""
    store = OxigraphStore()
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    yield from writing("union", store, tmp_path)


def writing(default_graph: str, store: OxigraphStore, folder: Path) -> Iterator[Client]:
    token = folder / "token"
    token.write_text(f"{TOKEN}\nanother line\n", "utf-8")
    settings = Settings(
        default_graph=default_graph, write_token_file=str(token), write_mebibytes=1,
        write_seconds=2, write_memory_mebibytes=256,
    )  # fmt: skip
    workers = forked(store)
    app = create_app(KnowledgeGraph(store), workers, settings)
    with Client(app) as client:
        yield client
        client.run(ended(workers))


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `triplary serve` over the small graph, with a short deadline and few rows."""
    file = tmp_path_factory.mktemp("served") / "small.trig"
    file.write_bytes(SMALL)
    command = Path(sys.executable).with_name("triplary")
    flags = ["--query-seconds", "2", "--query-workers", "2", "--answer-rows", "3000", "--port", "0"]
    free = {name: value for name, value in os.environ.items() if not name.startswith("TRIPLARY_")}
    free["TRIPLARY_VIEWS"] = "memory"
    server = subprocess.Popen(
        [command, "serve", str(file), *flags], stdout=subprocess.PIPE, text=True, env=free
    )
    try:
        assert server.stdout is not None
        told = server.stdout.readline()
        assert told.startswith("triplary answers at http://127.0.0.1:"), told
        yield told.split()[-1].rstrip("/")
    finally:
        server.terminate()
        server.wait(15)
        server.stdout.close()
