"""How a server that may be written to is started, and what it says then."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from conformance.small import SMALL
from triplary.cli import app
from triplary.errors import BadParameter
from triplary.server.protocol.updates import token_of
from triplary.server.settings import Settings
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore


def test_the_token_is_the_first_line(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("  a long one \nanother\n", "utf-8")
    assert token_of(Settings(write_token_file=str(file))) == "a long one"
    assert token_of(Settings()) == ""


@pytest.mark.parametrize(
    ("text", "reason"), [("", "its first line is empty"), ("\nx", "its first line is empty")]
)
def test_a_file_without_a_token_is_told(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "token"
    file.write_text(text, "utf-8")
    with pytest.raises(BadParameter) as caught:
        token_of(Settings(write_token_file=str(file)))
    assert str(caught.value) == (
        f"write_token_file does not take {str(file)!r}: {reason}.\n"
        "hint: write a long random text into it, and let only yourself read it"
    )


def test_a_token_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadParameter) as caught:
        token_of(Settings(write_token_file=str(tmp_path / "nowhere")))
    assert "it cannot be read: [Errno 2]" in str(caught.value)


def test_empty_is_empty(tmp_path: Path) -> None:
    file = tmp_path / "small.trig"
    file.write_bytes(SMALL)
    done = CliRunner().invoke(app, ["serve", str(file), "--empty"])
    assert str(done.exception) == (
        "--empty does not take True: there is something to serve.\n"
        "hint: leave out --empty, or the files and the store"
    )


def test_a_store_on_disk_takes_no_token(tmp_path: Path) -> None:
    store = OxigraphStore(tmp_path / "store")
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    store.close()
    done = CliRunner().invoke(
        app, ["serve", "--store", str(tmp_path / "store"), "--write-token-file", "token"]
    )
    assert str(done.exception) == (
        "--write-token-file does not take 'token':"
        f" the store in {tmp_path / 'store'} is only read while it is served.\n"
        "hint: serve files, or --empty, to write in memory; triplary load adds to a store"
    )


def test_a_server_says_that_what_is_written_ends_with_it(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("secret\n", "utf-8")
    free = {name: value for name, value in os.environ.items() if not name.startswith("TRIPLARY_")}
    free["TRIPLARY_VIEWS"] = "memory"
    command = [
        str(Path(sys.executable).with_name("triplary")), "serve", "--empty", "--port", "0",
        "--write-token-file", str(token),
    ]  # fmt: skip
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=free
    )
    try:
        assert server.stdout is not None and server.stderr is not None
        address = server.stdout.readline().split()[-1].rstrip("/")
        put = httpx.put(
            f"{address}/store?default", content="<a:a> <a:b> <a:c> .",
            headers={"Authorization": "Bearer secret", "Content-Type": "text/turtle"},
        )  # fmt: skip
        told = httpx.get(f"{address}/-/settings").json()
        home = httpx.get(f"{address}/")
    finally:
        server.terminate()
        _, errors = server.communicate(timeout=15)
    assert (put.status_code, home.status_code) == (204, 200)
    assert str(token) not in str(told)
    assert errors == (
        "triplary: what is written lives in memory and ends with this server;"
        " GET /store gives all of it\n"
    )
