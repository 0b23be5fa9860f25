"""How much of what a graph holds, in the terms of VoID (https://www.w3.org/TR/void/)."""

from dataclasses import dataclass

import numpy as np

from triplary.index.scan import Numbers, Scan
from triplary.terms import IRI, Node

__all__ = ["Count", "Statistics", "count"]

Count = tuple[IRI, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of one version of a graph; the largest first, then by IRI.

    `triples` counts a triple once, `statements` once for each graph that holds it; `classes` the
    distinct entities of each class (void:classPartition), `properties` the statements of each
    property (void:propertyPartition), `graphs` those of each named graph, None the default one.
    """

    triples: int
    statements: int
    entities: int
    edges: int
    claims: int
    classes: tuple[Count, ...] = ()
    properties: tuple[Count, ...] = ()
    graphs: tuple[tuple[Node | None, int], ...] = ()

    @property
    def named_graphs(self) -> int:
        """The number of named graphs that hold a statement."""
        return sum(graph is not None for graph, _ in self.graphs)


def count(scanned: Scan, place: Numbers, *, edges: int, claims: int) -> Statistics:
    """The statistics of a pass; `place` is -1 for each term that is no entity."""
    properties = np.bincount(scanned.predicate_of, minlength=len(scanned.predicates))
    graphs = np.bincount(scanned.graph_of, minlength=len(scanned.graphs))
    classes: dict[IRI, int] = {}
    for number, kinds in scanned.classes.items():
        if place[number] >= 0:
            for kind in set(kinds):
                classes[kind] = classes.get(kind, 0) + 1
    return Statistics(
        triples=_triples(scanned),
        statements=len(scanned),
        entities=int(np.count_nonzero(place >= 0)),
        edges=edges,
        claims=claims,
        classes=tuple(sorted(classes.items(), key=lambda pair: (-pair[1], pair[0]))),
        properties=tuple(
            sorted(
                zip(scanned.predicates, properties.tolist(), strict=True),
                key=lambda pair: (-pair[1], pair[0]),
            )
        ),
        graphs=tuple(
            sorted(
                zip(scanned.graphs, graphs.tolist(), strict=True),
                key=lambda pair: (-pair[1], str(pair[0])),
            )
        ),
    )


def _triples(scanned: Scan) -> int:
    """The number of different triples."""
    if len(scanned.graphs) < 2:
        return len(scanned)
    columns = scanned.subjects, scanned.predicate_of, scanned.values
    order = np.lexsort(columns)
    new = np.zeros(len(order) - 1, dtype=bool)
    for column in columns:
        new |= column[order][1:] != column[order][:-1]
    return 1 + int(np.count_nonzero(new))
