"""One pass over a store's statements: what every part of the index is then made from.

Terms become numbers and statements columns of numbers, so that a million of them stay small.
Only names, classes and what is said of claims are kept as terms.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.ontology import (
    ALIAS_PROPERTIES,
    HINT_PROPERTIES,
    LABEL_PROPERTIES,
    ONTOLOGY_GRAPH,
    RDF,
    RDF_TYPE,
    TRI,
)
from triplary.terms import IRI, Literal, Node, Statement

__all__ = ["CLAIM_PARTS", "Numbers", "Scan", "key", "scan"]

Numbers = npt.NDArray[np.int32]

CLAIM_PARTS: Final = (RDF + "subject", RDF + "predicate", RDF + "object")
CITO: Final = "http://purl.org/spar/cito/"
_SAID_OF_CLAIMS: Final = (
    TRI + "kind",
    TRI + "verdict",
    TRI + "confidence",
    TRI + "attributedTo",
    TRI + "sentence",
    TRI + "note",
    TRI + "correctedBy",
    CITO + "disputes",
    CITO + "supports",
)
_LABEL, _ALIAS, _HINT, _CLASS, _CLAIM = range(5)


def key(node: Node) -> str:
    """A text that stands for the node: a string is hashed several times faster than a term."""
    return node.value if type(node) is IRI else f"_:{node.value}"


@dataclass(slots=True)
class Scan:
    """The columns of one pass, by statement, and the terms they number.

    `objects` is -1 where the object is a literal. `labels` and `aliases` hold, by term number,
    pairs of the property's rank and the literal; `hints` the first literal of best rank.
    """

    terms: list[Node] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    predicates: list[IRI] = field(default_factory=list)
    graphs: list[Node | None] = field(default_factory=list)
    subject_column: "array[int]" = field(default_factory=lambda: array("i"))
    predicate_column: "array[int]" = field(default_factory=lambda: array("i"))
    object_column: "array[int]" = field(default_factory=lambda: array("i"))
    literal_column: "array[int]" = field(default_factory=lambda: array("q"))
    graph_column: "array[int]" = field(default_factory=lambda: array("i"))
    labels: dict[int, list[tuple[int, Literal]]] = field(default_factory=dict)
    aliases: dict[int, list[Literal]] = field(default_factory=dict)
    hints: dict[int, list[tuple[int, Literal]]] = field(default_factory=dict)
    classes: dict[int, list[IRI]] = field(default_factory=dict)
    claims: list[Statement] = field(default_factory=list)

    def number(self, node: Node) -> int:
        """The node's number; a new one where it was not met before."""
        found = self.numbers.setdefault(key(node), len(self.terms))
        if found == len(self.terms):
            self.terms.append(node)
        return found

    @property
    def subjects(self) -> Numbers:
        """The number of each statement's subject."""
        return np.frombuffer(self.subject_column, dtype=np.int32)

    @property
    def objects(self) -> Numbers:
        """The number of each statement's object, -1 for a literal."""
        return np.frombuffer(self.object_column, dtype=np.int32)

    @property
    def literals(self) -> npt.NDArray[np.int64]:
        """A hash of each statement's literal, 0 where its object is a node."""
        return np.frombuffer(self.literal_column, dtype=np.int64)

    @property
    def predicate_of(self) -> Numbers:
        """The place of each statement's predicate in `predicates`."""
        return np.frombuffer(self.predicate_column, dtype=np.int32)

    @property
    def graph_of(self) -> Numbers:
        """The place of each statement's graph in `graphs`."""
        return np.frombuffer(self.graph_column, dtype=np.int32)


def scan(statements: Iterable[Statement]) -> Scan:
    """The columns of all statements, in the order they came."""
    found = Scan()
    terms, numbers, kept = found.terms, found.numbers, _kept()
    predicates: dict[str, tuple[int, tuple[int, int] | None]] = {}
    graphs: dict[str, int] = {}
    add_subject, add_predicate = found.subject_column.append, found.predicate_column.append
    add_literal = found.literal_column.append
    add_object, add_graph = found.object_column.append, found.graph_column.append
    for statement in statements:
        subject, object_ = statement.subject, statement.object
        text = subject.value if type(subject) is IRI else f"_:{subject.value}"
        number = numbers.get(text)
        if number is None:
            number = numbers[text] = len(terms)
            terms.append(subject)
        add_subject(number)
        known = predicates.get(statement.predicate.value)
        if known is None:
            role = kept.get(statement.predicate.value)
            known = predicates[statement.predicate.value] = (len(predicates), role)
            found.predicates.append(statement.predicate)
        add_predicate(known[0])
        if type(object_) is Literal:
            add_object(-1)
            add_literal(hash((object_.value, object_.datatype, object_.language)))
        else:
            text = object_.value if type(object_) is IRI else f"_:{object_.value}"
            other = numbers.get(text)
            if other is None:
                other = numbers[text] = len(terms)
                terms.append(object_)  # type: ignore[arg-type]
            add_object(other)
            add_literal(0)
        graph = statement.graph
        text = key(graph) if graph is not None else ""
        place = graphs.get(text)
        if place is None:
            place = graphs[text] = len(graphs)
            found.graphs.append(graph)
        add_graph(place)
        if known[1] is not None:
            _keep(found, known[1], number, statement)
    return found


def _kept() -> dict[str, tuple[int, int]]:
    """What a predicate's statements are kept for, and the predicate's rank among its like."""
    roles: dict[str, tuple[int, int]] = {}
    for part in (*CLAIM_PARTS, *_SAID_OF_CLAIMS):
        roles[part] = (_CLAIM, 0)
    for rank, iri in enumerate(HINT_PROPERTIES):
        roles[iri.value] = (_HINT, rank)
    for rank, iri in enumerate(ALIAS_PROPERTIES):
        roles[iri.value] = (_ALIAS, rank)
    for rank, iri in enumerate(LABEL_PROPERTIES):
        roles[iri.value] = (_LABEL, rank)
    roles[RDF_TYPE.value] = (_CLASS, 0)
    return roles


def _keep(found: Scan, role: tuple[int, int], number: int, statement: Statement) -> None:
    kind, rank = role
    value = statement.object
    if kind == _CLAIM:
        found.claims.append(statement)
    elif kind == _CLASS:
        if isinstance(value, IRI) and statement.graph != ONTOLOGY_GRAPH:
            found.classes.setdefault(number, []).append(value)
    elif isinstance(value, Literal):
        if kind == _LABEL:
            found.labels.setdefault(number, []).append((rank, value))
        elif kind == _ALIAS:
            found.aliases.setdefault(number, []).append(value)
        else:
            found.hints.setdefault(number, []).append((rank, value))
