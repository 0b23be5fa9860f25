"""What something is a part of: a city of its country, a unit of its company, all the way up."""

from typing import Final

from triplary.index import Index
from triplary.terms import IRI, Node

__all__ = ["wholes"]

PART_OF: Final = frozenset(
    {
        IRI("http://purl.org/dc/terms/isPartOf"),
        IRI("http://www.w3.org/2004/02/skos/core#broader"),
        IRI("http://www.w3.org/ns/org#subOrganizationOf"),
        IRI("http://www.w3.org/ns/org#unitOf"),
        IRI("https://schema.org/containedInPlace"),
        IRI("http://www.geonames.org/ontology#parentFeature"),
    }
)
"""Properties that lead from a part to its whole; those below them in an ontology count too."""


def wholes(index: Index, node: Node) -> frozenset[Node]:
    """What a node is stated to be a part of, and what that is a part of in turn."""
    a, start = index.adjacency, index.adjacency.number(node)
    if start is None:
        return frozenset()
    kinds = [
        place
        for place, iri in enumerate(a.predicates)
        if not PART_OF.isdisjoint((iri, *index.ontology.superproperties(iri)))
    ]
    found: dict[int, None] = {}
    waiting = [start]
    while waiting:
        edges = a.leaving(waiting.pop())
        for edge in edges[[int(kind) in kinds for kind in a.predicate[edges]]].tolist():
            target = int(a.target[edge])
            if a.stated(edge) and target not in found and target != start:
                found[target] = None
                waiting.append(target)
    return frozenset(a.nodes[number] for number in found)
