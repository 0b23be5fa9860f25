"""Paths as one subgraph: every node and edge on them, each once."""

from collections.abc import Iterable

from triplary.index import Index
from triplary.terms import Entity, Path, Subgraph

__all__ = ["joined"]


def joined(index: Index, ends: Iterable[Entity], paths: Iterable[Path]) -> Subgraph:
    """The two ends, then the nodes and edges of the paths in order, with their vocabulary."""
    paths = tuple(paths)
    nodes = dict.fromkeys((*ends, *(node for path in paths for node in path.nodes)))
    edges = dict.fromkeys(edge for path in paths for edge in path.edges)
    words = index.vocabulary(
        (edge.predicate for edge in edges), (kind for node in nodes for kind in node.classes)
    )
    return Subgraph(tuple(nodes), tuple(edges), (), words)
