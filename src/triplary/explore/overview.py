"""Overview: some entities and every edge among them; and the picture that a visit opens with."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.explore.sieve import EVERYTHING, Sieve
from triplary.explore.sketch import Sketch, neighbours, whole
from triplary.index import Index
from triplary.index.scan import Numbers
from triplary.terms import IRI, Entity

__all__ = ["opening", "overview"]

CANDIDATES_EACH: Final = 50
"""How many of the most telling entities are weighed for each place in the opening picture."""


def overview(
    index: Index, entities: Iterable[Entity], *, limit: int = 50, sieve: Sieve = EVERYTHING
) -> Sketch:
    """The first `limit` of the entities, and every edge among them that may be followed."""
    nodes = list(dict.fromkeys(index.number(entity) for entity in entities))
    return whole(index, nodes[: max(limit, 0)], sieve)


def opening(index: Index, *, limit: int = 40, sieve: Sieve = EVERYTHING) -> Sketch:
    """A first picture of any graph: connected where it can be, with its classes mixed.

    It grows from the most telling entity by the most telling neighbour of what is there, where
    an entity tells more the more edges it has and the more sources and claims speak of it, and
    less the more of its class are already shown. The same graph gives the same picture. Where
    not every edge may be followed, it grows along those that may, from entities that have one.
    """
    weight = _telling(index)
    possible = np.arange(len(weight))
    if sieve.followed is not None:
        possible = possible[sieve.touched(index)]
    best_first = possible[np.lexsort((possible, -weight[possible]))]
    candidates = np.sort(best_first[: CANDIDATES_EACH * max(limit, 0)])
    kind = _first_class(index)[candidates]
    drawn = np.zeros(int(kind.max(initial=-1)) + 1, dtype=np.int32)
    place = np.full(len(index), -1, dtype=np.int32)
    place[candidates] = np.arange(len(candidates), dtype=np.int32)
    waiting, near = np.ones(len(candidates), dtype=bool), np.zeros(len(candidates), dtype=bool)
    nodes: list[int] = []
    while len(nodes) < limit and waiting.any():
        pool = near & waiting
        pool = pool if pool.any() else waiting
        telling = np.where(pool, weight[candidates] / np.sqrt(1.0 + drawn[kind]), -1.0)
        best = int(np.argmax(telling))
        waiting[best] = False
        drawn[kind[best]] += 1
        nodes.append(int(candidates[best]))
        around = place[list(neighbours(index, nodes[-1], sieve))]
        near[around[around >= 0]] = True
    return whole(index, nodes, sieve)


def _first_class(index: Index) -> Numbers:
    """For each entity a number of its most specific class, the same for the same class."""
    numbers: dict[tuple[IRI, ...], int] = {}
    by_group = [numbers.setdefault(own[:1], len(numbers)) for own in index.kinds.classes]
    return np.array(by_group, dtype=np.int32)[index.kinds.group]


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
