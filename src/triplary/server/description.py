"""The SPARQL 1.1 Service Description of this endpoint (https://www.w3.org/TR/sparql11-service-description/)."""

import io
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from triplary.kg import KnowledgeGraph
from triplary.ontology import RDF_TYPE
from triplary.server.negotiation import best
from triplary.server.settings import Settings
from triplary.store.documents import write
from triplary.store.formats import FORMATS
from triplary.terms import IRI, XSD, Literal, Statement, Term

__all__ = ["describe_service"]

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
_FORMAT: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "TriG", "N-Triples", "N-Quads", "RDF_XML", "JSON-LD",
)  # fmt: skip


def describe_service(kg: KnowledgeGraph, request: Request, settings: Settings) -> Response:
    """The description in the RDF format that the request accepts; Turtle where it says nothing."""
    media_types = {format.media_type: format for format in FORMATS.values()}
    chosen = best(request.headers.get("accept", ""), tuple(media_types)) or "text/turtle"
    output = io.BytesIO()
    endpoint = str(request.url.replace(query="", fragment=""))
    write(_statements(kg, endpoint, settings), output, format=media_types[chosen])
    return Response(output.getvalue(), media_type=chosen, headers={"Vary": "Accept"})


def _statements(kg: KnowledgeGraph, endpoint: str, settings: Settings) -> list[Statement]:
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
    ]
    if settings.default_graph == "union":
        triples.append((service, IRI(SD + "feature"), IRI(SD + "UnionDefaultGraph")))
    for name in _RESULTS:
        triples.append((service, IRI(SD + "resultFormat"), IRI(_FORMAT + name)))
    for graph in kg.store.graphs():
        if not isinstance(graph, IRI):
            continue
        count = sum(1 for _ in kg.store.statements(graph=graph))
        described = IRI(f"{endpoint}#graph-{graph.local_name}")
        triples += [
            (dataset, IRI(SD + "namedGraph"), described),
            (described, RDF_TYPE, IRI(SD + "NamedGraph")),
            (described, IRI(SD + "name"), graph),
            (described, IRI(VOID + "triples"), Literal(str(count), XSD + "integer")),
        ]
    return [Statement(*triple) for triple in triples]
