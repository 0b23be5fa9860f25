"""What is said of an entity, in either direction, from statements and from claims alike."""

from typing import Final

from triplary.index import Index
from triplary.ontology import ALIAS_PROPERTIES, LABEL_PROPERTIES, RDF_TYPE
from triplary.store import Store
from triplary.terms import IRI, Fact, Literal, Node, Term

__all__ = ["NAMES", "leaving_facts", "order_of", "rank_of"]

NAMES: Final = frozenset((*LABEL_PROPERTIES, *ALIAS_PROPERTIES))
"""The properties that name an entity."""

_ORDER: Final = {"IRI": 0, "Literal": 1, "BlankNode": 2}


def leaving_facts(index: Index, store: Store, node: Node) -> tuple[Fact, ...]:
    """Every fact with the node as its subject, sorted by predicate, then by value.

    What only held for a time is a fact too, with that time.
    """
    graphs: dict[tuple[IRI, Term], list[Node | None]] = {}
    for statement in store.statements(node):
        graphs.setdefault((statement.predicate, statement.object), []).append(statement.graph)
    for _, predicate, value in index.evidence.claimed_of(node):
        graphs.setdefault((predicate, value), [])
    held: dict[tuple[IRI, Term], list[tuple[str, str]]] = {}
    for state in index.states_of.get(node, ()):
        said = (state.predicate, state.object)
        held.setdefault(said, []).append((state.begins, state.ends))
        graphs.setdefault(said, [state.graph])
    facts = (
        Fact(
            node, predicate, value, index.evidence.of(node, predicate, value, where),
            tuple(held.get((predicate, value), ())),
        )
        for (predicate, value), where in graphs.items()
    )  # fmt: skip
    return tuple(sorted(facts, key=lambda fact: (fact.predicate, order_of(index, fact.object))))


def rank_of(index: Index, predicate: IRI) -> tuple[int, str, str]:
    """A key that sorts predicates: the class first, then by label, names, bookkeeping last."""
    place = 0 if predicate == RDF_TYPE else 2 if predicate in NAMES else 1
    if predicate in index.ontology.bookkeeping:
        place = 3
    return place, index.word(predicate).label().casefold(), predicate.value


def order_of(index: Index, term: Term) -> tuple[int, str, str]:
    """A key that sorts values as a reader expects: entities by label, literals, blank nodes."""
    if isinstance(term, Literal):
        return _ORDER["Literal"], term.value, term.language + term.datatype
    label = index.entity(term).label()
    return _ORDER[type(term).__name__], label.casefold(), str(term)
