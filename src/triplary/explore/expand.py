"""Expand: what lies around an entity? A bounded, fair helping, and how much more there is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from triplary.errors import BadParameter
from triplary.explore.sieve import EVERYTHING, Sieve
from triplary.explore.sketch import Sketch
from triplary.index import Index
from triplary.index.scan import Numbers
from triplary.terms import IRI, Entity

__all__ = ["HELPING", "HOPS_MOST", "Helping", "expand", "opened"]

HOPS_MOST: Final = 4
HELPING: Final = 25
"""How many new nodes a helping brings where nobody says how many."""


@dataclass(frozen=True, slots=True)
class Helping:
    """An entity to open: along one relation or all, for so many new nodes at most.

    `inverse` is True for edges that arrive, False for those that leave, None for both; None as
    the `count` is what the picture takes as usual.
    """

    entity: Entity
    predicate: IRI | None = None
    inverse: bool | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        """Refuse a helping of nothing."""
        if self.count is not None and self.count < 1:
            raise BadParameter("open", self.count, "a helping brings at least 1 node")


def expand(
    index: Index,
    helpings: Iterable[Helping],
    *,
    hops: int = 1,
    limit: int = HELPING,
    sieve: Sieve = EVERYTHING,
) -> Sketch:
    """The neighbourhoods of entities, one after the other, and every edge among what is found.

    Each entity brings at most `limit` new nodes for each hop, taken in turn from each predicate
    and direction, those with most edges first; opened once more it brings the next ones. What an
    earlier entity brought keeps its place when a later one is added. A relation given holds for
    the first hop. Raises BadParameter for hops outside 1 to 4 and a limit below 1, NotFound for
    a stranger.
    """
    if not 1 <= hops <= HOPS_MOST:
        raise BadParameter("hops", hops, f"from 1 to {HOPS_MOST}")
    return _grown(index, Sketch(), helpings, hops, limit, sieve)


def opened(
    index: Index,
    sketch: Sketch,
    helpings: Iterable[Helping],
    *,
    limit: int = HELPING,
    sieve: Sieve = EVERYTHING,
) -> Sketch:
    """A sketch with entities opened in it, in order, one hop each; what was there keeps its place.

    An entity that was not there is added. Besides the edges of the sketch there are those that
    touch what was opened or brought.
    """
    return _grown(index, sketch, helpings, 1, limit, sieve)


def _grown(
    index: Index,
    sketch: Sketch,
    helpings: Iterable[Helping],
    hops: int,
    limit: int,
    sieve: Sieve,
) -> Sketch:
    if limit < 1:
        raise BadParameter("limit", limit, "at least 1")
    shown = dict.fromkeys(sketch.nodes)
    centres: dict[int, None] = {}
    steps = list(sketch.steps)
    for helping in helpings:
        start = index.number(helping.entity)
        shown.setdefault(start)
        frontier, wanted = [start], helping
        for _ in range(hops):
            centres |= dict.fromkeys(frontier)
            most = limit if helping.count is None else helping.count
            frontier = _helping(index, frontier, wanted, sieve, shown, most) if frontier else []
            wanted = Helping(helping.entity)
            shown |= dict.fromkeys(frontier)
        steps.append(len(shown))
    if not centres:
        return sketch
    touching = np.zeros(len(index), dtype=bool)
    touching[list(centres)] = True
    touching[[node for node in list(shown)[len(sketch.nodes) :]]] = True
    return replace(
        sketch,
        nodes=tuple(shown),
        edges=_edges(index, sketch, shown, touching, sieve),
        steps=tuple(steps),
        opened=(*sketch.opened, *centres),
    )


def _edges(
    index: Index,
    sketch: Sketch,
    shown: Iterable[int],
    touching: np.ndarray[tuple[int], np.dtype[np.bool_]],
    sieve: Sieve,
) -> Numbers:
    """The edges of the sketch, and every edge among what is shown that touches what is new."""
    a = index.adjacency
    among = sieve.passing(a.among([node for node in shown if node < len(index)]))
    new = among[touching[a.source[among]] | touching[a.target[among]]]
    return np.union1d(sketch.edges, new).astype(np.int32)


def _helping(
    index: Index,
    frontier: Sequence[int],
    helping: Helping,
    sieve: Sieve,
    shown: Collection[int],
    limit: int,
) -> list[int]:
    """At most `limit` new nodes next to the frontier: one from each kind of edge, in turn."""
    a = index.adjacency
    groups: dict[tuple[str, bool], Numbers] = {}
    for inverse in (False, True):
        if helping.inverse not in (None, inverse):
            continue
        pairs = [sieve.around(index, node, inverse=inverse) for node in frontier]
        edges, others = (np.concatenate(columns) for columns in zip(*pairs, strict=True))
        kinds = a.predicate[edges]
        for kind in np.unique(kinds):
            if helping.predicate in (None, a.predicates[kind]):
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
