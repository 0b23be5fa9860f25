"""The numbers and dates of entities by property, and from when until when things are.

Made from the pass over the statements when a picture first asks for it. What holds is what sources
state: what only a claim says counts for nothing here.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from triplary.index.dates import DATES, Span, span_of
from triplary.index.scan import Numbers, Scan
from triplary.index.sorting import in_ontology
from triplary.ontology import OWL, TRI, Ontology
from triplary.terms import IRI, Literal, Node, Term

__all__ = ["DATE", "NUMBER", "Column", "Held", "State", "Times", "Values"]

Reals = npt.NDArray[np.float64]

NUMBER: Final = "number"
DATE: Final = "date"

_NUMBERS: Final = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in (
        "integer", "decimal", "double", "float", "int", "long", "short", "byte",
        "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
        "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip

_SCHEMA: Final = ("https://schema.org/", "http://schema.org/")
_DCT: Final = "http://purl.org/dc/terms/"
_PROV: Final = "http://www.w3.org/ns/prov#"
_WDT: Final = "http://www.wikidata.org/prop/direct/"
_BEGINS: Final = frozenset(
    (
        *(
            base + name
            for base in _SCHEMA
            for name in (
                "startDate", "foundingDate", "birthDate", "dateCreated", "datePublished",
                "validFrom",
            )
        ),
        *(_DCT + name for name in ("created", "issued", "dateCopyrighted")),
        *(_PROV + name for name in ("startedAtTime", "generatedAtTime")),
        *(_WDT + name for name in ("P571", "P577", "P580", "P569")),
        TRI + "validFrom",
    )
)  # fmt: skip
"""Properties of well-known vocabularies that say when something begins."""

_ENDS: Final = frozenset(
    (
        *(
            base + name
            for base in _SCHEMA
            for name in ("endDate", "dissolutionDate", "deathDate", "validThrough")
        ),
        *(_PROV + name for name in ("endedAtTime", "invalidatedAtTime")),
        *(_WDT + name for name in ("P576", "P582", "P570")),
        TRI + "validUntil",
    )
)
_EXCLUSIVE: Final = frozenset((TRI + "validUntil",))
"""Ends that are not part of what they end."""

_BEGIN_NAMES: Final = frozenset(
    (
        "begin", "begindate", "begins", "birthdate", "born", "created", "creationdate",
        "established", "founded", "foundingdate", "founding", "inception", "issued", "launched",
        "launchdate", "publicationdate", "published", "released", "releasedate", "start",
        "startdate", "started", "validfrom",
    )
)  # fmt: skip
_END_NAMES: Final = frozenset(
    (
        "closed", "deathdate", "died", "dissolutiondate", "dissolved", "end", "enddate", "ended",
        "ends", "validthrough", "validto", "validuntil",
    )
)  # fmt: skip
"""What a property of a vocabulary nobody described may be called that says so."""

_SOURCE, _PROPERTY, _TARGET = (
    IRI(OWL + name) for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")
)


@dataclass(frozen=True, slots=True)
class Column:
    """The numbers or the dates (as `kind` says) of one property: a row for each value.

    `nodes` are entities by number, ascending; `low` and `high` the number itself, or the first
    and the last day of the date; `texts` what was written.
    """

    kind: str
    nodes: Numbers
    low: Reals
    high: Reals
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """For each entity its first day (-inf: not known) and its last (inf: not known or not over).

    `written` holds the first date as it was written, by the entity's number.
    """

    first: Reals
    last: Reals
    written: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """What held from one day until another, the last one included: a triple with its time.

    `begins` and `ends` are its dates as they were written, `graph` is the named graph that says so.
    """

    subject: Node
    predicate: IRI
    object: Term
    first: float
    last: float
    begins: str = ""
    ends: str = ""
    graph: Node | None = None

    def held(self, day: Span) -> bool:
        """Whether it held on a day, or on one of the days of a month or a year."""
        return self.first <= day[1] and self.last >= day[0]


@dataclass(frozen=True, slots=True)
class Held:
    """Edges by number with the first and the last day of a state of theirs; several may be."""

    edges: Numbers
    first: Reals
    last: Reals

    @classmethod
    def of(cls, states: Iterable[State], find: Callable[[Node, IRI, Node], int | None]) -> "Held":
        """The states whose triple is an edge that `find` finds."""
        rows = [
            (edge, state.first, state.last)
            for state in states
            if not isinstance(state.object, Literal)
            and (edge := find(state.subject, state.predicate, state.object)) is not None
        ]
        table = np.array(rows, dtype=np.float64).reshape(-1, 3)
        return cls(table[:, 0].astype(np.int32), table[:, 1], table[:, 2])


class Values:
    """The numbers and dates of one version of a graph."""

    def __init__(self, scanned: Scan, place: Numbers, ontology: Ontology, count: int) -> None:
        """Remember the pass until something is asked for; `place` numbers the entities."""
        self._given: tuple[Scan, Numbers, Ontology, int] | None = scanned, place, ontology, count

    @property
    def columns(self) -> Mapping[IRI, Column]:
        """The properties that have numbers or dates, with their values."""
        return self._read[0]

    @property
    def times(self) -> Times:
        """From when until when each entity is."""
        return self._read[1]

    @property
    def states(self) -> tuple[State, ...]:
        """The triples of which some node says from when or until when they held."""
        return self._read[2]

    @cached_property
    def _read(self) -> tuple[Mapping[IRI, Column], Times, tuple[State, ...]]:
        if self._given is None:  # pragma: no cover - the property is cached
            raise AssertionError("the values were read before")
        reading = _Reading(*self._given)
        self._given = None  # the pass is large, and not needed again
        return dict(reading.columns()), reading.times(), tuple(reading.states())


class _Reading:
    """The literals of a pass that are numbers or dates, each looked at once."""

    def __init__(self, scanned: Scan, place: Numbers, ontology: Ontology, count: int) -> None:
        self.scanned, self.place, self.ontology, self.count = scanned, place, ontology, count
        literal = (scanned.objects < 0) & ~in_ontology(scanned)
        self.rows = np.flatnonzero(literal)
        self.low = np.full(len(scanned.terms), np.nan)
        self.high = np.full(len(scanned.terms), np.nan)
        self.dated = np.zeros(len(scanned.terms), dtype=bool)
        for number in np.unique(scanned.values[self.rows]).tolist():
            self._look_at(number, cast(Literal, scanned.terms[number]))

    def _look_at(self, number: int, literal: Literal) -> None:
        if literal.datatype in _NUMBERS:
            value = _number(literal.value)
            if value is not None:
                self.low[number] = self.high[number] = value
        elif literal.datatype in DATES:
            span = span_of(literal.value)
            if span is not None:
                self.low[number], self.high[number] = span
                self.dated[number] = True

    def columns(self) -> Iterator[tuple[IRI, Column]]:
        """Each property with its numbers or, where it has more of them, its dates."""
        scanned = self.scanned
        entity = self.place[scanned.subjects[self.rows]] >= 0
        known = self.rows[entity & ~np.isnan(self.low[scanned.values[self.rows]])]
        for kind in np.unique(scanned.predicate_of[known]).tolist():
            rows = known[scanned.predicate_of[known] == kind]
            dated = self.dated[scanned.values[rows]]
            as_dates = bool(2 * np.count_nonzero(dated) > len(rows))
            rows = rows[dated == as_dates]
            many = len(scanned.terms)
            entities = self.place[scanned.subjects[rows]].astype(np.int64)
            pairs = np.unique(entities * many + scanned.values[rows])
            nodes, values = (pairs // many).astype(np.int32), pairs % many
            texts = tuple(str(scanned.terms[value]) for value in values.tolist())
            yield (
                scanned.predicates[kind],
                Column(
                    DATE if as_dates else NUMBER,
                    nodes,
                    self.low[values],
                    self.high[values],
                    texts,
                ),
            )

    def times(self) -> Times:
        """The earliest beginning and the latest end of each entity."""
        first, last = np.full(self.count, np.inf), np.full(self.count, -np.inf)
        written: dict[int, tuple[Span, str]] = {}
        for row, span in self._dates(_BEGINS, _BEGIN_NAMES):
            node = int(self.place[self.scanned.subjects[row]])
            if node >= 0:
                first[node] = min(first[node], span[0])
                text = str(self.scanned.terms[self.scanned.values[row]])
                written[node] = min(written.get(node, (span, text)), (span, text))
        for row, span in self._dates(_ENDS, _END_NAMES):
            node = int(self.place[self.scanned.subjects[row]])
            if node >= 0:
                last[node] = max(last[node], span[1])
        first[np.isposinf(first)] = -np.inf
        last[np.isneginf(last)] = np.inf
        return Times(first, last, {node: text for node, (_, text) in written.items()})

    def states(self) -> Iterator[State]:
        """What holds for a time: nodes that annotate a triple and have a beginning or an end."""
        subjects, predicates, objects = (self._said(part) for part in (_SOURCE, _PROPERTY, _TARGET))
        if not subjects:
            return
        first, last = self._bounds(_BEGINS, _BEGIN_NAMES, 0), self._bounds(_ENDS, _END_NAMES, 1)
        homes = self._homes(_TARGET)
        for number in sorted(subjects.keys() & predicates.keys() & objects.keys()):
            subject, predicate = subjects[number], predicates[number]
            timed = number in first or number in last
            if timed and isinstance(predicate, IRI) and not isinstance(subject, Literal):
                (from_, begins), (to, ends) = (
                    first.get(number, (-np.inf, "")), last.get(number, (np.inf, "")),
                )  # fmt: skip
                yield State(
                    subject, predicate, objects[number], from_, to, begins, ends, homes[number]
                )

    def _homes(self, predicate: IRI) -> dict[int, Node | None]:
        """The named graph in which each subject has a predicate, the first by its IRI."""
        scanned = self.scanned
        kind = scanned.predicates.index(predicate)
        rows = np.flatnonzero(scanned.predicate_of == kind).tolist()
        ordered = sorted(rows, key=lambda row: -int(scanned.graph_of[row]))
        return {int(scanned.subjects[r]): scanned.graphs[scanned.graph_of[r]] for r in ordered}

    def _said(self, predicate: IRI) -> dict[int, Term]:
        """What each subject has for a predicate, the first by its text."""
        if predicate not in self.scanned.predicates:
            return {}
        kind = self.scanned.predicates.index(predicate)
        found: dict[int, Term] = {}
        for row in np.flatnonzero(self.scanned.predicate_of == kind).tolist():
            number = int(self.scanned.subjects[row])
            term = cast(Term, self.scanned.terms[self.scanned.values[row]])
            found[number] = min(found.get(number, term), term, key=str)
        return found

    def _bounds(
        self, known: frozenset[str], names: frozenset[str], side: int
    ) -> dict[int, tuple[float, str]]:
        """The earliest beginning, or the latest end, of each subject, and how it is written."""
        found: dict[int, tuple[float, str]] = {}
        for row, span in self._dates(known, names):
            number = int(self.scanned.subjects[row])
            day = span[side], str(self.scanned.terms[self.scanned.values[row]])
            choose = max if side else min
            found[number] = choose(found.get(number, day), day)
        return found

    def _dates(self, known: frozenset[str], names: frozenset[str]) -> Iterator[tuple[int, Span]]:
        """The rows of properties that say a beginning (or an end), with the date."""
        scanned = self.scanned
        telling = np.array([self._tells(iri, known, names) for iri in scanned.predicates], bool)
        if not telling.any():
            return
        for row in self.rows[telling[scanned.predicate_of[self.rows]]].tolist():
            span = self._span(int(scanned.values[row]))
            if span is not None:
                exclusive = scanned.predicates[scanned.predicate_of[row]].value in _EXCLUSIVE
                yield row, (span[0], span[0] - 1) if exclusive else span

    def _span(self, term: int) -> Span | None:
        """The days of a date, of a plain text that is one, and of a year that is a number."""
        if self.dated[term]:
            return float(self.low[term]), float(self.high[term])
        return span_of(str(self.scanned.terms[term]))

    def _tells(self, iri: IRI, known: frozenset[str], names: frozenset[str]) -> bool:
        """Whether a property, or one above it, is known to tell so, or else is called so."""
        above = (iri, *self.ontology.superproperties(iri))
        if any(each.value in known for each in above):
            return True
        return iri.local_name.replace("_", "").replace("-", "").casefold() in names


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
