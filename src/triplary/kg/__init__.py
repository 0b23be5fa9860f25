"""The hall of the house: one graph, and every verb that can be asked of it."""

from triplary.kg.answers import (
    Comparison,
    Description,
    Found,
    Matches,
    Paths,
    Picture,
    Ranking,
    Rows,
)
from triplary.kg.hall import KnowledgeGraph, open_graph

__all__ = [
    "Comparison",
    "Description",
    "Found",
    "KnowledgeGraph",
    "Matches",
    "Paths",
    "Picture",
    "Ranking",
    "Rows",
    "open_graph",
]
