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
    Statements,
)
from triplary.kg.capsule import Capsule
from triplary.kg.hall import KnowledgeGraph, open_graph
from triplary.kg.rerun import Rerun
from triplary.kg.research import Findings

__all__ = [
    "Capsule",
    "Comparison",
    "Description",
    "Findings",
    "Found",
    "KnowledgeGraph",
    "Matches",
    "Paths",
    "Picture",
    "Ranking",
    "Rerun",
    "Rows",
    "Statements",
    "open_graph",
]
