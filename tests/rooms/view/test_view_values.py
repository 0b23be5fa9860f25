"""The View as a value: told to the explorer, frozen and thawed, said in sentences."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.view.samples import BAIDU, CHINA, ERNIE, SUBGRAPH, hostile, star, three
from triplary.errors import BadParameter
from triplary.terms import IRI, BlankNode, Edge, Entity, Evidence, Literal, Source, Subgraph
from triplary.view import View, make
from triplary.view.sentences import license_name, sentences


def test_a_view_refuses_places_and_scores_that_are_not_one_for_each_node():
    with pytest.raises(ValueError, match="0 places for 3 nodes"):
        View(SUBGRAPH, ())
    spots = ((0.0, 0.0),) * 3
    with pytest.raises(ValueError, match="1 scores for 3 nodes"):
        View(SUBGRAPH, spots, scores=(1.0,))
    with pytest.raises(ValueError, match="2 communities for 3 nodes"):
        View(SUBGRAPH, spots, communities=(0, 1))
    with pytest.raises(ValueError, match="1 begins for 3 nodes"):
        View(SUBGRAPH, spots, begins=("2023",))


def test_what_the_explorer_reads():
    told = three(base="https://kg.example").to_json()
    epoch = "https://w3id.org/triplary/graph/epoch"
    source = {
        "id": epoch, "graph": epoch, "title": "Notable AI models",
        "publisher": "Epoch AI", "license": "https://creativecommons.org/licenses/by/4.0/",
        "url": "https://epoch.ai/data", "date": "2026-01-15",
    }  # fmt: skip
    assert list(told) == [
        "title", "language", "version", "verb", "parameters", "asOf", "filters", "sizeBy",
        "colorBy", "layout", "axis", "nodes", "edges", "more", "legend", "sources", "text",
    ]  # fmt: skip
    node = told["nodes"][0]
    spot = {"x": node.pop("x"), "y": node.pop("y")}
    assert all(isinstance(value, float) for value in spot.values())
    assert node == {
        "iri": str(BAIDU.iri), "name": "Baidu", "label": "Baidu",
        "class": "https://w3id.org/triplary/ontology#Company", "classLabel": "Company",
        "hint": "Beijing", "size": 11.6, "color": 1, "shape": "square", "icon": "",
        "score": 3.0, "community": -1, "begins": "", "asked": True, "opened": True, "pinned": False,
        "page": "https://kg.example/entity/Baidu",
    }  # fmt: skip
    assert source in told["sources"]
    assert told["edges"][0] == {
        "id": "e0", "source": str(ERNIE.iri), "target": str(BAIDU.iri),
        "predicate": "https://w3id.org/triplary/ontology#developedBy", "label": "developed by",
        "verdict": "stated", "stated": True, "evidence": [{"source": epoch, "claim": None}],
    }  # fmt: skip
    assert told["edges"][1]["evidence"][0]["claim"] == {
        "iri": "https://w3id.org/triplary/claim/C007", "kind": "fact", "verdict": "wrong",
        "confidence": 0.93, "attributedTo": ["China"], "sentence": "S2", "note": "closed",
        "correctedBy": [], "disputes": [], "supports": [],
    }  # fmt: skip
    assert told["more"] == [
        {"node": str(CHINA.iri), "predicate": "https://w3id.org/triplary/ontology#basedIn",
         "label": "based in", "inverse": True, "shown": 1, "total": 9}
    ]  # fmt: skip
    assert [tuple(row.values()) for row in told["legend"]["classes"]] == [
        ("https://w3id.org/triplary/ontology#Application", "Application", 0, "circle", "", 1),
        ("https://w3id.org/triplary/ontology#Company", "Company", 1, "square", "", 1),
        ("https://w3id.org/triplary/ontology#Country", "Country", 2, "diamond", "", 1),
    ]
    assert [(row["verdict"], row["line"], row["count"]) for row in told["legend"]["verdicts"]] == [
        ("stated", "solid", 1), ("supported", "solid", 1), ("wrong", "crossed", 1),
    ]  # fmt: skip
    assert [source["title"] for source in told["sources"]] == ["Notable AI models", "The article"]


def test_sentences_in_english_and_chinese():
    assert list(sentences(three())) == [
        "Baidu: based in China (Notable AI models, CC BY 4.0; The article, claim, supported).",
        "Ernie Bot: developed by Baidu (Notable AI models, CC BY 4.0).",
        "Ernie Bot: licensed as Baidu "
        "(The article, claim, wrong, attributed to China, sentence S2, closed).",
    ]
    assert list(sentences(three(language="zh"))) == [
        "百度：位于 中国（Notable AI models，CC BY 4.0；The article，论断：有依据）。",
        "文心一言由百度开发（Notable AI models，CC BY 4.0）。",
        "文心一言：许可为 百度（The article，论断：错误，出自 中国，句 S2，closed）。",
    ]


@pytest.mark.parametrize(
    "view",
    [
        three(scores={BAIDU.iri: 0.5}, size_by="pagerank", as_of="2023-06", base="https://kg.example",
              filters=[("verdict", "wrong")], class_order=[IRI("http://x.org/C")], language="zh"),
        hostile(),
        make(star(40)),
        make(Subgraph()),
    ],
    ids=["three", "hostile", "star", "nothing"],
)  # fmt: skip
def test_a_frozen_view_thaws_to_the_same_view(view):
    assert View.thaw(json.loads(json.dumps(view.freeze()))) == view


TEXTS = st.text(max_size=20)
LITERALS = st.builds(
    lambda text, tag, kind: Literal(text, language=tag) if tag else Literal(text, kind),
    TEXTS, st.sampled_from(["", "en", "zh-Hans"]), st.sampled_from(["", "http://x.org/kind"]),
)  # fmt: skip


@given(st.lists(LITERALS, max_size=4), TEXTS, TEXTS)
def test_any_text_survives_the_freezer(names, title, hint):
    node = Entity(BlankNode("b0"), tuple(names), tuple(names), (IRI("http://x.org/C"),), hint)
    edge = Edge(node.iri, IRI("http://x.org/p"), node.iri, (Evidence(Source(None, title)),))
    view = make(Subgraph((node,), (edge,)), title=title)
    assert View.thaw(json.loads(json.dumps(view.freeze()))) == view


@pytest.mark.parametrize("record", [{}, {"format": 2}, {"format": 1}, {"format": 1, "sources": 3}])
def test_what_is_no_frozen_view_is_refused(record):
    with pytest.raises(BadParameter):
        View.thaw(record)


def test_edges_to_nodes_outside_the_view_are_not_drawn():
    lonely = make(Subgraph((BAIDU,), SUBGRAPH.edges))
    assert lonely.drawn_edges() == ()
    assert lonely.to_json()["text"] == []


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("http://creativecommons.org/licenses/by-sa/3.0/", "CC BY-SA 3.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "Public domain"),
        ("https://spdx.org/licenses/MIT.html", "MIT"),
        ("https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("https://x.org/own", "https://x.org/own"),
        ("", ""),
    ],
)
def test_licences_have_names(iri, name):
    assert license_name(iri) == name
