"""What can still be asked of a picture when it was found: what it hides, and how it measures."""

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np

from triplary import explore
from triplary.explore import Facets, Sketch
from triplary.index import Index
from triplary.measure import Scores
from triplary.terms import Edge, Entity, Node, Subgraph

__all__ = ["Behind"]


class Behind:
    """The index a picture was found in, what it shows, and what it would show unfiltered."""

    def __init__(
        self,
        index: Index,
        shown: Sketch,
        everything: Callable[[], Sketch],
        scores: Callable[[str], Scores],
    ) -> None:
        """Remember where to look; nothing is looked up before it is asked for."""
        self._index, self._shown = index, shown
        self._everything, self._scores = everything, scores

    @cached_property
    def everything(self) -> Sketch:
        """The picture without filters and hiding."""
        return self._everything()

    @cached_property
    def facets(self) -> Facets:
        """What the picture could be filtered by."""
        return explore.facets(self._index, self.everything, self._shown)

    @cached_property
    def hidden(self) -> tuple[int, int]:
        """How many nodes and edges are not shown."""
        return explore.hidden(self.everything, self._shown)

    def hint(self, entity: Entity, language: str) -> str:
        """A node's hint in a language; that it has where the graph does not know the node."""
        known = self._index.adjacency.number(entity.iri) is not None
        return self._index.hint(entity.iri, language) if known else entity.hint

    def begins(self, nodes: Iterable[Node]) -> dict[Node, str]:
        """The first date of each node that has one, as it was written."""
        written = self._index.values.times.written
        numbers = ((node, self._index.adjacency.number(node)) for node in nodes)
        return {
            node: written[number]
            for node, number in numbers
            if number is not None and number in written
        }

    def scores(self, by: str, nodes: Iterable[Node]) -> dict[Node, float]:
        """What a measure of the whole graph gives each node."""
        values = self._scores(by).values
        numbers = ((node, self._index.adjacency.number(node)) for node in nodes)
        return {node: 0.0 if number is None else float(values[number]) for node, number in numbers}

    def outline(self) -> tuple[Subgraph, tuple[int, ...]] | None:
        """All there would be without filters, without evidence, and its steps.

        None where what is shown is not a part of it: then it would say nothing of its places.
        """
        everything = self.everything
        if not set(self._shown.nodes) <= set(everything.nodes):
            return None
        a = self._index.adjacency
        edges = [
            Edge(a.nodes[source], a.predicates[kind], a.nodes[target])
            for source, kind, target in np.stack(
                [a.source[everything.edges], a.predicate[everything.edges],
                 a.target[everything.edges]], axis=1,
            ).tolist()
        ]  # fmt: skip
        entities = tuple(everything.entity(self._index, number) for number in everything.nodes)
        return Subgraph(entities, (*edges, *everything.made)), everything.steps
