"""A reader's desk: a folder of its own, in which the blocks of one page are tried in order."""

import contextlib
import doctest
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docs.pages import Block
from triplary.errors import ParseError
from triplary.kg import KnowledgeGraph
from triplary.ontology import PREFIXES
from triplary.store.documents import parse
from triplary.store.formats import FORMATS

NOT_RUN = {
    "make serve": "does not end; test_what_make_does reads what it would do",
    "make test": "is what runs this test",
    "make": "runs this test",
    "make format": "would change the files under test; test_what_make_does",
    "make reference": "would change the files under test; test_docs_reference runs the generator",
    "make snap": "takes pictures of this page; test_docs_links looks for them",
    "make atlas": "needs the sources; tests/rooms/ingest makes the atlas again",
    "pip install .": "needs a network; test_docs_install looks into the wheel",
    "pip install '.[pandas]'": "needs a network; test_docs_install reads the extra",
}
"""Lines that are not run, each with the reason."""
ADDRESS = "http://localhost:8000"
SECONDS = 60
_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
Serve = Callable[[str, Path], str]


class Desk:
    """Tries blocks; each method fails where a block does not do what the page says."""

    def __init__(self, folder: Path, address: str, atlas: KnowledgeGraph, serve: Serve) -> None:
        self.folder, self.address, self.atlas, self.serve = folder, address, atlas, serve
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.tools = folder / "tools"
        if shutil.which("curl") is None:
            self.use_own_curl()

    def use_own_curl(self) -> None:
        """Put tests/docs/curl.py before the machine's curl."""
        self.tools.mkdir()
        curl = self.tools / "curl"
        own = Path(__file__).with_name("curl.py")
        curl.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{own}" "$@"\n', "utf-8")
        curl.chmod(0o755)

    def try_block(self, block: Block) -> None:
        tried = {
            "python": self.python,
            "console": self.console,
            "sh": self.shell,
            "turtle": self.turtle,
            "trig": self.turtle,
            "sparql": self.sparql,
            "json": lambda block: json.loads(block.text),
            "csv": lambda block: None,
            "text": lambda block: None,
        }
        assert block.language in tried, f"{block}: no test knows what to do with {block.language!r}"
        assert block.mark in ("", "error", "recipe"), f"{block}: {block.mark}"
        if block.title:
            (self.folder / block.title).write_text(block.text, "utf-8")
        if block.mark == "error":
            with pytest.raises(ParseError):
                tried[block.language](block)
        elif block.mark != "recipe":
            tried[block.language](block)

    def python(self, block: Block) -> None:
        """Run it in the page's namespace; with >>> also compare what it shows."""
        text = block.text.replace(ADDRESS, self.address)
        if ">>>" not in text:
            exec(compile("\n" * block.line + text, str(block), "exec"), self.names)  # noqa: S102
            return
        test = doctest.DocTestParser().get_doctest(text, self.names, str(block), None, block.line)
        runner = doctest.DocTestRunner(optionflags=_OPTIONS, verbose=False)
        report = io.StringIO()
        runner.run(test, out=report.write, clear_globs=False)
        self.names.update(test.globs)
        assert not runner.failures, report.getvalue()

    def console(self, block: Block) -> None:
        """Run each line after `$`, and compare what it prints; `...` stands for any text."""
        for command, shown in transcript(block.text):
            done = self.run(block, command)
            if shown:
                same = doctest.OutputChecker().check_output(shown, done, _OPTIONS)
                assert same, f"{block}: {command}\nshown:\n{shown}\nprinted:\n{done}"

    def shell(self, block: Block) -> None:
        """Run each line; it has to succeed."""
        for line in block.text.replace("\\\n", " ").splitlines():
            command = re.sub(r"\s+# .*$|^# .*$", "", line).strip()
            if command:
                self.run(block, command)

    def run(self, block: Block, command: str) -> str:
        """What a command prints; `triplary serve` is left running, and asked from then on."""
        if command in NOT_RUN:
            return ""
        served = re.fullmatch(r"triplary serve( .*)?", command)
        if served:
            said = self.serve(served[1] or "", self.folder)
            self.address = said.split()[-1].rstrip("/")
            return re.sub(r":\d+/$", ":8000/", said.strip()) + "\n"
        path = (
            f"{self.tools}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        )
        done = subprocess.run(
            ["sh", "-c", command.replace(ADDRESS, self.address)],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            timeout=SECONDS, check=False,
            env={**os.environ, "PATH": path, "COLUMNS": "200"},
        )  # fmt: skip
        refused = command.endswith("# refused")
        assert (done.returncode != 0) == refused, f"{block}: {command}\n{done.stdout}"
        return done.stdout.replace(self.address, ADDRESS)

    def turtle(self, block: Block) -> None:
        """Parse it; the prefixes that every door knows need not be written."""
        known = {**PREFIXES, "": PREFIXES["tri"]}
        written = set(re.findall(r"@?prefix\s+([\w-]*):", block.text, re.IGNORECASE))
        head = "".join(
            f"@prefix {name}: <{iri}> .\n" for name, iri in known.items() if name not in written
        )
        format = FORMATS[block.language]
        assert parse((head + block.text).encode(), name=str(block), format=format), f"{block}"

    def sparql(self, block: Block) -> None:
        """Ask the atlas; an example that finds nothing shows nothing."""
        with contextlib.redirect_stdout(io.StringIO()):
            answer = self.atlas.query(block.text)
        assert answer is True or len(answer), f"{block} finds nothing"


def transcript(text: str) -> list[tuple[str, str]]:
    """Each command of a console block with what it is shown to print."""
    pairs: list[tuple[str, str]] = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            pairs.append((line[2:].strip(), ""))
        else:
            assert pairs, f"a console block begins with $: {line}"
            command, shown = pairs[-1]
            pairs[-1] = command, f"{shown}{line}\n"
    return pairs
