"""The view as RDF: edges, labels, claims, and who the sources are, so that credit travels.

What a source states is a triple; what is only claimed stays a claim and becomes no triple.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from triplary import ontology
from triplary.terms import IRI, BlankNode, Claim, Edge, Entity, Literal, Node, Source, Term
from triplary.view import View
from triplary.view.notes import narrowed

if TYPE_CHECKING:
    import rdflib

__all__ = ["jsonld", "to_rdflib", "turtle"]

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
CITO: Final = "http://purl.org/spar/cito/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
TRI: Final = "https://w3id.org/triplary/ontology#"

PREFIXES: Final = {"" if name == "tri" else name: ontology.PREFIXES[name] for name in (
    "tri", "id", "graph", "claim", "rdf", "rdfs", "skos", "dcterms", "dcat", "cito", "xsd",
)}  # fmt: skip
"""The prefixes of what a view holds, the ontology's own left empty."""
Triple = tuple[Term, IRI, Term]


def turtle(view: View) -> str:
    """The view as Turtle."""
    return _merged(view).serialize(format="turtle")


def jsonld(view: View) -> str:
    """The view as JSON-LD, its context written out, so that reading it fetches nothing."""
    context = {prefix or "tri": iri for prefix, iri in PREFIXES.items()}
    return _merged(view).serialize(format="json-ld", context=context, sort_keys=True) + "\n"


def to_rdflib(view: View) -> "rdflib.Dataset":
    """The view as an rdflib Dataset: what a source states or claims is in its named graph.

    Labels, classes and the descriptions of the sources are in the default graph, which is the
    union of them all for a query.
    """
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    for (subject, predicate, object), graph in quads(view):
        place = dataset.default_graph if graph is None else dataset.graph(_term(graph))
        place.add((_term(subject), _term(predicate), _term(object)))
    return dataset


def _merged(view: View) -> "rdflib.Graph":
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    for (subject, predicate, object), _ in quads(view):
        graph.add((_term(subject), _term(predicate), _term(object)))
    return graph


def _term(term: Term) -> Any:
    """A term as rdflib's."""
    import rdflib

    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = None if term.datatype == XSD + "string" else rdflib.URIRef(term.datatype)
    return rdflib.Literal(term.value, datatype=kind, normalize=False)


def quads(view: View) -> Iterator[tuple[Triple, Node | None]]:
    """Every triple of the view with its named graph: entities, words, edges, claims, sources."""
    for entity in view.subgraph:
        yield from ((triple, None) for triple in _entity(entity))
    for term in view.subgraph.vocabulary:
        yield from (((term.iri, IRI(RDFS + "label"), label), None) for label in term.labels)
    for edge in view.drawn_edges():
        for item in edge.evidence:
            graph = item.source.graph
            if item.claim is None and edge.held:
                continue  # it held for a time: without that, the triple would say too much
            if item.claim is None:
                yield (edge.subject, edge.predicate, edge.object), graph
            else:
                yield from ((triple, graph) for triple in _claim(edge, item.claim, item.source))
    for source in view.subgraph.sources():
        yield from ((triple, None) for triple in _source(source))
    said = " ".join(narrowed(view, view.namer()))
    if said:
        # A view that was narrowed says so: whoever reads the file would take it for the whole.
        at = BlankNode("triplary-view")
        yield (at, IRI(RDF + "type"), IRI(DCAT + "Dataset")), None
        yield (at, IRI(DCTERMS + "description"), Literal(said, language=view.language)), None


def _entity(entity: Entity) -> Iterator[Triple]:
    yield from ((entity.iri, IRI(RDF + "type"), cls) for cls in entity.classes)
    yield from ((entity.iri, IRI(RDFS + "label"), label) for label in entity.labels)
    yield from ((entity.iri, IRI(SKOS + "altLabel"), alias) for alias in entity.aliases)


def _claim(edge: Edge, claim: Claim, source: Source) -> Iterator[Triple]:
    """The claim as the atlas writes claims, with the named graph it came from."""
    at = claim.iri
    yield at, IRI(RDF + "type"), IRI(TRI + "Claim")
    yield at, IRI(RDF + "subject"), edge.subject
    yield at, IRI(RDF + "predicate"), edge.predicate
    yield at, IRI(RDF + "object"), edge.object
    words = {"kind": claim.kind, "verdict": claim.verdict, "sentence": claim.sentence}
    for key, text in words.items():
        if text:
            yield at, IRI(TRI + key), Literal(text)
    if claim.note:
        yield at, IRI(TRI + "note"), Literal(claim.note)
    if claim.confidence is not None:
        yield at, IRI(TRI + "confidence"), Literal(f"{claim.confidence:g}", XSD + "decimal")
    for who in claim.attributed_to:
        yield at, IRI(TRI + "attributedTo"), who.iri
        yield from _entity(who)
    yield from ((at, IRI(TRI + "correctedBy"), node) for node in claim.corrected_by)
    yield from ((at, IRI(CITO + "disputes"), node) for node in claim.disputes)
    yield from ((at, IRI(CITO + "supports"), node) for node in claim.supports)
    if source.graph is not None:
        yield at, IRI(DCTERMS + "source"), source.graph


def _source(source: Source) -> Iterator[Triple]:
    if source.graph is None:
        return
    yield source.graph, IRI(RDF + "type"), IRI(DCAT + "Dataset")
    for key, text in (("title", source.title), ("publisher", source.publisher)):
        if text:
            yield source.graph, IRI(DCTERMS + key), Literal(text)
    for key, text in (("license", source.license), ("source", source.url)):
        if text:
            yield source.graph, IRI(DCTERMS + key), _iri_or_text(text)
    if source.date:
        yield source.graph, IRI(DCTERMS + "issued"), Literal(source.date, _date_type(source.date))


def _iri_or_text(text: str) -> Term:
    try:
        return IRI(text)
    except ValueError:
        return Literal(text)


def _date_type(text: str) -> str:
    """The XML Schema type of a date: a day, a month, a year, or only a text.

    >>> _date_type("2026-01").rsplit("#")[1]
    'gYearMonth'
    """
    parts = text.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return XSD + "string"
    shape = tuple(map(len, parts))
    kinds = {(4, 2, 2): "date", (4, 2): "gYearMonth", (4,): "gYear"}
    return XSD + kinds.get(shape, "string")
