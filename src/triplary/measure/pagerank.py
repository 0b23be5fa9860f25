"""PageRank: how often a reader who follows edges at random comes by (Brin and Page, 1998)."""

import numpy as np

from triplary.measure.graph import Graph, Scores

__all__ = ["pagerank"]


def pagerank(graph: Graph) -> Scores:
    """The PageRank of each node along the direction of the edges, damped by 0.85; the sum is 1.

    >>> pagerank(Graph(2, np.array([0]), np.array([1]))).values.round(2).tolist()
    [0.35, 0.65]
    """
    import networkx as nx

    found = nx.pagerank(graph.to_networkx()) if graph.count else {}
    return Scores(np.array([found[node] for node in range(graph.count)], dtype=np.float64))
