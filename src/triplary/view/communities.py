"""The communities of a drawing: numbered by size, and called by their best connected members."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from triplary.measure import Graph, communities
from triplary.terms import Node

if TYPE_CHECKING:
    from triplary.view.view import View

__all__ = ["Community", "members", "numbered"]

NAMED_BY: Final = 2
"""How many of its nodes a community is called by."""


@dataclass(frozen=True, slots=True)
class Community:
    """A community of a view: its number, how many nodes it has, and the best connected ones."""

    number: int
    count: int
    first: tuple[Node, ...]


def numbered(
    nodes: Sequence[Node],
    pairs: Sequence[tuple[int, int]],
    given: Mapping[Node, int] | None,
    *,
    wanted: bool,
) -> tuple[int, ...]:
    """The community of each node: 0 the largest here; of equal ones, that of the first node.

    Those `given` are taken, -1 for a node that is not among them. Where none are, they are found
    from the edges (`pairs` of indices) if they are `wanted`; else there are none.
    """
    if given is None and not wanted:
        return ()
    if given is None:
        ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
        found = communities(Graph(len(nodes), ends[:, 0], ends[:, 1])).values
        return tuple(int(value) for value in found)
    raw = [given.get(node, -1) for node in nodes]
    counts = Counter(number for number in raw if number >= 0)
    order = sorted(counts, key=lambda number: (-counts[number], raw.index(number)))
    rank = {number: place for place, number in enumerate(order)} | {-1: -1}
    return tuple(rank.get(number, -1) for number in raw)


def members(view: "View") -> Iterator[Community]:
    """The communities of a view, the largest first."""
    degree: Counter[Node] = Counter()
    for edge in view.drawn_edges():
        degree[edge.subject] += 1
        degree[edge.object] += 1
    inside: dict[int, list[Node]] = {}
    for node, number in zip(view.subgraph, view.communities, strict=False):
        inside.setdefault(number, []).append(node.iri)
    for number in sorted(inside.keys() - {-1}):
        nodes = inside[number]
        # Sorting keeps the order of finding among equals.
        first = sorted(nodes, key=lambda node: -degree[node])[:NAMED_BY]
        yield Community(number, len(nodes), tuple(first))
