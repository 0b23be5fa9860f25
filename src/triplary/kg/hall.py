"""KnowledgeGraph: every verb as a method of a line or two; the rooms below do the work."""

import io
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, Self

from triplary import explore, measure
from triplary import query as library
from triplary.errors import BadParameter
from triplary.index import Index
from triplary.kg.answers import (
    Comparison,
    Description,
    Found,
    Matches,
    Origin,
    Paths,
    Ranking,
    Rows,
)
from triplary.ontology import Ontology
from triplary.store import Store
from triplary.store.documents import write
from triplary.store.formats import format_of
from triplary.store.opening import Openable, open_store
from triplary.terms import IRI, Entity, Literal, Node, Statement, Subgraph

__all__ = ["KnowledgeGraph", "open_graph"]

Name = str | IRI | Entity

_NAME: Final = re.compile(r"[\w.-]+")
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

    def __enter__(self) -> Self:
        """The graph itself, closed at the end of the block."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Let go of the store's files and connections."""
        self.store.close()

    @cached_property
    def ontology(self) -> Ontology:
        """The classes and properties that the graph declares."""
        return Ontology.read(self.store)

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

    def describe(self, entity: Name, *, limit: int = 50) -> Description:
        """All that is said of an entity, and who says so."""
        found = explore.describe(self.index, self.store, self.entity(entity), limit=limit)
        return Description.of(found)

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
        if start.iri == end.iri:
            raise BadParameter(
                "target", str(target), f"it is {start.label()}, as the source is",
                hint="name two entities",
            )  # fmt: skip
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
        found = self._found("compare", comparison.subgraph, both, entity=both)
        return Comparison.of(comparison, found, self._words_of(comparison))

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
        elif _NAME.fullmatch(text):
            library.load(text)  # no SPARQL but a name: raises NotFound with the near ones
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

    def _words_of(self, compared: explore.Comparison) -> list[Entity]:
        """An entity for each predicate and each end that a comparison names."""
        pairs = (fact for both in compared.shared for fact in (both.left, both.right))
        facts = (*pairs, *compared.only_left, *compared.only_right)
        ends = (end for fact in facts for end in (fact.subject, fact.object))
        nodes = dict.fromkeys(end for end in ends if not isinstance(end, Literal))
        predicates = dict.fromkeys(fact.predicate for fact in facts)
        return [*map(self.index.word, predicates), *map(self.index.entity, nodes)]

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
