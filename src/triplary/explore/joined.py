"""Paths as one sketch: every node and edge on them, each once."""

from collections.abc import Iterable

import numpy as np

from triplary.explore.sketch import Sketch
from triplary.index import Index
from triplary.terms import Entity, Path

__all__ = ["joined"]


def joined(index: Index, ends: Iterable[Entity], paths: Iterable[Path]) -> Sketch:
    """The two ends, then the nodes and edges of the paths in order."""
    paths = tuple(paths)
    nodes = dict.fromkeys((*ends, *(node for path in paths for node in path.nodes)))
    edges = dict.fromkeys(edge for path in paths for edge in path.edges)
    numbers = [index.adjacency.find(edge.subject, edge.predicate, edge.object) for edge in edges]
    found = sorted(number for number in numbers if number is not None)
    return Sketch(tuple(map(index.number, nodes)), np.array(found, dtype=np.int32), (len(nodes),))
