"""Compare: what two entities share, and what only one of them has."""

from dataclasses import dataclass

from triplary.explore.facts import NAMES, leaving_facts, rank_of
from triplary.explore.sieve import EVERYTHING, Sieve
from triplary.explore.sketch import Sketch, neighbours, whole
from triplary.index import Index
from triplary.store import Store
from triplary.terms import IRI, Entity, Fact, Term

__all__ = ["Comparison", "Shared", "compare", "joint"]

Said = tuple[IRI, bool, Term]


@dataclass(frozen=True, slots=True)
class Shared:
    """A predicate and value that both have: as said of the left one, and of the right one."""

    left: Fact
    right: Fact


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entities side by side. A fact that arrives has the entity as its object.

    `totals` counts shared, only left and only right, of which at most a limit is shown;
    `bookkeeping` the facts of both that are left out because only editors need them.
    """

    left: Entity
    right: Entity
    shared: tuple[Shared, ...]
    only_left: tuple[Fact, ...]
    only_right: tuple[Fact, ...]
    totals: tuple[int, int, int]
    bookkeeping: int = 0


def compare(
    index: Index, store: Store, left: Entity, right: Entity, *, limit: int = 100
) -> Comparison:
    """What is said of both entities and of one alone, at most `limit` of each.

    Names are left out, and bookkeeping, which is counted. Facts are the same if their predicate,
    direction and other end are. Raises NotFound where one is no entity of the graph.
    """
    first, second = index.number(left), index.number(right)
    said_of = (_said(index, store, left, first), _said(index, store, right, second))
    kept = index.ontology.bookkeeping
    ours, theirs = ({s: f for s, f in all_.items() if s[0] not in kept} for all_ in said_of)
    bookkeeping = sum(map(len, said_of)) - len(ours) - len(theirs)
    shared = [said for said in ours if said in theirs]
    only_ours = [said for said in ours if said not in theirs]
    only_theirs = [said for said in theirs if said not in ours]
    return Comparison(
        left,
        right,
        tuple(
            Shared(_fact(index, ours[said]), _fact(index, theirs[said])) for said in shared[:limit]
        ),
        tuple(_fact(index, ours[said]) for said in only_ours[:limit]),
        tuple(_fact(index, theirs[said]) for said in only_theirs[:limit]),
        (len(shared), len(only_ours), len(only_theirs)),
        bookkeeping,
    )


def _said(index: Index, store: Store, entity: Entity, number: int) -> dict[Said, Fact | int]:
    """Each predicate, direction and other end, in order; an arriving edge by its number."""
    found: dict[Said, Fact | int] = {
        (fact.predicate, False, fact.object): fact
        for fact in leaving_facts(index, store, entity.iri)
        if fact.predicate not in NAMES
    }
    a = index.adjacency
    for edge in a.reaching(number).tolist():
        found[a.predicates[a.predicate[edge]], True, a.nodes[a.source[edge]]] = edge
    order = {said: place for place, said in enumerate(found)}

    def rank(said: Said) -> tuple[bool, tuple[int, str, str], int]:
        return said[1], rank_of(index, said[0]), order[said]

    return {said: found[said] for said in sorted(found, key=rank)}


def _fact(index: Index, found: Fact | int) -> Fact:
    return index.edge(found) if isinstance(found, int) else found


def joint(
    index: Index, left: Entity, right: Entity, *, limit: int = 100, sieve: Sieve = EVERYTHING
) -> Sketch:
    """Both entities, at most `limit` of the nodes next to both, and every edge among them.

    Those with most edges come first; only edges that may be followed lead to them.
    """
    first, second = index.number(left), index.number(right)
    near = neighbours(index, first, sieve) & neighbours(index, second, sieve)
    near -= {first, second}
    best = sorted(near, key=lambda node: (-int(index.adjacency.degree[node]), node))
    return whole(index, [first, second, *best[:limit]], sieve)
