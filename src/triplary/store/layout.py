"""How a store of the engine is laid out: what `union` and `exact` both say."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import pyoxigraph as ox

from triplary.store import exact, union

__all__ = ["Layout", "layout_of"]


class Layout(Protocol):
    """The functions of a layout; `union` says what each does."""

    HOME: Any

    def evaluate(
        self,
        store: ox.Store,
        query: str,
        *,
        exact: bool = ...,
        default_graphs: Sequence[str] | None = ...,
        named_graphs: Sequence[str] | None = ...,
        base: str = ...,
    ) -> Any:
        """What the engine answers to a query."""
        ...

    def extend(self, store: ox.Store, added: Iterable[ox.Quad], home: Any = ...) -> int:
        """Add quads; how many are new."""
        ...

    def merge(self, store: ox.Store) -> None:
        """Make what is derived true."""
        ...

    def remove(self, store: ox.Store, removed: Iterable[ox.Quad]) -> None:
        """Remove quads."""
        ...

    def quads(
        self,
        store: ox.Store,
        subject: Any = ...,
        predicate: Any = ...,
        object: Any = ...,
        graph: Any = ...,
    ) -> Iterator[ox.Quad]:
        """The quads that fit a pattern, as callers know them."""
        ...

    def graphs(self, store: ox.Store) -> Iterator[Any]:
        """The named graphs, as callers know them."""
        ...

    def part(self, iri: str) -> Any:
        """The engine's graph of an IRI."""
        ...

    def dissolve(self, store: ox.Store) -> None:
        """Lay the store out as SPARQL's update has it."""
        ...

    def restore(self, store: ox.Store) -> None:
        """Lay it out for queries again."""
        ...


def layout_of(*, plain: bool = False) -> Layout:
    """The layout with the union beside the graphs, or the `plain` one of `exact`, without it.

    >>> layout_of().part("http://x.org/g") == layout_of(plain=True).part("http://x.org/g")
    True
    """
    return exact if plain else union
