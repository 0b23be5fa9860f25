"""The reference is what the code says, all of it."""

import html
import re
import shlex
from dataclasses import fields
from pathlib import Path
from urllib.request import urlopen

import pytest
import typer
from typer.testing import CliRunner

import triplary
from docs.generator import generator, made
from docs.pages import ROOT, RUN, blocks, text_of
from triplary import errors, kg, query
from triplary.cli import app
from triplary.ontology import PREFIXES
from triplary.render import FORMATS, render
from triplary.server.settings import Settings
from triplary.view.sentences import license_name

REFERENCE = ROOT / "docs" / "reference"
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_committed_pages_are_what_the_generator_makes() -> None:
    stale = [page.name for page, text in made().items() if text_of(page) != text]
    assert stale == [], "run `make reference`"


def test_no_page_of_the_reference_is_written_by_hand() -> None:
    pages = {page for page in made() if page.parent == REFERENCE}
    assert set(REFERENCE.iterdir()) == pages


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("verbs", list(generator("generation.doors").VERBS)),
        ("commands", [f"## {name}\n" for name in COMMANDS]),
        ("settings", [f"| `{setting.name}` |" for setting in fields(Settings)]),
        (
            "routes",
            [
                f"`{path}`"
                for path in generator("generation.routes").route_paths()
                if ".{" not in path
            ],
        ),
        ("queries", [f"## {name}\n" for name in query.names()]),
        ("errors", [f"| `{name}` |" for name in errors.__all__]),
        ("notebook", [f"`{name}`" for name in triplary.__all__]),
        ("notebook", [f"triplary.{name}\n" for name in kg.__all__ if name[0].isupper()]),
        ("formats", [f"| `{suffix}` |" for suffix in FORMATS]),
    ],
)
def test_everything_has_its_place(written: str, names: list[str]) -> None:
    text = (
        text_of(REFERENCE / f"{written}.md")
        .replace("`GET ", "`")
        .replace("`POST ", "`")
        .replace("triplary.kg.", "triplary.")
    )
    assert names
    assert [name for name in names if name not in text] == []


FOR_THE_PAGE = {
    "graph", "lessons", "view", "schema", "complete", "labels", "outline", "doctor", "code",
    "excel", "capsule",
}  # fmt: skip
"""What the explorer and the workbench ask beside the verbs: a query drawn, lessons, a short
address; completion, and the tools of those who write queries."""


def test_a_verb_is_one_word_at_four_doors() -> None:
    assert {
        verb for verb in generator("generation.doors").VERBS if verb != "save"
    } | FOR_THE_PAGE == {
        path.split("/")[2].partition(".")[0]
        for path in generator("generation.routes").route_paths()
        if path.startswith("/api/")
    }
    for verb, (_, notebook, command, route) in generator("generation.doors").VERBS.items():
        assert f".{verb}(" in notebook
        assert command.startswith(f"triplary {verb}") or f"--{verb} " in command
        assert f"/api/{verb}" in route or verb == "save"


def test_each_verb_and_command_is_shown_in_a_guide() -> None:
    shown = "\n".join(block.text for page in RUN for block in blocks(page))
    assert [name for name in COMMANDS if f"triplary {name}" not in shown] == []
    verbs = [
        verb for verb in generator("generation.doors").VERBS if not re.search(rf"\.{verb}\(", shown)
    ]
    assert verbs == []


@pytest.mark.parametrize("verb", list(generator("generation.doors").VERBS))
def test_a_verb_of_the_reference_runs_at_each_door(
    verb: str,
    atlas: kg.KnowledgeGraph,
    atlas_address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, notebook, command, route = generator("generation.doors").VERBS[verb]
    monkeypatch.chdir(tmp_path)
    assert eval(notebook, {"kg": atlas})  # noqa: S307 - our own table
    told = CliRunner().invoke(app, shlex.split(command)[1:])
    assert (told.exit_code, bool(told.output)) == (0, True), told.output
    with urlopen(atlas_address + route) as answer:  # noqa: S310 - our own server
        assert (answer.status, bool(answer.read())) == (200, True)
    assert [path.name for path in tmp_path.iterdir()] == (["baidu.svg"] if verb == "save" else [])


@pytest.mark.parametrize("suffix", sorted(set(FORMATS) - {".png"}))
def test_credit_travels_in_every_format(suffix: str, atlas: kg.KnowledgeGraph) -> None:
    """What docs/guides/for-authors.md promises; the PNG shows what the SVG says."""
    view = atlas.expand("Baidu", limit=12).view()
    text = html.unescape(render(view, suffix).decode("utf-8"))
    text += text.replace("graph:", PREFIXES["graph"])  # as Turtle writes an IRI
    for source in view.subgraph.sources():
        told = (source.title, source.publisher, source.url)
        assert [word for word in told if word not in text] == []
        assert source.license in text or license_name(source.license) in text
