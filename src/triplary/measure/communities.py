"""Communities: which nodes belong together, by Louvain's method (Blondel and others, 2008)."""

from typing import Final

import numpy as np

from triplary.measure.graph import Graph, Scores

__all__ = ["SEED", "communities"]

SEED: Final = 20


def communities(graph: Graph) -> Scores:
    """The number of each node's community: 0 the largest; of equal ones, that of the first node.

    The method is a heuristic that draws with a fixed seed, so `exact` is False.

    >>> communities(Graph(4, np.array([0, 2]), np.array([1, 3]))).values.tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    import networkx as nx

    values = np.zeros(graph.count, dtype=np.float64)
    found = nx.community.louvain_communities(graph.to_networkx().to_undirected(), seed=SEED)
    for number, members in enumerate(sorted(found, key=lambda group: (-len(group), min(group)))):
        values[list(members)] = number
    return Scores(values, exact=False)
