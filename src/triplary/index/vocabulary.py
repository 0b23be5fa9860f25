"""The words a person may filter by: classes, properties and named graphs, by name and back."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from triplary.errors import NotFound
from triplary.index.text import normal
from triplary.ontology import TRI
from triplary.terms import IRI, Entity, Node, Source

__all__ = ["DEFAULT_GRAPH", "Graphs", "Vocabulary"]

DEFAULT_GRAPH = "default"
"""What the graph is called that has no name."""


class Vocabulary:
    """The classes, or the properties, of one version of a graph."""

    def __init__(
        self,
        kind: str,
        known: Iterable[IRI],
        word: Callable[[IRI], Entity],
        spelled: Callable[[str], Node | None],
        curie: Callable[[IRI], str],
    ) -> None:
        """Remember the words; `kind` is what a message calls one of them."""
        self.kind, self.known = kind, frozenset(known)
        self._word, self._spelled, self._curie = word, spelled, curie

    @cached_property
    def _called(self) -> Mapping[str, IRI]:
        called: dict[str, IRI] = {}
        for iri in sorted(self.known):
            labels = [label.value for label in self._word(iri).labels]
            for text in (*labels, iri.local_name):
                called.setdefault(normal(text), iri)
        return called

    def named(self, name: str) -> IRI:
        """The word of an IRI, a CURIE, a local name, or a label in any language.

        Raises NotFound, with near names, where there is none.
        """
        spelled = self._spelled(name)
        if isinstance(spelled, IRI) and spelled in self.known:
            return spelled
        wanted = normal(name)
        found = self._called.get(wanted) if wanted else None
        if found is None:
            near = [
                iri for text, iri in self._called.items() if wanted and text.startswith(wanted[:3])
            ]
            raise NotFound(
                self.kind, name, [self._word(iri).label() for iri in dict.fromkeys(near)]
            )
        return found

    def name(self, iri: IRI) -> str:
        """A short form for URLs that `named` takes back: a local name of ours, a CURIE, an IRI."""
        local = iri.local_name
        unclear = not iri.value.startswith(TRI) and "," not in iri.value
        return self._curie(iri) if unclear or self._called.get(normal(local)) != iri else local


class Graphs:
    """The named graphs of one version of a graph, by name."""

    def __init__(
        self,
        graphs: Iterable[Node | None],
        source: Callable[[Node | None], Source],
        spelled: Callable[[str], Node | None],
    ) -> None:
        """Remember the graphs, None for the default one, and who speaks in each."""
        self.graphs = tuple(graphs)
        self._source, self._spelled = source, spelled

    @cached_property
    def _called(self) -> Mapping[str, Node | None]:
        """Each graph by its local name and then by its titles; where two are called so, neither."""
        called: dict[str, Node | None] = {}
        unclear: set[str] = set()
        for names in (self._local, self._titles):
            for graph in self.graphs:
                for name in dict.fromkeys(map(normal, names(graph))):
                    if called.setdefault(name, graph) != graph:
                        unclear.add(name)
        return {name: graph for name, graph in called.items() if name and name not in unclear}

    def _local(self, graph: Node | None) -> tuple[str, ...]:
        if graph is None:
            return (DEFAULT_GRAPH,)
        return (graph.local_name,) if isinstance(graph, IRI) else (str(graph),)

    def _titles(self, graph: Node | None) -> tuple[str, ...]:
        source = self._source(graph)
        return (source.title, *(title.value for title in source.titles))

    def named(self, name: str) -> Node | None:
        """The named graph of an IRI, a CURIE, a local name or a title; None for `default`.

        Raises NotFound, with near names, where there is none.
        """
        spelled = self._spelled(name)
        if spelled is not None and spelled in self.graphs:
            return spelled
        wanted = normal(name)
        if wanted in self._called:
            return self._called[wanted]
        known = [self.name(graph) for graph in self.graphs]
        near = [each for each in known if wanted and normal(each).startswith(wanted[:3])]
        raise NotFound("named graph", name, near or known[:8])

    def name(self, graph: Node | None) -> str:
        """A short form for URLs that `named` takes back."""
        (local,) = self._local(graph)
        clear = normal(local) in self._called and self._called[normal(local)] == graph
        return local if clear else str(graph)
