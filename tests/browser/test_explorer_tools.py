"""The tools of the explorer: filters, looks, keys, search, sharing; on a phone, in sheets."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.steps import press, query, reload_is_the_same, step
from browser.visitor import Visitor

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def test_filters_are_set_by_buttons_and_taken_off_by_chips(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    page = desk.page
    before = set(desk.places())
    page.get_by_role("button", name="Filters").click()
    filters = page.get_by_role("region", name="Filters")
    only = filters.get_by_role("button", name="Only Language model", exact=True)
    only.click()
    step(desk, entity=["Baidu"], **{"class": ["LanguageModel"]})
    expect(only).to_have_attribute("aria-pressed", "true")
    expect(only).to_be_focused()
    filtered = set(desk.places())
    assert filtered != before
    row = filters.locator(".facet-class li", has_text="Company")
    assert re.fullmatch(r"1 of \d+", row.locator(".count").inner_text())
    page.reload()
    desk.await_drawing()
    assert set(desk.places()) == filtered
    page.get_by_role("button", name="Filters").click()
    filters.get_by_role("button", name="Leave out Language model", exact=True).click()
    step(desk, entity=["Baidu"], **{"class": ["-LanguageModel"]})
    assert set(desk.places()).isdisjoint(filtered - {"Baidu"})
    chip = page.locator("triplary-chips .chip")
    expect(chip).to_have_count(1)
    expect(chip).to_contain_text("without Language model")
    chip.click()
    step(desk, entity=["Baidu"])
    expect(chip).to_have_count(0)
    assert set(desk.places()) == before


def test_ranges_and_years_filter_and_say_so(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    page = desk.page
    page.get_by_role("button", name="Filters").click()
    filters = page.get_by_role("region", name="Filters")
    field = filters.locator(".range").first
    low = field.get_by_role("textbox").first
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", low.get_attribute("placeholder") or "")
    low.fill("tomorrow")
    low.press("Enter")
    expect(field.get_by_role("alert")).to_contain_text("2023-03")
    expect(low).to_have_attribute("aria-invalid", "true")
    low.fill("2021")
    low.press("Enter")
    step(desk, entity=["Baidu"], range=["releaseDate,2021,"])
    expect(page.locator("triplary-chips .chip")).to_contain_text("from 2021")
    expect(page.locator(".view-count")).to_contain_text("hidden")
    page.locator("triplary-chips .chip").click()
    step(desk, entity=["Baidu"])

    slider = filters.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    first = slider.input_value()
    step(desk, entity=["Baidu"], **{"as-of": [first]})
    slider.press("ArrowRight")
    step(desk, entity=["Baidu"], **{"as-of": [str(int(first) + 1)]})
    expect(filters.locator(".asof-said")).to_contain_text(f"As of {int(first) + 1}")
    few = len(desk.places())
    filters.get_by_role("button", name="Let the years go by").click()
    page.wait_for_url(lambda url: int(query(url).get("as-of", ["0"])[0]) >= int(first) + 3)
    filters.get_by_role("button", name="Pause").click()
    desk.await_drawing()
    assert len(desk.places()) >= few
    # years that went by are one step: undo goes back to where no year was set
    desk.page.get_by_role("button", name="Undo", exact=True).click()
    step(desk, entity=["Baidu"])


def test_the_switch_over_verdicts(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore")
    page = desk.page
    page.get_by_role("radio", name=re.compile("^Disputed")).check(force=True)
    page.wait_for_url(lambda url: "verdict" in query(url))
    desk.await_drawing()
    verdicts = set(query(page.url)["verdict"])
    assert {"disputed", "wrong"} <= verdicts
    assert "stated" not in verdicts
    drawn = page.evaluate("fetch('/api/expand' + location.search).then(a => a.json())")
    assert {edge["verdict"] for edge in drawn["view"]["edges"]} <= verdicts
    chip = page.locator("triplary-chips .chip")
    expect(chip).to_have_count(1)
    chip.click()
    step(desk, entity=["MindSpore"])


def test_looks_are_in_the_address(desk: Visitor) -> None:
    desk.see("/?entity=Baidu&at=China,10,20")
    page = desk.page
    page.get_by_role("button", name="Look").click()
    page.get_by_role("radio", name="Circle").check(force=True)
    step(desk, entity=["Baidu"], layout=["circle"])
    page.get_by_role("radio", name="Betweenness").check(force=True)
    step(desk, entity=["Baidu"], layout=["circle"], size=["betweenness"])
    page.get_by_role("radio", name="Community").check(force=True)
    step(desk, entity=["Baidu"], layout=["circle"], size=["betweenness"], color=["community"])
    reload_is_the_same(desk)
    desk.page.go_back()
    step(desk, entity=["Baidu"], layout=["circle"], size=["betweenness"])


def test_hops_grow_and_shrink_by_key(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore")
    before = len(desk.places())
    press(desk, "+")
    step(desk, entity=["MindSpore"], hops=["2"])
    assert len(desk.places()) > before
    press(desk, "-")
    step(desk, entity=["MindSpore"])
    press(desk, "-")
    assert query(desk.page.url) == {"entity": ["MindSpore"]}


def test_arrows_walk_to_the_neighbour_in_that_direction(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=MindSpore")
    start = desk.place("MindSpore")
    press(desk, "ArrowRight")
    desk.page.wait_for_url(lambda url: query(url)["select"] != ["MindSpore"])
    there = desk.place(query(desk.page.url)["select"][0])
    assert start is not None
    assert there is not None
    assert there[0] > start[0]


def test_keys_are_off_while_typing_and_can_be_switched_off(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=Huawei")
    page = desk.page
    search = page.get_by_role("combobox").first
    press(desk, "/")
    expect(search).to_be_focused()
    search.press_sequentially("heo")
    assert query(page.url) == {"entity": ["MindSpore"], "select": ["Huawei"]}
    expect(search).to_have_value("heo")
    press(desk, "?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.locator("dt")).to_have_count(18)
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    press(desk, "h")
    page.reload()
    desk.await_drawing()
    press(desk, "h")
    press(desk, "/")
    expect(search).not_to_be_focused()
    assert query(page.url) == {"entity": ["MindSpore"], "select": ["Huawei"]}
    page.locator("triplary-toolbar").get_by_role("button", name="Keys").click()
    dialog.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    press(desk, "h")
    step(desk, entity=["MindSpore"], without=["Huawei"])


def test_a_long_address_becomes_a_short_one_that_lasts(desk: Visitor) -> None:
    places = "".join(f"&at={name},{number}.5,-12" for number, name in enumerate(["China"] * 90))
    desk.see(f"/?entity=Baidu{places}&select=Baidu")
    page = desk.page
    page.wait_for_url(re.compile(r"/v/[a-z0-9]+$"))
    desk.await_drawing()
    before = desk.places()
    title = desk.title()
    page.reload()
    desk.await_drawing()
    assert desk.places() == before
    expect(page.locator("triplary-details h2")).to_have_text("Baidu")
    press(desk, "Escape")
    press(desk, "h")
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector('.canvas[data-state="drawn"]')
    assert other.locator(".stage h1").inner_text() == title
    other.close()


def test_a_name_with_commas_survives(desk: Visitor) -> None:
    desk.go("/?entity=Nowhere,+no+one,12&open=A,b,,&without=x,y")
    notice = desk.page.get_by_role("alert").filter(has_text="Nowhere")
    expect(notice).to_be_visible()
    notice.get_by_role("link").click()
    desk.await_drawing()
    desk.heard = [line for line in desk.heard if "404" not in line and "400" not in line]


def test_a_suggestion_is_added_to_the_picture(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore")
    search = desk.page.get_by_role("combobox").first
    search.press_sequentially("OECD", delay=20)
    expect(desk.page.get_by_role("option").first).to_contain_text("OECD")
    expect(desk.page.locator("[role=option] mark").first).to_have_text("OECD")
    search.press("Shift+Enter")
    step(desk, entity=["MindSpore"], open=["OECD"], select=["OECD"])


def test_nothing_found_offers_what_is_near(desk: Visitor) -> None:
    desk.see("/")
    search = desk.page.get_by_role("combobox").first
    search.press_sequentially("Huawei zzqqxxvv", delay=5)
    note = desk.page.locator(".find .search-note")
    expect(note).to_contain_text("zzqqxxvv")
    expect(desk.page.get_by_role("option").first).to_contain_text("Huawei")


def test_two_are_asked_for_and_connected(desk: Visitor) -> None:
    desk.see("/")
    page = desk.page
    page.locator("triplary-toolbar").get_by_role("button", name="Connect two").click()
    dialog = page.get_by_role("dialog", name="How are two connected?")
    for name, label in (("First entity", "MindSpore"), ("Second entity", "OECD")):
        field = dialog.get_by_role("combobox", name=name)
        field.press_sequentially(label, delay=10)
        expect(dialog.get_by_role("option").first).to_contain_text(label)
        field.press("Enter")
    dialog.get_by_role("button", name="Show the ways").click()
    step(desk, source=["MindSpore"], target=["OECD"])


def test_the_query_of_the_picture_is_shown_in_the_workbench(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&class=-Company")
    desk.page.get_by_role("button", name="Show SPARQL").click()
    desk.page.wait_for_url(re.compile("/sparql"))
    expect(desk.page.locator("textarea")).to_have_value(re.compile("CONSTRUCT", re.IGNORECASE))


def test_the_language_that_was_chosen_is_remembered(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    desk.page.locator("a.language").click()
    desk.page.wait_for_url(lambda url: query(url).get("language") == ["zh"])
    desk.await_drawing()
    desk.see("/?entity=Baidu")
    assert query(desk.page.url) == {"entity": ["Baidu"], "language": ["zh"]}
    desk.page.locator("a.language").click()
    desk.page.wait_for_url(lambda url: query(url).get("language") == ["en"])
    desk.await_drawing()
    desk.see("/?entity=Baidu")
    assert query(desk.page.url) == {"entity": ["Baidu"]}


@pytest.mark.parametrize("path", ["/?entity=Baidu", "/?source=MindSpore&target=OECD"])
def test_a_phone_has_filters_looks_and_tools_in_sheets(phone: Visitor, path: str) -> None:
    phone.see(path)
    page = phone.page
    for button in ("筛选", "外观", "更多"):
        opener = page.locator("triplary-toolbar").get_by_role("button", name=button, exact=True)
        box = opener.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        opener.tap()
        expect(opener).to_have_attribute("aria-expanded", "true")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
        expect(opener).to_have_attribute("aria-expanded", "false")


OPENED = {
    "chips": ("/?entity=Baidu&class=-Company&without=ERNIE", ""),
    "menu": ("/?entity=Baidu&select=China", "Shift+F10"),
    "keys": ("/?entity=Baidu", "?"),
    "filters": ("/?entity=Baidu&class=-Company", "Filters"),
    "look": ("/?entity=Baidu", "Look"),
    "ask": ("/?entity=Baidu", "Connect two"),
}


@pytest.mark.parametrize("what", OPENED)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(desk: Visitor, what: str, scheme: str) -> None:
    desk.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    path, opener = OPENED[what]
    desk.see(path)
    if what in ("menu", "keys"):
        press(desk, opener)
        expect(desk.page.locator(".relations .count, .key-list dt").first).to_be_visible()
    elif opener:
        desk.page.locator("triplary-toolbar").get_by_role("button", name=opener).click()
    found = Axe().run(desk.page, options={"runOnly": STANDARDS})
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []
