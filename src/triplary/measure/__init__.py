"""Which entities matter, by one measure or another; NetworkX is the public face of each.

A measure is a function of a `Graph` that gives `Scores`. NetworkX is imported when a measure
that needs it is first taken: ranking by degree does without.
"""

from triplary.measure.betweenness import betweenness
from triplary.measure.communities import communities
from triplary.measure.degree import degree
from triplary.measure.graph import Graph, Scores
from triplary.measure.pagerank import pagerank
from triplary.measure.rank import MEASURES, Ranked, Ranking, measured, rank

__all__ = [
    "MEASURES",
    "Graph",
    "Ranked",
    "Ranking",
    "Scores",
    "betweenness",
    "communities",
    "degree",
    "measured",
    "pagerank",
    "rank",
]
