"""Drawn: triples and nodes that a query found, as a sketch like any other."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

import numpy as np

from triplary.explore.sketch import Sketch
from triplary.index import Index
from triplary.index.scan import CLAIM_PARTS
from triplary.ontology import RDF_TYPE
from triplary.terms import IRI, Edge, Entity, Evidence, Literal, Node, Source, Statement, Term

__all__ = ["MADE", "drawn"]

MADE: Final = Evidence(
    Source(
        None,
        title="made by the query",
        titles=(Literal("made by the query", language="en"), Literal("由查询生成", language="zh")),
    )
)
"""Who says what no source says: the query that made it."""


def drawn(index: Index, triples: Iterable[Statement], nodes: Iterable[Node] = ()) -> Sketch:
    """The nodes and edges of triples, in their order, then further nodes with all edges among them.

    An edge that the graph has brings the graph's own evidence; one that it has not says that the
    query made it. A claim found with its rdf:subject, rdf:predicate and rdf:object is the edge that
    it says. Literals are no nodes, and neither are classes, properties, named graphs and claims:
    what such a triple says of an entity only brings the entity.
    """
    sketch = _Drawing(index)
    for triple in _said(triples):
        sketch.add(triple)
    further = [number for node in nodes if (number := sketch.number(node)) is not None]
    among = index.adjacency.among([number for number in further if number < len(index)])
    triple_edges = np.array(sorted(sketch.edges), dtype=np.int32)
    numbers = np.union1d(triple_edges, among).astype(np.int32)
    count = len(sketch.found)
    return Sketch(
        tuple(sketch.found.values()), numbers, (count,), (), tuple(sketch.strangers),
        tuple(sketch.made),
    )  # fmt: skip


def _said(triples: Iterable[Statement]) -> Iterator[Statement]:
    """The triples, and for those that make up a claim, in their place, what the claim says."""
    triples = tuple(triples)
    parts: dict[Node, dict[str, list[Term]]] = {}
    for triple in triples:
        if triple.predicate.value in CLAIM_PARTS:
            said = parts.setdefault(triple.subject, {})
            said.setdefault(triple.predicate.value, []).append(triple.object)
    claims = {node: said for node, said in parts.items() if len(said) == len(CLAIM_PARTS)}
    told: set[Node] = set()
    for triple in triples:
        said = claims.get(triple.subject, {})
        if not said:
            yield triple
        elif triple.subject not in told:
            told.add(triple.subject)
            for subject, predicate, value in product(*(said[part] for part in CLAIM_PARTS)):
                if not isinstance(subject, Literal) and isinstance(predicate, IRI):
                    yield Statement(subject, predicate, value)


class _Drawing:
    """What was met so far."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.claims = frozenset(index.evidence.claims.nodes)
        self.found: dict[Node, int] = {}
        self.strangers: list[Entity] = []
        self.edges: set[int] = set()
        self.made: dict[Edge, None] = {}

    def add(self, triple: Statement) -> None:
        """Note the ends of a triple and, where both are nodes, its edge."""
        source = self.number(triple.subject)
        if triple.predicate == RDF_TYPE or not self.index.ontology.is_edge(triple.predicate):
            return
        target = self.number(triple.object)
        if source is None or target is None or isinstance(triple.object, Literal):
            return
        edge = self.index.adjacency.find(triple.subject, triple.predicate, triple.object)
        if edge is not None:
            self.edges.add(edge)
        else:
            made = Edge(triple.subject, triple.predicate, triple.object, (MADE,))
            self.made.setdefault(made)

    def number(self, term: Term) -> int | None:
        """The number of a node, met now or before; None for what is never a node."""
        if isinstance(term, Literal) or self._apart(term):
            return None
        if term not in self.found:
            number = self.index.adjacency.number(term)
            if number is None:
                number = len(self.index) + len(self.strangers)
                self.strangers.append(self.index.entity(term))
            self.found[term] = number
        return self.found[term]

    def _apart(self, node: Node) -> bool:
        """Whether a node is a class, a property, a named graph or a claim."""
        if self.index.adjacency.number(node) is not None:
            return False
        if node in self.claims:
            return True
        known = (self.index.classes.known, self.index.properties.known)
        return isinstance(node, IRI) and (
            any(node in words for words in known) or node in self.index.graphs
        )
