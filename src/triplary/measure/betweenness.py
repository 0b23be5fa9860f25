"""Betweenness: how often a node lies on the shortest way between two others (Brandes, 2001)."""

from typing import Final

import numpy as np

from triplary.measure.graph import Graph, Scores

__all__ = ["EXACT_MOST", "PIVOTS", "SEED", "betweenness"]

EXACT_MOST: Final = 1_000
PIVOTS: Final = 100
SEED: Final = 20


def betweenness(graph: Graph) -> Scores:
    """The share of shortest ways, either way along edges, that pass each node, in [0, 1].

    Beyond 1,000 nodes it is estimated from the ways that begin at 100 of them, drawn with a
    fixed seed (Brandes and Pich, 2007), and `exact` is False.

    >>> betweenness(Graph(3, np.array([0, 1]), np.array([1, 2]))).values.tolist()
    [0.0, 1.0, 0.0]
    """
    import networkx as nx

    exact = graph.count <= EXACT_MOST
    found = nx.betweenness_centrality(
        graph.to_networkx().to_undirected(), k=None if exact else PIVOTS, seed=SEED
    )
    return Scores(np.array([found[node] for node in range(graph.count)], dtype=np.float64), exact)
