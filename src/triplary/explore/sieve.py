"""The sieve that filters make: which entities and edges of one index pass, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.errors import BadParameter
from triplary.explore.filters import UNFILTERED, Choice, Filters, Range, checked_day
from triplary.index import Index
from triplary.index.adjacency import STATED, verdict_code
from triplary.index.dates import Span, span_of
from triplary.index.scan import Numbers
from triplary.index.values import DATE, Column
from triplary.terms import IRI, VERDICTS, Edge, Entity, Node

__all__ = ["EVERYTHING", "Sieve"]

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """Filters made ready for one index: flags by entity or edge; None lets all pass.

    `followed` and `brought` are the edges and entities that a picture is found by; `edges` and
    `nodes` those that it then shows.
    """

    filters: Filters = UNFILTERED
    followed: Flags | None = None
    brought: Flags | None = None
    edges: Flags | None = None
    nodes: Flags | None = None

    @classmethod
    def of(cls, index: Index, filters: Filters, asked: Iterable[int] = ()) -> "Sieve":
        """The sieve of filters; entities that were `asked` for pass all but `filters.nodes`.

        Raises BadParameter for a verdict, a date, a number or a range that there is not.
        """
        asked = list(asked)
        followed = _edges(index, filters)
        brought = _brought(index, filters, asked)
        nodes, edges = brought, followed
        if filters.as_of:
            day = checked_day(filters.as_of)
            nodes = _both(nodes, _alive(index, day, asked))
            edges = _both(edges, _valid(index, day))
        if filters.nodes:
            nodes = _both(nodes, _named(index, filters.nodes))
        return cls(filters, followed, brought, edges, nodes)

    @property
    def only_hides(self) -> bool:
        """Whether a picture is found as without it, and only shows less."""
        return self.followed is None and self.brought is None

    def ranked(self, index: Index) -> Flags | None:
        """The entities that a ranking is of: all that pass and have an edge that does."""
        if self.followed is None:
            return self.nodes
        touched = self.touched(index)
        return touched if self.nodes is None else touched & self.nodes

    def passing(self, edges: Numbers) -> Numbers:
        """The edges that may be followed."""
        return edges if self.followed is None else edges[self.followed[edges]]

    def around(self, index: Index, node: int, *, inverse: bool) -> tuple[Numbers, Numbers]:
        """The edges that leave (or reach) a node, and their other ends, that may be brought."""
        a = index.adjacency
        edges = self.passing(a.reaching(node) if inverse else a.leaving(node))
        others = a.source[edges] if inverse else a.target[edges]
        if self.brought is None:
            return edges, others
        passing = self.brought[others]
        return edges[passing], others[passing]

    def shown_around(self, index: Index, node: int, *, inverse: bool) -> tuple[Numbers, Numbers]:
        """The same of those that may be shown."""
        edges, others = self.around(index, node, inverse=inverse)
        passing = np.ones(len(edges), dtype=bool)
        if self.edges is not None:
            passing &= self.edges[edges]
        if self.nodes is not None:
            passing &= self.nodes[others]
        return edges[passing], others[passing]

    def lets(self, index: Index, stranger: Entity) -> bool:
        """Whether a node may be shown that a query made, and of which nothing else is known."""
        kinds = {IRI(kind) for kind in index.names.kinds(stranger.iri).split()}
        return self.filters.classes.lets(kinds) and self.filters.nodes.lets((stranger.iri,))

    def lets_made(self, edge: Edge) -> bool:
        """Whether an edge may be shown that a query made: no named graph says it."""
        wanted = self.filters
        by_word = wanted.predicates.lets((edge.predicate,)) and wanted.verdicts.lets((STATED,))
        return by_word and not wanted.graphs.only

    def touched(self, index: Index) -> Flags:
        """For each entity, whether an edge that may be followed touches it."""
        a = index.adjacency
        if self.followed is None:
            return a.degree > 0
        found = np.zeros(len(a.nodes), dtype=bool)
        found[a.source[self.followed]] = found[a.target[self.followed]] = True
        return found


EVERYTHING: Final = Sieve()
"""The sieve that lets everything pass."""


def _both(one: Flags | None, other: Flags) -> Flags:
    return other if one is None else one & other


def _edges(index: Index, filters: Filters) -> Flags | None:
    """The edges that pass by predicate, verdict and named graph."""
    a = index.adjacency
    found: Flags | None = None
    if filters.predicates:
        kinds = [filters.predicates.lets((iri,)) for iri in a.predicates]
        found = np.array(kinds, dtype=bool)[a.predicate]
    if filters.verdicts:
        unknown = {*filters.verdicts.only, *filters.verdicts.without}.difference(VERDICTS, [STATED])
        if unknown:
            raise BadParameter(
                "verdict", min(unknown), "no such verdict",
                hint=f"the verdicts are {', '.join((STATED, *reversed(VERDICTS)))}",
            )  # fmt: skip
        codes = np.zeros(len(VERDICTS) + 1, dtype=bool)
        for verdict in (*VERDICTS, STATED):
            codes[verdict_code(verdict)] = filters.verdicts.lets((verdict,))
        found = _both(found, codes[a.verdict])
    if filters.graphs:
        found = _both(found, _said_in(index, filters.graphs))
    return found


def _said_in(index: Index, graphs: Choice[Node | None]) -> Flags:
    """The edges that some named graph says which passes, itself or by a claim that it holds."""
    a, claims = index.adjacency, index.evidence.claims
    by_graph = np.array([graphs.lets((graph,)) for graph in (*index.graphs, None)], dtype=bool)
    by_claim = np.array([graphs.lets((graph,)) for graph in (*claims.graphs, None)], dtype=bool)
    claimed = a.said_claim >= 0
    saying = np.where(claimed, by_claim[a.said_claim], by_graph[a.said_graph])
    if not len(a):
        return np.zeros(0, dtype=bool)
    return np.logical_or.reduceat(saying, a.said_start[:-1])


def _brought(index: Index, filters: Filters, asked: list[int]) -> Flags | None:
    """The entities that pass by class and range."""
    found: Flags | None = None
    if filters.classes:
        above = index.kinds.above
        found = index.kinds.where(lambda group: filters.classes.lets(above[group]))
    for range_ in filters.ranges:
        found = _both(found, _within(index, range_))
    if found is not None:
        found[asked] = True
    return found


def _within(index: Index, range_: Range) -> Flags:
    """The entities with a value in the range, and those whose classes have no such values."""
    column = index.values.columns.get(range_.property)
    if column is None:
        known = sorted(map(index.properties.name, index.values.columns))
        raise BadParameter(
            "range", index.properties.name(range_.property), "it has no numbers and no dates",
            hint=f"properties that have: {', '.join(known)}" if known else "",
        )  # fmt: skip
    low, high = _end(index, column, range_, range_.low), _end(index, column, range_, range_.high)
    from_, to = -np.inf if low is None else low[0], np.inf if high is None else high[1]
    if from_ > to:
        raise BadParameter(
            "range", f"{range_.low},{range_.high}", "it ends before it begins",
            hint="PROPERTY,LOW,HIGH; either end may be empty",
        )  # fmt: skip
    count = len(index)
    has, fits = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    has[column.nodes] = True
    fits[column.nodes[(column.high >= from_) & (column.low <= to)]] = True
    kinds = index.kinds
    concerned = {kind for group in np.unique(kinds.group[has]) for kind in kinds.classes[group]}
    unclassed = any(not kinds.classes[group] for group in np.unique(kinds.group[has]))
    elsewhere = kinds.where(
        lambda group: (
            concerned.isdisjoint(kinds.classes[group])
            and not (unclassed and not kinds.classes[group])
        )
    )
    return fits | (elsewhere & ~has)


def _end(index: Index, column: Column, range_: Range, text: str) -> Span | None:
    """An end of a range as the property's values are; None where it is open."""
    if not text.strip():
        return None
    if column.kind == DATE:
        span = span_of(text)
        wanted = "it takes dates: a year, a month or a day"
    else:
        span = _number(text)
        wanted = "it takes numbers"
    if span is None:
        name = index.properties.name(range_.property)
        raise BadParameter(
            "range", text, f"{name} has no such value, {wanted}",
            hint=f"range={name},{column.texts[0]},",
        )  # fmt: skip
    return span


def _number(text: str) -> Span | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return None if np.isnan(value) else (value, value)


def _alive(index: Index, day: Span, asked: list[int]) -> Flags:
    """The entities that had begun and not ended, and those of which no date is known."""
    times = index.values.times
    found = (times.first <= day[1]) & (times.last >= day[0])
    found[asked] = True
    return found


def _valid(index: Index, day: Span) -> Flags:
    """The edges that held then: where states say when an edge held, one of them must say so."""
    held = index.held
    found = np.ones(len(index.adjacency), dtype=bool)
    found[held.edges] = False
    found[held.edges[(held.first <= day[1]) & (held.last >= day[0])]] = True
    return found


def _named(index: Index, nodes: Choice[Node]) -> Flags:
    """The entities that are not hidden by name."""
    a = index.adjacency
    found = np.full(len(a.nodes), not nodes.only)
    for iris, shown in ((nodes.only, True), (nodes.without, False)):
        numbers = [a.number(iri) for iri in iris]
        found[[number for number in numbers if number is not None]] = shown
    return found
