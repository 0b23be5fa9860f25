"""Describe: what the graph says of an entity, and who says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from triplary.errors import NotFound
from triplary.explore.facts import NAMES, leaving_facts, rank_of
from triplary.explore.filters import Filters, checked_day
from triplary.explore.sieve import Sieve
from triplary.explore.wholes import wholes
from triplary.index import Index
from triplary.index.adjacency import verdict_code
from triplary.ontology import RDF_TYPE
from triplary.store import Store
from triplary.terms import IRI, Entity, Fact, Literal, Node, Source, Term

__all__ = ["Description", "Group", "Relation", "describe"]

CONTESTED: Final = frozenset({"wrong", "disputed"})
_CONTESTED_CODES: Final = [verdict_code(verdict) for verdict in sorted(CONTESTED)]
_NUMBERS: Final = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
_DATES: Final = ("#date", "#gYear", "#gYearMonth", "#dateTime")


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one predicate in one direction; `inverse` if the entity is their object.

    `total` counts all, of which `facts` shows the first. `conflict` is True where sources differ
    on what should be one value, or where a claim among the facts is disputed or wrong. `left_out`
    counts facts that did not hold as of the description's date.
    """

    predicate: IRI
    inverse: bool
    facts: tuple[Fact, ...]
    total: int
    conflict: bool = False
    left_out: int = 0

    @property
    def shown(self) -> int:
        """The number of facts shown."""
        return len(self.facts)


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate with its direction (`inverse`: it arrives), and how many edges it has here."""

    predicate: IRI
    inverse: bool
    total: int


@dataclass(frozen=True, slots=True)
class Description:
    """An entity with all that is said of it, in groups: its own facts, then those that name it.

    `vocabulary` holds an Entity for each predicate and class, `nodes` one for each other node;
    `relations` counts the edges by what they are, the most frequent first. `as_of` is the date
    that it is of, '' for all times.
    """

    entity: Entity
    groups: tuple[Group, ...]
    vocabulary: tuple[Entity, ...] = ()
    nodes: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    as_of: str = ""

    def sources(self) -> tuple[Source, ...]:
        """Every source that speaks in the facts shown, once, in order of first use."""
        facts = (fact for group in self.groups for fact in group.facts)
        return tuple(dict.fromkeys(item.source for fact in facts for item in fact.evidence))


def describe(
    index: Index, store: Store, entity: Entity, *, limit: int = 50, as_of: str = ""
) -> Description:
    """All that is said of an entity, at most `limit` facts of each predicate and direction.

    Its class comes first, its names late, bookkeeping last; between them the predicates by their
    label. With a date, what did not hold then is left out and counted: facts with a time, and
    those about an entity that was not there. Raises NotFound where no statement has the entity,
    BadParameter for a date that is none.
    """
    node = entity.iri
    if node not in index.names:
        raise NotFound("entity", str(node))
    number = index.adjacency.number(node)
    sieve = Sieve.of(index, Filters(as_of=as_of), [] if number is None else [number])
    groups: dict[IRI, list[Fact]] = {}
    for fact in leaving_facts(index, store, node):
        groups.setdefault(fact.predicate, []).append(fact)
    own = [_group(index, facts, sieve, limit) for facts in groups.values()]
    found = (
        *sorted(own, key=lambda group: rank_of(index, group.predicate)),
        *_inverse(index, entity, limit, sieve),
    )
    words = _words(index, entity, found)
    return Description(entity, found, *words, _relations(index, node), as_of)


def _group(index: Index, facts: Sequence[Fact], sieve: Sieve, limit: int) -> Group:
    """The facts of one predicate that leave, as far as they held."""
    held = [fact for fact in facts if _held(index, fact, sieve)]
    held.sort(key=lambda fact: fact.held)  # those with a time in its order, after the others
    conflict = _conflict(index, held)
    return Group(
        facts[0].predicate, False, tuple(held[:limit]), len(held), conflict, len(facts) - len(held)
    )


def _held(index: Index, fact: Fact, sieve: Sieve) -> bool:
    """Whether a fact held: in one of its times if it has some, else while its value was there."""
    if not sieve.filters.as_of:
        return True
    if fact.held:
        day = checked_day(sieve.filters.as_of)
        said = (fact.predicate, fact.object)
        states = index.states_of.get(fact.subject, ())
        return any(s.held(day) for s in states if (s.predicate, s.object) == said)
    value = fact.object
    number = None if isinstance(value, Literal) else index.adjacency.number(value)
    return number is None or sieve.nodes is None or bool(sieve.nodes[number])


def _relations(index: Index, node: Node) -> tuple[Relation, ...]:
    """The edges at a node by predicate and direction: all that could be opened."""
    a, number = index.adjacency, index.adjacency.number(node)
    if number is None:
        return ()
    found = [
        Relation(a.predicates[kind], inverse, int(total))
        for inverse, edges in ((False, a.leaving(number)), (True, a.reaching(number)))
        for kind, total in zip(*np.unique(a.predicate[edges], return_counts=True), strict=True)
    ]
    return tuple(sorted(found, key=lambda r: (-r.total, rank_of(index, r.predicate), r.inverse)))


def _inverse(index: Index, entity: Entity, limit: int, sieve: Sieve) -> list[Group]:
    """The edges that arrive, by predicate; the entities with most edges are shown first."""
    a = index.adjacency
    number = a.number(entity.iri)
    if number is None:
        return []
    edges = a.reaching(number)
    best = edges[np.lexsort((a.source[edges], -a.degree[a.source[edges]]))]
    found = []
    for kind in np.unique(a.predicate[best]):
        group = best[a.predicate[best] == kind]
        count = len(group)
        if sieve.nodes is not None:
            group = group[sieve.nodes[a.source[group]]]
        if sieve.edges is not None:
            group = group[sieve.edges[group]]
        facts = tuple(index.edge(int(edge)) for edge in group[:limit])
        contested = bool(np.isin(a.verdict[group], _CONTESTED_CODES).any())
        left_out = count - len(group)
        found.append(Group(a.predicates[kind], True, facts, len(group), contested, left_out))
    return sorted(found, key=lambda group: rank_of(index, group.predicate))


def _conflict(index: Index, facts: Sequence[Fact]) -> bool:
    """Whether a claim is contested, or sources differ on what looks like a single value."""
    if any(fact.verdict in CONTESTED for fact in facts):
        return True
    predicate = facts[0].predicate if facts else RDF_TYPE
    if predicate not in index.single_valued or predicate in NAMES or predicate == RDF_TYPE:
        return False
    stated = [(fact.object, _said_by(fact)) for fact in facts if fact.stated and not fact.held]
    return any(
        sources.isdisjoint(others) and not _agree(index, value, other)
        for place, (value, sources) in enumerate(stated)
        for other, others in stated[place + 1 :]
    )


def _said_by(fact: Fact) -> frozenset[Source]:
    return frozenset(item.source for item in fact.evidence if item.claim is None)


def _agree(index: Index, left: Term, right: Term) -> bool:
    """Whether two values do not contradict.

    Numbers that are equal do not, nor a date and its year, texts in two languages, or a part and
    its whole, such as a city and its country.
    """
    if not isinstance(left, Literal) and not isinstance(right, Literal):
        return left == right or left in wholes(index, right) or right in wholes(index, left)
    if not isinstance(left, Literal) or not isinstance(right, Literal):
        return False
    if left.language != right.language:
        return True
    if left.datatype in _NUMBERS and right.datatype in _NUMBERS:
        try:
            return float(left.value) == float(right.value)
        except ValueError:
            return left.value == right.value
    if left.datatype.endswith(_DATES) and right.datatype.endswith(_DATES):
        return left.value.startswith(right.value) or right.value.startswith(left.value)
    return left.value == right.value


def _words(
    index: Index, entity: Entity, groups: Iterable[Group]
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    predicates: set[IRI] = set()
    classes: set[IRI] = set(entity.classes)
    others: dict[str, Entity] = {}
    for group in groups:
        predicates.add(group.predicate)
        for fact in group.facts:
            end = fact.subject if group.inverse else fact.object
            if group.predicate == RDF_TYPE and isinstance(end, IRI):
                classes.add(end)
            elif not isinstance(end, Literal) and end != entity.iri:
                others.setdefault(str(end), index.entity(end))
    classes.update(iri for other in others.values() for iri in other.classes)
    return index.vocabulary(predicates, classes), tuple(others.values())
