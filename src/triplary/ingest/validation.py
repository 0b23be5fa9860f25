"""A store held against the shapes of its ontology: SHACL, one sentence per violation.

Shapes Constraint Language, https://www.w3.org/TR/shacl/. The shapes are those of the named graph
`https://w3id.org/triplary/ontology`; pySHACL does the checking.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from triplary.store import Store
from triplary.store.formats import FORMATS
from triplary.terms import IRI, Node

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node as RdfNode

__all__ = ["Violation", "validate"]

ONTOLOGY: Final = IRI("https://w3id.org/triplary/ontology")
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROPERTY_KINDS: Final = tuple(
    IRI(OWL + kind) for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
RDF_TYPE: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
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


def validate(store: Store) -> tuple[Violation, ...]:
    """Every violation of the ontology's shapes by the store's statements, sorted; () where clean.

    A store without the ontology's named graph has no shapes, so nothing is violated in it.
    """
    shapes = _graph(store, ONTOLOGY)
    if not len(shapes):
        return ()
    import pyshacl

    data = _graph(store, None)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    return tuple(sorted({*_violations(report, data), *_unannounced(store)}))


def _unannounced(store: Store) -> Iterator[Violation]:
    """Predicates the ontology does not know, and named graphs no source describes.

    SHACL sees neither: its shapes look from nodes, and at one graph.
    """
    known = {
        statement.subject
        for kind in PROPERTY_KINDS
        for statement in store.statements(None, RDF_TYPE, kind, graph=ONTOLOGY)
    }
    used: dict[IRI, Node] = {}
    for name in store.graphs():
        if name != ONTOLOGY:
            used |= {found.predicate: name for found in store.statements(graph=name)}
    for predicate, name in used.items():
        if predicate not in known:
            yield Violation(str(predicate), "A predicate is in the ontology.", value=str(name))
    described = {found.subject for found in store.statements(None, RDF_TYPE, SOURCE)}
    for name in store.graphs():
        if name not in described:
            yield Violation(str(name), "A named graph is described as a source.")


def _graph(store: Store, name: IRI | None) -> "Graph":
    """The statements of a named graph, or of all, as an rdflib graph."""
    from rdflib import Graph

    output = io.BytesIO()
    store.dump(output, format=FORMATS["ntriples"], graph=name)
    graph = Graph(bind_namespaces="none")
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
