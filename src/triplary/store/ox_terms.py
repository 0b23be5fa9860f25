"""Terms, triples and quads of pyoxigraph as ours, and the other way round."""

from typing import overload

import pyoxigraph as ox

from triplary.errors import StoreError
from triplary.terms import IRI, BlankNode, Literal, Statement, Term

__all__ = ["from_ox", "quad_to_ox", "statement_from_ox", "to_ox"]


def from_ox(term: object) -> Term | None:
    """A term of pyoxigraph as one of ours; None stays None, and so the default graph is told."""
    if term is None or isinstance(term, ox.DefaultGraph):
        return None
    if isinstance(term, ox.NamedNode):
        return unchecked_iri(term.value)
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    if isinstance(term, ox.BlankNode):
        return BlankNode(term.value)
    raise StoreError(
        f"A triple term cannot leave the store here: {term}",
        hint="ask for its parts with SUBJECT(), PREDICATE() and OBJECT()",
    )


def unchecked_iri(value: str) -> IRI:
    """An IRI the engine has checked already; twice as fast as checking it again."""
    iri = object.__new__(IRI)
    object.__setattr__(iri, "value", value)
    return iri


@overload
def to_ox(term: IRI) -> ox.NamedNode: ...
@overload
def to_ox(term: IRI | BlankNode) -> ox.NamedNode | ox.BlankNode: ...
@overload
def to_ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal: ...
def to_ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """One of our terms as pyoxigraph's."""
    if isinstance(term, IRI):
        return ox.NamedNode(term.value)
    if isinstance(term, BlankNode):
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


def quad_to_ox(statement: Statement) -> ox.Quad:
    """A statement as a quad of pyoxigraph."""
    place = statement.graph
    graph = ox.DefaultGraph() if place is None else to_ox(place)
    return ox.Quad(
        to_ox(statement.subject), to_ox(statement.predicate), to_ox(statement.object), graph
    )


def statement_from_ox(
    subject: object, predicate: object, object: object, graph: object = None
) -> Statement:
    """A triple or quad of pyoxigraph as a statement."""
    place = None if graph is None or isinstance(graph, ox.DefaultGraph) else from_ox(graph)
    return Statement(from_ox(subject), from_ox(predicate), from_ox(object), place)  # type: ignore[arg-type]
