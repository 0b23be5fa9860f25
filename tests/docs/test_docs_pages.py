"""Every block of code in the README, the guides and the concepts does what the page says."""

import os
import subprocess
from pathlib import Path

import pytest

from docs.desk import NOT_RUN, Desk, transcript
from docs.pages import ROOT, RUN, Block, blocks, name


@pytest.mark.parametrize("written", RUN, ids=name)
def test_page_runs(written: Path, desk: Desk) -> None:
    for block in blocks(written):
        desk.try_block(block)


def test_our_own_curl_does_what_curl_does(desk: Desk) -> None:
    if not desk.tools.exists():
        desk.use_own_curl()
    for block in blocks(ROOT / "docs" / "concepts" / "limits.md"):
        desk.try_block(block)


def test_what_is_not_run_is_written_somewhere() -> None:
    lines = {
        line.partition(" #")[0].strip()
        for page in RUN
        for block in blocks(page)
        if block.language in ("sh", "console")
        for line in block.text.splitlines()
    }
    assert set(NOT_RUN) - lines - {f"$ {line}" for line in lines} == set()


@pytest.mark.parametrize(
    ("target", "last"),
    [
        ("serve", "exec .venv/bin/triplary serve --port 8000"),
        ("test", ".venv/bin/python -m pytest"),
        ("format", ".venv/bin/ruff check --fix ."),
        ("reference", ".venv/bin/python docs/generate.py"),
        ("snap", ".venv/bin/python docs/pictures.py"),
        ("atlas", ".venv/bin/python -m triplary.ingest.atlas ../shared graph"),
    ],
)
def test_what_make_does(target: str, last: str) -> None:
    # A make that runs these tests would otherwise speak to this one.
    own = {k: v for k, v in os.environ.items() if "MAKE" not in k and k not in ("MFLAGS", "PORT")}
    told = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, env=own, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == last


def test_a_transcript_is_commands_with_what_they_print() -> None:
    text = "$ one \\\n  --more\nprinted\n\nagain\n$ two\n"
    assert transcript(text) == [("one    --more", "printed\n\nagain\n"), ("two", "")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("console", "$ echo one\ntwo\n"),
        ("console", "$ false\n"),
        ("sh", "triplary search\n"),
        ("python", ">>> 1 + 1\n3\n"),
        ("python", "1 / 0\n"),
        ("turtle", "id:Baidu a .\n"),
        ("sparql", "SELECT * { <https://example.org/nobody> ?p ?o }\n"),
        ("json", "{\n"),
        ("brainf", "+\n"),
    ],
)
def test_a_page_that_lies_is_caught(language: str, text: str, desk: Desk) -> None:
    lie = Block(ROOT / "README.md", 1, language, text)
    with pytest.raises(Exception):  # noqa: B017 - each kind of block fails in its own way
        desk.try_block(lie)
