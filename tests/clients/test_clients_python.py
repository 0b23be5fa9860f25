"""SPARQLWrapper, rdflib's stores, pandas.read_csv, and plain HTTP as R's httr sends it."""

import csv
import io
import warnings
from typing import Any
from urllib.parse import urlencode

import httpx
import pandas
import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from clients.conftest import Served

with warnings.catch_warnings():
    # SPARQLWrapper 2.0 has docstrings with escapes that Python warns of when it compiles them.
    warnings.simplefilter("ignore")
    import SPARQLWrapper

PREFIXES = """
PREFIX : <https://w3id.org/triplary/ontology#>
PREFIX id: <https://w3id.org/triplary/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
COMPANIES = (
    PREFIXES
    + """
SELECT ?company ?label { ?company a :Company ; rdfs:label ?label } ORDER BY ?company ?label
"""
)
ID = "https://w3id.org/triplary/id/"
LABELS = [("Baidu", "Baidu", "en"), ("Baidu", "百度", "zh"), ("OpenAI", "OpenAI", "en")]
MODELS = PREFIXES + "CONSTRUCT WHERE { ?model :developedBy ?company }"
BUILT = {(f"{ID}ERNIE", f"{ID}Baidu"), (f"{ID}GPT-4", f"{ID}OpenAI")}
DEVELOPED = rdflib.URIRef("https://w3id.org/triplary/ontology#developedBy")


def wrapper(served: Served, query: str, format: str, method: str) -> Any:
    client = SPARQLWrapper.SPARQLWrapper(served.sparql)
    client.setQuery(query)
    client.setReturnFormat(format)
    client.setMethod(method)
    return client


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
def test_sparqlwrapper_reads_json(served: Served, method: str) -> None:
    found = wrapper(served, COMPANIES, SPARQLWrapper.JSON, method).queryAndConvert()
    assert found["head"] == {"vars": ["company", "label"]}
    assert found["results"]["bindings"] == [
        {
            "company": {"type": "uri", "value": ID + name},
            "label": {"type": "literal", "value": label, "xml:lang": language},
        }
        for name, label, language in LABELS
    ]


def test_sparqlwrapper_reads_xml(served: Served) -> None:
    found = wrapper(served, COMPANIES, SPARQLWrapper.XML, SPARQLWrapper.GET).queryAndConvert()
    literals = [
        (node.firstChild.data, node.getAttribute("xml:lang"))
        for node in found.getElementsByTagName("literal")
    ]
    assert literals == [(label, language) for _, label, language in LABELS]


def test_sparqlwrapper_reads_csv(served: Served) -> None:
    found = wrapper(served, COMPANIES, SPARQLWrapper.CSV, SPARQLWrapper.GET).queryAndConvert()
    assert list(csv.reader(io.StringIO(found.decode("utf-8")))) == [
        ["company", "label"],
        *([ID + name, label] for name, label, _ in LABELS),
    ]


@pytest.mark.parametrize(
    "format", [SPARQLWrapper.TURTLE, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD, SPARQLWrapper.N3]
)
def test_sparqlwrapper_reads_a_graph(served: Served, format: str) -> None:
    answer = wrapper(served, MODELS, format, SPARQLWrapper.GET).query()
    graph = rdflib.Graph()
    kind = answer.info()["content-type"].partition(";")[0]
    with warnings.catch_warnings():
        # rdflib's own JSON-LD reader makes what rdflib itself calls old.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        graph.parse(answer.response.read(), format=kind)
    assert {(str(s), str(o)) for s, o in graph.subject_objects(DEVELOPED)} == BUILT
    assert len(graph) == 2


def test_sparqlwrapper_asks(served: Served) -> None:
    query = PREFIXES + "ASK { id:ERNIE :developedBy id:Baidu }"
    found = wrapper(served, query, SPARQLWrapper.JSON, SPARQLWrapper.GET).queryAndConvert()
    assert found == {"head": {}, "boolean": True}


def test_sparqlwrapper_hears_of_a_bad_query(served: Served) -> None:
    client = wrapper(served, "SELECT * { ?s ?p }", SPARQLWrapper.JSON, SPARQLWrapper.GET)
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="line 1, column 19"):
        client.query()


def test_sparqlwrapper_writes_with_the_token(empty: Served) -> None:
    client = SPARQLWrapper.SPARQLWrapper(empty.sparql)
    client.setMethod(SPARQLWrapper.POST)
    client.setQuery("INSERT DATA { <https://x.org/a> <https://x.org/p> 1 }")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.Unauthorized):
        client.query()
    client.addCustomHttpHeader("Authorization", f"Bearer {empty.token}")
    assert client.query().response.status in (200, 204)
    asked = wrapper(empty, "SELECT * { ?s ?p ?o }", SPARQLWrapper.JSON, SPARQLWrapper.GET)
    assert len(asked.queryAndConvert()["results"]["bindings"]) == 1


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_queries_as_if_the_graph_were_here(served: Served, method: Any) -> None:
    graph = rdflib.Graph(SPARQLStore(served.sparql, method=method))
    found = [
        (str(row.company), str(row.label), row.label.language) for row in graph.query(COMPANIES)
    ]
    assert found == [(ID + name, label, language) for name, label, language in LABELS]


def test_rdflib_walks_the_graph(served: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(served.sparql))
    ernie = rdflib.URIRef(ID + "ERNIE")
    assert (ernie, DEVELOPED, rdflib.URIRef(ID + "Baidu")) in graph
    assert {(str(s), str(o)) for s, _, o in graph.triples((None, DEVELOPED, None))} == BUILT
    assert graph.value(ernie, DEVELOPED) == rdflib.URIRef(ID + "Baidu")
    assert len(graph) == 48  # of 49 statements, one triple stands in two graphs


def test_rdflib_reads_one_named_graph(served: Served) -> None:
    name = rdflib.URIRef("https://w3id.org/triplary/graph/companies")
    companies = rdflib.Graph(SPARQLStore(served.sparql), name)
    assert {str(s) for s in companies.subjects(rdflib.RDF.type)} == {
        ID + "Baidu", ID + "OpenAI", ID + "China", ID + "United_States",
    }  # fmt: skip


def test_rdflib_writes_and_reads_back(empty: Served) -> None:
    store = SPARQLUpdateStore(
        empty.sparql, empty.sparql, headers={"Authorization": f"Bearer {empty.token}"}
    )
    graph = rdflib.Graph(store, DATASET_DEFAULT_GRAPH_ID)
    x = rdflib.Namespace("https://x.org/")
    graph.add((x.a, x.name, rdflib.Literal('百度 "quoted"\n', lang="zh")))
    graph.add((x.a, x.knows, x.b))
    graph.remove((x.a, x.knows, x.b))
    assert list(graph) == [(x.a, x.name, rdflib.Literal('百度 "quoted"\n', lang="zh"))]


def test_pandas_reads_a_query_as_a_table(served: Served) -> None:
    query = (
        PREFIXES
        + """
SELECT ?model ?parameters ?released ?open { ?model a :Model
  OPTIONAL { ?model :parameters ?parameters ; :released ?released ; :open ?open } } ORDER BY ?model
"""
    )
    # pandas itself asks for nothing in particular: the header is what its user says.
    address = f"{served.sparql}?{urlencode({'query': query})}"
    table = pandas.read_csv(
        address, storage_options={"Accept": "text/csv"}, parse_dates=["released"]
    )
    assert list(table.columns) == ["model", "parameters", "released", "open"]
    assert list(table["model"]) == [ID + "ERNIE", ID + "GPT-4"]
    assert table["parameters"].tolist()[0] == 260
    assert table["parameters"].isna().tolist() == [False, True]
    assert str(table["released"][0].date()) == "2023-03-16"
    assert table["open"][0] in (False, "false")


def test_pandas_reads_a_packed_answer(served: Served) -> None:
    address = f"{served.sparql}?{urlencode({'query': COMPANIES})}"
    table = pandas.read_csv(
        address, storage_options={"Accept": "text/csv", "Accept-Encoding": "gzip"}
    )
    assert table["label"].tolist() == [label for _, label, _ in LABELS]


def test_plain_http_as_r_sends_it(served: Served) -> None:
    """httr: GET with a query, `accept("text/csv")`, libcurl's encodings, and a second, held GET."""
    headers = {
        "User-Agent": "libcurl/8.5.0 r-curl/5.2.1 httr/1.4.7",
        "Accept": "text/csv, */*;q=0.1",
        "Accept-Encoding": "deflate, gzip, br, zstd",
    }
    first = httpx.get(served.sparql, params={"query": COMPANIES}, headers=headers)
    assert first.headers["content-type"] == "text/csv; charset=utf-8"
    assert first.headers["content-encoding"] == "zstd"
    assert list(csv.reader(io.StringIO(first.text)))[1:] == [
        [ID + name, label] for name, label, _ in LABELS
    ]
    held = {**headers, "If-None-Match": first.headers["etag"]}
    again = httpx.get(served.sparql, params={"query": COMPANIES}, headers=held)
    assert (again.status_code, again.content) == (304, b"")


def test_linked_data_is_followed_as_rdflib_follows_it(served: Served) -> None:
    graph = rdflib.Graph().parse(f"{served.address}/id/Baidu")
    baidu = rdflib.URIRef(ID + "Baidu")
    assert set(graph.objects(baidu, rdflib.RDFS.label)) == {
        rdflib.Literal("Baidu", lang="en"), rdflib.Literal("百度", lang="zh"),
    }  # fmt: skip


def test_who_holds_an_answer_hears_of_a_write(empty: Served) -> None:
    asked = {"query": "SELECT ?s ?p ?o { ?s ?p ?o }"}
    token = {"Authorization": f"Bearer {empty.token}"}
    written = {"update": "INSERT DATA { <https://x.org/a> <https://x.org/p> 1 }"}
    page = f"{empty.address}/data/void.nt"
    with httpx.Client(headers={"Accept": "text/csv"}) as client:
        first, counts = client.get(empty.sparql, params=asked), client.get(page)
        held = {"If-None-Match": first.headers["etag"]}
        assert client.get(empty.sparql, params=asked, headers=held).status_code == 304
        assert client.post(empty.sparql, data=written, headers=token).is_success
        second = client.get(empty.sparql, params=asked, headers=held)
        again = client.get(page, headers={"If-None-Match": counts.headers["etag"]})
    assert (first.text, second.text) == (
        "s,p,o\r\n",
        "s,p,o\r\nhttps://x.org/a,https://x.org/p,1\r\n",
    )
    assert second.headers["triplary-version"] == again.headers["triplary-version"]
    assert second.headers["triplary-version"] != first.headers["triplary-version"]
    assert again.status_code == 200
    assert '/data/all> <http://rdfs.org/ns/void#triples> "1"' in again.text
