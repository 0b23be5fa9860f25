"""Servers for the pages to ask: one of the atlas, and those that a page starts itself."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from docs.desk import Desk
from triplary.kg import KnowledgeGraph


@contextmanager
def served(arguments: str, folder: Path) -> Iterator[str]:
    """What `triplary serve` with these arguments says first, on a port that was free."""
    command = [sys.executable, "-m", "triplary", "serve", *arguments.split(), "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("TRIPLARY_")}
        | {"TRIPLARY_VIEWS": "memory"},
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            said = server.stdout.readline()
            assert said.startswith("triplary answers at "), said + server.stdout.read()
            yield said
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def atlas_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served("", tmp_path_factory.mktemp("server")) as said:
        yield said.split()[-1].rstrip("/")


@pytest.fixture
def desk(
    tmp_path: Path, atlas_address: str, atlas: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    with ExitStack() as servers:

        def serve(arguments: str, folder: Path) -> str:
            return servers.enter_context(served(arguments, folder))

        yield Desk(tmp_path, atlas_address, atlas, serve)
