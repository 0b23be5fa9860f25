"""The workbench and an entity's page in a real browser; what every page keeps to."""

import gzip
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.visitor import Visitor

STATIC = Path(__file__).parents[2] / "src" / "triplary" / "server" / "static"
SCRIPT_BYTES_MOST = 150_000
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_an_entity_page_needs_no_script(desk: Visitor) -> None:
    browser = desk.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.address}/entity/Baidu")
    expect(page.locator("h1")).to_have_text("Baidu")
    expect(page.locator(".group").first).to_be_visible()
    expect(page.locator(".source").first).to_be_visible()
    picture = page.locator(".picture img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    page.goto(f"{desk.address}/?entity=Baidu")
    expect(page.locator("noscript img, .still img").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    (
        "/",
        "/?entity=Baidu&select=MindSpore&language=zh",
        "/entity/Baidu",
        "/sparql",
        "/data/",
        "/data/?language=zh",
        "/entity/tri:Company",
        "/entity/zzzqqq",
    ),
)
def test_axe_finds_nothing(desk: Visitor, path: str, scheme: str) -> None:
    desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    desk.go(path)
    if path.partition("?")[0] == "/":
        desk.await_drawing()
        desk.page.wait_for_timeout(300)
    found = Axe().run(desk.page, options={"runOnly": TAGS}).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    desk.heard = [line for line in desk.heard if "404" not in line]


def test_no_inline_script_or_style_and_a_strict_policy(desk: Visitor) -> None:
    for path in ("/", "/entity/Baidu", "/sparql"):
        answer = desk.page.goto(desk.address + path)
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        for rule in ("script-src 'self'", "style-src 'self'", "object-src 'none'"):
            assert rule in policy
        html = answer.text()
        assert " style=" not in html
        assert "<style" not in html
        scripts = html.split("<script")[1:]
        assert all(re.match(r' src=| type="application/(ld\+)?json"', s) for s in scripts)


def test_the_first_load_is_light() -> None:
    scripts = [STATIC / name for name in ("page.js", "explorer.js")]
    weight = sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)
    assert weight < SCRIPT_BYTES_MOST


def test_hostile_names_stay_text(desk: Visitor) -> None:
    """What the server answers is shown as text, whatever it holds."""
    attack = '<img src=x onerror="document.title=1">'
    desk.page.route(
        "**/api/search*",
        lambda route: route.fulfill(json={"text": "x", "matches": [hostile(attack)]}),
    )
    desk.see("/")
    desk.page.get_by_role("combobox").press_sequentially("x")
    option = desk.page.get_by_role("option").first
    expect(option).to_contain_text(attack)
    assert option.locator("img").count() == 0


def hostile(text: str) -> dict[str, object]:
    """A search match that holds markup wherever the server sends text."""
    match: dict[str, object] = dict.fromkeys(("label", "classLabel", "hint", "matched"), text)
    iri = "https://w3id.org/triplary/id/Baidu"
    return {**match, "iri": iri, "name": "Baidu", "class": "", "page": "", "score": 1.0}
