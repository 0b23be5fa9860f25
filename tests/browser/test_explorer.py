"""The explorer in a real browser: what is asserted is what a person sees."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from browser.visitor import Visitor


def test_the_story_of_a_newcomer(desk: Visitor) -> None:
    """Type, pick, look, double-click, read a fact with its source, reload: the same drawing."""
    page = desk.page
    desk.see("/")
    assert int(page.locator(".canvas").get_attribute("data-nodes") or 0) >= 20

    search = page.get_by_role("combobox")
    with page.expect_response(re.compile("/api/search.*text=ernie&")):
        search.press_sequentially("ernie", delay=30)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("ERNIE")
    expect(search).to_have_attribute("aria-expanded", "true")
    names = [text.split("\n")[0] for text in options.all_inner_texts()]
    picked = names.index("ERNIE")
    for _ in range(picked):
        search.press("ArrowDown")
    search.press("Enter")
    expect(page.locator(".stage h1")).to_contain_text("ERNIE")
    assert query(page.url) == {"entity": ["ERNIE"], "select": ["ERNIE"]}
    around = desk.places()
    assert "Baidu" in around
    assert all(place is not None for place in around.values())

    desk.click_node("Baidu", times=2)
    page.wait_for_url(lambda url: query(url).get("open") == ["Baidu"])
    desk.await_drawing()
    details = page.locator("triplary-details")
    expect(details.locator("h2")).to_have_text("Baidu")
    fact = details.locator(".group", has_text="based in").first
    expect(fact.locator(".value", has_text="China").first).to_be_visible()
    expect(fact.locator(".source", has_text="CC BY 4.0").first).to_be_visible()

    before = desk.places()
    assert len(before) > len(around)
    page.reload()
    desk.await_drawing()
    expect(details.locator("h2")).to_have_text("Baidu")
    assert desk.places() == before

    page.go_back()
    page.wait_for_url(lambda url: "open" not in query(url))
    expect(page.locator(".canvas")).to_have_attribute("data-nodes", str(len(around)))


def test_a_node_that_is_dragged_stays_where_it_was_put(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore")
    page = desk.page
    start = desk.place("Huawei")
    assert start is not None
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 40, start[1] + 20, steps=4)
    page.mouse.move(start[0] + 90, start[1] + 60, steps=4)
    page.mouse.up()
    page.wait_for_url(lambda url: "at" in query(url))
    assert query(page.url)["at"][0].startswith("Huawei,")
    moved = desk.place("Huawei")
    assert moved is not None
    assert abs(moved[0] - start[0] - 90) <= 3
    assert abs(moved[1] - start[1] - 60) <= 3
    page.reload()
    desk.await_drawing()
    canvas = page.locator(".canvas")
    asked = page.evaluate("fetch('/api/expand' + location.search).then(a => a.json())")
    told = {node["name"]: (node["x"], node["y"]) for node in asked["view"]["nodes"]}
    x, y = (float(part) for part in query(page.url)["at"][0].split(",")[1:])
    assert told["Huawei"] == (x, y)
    expect(canvas).to_have_attribute("data-nodes", str(len(told)))


def test_an_edge_says_who_says_so(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore")
    page = desk.page
    edge = page.evaluate(
        """fetch('/api/expand?entity=MindSpore&language=en').then(a => a.json())
        .then(({view}) => view.edges.find(e => e.target.endsWith('/Huawei')
            && e.source.endsWith('/MindSpore')).id)"""
    )
    at = page.evaluate("id => window.triplary.edgeAt(id)", edge)
    page.mouse.click(at["x"], at["y"])
    details = page.locator("triplary-details")
    expect(details.locator(".sentence")).to_contain_text("MindSpore")
    expect(details.locator(".sentence")).to_contain_text("Huawei")
    expect(details.locator(".source").first).to_contain_text("CC BY")
    assert len(query(page.url)["select"][0].split(" ")) == 3
    page.reload()
    desk.await_drawing()
    expect(details.locator(".sentence")).to_contain_text("MindSpore")
    page.locator(".canvas").press("Escape")
    expect(details.locator(".sentence")).to_have_count(0)
    assert "select" not in query(page.url)


def test_a_wrong_claim_is_told_apart_by_line_and_word(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=MindSpore")
    expect(desk.page.locator("triplary-details .verdict-wrong").first).to_contain_text("wrong")


def test_what_is_not_drawn_is_counted(desk: Visitor) -> None:
    desk.see("/?entity=China&select=China")
    more = desk.page.locator("triplary-details .more li").first
    expect(more.locator(".count")).to_have_text(re.compile(r"^\d+ of [\d,]+ shown$"))


def test_the_keyboard_expands(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=Huawei")
    desk.page.locator(".canvas").focus()
    desk.page.keyboard.press("e")
    desk.page.wait_for_url(lambda url: query(url).get("open") == ["Huawei"])
    expect(desk.page.locator(".stage h1")).not_to_be_empty()


def test_questions_to_start_with_lead_somewhere(desk: Visitor) -> None:
    desk.see("/")
    questions = desk.page.locator(".questions a")
    addresses = questions.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(addresses) == 3
    for address in addresses:
        desk.see(address)
        assert int(desk.page.locator(".canvas").get_attribute("data-nodes") or 0) > 2


def test_paths_are_told_in_steps_with_sources(desk: Visitor) -> None:
    desk.see("/?source=MindSpore&target=OECD")
    first = desk.page.locator(".path").first
    expect(first.locator("li").first).to_contain_text("MindSpore")
    expect(first.locator("li").last).to_contain_text("OECD")
    assert first.locator("li").count() == first.locator(".source").count()


def test_the_text_twin_says_what_is_drawn(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    page = desk.page
    page.locator("triplary-twin summary").click()
    nodes = int(page.locator(".canvas").get_attribute("data-nodes") or 0)
    assert page.locator(".twin-nodes li").count() == nodes
    assert page.locator(".twin-text li").count() > 0
    page.locator(".twin-nodes").get_by_role("button", name="China", exact=True).click()
    expect(page.locator("triplary-details h2")).to_have_text("China")


def test_what_there_is_not_is_said_with_a_way_out(desk: Visitor) -> None:
    desk.go("/?entity=zzzzqqqq")
    notice = desk.page.get_by_role("alert").filter(has_text="zzzzqqqq")
    expect(notice).to_be_visible()
    notice.get_by_role("link").click()
    desk.await_drawing()
    expect(notice).to_be_hidden()
    # the browser itself reports the answer 404, and rightly
    desk.heard = [line for line in desk.heard if "404" not in line]


def test_dark_and_light_by_the_switch(desk: Visitor) -> None:
    desk.see("/")
    page = desk.page
    ground = "getComputedStyle(document.querySelector('.stage')).backgroundColor"
    light = page.evaluate(ground)
    switch = page.locator("button.theme")
    switch.click()
    assert page.evaluate(ground) == light
    switch.click()
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    desk.await_drawing()
    assert page.evaluate(ground) == dark


def test_a_phone_in_chinese_and_in_the_dark(phone: Visitor) -> None:
    phone.see("/?entity=Baidu")
    page = phone.page
    assert page.evaluate("document.documentElement.lang") == "zh"
    expect(page.locator(".stage h1")).to_contain_text("百度")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    at = phone.place("Baidu")
    assert at is not None
    page.touchscreen.tap(*at)
    expect(page.locator("triplary-details h2")).to_have_text("百度")
    sheet = page.locator(".panel").bounding_box()
    assert sheet is not None
    assert sheet["width"] == 390
    assert sheet["y"] > 200
    expect(page.locator("triplary-details .group h3").first).to_be_in_viewport()


def test_the_language_switch_keeps_the_picture(desk: Visitor) -> None:
    desk.see("/?entity=Baidu&select=Baidu")
    desk.page.locator("a.language").click()
    desk.await_drawing()
    asked = query(desk.page.url)
    assert asked == {"entity": ["Baidu"], "select": ["Baidu"], "language": ["zh"]}
    expect(desk.page.locator("triplary-details h2")).to_have_text("百度")


def test_without_webgl_the_drawing_is_still_and_says_so(without_webgl: Visitor) -> None:
    without_webgl.see("/?entity=Baidu")
    page = without_webgl.page
    expect(page.get_by_role("alert")).to_contain_text("WebGL")
    link = page.locator('.canvas svg a[href="/entity/China"]').first
    expect(link).to_be_visible()
    at = without_webgl.place("China")
    assert at is not None
    page.mouse.click(*at)
    expect(page.locator("triplary-details h2")).to_have_text("China")


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)
