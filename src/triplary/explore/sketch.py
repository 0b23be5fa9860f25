"""A sketch: a picture by number, before its nodes and edges are read as values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from triplary.explore.sieve import EVERYTHING, Sieve
from triplary.index import Index
from triplary.index.scan import Numbers
from triplary.terms import IRI, Edge, Entity, More, Node, Subgraph

__all__ = ["NO_EDGES", "Sketch", "neighbours", "read", "sieved", "whole"]

NO_EDGES: Numbers = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """Nodes by number in the order of finding, and edges by number, ascending.

    `steps` counts the nodes after each step; `opened` are those whose surroundings were opened.
    A number past the last entity's is a place in `strangers`: nodes that a query made and that
    are no entities of the graph. `made` are edges of that kind.
    """

    nodes: tuple[int, ...] = ()
    edges: Numbers = field(default_factory=lambda: NO_EDGES)
    steps: tuple[int, ...] = ()
    opened: tuple[int, ...] = ()
    strangers: tuple[Entity, ...] = ()
    made: tuple[Edge, ...] = ()

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.nodes)

    def entity(self, index: Index, number: int) -> Entity:
        """The node of a number."""
        return index.at(number) if number < len(index) else self.strangers[number - len(index)]

    def known(self, index: Index) -> list[int]:
        """The nodes that are entities of the graph."""
        return [number for number in self.nodes if number < len(index)]


def whole(index: Index, nodes: Iterable[int], sieve: Sieve) -> Sketch:
    """The sketch of some entities and of every edge among them that may be followed."""
    found = tuple(dict.fromkeys(nodes))
    return Sketch(found, sieve.passing(index.adjacency.among(found)), (len(found),))


def sieved(index: Index, sketch: Sketch, sieve: Sieve) -> Sketch:
    """What a sketch shows through a sieve."""
    if not sieve.filters:
        return sketch
    a = index.adjacency
    passing = [_passes(index, sketch, number, sieve) for number in sketch.nodes]
    nodes = tuple(n for n, shown in zip(sketch.nodes, passing, strict=True) if shown)
    counted = np.concatenate([[0], np.cumsum(passing, dtype=np.int64)])
    visible = np.zeros(len(index), dtype=bool)
    visible[[number for number in nodes if number < len(index)]] = True
    edges = sketch.edges[visible[a.source[sketch.edges]] & visible[a.target[sketch.edges]]]
    if sieve.edges is not None:
        edges = edges[sieve.edges[edges]]
    shown = {sketch.entity(index, number).iri for number in nodes}
    return replace(
        sketch,
        nodes=nodes,
        edges=edges,
        steps=tuple(int(counted[count]) for count in sketch.steps),
        opened=tuple(number for number in sketch.opened if visible[number]),
        made=tuple(
            edge
            for edge in sketch.made
            if sieve.lets_made(edge) and {edge.subject, edge.object} <= shown
        ),
    )


def _passes(index: Index, sketch: Sketch, number: int, sieve: Sieve) -> bool:
    if number >= len(index):
        return sieve.lets(index, sketch.entity(index, number))
    return sieve.nodes is None or bool(sieve.nodes[number])


def read(index: Index, sketch: Sketch, sieve: Sieve = EVERYTHING) -> Subgraph:
    """The sketch as a subgraph, with what its opened nodes have besides, and the words to say it.

    Edges come in the order in which the later of their two nodes was found.
    """
    entities = tuple(sketch.entity(index, number) for number in sketch.nodes)
    edges = _in_order(index, sketch, entities)
    more = tuple(_more(index, sketch, sieve))
    predicates = {edge.predicate for edge in edges} | {left.predicate for left in more}
    classes: set[IRI] = {iri for entity in entities for iri in entity.classes}
    return Subgraph(entities, edges, more, index.vocabulary(predicates, classes))


def _in_order(index: Index, sketch: Sketch, entities: Sequence[Entity]) -> tuple[Edge, ...]:
    a = index.adjacency
    place = np.zeros(len(index), dtype=np.int32)
    for position, number in enumerate(sketch.nodes):
        if number < len(index):
            place[number] = position
    ends = np.maximum(place[a.source[sketch.edges]], place[a.target[sketch.edges]])
    order = np.lexsort((sketch.edges, ends))
    found = [index.edge(number) for number in sketch.edges[order].tolist()]
    if not sketch.made:
        return tuple(found)
    places: dict[Node, int] = {entity.iri: i for i, entity in enumerate(entities)}
    made = [(max(places[edge.subject], places[edge.object]), edge) for edge in sketch.made]
    both = [*zip(ends[order].tolist(), found, strict=True), *made]
    return tuple(edge for _, edge in sorted(both, key=lambda pair: pair[0]))


def _more(index: Index, sketch: Sketch, sieve: Sieve) -> Iterable[More]:
    """For each opened node, predicate and direction: the edges there are, where some are hidden."""
    a = index.adjacency
    visible = np.zeros(len(index), dtype=bool)
    visible[sketch.known(index)] = True
    for node in dict.fromkeys(sketch.opened):
        for inverse in (False, True):
            edges, others = sieve.shown_around(index, node, inverse=inverse)
            kinds = a.predicate[edges]
            total = np.bincount(kinds, minlength=len(a.predicates))
            drawn = np.bincount(kinds[visible[others]], minlength=len(a.predicates))
            left = [
                More(a.nodes[node], a.predicates[kind], inverse, int(drawn[kind]), int(total[kind]))
                for kind in np.flatnonzero(total > drawn)
            ]
            yield from sorted(left, key=lambda item: item.predicate)


def neighbours(index: Index, node: int, sieve: Sieve) -> set[int]:
    """The nodes at the other end of a node's edges that may be followed, either way."""
    a = index.adjacency
    leaving, reaching = sieve.passing(a.leaving(node)), sieve.passing(a.reaching(node))
    return {*a.target[leaving].tolist(), *a.source[reaching].tolist()}
