"""The default graph of an Oxigraph store: the union of all its graphs, each triple once.

Oxigraph's own union finds a triple once for each graph that holds it, so that COUNT counts it
twice, though a graph is a set (RDF 1.1 Concepts §3). So where more than one graph holds
statements, the union is kept as a copy in the engine's default graph. Statements of no named
graph then need a graph of their own, which no query and no caller sees.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import pyoxigraph as ox

from triplary.store.tokens import has_from

__all__ = [
    "HIDDEN",
    "HOME",
    "dissolve",
    "evaluate",
    "extend",
    "graphs",
    "merge",
    "part",
    "quads",
    "remove",
    "restore",
]

UNION: Final = ox.DefaultGraph()
HIDDEN: Final = ox.NamedNode("urn:triplary:statements-of-no-graph")
HOME: Final = HIDDEN


def evaluate(
    store: ox.Store,
    query: str,
    *,
    exact: bool = False,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
    base: str = "",
) -> Any:
    """What pyoxigraph answers to a query over the union, or, if `exact`, as SPARQL has it.

    Graphs named by the request come before graphs named by the query (FROM), and these before
    the union (SPARQL 1.1 Protocol §2.1.4). Raises what pyoxigraph raises.
    """
    base_iri = base or None
    if default_graphs is not None or named_graphs is not None:
        return store.query(
            query,
            base_iri=base_iri,
            default_graph=[ox.NamedNode(iri) for iri in default_graphs or ()],
            named_graphs=[ox.NamedNode(iri) for iri in named_graphs or ()],
        )
    if has_from(query):
        return store.query(query, base_iri=base_iri)
    hidden = _holds(store, HIDDEN)
    named = list(graphs(store)) if hidden or exact else None
    if not exact and _holds(store, UNION):
        return store.query(query, base_iri=base_iri, named_graphs=named)
    if exact or hidden:
        return store.query(query, base_iri=base_iri, default_graph=[HIDDEN], named_graphs=named)
    return store.query(query, base_iri=base_iri, use_default_graph_as_union=True)


def extend(
    store: ox.Store, added: Iterable[ox.Quad], home: ox.NamedNode | ox.BlankNode = HIDDEN
) -> int:
    """Add quads, all or none, and keep the union true; how many are new.

    Those of no graph go to `home`.
    """
    fresh: list[ox.Quad] = []
    copies: list[ox.Quad] = []
    for quad in added:
        # What a document says outside any graph is its own copy in the union already.
        free = quad.graph_name == UNION
        fresh.append(_in(home, quad) if free else quad)
        copies.append(quad if free else _in(UNION, quad))
    new = sum(quad not in store for quad in set(fresh))
    names = {quad.graph_name for quad in fresh} | set(store.named_graphs())
    if len(names) > 1:
        if not _holds(store, UNION):
            # The first time a second graph comes, what is there already is copied as well.
            fresh.extend(_in(UNION, quad) for quad in store)
        fresh.extend(copies)
    store.extend(fresh)
    return new


def merge(store: ox.Store) -> None:
    """Make the union true after documents were loaded, where more than one graph holds any."""
    if len(list(store.named_graphs())) > 1:
        store.update(_merge())


@cache
def _merge() -> str:
    return (files("triplary.store") / "union.ru").read_text("utf-8")


def dissolve(store: ox.Store) -> None:
    """Make the engine's default graph that of SPARQL, for an update: no copies, nothing hidden."""
    store.clear_graph(UNION)
    if store.contains_named_graph(HIDDEN):
        store.extend(_in(UNION, quad) for quad in store.quads_for_pattern(None, None, None, HIDDEN))
        store.remove_graph(HIDDEN)


def restore(store: ox.Store) -> None:
    """Hide the statements of no graph again after `dissolve`, and make the union true."""
    free = list(store.quads_for_pattern(None, None, None, UNION))
    if free:
        store.extend(_in(HIDDEN, quad) for quad in free)
        store.clear_graph(UNION)
    merge(store)


def remove(store: ox.Store, removed: Iterable[ox.Quad]) -> None:
    """Remove quads; the union loses a triple once no graph holds it any more."""
    for quad in map(_stored, removed):
        store.remove(quad)
        triple = quad.subject, quad.predicate, quad.object
        if all(q.graph_name == UNION for q in store.quads_for_pattern(*triple, None)):
            store.remove(_in(UNION, quad))


def quads(
    store: ox.Store,
    subject: Any = None,
    predicate: Any = None,
    object: Any = None,
    graph: Any = None,
) -> Iterator[ox.Quad]:
    """The quads that fit a pattern as callers know them: no copies, none in the hidden graph."""
    if subject is predicate is object is graph is None:
        # Everything is asked for: graph by graph, the copies need not be looked at.
        names = list(store.named_graphs())
        found: Iterator[ox.Quad] = itertools.chain.from_iterable(
            store.quads_for_pattern(None, None, None, name) for name in names
        )
    else:
        found = iter(store.quads_for_pattern(subject, predicate, object, graph))
    for quad in found:
        if quad.graph_name == HIDDEN:
            yield _in(UNION, quad)
        elif quad.graph_name != UNION:
            yield quad


def graphs(store: ox.Store) -> Iterator[ox.NamedNode | ox.BlankNode]:
    """The named graphs that hold a statement, the hidden one left out."""
    for name in store.named_graphs():
        if name != HIDDEN and _holds(store, name):
            yield name


def part(iri: str) -> Any:
    """The engine's graph of an IRI; '' is the graph of statements that are in no named one."""
    return ox.NamedNode(iri) if iri else HIDDEN


def _holds(store: ox.Store, graph: Any) -> bool:
    return next(store.quads_for_pattern(None, None, None, graph), None) is not None


def _stored(quad: ox.Quad) -> ox.Quad:
    return _in(HIDDEN, quad) if quad.graph_name == UNION else quad


def _in(graph: Any, quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)
