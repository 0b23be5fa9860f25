"""The real server over the small graph, for clients that researchers use."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conformance.small import SMALL

TOKEN = "a token for tests"  # noqa: S105 - of a server that only these tests reach
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address, and the token that writing needs."""

    address: str
    token: str

    @property
    def sparql(self) -> str:
        return f"{self.address}/sparql"

    @property
    def store(self) -> str:
        return f"{self.address}/store"


def serving(folder: Path, *flags: str) -> Iterator[Served]:
    (folder / "token").write_text(f"{TOKEN}\n", "utf-8")
    command = Path(sys.executable).with_name("triplary")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TRIPLARY_")}
    clean["TRIPLARY_VIEWS"] = "memory"
    server = subprocess.Popen(
        [command, "serve", *flags, "--write-token-file", folder / "token", "--port", "0"],
        stdout=subprocess.PIPE, text=True, env=clean,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        told = server.stdout.readline()
        assert told.startswith("triplary answers at http://127.0.0.1:"), told
        yield Served(told.split()[-1].rstrip("/"), TOKEN)
    finally:
        server.terminate()
        server.wait(15)
        assert server.stdout is not None
        server.stdout.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the small graph, which no test writes to."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "small.trig").write_bytes(SMALL)
    yield from serving(folder, str(folder / "small.trig"))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    """A server with nothing in it, to be written to."""
    yield from serving(tmp_path, "--empty")


@pytest.fixture(scope="session")
def comunica() -> Path:
    """The folder with Comunica in it, installed there the first time."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("Comunica needs Node.js with npm")
    if not (HERE / "node_modules" / "@comunica" / "query-sparql").is_dir():
        subprocess.run(
            [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=HERE, check=True, timeout=600,
        )  # fmt: skip
    return HERE
