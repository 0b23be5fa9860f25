"""KnowledgeGraph: every verb as a method of a line or two; the rooms below do the work."""

import io
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from triplary import explore, measure
from triplary import query as library
from triplary.errors import BadParameter
from triplary.index import Index
from triplary.kg.answers import Comparison, Found, Matches, Origin, Paths, Ranking, Rows
from triplary.ontology import Ontology
from triplary.store import Store
from triplary.store.documents import write
from triplary.store.formats import format_of
from triplary.store.opening import Openable, open_store
from triplary.terms import IRI, Entity, Node, Statement, Subgraph

__all__ = ["KnowledgeGraph", "open_graph"]

Name = str | IRI | Entity

OPENING: Final = 40
"""How many entities the opening picture shows."""


def open_graph(source: Openable | None = None, *, exact: bool = False) -> "KnowledgeGraph":
    """The graph of a source: the bundled atlas, files, a folder, an endpoint or an rdflib graph.

    `exact` makes a query's default graph what SPARQL says, not the union of the named graphs.
    Raises ParseError, StoreError or BadParameter.

    >>> open_graph().search("bidu").first().label()
    'Baidu'
    """
    return KnowledgeGraph(open_store(source, exact=exact))


class KnowledgeGraph:
    """A graph with the verbs search, describe, expand, paths, compare, rank and query.

    An entity is named by an Entity, an IRI, a CURIE, a label or an alias; a name that stands for
    nothing raises NotFound with the near ones, one that stands for several Ambiguous.
    """

    def __init__(self, store: Store) -> None:
        """Stand on a store; the index is built when it is first needed."""
        self.store = store

    def __repr__(self) -> str:
        """How much there is of what."""
        counts = self.index.statistics
        return (
            f"<KnowledgeGraph: {counts.triples:,} triples, {counts.named_graphs:,} named graphs,"
            f" {len(counts.classes):,} classes>"
        )

    @cached_property
    def ontology(self) -> Ontology:
        """The classes and properties that the graph declares."""
        return Ontology.read(self.store.statements)

    @cached_property
    def index(self) -> Index:
        """What is derived from this version of the graph."""
        return Index.build(self.store, self.ontology)

    @property
    def version(self) -> str:
        """The version of the graph, as its store tells it."""
        return self.store.version

    @cached_property
    def class_order(self) -> tuple[IRI, ...]:
        """The classes in the order in which they get their colours, the same in every view.

        Those of the opening picture come first, so that a visitor's first colours stay true.
        """
        first = explore.opening(self.index, limit=OPENING)
        shown = Counter(node.classes[0] for node in first if node.classes)
        rest = (iri for iri, _ in self.index.statistics.classes)
        return tuple(dict.fromkeys((*sorted(shown, key=lambda iri: (-shown[iri], iri)), *rest)))

    def entity(self, name: Name) -> Entity:
        """The entity that a name stands for."""
        if isinstance(name, Entity):
            return name
        return self.index.resolve(str(name))

    def search(self, text: str, *, limit: int = 10, classes: Iterable[Name] = ()) -> Matches:
        """The entities called something like the text, the best first."""
        kinds = self._vocabulary("class", classes)
        return Matches(explore.search(self.index, text, limit=limit, classes=kinds))

    def describe(self, entity: Name, *, limit: int = 50) -> explore.Description:
        """All that is said of an entity, and who says so."""
        return explore.describe(self.index, self.store, self.entity(entity), limit=limit)

    def expand(
        self,
        *entities: Name,
        hops: int = 1,
        limit: int = 25,
        predicates: Iterable[Name] = (),
        classes: Iterable[Name] = (),
        verdicts: Collection[str] = (),
        without: Iterable[Name] = (),
    ) -> Found:
        """What lies around entities, `limit` new ones for each, and how much more there is."""
        if not entities:
            raise BadParameter("entity", "", "name at least one")
        asked = [self.entity(name) for name in entities]
        kept: dict[str, Any] = {
            "predicates": self._vocabulary("property", predicates),
            "classes": self._vocabulary("class", classes),
            "without": [self.entity(name).iri for name in without],
            "verdicts": verdicts,
        }
        # What was there before each entity was opened stays where it was drawn.
        steps = [
            explore.expand(self.index, asked[:count], hops=hops, limit=limit, **kept)
            for count in range(1, len(asked) + 1)
        ]
        found = self._found("expand", steps[-1], asked, entity=asked)
        origin = replace(found.origin, found=tuple(len(step) for step in steps))
        return replace(found, origin=origin)

    def paths(
        self,
        source: Name,
        target: Name,
        *,
        k: int = 5,
        longest: int = 6,
        forbid: Iterable[Name] = (),
        require: Iterable[Name] = (),
        verdicts: Collection[str] = (),
    ) -> Paths:
        """The k most telling simple paths between two entities."""
        start, end = self.entity(source), self.entity(target)
        found = explore.paths(
            self.index, start, end, k=k, longest=longest, verdicts=verdicts,
            forbid=self._vocabulary("property", forbid),
            require=self._vocabulary("property", require),
        )  # fmt: skip
        subgraph = explore.joined(self.index, (start, end), found)
        return Paths(
            found, self._found("paths", subgraph, (start, end), source=[start], target=[end])
        )

    def compare(self, left: Name, right: Name) -> Comparison:
        """What two entities share, and what has only one of them."""
        both = self.entity(left), self.entity(right)
        comparison = explore.compare(self.index, self.store, *both)
        return Comparison.of(
            comparison, self._found("compare", comparison.subgraph, both, entity=both)
        )

    def rank(
        self,
        among: Subgraph | None = None,
        *,
        by: str = "degree",
        limit: int = 40,
        classes: Iterable[Name] = (),
    ) -> Ranking:
        """The entities (of a subgraph) that matter most by a measure, the first first."""
        ranking = measure.rank(
            self.index, by=by, among=among, limit=limit,
            classes=self._vocabulary("class", classes),
        )  # fmt: skip
        subgraph = explore.overview(self.index, ranking.entities, limit=limit)
        return Ranking.of(ranking, self._found("rank", subgraph, (), by=[by]))

    def opening(self, *, limit: int = OPENING) -> Found:
        """The picture that the explorer opens with: entities of several classes, connected."""
        return self._found("rank", explore.opening(self.index, limit=limit), ())

    def query(self, text: str, **values: Any) -> Rows | bool | tuple[Statement, ...]:
        """The answer to a SPARQL query, or to the named query of that name with its parameters.

        Rows for SELECT, a bool for ASK, statements for CONSTRUCT and DESCRIBE.
        """
        if text in library.names():
            text = library.bind(library.load(text), **self._values(library.load(text), values))
        elif values:
            raise BadParameter("query", text, "only a named query takes parameters")
        form = library.form(text)
        if form == "ASK":
            return self.store.ask(text)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return self.store.construct(text)
        return Rows.of(self.store.select(text))

    def entity_rdf(self, entity: Name, format: str = "turtle") -> bytes:
        """Every statement that has the entity as its subject or object, as an RDF document."""
        iri = self.entity(entity).iri
        found = (*self.store.statements(iri), *self.store.statements(object=iri))
        output = io.BytesIO()
        write(dict.fromkeys(found), output, format=format_of("", name=format), merge=True)
        return output.getvalue()

    def _values(self, named: library.NamedQuery, values: dict[str, Any]) -> dict[str, Any]:
        """The values, with names of entities made IRIs where the query wants an IRI."""
        kinds = {parameter.name: parameter.kind for parameter in named.parameters}
        return {
            name: self.entity(value).iri
            if kinds.get(name) == "iri" and isinstance(value, str | Entity)
            else value
            for name, value in values.items()
        }

    def _vocabulary(self, kind: str, names: Iterable[Name]) -> tuple[IRI, ...]:
        """The classes or properties that names stand for: IRI, CURIE, local name or label."""
        return tuple(self.index.word_named(kind, str(name)) for name in names)

    def _found(
        self, verb: str, subgraph: Subgraph, asked: Iterable[Entity], **parameters: Iterable[Any]
    ) -> Found:
        pairs = tuple(
            (name, str(value.iri) if isinstance(value, Entity) else str(value))
            for name, values in parameters.items()
            for value in values
        )
        nodes: tuple[Node, ...] = tuple(entity.iri for entity in asked)
        origin = Origin(verb, pairs, self.version, nodes, self.class_order)
        return Found.of(subgraph, origin)
