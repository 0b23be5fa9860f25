"""Overview: some entities and every edge among them; and the picture that a visit opens with."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.explore.subgraph import assemble, neighbours
from triplary.index import Index
from triplary.terms import IRI, Entity, Subgraph

__all__ = ["opening", "overview"]

CANDIDATES_EACH: Final = 50
"""How many of the most telling entities are weighed for each place in the opening picture."""


def overview(index: Index, entities: Iterable[Entity], *, limit: int = 50) -> Subgraph:
    """The first `limit` of the entities, and every edge among them."""
    nodes = list(dict.fromkeys(index.number(entity) for entity in entities))[: max(limit, 0)]
    return assemble(index, nodes, index.adjacency.among(nodes).tolist())


def opening(index: Index, *, limit: int = 40) -> Subgraph:
    """A first picture of any graph: connected where it can be, with its classes mixed.

    It grows from the most telling entity by the most telling neighbour of what is there, where
    an entity tells more the more edges it has and the more sources and claims speak of it, and
    less the more of its class are already shown. The same graph gives the same picture.
    """
    weight = _telling(index)
    most = np.lexsort((np.arange(len(weight)), -weight))[: CANDIDATES_EACH * max(limit, 0)]
    waiting = {int(node): index.names.classes(index.adjacency.nodes[node])[:1] for node in most}
    drawn: Counter[tuple[IRI, ...]] = Counter()
    nodes: list[int] = []
    near: set[int] = set()
    while waiting and len(nodes) < limit:
        best = max(
            near or waiting,
            key=lambda node: (weight[node] / (1 + drawn[waiting[node]]) ** 0.5, -node),
        )
        drawn[waiting.pop(best)] += 1
        nodes.append(best)
        near |= neighbours(index, best)
        near &= waiting.keys()
    return assemble(index, nodes, index.adjacency.among(nodes).tolist())


def _telling(index: Index) -> npt.NDArray[np.float64]:
    """How much each entity tells: edges both from it and to it, and many who speak of them.

    What is only ever pointed at (a task, a licence, a year) is a value rather than a thing to
    begin with, and what nothing points at is a leaf.
    """
    a = index.adjacency
    edge = np.repeat(np.arange(len(a)), np.diff(a.said_start))
    voice = np.where(a.said_claim >= 0, len(index.graphs) + a.said_claim, a.said_graph)
    most = len(index.graphs) + len(index.evidence.claims.nodes) + 1
    ends = np.concatenate([a.source[edge], a.target[edge]]).astype(np.int64)
    pairs = np.unique(ends * most + np.concatenate([voice, voice]))
    voices = np.bincount(pairs // most, minlength=len(a.nodes))
    leaving, reaching = np.log1p(np.diff(a.out_start)), np.log1p(np.diff(a.in_start))
    both = np.sqrt(leaving * reaching) + 0.05 * (leaving + reaching)
    return np.asarray(both * np.log1p(voices), dtype=np.float64)
