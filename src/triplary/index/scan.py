"""One pass over a store's statements: what every part of the index is then made from.

Statements are columns of numbers, so that a million of them stay small. Predicates and named
graphs are numbered by their IRI, so that what follows is the same in whatever order a store gives
its statements. Only names, classes and what is said of claims are looked at as terms.
"""

from dataclasses import dataclass, field
from typing import Final, cast

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
from triplary.store.numbered import Numbered
from triplary.terms import IRI, Literal, Node, Statement, Term

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
    """What one pass found: columns by statement, and the terms they number.

    `subjects`, `values` and `objects` are places in `terms`; `objects` is -1 where the value is a
    literal. `predicate_of` and `graph_of` are places in `predicates` and `graphs`, both sorted.
    `numbers` has the place of each node that is a subject or an object. `labels`, `aliases` and
    `hints` are by such a number, with the rank of the property that gave them.
    """

    terms: tuple[Term | None, ...]
    numbers: dict[str, int]
    predicates: list[IRI]
    graphs: list[Node | None]
    subjects: Numbers
    predicate_of: Numbers
    values: Numbers
    objects: Numbers
    graph_of: Numbers
    labels: dict[int, list[tuple[int, Literal]]] = field(default_factory=dict)
    aliases: dict[int, list[Literal]] = field(default_factory=dict)
    hints: dict[int, list[tuple[int, Literal]]] = field(default_factory=dict)
    classes: dict[int, list[IRI]] = field(default_factory=dict)
    claims: list[Statement] = field(default_factory=list)

    def __len__(self) -> int:
        """The number of statements."""
        return len(self.subjects)

    def node(self, number: int) -> Node:
        """The term of a subject's or an object's number."""
        return cast(Node, self.terms[number])


def scan(statements: Numbered) -> Scan:
    """What the statements hold, whatever their order."""
    terms = statements.terms
    columns = np.frombuffer(statements.columns, dtype=np.int32).reshape(-1, 4)
    subjects, values = np.ascontiguousarray(columns[:, 0]), np.ascontiguousarray(columns[:, 2])
    predicates, predicate_of = _sorted(columns[:, 1], terms)
    graphs, graph_of = _sorted(columns[:, 3], terms)
    literal = np.fromiter((type(term) is Literal for term in terms), dtype=bool, count=len(terms))
    objects = np.where(literal[values], np.int32(-1), values)
    met = np.zeros(len(terms), dtype=bool)
    met[subjects] = met[objects[objects >= 0]] = True
    numbers = {key(cast(Node, terms[number])): number for number in np.flatnonzero(met).tolist()}
    found = Scan(
        terms, numbers, cast(list[IRI], predicates), cast(list[Node | None], graphs),
        subjects, predicate_of, values, objects, graph_of,
    )  # fmt: skip
    kept = _kept()
    for place, predicate in enumerate(found.predicates):
        role = kept.get(predicate.value)
        if role is not None:
            _keep(found, role, predicate, np.flatnonzero(predicate_of == place))
    return found


def _sorted(column: Numbers, terms: tuple[Term | None, ...]) -> tuple[list[Term | None], Numbers]:
    """The terms of a column sorted by their text, and each row's place among them."""
    present = np.flatnonzero(np.bincount(column, minlength=len(terms))).tolist()
    order = sorted(present, key=lambda number: str(terms[number] or ""))
    place = np.zeros(len(terms) + 1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return [terms[number] for number in order], place[column]


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


def _keep(found: Scan, role: tuple[int, int], predicate: IRI, rows: npt.NDArray[np.intp]) -> None:
    """Note what the statements of one predicate say, by their subject."""
    kind, rank = role
    for number, value_number, place in zip(
        found.subjects[rows].tolist(),
        found.values[rows].tolist(),
        found.graph_of[rows].tolist(),
        strict=True,
    ):
        value, graph = cast(Term, found.terms[value_number]), found.graphs[place]
        if kind == _CLAIM:
            found.claims.append(Statement(found.node(number), predicate, value, graph))
        elif kind == _CLASS:
            if isinstance(value, IRI) and graph != ONTOLOGY_GRAPH:
                found.classes.setdefault(number, []).append(value)
        elif isinstance(value, Literal):
            if kind == _LABEL:
                found.labels.setdefault(number, []).append((rank, value))
            elif kind == _ALIAS:
                found.aliases.setdefault(number, []).append(value)
            else:
                found.hints.setdefault(number, []).append((rank, value))
