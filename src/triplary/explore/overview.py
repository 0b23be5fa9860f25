"""Overview: some entities and every edge among them; and the picture that a visit opens with."""

import math
from collections import Counter
from collections.abc import Container, Iterable
from heapq import heappop, heappush
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
    kind = _first_class(index)
    waiting = set(candidates.tolist())
    near, anywhere = _Queues(weight, kind, ()), _Queues(weight, kind, candidates.tolist())
    nodes: list[int] = []
    while len(nodes) < limit and waiting:
        best = near.best(waiting)
        best = anywhere.best(waiting) if best is None else best
        if best is None:
            break
        waiting.remove(best)
        for queues in (near, anywhere):
            queues.drawn[kind[best]] += 1
        nodes.append(best)
        near.add(waiting.intersection(neighbours(index, best, sieve)))
    return whole(index, nodes, sieve)


class _Queues:
    """Entities that wait to be drawn, those of each class in a queue, the most telling first."""

    def __init__(
        self, weight: npt.NDArray[np.float64], kind: Numbers, entities: Iterable[int]
    ) -> None:
        """Queue entities; `weight` and `kind` have what each tells, and its class."""
        self._weight, self._kind = weight, kind
        self.drawn: Counter[int] = Counter()
        self._queues: dict[int, list[tuple[float, int]]] = {}
        self._queued: set[int] = set()
        self.add(entities)

    def add(self, entities: Iterable[int]) -> None:
        """Queue entities that are not yet."""
        for entity in entities:
            if entity not in self._queued:
                self._queued.add(entity)
                queue = self._queues.setdefault(int(self._kind[entity]), [])
                heappush(queue, (-float(self._weight[entity]), entity))

    def best(self, waiting: Container[int]) -> int | None:
        """The one that tells most of those that still wait; None where there are none."""
        found: list[tuple[float, int]] = []
        for kind, queue in list(self._queues.items()):
            while queue and queue[0][1] not in waiting:
                heappop(queue)
            if queue:
                weight, entity = queue[0]
                found.append((weight / math.sqrt(1.0 + self.drawn[kind]), entity))
            else:
                del self._queues[kind]
        return min(found)[1] if found else None


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
