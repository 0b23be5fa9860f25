"""Rank: which entities matter most, by which measure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.errors import BadParameter
from triplary.index import Index
from triplary.measure.betweenness import betweenness
from triplary.measure.degree import degree
from triplary.measure.graph import Graph, Scores
from triplary.measure.pagerank import pagerank
from triplary.terms import IRI, Entity, Node, Subgraph

__all__ = ["MEASURES", "Ranked", "Ranking", "rank"]

MEASURES: Final[Mapping[str, Callable[[Graph], Scores]]] = MappingProxyType(
    {"degree": degree, "pagerank": pagerank, "betweenness": betweenness}
)
"""The measures by name that a ranking can follow."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entity and its score; the unit is the measure's."""

    entity: Entity
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entities by falling score, then by label: `scores` shows the first of `total`.

    `exact` is False where the scores were estimated.
    """

    by: str
    scores: tuple[Ranked, ...]
    total: int
    exact: bool = True

    def __iter__(self) -> Iterator[Ranked]:
        """The entities with their scores, in order."""
        return iter(self.scores)

    def __len__(self) -> int:
        """The number of entities shown."""
        return len(self.scores)

    def head(self, count: int = 5) -> "Ranking":
        """The first of the ranking."""
        return Ranking(self.by, self.scores[: max(count, 0)], self.total, self.exact)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, in order."""
        return tuple(ranked.entity for ranked in self.scores)


def rank(
    index: Index,
    *,
    by: str = "degree",
    among: Subgraph | None = None,
    classes: Collection[IRI] = (),
    limit: int = 50,
) -> Ranking:
    """The entities of a graph, or of a subgraph, that score highest by a measure.

    The measure is taken of all edges there; `classes` then leaves only entities of one of the
    classes or below. Raises BadParameter for a measure that there is not.
    """
    if by not in MEASURES:
        raise BadParameter("by", by, f"the measures are {', '.join(sorted(MEASURES))}")
    nodes: tuple[Node, ...] = (
        index.adjacency.nodes if among is None else tuple(entity.iri for entity in among)
    )
    found = MEASURES[by](Graph.of(index, among))
    kept = np.arange(len(nodes))
    if classes:
        wanted = {iri.value for iri in classes}
        kinds = (index.names.kinds(node).split() for node in nodes)
        kept = np.flatnonzero([not wanted.isdisjoint(kind) for kind in kinds])
    best = _best(index, nodes, found, kept, max(limit, 0))
    ranked = tuple(
        Ranked(index.entity(nodes[number]), float(found.values[number])) for number in best
    )
    return Ranking(by, ranked, len(kept), found.exact)


def _best(
    index: Index,
    nodes: tuple[Node, ...],
    found: Scores,
    kept: npt.NDArray[np.intp],
    limit: int,
) -> list[int]:
    """The nodes of the highest scores; only those that tie with the last one shown are read."""
    values = found.values[kept]
    if 0 < limit < len(kept):
        least = np.partition(values, len(values) - limit)[len(values) - limit]
        kept = kept[values >= least]
    order = sorted(
        kept.tolist(),
        key=lambda n: (-found.values[n], index.entity(nodes[n]).label().casefold(), str(nodes[n])),
    )
    return order[:limit]
