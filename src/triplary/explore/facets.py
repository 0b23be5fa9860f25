"""Facets: what a picture could be filtered by, and how much of each it has and shows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np

from triplary.explore.sketch import Sketch
from triplary.index import Index
from triplary.index.adjacency import STATED
from triplary.index.values import Column
from triplary.terms import IRI, VERDICTS, Node

__all__ = ["Extent", "Facet", "Facets", "facets", "hidden"]

MOST_RANGES: Final = 8
LEAST_NODES: Final = 2

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Facet(Generic[_Value]):
    """A value, how many nodes or edges have it in the whole picture, and in what is shown."""

    value: _Value
    count: int
    shown: int


@dataclass(frozen=True, slots=True)
class Extent:
    """A property's least and greatest value among `count` nodes, as written."""

    property: IRI
    kind: str
    low: str
    high: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Classes count nodes, those of a class below included; the others count edges.

    Only edges that a source or a claim says count for `graphs`. `time` are the first and the last
    date at which a node begins.
    """

    classes: tuple[Facet[IRI], ...] = ()
    predicates: tuple[Facet[IRI], ...] = ()
    graphs: tuple[Facet[Node | None], ...] = ()
    verdicts: tuple[Facet[str], ...] = ()
    ranges: tuple[Extent, ...] = ()
    time: tuple[str, str] | None = None


def facets(index: Index, everything: Sketch, shown: Sketch) -> Facets:
    """The facets of a picture; `everything` is what it would be without filters and hiding."""
    return Facets(
        _counted(_classes(index, everything), _classes(index, shown)),
        _counted(_predicates(index, everything), _predicates(index, shown)),
        _counted(_graphs(index, everything), _graphs(index, shown)),
        _verdicts(index, everything, shown),
        _ranges(index, everything),
        _time(index, everything),
    )


def hidden(everything: Sketch, shown: Sketch) -> tuple[int, int]:
    """How many nodes and edges of everything are not shown."""
    nodes = len(set(everything.nodes) - set(shown.nodes))
    edges = len(np.setdiff1d(everything.edges, shown.edges))
    return nodes, edges + len(set(everything.made) - set(shown.made))


def _counted(
    everything: Mapping[_Value, int], shown: Mapping[_Value, int]
) -> tuple[Facet[_Value], ...]:
    """The values with both counts, the most frequent first, then by their text."""
    values = {**everything, **shown}
    found = [Facet(value, everything.get(value, 0), shown.get(value, 0)) for value in values]
    return tuple(sorted(found, key=lambda facet: (-facet.count, -facet.shown, str(facet.value))))


def _classes(index: Index, sketch: Sketch) -> dict[IRI, int]:
    """The classes that nodes are given, each with all nodes that are of it."""
    known = np.array(sketch.known(index), dtype=np.int32)
    groups = np.bincount(index.kinds.group[known], minlength=len(index.kinds.classes))
    present = np.flatnonzero(groups).tolist()
    given = {iri for group in present for iri in index.kinds.classes[group]}
    found: Counter[IRI] = Counter()
    for group in present:
        for iri in given & index.kinds.above[group]:
            found[iri] += int(groups[group])
    return dict(found)


def _predicates(index: Index, sketch: Sketch) -> dict[IRI, int]:
    a = index.adjacency
    counts = np.bincount(a.predicate[sketch.edges], minlength=len(a.predicates))
    found = Counter({a.predicates[kind]: int(counts[kind]) for kind in np.flatnonzero(counts)})
    found.update(edge.predicate for edge in sketch.made)
    return dict(found)


def _graphs(index: Index, sketch: Sketch) -> dict[Node | None, int]:
    """The named graphs that say an edge, or hold a claim of it: each edge once for each."""
    a = index.adjacency
    edges = sketch.edges
    counts = (a.said_start[edges + 1] - a.said_start[edges]).astype(np.int64)
    rows = np.repeat(a.said_start[edges], counts) + _counting(counts)
    claimed = a.said_claim[rows] >= 0
    number = {graph: place for place, graph in enumerate(index.graphs)}
    homes = [number[graph] for graph in index.evidence.claims.graphs]
    home = np.array([*homes, -1], dtype=np.int32)
    graph = np.where(claimed, home[a.said_claim[rows]], a.said_graph[rows])
    pairs = np.unique(np.stack([np.repeat(edges, counts), graph]), axis=1)
    found = np.bincount(pairs[1], minlength=len(index.graphs))
    return {index.graphs[place]: int(found[place]) for place in np.flatnonzero(found)}


def _counting(
    counts: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For runs of these lengths, 0, 1, 2 … within each run."""
    ends = np.cumsum(counts)
    return np.arange(int(counts.sum())) - np.repeat(ends - counts, counts)


def _verdicts(index: Index, everything: Sketch, shown: Sketch) -> tuple[Facet[str], ...]:
    """The verdicts in the picture, the most favourable first."""
    words = (*VERDICTS, STATED)
    both = []
    for sketch in (everything, shown):
        counts = np.bincount(index.adjacency.verdict[sketch.edges], minlength=len(words))
        counts[words.index(STATED)] += len(sketch.made)
        both.append(counts.tolist())
    return tuple(
        Facet(word, count, now)
        for word, count, now in reversed(list(zip(words, *both, strict=True)))
        if count or now
    )


def _ranges(index: Index, sketch: Sketch) -> tuple[Extent, ...]:
    """The properties with the most nodes that have numbers or dates, and their extent."""
    here = np.zeros(len(index), dtype=bool)
    here[sketch.known(index)] = True
    found = []
    for iri, column in index.values.columns.items():
        rows = np.flatnonzero(here[column.nodes])
        count = len(np.unique(column.nodes[rows]))
        if count >= LEAST_NODES:
            low, high = _written(column, rows)
            found.append(Extent(iri, column.kind, low, high, count))
    return tuple(sorted(found, key=lambda extent: (-extent.count, extent.property))[:MOST_RANGES])


def _written(column: Column, rows: Iterable[int]) -> tuple[str, str]:
    rows = list(rows)
    low = min(rows, key=lambda row: (column.low[row], -column.high[row], column.texts[row]))
    high = max(rows, key=lambda row: (column.high[row], column.low[row], column.texts[row]))
    return column.texts[low], column.texts[high]


def _time(index: Index, sketch: Sketch) -> tuple[str, str] | None:
    times = index.values.times
    dated = [number for number in sketch.known(index) if number in times.written]
    if not dated:
        return None
    order = sorted(dated, key=lambda number: (times.first[number], times.written[number]))
    return times.written[order[0]], times.written[order[-1]]
