"""The query that finds what is on the screen: run on the same graph, it finds that and no more."""

import re
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib

from rooms.view.samples import BAIDU, SUBGRAPH, hostile, star, three
from triplary.kg import open_graph
from triplary.ontology import bundled
from triplary.query import form
from triplary.render import FORMATS, render
from triplary.render.sparql import sparql
from triplary.terms import IRI, BlankNode, Edge, Entity, Subgraph
from triplary.view import make

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SOME = ("claims", "article", "facts", "lfai", "llms-in-china")
PARTS = {RDF + "subject", RDF + "predicate", RDF + "object"}


@pytest.fixture(scope="module")
def kg():
    return open_graph()


@pytest.fixture(scope="module")
def slow():
    """Some of the atlas' files, in rdflib."""
    graph = rdflib.Graph()
    for name in SOME:
        graph.parse(bundled("graph") / f"{name}.ttl", format="turtle")
    return graph


def pictures(kg):
    return {
        "opening": kg.opening().view(),
        "Baidu": kg.expand("Baidu").view(title="Around\nBaidu", language="zh"),
        "paths": kg.paths("Baidu", "OECD").view(),
        "compare": kg.compare("Ernie Bot", "GPT-4").view(),
        "nothing": make(Subgraph()),
    }


def expected(view):
    stated = {
        (str(edge.subject), str(edge.predicate), str(edge.object))
        for edge in view.drawn_edges()
        if edge.stated
    }
    claimed = {
        (str(edge.subject), str(edge.predicate), str(edge.object), edge.verdict)
        for edge in view.drawn_edges()
        if not edge.stated
    }
    return stated, claimed


def found(triples):
    """The triples that are parts of no claim, and the edges that claims say, with a verdict."""
    stated, claims = set(), {}
    for subject, predicate, object in triples:
        if predicate in PARTS or predicate.endswith("#verdict"):
            ends = claims.setdefault(subject, {})
            ends.setdefault(predicate.rpartition("#")[2], []).append(object)
        else:
            stated.add((subject, predicate, object))
    claimed = {
        (subject, predicate, object, ends["verdict"][0])
        for ends in claims.values()
        for subject in ends["subject"]
        for predicate in ends["predicate"]
        for object in ends["object"]
    }
    return stated, claimed


@pytest.mark.parametrize("name", ["opening", "Baidu", "paths", "compare", "nothing"])
def test_it_finds_the_edges_of_the_view_and_no_other(kg, name):
    view = pictures(kg)[name]
    text = sparql(view)
    assert form(text) == "CONSTRUCT"
    triples = [(str(s.subject), str(s.predicate), str(s.object)) for s in kg.query(text)]
    stated, claimed = found(triples)
    wanted_stated, wanted_claimed = expected(view)
    assert stated == wanted_stated
    # Several claims may say one edge; the edge has the least favourable verdict of them.
    assert {edge[:3] for edge in claimed} == {edge[:3] for edge in wanted_claimed}
    assert wanted_claimed <= claimed


def test_rdflib_finds_the_same(kg, slow):
    view = kg.expand("Ernie Bot").view()
    text = sparql(view)
    assert " UNION " in text
    stated, claimed = found([tuple(map(str, triple)) for triple in slow.query(text)])
    here = {
        (str(edge.subject), str(edge.predicate), str(edge.object))
        for edge in view.drawn_edges()
        if any(
            (edge.subject, edge.predicate, edge.object) == (s.subject, s.predicate, s.object)
            and str(s.graph).rpartition("/")[2] in SOME
            for s in kg.store.statements(edge.subject, edge.predicate, edge.object)
        )
    }
    assert (stated, claimed) == (here, expected(view)[1])
    assert len(stated) > 3


def test_it_is_written_to_be_read():
    assert (
        sparql(three(filters=[("verdict", "-stale")], as_of="2024"))
        == """\
# Around Baidu
# 3 entities and 3 edges.
# As of 2024.
# Without verdict: claim, stale.
# Source: Notable AI models, Epoch AI, CC BY 4.0, 2026-01-15 https://epoch.ai/data
# Source: The article, consultancycircle.com, 2023-11 https://consultancycircle.com/
PREFIX id: <https://w3id.org/triplary/id/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX tri: <https://w3id.org/triplary/ontology#>
CONSTRUCT {
  ?subject ?predicate ?object .
  ?claim rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to ; tri:verdict ?verdict .
}
WHERE {
  {
    # What a source states.
    VALUES (?subject ?predicate ?object) {
      (id:Ernie_Bot tri:developedBy id:Baidu)  # Ernie Bot · developed by · Baidu
      (id:Baidu tri:basedIn id:China)  # Baidu · based in · China
    }
    ?subject ?predicate ?object .
  } UNION {
    # What only a claim says, with what became of it when it was checked.
    VALUES (?from ?relation ?to) {
      (id:Ernie_Bot tri:licensedAs id:Baidu)  # Ernie Bot · licensed as · Baidu
    }
    ?claim rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to .
    OPTIONAL { ?claim tri:verdict ?verdict }
  }
}
"""
    )


def test_without_claims_it_is_short():
    text = sparql(make(replace(SUBGRAPH, edges=SUBGRAPH.edges[:1])))
    assert "UNION" not in text
    assert "rdf:" not in text
    assert text.count("\n") == 11


@pytest.mark.parametrize("view", [hostile(), make(star(30)), make(Subgraph())])
def test_no_text_gets_out_of_its_comment(view):
    text = sparql(view)
    ox.Store().query(text)
    bare = re.sub(r"#[^\n]*", "", re.sub(r"<[^>\n]*>", "", text))
    assert set(re.findall(r"[A-Z]{3,}", bare)) <= {
        "PREFIX", "CONSTRUCT", "WHERE", "VALUES", "UNION", "OPTIONAL",
    }  # fmt: skip


def test_what_cannot_be_named_is_counted():
    blank = Entity(BlankNode("b0"))
    near = IRI("http://x.org/near")
    edges = (Edge(BAIDU.iri, near, blank.iri), Edge(blank.iri, near, BAIDU.iri))
    text = sparql(make(Subgraph((BAIDU, blank), edges)))
    assert "# 2 edges end in a node without a name, which no query can ask for.\n" in text
    ox.Store().query(text)


def test_it_is_a_face():
    assert FORMATS[".rq"].media_type == "application/sparql-query"
    assert render(three(), "rq") == sparql(three()).encode()
