"""Search: which entities are called something like a text."""

from collections.abc import Iterable
from dataclasses import dataclass

from triplary.index import Index
from triplary.terms import IRI, Entity

__all__ = ["Match", "search"]


@dataclass(frozen=True, slots=True)
class Match:
    """An entity, how well it fits in [0, 1], and the name that fitted."""

    entity: Entity
    score: float
    matched: str


def search(
    index: Index, text: str, *, limit: int = 10, classes: Iterable[IRI] = ()
) -> tuple[Match, ...]:
    """The entities whose label, alias, CURIE or IRI is like the text, the best first.

    Between names that fit as well, the entity with more edges is first. `classes` leaves only
    entities of one of the classes or of a class below it. No text finds nothing.
    """
    kinds = frozenset(iri.value for iri in classes)
    spelled = index.spelled(text)
    found: list[Match] = []
    if spelled is not None and index.adjacency.number(spelled) is not None:
        if not kinds or not kinds.isdisjoint(index.names.kinds(spelled).split()):
            found.append(Match(index.entity(spelled), 1.0, text.strip()))
    for hit in index.text.search(text, limit=limit + len(found), kinds=kinds):
        entity = index.at(hit.entity)
        if all(match.entity.iri != entity.iri for match in found):
            found.append(Match(entity, hit.score, hit.matched))
    return tuple(found[: max(limit, 0)])
