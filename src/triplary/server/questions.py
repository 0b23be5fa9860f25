"""The questions that a first visit starts with, made from the graph that is served."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from triplary.kg import KnowledgeGraph
from triplary.server.words import words
from triplary.terms import Entity, Subgraph

__all__ = ["Question", "Start"]

_ATLAS: Final = (
    ("expand", "ERNIE"),
    ("paths", "MindSpore", "OECD"),
    ("compare", "Baidu", "Huawei"),
)
"""What a visitor of the bundled atlas may want to know; another graph is asked about its own."""

_PARAMETERS: Final = {
    "expand": ("entity",),
    "paths": ("source", "target"),
    "compare": ("compare", "compare"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A verb and the entities it is asked of."""

    verb: str
    entities: tuple[Entity, ...]


class Start:
    """The questions of one graph, found when the first page is asked for."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        """Remember the graph."""
        self.kg = kg
        self._questions: tuple[Question, ...] | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """At most three, each about entities that are in the graph."""
        if self._questions is None:
            self._questions = _of_the_atlas(self.kg) or _of_any(self.kg.opening())
        return self._questions

    def told(self, language: str) -> list[dict[str, str]]:
        """Each question in words, with the address that answers it."""
        return [
            {"text": self._words(question, language), "href": self._address(question, language)}
            for question in self.questions
        ]

    def examples(self, language: str) -> str:
        """Some names to search for."""
        entities = dict.fromkeys(e for question in self.questions for e in question.entities)
        return ", ".join([entity.label(language) for entity in entities][:3])

    def _words(self, question: Question, language: str) -> str:
        first, *rest = (entity.label(language) for entity in question.entities)
        text = words(language)[f"question.{question.verb}"]
        return text.format(first=first, second="".join(rest))

    def _address(self, question: Question, language: str) -> str:
        names = [self.kg.index.name(entity.iri) for entity in question.entities]
        pairs = list(zip(_PARAMETERS[question.verb], names, strict=True))
        if question.verb == "expand":
            pairs.append(("select", names[0]))
        if language != "en":
            pairs.append(("language", language))
        return f"/?{urlencode(pairs)}"


def _of_the_atlas(kg: KnowledgeGraph) -> tuple[Question, ...]:
    """The atlas' own questions, where the graph has every entity of them under our names."""
    found = []
    for verb, *names in _ATLAS:
        nodes = [kg.ontology.expand(f"id:{name}") for name in names]
        known = [
            node
            for node in nodes
            if node is not None and kg.index.adjacency.number(node) is not None
        ]
        if len(known) != len(names):
            return ()
        found.append(Question(verb, tuple(kg.index.entity(node) for node in known)))
    return tuple(found)


def _of_any(opening: Subgraph) -> tuple[Question, ...]:
    """Questions about the entities of the opening picture, the most telling first."""
    nodes = opening.nodes
    if not nodes:
        return ()
    found = [Question("expand", nodes[:1])]
    near = {frozenset((edge.subject, edge.object)) for edge in opening.edges}
    apart = [n for n in nodes[1:] if frozenset((nodes[0].iri, n.iri)) not in near]
    if apart:
        found.append(Question("paths", (nodes[0], apart[-1])))
    alike = next(
        ((a, b) for place, a in enumerate(nodes) for b in nodes[place + 1 :]
         if a.classes and a.classes[:1] == b.classes[:1]),
        None,
    )  # fmt: skip
    if alike:
        found.append(Question("compare", alike))
    return tuple(found)
