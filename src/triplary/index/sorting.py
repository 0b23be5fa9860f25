"""Which terms of a pass are entities, and which of its statements are edges.

Classes, properties, named graphs, claims, records (a score, a check) and literals are never nodes;
what the ontology's own graph says, and what is said of a named graph, makes no edge. Only an
ontology that is alone, with no data beside it, is drawn itself.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.index.adjacency import Row
from triplary.index.evidence import Claims
from triplary.index.scan import Numbers, Scan, key
from triplary.ontology import META, ONTOLOGY_GRAPH, RDF, TRI, Ontology
from triplary.terms import IRI, BlankNode, Literal, Node

__all__ = ["claimed_edges", "entities", "in_ontology", "shown", "single_valued", "stated_edges"]

RECORD: Final = IRI(TRI + "Record")
"""What only says something of a statement or a score, and nobody would look up by name."""

SINGLE_FROM: Final = 0.98
"""The share of subjects with one value per graph from which a predicate looks single-valued."""

Flags = npt.NDArray[np.bool_]


def shown(scanned: Scan, claims: Claims, ontology: Ontology) -> Ontology:
    """The ontology; as one that is alone where nothing in the data has a class of its own.

    Then the file is an ontology, and its classes and properties are all there is to look at.
    """
    declares = bool(ontology.classes or ontology.properties)
    data = ONTOLOGY_GRAPH not in scanned.graphs and not claims.nodes
    used = {kind for kinds in scanned.classes.values() for kind in kinds}
    alone = declares and data and all(kind.value.startswith(META) for kind in used)
    return replace(ontology, alone=True) if alone else ontology


def entities(scanned: Scan, claims: Claims, ontology: Ontology) -> tuple[tuple[Node, ...], Numbers]:
    """The entities sorted by IRI, and for each term its place among them (-1: no entity).

    An entity is the subject of a statement, the end of an edge, or what a claim is about.
    """
    apart = _apart(scanned, claims, ontology)
    data = ~in_ontology(scanned)
    found = np.zeros(len(scanned.terms), dtype=bool)
    found[scanned.subjects[data]] = True
    joined = data & _is_edge(scanned, ontology) & (scanned.objects >= 0)
    joined &= ~apart[scanned.subjects]
    found[scanned.objects[joined]] = True
    for number in range(len(claims.nodes)):
        for subject, predicate, value in claims.triples(number):
            ends = [subject] if isinstance(value, Literal) or not ontology.is_edge(predicate) else [
                subject, value
            ]  # fmt: skip
            found[[scanned.numbers[key(end)] for end in ends]] = True
    found &= ~apart
    texts = {number: key(scanned.node(number)) for number in np.flatnonzero(found).tolist()}
    order = sorted(texts, key=texts.__getitem__)
    place = np.full(len(scanned.terms) + 1, -1, dtype=np.int32)  # the last is for literals
    place[order] = np.arange(len(order), dtype=np.int32)
    return tuple(map(scanned.node, order)), place


def stated_edges(
    scanned: Scan, place: Numbers, ontology: Ontology
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Columns of subject, predicate, object and graph of the statements that are edges."""
    source, target = place[scanned.subjects], place[scanned.objects]
    kept = _is_edge(scanned, ontology) & ~in_ontology(scanned) & (source >= 0) & (target >= 0)
    return source[kept], scanned.predicate_of[kept], target[kept], scanned.graph_of[kept]


def claimed_edges(
    scanned: Scan, claims: Claims, place: Numbers, ontology: Ontology
) -> tuple[list[Row], list[IRI]]:
    """A row for each edge that a claim says, and all predicates: the pass's, then those new."""
    predicates = {iri: number for number, iri in enumerate(scanned.predicates)}
    rows: list[Row] = []
    for number in range(len(claims.nodes)):
        for subject, predicate, value in claims.triples(number):
            if isinstance(value, Literal) or not ontology.is_edge(predicate):
                continue
            source = int(place[scanned.numbers[key(subject)]])
            target = int(place[scanned.numbers[key(value)]])
            if source >= 0 and target >= 0:
                kind = predicates.setdefault(predicate, len(predicates))
                rows.append((source, kind, target, number))
    return rows, list(predicates)


def single_valued(scanned: Scan) -> frozenset[IRI]:
    """The predicates with which nearly every subject has one value in each named graph."""
    columns = np.stack([scanned.predicate_of, scanned.subjects, scanned.graph_of])
    order = np.lexsort(columns[::-1])
    columns = columns[:, order]
    new = np.ones(columns.shape[1], dtype=bool)
    new[1:] = (columns[:, 1:] != columns[:, :-1]).any(axis=0)
    said = np.bincount(scanned.predicate_of, minlength=len(scanned.predicates))
    subjects = np.bincount(columns[0][new], minlength=len(scanned.predicates))
    return frozenset(
        iri
        for iri, many, all_ in zip(scanned.predicates, subjects, said, strict=True)
        if many >= SINGLE_FROM * all_
    )


def _is_edge(scanned: Scan, ontology: Ontology) -> Flags:
    """For each statement, whether its predicate can be an edge."""
    kinds = np.array([ontology.is_edge(iri) for iri in scanned.predicates], dtype=bool)
    return kinds[scanned.predicate_of] if len(kinds) else np.zeros(0, dtype=bool)


def in_ontology(scanned: Scan) -> Flags:
    """For each statement, whether it stands in the ontology's own named graph."""
    if ONTOLOGY_GRAPH not in scanned.graphs:
        return np.zeros(len(scanned), dtype=bool)
    return np.equal(scanned.graph_of, scanned.graphs.index(ONTOLOGY_GRAPH))


def _apart(scanned: Scan, claims: Claims, ontology: Ontology) -> Flags:
    """For each term, whether it is a class, a property, a named graph, a claim or a record."""
    apart = np.zeros(len(scanned.terms), dtype=bool)

    def mark(terms: Iterable[Node | None]) -> None:
        for term in terms:
            number = scanned.numbers.get(key(term)) if term is not None else None
            if number is not None:
                apart[number] = True

    if ontology.alone:
        mark(_scaffolding(scanned))
        return apart
    mark(ontology.classes)
    mark(ontology.properties)
    mark(scanned.predicates)
    mark(scanned.graphs)
    mark(claims.nodes)
    mark({kind for kinds in scanned.classes.values() for kind in kinds})
    records = {
        RECORD,
        *(kind for kind in ontology.classes if RECORD in ontology.superclasses(kind)),
    }
    for number, kinds in scanned.classes.items():
        if not records.isdisjoint(kinds):
            apart[number] = True
    return apart


def _scaffolding(scanned: Scan) -> Iterable[Node]:
    """What an ontology is put together with: the words of RDF and OWL, restrictions and lists."""
    lists = IRI(RDF + "first")
    cells = (
        set(scanned.subjects[scanned.predicate_of == scanned.predicates.index(lists)].tolist())
        if lists in scanned.predicates
        else set()
    )
    for number in scanned.numbers.values():
        node = scanned.node(number)
        if isinstance(node, BlankNode):
            kinds = scanned.classes.get(number, ())
            if number in cells or any(kind.value.startswith(META) for kind in kinds):
                yield node
        elif node.value.startswith(META):
            yield node
