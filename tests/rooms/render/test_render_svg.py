"""The SVG and the PNG: whole, safe, and labelled without collisions."""

import itertools
import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from rooms.view.samples import (
    BAIDU,
    CHINA,
    ERNIE,
    VOCABULARY,
    claim,
    hostile,
    predicate,
    star,
    three,
)
from triplary.errors import BadParameter
from triplary.render.drawing import compose
from triplary.render.marks import n, safe_url
from triplary.render.png import FONTS, covered, png
from triplary.render.svg import svg
from triplary.terms import IRI, VERDICTS, Edge, Entity, Literal, Subgraph
from triplary.view import make, style
from triplary.view.icons import ICONS

SVG = "{http://www.w3.org/2000/svg}"
ATLAS = Path(__file__).parents[3] / "graph"


def parsed(drawing):
    return ET.fromstring(drawing)  # noqa: S314 — we wrote it ourselves a moment ago


def texts(drawing):
    return ["".join(text.itertext()) for text in parsed(drawing).iter(f"{SVG}text")]


def test_a_drawing_says_everything_it_shows():
    drawing = svg(three())
    root = parsed(drawing)
    assert root.find(f"{SVG}title").text == "Around Baidu"
    assert root.find(f"{SVG}desc").text == "3 entities and 3 edges."
    assert root.get("aria-labelledby").split() == [
        root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id"),
    ]  # fmt: skip
    assert sorted(texts(drawing)) == sorted([
        "Around Baidu", "Baidu", "Ernie Bot", "China", "based in", "developed by", "licensed as",
        "Application 1", "Company 1", "Country 1",
        "stated by a source 1", "claim, supported 1", "claim, wrong 1",
        "8 more edges of these entities are not drawn.",
        "Source: Notable AI models, Epoch AI, CC BY 4.0, 2026-01-15",
        "Source: The article, consultancycircle.com, 2023-11",
        "Version of the graph: 0a1b2c3d4e5f",
    ])  # fmt: skip
    assert "Baidu · Company · Beijing" in [title.text for title in root.iter(f"{SVG}title")]


def test_nodes_are_links_to_their_pages_and_to_their_iris_where_nobody_serves_pages():
    def links(view):
        return [a.get("href") for a in parsed(svg(view)).iter(f"{SVG}a")]

    sources = ["https://epoch.ai/data", "https://consultancycircle.com/"]
    names = ["Baidu", "Ernie_Bot", "China"]
    assert links(three()) == [f"https://w3id.org/triplary/id/{name}" for name in names] + sources
    assert (
        links(three(base="https://kg.example"))
        == [f"https://kg.example/entity/{name}" for name in names] + sources
    )


def test_no_text_of_a_hostile_graph_gets_out_of_its_element():
    drawing = svg(hostile())
    root = parsed(drawing)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "g", "path", "polygon", "circle", "a", "text",
        "tspan",
    }  # fmt: skip
    assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["http://x.org/?a='&b=)"]
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    assert "\x00" not in drawing
    assert "\ufffe" not in drawing


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://x.org/a?b=c#d", "https://x.org/a?b=c#d"),
        ("HTTP://x.org", "HTTP://x.org"),
        ("/entity/a:b", "/entity/a:b"),
        ("?a=javascript:b", "?a=javascript:b"),
        ("javascript:alert(1)", ""),
        (" Java\tScript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ],
)
def test_only_the_web_is_linked(url, safe):
    assert safe_url(url) == safe


def test_parallel_edges_loops_and_both_ways_are_separate_curves():
    ends = [(BAIDU, ERNIE), (BAIDU, ERNIE), (ERNIE, BAIDU), (BAIDU, BAIDU), (BAIDU, BAIDU)]
    edges = tuple(
        Edge(one.iri, predicate(f"p{index}"), two.iri) for index, (one, two) in enumerate(ends)
    )
    view = make(Subgraph((BAIDU, ERNIE), edges))
    middles = [line.at(0.5) for line in compose(view, view.namer()).lines]
    apart = [
        abs(one[0] - two[0]) + abs(one[1] - two[1])
        for one, two in itertools.combinations(middles, 2)
    ]
    assert min(apart) > 15


@pytest.mark.parametrize("verdict", VERDICTS)
def test_each_verdict_is_drawn_and_explained(verdict):
    edge = Edge(BAIDU.iri, predicate("basedIn"), CHINA.iri, (claim(1, verdict),))
    drawing = svg(make(Subgraph((BAIDU, CHINA), (edge,), (), VOCABULARY)))
    line = style.LINES[verdict]
    widths = re.findall(rf'fill="none" stroke-width="{line.width}"', drawing)
    assert len(widths) == 2
    dash = f'stroke-dasharray="{" ".join(map(n, line.dash))}"'
    assert drawing.count(dash) == (2 if line.dash else 0)
    assert any(text.endswith(" 1") and "claim, " in text for text in texts(drawing))


@pytest.mark.parametrize("view", [make(star(40)), make(star(120), language="zh"), three()])
def test_labels_lie_on_no_node_and_on_no_other_label(view):
    from triplary.view import labels

    drawing = compose(view, view.namer())
    boxes = []
    for label in drawing.seats.values():
        wide = max(labels.width(line, label.size) for line in label.text)
        left = label.x - {"middle": wide / 2, "end": wide, "start": 0}[label.anchor]
        top = label.y - label.size * 0.95
        boxes.append((left, top, left + wide, top + label.size * len(label.text)))
    boxes += [
        (x - size, y - size, x + size, y + size)
        for (x, y), size in zip(view.positions, view.sizes, strict=True)
    ]
    meeting = [
        (one, two)
        for one, two in itertools.combinations(boxes, 2)
        if one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
    ]
    assert meeting == []


def test_names_without_room_are_told():
    # All in one place: whatever the layout, no two names fit there.
    nodes = star(30).nodes
    crowd = make(Subgraph(nodes), pinned={node.iri: (0.0, 0.0) for node in nodes})
    shown = len(compose(crowd, crowd.namer()).seats)
    assert 0 < shown < 31
    assert f"{31 - shown} names had no room; each is on its entity." in texts(svg(crowd))


def test_a_dark_screen_changes_colours_and_nothing_else():
    auto, light, dark = (svg(three(), theme=theme) for theme in ("auto", "light", "dark"))
    block = re.search(r"<style>@media \(prefers-color-scheme:dark\)\{(.*)\}</style>", auto)
    assert ".triplary-drawing .f-ground{fill:#12161c}" in block[1]
    assert auto.replace(block[0], "") == light
    assert 'class="f-ground" fill="#12161c"' in dark
    assert re.sub("#[0-9a-f]{6}", "", dark) == re.sub("#[0-9a-f]{6}", "", light)
    with pytest.raises(BadParameter, match="known themes are auto, light, dark"):
        svg(three(), theme="sepia")


def test_a_drawing_of_nothing_is_still_a_drawing():
    assert texts(svg(make(Subgraph(), title="Nothing"))) == ["Nothing"]


def size_of(picture):
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])


def test_a_picture_is_the_drawing_at_its_scale():
    root = parsed(svg(three()))
    wide, high = float(root.get("width")), float(root.get("height"))
    assert size_of(png(three(), scale=1)) == pytest.approx((wide, high), abs=1)
    assert size_of(png(three())) == pytest.approx((2 * wide, 2 * high), abs=2)
    assert png(three()) == png(three())
    assert png(three(), theme="dark") != png(three())


@pytest.mark.parametrize("wrong", [{"scale": 0}, {"scale": 9}, {"theme": "auto"}])
def test_a_picture_refuses_what_it_cannot_be(wrong):
    with pytest.raises(BadParameter):
        png(three(), **wrong)


def test_chinese_is_never_boxes():
    def picture(name):
        node = Entity(IRI("http://x.org/1"), (Literal(name, language="zh"),))
        return png(make(Subgraph((node,)), language="zh"))

    words = ["百度", "昇思", "华为", "飛槳"]
    assert all(set(word) <= covered() for word in words)
    # A box is the same for every character that is missing.
    assert len({picture(word) for word in words}) == len(words)


def test_our_fonts_have_every_character_of_the_atlas():
    written = "".join(path.read_text(encoding="utf-8") for path in sorted(ATLAS.glob("*.ttl")))
    missing = {c for c in re.sub(r"\s", "", written) if c not in covered()}
    # Noto Sans CJK has no ł (Wrocław), no ∗ and no 𝕏: these the machine's fonts are asked for. The
    # zero-width space is drawn by none.
    assert missing == {"ł", "∗", "𝕏", "\u200b"}


def test_the_fonts_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in FONTS) < 2.5e6


def test_pictograms_are_drawn_in_the_colour_of_the_ground():
    words = tuple(
        replace(term, icon="company") if term.iri == BAIDU.classes[0] else term
        for term in VOCABULARY
    )
    view = make(Subgraph((BAIDU, CHINA), (), (), words))
    for theme, colours in (("light", style.LIGHT), ("dark", style.DARK)):
        paths = [
            path for path in parsed(svg(view, theme=theme)).iter(f"{SVG}path")
            if path.get("d") == ICONS["company"]
        ]  # fmt: skip
        # In the node, and beside its class in the legend.
        assert [path.get("fill") for path in paths] == [colours.ground, colours.quiet]
        assert [path.get("class") for path in paths] == ["f-ground", "f-quiet"]


def test_communities_are_in_the_legend_and_shapes_tell_classes_still():
    view = three(color_by="community", communities={BAIDU.iri: 0, ERNIE.iri: 0, CHINA.iri: 1})
    drawing = svg(view)
    assert {"Baidu and Ernie Bot 2", "China 1", "Company 1", "Colour: community."} <= set(
        texts(drawing)
    )
    shapes = [element for element in parsed(drawing).iter() if element.get("stroke-width") == "1.5"]
    assert len([s for s in shapes if s.get("fill") == style.PALETTE_LIGHT[style.OTHER]]) == 3


def test_a_timeline_has_its_axis_in_words():
    view = three(layout="timeline", begins={BAIDU.iri: "1800", ERNIE.iri: "2023-03"})
    told = texts(svg(view))
    assert {"1800", "Without a date: 1"} <= set(told)
    assert "Empty years are shortened where the axis is broken." in told
    assert not {"1800", "Without a date: 1"} & set(texts(svg(three())))


def test_a_pinned_node_has_a_foot():
    assert svg(three(pinned={BAIDU.iri: (9.0, 9.0)})).count("h10M") == 1
    assert "h10M" not in svg(three())
