"""Degree: how many edges a node has."""

import numpy as np

from triplary.measure.graph import Graph, Scores

__all__ = ["degree"]


def degree(graph: Graph) -> Scores:
    """The number of edges at each node, either way; an edge to itself counts twice.

    >>> degree(Graph(3, np.array([0, 0]), np.array([1, 2]))).values.tolist()
    [2.0, 1.0, 1.0]
    """
    ends = np.concatenate([graph.source, graph.target])
    return Scores(np.bincount(ends, minlength=graph.count).astype(np.float64))
