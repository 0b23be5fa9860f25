"""Each IRI of the graph answers: in every format, with links, and by 303 where it is an entity."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from rooms.server.asking import Client
from rooms.store.pool import forked
from triplary.kg import KnowledgeGraph
from triplary.server import linked, markup, sitemap
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.store.worker import Workers
from triplary.terms import IRI
from triplary.view.names import page

PUBLIC = "https://kg.example"
OWN = rb"""
@prefix : <https://kg.example/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
:Ada a schema:Person ; rdfs:label "Ada </script><b>", "Ada"@de ;
  schema:knows :Bob, [ rdfs:label "x" ] ;
  owl:sameAs <http://www.wikidata.org/entity/Q7259>, "no IRI" ; rdfs:comment "Counts & more." .
:Bob rdfs:label "Bob" .
<https://kg.example/entity/Cy> rdfs:label "Cy" .
"""


async def ended(workers: Workers) -> None:
    workers.close()


@pytest.fixture(scope="module")
def own() -> Iterator[Client]:
    """A server whose own address is the namespace of its data."""
    store = OxigraphStore()
    store.load(OWN, name="own.ttl", format=FORMATS["turtle"], graph=IRI(f"{PUBLIC}/graph/people"))
    workers = forked(store)
    app = create_app(KnowledgeGraph(store), workers, Settings(public_url=PUBLIC))
    with Client(app) as client:
        yield client
        client.run(ended(workers))


def test_every_iri_of_the_atlas_stands_for_itself(atlas: KnowledgeGraph) -> None:
    iris = {
        term
        for statement in atlas.store.statements()
        for term in (statement.subject, statement.predicate, statement.object, statement.graph)
        if isinstance(term, IRI)
    }
    assert len(iris) > 10_000
    found = [iri for iri in iris if linked._named(atlas, str(iri)).iri != iri]
    assert found == []


@pytest.mark.parametrize(
    ("suffix", "format"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("trig", ox.RdfFormat.TRIG),
        ("nq", ox.RdfFormat.N_QUADS),
    ],
)
def test_a_description_is_the_same_in_every_format(
    own: Client, suffix: str, format: ox.RdfFormat
) -> None:
    address = f"/entity/{quote(PUBLIC + '/id/Ada', safe='')}"
    by_suffix = own.get(f"{address}.{suffix}")
    by_accept = own.get(address, headers={"Accept": format.media_type})
    quads = list(ox.parse(by_suffix.content, format))
    assert by_suffix.headers["content-type"].startswith(format.media_type)
    assert len(quads) == len(list(ox.parse(by_accept.content, format))) == 9
    graphs = {str(quad.graph_name) for quad in quads}
    named = suffix in ("trig", "nq")
    assert graphs == ({f"<{PUBLIC}/graph/people>"} if named else {"DEFAULT"})


def test_a_blank_node_is_described_where_it_stands(own: Client) -> None:
    lines = own.get(f"/entity/{quote(PUBLIC + '/id/Ada', safe='')}.nt").text.splitlines()
    assert next(line for line in lines if line.startswith("_:")).endswith('"x" .')


def test_links_are_absolute_and_of_the_public_address(own: Client) -> None:
    address = f"/entity/{quote(PUBLIC + '/id/Ada', safe='')}"
    links = own.get(f"{address}.ttl").headers["link"].split(", ")
    there = PUBLIC + address
    assert links == [
        f'<{there}>; rel="canonical"',
        f'<{PUBLIC}/id/Ada>; rel="describes"',
        f'<{there}.ttl>; rel="describedby"; type="text/turtle"',
        f'<{there}.html>; rel="alternate"; type="text/html"',
        f'<{there}.ttl>; rel="alternate"; type="text/turtle"',
        f'<{there}.jsonld>; rel="alternate"; type="application/ld+json"',
        f'<{there}.nt>; rel="alternate"; type="application/n-triples"',
        f'<{there}.rdf>; rel="alternate"; type="application/rdf+xml"',
        f'<{there}.trig>; rel="alternate"; type="application/trig"',
        f'<{there}.nq>; rel="alternate"; type="application/n-quads"',
    ]


@pytest.mark.parametrize(
    ("path", "accept", "location"),
    [
        ("/id/Ada", "text/html", f"{PUBLIC}/entity/https%3A%2F%2Fkg.example%2Fid%2FAda"),
        ("/id/Ada", "text/turtle", f"{PUBLIC}/entity/https%3A%2F%2Fkg.example%2Fid%2FAda"),
        ("/entity/Cy", "text/turtle", f"{PUBLIC}/entity/https%3A%2F%2Fkg.example%2Fentity%2FCy"),
        ("/graph/people", "text/turtle", f"{PUBLIC}/data/people.ttl"),
        ("/graph/people", "application/n-quads;q=0.3", f"{PUBLIC}/data/people.nq"),
        (
            "/graph/people",
            "text/html",
            f"{PUBLIC}/entity/https%3A%2F%2Fkg.example%2Fgraph%2Fpeople",
        ),
    ],
)
def test_an_entity_of_our_own_namespace_is_seen_elsewhere(
    own: Client, path: str, accept: str, location: str
) -> None:
    answer = own.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, location)
    followed = own.get(location.removeprefix(PUBLIC), headers={"Accept": accept})
    assert followed.status_code == 200
    assert followed.headers["content-type"].partition(";")[0] == accept.partition(";")[0]


@pytest.mark.parametrize("path", ["/id/Nobody", "/graph/", "/nothing"])
def test_what_is_no_iri_here_is_not_found(own: Client, path: str) -> None:
    assert own.get(path).status_code == 404


def test_the_atlas_answers_under_its_own_namespace(visitor: Client) -> None:
    asked = ["/id/Baidu", "/ontology", "/claim/C001", "/graph/claims"]
    answers = [visitor.get(path, headers={"Accept": "text/turtle"}) for path in asked]
    assert [answer.headers.get("location") for answer in answers] == [
        "http://testserver/entity/Baidu",
        "http://testserver/data/ontology.ttl",
        "http://testserver/entity/https%3A%2F%2Fw3id.org%2Ftriplary%2Fclaim%2FC001",
        "http://testserver/data/claims.ttl",
    ]


@pytest.fixture(scope="module")
def visitor(atlas: KnowledgeGraph) -> Iterator[Client]:
    assert isinstance(atlas.store, OxigraphStore)
    workers = forked(atlas.store)
    with Client(create_app(atlas, workers, Settings())) as client:
        yield client
        client.run(ended(workers))


@pytest.mark.parametrize(
    ("iri", "title"),
    [
        ("https://w3id.org/triplary/ontology#Company", "Company"),
        ("https://w3id.org/triplary/ontology#developedBy", "developed by"),
        ("https://w3id.org/triplary/claim/C001", None),
        ("https://w3id.org/triplary/graph/claims", None),
        ("http://www.w3.org/ns/shacl#targetClass", None),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", None),
    ],
)
def test_classes_properties_claims_and_graphs_have_pages(
    visitor: Client, iri: str, title: str | None
) -> None:
    path = page(IRI(iri))
    html = visitor.get(path, headers={"Accept": "text/html"})
    turtle = visitor.get(f"{path}.ttl")
    assert (html.status_code, turtle.status_code) == (200, 200)
    if title:
        assert f"<h1>{title}</h1>" in html.text
    assert f'<link rel="canonical" href="http://testserver{path}">' in html.text


def test_a_property_says_how_often_it_is_used(visitor: Client, atlas: KnowledgeGraph) -> None:
    iri = IRI("http://www.w3.org/ns/shacl#targetClass")
    html = visitor.get(page(iri), headers={"Accept": "text/html"})
    count = re.search(r"<p>(\d+) statements use this property", html.text)
    assert count is not None
    assert int(count[1]) == len(list(atlas.store.statements(predicate=iri))) > 5
    assert "<img" not in html.text


def test_a_description_with_too_many_uses_says_so(visitor: Client) -> None:
    many = page(IRI("http://www.w3.org/2002/07/owl#Class"))
    model = page(IRI("https://w3id.org/triplary/ontology#AIModel"))
    few, cut = visitor.get(f"{many}.ttl"), visitor.get(f"{model}.ttl")
    assert few.headers["triplary-cut"] == "false"
    assert cut.headers["triplary-cut"] == "true"
    assert cut.text.endswith("# cut: more than 1000 statements have it as their object\n")
    nothing_more = list(ox.parse(cut.content, ox.RdfFormat.TURTLE))
    uses = [quad for quad in nothing_more if str(quad.object).endswith("#AIModel>")]
    assert len(uses) == 1000


def test_a_page_tells_search_engines_what_it_is_about(own: Client) -> None:
    address = f"/entity/{quote(PUBLIC + '/id/Ada', safe='')}"
    html = own.get(address, headers={"Accept": "text/html"}).text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    assert json.loads(found[0]) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"{PUBLIC}/id/Ada",
        "url": PUBLIC + address,
        "name": "Ada </script><b>",
        "alternateName": ["Ada"],
        "description": "Counts & more.",
        "sameAs": ["http://www.wikidata.org/entity/Q7259"],
        "subjectOf": [{"@type": "Dataset", "name": "people"}],
    }
    assert "Ada </script>" not in html


@pytest.mark.parametrize("text", ["</script>", "<!--", "a & b", "\u2028", '"\\'])
def test_a_data_block_holds_any_text(text: str) -> None:
    block = str(markup.block({"name": text}))
    assert json.loads(block) == {"name": text}
    assert not set("<>&\u2028").intersection(block)


def test_robots_are_told_where_the_pages_are(own: Client) -> None:
    lines = own.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {PUBLIC}/sitemap.xml"
    assert "Disallow: /api/" in lines


def test_the_sitemap_lists_every_page_with_the_date_of_the_version(own: Client) -> None:
    answer = own.get("/sitemap.xml")
    found = re.findall(r"<loc>(.*?)</loc><lastmod>(.*?)</lastmod>", answer.text)
    assert answer.headers["content-type"] == "application/xml"
    assert f"{PUBLIC}/" == found[0][0]
    assert f"{PUBLIC}/entity/https%3A%2F%2Fkg.example%2Fid%2FAda" in dict(found)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", date) for _, date in found)
    assert [own.get(address.removeprefix(PUBLIC)).status_code for address, _ in found[2:]] == [
        200
    ] * (len(found) - 2)


def test_a_long_sitemap_comes_in_parts(own: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = re.findall("<loc>(.*?)</loc>", own.get("/sitemap.xml").text)
    monkeypatch.setattr(sitemap, "PAGES_MOST", 4)
    parts = re.findall("<loc>(.*?)</loc>", own.get("/sitemap.xml").text)
    count = -(-len(whole) // 4)
    assert parts == [f"{PUBLIC}/sitemap-{part}.xml" for part in range(1, count + 1)]
    listed = [
        re.findall("<loc>(.*?)</loc>", own.get(part.removeprefix(PUBLIC)).text) for part in parts
    ]
    assert [address for part in listed for address in part] == whole
    assert own.get(f"/sitemap-{count + 1}.xml").status_code == 404


def test_the_page_of_a_named_graph_leads_to_its_files(own: Client) -> None:
    iri = f"{PUBLIC}/graph/people"
    html = own.get(f"/entity/{quote(iri, safe='')}", headers={"Accept": "text/html"}).text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    told = json.loads(found[0])
    assert (told["@type"], told["@id"], told["name"]) == ("Dataset", iri, "people")
    assert [file["contentUrl"] for file in told["distribution"]] == [
        f"{PUBLIC}/data/people.{suffix}" for suffix in ("nt", "ttl", "trig", "nq", "jsonld", "rdf")
    ]
    assert '<a class="button" href="/data/#people">' in html
