"""The other faces: read back by the programs they are for."""

import csv
import io
import json
from dataclasses import replace

import networkx as nx
import pyoxigraph as ox
import pytest

from rooms.view.samples import BAIDU, CHINA, ERNIE, SUBGRAPH, hostile, star, three
from triplary.errors import BadParameter
from triplary.render import FORMATS, render, save, to_networkx, to_rdflib
from triplary.render.json import json as json_face
from triplary.render.network import gexf, graphml
from triplary.render.rdf import jsonld, turtle
from triplary.render.table import COLUMNS, inert, table
from triplary.render.text import text
from triplary.terms import Subgraph
from triplary.view import View, make

ONTOLOGY = "https://w3id.org/triplary/ontology#"
VIEWS = {
    "three": three(),
    "hostile": hostile(),
    "star": make(star(30)),
    "nothing": make(Subgraph()),
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_every_face_draws_every_view_the_same_each_time(view, suffix):
    drawn = render(view, suffix)
    assert drawn
    assert render(view, suffix.removeprefix(".").upper()) == drawn


def test_a_file_is_saved_in_the_format_of_its_suffix(tmp_path):
    path = save(three(), tmp_path / "Baidu.SVG")
    assert path.read_bytes() == render(three(), ".svg")


@pytest.mark.parametrize("name", ["baidu.docx", "baidu", "svg"])
def test_an_unknown_suffix_names_the_known_ones(name, tmp_path):
    with pytest.raises(BadParameter) as caught:
        save(three(), tmp_path / name)
    assert caught.value.hint == (
        "known suffixes: .html, .svg, .png, .graphml, .gexf, .csv, .json, .ttl, .jsonld, .rq, .txt"
    )
    assert list(tmp_path.iterdir()) == []


EDGES = [
    (
        str(BAIDU.iri),
        str(CHINA.iri),
        "based in",
        "supported",
        True,
        "Notable AI models; The article",
    ),
    (str(ERNIE.iri), str(BAIDU.iri), "developed by", "stated", True, "Notable AI models"),
    (str(ERNIE.iri), str(BAIDU.iri), "licensed as", "wrong", False, "The article"),
]


def edges_of(graph):
    return sorted(
        (one, two, data["label"], data["verdict"], data["stated"], data["source_title"])
        for one, two, data in graph.edges(data=True)
    )


def test_graphml_is_read_by_networkx():
    graph = nx.read_graphml(io.BytesIO(graphml(three())), force_multigraph=True)
    assert edges_of(graph) == EDGES
    assert [data["label"] for _, data in graph.nodes(data=True)] == ["Baidu", "Ernie Bot", "China"]
    data = graph.nodes[str(BAIDU.iri)]
    assert (data["x"], data["y"]) == three().positions[0]
    assert data["class_label"] == "Company"


def test_gexf_is_read_by_networkx():
    graph = nx.read_gexf(io.BytesIO(gexf(three())))
    assert edges_of(graph) == EDGES
    data = graph.nodes[str(BAIDU.iri)]
    assert data["viz"]["position"]["x"] == three().positions[0][0]
    assert data["viz"]["position"]["y"] == -three().positions[0][1]
    assert data["viz"]["color"] == {"r": 217, "g": 120, "b": 25, "a": 1.0}


def test_hostile_texts_make_no_broken_xml():
    for graph in (
        nx.read_graphml(io.BytesIO(graphml(hostile())), force_multigraph=True),
        nx.read_gexf(io.BytesIO(gexf(hostile()))),
    ):
        assert graph.number_of_edges() == 2


def test_the_table_has_a_row_for_each_piece_of_evidence():
    rows = list(csv.DictReader(io.StringIO(table(three()))))
    assert tuple(rows[0]) == COLUMNS
    assert [
        (r["subject_label"], r["predicate_label"], r["object_label"], r["verdict"],
         r["claim_verdict"], r["source"], r["license"], r["attributed_to"], r["confidence"])
        for r in rows
    ] == [
        ("Ernie Bot", "developed by", "Baidu", "stated", "", "Notable AI models",
         "https://creativecommons.org/licenses/by/4.0/", "", ""),
        ("Ernie Bot", "licensed as", "Baidu", "wrong", "wrong", "The article", "", "China", "0.93"),
        ("Baidu", "based in", "China", "supported", "", "Notable AI models",
         "https://creativecommons.org/licenses/by/4.0/", "", ""),
        ("Baidu", "based in", "China", "supported", "supported", "The article", "", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1"])
def test_no_cell_is_a_formula(cell):
    assert inert(cell) == "'" + cell


def test_no_cell_of_a_hostile_view_is_a_formula():
    rows = csv.reader(io.StringIO(table(hostile())))
    cells = [cell.lstrip() for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def triples(data, format):
    return {(t.subject, t.predicate, t.object) for t in ox.parse(data.encode(), format)}


def test_turtle_and_jsonld_say_the_same_and_carry_their_sources():
    said = triples(turtle(three()), ox.RdfFormat.TURTLE)
    assert triples(jsonld(three()), ox.RdfFormat.JSON_LD) == said

    def holds(subject, predicate, object):
        return (ox.NamedNode(subject), ox.NamedNode(predicate), object) in said

    epoch, licence = "https://w3id.org/triplary/graph/epoch", "http://purl.org/dc/terms/license"
    assert holds(epoch, licence, ox.NamedNode("https://creativecommons.org/licenses/by/4.0/"))
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert holds(str(BAIDU.iri), label, ox.Literal("百度", language="zh"))
    assert holds(str(ERNIE.iri), ONTOLOGY + "developedBy", ox.NamedNode(str(BAIDU.iri)))
    # What is only claimed is a claim and no triple.
    assert not holds(str(ERNIE.iri), ONTOLOGY + "licensedAs", ox.NamedNode(str(BAIDU.iri)))
    claim = "https://w3id.org/triplary/claim/C007"
    assert holds(claim, ONTOLOGY + "verdict", ox.Literal("wrong"))
    assert {str(subject).strip("<>").rsplit("/")[-1] for subject, _, _ in said} == {
        "Baidu", "Ernie_Bot", "China", "C007", "C009", "epoch", "claims", "ontology#developedBy",
        "ontology#basedIn", "ontology#licensedAs", "ontology#Company", "ontology#Application",
        "ontology#Country",
    }  # fmt: skip


def test_hostile_texts_make_no_broken_rdf():
    assert triples(jsonld(hostile()), ox.RdfFormat.JSON_LD) == triples(
        turtle(hostile()), ox.RdfFormat.TURTLE
    )


def test_each_statement_is_in_the_named_graph_of_its_source():
    dataset = to_rdflib(three())
    found = {
        (str(graph), str(predicate).rsplit("#")[-1])
        for subject, predicate, _, graph in dataset.quads((None, None, None, None))
        if graph is not None and "default" not in str(graph)
    }
    epoch = {name for graph, name in found if graph.endswith("graph/epoch")}
    claims = {name for graph, name in found if graph.endswith("graph/claims")}
    assert epoch == {"developedBy", "basedIn"}
    assert {"subject", "verdict"} <= claims


def test_json_is_the_explorers_view_with_the_frozen_one_beside_it():
    told = json.loads(json_face(three()))
    assert View.thaw(told.pop("frozen")) == three()
    assert told == json.loads(json.dumps(three().to_json()))


def test_the_text_twin():
    nodes = (*SUBGRAPH.nodes, *star(0).nodes)
    lonely = make(replace(SUBGRAPH, nodes=nodes), title="In words")
    assert text(lonely) == (
        "In words\n4 entities and 3 edges.\n\n"
        "Baidu: based in China (Notable AI models, CC BY 4.0; The article, claim, supported).\n"
        "Ernie Bot: developed by Baidu (Notable AI models, CC BY 4.0).\n"
        "Ernie Bot: licensed as Baidu "
        "(The article, claim, wrong, attributed to China, sentence S2, closed).\n\n"
        "Without an edge here: Centre\n\n"
        "8 more edges of these entities are not drawn.\n\n"
        "Sources:\n"
        "- Notable AI models, Epoch AI, CC BY 4.0, 2026-01-15 <https://epoch.ai/data>\n"
        "- The article, consultancycircle.com, 2023-11 <https://consultancycircle.com/>\n"
    )


def test_networkx_gets_plain_values():
    graph = to_networkx(three())
    assert edges_of(graph) == EDGES
    kinds = {type(value) for _, data in graph.nodes(data=True) for value in data.values()}
    assert kinds == {str, float}


NARROW = three(filters=[("verdict", "-stale")], as_of="2024", language="zh")


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_face_says_by_what_the_view_was_narrowed(suffix):
    if suffix == ".png":
        # A picture is the SVG, drawn: its words take room.
        plain = render(three(language="zh"), suffix)
        assert len(render(NARROW, suffix)) > len(plain)
        return
    drawn = render(NARROW, suffix).decode()
    if suffix == ".json":
        told = json.loads(drawn)
        assert (told["asOf"], told["filters"]) == ("2024", [["verdict", "-stale"]])
        return
    for said in ("截至 2024。", "不含核查结论：论断：已过时。"):
        assert said in drawn, said
        assert said not in render(three(language="zh"), suffix).decode()


def test_gexf_with_a_description_is_still_read():
    graph = nx.read_gexf(io.BytesIO(gexf(NARROW)))
    assert graph.number_of_edges() == 3


def test_the_network_has_what_was_measured():
    view = three(color_by="community", begins={BAIDU.iri: "2000"})
    data = to_networkx(view).nodes[str(BAIDU.iri)]
    assert (data["score"], data["community"], data["begins"]) == (3.0, 0.0, "2000")


def test_the_text_twin_tells_communities_and_dates():
    view = three(
        color_by="community", layout="timeline", title="",
        communities={BAIDU.iri: 0, ERNIE.iri: 0, CHINA.iri: 1},
        begins={ERNIE.iri: "2023-03", BAIDU.iri: "2000"},
    )  # fmt: skip
    told = text(view)
    assert told.startswith("3 entities and 3 edges.\nColour: community.\n")
    assert (
        "\nCommunity of Baidu and Ernie Bot: Baidu, Ernie Bot\nCommunity of China: China\n\n"
        "By date:\n2000: Baidu\n2023-03: Ernie Bot\nWithout a date: 1\n\n8 more edges"
    ) in told
