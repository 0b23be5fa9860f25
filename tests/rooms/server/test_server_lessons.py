"""Lessons hold while the atlas does: every answer is checked, every view shows what it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl

import pytest

from rooms.server.asking import Client
from triplary import query as library
from triplary.kg import KnowledgeGraph
from triplary.server import lessons as room
from triplary.server.address import canonical, drawing
from triplary.server.app import create_app
from triplary.server.lessons import Lesson, Lessons, Step, lessons
from triplary.server.settings import Settings
from triplary.server.words import LANGUAGES
from triplary.store.oxigraph import OxigraphStore
from triplary.store.worker import Workers

STEPS = [
    pytest.param(step, id=f"{lesson.id}-{place}")
    for lesson in lessons()
    for place, step in enumerate(lesson.steps, 1)
]
FOLDER = Path(room.__file__).with_name("lessons")


@pytest.fixture(scope="module")
def visitor(atlas: KnowledgeGraph) -> Iterator[Client]:
    nobody = cast(Workers, None)  # no SPARQL is asked here
    with Client(create_app(atlas, nobody, Settings())) as client:
        yield client


def test_the_lessons_are_these() -> None:
    assert [(lesson.id, len(lesson.steps)) for lesson in lessons()] == [
        ("who-opened-ernie", 5),
        ("is-mindspore-a-model", 5),
        ("huawei-and-the-oecd", 5),
        ("what-the-article-gets-wrong", 5),
        ("whose-models-are-built-upon", 5),
    ]


@pytest.mark.parametrize("step", STEPS)
def test_the_answer_holds_in_the_atlas(step: Step, atlas: KnowledgeGraph) -> None:
    assert library.form(step.check) == "ASK"
    assert atlas.query(step.check) is True


@pytest.mark.parametrize("step", STEPS)
def test_the_check_fails_where_the_facts_are_missing(step: Step) -> None:
    assert KnowledgeGraph(OxigraphStore()).query(step.check) is False


@pytest.mark.parametrize("step", STEPS)
def test_the_address_shows_what_the_step_speaks_of(step: Step, visitor: Client) -> None:
    assert canonical(step.address) == step.address
    asked = parse_qsl(step.address.removeprefix("/?"))
    for language in LANGUAGES:
        answer = visitor.get(drawing(asked, language).replace(".svg?", "?"))
        assert answer.status_code == 200, answer.text
        view: dict[str, Any] = answer.json()["view"]
        names = {node["name"] for node in view["nodes"]}
        assert set(step.shows) - names == set()
        assert len(names) <= 100


@pytest.mark.parametrize("step", STEPS)
def test_what_a_step_selects_is_drawn(step: Step, visitor: Client) -> None:
    asked = parse_qsl(step.address.removeprefix("/?"))
    selected = dict(asked).get("select", "")
    view = visitor.get(drawing(asked, "en").replace(".svg?", "?")).json()["view"]
    names = {node["iri"]: node["name"] for node in view["nodes"]}
    edges = [
        (names[edge["source"]], re.split("[#/:]", edge["predicate"])[-1], names[edge["target"]])
        for edge in view["edges"]
    ]
    assert selected in {"", *names.values(), *map(" ".join, edges)}


def test_every_text_is_there_in_every_language_and_differs() -> None:
    for lesson in lessons():
        texts = [lesson.title]
        for step in lesson.steps:
            texts += [step.text, step.look, step.question, step.answer]
        for text in texts:
            assert list(text) == list(LANGUAGES)
            assert all(text.values())
            assert len(set(text.values())) == len(LANGUAGES)
            assert re.search(r"[\u4e00-\u9fff]", text["zh"])
            assert not re.search(r"[\u4e00-\u9fff]", text["en"])


def test_every_check_belongs_to_one_step() -> None:
    used = [step.check for lesson in lessons() for step in lesson.steps]
    assert sorted(used) == sorted(file.read_text("utf-8") for file in FOLDER.glob("*.rq"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_route_tells_them(visitor: Client, language: str) -> None:
    answer = visitor.get(f"/api/lessons?language={language}").json()
    room.LessonsAnswer.model_validate(answer)
    assert answer == {"lessons": [lesson.told(language) for lesson in lessons()]}
    first = answer["lessons"][0]
    assert first["id"] == "who-opened-ernie"
    assert first["steps"][1]["address"] == "/?k=1&source=Ernie_Bot&target=ERNIE"
    assert first["steps"][1]["shows"] == ["Ernie_Bot", "ERNIE"]


def test_the_page_tells_their_titles(visitor: Client) -> None:
    page = visitor.get("/?language=zh").text
    block = page.split('id="lessons">')[1].split("</script>")[0]
    assert '{"id": "is-mindspore-a-model", "title": "MindSpore（昇思）是一个模型吗？"}' in (
        block.encode("ascii").decode("unicode-escape")
    )


def test_a_graph_without_their_entities_offers_none(
    small: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Lessons(small).offered == ()
    step = Step({}, {}, {}, {}, "/", ("Nobody_knows_this",), "")
    assert not Lessons(small)._has(Lesson("x", {}, (step,)))
