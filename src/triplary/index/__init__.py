"""What is derived from one version of the graph: names, search, neighbours, sources, counts.

Everything comes from one pass over the statements, and nothing here is written to: a new version
of the graph gets a new `Index`.
"""

import urllib.parse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from triplary.errors import Ambiguous, NotFound
from triplary.index.adjacency import Adjacency, BothWays, build_adjacency
from triplary.index.evidence import Claims, EvidenceIndex, read_sources
from triplary.index.kinds import Kinds
from triplary.index.names import ENTITY_BASE, Names
from triplary.index.scan import Numbers, scan
from triplary.index.sorting import claimed_edges, entities, shown, single_valued, stated_edges
from triplary.index.statistics import Statistics, count
from triplary.index.text import Hit, TextIndex
from triplary.index.usage import Usage
from triplary.index.values import Held, State, Values
from triplary.index.vocabulary import Graphs, Vocabulary
from triplary.ontology import TRI, Ontology
from triplary.store import Store
from triplary.terms import IRI, Edge, Entity, Literal, Node, best_literal, filled

__all__ = ["Adjacency", "EvidenceIndex", "Hit", "Index", "Names", "Statistics", "TextIndex"]

PART_OF: Final = frozenset(
    {
        IRI("http://purl.org/dc/terms/isPartOf"),
        IRI("http://www.w3.org/2004/02/skos/core#broader"),
        IRI("http://www.w3.org/ns/org#subOrganizationOf"),
        IRI("http://www.w3.org/ns/org#unitOf"),
        IRI("https://schema.org/containedInPlace"),
        IRI("http://www.geonames.org/ontology#parentFeature"),
    }
)
"""Properties that lead from a part to its whole; those below them in an ontology count too."""

NEAR: Final = 5
LIKELY: Final = 0.62
CLEARLY: Final = 0.05
"""A name that nothing has is taken for the best match, if likely and clearly ahead of the next."""


@dataclass(frozen=True, eq=False, repr=False)
class Index:
    """One version of a graph, made ready for finding; `Index.build` makes it.

    `names` has what terms are called, `adjacency` the edges, `evidence` says who says so,
    `statistics` counts; `single_valued` are the predicates that look as if they had one value per
    subject; `values` has the numbers and dates; `usage` what joins what; `text` searches;
    `compared` keeps names as they are compared with what is typed.
    """

    version: str
    ontology: Ontology
    names: Names
    adjacency: Adjacency
    evidence: EvidenceIndex
    statistics: Statistics
    graphs: tuple[Node | None, ...]
    single_valued: frozenset[IRI]
    values: Values
    usage: Usage
    compared: dict[Node, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    _entities: dict[Node, Entity] = field(default_factory=dict)
    _vocabulary: dict[IRI, Entity] = field(default_factory=dict)

    @classmethod
    def build(cls, store: Store, ontology: Ontology) -> "Index":
        """The index of all that a store holds now."""
        scanned = scan(store.numbered())
        claims = Claims.gather(scanned.claims)
        ontology = shown(scanned, claims, ontology)
        nodes, place = entities(scanned, claims, ontology)
        names = Names(scanned, ontology)
        rows, predicates = claimed_edges(scanned, claims, place, ontology)
        verdicts = [claims.text(number, TRI + "verdict") for number in range(len(claims.nodes))]
        adjacency = build_adjacency(
            nodes, tuple(predicates), stated_edges(scanned, place, ontology), rows, verdicts
        )
        made: list[Index] = []
        evidence = EvidenceIndex(
            claims,
            read_sources(store, scanned.graphs, lambda node: _label(names, node)),
            lambda node: made[0].entity(node),
        )
        made.append(
            cls(
                version=store.version,
                ontology=ontology,
                names=names,
                adjacency=adjacency,
                evidence=evidence,
                statistics=count(scanned, place, edges=len(adjacency), claims=len(claims.nodes)),
                graphs=tuple(scanned.graphs),
                single_valued=single_valued(scanned),
                values=Values(scanned, place, ontology, len(nodes)),
                usage=Usage(scanned, ontology),
            )
        )
        return made[0]

    def __repr__(self) -> str:
        """How much it holds; its parts would fill pages."""
        return f"<Index: {len(self):,} entities, {len(self.adjacency):,} edges>"

    def __len__(self) -> int:
        """The number of entities."""
        return len(self.adjacency.nodes)

    def entity(self, node: Node) -> Entity:
        """The node as an Entity: labels, aliases, classes most specific first, and a hint.

        A class or property is given as the ontology has it; an unknown node has its IRI only.
        """
        if node not in self._entities:
            self._entities[node] = self._read(node)
        return self._entities[node]

    def at(self, number: int) -> Entity:
        """The entity of a number of `adjacency`."""
        return self.entity(self.adjacency.nodes[number])

    def hint(self, node: Node, language: str = "en") -> str:
        """One line that tells a node from its namesakes, in a language where the data has it.

        Its description, else its class and the edge that tells most: `Model · developed by X`.
        Where the description is in another language, but not the class, that is told rather.
        """
        known = self._entities.get(node) if language == "en" else None
        if known is not None and self.adjacency.number(node) is not None:
            return known.hint
        classes = self.names.classes(node)
        described = self.names.described(node, language)
        if described and (
            language == "en"
            or not any(
                _speaks(label, language) for c in classes[:1] for label in self.word(c).labels
            )
            or self.names.described(node, language, only=True)
        ):
            return described
        parts = [self.word(classes[0]).label(language)] if classes else []
        edge = self._most_telling(node)
        if edge is not None:
            a = self.adjacency
            kind, other = a.predicates[a.predicate[edge]], a.nodes[a.target[edge]]
            word = self.word(kind).label(language)
            parts.append(filled(word, _label(self.names, other, language)))
        return " · ".join(parts)

    def _most_telling(self, node: Node) -> int | None:
        """The edge that tells most of a node; a claim alone does not tell: it may be wrong."""
        a, number = self.adjacency, self.adjacency.number(node)
        if number is None:
            return None
        edges = [edge for edge in a.leaving(number).tolist() if a.stated(edge)]
        variety = self._variety[a.predicate[edges]].tolist() if len(edges) > 1 else [0]
        ranked = (
            (much, isinstance(a.nodes[a.target[edge]], IRI), -edge)
            for much, edge in zip(variety, edges, strict=False)
        )
        best = max(ranked, default=None)
        return None if best is None else -best[2]

    def number(self, node: Entity | Node) -> int:
        """The number of an entity in `adjacency`; raises NotFound where it is no entity here."""
        iri = node.iri if isinstance(node, Entity) else node
        found = self.adjacency.number(iri)
        if found is None:
            raise NotFound("entity", str(iri))
        return found

    def edge(self, number: int) -> Edge:
        """The edge of a number of `adjacency`, with everyone who says so."""
        a = self.adjacency
        source, target = a.nodes[a.source[number]], a.nodes[a.target[number]]
        predicate = a.predicates[a.predicate[number]]
        said = a.said_graph[a.said_start[number] : a.said_start[number + 1]].tolist()
        graphs = [self.graphs[graph] for graph in said if graph >= 0]
        return Edge(source, predicate, target, self.evidence.of(source, predicate, target, graphs))

    def vocabulary(self, predicates: Iterable[IRI], classes: Iterable[IRI]) -> tuple[Entity, ...]:
        """An Entity for each predicate and class, each once, sorted by IRI."""
        return tuple(self.word(iri) for iri in sorted({*predicates, *classes}))

    def word(self, iri: IRI) -> Entity:
        """A class or property as an Entity, by the ontology, else by labels in the data."""
        if iri not in self._vocabulary:
            self._vocabulary[iri] = self._word(iri)
        return self._vocabulary[iri]

    def backwards(self, predicate: IRI, language: str = "en") -> str:
        """How a property reads from its object ("develops"); '' where no ontology says it."""
        return best_literal(self.ontology.inverse_labels.get(predicate, ()), language)

    def _word(self, iri: IRI) -> Entity:
        if iri not in self.ontology.classes and iri not in self.ontology.properties:
            labels = self.names.labels(iri)
            if labels:
                kinds, icon = self.names.classes(iri), self.ontology.icon(iri)
                return Entity(iri, labels, self.names.aliases(iri), kinds, icon=icon)
        return self.ontology.entity(iri)

    def word_named(self, kind: str, name: str) -> IRI:
        """The class or property (as `kind` says) of an IRI, a CURIE or a label in any language.

        Raises NotFound, with near names, where there is none.
        """
        return (self.classes if kind == "class" else self.properties).named(name)

    @cached_property
    def classes(self) -> Vocabulary:
        """The classes that are declared or used, by name and back."""
        used = (iri for iri, _ in self.statistics.classes)
        return self._words("class", (*self.ontology.classes, *used))

    @cached_property
    def properties(self) -> Vocabulary:
        """The properties that are declared or used, by name and back."""
        used = (iri for iri, _ in self.statistics.properties)
        return self._words("property", (*self.ontology.properties, *used))

    @cached_property
    def named_graphs(self) -> Graphs:
        """The named graphs, by name and back."""
        return Graphs(self.graphs, self.evidence.source, self.names.spelled)

    def _words(self, kind: str, known: Iterable[IRI]) -> Vocabulary:
        return Vocabulary(kind, known, self.word, self.names.spelled, self.ontology.curie)

    def name(self, node: Node) -> str:
        """A short handle for URLs, that `resolve` takes back: `Baidu`, a CURIE, or the IRI."""
        return self.names.handle(node)

    def resolve(self, name: str) -> Entity:
        """The entity that a handle, IRI, CURIE, label or alias stands for; the first that fits.

        What is nearly a name will do where one entity is clearly meant. Raises Ambiguous where
        several are called so, and NotFound, with near names, where nothing is.
        """
        spelled = self.spelled(name)
        if spelled is not None:
            return self.entity(spelled)
        called = self.text.called(name)
        if len(called) == 1:
            return self.at(called[0])
        if called:
            raise Ambiguous(name, [str(self.adjacency.nodes[number]) for number in called])
        hits = self.text.search(name, limit=NEAR)
        if hits and hits[0].score >= LIKELY:
            next_best = hits[1].score if len(hits) > 1 else 0.0
            if hits[0].score - next_best >= CLEARLY:
                return self.at(hits[0].entity)
        raise NotFound("entity", name, [self.at(hit.entity).label() for hit in hits])

    def spelled(self, text: str) -> Node | None:
        """The known node that a text spells out: a handle before a CURIE before an IRI."""
        name = text.strip()
        if not name:
            return None
        for end in (name, urllib.parse.quote(name.replace(" ", "_"), safe="~")):
            try:
                handle = IRI(ENTITY_BASE + end)
            except ValueError:
                continue
            if self.adjacency.number(handle) is not None:
                return handle
        spelled = self.names.spelled(name)
        return spelled if spelled is not None and spelled in self.names else None

    def _read(self, node: Node) -> Entity:
        if self.adjacency.number(node) is None and isinstance(node, IRI):
            if node in self.ontology.classes or node in self.ontology.properties:
                return self.ontology.entity(node)
        return Entity(
            node,
            self.names.labels(node),
            self.names.aliases(node),
            self.names.classes(node),
            self.hint(node),
        )

    @cached_property
    def text(self) -> TextIndex:
        """Search by name; made when something is first searched for."""
        nodes = self.adjacency.nodes
        return TextIndex(
            [self.names.written(node) for node in nodes],
            self.adjacency.degree.tolist(),
            [self.names.kinds(node) for node in nodes],
        )

    @cached_property
    def by_degree(self) -> tuple[tuple[Node, int], ...]:
        """The entities with their degrees, the best connected first."""
        a = self.adjacency
        order = np.argsort(-a.degree, kind="stable").tolist()
        return tuple((a.nodes[number], int(a.degree[number])) for number in order)

    @cached_property
    def kinds(self) -> Kinds:
        """The entities by what they are; made when one is first asked for."""
        return Kinds.of(self.names, self.adjacency.nodes)

    @cached_property
    def held(self) -> Held:
        """The edges of which states say when they held; made when a time is first asked for."""
        a = self.adjacency
        return Held.of(self.values.states, a.find)

    @cached_property
    def states_of(self) -> Mapping[Node, tuple[State, ...]]:
        """What held for a time, by subject; whether a source states it besides or not."""
        found: dict[Node, list[State]] = {}
        for state in self.values.states:
            found.setdefault(state.subject, []).append(state)
        return {
            node: tuple(sorted(states, key=lambda state: (state.first, state.last)))
            for node, states in found.items()
        }

    @cached_property
    def parts(self) -> frozenset[int]:
        """The predicates, by number, that lead from a part to its whole."""
        a = self.adjacency
        return frozenset(
            place
            for place, iri in enumerate(a.predicates)
            if not PART_OF.isdisjoint((iri, *self.ontology.superproperties(iri)))
        )

    @cached_property
    def both_ways(self) -> BothWays:
        """The edges as one walks them, either way; made when a path is first asked for."""
        return BothWays.of(self.adjacency)

    @cached_property
    def _variety(self) -> Numbers:
        """For each predicate, how many different objects it has: the more, the more it tells."""
        a = self.adjacency
        pairs = np.unique(a.predicate.astype(np.int64) * (len(a.nodes) + 1) + a.target)
        found = np.bincount(pairs // (len(a.nodes) + 1), minlength=len(a.predicates))
        return found.astype(np.int32)


def _speaks(literal: Literal, language: str) -> bool:
    return literal.language.lower().split("-")[0] == language.lower().split("-")[0]


def _label(names: Names, node: Node, language: str = "en") -> str:
    found = best_literal(names.labels(node), language)
    return found or (node.local_name if isinstance(node, IRI) else str(node))
