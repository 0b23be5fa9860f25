"""The service describes itself: SPARQL 1.1 Service Description, line by line."""

import pytest

from rooms.server.asking import Client
from rooms.server.conftest import BEARER
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMAT = "http://www.w3.org/ns/formats/"
RDF_TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SERVICE = IRI("http://testserver/sparql#service")


def described(client: Client, accept: str = "text/turtle") -> OxigraphStore:
    found = client.get("/sparql", headers={"Accept": accept})
    assert found.status_code == 200, found.text
    kind = found.headers["content-type"].partition(";")[0]
    store = OxigraphStore()
    format = next(format for format in FORMATS.values() if format.media_type == kind)
    store.load(found.content, name="description", format=format)
    return store


def objects(store: OxigraphStore, name: str) -> set[str]:
    found = store.statements(None, IRI(SD + name))
    return {str(statement.object).removeprefix(SD).removeprefix(FORMAT) for statement in found}


@pytest.mark.parametrize("accept", [format.media_type for format in FORMATS.values()])
def test_it_is_served_in_every_format(client: Client, accept: str) -> None:
    """Service Description §2, §5 — GET `/sparql` without a query gives the description, in each of
    the six formats of RDF.
    """
    assert objects(described(client, accept), "endpoint") == {"http://testserver/sparql"}


def test_the_service_and_its_endpoint(client: Client) -> None:
    """Service Description §3.2.1, §3.3.1, §5 — there is one `sd:Service`, and its `sd:endpoint` is
    the address that was asked.
    """
    store = described(client)
    assert IRI(SD + "Service") in {s.object for s in store.statements(SERVICE, RDF_TYPE)}
    assert objects(store, "endpoint") == {"http://testserver/sparql"}


def test_update_is_a_language_where_writing_is_on(client: Client, writer: Client) -> None:
    """Service Description §3.2.10 — `sd:supportedLanguage` is SPARQL 1.1 Query and, where writing
    is on, SPARQL 1.1 Update.
    """
    assert objects(described(client), "supportedLanguage") == {"SPARQL11Query"}
    assert objects(described(writer), "supportedLanguage") == {"SPARQL11Query", "SPARQL11Update"}


def test_the_formats_out_and_in(client: Client, writer: Client) -> None:
    """Service Description §3.2.14, §3.2.15 — `sd:resultFormat` lists the formats of answers;
    `sd:inputFormat` those of bodies, where writing is on.
    """
    graphs = {"Turtle", "TriG", "N-Triples", "N-Quads", "RDF_XML", "JSON-LD"}
    tables = {f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV")}
    assert objects(described(client), "resultFormat") == graphs | tables
    assert objects(described(client), "inputFormat") == set()
    assert objects(described(writer), "inputFormat") == graphs


def test_the_features_are_those_of_the_default_graph(client: Client, exact_client: Client) -> None:
    """Service Description §3.2.2, §3.4.5, §3.4.7 — `sd:feature` is `sd:UnionDefaultGraph`; of an
    exact server, `sd:EmptyGraphs`.
    """
    assert "UnionDefaultGraph" in objects(described(client), "feature")
    assert "UnionDefaultGraph" not in objects(described(exact_client), "feature")
    assert "EmptyGraphs" in objects(described(exact_client), "feature")


def test_the_dataset_has_a_default_graph(client: Client) -> None:
    """Service Description §3.2.12, §3.2.16, §3.3.9 — `sd:defaultDataset` is a dataset that has an
    `sd:defaultGraph`.
    """
    store = described(client)
    ((dataset,), (default,)) = (
        {s.object for s in store.statements(subject, IRI(SD + name))}
        for subject, name in ((SERVICE, "defaultDataset"), (None, "defaultGraph"))
    )
    kinds = {s.subject: s.object for s in store.statements(None, RDF_TYPE)}
    assert (kinds[dataset], kinds[default]) == (IRI(SD + "Dataset"), IRI(SD + "Graph"))
    linked = {s.subject for s in store.statements(None, IRI(SD + "defaultGraph"))}
    assert linked == {dataset}


def test_the_dataset_names_its_graphs(writer: Client) -> None:
    """Service Description §3.2.17, §3.2.18 — `sd:namedGraph` lists the graphs there are, each with
    its `sd:name`; a write adds to them.
    """
    assert objects(described(writer), "name") == set()
    headers = {**BEARER, "Content-Type": "text/turtle"}
    writer.put("/store?graph=http://x.org/g", content="<a:a> <a:b> 1 .", headers=headers)
    assert objects(described(writer), "name") == {"http://x.org/g"}
