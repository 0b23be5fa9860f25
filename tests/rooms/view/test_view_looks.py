"""Pictograms, communities and notes: what a drawing tells besides places and classes."""

import json
import re
from dataclasses import replace

import pytest

from rooms.view.samples import (
    BAIDU,
    CHINA,
    ERNIE,
    ONTOLOGY,
    SUBGRAPH,
    VOCABULARY,
    joined,
    star,
    three,
)
from triplary.errors import BadParameter
from triplary.kg import open_graph
from triplary.ontology import Ontology
from triplary.terms import IRI, Literal
from triplary.view import View, make, style
from triplary.view.communities import members
from triplary.view.icons import ICONS, SEATS, seat
from triplary.view.notes import narrowed, notes

DRAWN = replace(
    SUBGRAPH,
    vocabulary=tuple(
        replace(
            term, icon={"Company": "company", "Country": "country"}.get(term.iri.local_name, "")
        )
        for term in VOCABULARY
    ),
)
TWO = joined(star(6), star(5, centre="Other", start=100))


# Pictograms


def test_every_pictogram_is_a_path_on_its_square():
    assert len(ICONS) >= 24
    for name, path in ICONS.items():
        assert re.fullmatch(r"[a-z]+", name)
        assert re.fullmatch(r"M[MLHVACZmlhvacszS0-9 .-]*z", path), name
        starts = re.findall(r"M(-?[\d.]+) (-?[\d.]+)", path)
        assert all(0 <= float(value) <= 24 for spot in starts for value in spot), name
    assert len(set(ICONS.values())) == len(ICONS)


@pytest.mark.parametrize("shape", style.SHAPES)
def test_a_pictogram_has_a_seat_in_every_shape_if_it_can_be_read(shape):
    assert set(SEATS) == set(style.SHAPES)
    side, below = seat(shape, 20.0) or (0.0, 0.0)
    assert 18 <= side <= 28
    assert abs(below) <= 3
    assert seat(shape, 6.0) is None


def test_a_node_has_the_pictogram_of_its_first_class_that_has_one():
    told = make(DRAWN).to_json()
    assert [node["icon"] for node in told["nodes"]] == ["company", "", "country"]
    assert [row["icon"] for row in told["legend"]["classes"]] == ["", "company", "country"]
    assert told["legend"]["icons"] == {name: ICONS[name] for name in ("company", "country")}
    two = replace(ERNIE, classes=(*ERNIE.classes, *CHINA.classes))
    both = make(replace(DRAWN, nodes=(two,)))
    assert both.looks == (style.Look(0, "circle", "country"),)


def test_a_pictogram_that_there_is_not_is_none():
    vocabulary = tuple(replace(term, icon="<svg onload=x>") for term in VOCABULARY)
    told = make(replace(SUBGRAPH, vocabulary=vocabulary)).to_json()
    assert {node["icon"] for node in told["nodes"]} == {""}
    assert {row["icon"] for row in told["legend"]["classes"]} == {""}
    assert told["legend"]["icons"] == {}


def test_every_class_of_the_atlas_has_a_pictogram_that_there_is():
    ontology = open_graph().ontology
    own = [iri for iri in ontology.classes if iri.value.startswith(ONTOLOGY)]
    assert set(ontology.icons.values()) <= set(ICONS)
    missing = {iri.local_name for iri in own if not ontology.icon(iri)}
    # Records are said of statements and drawn by nobody.
    assert missing == {"Record", "Match"}
    assert ontology.icon(IRI(ONTOLOGY + "LanguageModel")) == "model"
    assert ontology.icon(IRI(ONTOLOGY + "University")) == "academia"
    assert (
        ontology.icon(IRI(ONTOLOGY + "LanguageModel"))
        == ontology.entity(IRI(ONTOLOGY + "LanguageModel")).icon
    )


@pytest.mark.parametrize(
    ("iri", "icon"),
    [
        ("https://schema.org/Person", "person"),
        ("http://schema.org/Person", "person"),
        ("http://xmlns.com/foaf/0.1/Organization", "organisation"),
        ("http://www.w3.org/ns/org#Organization", "organisation"),
        ("http://www.w3.org/2004/02/skos/core#Concept", "concept"),
        ("http://www.w3.org/ns/dcat#Dataset", "dataset"),
        ("http://www.w3.org/ns/prov#Activity", "event"),
        ("http://purl.org/dc/terms/Location", "place"),
        ("http://www.w3.org/2002/07/owl#Thing", ""),
        ("http://x.org/Person", ""),
    ],
)
def test_classes_of_well_known_vocabularies_have_pictograms(iri, icon):
    assert Ontology().icon(IRI(iri)) == icon
    assert icon in ICONS or not icon


def test_a_class_below_a_well_known_one_has_its_pictogram_unless_its_own_is_declared():
    firm, bank = IRI("http://x.org/Firm"), IRI("http://x.org/Bank")
    parents = {bank: (firm,), firm: (IRI("https://schema.org/Organization"),)}
    assert Ontology(parents=parents).icon(bank) == "organisation"
    assert Ontology(parents=parents, icons={firm: "company"}).icon(bank) == "company"


# Communities


def test_communities_are_found_numbered_and_called_by_their_best_connected():
    view = make(TWO, color_by="community")
    assert view.communities == (0,) * 7 + (1,) * 6
    told = view.to_json()
    assert [tuple(row.values()) for row in told["legend"]["communities"]] == [
        (0, 0, 7, "Centre and Neighbour number 0"),
        (1, 1, 6, "Other and Neighbour number 100"),
    ]
    assert {node["color"] for node in told["nodes"][:7]} == {0}
    assert {node["color"] for node in told["nodes"][7:]} == {1}
    # Shapes still tell classes, in the colour of no community.
    by_class = make(TWO).to_json()
    assert [n["shape"] for n in told["nodes"]] == [n["shape"] for n in by_class["nodes"]]
    assert {row["color"] for row in told["legend"]["classes"]} == {style.OTHER}
    assert by_class["legend"]["communities"] == []
    assert {node["community"] for node in by_class["nodes"]} == {-1}


def test_communities_that_are_given_are_numbered_by_their_size_here():
    given = {BAIDU.iri: 40, CHINA.iri: 7, ERNIE.iri: 7}
    view = three(color_by="community", communities=given)
    assert view.communities == (1, 0, 0)
    assert three(color_by="community", communities={ERNIE.iri: 3}).communities == (-1, 0, -1)
    assert [one.first for one in members(view)] == [(ERNIE.iri, CHINA.iri), (BAIDU.iri,)]


def test_communities_beyond_the_ninth_share_a_colour():
    nodes = star(11).nodes
    apart = make(
        replace(star(11), edges=()), color_by="community",
        communities={node.iri: number for number, node in enumerate(nodes)},
    )  # fmt: skip
    rows = apart.to_json()["legend"]["communities"]
    assert [(row["community"], row["color"], row["count"]) for row in rows] == [
        *((number, number, 1) for number in range(9)),
        (-1, 9, 3),
    ]
    assert rows[-1]["label"] == "other communities"
    assert [look.color for look in apart.looks] == [*range(9), 9, 9, 9]


def test_another_colour_is_refused():
    with pytest.raises(BadParameter) as caught:
        three(color_by="mood")
    assert caught.value.message == "color does not take 'mood': it is one of class, community."


# What is told of it


def test_scores_opened_and_pinned_nodes_are_told():
    told = three(opened=[CHINA.iri], pinned={ERNIE.iri: (5.0, 6.0)}).to_json()["nodes"]
    assert [node["score"] for node in told] == [3.0, 2.0, 1.0]
    assert [node["opened"] for node in told] == [True, False, True]
    assert [node["pinned"] for node in told] == [False, True, False]
    scored = three(scores={BAIDU.iri: 0.25}, size_by="pagerank")
    assert [node["score"] for node in scored.to_json()["nodes"]] == [0.25, 0.0, 0.0]
    assert scored.sizes == (20.0, 7.0, 7.0)


FILTERS = (
    ("class", ONTOLOGY + "Company"),
    ("class", ONTOLOGY + "Country"),
    ("class", f"-{ONTOLOGY}Application"),
    ("verdict", "-wrong"),
    ("range", f"{ONTOLOGY}basedIn,2020,2023-05"),
    ("range", f"{ONTOLOGY}basedIn,,7"),
    ("without", str(ERNIE.iri)),
    ("only", "somebody"),
)


def test_filters_are_told_in_words():
    view = three(filters=FILTERS, as_of="2023-06")
    assert list(narrowed(view, view.namer())) == [
        "As of 2023-06.",
        "based in: from 2020 to 2023-05.",
        "based in: up to 7.",
        "Only class: Company, Country.",
        "Without class: Application.",
        "Without verdict: claim, wrong.",
        "Without entity: Ernie Bot.",
        "Only entity: somebody.",
    ]
    chinese = three(filters=FILTERS[:3], as_of="2023-06", language="zh")
    assert list(narrowed(chinese, chinese.namer())) == [
        "截至 2023-06。", "只含类别：公司，国家。", "不含类别：应用。",
    ]  # fmt: skip
    assert list(narrowed(three(), three().namer())) == []


def test_sizes_colours_and_shortened_years_are_told():
    begins = {BAIDU.iri: "1800", ERNIE.iri: "2023", CHINA.iri: "2022"}
    view = three(
        scores={BAIDU.iri: 1.0}, size_by="pagerank", color_by="community", layout="timeline",
        begins=begins,
    )  # fmt: skip
    assert list(notes(view, view.namer())) == [
        "Size: PageRank in the whole graph.",
        "Colour: community.",
        "Empty years are shortened where the axis is broken.",
    ]
    assert list(notes(three(), three().namer())) == []


@pytest.mark.parametrize(
    "view",
    [
        three(
            layout="timeline", begins={BAIDU.iri: "1800", ERNIE.iri: "2023"},
            color_by="community", opened=[CHINA.iri], pinned={ERNIE.iri: (1.0, 2.0)},
        ),
        make(DRAWN, layout="circle"),
    ],
)  # fmt: skip
def test_everything_survives_the_freezer(view):
    assert View.thaw(json.loads(json.dumps(view.freeze()))) == view


def test_a_view_frozen_before_all_this_still_thaws():
    frozen = three().freeze()
    for key in ("layout", "communities", "begins", "opened", "pinned", "axis"):
        del frozen[key]
    assert View.thaw(frozen) == three()
    assert Literal("Baidu", language="en") in View.thaw(frozen).subgraph.nodes[0].labels
