"""How classes and properties are used: what joins what, how often, and which values there are.

Made from the pass over the statements when it is first asked for; a triple counts once, in however
many named graphs it stands. All that a query could see counts, claims and records too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from triplary.index.scan import Numbers, Scan
from triplary.ontology import RDF_TYPE, Ontology
from triplary.terms import IRI, Literal, Node

__all__ = ["Joined", "Joins", "Usage", "Used"]

Used = tuple[IRI, int]
_Counts = npt.NDArray[np.int64]
_NO_CLASS: Final = 0
_KEPT: Final = 16


@dataclass(frozen=True, slots=True)
class Joins:
    """What a property joins: classes of its subjects, classes and datatypes of its values.

    Each with the number of its statements, the most first; a subject of two classes counts in both.
    """

    domains: tuple[Used, ...]
    classes: tuple[Used, ...]
    datatypes: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A property of one class's entities: its triples, and the classes and datatypes they reach."""

    property: IRI
    triples: int
    classes: tuple[Used, ...]
    datatypes: tuple[Used, ...]


class Usage:
    """The classes and properties of one version of a graph, as its statements use them."""

    def __init__(self, scanned: Scan, ontology: Ontology) -> None:
        """Remember the pass until something is asked for."""
        self._given: tuple[Scan, Ontology] | None = scanned, ontology
        self._counts: dict[tuple[IRI, bool], dict[Node, int]] = {}

    @cached_property
    def _read(self) -> "_Reading":
        if self._given is None:  # pragma: no cover - the property is cached
            raise AssertionError("the usage was read before")
        reading = _Reading(*self._given)
        self._given = None  # the pass is large, and not needed again
        return reading

    @property
    def classes(self) -> tuple[Used, ...]:
        """Each class with the number of nodes that are said to be of it, the largest first."""
        return self._read.classes

    @property
    def properties(self) -> tuple[Used, ...]:
        """Each property with the number of its triples, the most used first."""
        return self._read.properties

    @cached_property
    def joins(self) -> Mapping[IRI, Joins]:
        """What each property joins."""
        return {iri: self._read.joins(place) for place, iri in enumerate(self._read.predicates)}

    @cached_property
    def links(self) -> Mapping[IRI, tuple[Joined, ...]]:
        """For each class, the properties of its entities and what they lead to, the most first."""
        return self._read.links()

    def properties_of(self, classes: Iterable[IRI], *, inverse: bool = False) -> tuple[Used, ...]:
        """The properties of entities that are of one of the classes or below, the most used first.

        `inverse` gives those that lead to such entities.
        """
        return self._read.properties_of(frozenset(classes), inverse=inverse)

    def values(self, predicate: IRI, *, inverse: bool = False) -> tuple[tuple[Node, int], ...]:
        """The nodes that are values of a property, each with its triples, the most used first.

        `inverse` gives the subjects instead.
        """
        return self._read.values(predicate, inverse=inverse)

    def counts(self, predicate: IRI, *, inverse: bool = False) -> Mapping[Node, int]:
        """The same by value; kept for the properties that were asked for last."""
        asked = predicate, inverse
        if asked not in self._counts:
            if len(self._counts) >= _KEPT:
                self._counts.pop(next(iter(self._counts)))
            self._counts[asked] = dict(self.values(predicate, inverse=inverse))
        return self._counts[asked]

    def graphs(self, predicate: IRI) -> tuple[Node | None, ...]:
        """The named graphs that hold statements of a property; None stands for the default one."""
        return self._read.graphs.get(predicate, ())

    def literals(self, predicate: IRI, most: int) -> tuple[tuple[Literal, int], ...]:
        """The literals that are values of a property, the `most` used ones, with their triples."""
        return self._read.literals(predicate, most)


class _Reading:
    """The triples of a pass, sorted by predicate, and each node's group of classes."""

    def __init__(self, scanned: Scan, ontology: Ontology) -> None:
        rows = _distinct(scanned)
        predicate_of = scanned.predicate_of[rows]
        self.predicates = scanned.predicates
        self.terms = scanned.terms
        self.subjects, self.values_of = scanned.subjects[rows], scanned.values[rows]
        self.start = np.searchsorted(predicate_of, np.arange(len(self.predicates) + 1))
        self.literal = scanned.objects[rows] < 0
        self._group_nodes(scanned, ontology)
        self.properties = _ranked(zip(self.predicates, np.diff(self.start).tolist(), strict=True))
        self.places = {iri: place for place, iri in enumerate(self.predicates)}
        self.leaving = self._by_group(self.subjects, np.ones(len(rows), dtype=bool))
        self.reaching = self._by_group(self.values_of, ~self.literal)
        self._values: dict[tuple[IRI, bool], tuple[tuple[Node, int], ...]] = {}
        self.graphs = self._said_in(scanned)

    def _said_in(self, scanned: Scan) -> dict[IRI, tuple[Node | None, ...]]:
        size = max(len(scanned.graphs), 1)
        found: dict[IRI, list[Node | None]] = {}
        pairs = np.unique(scanned.predicate_of.astype(np.int64) * size + scanned.graph_of)
        for pair in pairs.tolist():
            found.setdefault(self.predicates[pair // size], []).append(scanned.graphs[pair % size])
        return {iri: tuple(graphs) for iri, graphs in found.items()}

    def _group_nodes(self, scanned: Scan, ontology: Ontology) -> None:
        """A group for each combination of classes; those in the ontology's own graph count too."""
        if RDF_TYPE in self.predicates:
            place = self.predicates.index(RDF_TYPE)
            part = slice(self.start[place], self.start[place + 1])
        else:
            part = slice(0, 0)
        kinds: dict[int, list[int]] = {}
        for node, kind in zip(
            self.subjects[part].tolist(), self.values_of[part].tolist(), strict=True
        ):
            kinds.setdefault(node, []).append(kind)
        groups: dict[tuple[int, ...], int] = {(): _NO_CLASS}
        self.group: Numbers = np.zeros(len(scanned.terms), dtype=np.int32)
        for node, found in kinds.items():
            self.group[node] = groups.setdefault(tuple(sorted(found)), len(groups))
        self.direct = [
            tuple(iri for number in found if isinstance(iri := scanned.terms[number], IRI))
            for found in groups
        ]
        self.above = [
            frozenset(
                iri for kind in found for iri in (kind, *ontology.superclasses(kind))
            )
            for found in self.direct
        ]  # fmt: skip
        sizes = np.bincount(self.group, minlength=len(groups)).tolist()
        counts: dict[IRI, int] = {}
        for found_, size in zip(self.direct, sizes, strict=True):
            for kind in found_:
                counts[kind] = counts.get(kind, 0) + size
        self.classes = _ranked(counts.items())

    def _by_group(self, column: Numbers, kept: npt.NDArray[np.bool_]) -> _Counts:
        """For each predicate and group of classes, how many triples."""
        size = len(self.direct)
        predicate_of = np.repeat(np.arange(len(self.predicates)), np.diff(self.start))
        cells = predicate_of[kept] * size + self.group[column[kept]]
        flat = np.bincount(cells, minlength=len(self.predicates) * size)
        return cast(_Counts, flat.reshape(len(self.predicates), size))

    def _classes_in(self, counts: _Counts) -> tuple[Used, ...]:
        found: dict[IRI, int] = {}
        for group in np.flatnonzero(counts).tolist():
            for kind in self.direct[group]:
                found[kind] = found.get(kind, 0) + int(counts[group])
        return _ranked(found.items())

    def joins(self, place: int) -> Joins:
        part = slice(self.start[place], self.start[place + 1])
        datatypes: dict[IRI, int] = {}
        numbers, counts = np.unique(self.values_of[part][self.literal[part]], return_counts=True)
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            kind = IRI(cast(Literal, self.terms[number]).datatype)
            datatypes[kind] = datatypes.get(kind, 0) + count
        return Joins(
            self._classes_in(self.leaving[place]),
            self._classes_in(self.reaching[place]),
            _ranked(datatypes.items()),
        )

    def links(self) -> dict[IRI, tuple[Joined, ...]]:
        datatypes = [term.datatype if isinstance(term, Literal) else "" for term in self.terms]
        kinds = {datatype: place for place, datatype in enumerate(dict.fromkeys(datatypes))}
        called = list(kinds)
        datatype_of = np.fromiter((kinds[each] for each in datatypes), np.int64, len(datatypes))
        size = len(self.direct) + len(called)
        found: dict[IRI, list[Joined]] = {}
        for place, predicate in enumerate(self.predicates):
            part = slice(self.start[place], self.start[place + 1])
            ends = np.where(
                self.literal[part],
                len(self.direct) + datatype_of[self.values_of[part]],
                self.group[self.values_of[part]],
            )
            cells = self.group[self.subjects[part]].astype(np.int64) * size + ends
            counts: dict[IRI, dict[int, int]] = {}
            numbers, sums = np.unique(cells, return_counts=True)
            for cell, count in zip(numbers.tolist(), sums.tolist(), strict=True):
                for kind in self.direct[cell // size]:
                    reached = counts.setdefault(kind, {})
                    reached[cell % size] = reached.get(cell % size, 0) + count
            for kind, reached in counts.items():
                found.setdefault(kind, []).append(self._joined(predicate, reached, called))
        return {
            kind: tuple(sorted(joined, key=lambda each: (-each.triples, each.property)))
            for kind, joined in found.items()
        }

    def _joined(self, property: IRI, reached: dict[int, int], datatypes: list[str]) -> Joined:
        classes: dict[IRI, int] = {}
        literals: dict[IRI, int] = {}
        for end, count in reached.items():
            if end >= len(self.direct):
                literals[IRI(datatypes[end - len(self.direct)])] = count
            for kind in self.direct[end] if end < len(self.direct) else ():
                classes[kind] = classes.get(kind, 0) + count
        return Joined(
            property, sum(reached.values()), _ranked(classes.items()), _ranked(literals.items())
        )

    def properties_of(self, classes: frozenset[IRI], *, inverse: bool) -> tuple[Used, ...]:
        fitting = [place for place, above in enumerate(self.above) if above & classes]
        table = self.reaching if inverse else self.leaving
        sums = table[:, fitting].sum(axis=1)
        return _ranked(
            (self.predicates[place], int(sums[place])) for place in np.flatnonzero(sums).tolist()
        )

    def values(self, predicate: IRI, *, inverse: bool) -> tuple[tuple[Node, int], ...]:
        asked = predicate, inverse
        if asked not in self._values:
            self._values[asked] = self._counted(predicate, inverse=inverse)
        return self._values[asked]

    def _counted(self, predicate: IRI, *, inverse: bool) -> tuple[tuple[Node, int], ...]:
        place = self.places.get(predicate)
        if place is None:
            return ()
        part = slice(self.start[place], self.start[place + 1])
        column = self.subjects[part] if inverse else self.values_of[part][~self.literal[part]]
        numbers, counts = np.unique(column, return_counts=True)
        found = [
            (cast(Node, self.terms[number]), count)
            for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)
        ]
        return tuple(sorted(found, key=lambda pair: (-pair[1], str(pair[0]))))

    def literals(self, predicate: IRI, most: int) -> tuple[tuple[Literal, int], ...]:
        place = self.places.get(predicate)
        if place is None:
            return ()
        part = slice(self.start[place], self.start[place + 1])
        numbers, counts = np.unique(self.values_of[part][self.literal[part]], return_counts=True)
        order = np.argsort(-counts, kind="stable")[:most].tolist()
        return tuple(
            (cast(Literal, self.terms[int(numbers[each])]), int(counts[each])) for each in order
        )


def _distinct(scanned: Scan) -> npt.NDArray[np.intp]:
    """The first row of each triple, by predicate, subject and value."""
    columns = scanned.values, scanned.subjects, scanned.predicate_of
    order = np.lexsort(columns)
    new = np.ones(len(order), dtype=bool)
    if len(order) > 1:
        new[1:] = False
        for column in columns:
            new[1:] |= column[order][1:] != column[order][:-1]
    return order[new]


def _ranked(counts: Iterable[Used]) -> tuple[Used, ...]:
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))
