"""The data to take home: files, their checksums, the catalogue and the counts."""

import gzip
import hashlib
import io
import json
import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from rooms.server.asking import Client
from rooms.store.pool import forked
from triplary.index.usage import Joined
from triplary.kg import KnowledgeGraph
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.store.worker import Workers
from triplary.terms import IRI

PUBLIC = "https://kg.example"
DATA = """
@prefix : <https://x.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix graph: <https://x.org/graph/> .
graph:people { :Ada a :Person ; :knows :Bob, :Cat ; :born "1815"^^xsd:gYear ; rdfs:label "Ada"@en .
  :Bob a :Person ; :knows :Ada . :Cat a :Animal, :Pet . }
graph:again { :Ada a :Person . [] rdfs:label "nobody" . }
graph:void { :Ada rdfs:seeAlso :Bob . }
graph:sources { graph:people dcterms:title "People"@en, "人"@zh ; dcterms:publisher "Ours" ;
  dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;
  dcterms:issued "2026-11-01"^^xsd:date . }
""".encode()
X = "https://x.org/"
DCAT, VOID, DCT = (
    "http://www.w3.org/ns/dcat#",
    "http://rdfs.org/ns/void#",
    "http://purl.org/dc/terms/",
)


async def ended(workers: Workers) -> None:
    workers.close()


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    store = OxigraphStore()
    store.load(DATA, name="people.trig", format=FORMATS["trig"])
    return store


@pytest.fixture(scope="module")
def people(store: OxigraphStore) -> Iterator[Client]:
    workers = forked(store)
    app = create_app(KnowledgeGraph(store), workers, Settings(public_url=PUBLIC))
    with Client(app) as client:
        yield client
        client.run(ended(workers))


def triples(data: bytes, format: ox.RdfFormat = ox.RdfFormat.TURTLE) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(data, format)}


@pytest.mark.parametrize(
    ("suffix", "format"),
    [
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("ttl", ox.RdfFormat.TURTLE),
        ("trig", ox.RdfFormat.TRIG),
        ("nq", ox.RdfFormat.N_QUADS),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_named_graph_is_whole_in_every_format(
    people: Client, store: OxigraphStore, suffix: str, format: ox.RdfFormat
) -> None:
    answer = people.get(f"/data/people.{suffix}")
    expected = io.BytesIO()
    store.dump(expected, format=FORMATS["ntriples"], graph=IRI(X + "graph/people"))
    assert answer.headers["content-type"].partition(";")[0] == format.media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="people.{suffix}"'
    assert triples(answer.content, format) == triples(expected.getvalue(), ox.RdfFormat.N_TRIPLES)
    packed = people.get(f"/data/people.{suffix}.gz", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in packed.headers
    assert gzip.decompress(packed.content) == answer.content


def test_everything_is_one_file(people: Client) -> None:
    quads = list(ox.parse(people.get("/data/all.nq").content, ox.RdfFormat.N_QUADS))
    merged = list(ox.parse(people.get("/data/all.nt").content, ox.RdfFormat.N_TRIPLES))
    assert len(quads) == 17
    assert len(merged) == 16  # one triple stands in two graphs


def test_the_checksum_is_that_of_the_file(people: Client) -> None:
    for file in ("all.nq", "people.ttl", "again.jsonld"):
        told = people.get(f"/data/{file}.sha256")
        body = people.get(f"/data/{file}").content
        assert told.text == f"{hashlib.sha256(body).hexdigest()}  {file}\n"


def test_a_file_links_to_its_licence_and_catalogue(people: Client) -> None:
    assert people.get("/data/people.ttl").headers["link"] == (
        f'<{PUBLIC}/data/>; rel="collection",'
        f' <{PUBLIC}/data/catalog.ttl>; rel="describedby"; type="text/turtle",'
        ' <https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"'
    )


def test_who_has_a_file_is_told_so(people: Client) -> None:
    first = people.get("/data/people.ttl")
    again = people.get("/data/people.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/data/nobody.ttl", "/data/people.pdf", "/data/people", "/data/x.ttl.gz.gz"]
)
def test_what_is_no_file_is_not_found(people: Client, path: str) -> None:
    answer = people.get(path)
    assert (answer.status_code, answer.json()["kind"]) == (404, "file")


def test_a_graph_called_as_a_page_of_ours_keeps_its_iri(people: Client) -> None:
    answer = people.get("/data/https%3A%2F%2Fx.org%2Fgraph%2Fvoid.nt")
    assert answer.text == (
        "<https://x.org/Ada> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <https://x.org/Bob> .\n"
    )


@pytest.mark.parametrize(("language", "title"), [("en", "People"), ("zh", "人")])
def test_the_page_says_all_of_each_file(people: Client, language: str, title: str) -> None:
    html = people.get(f"/data/?language={language}", headers={"Accept": "text/html"}).text
    body = people.get("/data/people.ttl").content
    assert f"<h2>{title}</h2>" in html
    assert f"<code>{hashlib.sha256(body).hexdigest()}</code>" in html
    assert f"<td>{len(body):,}</td>" in html
    assert '<a href="/data/people.ttl.gz">' in html
    assert "Ours" in html
    assert "publicdomain/zero" in html


def test_the_page_tells_search_engines_of_the_data_sets(people: Client) -> None:
    html = people.get("/data/", headers={"Accept": "text/html"}).text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    told = json.loads(found[0])
    assert told["@type"] == "DataCatalog"
    assert next(each for each in told["dataset"] if each["name"] == "People") == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": X + "graph/people",
        "url": f"{PUBLIC}/data/#people",
        "name": "People",
        "description": "People: 9 statements in RDF.",
        "version": people.get("/data/").headers["triplary-version"],
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": "Ours"},
        "creator": {"@type": "Organization", "name": "Ours"},
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "dateModified": "2026-11-01",
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{PUBLIC}/data/people.{suffix}",
                "encodingFormat": media_type,
            }
            for suffix, media_type in (
                ("nt", "application/n-triples"),
                ("ttl", "text/turtle"),
                ("trig", "application/trig"),
                ("nq", "application/n-quads"),
                ("jsonld", "application/ld+json"),
                ("rdf", "application/rdf+xml"),
            )
        ],
    }


def values(store: ox.Store, subject: str, predicate: str) -> set[str]:
    found = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
    return {getattr(quad.object, "value", "") for quad in found}


def test_the_catalogue_is_dcat(people: Client) -> None:
    store, graph = ox.Store(), X + "graph/people"
    store.load(people.get("/data/", headers={"Accept": "text/turtle"}).content, ox.RdfFormat.TURTLE)
    file = f"{PUBLIC}/data/people.ttl"
    body = people.get("/data/people.ttl").content
    assert values(store, f"{PUBLIC}/data/", DCAT + "dataset") == {
        f"{PUBLIC}/data/all", graph, X + "graph/again", X + "graph/void", X + "graph/sources",
    }  # fmt: skip
    assert values(store, graph, DCT + "title") == {"People", "人"}
    assert values(store, graph, DCT + "publisher") == {"Ours"}
    assert values(store, graph, DCT + "license") == {
        "https://creativecommons.org/publicdomain/zero/1.0/"
    }
    assert len(values(store, graph, DCAT + "distribution")) == 6
    assert values(store, file, DCAT + "byteSize") == {str(len(body))}
    assert values(store, f"{file}#sha256", "http://spdx.org/rdf/terms#checksumValue") == {
        hashlib.sha256(body).hexdigest()
    }


def test_void_counts_classes_properties_and_what_joins_them(people: Client) -> None:
    store = ox.Store()
    store.load(people.get("/data/void.ttl").content, ox.RdfFormat.TURTLE)
    whole = f"{PUBLIC}/data/all"
    assert values(store, whole, VOID + "triples") == {"16"}
    assert values(store, whole, VOID + "classes") == {"3"}
    assert values(store, whole, VOID + "sparqlEndpoint") == {f"{PUBLIC}/sparql"}
    assert values(store, whole, VOID + "subset") >= {X + "graph/people"}
    classes = partitions(store, whole, VOID + "classPartition", VOID + "class")
    assert {iri: values(store, part, VOID + "entities") for iri, part in classes.items()} == {
        X + "Person": {"2"}, X + "Animal": {"1"}, X + "Pet": {"1"},
    }  # fmt: skip
    properties = partitions(
        store, classes[X + "Person"], VOID + "propertyPartition", VOID + "property"
    )
    knows = properties[X + "knows"]
    assert values(store, knows, VOID + "triples") == {"3"}
    ends = partitions(store, knows, VOID + "classPartition", VOID + "class")
    assert {iri: values(store, part, VOID + "triples") for iri, part in ends.items()} == {
        X + "Person": {"2"}, X + "Animal": {"1"}, X + "Pet": {"1"},
    }  # fmt: skip
    born = properties[X + "born"]
    ext = "http://ldf.fi/void-ext#"
    years = partitions(store, born, ext + "datatypePartition", ext + "datatype")
    assert list(years) == ["http://www.w3.org/2001/XMLSchema#gYear"]


def partitions(store: ox.Store, of: str, by: str, called: str) -> dict[str, str]:
    """The partitions of a data set, by what each is of."""
    return {name: part for part in values(store, of, by) for name in values(store, part, called)}


def test_class_to_class_links_are_counted_once_for_each_triple(store: OxigraphStore) -> None:
    links = KnowledgeGraph(store).index.usage.links
    assert links[IRI(X + "Person")][0] == Joined(
        IRI(X + "knows"),
        3,
        ((IRI(X + "Person"), 2), (IRI(X + "Animal"), 1), (IRI(X + "Pet"), 1)),
        (),
    )


@pytest.mark.parametrize(
    ("accept", "suffix"), [("", "ttl"), ("text/html", "ttl"), ("application/ld+json", "jsonld")]
)
def test_void_is_where_it_is_looked_for(people: Client, accept: str, suffix: str) -> None:
    answer = people.get("/.well-known/void", headers={"Accept": accept})
    location = f"{PUBLIC}/data/void.{suffix}"
    assert (answer.status_code, answer.headers["location"]) == (302, location)


def test_the_service_description_links_to_it(people: Client) -> None:
    store = ox.Store()
    told = people.get("/sparql", headers={"Accept": "text/turtle"}).content
    store.load(told, ox.RdfFormat.TURTLE)
    see = values(store, f"{PUBLIC}/sparql#dataset", "http://www.w3.org/2000/01/rdf-schema#seeAlso")
    assert see == {f"{PUBLIC}/data/void"}
