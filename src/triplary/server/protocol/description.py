"""The SPARQL 1.1 Service Description of this endpoint (https://www.w3.org/TR/sparql11-service-description/)."""

import io
from typing import Final
from urllib.parse import quote, urljoin

from starlette.requests import Request
from starlette.responses import Response

from triplary.kg import KnowledgeGraph
from triplary.ontology import RDF_TYPE, RDFS
from triplary.server.caching import validators
from triplary.server.protocol.negotiation import GRAPH_TYPES, chosen, with_charset
from triplary.server.protocol.requests import address
from triplary.server.settings import Settings
from triplary.store.documents import write
from triplary.store.formats import FORMATS
from triplary.terms import IRI, XSD, Literal, Statement, Term

__all__ = ["describe_service"]

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
_FORMAT: Final = "http://www.w3.org/ns/formats/"
_INPUTS: Final = ("Turtle", "TriG", "N-Triples", "N-Quads", "RDF_XML", "JSON-LD")
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    *_INPUTS,
)  # fmt: skip


def describe_service(request: Request, settings: Settings, *, writes: bool) -> Response:
    """The description in the RDF format that the request accepts; Turtle where it says nothing."""
    media_type = chosen(request, GRAPH_TYPES, "the description of the service")
    output = io.BytesIO()
    state = request.app.state
    statements = _statements(state.kg, address(request), settings, writes=writes)
    write(statements, output, format=FORMATS[GRAPH_TYPES[media_type]])
    headers = {
        "Content-Type": with_charset(media_type), "Vary": "Accept",
        **validators(state.version),
    }  # fmt: skip
    return Response(output.getvalue(), headers=headers)


def _statements(
    kg: KnowledgeGraph, endpoint: str, settings: Settings, *, writes: bool
) -> list[Statement]:
    service, dataset, default = (
        IRI(f"{endpoint}{end}") for end in ("#service", "#dataset", "#default-graph")
    )
    triples: list[tuple[IRI, IRI, Term]] = [
        (service, RDF_TYPE, IRI(SD + "Service")),
        (service, IRI(SD + "endpoint"), IRI(endpoint)),
        (service, IRI(SD + "supportedLanguage"), IRI(SD + "SPARQL11Query")),
        (service, IRI(SD + "defaultDataset"), dataset),
        (dataset, RDF_TYPE, IRI(SD + "Dataset")),
        (dataset, IRI(SD + "defaultGraph"), default),
        (default, RDF_TYPE, IRI(SD + "Graph")),
        (dataset, IRI(RDFS + "seeAlso"), IRI(urljoin(endpoint, "/data/void"))),
    ]
    exact = settings.default_graph == "exact"
    feature = "EmptyGraphs" if exact else "UnionDefaultGraph"
    triples.append((service, IRI(SD + "feature"), IRI(SD + feature)))
    if settings.allow_service:
        triples.append((service, IRI(SD + "feature"), IRI(SD + "BasicFederatedQuery")))
    for name in _RESULTS:
        triples.append((service, IRI(SD + "resultFormat"), IRI(_FORMAT + name)))
    if writes:
        triples.append((service, IRI(SD + "supportedLanguage"), IRI(SD + "SPARQL11Update")))
        for name in _INPUTS:
            triples.append((service, IRI(SD + "inputFormat"), IRI(_FORMAT + name)))
    for graph in kg.store.graphs():
        if not isinstance(graph, IRI):
            continue
        count = sum(1 for _ in kg.store.statements(graph=graph))
        described = IRI(f"{endpoint}#graph-{quote(graph.value, safe='')}")
        triples += [
            (dataset, IRI(SD + "namedGraph"), described),
            (described, RDF_TYPE, IRI(SD + "NamedGraph")),
            (described, IRI(SD + "name"), graph),
            (described, IRI(VOID + "triples"), Literal(str(count), XSD + "integer")),
        ]
    return [Statement(*triple) for triple in triples]
