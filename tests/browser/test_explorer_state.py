"""Every step of the explorer is an address: made by a hand, undone, redone, reloaded and shared."""

import re

from playwright.sync_api import expect

from browser.steps import menu, press, query, reload_is_the_same, step
from browser.visitor import Visitor


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
    row = found.get_by_role("menuitem", name=re.compile("includes"))
    shown, total = re.findall(r"\d+", row.locator(".count").inner_text())
    assert int(shown) < int(total)
    row.click()
    opens = ["China,^basedIn,1", "China,^partOf,"]
    step(desk, entity=["Baidu"], open=opens, select=["China"])
    assert before < set(desk.places())
    again = menu(desk, "China").get_by_role("menuitem", name=re.compile("includes"))
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
