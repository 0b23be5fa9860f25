"""The three doors of one and the same atlas: notebook, command and route."""

from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner

from rooms.server.asking import Client
from rooms.server.conftest import ended
from rooms.store.pool import forked
from triplary.cli import app
from triplary.kg import KnowledgeGraph
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.store.oxigraph import OxigraphStore

Command = Callable[..., str]


@pytest.fixture(scope="session")
def route(atlas: KnowledgeGraph) -> Iterator[Client]:
    """The routes."""
    assert isinstance(atlas.store, OxigraphStore)
    workers = forked(atlas.store)
    with Client(create_app(atlas, workers, Settings())) as client:
        yield client
        client.run(ended(workers))


@pytest.fixture
def command(atlas: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The commands; the atlas, which each would open anew, is the one that is open."""
    monkeypatch.setattr("triplary.kg.open_graph", lambda: atlas)

    def run(*words: object) -> str:
        ended = CliRunner().invoke(app, list(map(str, words)), catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        return str(ended.stdout)

    return run
