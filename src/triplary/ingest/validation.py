"""A store held against shapes: SHACL, one sentence per violation.

Shapes Constraint Language, https://www.w3.org/TR/shacl/. The shapes are those that the store
carries, in whichever named graph, and those of the bundled ontology where its words are used
without it; pySHACL does the checking.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from triplary.ontology import ONTOLOGY_GRAPH, PREFIXES, bundled
from triplary.store import Store
from triplary.store.formats import FORMATS
from triplary.terms import IRI, Node

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node as RdfNode

__all__ = ["Report", "Violation", "validate"]

OWL: Final = "http://www.w3.org/2002/07/owl#"
PROPERTY_KINDS: Final = tuple(
    IRI(OWL + kind) for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
RDF_TYPE: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SHACL: Final = PREFIXES["sh"]
SHAPE_KINDS: Final = (IRI(SHACL + "NodeShape"), IRI(SHACL + "PropertyShape"))
SHAPE_TARGETS: Final = tuple(
    IRI(SHACL + target)
    for target in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
)
SOURCE: Final = IRI("http://www.w3.org/ns/dcat#Dataset")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One place where a shape does not hold.

    `focus` is the IRI it was found at, `label` what that is called, `rule` the shape's own
    sentence, `shape` the shape's IRI, `path` the property and `value` the value at fault, '' where
    the shape is not about one.
    """

    focus: str
    rule: str
    label: str = ""
    path: str = ""
    value: str = ""
    shape: str = ""

    def __str__(self) -> str:
        """The violation as a sentence.

        >>> str(Violation("http://x.org/c", "A claim has exactly one kind.", label="C001"))
        'C001 (http://x.org/c) breaks a rule: A claim has exactly one kind.'
        """
        named = f"{self.label} ({self.focus})" if self.label else self.focus
        found = f" (found: {self.value})" if self.value and self.value != self.focus else ""
        return f"{named} breaks a rule: {self.rule}{found}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    `violations` are sorted, () where there is none; `shapes` says where the shapes stand that were
    checked, () where there was none to check.
    """

    violations: tuple[Violation, ...] = ()
    shapes: tuple[str, ...] = ()


def validate(store: Store) -> Report:
    """Every violation by the store's statements of the shapes that apply to it.

    A shape applies where the store carries it. The bundled ontology's apply, with its classes, to a
    store that uses the ontology's words and does not carry it.
    """
    data = _graph(store, None)
    places = _shape_graphs(store)
    shapes = _graph(store, None if None in places else frozenset(filter(None, places)))
    named = sorted("the graph itself" if place is None else f"<{place}>" for place in places)
    carried = ONTOLOGY_GRAPH in store.graphs()
    if not carried and _speaks_of_triplary(data):
        ontology = _bundled_ontology()
        data, shapes = data + ontology, shapes + ontology
        named.append("the bundled ontology")
    if not named:
        return Report()
    import pyshacl

    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    unannounced = _unannounced(store) if carried else ()
    return Report(tuple(sorted({*_violations(report, data), *unannounced})), tuple(named))


def _shape_graphs(store: Store) -> set[Node | None]:
    """The named graphs that hold a shape; None for a graph without a name."""
    found = {
        statement.graph
        for kind in SHAPE_KINDS
        for statement in store.statements(None, RDF_TYPE, kind)
    }
    return found | {
        statement.graph for target in SHAPE_TARGETS for statement in store.statements(None, target)
    }


def _speaks_of_triplary(data: "Graph") -> bool:
    from rdflib import RDF

    words = PREFIXES["tri"]
    return any(str(word).startswith(words) for word in data.predicates(unique=True)) or any(
        str(kind).startswith(words) for kind in data.objects(None, RDF.type, unique=True)
    )


def _bundled_ontology() -> "Graph":
    from rdflib import Graph

    return Graph(bind_namespaces="none").parse(bundled("ontology.ttl"), format="turtle")


def _unannounced(store: Store) -> Iterator[Violation]:
    """Predicates the ontology does not know, and named graphs no source describes.

    SHACL sees neither: its shapes look from nodes, and at one graph.
    """
    known = {
        statement.subject
        for kind in PROPERTY_KINDS
        for statement in store.statements(None, RDF_TYPE, kind, graph=ONTOLOGY_GRAPH)
    }
    used: dict[IRI, Node] = {}
    for name in store.graphs():
        if name != ONTOLOGY_GRAPH:
            used |= {found.predicate: name for found in store.statements(graph=name)}
    for predicate, name in used.items():
        if predicate not in known:
            yield Violation(str(predicate), "A predicate is in the ontology.", value=str(name))
    described = {found.subject for found in store.statements(None, RDF_TYPE, SOURCE)}
    for name in store.graphs():
        if name not in described:
            yield Violation(str(name), "A named graph is described as a source.")


def _graph(store: Store, names: frozenset[Node] | None) -> "Graph":
    """The statements of some named graphs, or of all there are, as one rdflib graph."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for name in [None] if names is None else sorted(names, key=str):
        output = io.BytesIO()
        store.dump(output, format=FORMATS["ntriples"], graph=name)
        graph.parse(data=output.getvalue(), format="nt11")
    return graph


def _violations(report: object, data: "Graph") -> "list[Violation]":
    from rdflib import RDF, RDFS, SH, Graph

    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report: {report!r}")
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        labels = sorted(data.objects(focus, RDFS.label), key=_english_first)
        found.append(
            Violation(
                focus=str(focus),
                rule=str(min(report.objects(result, SH.resultMessage), default="", key=str)),
                label=str(labels[0]) if labels else str(focus).rsplit("/", 1)[-1],
                path=_text(report.value(result, SH.resultPath)),
                value=_text(report.value(result, SH.value)),
                shape=_text(report.value(result, SH.sourceShape)),
            )
        )
    return found


def _english_first(label: "RdfNode") -> tuple[bool, str]:
    return getattr(label, "language", None) != "en", str(label)


def _text(term: "RdfNode | None") -> str:
    """A term's text; '' for none, and for a blank node, whose name tells nobody anything."""
    from rdflib import BNode

    return "" if term is None or isinstance(term, BNode) else str(term)
