"""From numbers to a value: the nodes and edges that were found, as a Subgraph."""

from collections.abc import Iterable, Sequence

import numpy as np

from triplary.index import Index
from triplary.index.scan import Numbers
from triplary.terms import IRI, More, Subgraph

__all__ = ["assemble", "neighbours"]


def assemble(
    index: Index, nodes: Sequence[int], edges: Iterable[int], more: Sequence[More] = ()
) -> Subgraph:
    """The subgraph of nodes and edges by number, with the vocabulary to say them.

    Edges come in the order in which the later of their two nodes was found.
    """
    entities = tuple(index.at(number) for number in nodes)
    found = tuple(index.edge(number) for number in _in_order(index, nodes, edges))
    predicates = {edge.predicate for edge in found} | {left.predicate for left in more}
    classes: set[IRI] = {iri for entity in entities for iri in entity.classes}
    return Subgraph(entities, found, tuple(more), index.vocabulary(predicates, classes))


def _in_order(index: Index, nodes: Sequence[int], edges: Iterable[int]) -> list[int]:
    numbers: Numbers = np.array(sorted(set(edges)), dtype=np.int32)
    if not len(numbers):
        return []
    place = np.zeros(len(index.adjacency.nodes), dtype=np.int32)
    place[list(nodes)] = np.arange(len(nodes), dtype=np.int32)
    ends = place[index.adjacency.source[numbers]], place[index.adjacency.target[numbers]]
    order = np.lexsort((numbers, np.maximum(*ends)))
    return [int(number) for number in numbers[order]]


def neighbours(index: Index, node: int) -> set[int]:
    """The numbers of the nodes at the other end of a node's edges, either way."""
    a = index.adjacency
    return {*a.target[a.leaving(node)].tolist(), *a.source[a.reaching(node)].tolist()}
