"""The self-contained page, in real Chromium, from a file."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from rooms.view.samples import (
    BAIDU,
    ERNIE,
    HOSTILE,
    SUBGRAPH,
    VOCABULARY,
    hostile,
    predicate,
    three,
)
from triplary.render import save
from triplary.render.html import html, inline
from triplary.terms import Edge, Subgraph
from triplary.view import make
from triplary.view.icons import ICONS


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("TRIPLARY_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail("no Chromium: sudo apt-get install -y chromium", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens the page of a view from a file, with every request and every error written down."""
    contexts = []

    def open_page(view, *, script=True, **settings) -> Page:
        context = browser.new_context(java_script_enabled=script, **settings)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text))
        path = save(view, tmp_path / "view.html")
        page.goto(path.as_uri())
        if script:
            page.wait_for_selector("html[data-drawn=yes]")
        assert page.asked == [path.as_uri()]
        return page

    yield open_page
    for context in contexts:
        context.close()


def data_of(page):
    return json.loads(re.search(r'id="data">(.*?)</script>', page)[1])


def test_the_page_is_a_whole_document():
    page = html(three(language="zh"))
    assert page.startswith('<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n')
    assert page.count("<h1>Around Baidu</h1>") == 1
    assert page.count("<title>Around Baidu</title>") == 1
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert "<noscript><svg " in page
    assert "Notable AI models, Epoch AI, CC BY 4.0, 2026-01-15</a>" in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//(?:cdn|unpkg|cdnjs)""", page)


def test_places_and_parallel_edges_are_those_of_the_view():
    view = three()
    data = data_of(html(view))
    assert [(node["x"], node["y"]) for node in data["nodes"]] == list(view.positions)
    assert [(edge["from"], edge["to"], edge["id"]) for edge in data["edges"]] == [
        (str(edge.subject), str(edge.object), f"e{index}")
        for index, edge in enumerate(view.drawn_edges())
    ]
    assert data["options"]["physics"] == {"enabled": False}


def test_the_network_is_drawn_and_asks_nobody(opened):
    page = opened(three())
    assert page.faults == []
    painted = page.evaluate(
        """() => {
            const canvas = document.querySelector("canvas");
            const { width, height } = canvas;
            const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
            const seen = new Set();
            for (let at = 0; at < pixels.length; at += 4)
                if (pixels[at + 3] === 255) seen.add([...pixels.slice(at, at + 3)].join());
            return [...seen];
        }"""
    )
    # The colours of the three classes, and of the line that is wrong.
    for colour in ("66,123,249", "217,120,25", "2,127,113", "192,47,29"):
        assert colour in painted


def test_a_click_on_a_node_tells_what_is_said_of_it(opened):
    view = three()
    page = opened(view)
    box = page.locator("#drawing").bounding_box()
    frame = data_of(html(view))["frame"]
    scale = min(
        box["width"] / (frame[2] - frame[0] + 40), box["height"] / (frame[3] - frame[1] + 40), 1.4
    )
    x, y = view.positions[0]
    page.mouse.click(
        box["x"] + box["width"] / 2 + (x - (frame[0] + frame[2]) / 2) * scale,
        box["y"] + box["height"] / 2 + (y - (frame[1] + frame[3]) / 2) * scale,
    )
    chosen = page.locator("#chosen")
    chosen.wait_for()
    assert chosen.locator("h2 a").get_attribute("href") == str(BAIDU.iri)
    assert chosen.locator("li").all_inner_texts() == [
        "Ernie Bot: developed by Baidu (Notable AI models, CC BY 4.0).",
        "Ernie Bot: licensed as Baidu "
        "(The article, claim, wrong, attributed to China, sentence S2, closed).",
        "Baidu: based in China (Notable AI models, CC BY 4.0; The article, claim, supported).",
    ]


def test_hostile_labels_never_run(opened):
    page = opened(hostile())
    title = page.title()
    page.mouse.move(640, 360)
    page.locator("#words summary").click()
    assert page.title() == title == HOSTILE.replace("\u2028", " ").strip()
    assert page.locator("img").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    assert page.faults == []


def test_without_javascript_the_page_shows_the_drawing(opened):
    page = opened(three(), script=False)
    assert page.locator("noscript svg").count() + page.locator("svg.triplary-drawing").count() >= 1
    assert page.locator("svg.triplary-drawing").is_visible()
    assert page.locator("svg.triplary-drawing").get_by_text("Ernie Bot", exact=True).count() == 1


def test_the_page_follows_the_readers_dark_screen(opened):
    page = opened(three(), color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(opened, scheme):
    page = opened(three(), color_scheme=scheme)
    page.locator("#words summary").click()
    found = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == []


def test_loops_are_drawn_without_fault(opened):
    edges = (Edge(BAIDU.iri, predicate("p"), BAIDU.iri), Edge(BAIDU.iri, predicate("p"), ERNIE.iri))
    page = opened(make(Subgraph((BAIDU, ERNIE), edges)))
    assert page.faults == []


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028\u2029", "&lt;", "百度", '"\\'])
def test_json_inside_a_script_is_the_same_json(text):
    written = inline([text])
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == [text]


def test_the_page_draws_the_axis_and_the_pictograms_too(opened):
    words = tuple(
        replace(term, icon="company") if term.iri == BAIDU.classes[0] else term
        for term in VOCABULARY
    )
    view = make(
        replace(SUBGRAPH, vocabulary=words), layout="timeline",
        begins={BAIDU.iri: "1800", ERNIE.iri: "2023-03"},
    )  # fmt: skip
    page = opened(view)
    assert page.faults == []
    data = data_of(page.content())
    assert data["pictograms"] == {"company": ICONS["company"]}
    assert [node["mark"] is not None for node in data["nodes"]] == [True, False, False]
    assert data["axis"]["note"] == "Without a date: 1"
    assert len(data["axis"]["breaks"]) == 1
    assert "1800" in dict(map(reversed, data["axis"]["ticks"]))
    assert data_of(html(three()))["axis"] is None
    assert page.locator(".legend li").first.inner_text().strip() == "Application 1"
