"""The questions that a first visit starts with, made from the graph that is served."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from triplary.kg import KnowledgeGraph
from triplary.server.words import words
from triplary.terms import IRI, Entity, Node, Subgraph

__all__ = ["Question", "Start"]

_ATLAS: Final = (
    ("expand", "ERNIE"),
    ("paths", "MindSpore", "OECD"),
    ("compare", "Baidu", "Huawei"),
)
"""What a visitor of the bundled atlas may want to know; another graph is asked about its own."""

QUESTIONS: Final = 3

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

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not len(self.kg.index)

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
    """Three questions about the entities of the opening picture, the most telling first.

    Blank nodes are asked about only where there is nothing else: their names do not last.
    """
    named = [node for node in opening.nodes if isinstance(node.iri, IRI)]
    nodes = named if len(named) > 1 else list(opening.nodes)
    if not nodes:
        return ()
    first, *others = nodes
    found = [Question("expand", (first,))]
    far = _farthest(opening, first, others)
    if far:
        found.append(Question("paths", (first, far)))
    pair = next(
        ((a, b) for place, a in enumerate(nodes) for b in nodes[place + 1 :]
         if a.classes and a.classes[:1] == b.classes[:1]),
        (first, others[0]) if others else None,
    )  # fmt: skip
    if pair:
        found.append(Question("compare", pair))
    return (*found, *(Question("expand", (node,)) for node in others))[:QUESTIONS]


def _farthest(opening: Subgraph, start: Entity, among: list[Entity]) -> Entity | None:
    """The entity with the most steps between it and another, the first of these; None for none."""
    near: dict[Node, set[Node]] = {}
    for edge in opening.edges:
        near.setdefault(edge.subject, set()).add(edge.object)
        near.setdefault(edge.object, set()).add(edge.subject)
    steps: dict[Node, int] = {start.iri: 0}
    waiting = [start.iri]
    for node in waiting:
        for other in near.get(node, set()) - steps.keys():
            steps[other] = steps[node] + 1
            waiting.append(other)
    reached = [node for node in among if node.iri in steps and node.iri != start.iri]
    return max(reached, key=lambda node: steps[node.iri], default=None)
