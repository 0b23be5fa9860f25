"""Who is joined to whom: the graph's edges as arrays, in both directions.

An edge is a distinct (subject, predicate, object) that a named graph states, or that a claim
says; both may be true of one edge. Nodes and edges are numbered in the order of their IRIs, so
that the same statements give the same numbers from any store.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.index.scan import Numbers, key
from triplary.terms import IRI, VERDICTS, Node

__all__ = ["STATED", "Adjacency", "BothWays", "Row", "build_adjacency", "verdict_code"]

STATED: Final = "stated"
_CODES: Final = {verdict: code for code, verdict in enumerate((*VERDICTS, STATED))}

Row = tuple[int, int, int, int]
"""An edge that a claim says: subject, predicate and object by number, and the claim's number."""


def verdict_code(verdict: str) -> int:
    """The verdict's place in VERDICTS; one past its end for 'stated' and for unknown words."""
    return _CODES.get(verdict, _CODES[STATED])


@dataclass(frozen=True, slots=True)
class Adjacency:
    """The edges: columns by edge, and for each node where its edges are (compressed rows).

    Edges are sorted by source, predicate, target: those that leave node n are
    `out_start[n]:out_start[n + 1]`; those that arrive are `arriving[in_start[n]:in_start[n + 1]]`.
    Edge e is said by `said_graph[said_start[e]:said_start[e + 1]]` (-1 where by a claim) and
    `said_claim[…]` likewise. `verdict` is a code of `verdict_code`.
    """

    nodes: tuple[Node, ...]
    predicates: tuple[IRI, ...]
    source: Numbers
    predicate: Numbers
    target: Numbers
    verdict: npt.NDArray[np.int8]
    out_start: npt.NDArray[np.int64]
    in_start: npt.NDArray[np.int64]
    arriving: Numbers
    said_start: npt.NDArray[np.int64]
    said_graph: Numbers
    said_claim: Numbers
    degree: Numbers
    numbers: dict[str, int]

    def __len__(self) -> int:
        """The number of edges."""
        return len(self.source)

    def number(self, node: Node) -> int | None:
        """The node's number; None where it is no node of this graph."""
        return self.numbers.get(key(node))

    def leaving(self, node: int) -> Numbers:
        """The numbers of the edges that leave a node."""
        return np.arange(self.out_start[node], self.out_start[node + 1], dtype=np.int32)

    def stated(self, edge: int) -> bool:
        """Whether a named graph states the edge, and not only a claim."""
        said = self.said_graph[self.said_start[edge] : self.said_start[edge + 1]]
        return bool((said >= 0).any())

    def reaching(self, node: int) -> Numbers:
        """The numbers of the edges that arrive at a node."""
        return self.arriving[self.in_start[node] : self.in_start[node + 1]]

    def find(self, subject: Node, predicate: IRI, object: Node) -> int | None:
        """The number of the edge; None where there is no such edge."""
        source, target = self.number(subject), self.number(object)
        if source is None or target is None or predicate not in self.predicates:
            return None
        edges = self.leaving(source)
        kind = self.predicates.index(predicate)
        hits = edges[(self.predicate[edges] == kind) & (self.target[edges] == target)]
        return int(hits[0]) if len(hits) else None

    def among(self, nodes: Sequence[int]) -> Numbers:
        """The numbers of the edges whose two ends are both among the nodes, ascending."""
        shown = np.zeros(len(self.nodes), dtype=bool)
        shown[list(nodes)] = True
        spans = [self.leaving(node) for node in sorted(set(nodes))]
        edges = np.concatenate(spans) if spans else np.zeros(0, dtype=np.int32)
        return edges[shown[self.target[edges]]]


def build_adjacency(
    nodes: tuple[Node, ...],
    predicates: tuple[IRI, ...],
    stated: tuple[Numbers, Numbers, Numbers, Numbers],
    claimed: Sequence[Row],
    claim_verdicts: Sequence[str],
) -> Adjacency:
    """The arrays of all edges.

    `stated` holds columns of subject, predicate, object and graph; `claimed` a row for each
    triple that a claim says; `claim_verdicts` the verdict of each claim.
    """
    extra = np.array(claimed, dtype=np.int32).reshape(-1, 4)
    source, predicate, target = (
        np.concatenate([column, extra[:, place]]) for place, column in enumerate(stated[:3])
    )
    nothing = np.full(len(extra), -1, dtype=np.int32)
    graph = np.concatenate([stated[3], nothing])
    claim = np.concatenate([np.full(len(stated[3]), -1, dtype=np.int32), extra[:, 3]])
    order = np.lexsort((claim, graph, target, predicate, source))
    source, predicate, target = source[order], predicate[order], target[order]
    graph, claim = graph[order], claim[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (
        (source[1:] != source[:-1])
        | (predicate[1:] != predicate[:-1])
        | (target[1:] != target[:-1])
    )
    starts = np.flatnonzero(first)
    codes = np.array([verdict_code(v) for v in claim_verdicts] + [_CODES[STATED]], dtype=np.int8)
    verdict = np.minimum.reduceat(codes[claim], starts) if len(starts) else codes[:0]
    source, predicate, target = source[starts], predicate[starts], target[starts]
    leaving = np.bincount(source, minlength=len(nodes))
    reaching = np.bincount(target, minlength=len(nodes))
    return Adjacency(
        nodes=nodes,
        predicates=predicates,
        source=source,
        predicate=predicate,
        target=target,
        verdict=verdict,
        out_start=_starts(leaving),
        in_start=_starts(reaching),
        arriving=np.lexsort((source, predicate, target)).astype(np.int32),
        said_start=np.append(starts, len(order)),
        said_graph=graph,
        said_claim=claim,
        degree=(leaving + reaching).astype(np.int32),
        numbers={key(node): number for number, node in enumerate(nodes)},
    )


@dataclass(frozen=True, slots=True)
class BothWays:
    """The edges as one walks them, either way: those at node n are `first[n]:first[n + 1]`.

    `tail`, `head` and `edge` are sorted by tail, then head, then edge.
    """

    first: npt.NDArray[np.int64]
    tail: Numbers
    head: Numbers
    edge: Numbers

    @classmethod
    def of(cls, a: Adjacency) -> "BothWays":
        """Each edge twice, once from each end."""
        edges = np.arange(len(a), dtype=np.int32)
        tail = np.concatenate([a.source, a.target])
        head = np.concatenate([a.target, a.source])
        edge = np.concatenate([edges, edges])
        order = np.lexsort((edge, head, tail))
        return cls(_starts(a.degree.astype(np.int64)), tail[order], head[order], edge[order])


def _starts(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
