"""Rank: which entities matter most, by which measure."""

from collections.abc import Callable, Iterator, Mapping
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
from triplary.terms import Entity, Node, Subgraph

__all__ = ["MEASURES", "Ranked", "Ranking", "measured", "rank"]

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
    limit: int = 50,
    kept: npt.NDArray[np.bool_] | None = None,
    scores: Scores | None = None,
) -> Ranking:
    """The entities of a graph, or of a subgraph, that score highest by a measure.

    The measure is taken of all edges there; `kept` (a flag for each entity of the index) then
    leaves only those it marks. `scores` are those of the whole graph, where they were measured
    before. Raises BadParameter for a measure that there is not.
    """
    measure = _measure(by)
    nodes: tuple[Node, ...] = (
        index.adjacency.nodes if among is None else tuple(entity.iri for entity in among)
    )
    found = scores if scores is not None and among is None else measure(Graph.of(index, among))
    passing = np.ones(len(nodes), dtype=bool)
    if kept is not None:
        passing &= kept if among is None else kept[[index.number(node) for node in nodes]]
    best = _best(index, nodes, found, np.flatnonzero(passing), max(limit, 0))
    ranked = tuple(
        Ranked(index.entity(nodes[number]), float(found.values[number])) for number in best
    )
    return Ranking(by, ranked, int(np.count_nonzero(passing)), found.exact)


def measured(index: Index, by: str) -> Scores:
    """What a measure gives each entity of a graph; raises BadParameter where there is none."""
    return _measure(by)(Graph.of(index))


def _measure(by: str) -> Callable[[Graph], Scores]:
    if by not in MEASURES:
        raise BadParameter("by", by, f"the measures are {', '.join(sorted(MEASURES))}")
    return MEASURES[by]


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
