"""Finding things in a graph: search, describe, expand, paths, compare, and the opening picture.

Each verb is a function of an `Index` (and of the `Store`, where literals are wanted). What can be
drawn is found as a `Sketch`, by number, through a `Sieve`; `read` makes it a `Subgraph`.
"""

from triplary.explore.compare import Comparison, Shared, compare, joint
from triplary.explore.dated import dated
from triplary.explore.describe import Description, Group, Relation, describe
from triplary.explore.drawn import drawn
from triplary.explore.expand import HELPING, Helping, expand, opened
from triplary.explore.facets import Extent, Facet, Facets, facets, hidden
from triplary.explore.filters import Choice, Filters, Range
from triplary.explore.joined import joined
from triplary.explore.overview import opening, overview
from triplary.explore.paths import paths
from triplary.explore.search import Match, search
from triplary.explore.sieve import EVERYTHING, Sieve
from triplary.explore.sketch import Sketch, read, sieved

__all__ = [
    "EVERYTHING",
    "HELPING",
    "Choice",
    "Comparison",
    "Description",
    "Extent",
    "Facet",
    "Facets",
    "Filters",
    "Group",
    "Helping",
    "Match",
    "Range",
    "Relation",
    "Shared",
    "Sieve",
    "Sketch",
    "compare",
    "dated",
    "describe",
    "drawn",
    "expand",
    "facets",
    "hidden",
    "joined",
    "joint",
    "opened",
    "opening",
    "overview",
    "paths",
    "read",
    "search",
    "sieved",
]
