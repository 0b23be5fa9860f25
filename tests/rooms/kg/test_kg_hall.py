"""The hall: each verb takes names as people say them, and gives values that open other tools."""

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib

import triplary
from conformance.small import ID, SMALL, TRI
from triplary.errors import Ambiguous, BadParameter, NotFound
from triplary.kg import KnowledgeGraph, Picture, Rows
from triplary.store.rdflib import quiet
from triplary.terms import IRI, Entity, Literal, Statement, Table

BAIDU, ERNIE, OPENAI, CHINA = (IRI(ID + name) for name in ("Baidu", "ERNIE", "OpenAI", "China"))
DEVELOPED_BY = IRI(TRI + "developedBy")


@pytest.mark.parametrize("name", ["Baidu", "百度", "id:Baidu", ID + "Baidu", BAIDU, Entity(BAIDU)])
def test_an_entity_is_named_in_many_ways(small: KnowledgeGraph, name: Any) -> None:
    assert small.entity(name).iri == BAIDU
    assert small.describe(name).entity.iri == BAIDU
    assert small.expand(name).nodes[0].iri == BAIDU


def test_what_a_graph_says_of_itself(small: KnowledgeGraph) -> None:
    assert repr(small) == "<KnowledgeGraph: 48 triples, 5 named graphs, 3 classes>"
    assert small.version == small.store.version


def test_search_gives_the_best_first(small: KnowledgeGraph) -> None:
    assert small.search("百度").first().iri == BAIDU
    assert [m.entity.iri for m in small.search("baidu", classes=["Company"], limit=1)] == [BAIDU]
    assert small.search("baidu", classes=["Country"]) == ()
    with pytest.raises(NotFound):
        small.search("xyzzyx").first()


def test_expand_says_what_was_found_and_what_was_left_out(small: KnowledgeGraph) -> None:
    found = small.expand("Baidu", limit=1)
    assert next(node.iri for node in found) == BAIDU
    assert len(found) == 2
    assert sum(more.total - more.shown for more in found.more) > 0
    everything = small.expand("Baidu", "OpenAI", hops=2)
    assert everything.origin.parameters == (
        ("entity", str(BAIDU)), ("entity", str(OPENAI)), ("hops", "2"),
    )  # fmt: skip
    assert everything.origin.version == small.version
    assert {
        str(edge.predicate) for edge in small.expand("Baidu", predicates=["based in"]).edges
    } == {TRI + "basedIn"}
    assert ERNIE not in {node.iri for node in small.expand("Baidu", hops=2, without=["ERNIE"])}
    with pytest.raises(BadParameter):
        small.expand()


def test_a_claim_is_an_edge_with_its_verdict(small: KnowledgeGraph) -> None:
    edges = {(e.subject, e.object): e for e in small.expand("ERNIE").edges}
    assert (edges[ERNIE, OPENAI].verdict, edges[ERNIE, OPENAI].stated) == ("wrong", False)
    assert (edges[ERNIE, BAIDU].verdict, edges[ERNIE, BAIDU].stated) == ("stated", True)


def test_paths_are_sentences_with_their_source(small: KnowledgeGraph) -> None:
    found = small.paths("ERNIE", "China")
    assert next([node.iri for node in path.nodes] for path in found) == [ERNIE, BAIDU, CHINA]
    assert found.sentences()[0][0] == "ERNIE: developed by Baidu (Models)."
    assert small.paths("ERNIE", "China", forbid=["developedBy"]) == ()
    assert small.paths("ERNIE", "China", require=["basedIn"])[0].nodes[-1].iri == CHINA


def test_compare_says_what_is_shared_and_what_is_not(small: KnowledgeGraph) -> None:
    found = small.compare("Baidu", "OpenAI")
    assert (found.left.iri, found.right.iri) == (BAIDU, OPENAI)
    assert found.totals[0] == len(found.shared)
    assert [node.iri for node in found.found][:2] == [BAIDU, OPENAI]
    assert found.view(title="Both").title == "Both"


def test_rank_has_a_head_and_a_subgraph(small: KnowledgeGraph) -> None:
    ranking = small.rank(by="degree", classes=["Company"])
    assert [(r.entity.iri, r.score) for r in ranking] == [(OPENAI, 3), (BAIDU, 2)]
    assert [r.entity.iri for r in ranking.head(1)] == [OPENAI]
    assert len(ranking.head(0).scores) == 0
    near = small.expand("China", hops=1)
    assert {r.entity.iri for r in small.rank(near)} <= {node.iri for node in near}


def test_query_answers_by_its_form(small: KnowledgeGraph) -> None:
    rows = small.query(
        "SELECT ?s { ?s a <https://w3id.org/triplary/ontology#Country> } ORDER BY ?s"
    )
    assert isinstance(rows, Rows)
    assert isinstance(rows, Table)
    assert [str(row[0]) for row in rows] == [ID + "China", ID + "United_States"]
    assert small.query("ASK { ?s ?p ?o }") is True
    assert small.query(f"CONSTRUCT WHERE {{ <{ERNIE}> <{DEVELOPED_BY}> ?o }}") == (
        Statement(ERNIE, DEVELOPED_BY, BAIDU),
    )
    with pytest.raises(BadParameter, match="only a named query takes parameters"):
        small.query("ASK { ?s ?p ?o }", s=BAIDU)


def test_a_named_query_takes_names_of_entities(small: KnowledgeGraph) -> None:
    answers = [
        small.query("statements", subject=name)
        for name in ("OpenAI", OPENAI, small.entity("OpenAI"))
    ]
    assert answers[0] == answers[1] == answers[2]
    assert isinstance(answers[0], Rows)
    assert {row[0] for row in answers[0]} == {OPENAI}


def test_rows_open_in_pandas(small: KnowledgeGraph) -> None:
    rows = small.query(
        "SELECT ?n ?b ?d ?s ?o { VALUES (?n ?b ?d ?s ?o)"
        " { (5 true 1.5 'text' UNDEF) (1e1 false -2 'x'@en <http://x.org/a>) } }"
    )
    assert isinstance(rows, Rows)
    frame = rows.to_pandas()
    assert list(frame.columns) == ["n", "b", "d", "s", "o"]
    first, second = (
        [cell.item() if hasattr(cell, "item") else cell for cell in row] for row in frame.to_numpy()
    )
    assert first[:4] == [5, True, 1.5, "text"]
    assert frame["o"].isna().tolist() == [True, False]
    assert second == [10.0, False, -2, "x", "http://x.org/a"]


def test_rows_show_themselves_escaped(small: KnowledgeGraph) -> None:
    rows = small.query("SELECT ('<script>' AS ?markup) ?none { }")
    assert isinstance(rows, Rows)
    shown = rows._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_what_was_found_opens_in_other_tools(small: KnowledgeGraph) -> None:
    found = small.expand("ERNIE")
    graph = found.to_networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    assert list(graph) == [str(node.iri) for node in found]
    assert graph.number_of_edges() == len(found.edges)
    dataset = found.to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    triple = (
        rdflib.URIRef(str(ERNIE)),
        rdflib.URIRef(str(DEVELOPED_BY)),
        rdflib.URIRef(str(BAIDU)),
    )
    assert [str(g) for *_, g in dataset.quads((*triple, None))] == [
        "https://w3id.org/triplary/graph/models"
    ]
    frame = found.to_pandas()
    assert len(frame) == len(found.edges)
    assert list(frame.columns)[:3] == ["subject", "predicate", "object"]


def test_a_view_shows_itself_and_saves_itself(small: KnowledgeGraph, tmp_path: Path) -> None:
    view = small.expand("ERNIE").view(title="<b>Mine</b>")
    assert isinstance(view, Picture)
    shown = view._repr_html_()
    assert shown.startswith("<svg ")
    assert "<b>Mine" not in shown
    path = view.save(str(tmp_path / "mine.svg"))
    assert path == tmp_path / "mine.svg"
    assert path.read_text("utf-8") == shown


def test_an_entity_is_given_as_rdf(small: KnowledgeGraph) -> None:
    again = rdflib.Graph().parse(data=small.entity_rdf("OpenAI"), format="turtle")
    openai = rdflib.URIRef(str(OPENAI))
    assert {(s, o) for s, o in again.subject_objects(rdflib.URIRef(str(DEVELOPED_BY)))} == {
        (rdflib.URIRef(ID + "GPT-4"), openai)
    }
    assert rdflib.Literal("OpenAI", lang="en") in set(again.objects(openai))
    assert all(openai in triple for triple in again)


@pytest.mark.parametrize(
    ("call", "kind", "message", "hint"),
    [
        (
            lambda kg: kg.expand("Baidu", predicates=["developdBy"]), NotFound,
            "There is no property “developdBy”.", "developed",
        ),
        (
            lambda kg: kg.search("a", classes=["Compny"]), NotFound,
            "There is no class “Compny”.", "Company",
        ),
        (lambda kg: kg.query("nothing-called-so"), Exception, "", ""),
    ],
)  # fmt: skip
def test_a_wrong_word_is_told(
    small: KnowledgeGraph, call: Any, kind: type[Exception], message: str, hint: str
) -> None:
    with pytest.raises(kind) as caught:
        call(small)
    assert isinstance(caught.value, triplary.errors.TriplaryError)
    assert message in caught.value.message
    assert hint.casefold() in caught.value.hint.casefold()


def test_a_name_of_several_is_ambiguous(tmp_path: Path) -> None:
    file = tmp_path / "two.ttl"
    file.write_text(
        "@prefix x: <http://x.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'x:a rdfs:label "Mercury"@en ; x:p x:c . x:b rdfs:label "Mercury"@en ; x:p x:c .\n'
    )
    kg = triplary.open(file)
    with pytest.raises(Ambiguous) as caught:
        kg.describe("Mercury")
    assert caught.value.choices == ("http://x.org/a", "http://x.org/b")


def test_every_source_opens_to_the_same_answers(tmp_path: Path, small: KnowledgeGraph) -> None:
    file = tmp_path / "small.trig"
    file.write_bytes(SMALL)
    dataset = rdflib.Dataset()
    with quiet():
        dataset.parse(data=SMALL.decode(), format="trig")
    wanted = small.describe("Baidu")
    for source in (file, str(tmp_path), [file], dataset):
        kg = triplary.open(source)
        found = kg.describe("Baidu")
        assert [
            (g.predicate, g.inverse, {f.object for f in g.facts}, g.total) for g in found.groups
        ] == [(g.predicate, g.inverse, {f.object for f in g.facts}, g.total) for g in wanted.groups]
        assert [m.entity.iri for m in kg.search("百度", limit=1)] == [BAIDU]
        assert [[n.iri for n in p.nodes] for p in kg.paths("ERNIE", "China", k=1)] == [
            [ERNIE, BAIDU, CHINA]
        ]


def test_exact_and_union(tmp_path: Path) -> None:
    file = tmp_path / "small.trig"
    file.write_bytes(SMALL)
    asked = "ASK { <https://w3id.org/triplary/id/ERNIE> ?p ?o }"
    assert triplary.open(file).query(asked) is True
    assert triplary.open(file, exact=True).query(asked) is False


def test_the_atlas_keeps_its_promises(atlas: KnowledgeGraph) -> None:
    assert atlas.search("bidu").first().label() == "Baidu"
    assert atlas.query(
        "SELECT (COUNT(*) AS ?n) { ?c a <https://w3id.org/triplary/ontology#Claim> }"
    ).rows == (  # type: ignore[union-attr]
        (Literal("143", "http://www.w3.org/2001/XMLSchema#integer"),),
    )
    assert len(atlas.paths("MindSpore", "OECD")) == 5
