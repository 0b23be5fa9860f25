"""Finding things in a graph: search, describe, expand, paths, compare, and the opening picture.

Terms in, terms out: each verb is a function of an `Index` (and of the `Store`, where literals are
wanted) and gives a frozen value.
"""

from triplary.explore.compare import Comparison, Shared, compare
from triplary.explore.describe import Description, Group, describe
from triplary.explore.expand import expand
from triplary.explore.joined import joined
from triplary.explore.overview import opening, overview
from triplary.explore.paths import paths
from triplary.explore.search import Match, search

__all__ = [
    "Comparison",
    "Description",
    "Group",
    "Match",
    "Shared",
    "compare",
    "describe",
    "expand",
    "joined",
    "opening",
    "overview",
    "paths",
    "search",
]
