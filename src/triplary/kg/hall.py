"""KnowledgeGraph: every verb as a method of a line or two; the rooms below do the work."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Final, Self, Unpack

from triplary import explore, measure
from triplary import query as library
from triplary.errors import BadParameter
from triplary.explore import EVERYTHING, HELPING, Sieve, Sketch
from triplary.explore.doctor import Ran
from triplary.index import Index
from triplary.kg import research
from triplary.kg.answers import Comparison, Description, Matches, Paths, Ranking, Rows, Statements
from triplary.kg.behind import Behind
from triplary.kg.capsule import Capsule
from triplary.kg.found import Found, Origin
from triplary.kg.recipe import Drawing, Name, Opened, Recipe, helped, told
from triplary.kg.rerun import Rerun, admitted, compared, opened
from triplary.kg.research import Findings
from triplary.ontology import Ontology
from triplary.render.code import HERE, program
from triplary.store import Store
from triplary.store.documents import write
from triplary.store.fingerprint import Fingerprint, fingerprint
from triplary.store.formats import format_of
from triplary.store.opening import Openable, open_store
from triplary.store.tokens import has_from
from triplary.terms import IRI, Entity, Literal, Node, Path, Statement, Subgraph

__all__ = ["KnowledgeGraph", "open_graph"]

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

    Every verb that draws takes besides what is opened in its picture (`open`), what is shown
    (`classes`, `predicates`, `graphs`, `verdicts`, `ranges`, `as_of`, `without`, `only`), and how
    many new nodes what is opened brings (`helping`); a value led by `-` is left out.
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
        first = map(self.index.at, self._opening.nodes)
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

    def describe(self, entity: Name, *, limit: int = 50, as_of: str = "") -> Description:
        """All that is said of an entity (as of a date: what held then), and who says so."""
        found = explore.describe(
            self.index, self.store, self.entity(entity), limit=limit, as_of=as_of
        )
        return Description.of(found)

    def expand(
        self, *entities: Opened, hops: int = 1, limit: int = HELPING, **drawing: Unpack[Drawing]
    ) -> Found:
        """What lies around entities, `limit` new ones for each, and how much more there is."""
        if not entities:
            raise BadParameter("entity", "", "name at least one")
        asked = [helped(self.index, self.entity, each) for each in entities]

        def find(sieve: Sieve) -> Sketch:
            return explore.expand(self.index, asked, hops=hops, limit=limit, sieve=sieve)

        said = [("entity", told(each)) for each in asked] + _unless(1, hops=hops)
        said += _unless(HELPING, limit=limit)
        drawing.setdefault("helping", limit)
        return self._drawn("expand", find, [each.entity for each in asked], said, drawing)

    def paths(
        self,
        source: Name,
        target: Name,
        *,
        k: int = 5,
        longest: int = 6,
        forbid: Iterable[Name] = (),
        require: Iterable[Name] = (),
        **drawing: Unpack[Drawing],
    ) -> Paths:
        """The k most telling simple paths between two entities."""
        start, end = self.entity(source), self.entity(target)
        if start.iri == end.iri:
            raise BadParameter(
                "target", str(target), f"it is {start.label()}, as the source is",
                hint="name two entities",
            )  # fmt: skip
        barred = self._vocabulary("property", forbid)
        wanted = self._vocabulary("property", require)
        found: list[tuple[Path, ...]] = []

        def find(sieve: Sieve) -> Sketch:
            ways = explore.paths(
                self.index, start, end, k=k, longest=longest, forbid=barred, require=wanted,
                sieve=sieve,
            )  # fmt: skip
            found.append(ways)
            return explore.joined(self.index, (start, end), ways)

        said = [("source", str(start.iri)), ("target", str(end.iri))]
        said += _unless(5, k=k) + _unless(6, longest=longest)
        said += [("forbid", str(iri)) for iri in barred] + [("require", str(iri)) for iri in wanted]
        subgraph = self._drawn("paths", find, [start, end], said, drawing, replaces=True)
        return Paths(found[0], subgraph)

    def compare(
        self, left: Name, right: Name, *, limit: int = 100, **drawing: Unpack[Drawing]
    ) -> Comparison:
        """What two entities share, and what has only one of them; at most `limit` of each.

        Filters hold for the picture; the lists say all there is.
        """
        both = self.entity(left), self.entity(right)
        compared = explore.compare(self.index, self.store, *both, limit=limit)

        def find(sieve: Sieve) -> Sketch:
            return explore.joint(self.index, *both, limit=limit, sieve=sieve)

        said = [("entity", str(entity.iri)) for entity in both] + _unless(100, limit=limit)
        found = self._drawn("compare", find, both, said, drawing)
        return Comparison.of(compared, found, self._words_of(compared))

    def rank(
        self,
        among: Subgraph | None = None,
        *,
        by: str = "degree",
        limit: int = 40,
        **drawing: Unpack[Drawing],
    ) -> Ranking:
        """The entities (of a subgraph) that matter most by a measure, the first first.

        Entities that the filters let pass are ranked, by their score in the graph as it is.
        """
        rankings: list[measure.Ranking] = []

        def find(sieve: Sieve) -> Sketch:
            ranking = measure.rank(
                self.index, by=by, among=among, limit=limit, kept=sieve.ranked(self.index),
                scores=self._measured(by) if among is None else None,
            )  # fmt: skip
            rankings.append(ranking)
            return explore.overview(self.index, ranking.entities, limit=limit, sieve=sieve)

        said = [("by", by), *_unless(OPENING, limit=limit)]
        found = self._drawn("rank", find, (), said, drawing, replaces=True)
        return Ranking.of(rankings[0], found)

    def opening(self, *, limit: int = OPENING, **drawing: Unpack[Drawing]) -> Found:
        """The picture that the explorer opens with: entities of several classes, connected."""

        def find(sieve: Sieve) -> Sketch:
            if sieve.followed is not None:
                return explore.opening(self.index, limit=limit, sieve=sieve)
            return self._first_picture(limit)

        return self._drawn("rank", find, (), _unless(OPENING, limit=limit), drawing)

    def drawn(
        self,
        triples: Iterable[Statement],
        nodes: Iterable[Node] = (),
        *,
        query: str = "",
        **drawing: Unpack[Drawing],
    ) -> Found:
        """The picture of triples and further nodes that the `query` found.

        An edge that the graph does not hold says that the query made it.
        """
        triples, nodes = tuple(triples), tuple(nodes)

        def find(sieve: Sieve) -> Sketch:
            return explore.drawn(self.index, triples, nodes)

        return self._drawn("graph", find, (), [("query", query)], drawing)

    def query(self, text: str, **values: Any) -> Rows | bool | Statements:
        """The answer to a SPARQL query, or to the named query of that name with its parameters.

        Rows for SELECT, a bool for ASK, statements for CONSTRUCT and DESCRIBE.
        """
        text = self._bound(text, values)
        form = library.form(text)
        if form == "ASK":
            return self.store.ask(text)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return Statements(self.store.construct(text))
        return Rows.of(self.store.select(text))

    def code(
        self, query: str, *, language: str = "python-httpx", endpoint: str = HERE, **values: Any
    ) -> str:
        """A program that asks an endpoint the query; `render.code.LANGUAGES` has the languages."""
        return program(language, self._bound(query, values), endpoint).text

    def capsule(self, query: str, *, endpoint: str = "", **values: Any) -> Capsule:
        """A query's result as a zip that repeats it elsewhere, with its data's version and sources.

        The programs in it ask the endpoint, or a server that `triplary serve` has started.
        """
        text = self._bound(query, values)
        return research.capsule(
            self.index, text, self.query(text), self.fingerprint, endpoint=endpoint,
            exact=self.exact,
        )  # fmt: skip

    def rerun(self, capsule: str | FilePath) -> Rerun:
        """Whether a capsule's query finds the same in this graph, and what changed if not."""
        held = opened(capsule)
        graphs = frozenset(map(str, self.store.graphs())) if has_from(held.query) else None
        query = admitted(held.query, graphs)
        return compared(held, self.query(query), self.version, self.fingerprint[0])

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """The hash of all statements, and how it was made."""
        return fingerprint(self.store)

    @property
    def exact(self) -> bool:
        """Whether a query's default graph is what SPARQL says, not the union of all graphs."""
        return bool(getattr(self.store, "exact", False))

    def _bound(self, text: str, values: dict[str, Any]) -> str:
        """The text of a query; of a named one, with its values."""
        if text in library.names():
            return library.bind(library.load(text), **self._values(library.load(text), values))
        if values:
            raise BadParameter("query", text, "only a named query takes parameters")
        if _NAME.fullmatch(text):
            library.load(text)  # no SPARQL but a name: raises NotFound with the near ones
        return text

    def outline(self, query: str, *, language: str = "en") -> tuple[str, ...]:
        """A query, or a named one, in plain words, English (en) or Chinese (zh): its sentences.

        One that hangs on another is led by a tab. Raises QueryError where it is not SPARQL 1.1.
        """
        return research.outline(self.index, self._bound(query, {}), language)

    def doctor(
        self, query: str, *, ran: Ran = "empty", seconds: float = 0.0, language: str = "en"
    ) -> Findings:
        """Why a query found nothing (empty), takes long (slow) or was killed after `seconds`.

        Its parts are counted one by one, without a deadline where the store has none.
        """
        return research.doctor(
            self.index,
            self.store,
            self._bound(query, {}),
            ran=ran,
            seconds=seconds,
            language=language,
        )

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

    def _first_picture(self, limit: int) -> Sketch:
        """The opening picture; as usual, it is found once."""
        return self._opening if limit == OPENING else explore.opening(self.index, limit=limit)

    @cached_property
    def _opening(self) -> Sketch:
        return explore.opening(self.index, limit=OPENING)

    @cached_property
    def _scores(self) -> dict[str, measure.Scores]:
        return {}

    def _measured(self, by: str) -> measure.Scores:
        """What a measure gives each entity of the whole graph; measured once."""
        if by not in self._scores:
            self._scores[by] = measure.measured(self.index, by)
        return self._scores[by]

    def _drawn(
        self,
        verb: str,
        find: Callable[[Sieve], Sketch],
        asked: Sequence[Entity],
        said: Iterable[tuple[str, str]],
        drawing: Drawing,
        *,
        replaces: bool = False,
    ) -> Found:
        """What a verb finds, with what is opened in it and without what filters leave out.

        `replaces` is for verbs that find something else in place of what is hidden.
        """
        index, recipe = self.index, Recipe.of(self.index, self.entity, **drawing)
        named = [index.number(entity) for entity in asked]
        own = Sieve.of(index, recipe.filters, named)
        centres = [index.number(helping.entity) for helping in recipe.helpings]
        sieve = Sieve.of(index, recipe.filters, [*named, *centres]) if centres else own
        found = explore.opened(index, find(own), recipe.helpings, limit=recipe.helping, sieve=sieve)
        shown = explore.dated(index, explore.sieved(index, found, sieve), recipe.filters)

        def everything() -> Sketch:
            whole = found
            if recipe.filters and (replaces or not sieve.only_hides):
                first = find(EVERYTHING)
                whole = explore.opened(index, first, recipe.helpings, limit=recipe.helping)
            return explore.dated(index, whole, recipe.filters, all_times=True)

        subgraph = explore.read(index, shown, sieve)
        words = {word.iri: word for word in (*recipe.words(index), *asked)}
        subgraph = replace(subgraph, vocabulary=(*subgraph.vocabulary, *words.values()))
        origin = Origin(
            verb, (*said, *recipe.opened()), self.version, _iris(asked), self.class_order,
            shown.steps, _iris(helping.entity for helping in recipe.helpings), recipe.pairs(),
            recipe.filters.as_of,
            Behind(index, shown, everything, self._measured),
        )  # fmt: skip
        return Found.of(subgraph, origin)


def _unless(usual: int, **given: int) -> list[tuple[str, str]]:
    """A parameter of a view, unless its value is the usual one."""
    return [(name, str(value)) for name, value in given.items() if value != usual]


def _iris(entities: Iterable[Entity]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(entity.iri for entity in entities))
