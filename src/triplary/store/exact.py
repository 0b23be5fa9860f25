"""The layout of a store that was opened as exact: what SPARQL says of graphs, and no more.

Statements of no graph lie in the engine's default graph, nothing is copied, and a named graph may
be there without a statement in it. The functions are those of `union`, which says what they do.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pyoxigraph as ox

__all__ = [
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

HOME: Final = ox.DefaultGraph()


def evaluate(
    store: ox.Store,
    query: str,
    *,
    exact: bool = True,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
    base: str = "",
) -> Any:
    """What pyoxigraph answers to a query; `exact` is true here, whatever is said."""
    if default_graphs is not None or named_graphs is not None:
        return store.query(
            query,
            base_iri=base or None,
            default_graph=[ox.NamedNode(iri) for iri in default_graphs or ()],
            named_graphs=[ox.NamedNode(iri) for iri in named_graphs or ()],
        )
    return store.query(query, base_iri=base or None)


def extend(store: ox.Store, added: Iterable[ox.Quad], home: Any = HOME) -> int:
    """Add quads, all or none; how many are new. Those of no graph go to `home`."""
    fresh = {_in(home, quad) if quad.graph_name == HOME else quad for quad in added}
    new = sum(quad not in store for quad in fresh)
    store.extend(fresh)
    return new


def merge(store: ox.Store) -> None:
    """Do nothing: there is no union."""


def dissolve(store: ox.Store) -> None:
    """Do nothing: an update finds the store as SPARQL has it."""


def restore(store: ox.Store) -> None:
    """Do nothing: there is no union."""


def remove(store: ox.Store, removed: Iterable[ox.Quad]) -> None:
    """Remove quads."""
    for quad in removed:
        store.remove(quad)


def quads(
    store: ox.Store,
    subject: Any = None,
    predicate: Any = None,
    object: Any = None,
    graph: Any = None,
) -> Iterator[ox.Quad]:
    """The quads that fit a pattern."""
    return iter(store.quads_for_pattern(subject, predicate, object, graph))


def graphs(store: ox.Store) -> Iterator[ox.NamedNode | ox.BlankNode]:
    """The named graphs, those without a statement too."""
    return iter(store.named_graphs())


def part(iri: str) -> Any:
    """The engine's graph of an IRI; '' is the graph of statements that are in no named one."""
    return ox.NamedNode(iri) if iri else HOME


def _in(graph: Any, quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)
