"""Every step of the explorer is an address: made by a hand, undone, redone, reloaded and shared."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from browser.visitor import Visitor

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def step(visitor: Visitor, **expected: list[str]) -> None:
    """Wait until the address says just this, and the picture is drawn."""
    visitor.page.wait_for_url(lambda url: query(url) == expected)
    visitor.await_drawing()


def press(visitor: Visitor, key: str) -> None:
    visitor.page.locator(".canvas").focus()
    visitor.page.keyboard.press(key)


def menu(visitor: Visitor, name: str) -> Locator:
    """The menu of a node, opened by a right click, with its relations counted."""
    at = visitor.place(name)
    assert at is not None
    visitor.page.mouse.click(*at, button="right")
    found = visitor.page.get_by_role("menu")
    expect(found.locator(".relations .count").first).to_be_visible()
    return found


def reload_is_the_same(visitor: Visitor) -> None:
    before, address = visitor.places(), visitor.page.url
    visitor.page.reload()
    visitor.await_drawing()
    assert visitor.page.url == address
    assert visitor.places() == before


def test_a_double_click_opens_and_one_click_undoes(desk: Visitor) -> None:
    desk.see("/?entity=ERNIE")
    before = set(desk.places())
    undo = desk.page.get_by_role("button", name="Undo", exact=True)
    redo = desk.page.get_by_role("button", name="Redo", exact=True)
    expect(undo).to_be_disabled()
    expect(redo).to_be_disabled()
    desk.click_node("Baidu", times=2)
    step(desk, entity=["ERNIE"], open=["Baidu"], select=["Baidu"])
    opened = set(desk.places())
    assert before < opened
    reload_is_the_same(desk)
    undo.click()
    desk.page.wait_for_url(lambda url: "open" not in query(url))
    desk.await_drawing()
    assert set(desk.places()) == before
    expect(undo).to_be_disabled()
    redo.click()
    step(desk, entity=["ERNIE"], open=["Baidu"], select=["Baidu"])
    assert set(desk.places()) == opened
    expect(redo).to_be_disabled()
    expect(undo).to_be_enabled()


def test_undo_and_redo_by_keys_pass_over_selections(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=Huawei")
    press(desk, "h")
    step(desk, entity=["MindSpore"], without=["Huawei"])
    assert desk.place("Huawei") is None
    desk.click_node("MindSpore")
    step(desk, entity=["MindSpore"], without=["Huawei"], select=["MindSpore"])
    press(desk, "Control+z")
    step(desk, entity=["MindSpore"], select=["Huawei"])
    assert desk.place("Huawei") is not None
    press(desk, "Control+Shift+z")
    desk.page.wait_for_url(lambda url: query(url).get("without") == ["Huawei"])
    press(desk, "Control+z")
    step(desk, entity=["MindSpore"], select=["Huawei"])
    press(desk, "Control+y")
    desk.page.wait_for_url(lambda url: query(url).get("without") == ["Huawei"])


def test_back_and_forward_bring_every_step(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore")
    desk.click_node("Huawei")
    step(desk, entity=["MindSpore"], select=["Huawei"])
    press(desk, "e")
    step(desk, entity=["MindSpore"], open=["Huawei"], select=["Huawei"])
    opened = set(desk.places())
    desk.page.go_back()
    step(desk, entity=["MindSpore"], select=["Huawei"])
    desk.page.go_back()
    step(desk, entity=["MindSpore"])
    expect(desk.page.locator("triplary-details h2")).to_have_count(0)
    desk.page.go_forward()
    step(desk, entity=["MindSpore"], select=["Huawei"])
    desk.page.go_forward()
    step(desk, entity=["MindSpore"], open=["Huawei"], select=["Huawei"])
    assert set(desk.places()) == opened


def test_the_menu_counts_each_relation_and_opens_one(desk: Visitor) -> None:
    desk.see("/?entity=Baidu&open=China,^basedIn,1")
    before = set(desk.places())
    found = menu(desk, "China")
    counts = found.locator(".relations [role=menuitem] .count").all_inner_texts()
    assert all(re.fullmatch(r"[\d,]+ of [\d,]+", count) for count in counts)
    row = found.get_by_role("menuitem", name=re.compile("part of China"))
    shown, total = re.findall(r"\d+", row.locator(".count").inner_text())
    assert int(shown) < int(total)
    row.click()
    opens = ["China,^basedIn,1", "China,^partOf,"]
    step(desk, entity=["Baidu"], open=opens, select=["China"])
    assert before < set(desk.places())
    again = menu(desk, "China").get_by_role("menuitem", name=re.compile("part of China"))
    drawn = int(re.findall(r"\d+", again.locator(".count").inner_text())[0])
    assert drawn > int(shown)
    desk.page.keyboard.press("Escape")
    reload_is_the_same(desk)


def test_the_menu_is_walked_by_keys_and_gives_the_focus_back(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=Huawei")
    press(desk, "Shift+F10")
    found = desk.page.get_by_role("menu")
    expect(found.locator(".relations .count").first).to_be_visible()
    items = found.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    desk.page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    desk.page.keyboard.press("Home")
    expect(items.first).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(found).to_have_count(0)
    expect(desk.page.locator(".canvas")).to_be_focused()
    press(desk, "Shift+F10")
    desk.page.keyboard.press("h")
    expect(items.filter(has_text=re.compile("^Hide$"))).to_be_focused()
    desk.page.keyboard.press("Enter")
    step(desk, entity=["MindSpore"], without=["Huawei"])


def test_the_count_at_a_node_opens_its_menu(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    at = desk.page.evaluate("window.triplary.moreAt('Baidu')")
    desk.page.mouse.click(at["x"], at["y"])
    expect(desk.page.get_by_role("menu", name="What to do with Baidu")).to_be_visible()
    assert query(desk.page.url) == {"entity": ["Baidu"]}


def test_two_picked_in_the_picture_are_connected_or_compared(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=MindSpore")
    menu(desk, "Huawei").get_by_role("menuitem", name="Compare with MindSpore").click()
    step(desk, compare=["MindSpore", "Huawei"])
    desk.page.go_back()
    step(desk, entity=["MindSpore"], select=["MindSpore"])
    menu(desk, "Huawei").get_by_role("menuitem", name="Ways from MindSpore to here").click()
    step(desk, source=["MindSpore"], target=["Huawei"])


def test_collapse_takes_back_what_was_opened(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore")
    before = set(desk.places())
    desk.click_node("Huawei", times=2)
    step(desk, entity=["MindSpore"], open=["Huawei"], select=["Huawei"])
    menu(desk, "Huawei").get_by_role("menuitem", name="Collapse").click()
    step(desk, entity=["MindSpore"], select=["Huawei"])
    assert set(desk.places()) == before


def test_hide_others_keeps_the_neighbours(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&open=Huawei&select=MindSpore")
    near = set(
        desk.page.evaluate(
            """fetch('/api/expand?entity=MindSpore&open=Huawei').then(a => a.json())
                .then(({view}) => {
                const name = new Map(view.nodes.map(n => [n.iri, n.name]))
                return view.edges.flatMap(e => [name.get(e.source), name.get(e.target)])
                    .filter((n, i, all) => all[i ^ 1] === 'MindSpore' || n === 'MindSpore')
            })"""
        )
    )
    assert near < set(desk.places())
    press(desk, "o")
    desk.page.wait_for_url(lambda url: "without" in query(url))
    desk.await_drawing()
    assert set(desk.places()) == near
    hidden = desk.page.locator(".hidden-count")
    expect(hidden).to_contain_text("hidden")
    hidden.click()
    filters = desk.page.get_by_role("region", name="Filters")
    filters.get_by_role("button", name="Show everything again").click()
    step(desk, entity=["MindSpore"], open=["Huawei"], select=["MindSpore"])
    expect(desk.page.locator(".view-count")).to_contain_text("nothing hidden")


def test_what_is_pinned_stays_and_is_in_the_address(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=Huawei")
    at = desk.place("Huawei")
    press(desk, "p")
    desk.page.wait_for_url(lambda url: "at" in query(url))
    desk.await_drawing()
    name, x, y = query(desk.page.url)["at"][0].rsplit(",", 2)
    assert name == "Huawei"
    drawn = desk.page.evaluate("fetch('/api/expand' + location.search).then(a => a.json())")
    huawei = next(node for node in drawn["view"]["nodes"] if node["name"] == "Huawei")
    assert (huawei["x"], huawei["y"], huawei["pinned"]) == (float(x), float(y), True)
    assert at is not None
    press(desk, "p")
    step(desk, entity=["MindSpore"], select=["Huawei"])


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
