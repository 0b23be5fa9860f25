"""Expand: what lies around an entity? A bounded, fair helping, and how much more there is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.errors import BadParameter
from triplary.explore.subgraph import assemble
from triplary.index import Index
from triplary.index.adjacency import STATED, verdict_code
from triplary.index.scan import Numbers
from triplary.terms import IRI, VERDICTS, Entity, More, Node, Subgraph

__all__ = ["HOPS_MOST", "Filter", "expand"]

HOPS_MOST: Final = 4


def expand(
    index: Index,
    entities: Iterable[Entity],
    *,
    hops: int = 1,
    limit: int = 25,
    predicates: Collection[IRI] = (),
    classes: Collection[IRI] = (),
    verdicts: Collection[str] = (),
    without: Collection[Node] = (),
) -> Subgraph:
    """The neighbourhoods of entities, one after the other, and every edge among what is shown.

    Each entity brings at most `limit` new nodes for each hop, taken in turn from each predicate
    and direction, those with most edges first. What an earlier entity brought keeps its place
    when a later one is added. `more` tells what each expanded node has that is not shown.
    Only edges of `predicates`, with one of `verdicts` ('stated' included), to entities of
    `classes` (or below), and to none of `without`, are followed and drawn; empty means all.
    Raises BadParameter for hops outside 1 to 4 and a limit below 1, NotFound for a stranger.
    """
    if not 1 <= hops <= HOPS_MOST:
        raise BadParameter("hops", hops, f"from 1 to {HOPS_MOST}")
    if limit < 1:
        raise BadParameter("limit", limit, "at least 1")
    kept = Filter.of(index, predicates, classes, verdicts, without)
    shown: dict[int, None] = {}
    opened: dict[int, None] = {}
    for entity in entities:
        start = index.number(entity)
        shown.setdefault(start)
        frontier = [start]
        for _ in range(hops):
            opened |= dict.fromkeys(frontier)
            frontier = _helping(index, frontier, kept, shown, limit) if frontier else []
            shown |= dict.fromkeys(frontier)
    edges = index.adjacency.among(list(shown))
    drawn = edges[kept.edges(index, edges)]
    return assemble(index, list(shown), drawn.tolist(), _more(index, opened, shown, kept))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which edges may be followed: flags by predicate, verdict and node; None lets all pass."""

    predicates: npt.NDArray[np.bool_] | None
    verdicts: npt.NDArray[np.bool_] | None
    nodes: npt.NDArray[np.bool_] | None

    @classmethod
    def of(
        cls,
        index: Index,
        predicates: Collection[IRI],
        classes: Collection[IRI],
        verdicts: Collection[str],
        without: Collection[Node],
    ) -> "Filter":
        """The filter of some words; raises BadParameter for a verdict that there is not."""
        a = index.adjacency
        unknown = set(verdicts).difference(VERDICTS, [STATED])
        if unknown:
            raise BadParameter(
                "verdicts", min(unknown), "no such verdict",
                hint=f"the verdicts are {', '.join((STATED, *reversed(VERDICTS)))}",
            )  # fmt: skip
        codes = {verdict_code(verdict) for verdict in verdicts}
        nodes = np.ones(len(a.nodes), dtype=bool) if classes or without else None
        if nodes is not None and classes:
            wanted = {iri.value for iri in classes}
            kinds = (index.names.kinds(node).split() for node in a.nodes)
            nodes &= np.array([not wanted.isdisjoint(kind) for kind in kinds], dtype=bool)
        if nodes is not None:
            numbers = [a.number(node) for node in without]
            nodes[[number for number in numbers if number is not None]] = False
        return cls(
            np.array([iri in predicates for iri in a.predicates]) if predicates else None,
            np.array([code in codes for code in range(len(VERDICTS) + 1)]) if verdicts else None,
            nodes,
        )

    def edges(self, index: Index, edges: Numbers) -> npt.NDArray[np.bool_]:
        """For each edge, whether its predicate and verdict may be shown."""
        passing = np.ones(len(edges), dtype=bool)
        if self.predicates is not None:
            passing &= self.predicates[index.adjacency.predicate[edges]]
        if self.verdicts is not None:
            passing &= self.verdicts[index.adjacency.verdict[edges]]
        return passing

    def around(self, index: Index, node: int, *, inverse: bool) -> tuple[Numbers, Numbers]:
        """The edges that leave (or reach) a node and may be followed, and their other ends."""
        a = index.adjacency
        edges = a.reaching(node) if inverse else a.leaving(node)
        others = a.source[edges] if inverse else a.target[edges]
        passing = self.edges(index, edges)
        if self.nodes is not None:
            passing &= self.nodes[others]
        return edges[passing], others[passing]


def _helping(
    index: Index, frontier: Sequence[int], kept: Filter, shown: Collection[int], limit: int
) -> list[int]:
    """At most `limit` new nodes next to the frontier: one from each kind of edge, in turn."""
    a = index.adjacency
    groups: dict[tuple[str, bool], Numbers] = {}
    for inverse in (False, True):
        pairs = [kept.around(index, node, inverse=inverse) for node in frontier]
        edges, others = (np.concatenate(columns) for columns in zip(*pairs, strict=True))
        kinds = a.predicate[edges]
        for kind in np.unique(kinds):
            group = np.unique(others[kinds == kind])
            best = np.lexsort((group, -a.degree[group]))
            groups[a.predicates[kind].value, inverse] = group[best]
    waiting = [iter(groups[name].tolist()) for name in sorted(groups)]
    chosen: dict[int, None] = {}
    while waiting and len(chosen) < limit:
        still = []
        for group_nodes in waiting:
            fresh = next((n for n in group_nodes if n not in shown and n not in chosen), None)
            if fresh is not None and len(chosen) < limit:
                chosen[fresh] = None
                still.append(group_nodes)
        waiting = still
    return list(chosen)


def _more(index: Index, opened: Iterable[int], shown: Iterable[int], kept: Filter) -> list[More]:
    """For each opened node, predicate and direction: the edges there are, where some are hidden."""
    a = index.adjacency
    visible = np.zeros(len(a.nodes), dtype=bool)
    visible[list(shown)] = True
    found: list[More] = []
    for node in opened:
        for inverse in (False, True):
            edges, others = kept.around(index, node, inverse=inverse)
            kinds = a.predicate[edges]
            total = np.bincount(kinds, minlength=len(a.predicates))
            drawn = np.bincount(kinds[visible[others]], minlength=len(a.predicates))
            left = [
                More(a.nodes[node], a.predicates[kind], inverse, int(drawn[kind]), int(total[kind]))
                for kind in np.flatnonzero(total > drawn)
            ]
            found.extend(sorted(left, key=lambda item: item.predicate))
    return found
