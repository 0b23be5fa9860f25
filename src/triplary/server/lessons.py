"""Lessons: a question of some steps, each a view to look at; one file per lesson, in all languages.

A lesson is a file `lessons/NAME.json`. Each of its steps has the address of a view, the `shows`
that must be drawn there, and a `check`: a file `lessons/CHECK.rq` with an ASK query that holds as
long as the answer does. Tests run them all, so that no lesson outlives what it teaches.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from triplary.kg import KnowledgeGraph
from triplary.server.api import Context
from triplary.server.models import Strict

__all__ = ["Lesson", "Lessons", "LessonsAnswer", "Step", "lessons", "router"]

Texts = Mapping[str, str]
"""A text in each language of ours."""

_FOLDER: Final = files("triplary.server") / "lessons"
router = APIRouter(prefix="/api")


class StepOfLessonJson(Strict):
    """A step of a lesson: the address of the page to look at, and the names drawn there."""

    text: str
    look: str
    question: str
    answer: str
    address: str
    shows: list[str]


class LessonJson(Strict):
    """A lesson."""

    id: str
    title: str
    steps: list[StepOfLessonJson]


class LessonsAnswer(Strict):
    """The lessons that the served graph can teach; none for data of one's own."""

    lessons: list[LessonJson]


@dataclass(frozen=True, slots=True)
class Step:
    """What one step says, the address it shows, and its question with the answer.

    `shows` are names of entities that are drawn there; `check` is the ASK query that the answer
    rests on.
    """

    text: Texts
    look: Texts
    question: Texts
    answer: Texts
    address: str
    shows: tuple[str, ...]
    check: str

    def told(self, language: str) -> dict[str, Any]:
        """The step for a reader."""
        return {
            "text": self.text[language],
            "look": self.look[language],
            "question": self.question[language],
            "answer": self.answer[language],
            "address": self.address,
            "shows": list(self.shows),
        }


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: its id, its title, and its steps in order."""

    id: str
    title: Texts
    steps: tuple[Step, ...]

    def told(self, language: str) -> dict[str, Any]:
        """The lesson for a reader."""
        return {
            "id": self.id,
            "title": self.title[language],
            "steps": [step.told(language) for step in self.steps],
        }

    def names(self) -> Iterator[str]:
        """The names of the entities that its steps show."""
        return (name for step in self.steps for name in step.shows)


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons, in the order of their places."""
    found = [
        (json.loads(file.read_text("utf-8")), file.name.removesuffix(".json"))
        for file in _FOLDER.iterdir()
        if file.name.endswith(".json")
    ]
    ordered = sorted(found, key=lambda pair: int(pair[0]["place"]))
    return tuple(
        Lesson(name, told["title"], tuple(_step(step) for step in told["steps"]))
        for told, name in ordered
    )


class Lessons:
    """The lessons that a graph can teach: those whose entities it has, under our names."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        """Remember the graph; it is looked at when the first page is asked for."""
        self.kg = kg
        self._offered: tuple[Lesson, ...] | None = None

    @property
    def offered(self) -> tuple[Lesson, ...]:
        """None for data of one's own, so that no step leads nowhere."""
        if self._offered is None:
            self._offered = tuple(lesson for lesson in lessons() if self._has(lesson))
        return self._offered

    def titles(self, language: str) -> list[dict[str, str]]:
        """The id and title of each lesson on offer."""
        return [{"id": lesson.id, "title": lesson.title[language]} for lesson in self.offered]

    def _has(self, lesson: Lesson) -> bool:
        found = (self.kg.ontology.expand(f"id:{name}") for name in lesson.names())
        return all(
            node is not None and self.kg.index.adjacency.number(node) is not None for node in found
        )


@router.get("/lessons", response_model=None, responses={200: {"model": LessonsAnswer}})
def told_lessons(asked: Context) -> Response:
    """The lessons that this graph can teach, each with its steps."""
    offered = Lessons(asked.kg).offered
    return JSONResponse({"lessons": [lesson.told(asked.language) for lesson in offered]})


def _step(told: Mapping[str, Any]) -> Step:
    check = (_FOLDER / f"{told['check']}.rq").read_text("utf-8")
    return Step(
        told["text"], told["look"], told["question"], told["answer"], told["address"],
        tuple(told["shows"]), check,
    )  # fmt: skip
