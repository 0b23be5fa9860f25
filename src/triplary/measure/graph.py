"""What a measure is taken of: nodes by number, and the pairs of them that an edge joins."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from triplary.index import Index
from triplary.index.scan import Numbers
from triplary.terms import Subgraph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Graph", "Scores"]


@dataclass(frozen=True, slots=True)
class Scores:
    """A score for each node, by number; `exact` is False where it was estimated."""

    values: npt.NDArray[np.float64]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes 0 to `count` - 1, and one row of `source` and `target` for each edge.

    >>> Graph(2, np.array([0]), np.array([1])).to_networkx().edges
    OutEdgeView([(0, 1)])
    """

    count: int
    source: Numbers
    target: Numbers

    @classmethod
    def of(cls, index: Index, among: Subgraph | None = None) -> "Graph":
        """The graph of an index; or of a subgraph, whose nodes are numbered in its own order."""
        if among is None:
            a = index.adjacency
            return cls(len(a.nodes), a.source, a.target)
        place = {entity.iri: number for number, entity in enumerate(among.nodes)}
        ends = [(place[edge.subject], place[edge.object]) for edge in among.edges]
        columns = np.array(ends, dtype=np.int32).reshape(-1, 2)
        return cls(len(among.nodes), columns[:, 0], columns[:, 1])

    def to_networkx(self) -> "nx.DiGraph[int]":
        """The same as NetworkX has it; edges that join the same nodes the same way are one."""
        import networkx as nx

        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(range(self.count))
        graph.add_edges_from(zip(self.source.tolist(), self.target.tolist(), strict=True))
        return graph
