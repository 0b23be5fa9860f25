"""The panels beside the picture: what they say, and what a person can do with them."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from browser.visitor import Visitor

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WRONG = "/?entity=Ernie_Bot&select=Ernie_Bot+hasLicense+open_source_%2528software%252FAI%2529"


def test_facts_stand_in_parts_each_with_its_source(desk: Visitor) -> None:
    desk.see("/?entity=GPT-4&select=GPT-4")
    parts = desk.page.locator("triplary-details .part")
    names = parts.locator(".part-name").all_inner_texts()
    assert names == [
        "What it is linked to",
        "What links to it",
        "Figures and dates",
        "What it is and is called",
        "Notes and records",
    ]
    figures = parts.nth(2)
    released = figures.locator(".group", has_text="was released on")
    expect(released.locator(".value")).to_have_text("2023-03-15")
    for group in parts.nth(0).locator(".group").all():
        expect(group.locator(".source").first).to_be_visible()
    # names are folded until somebody asks
    expect(parts.nth(3).locator(".group").first).to_be_hidden()
    parts.nth(3).locator("summary").first.click()
    expect(parts.nth(3).locator(".group").first).to_be_visible()


def test_what_it_is_called_is_copied(desk: Visitor) -> None:
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.see("/?entity=Baidu&select=Baidu")
    page = desk.page
    copied = {}
    for kind in ("iri", "curie", "label", "turtle"):
        page.locator("triplary-copy summary").click()
        page.locator(f"[data-copy={kind}]").click()
        said = page.locator("triplary-copy [role=status]")
        expect(said).to_have_text(re.compile(f"^Copied: {kind}$", re.IGNORECASE))
        copied[kind] = page.evaluate("navigator.clipboard.readText()")
    turtle = copied.pop("turtle")
    iri = "https://w3id.org/triplary/id/Baidu"
    assert copied == {"iri": iri, "curie": "id:Baidu", "label": "Baidu"}
    assert turtle == fetched(desk, "/entity/Baidu.ttl")


def test_statements_that_conflict_stand_side_by_side(desk: Visitor) -> None:
    desk.see("/?entity=BLOOM-176B&select=BLOOM-176B")
    group = desk.page.locator(".group.is-conflict", has_text="parameters")
    sides = group.locator(".sides > li")
    expect(group.locator(".conflict")).to_contain_text("do not agree: 2 statements")
    assert [side.locator(".value").inner_text() for side in sides.all()] == [
        "176,000,000,000",
        "176,247,271,424",
    ]
    assert [side.locator(".source").inner_text() for side in sides.all()] == [
        "Open LLMs · Apache-2.0",
        "Epoch AI: notable AI models · CC BY 4.0",
    ]
    left, right = (box(side) for side in sides.all())
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]


def test_over_a_claim_that_is_wrong_stands_that_it_is(desk: Visitor) -> None:
    desk.see("/?entity=Ernie_Bot&select=Ernie_Bot")
    group = desk.page.locator(".group.is-conflict")
    expect(group.locator(".conflict")).to_have_text(["A claim here is wrong."])
    assert group.get_attribute("data-predicate") == (
        "https://w3id.org/triplary/ontology#hasLicense"
    )


def test_a_long_key_unfolds_by_keyboard(desk: Visitor) -> None:
    desk.see("/")
    rows = desk.page.locator(".legend-classes > li")
    expect(rows).to_have_count(11)
    more = desk.page.locator(".legend-classes .legend-all")
    left = int(more.inner_text().removesuffix(" more"))
    more.focus()
    desk.page.keyboard.press("Enter")
    expect(rows).to_have_count(10 + left)
    expect(rows.nth(10).get_by_role("button")).to_be_focused()


def test_the_key_tells_doubtful_from_disputed_without_colour(desk: Visitor) -> None:
    desk.see("/?verdict=disputed&verdict=doubtful")
    lines = desk.page.locator(".legend-lines")
    dashes = {
        word: lines.get_by_role("button", name=word)
        .locator("[stroke-dasharray]")
        .get_attribute("stroke-dasharray")
        for word in ("disputed · dots", "doubtful · dots in pairs")
    }
    assert len(set(dashes.values())) == 2


def test_long_groups_fold_and_lead_into_the_picture(desk: Visitor) -> None:
    desk.see("/?entity=China&select=China")
    page = desk.page
    group = page.locator(".group", has_text="is the origin of")
    facts = group.locator(".fact")
    expect(facts).to_have_count(5)
    group.get_by_role("button", name="Show all 50").click()
    expect(facts).to_have_count(50)
    expect(group.locator(".rest")).to_have_text("50 of 786 shown · Draw more of them")
    group.get_by_role("button", name="Draw more of them").click()
    page.wait_for_url(lambda url: "open" in query(url))
    assert query(page.url)["open"] == ["China,^countryOfOrigin,"]


def test_a_connection_says_all_that_is_known_of_a_claim(desk: Visitor) -> None:
    desk.see(WRONG)
    details = desk.page.locator("triplary-details")
    expect(details.locator(".drawn-as")).to_contain_text("wrong")
    claim = details.locator(".voice.claim")
    expect(claim.locator(".confidence")).to_have_text("confidence 93%")
    corrected = claim.locator("dt", has_text="Corrected to").locator("+ dd a")
    expect(corrected.first).to_have_text("ERNIE-4.5-VL-424B-A47B (文心大模型4.5)")
    said = dict(
        zip(
            claim.locator("dt").all_inner_texts(),
            claim.locator("dd").all_inner_texts(),
            strict=True,
        )
    )
    assert said.pop("Corrected to").endswith(", ERNIE 4.0")
    assert said == {
        "Kind": "fact",
        "Sentence": "S2",
        "Attributed to": "Chinese open-source AI models (article)",
        "Supports": "C076: Ernie Bot offer – priced as – open source (software/AI)",
        "Claim": "C007: Ernie Bot – licensed as – open source (software/AI)",
    }
    expect(claim.locator(".claim-source .source")).to_contain_text("CC BY 4.0")


def test_parallel_connections_are_walked_through(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=MindSpore+developedBy+Huawei")
    page = desk.page
    seen = []
    for _ in range(2):
        seen.append(page.locator("triplary-details h2").inner_text())
        page.get_by_role("button", name="Next connection of the same two").click()
    assert sorted(seen) == ["controlled by", "developed by"]
    expect(page.locator("triplary-details h2")).to_have_text(seen[0])
    expect(page.get_by_role("button", name="Next connection of the same two")).to_be_focused()


def test_a_row_of_the_key_filters_in_three_states(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore")
    page = desk.page
    row = page.locator('triplary-legend [data-kind=class][data-value$="#Sector"]')
    expect(row).to_have_attribute("aria-pressed", "false")
    row.click()
    page.wait_for_url(lambda url: query(url).get("class") == ["Sector"])
    expect(row).to_have_attribute("aria-pressed", "true")
    row.click()
    page.wait_for_url(lambda url: query(url).get("class") == ["-Sector"])
    expect(row).to_contain_text("0 of 2")  # what is left out stays listed
    row.click()
    page.wait_for_url(lambda url: "class" not in query(url))
    expect(row).to_contain_text("2")


def test_the_key_says_how_lines_are_drawn(desk: Visitor) -> None:
    desk.see("/")
    lines = desk.page.locator(".legend-lines button")
    said = [text.split(" · ") for text in lines.all_inner_texts()]
    drawn = {verdict: line.split("\n")[0] for verdict, line in said}
    assert drawn["wrong"] == "crosses on the line"
    assert drawn["doubtful"] == "dots in pairs"


def test_tables_sort_and_selection_goes_both_ways(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    page = desk.page
    page.locator("triplary-twin summary").click()
    page.get_by_role("tab", name="Entities").click()
    view = answer(desk, "/api/expand?entity=Baidu&language=en")["view"]
    page.get_by_role("button", name="Connections", exact=False).last.click()
    heading = page.locator("triplary-twin th", has_text="Connections")
    expect(heading).to_have_attribute("aria-sort", "descending")
    degrees = {
        node["label"]: sum(node["iri"] in (e["source"], e["target"]) for e in view["edges"])
        for node in view["nodes"]
    }
    rows = page.locator("triplary-twin tbody tr")
    shown = [tuple(row.locator("td").all_inner_texts()) for row in rows.all()]
    counts = [int(cells[-1]) for cells in shown]
    assert counts == sorted(counts, reverse=True)
    assert {cells[0]: int(cells[-1]) for cells in shown} == degrees

    rows.last.locator("td").nth(1).click()
    name = rows.last.get_attribute("data-row")
    page.wait_for_url(lambda url: query(url).get("select") == [name])
    expect(rows.last).to_have_attribute("aria-current", "true")

    page.get_by_role("tab", name="Connections").click()
    last = page.locator("triplary-twin tbody tr").last
    edge = last.get_attribute("data-row")
    desk.go(f"{urlsplit(page.url).path}?entity=Baidu&select={edge}".replace(" ", "+"))
    desk.await_drawing()
    page.locator("triplary-twin summary").click()
    page.get_by_role("tab", name="Connections").click()
    chosen = page.locator("triplary-twin tr[aria-current=true]")
    expect(chosen).to_have_attribute("data-row", edge or "")
    expect(chosen).to_be_in_viewport()


def test_arrow_keys_walk_from_node_to_neighbour(desk: Visitor) -> None:
    desk.see("/?entity=MindSpore&select=MindSpore")
    page = desk.page
    page.locator("triplary-twin summary").click()
    page.get_by_role("tab", name="Walk").click()
    root = page.get_by_role("treeitem").first
    expect(root).to_contain_text("MindSpore")
    root.focus()
    here: Callable[[], str] = lambda: str(  # noqa: E731
        page.evaluate("document.activeElement.dataset.walk ?? ''")
    )
    while here() != "Huawei":
        before = here()
        page.keyboard.press("ArrowDown")
        assert here() != before, "Huawei is no neighbour"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: query(url)["select"] == ["Huawei"])
    expect(page.get_by_role("treeitem").first).to_be_focused()
    assert here() == "Huawei"
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(lambda url: query(url)["select"] == ["MindSpore"])
    expect(page.get_by_role("treeitem").first).to_be_focused()
    assert here() == "MindSpore"


def test_a_big_picture_enters_the_page_in_slices(desk: Visitor) -> None:
    desk.see("/?limit=300")
    page = desk.page
    total = int(page.locator(".canvas").get_attribute("data-edges") or 0)
    assert total > 500
    page.locator("triplary-twin summary").click()
    page.get_by_role("tab", name="Connections").click()
    rows = page.locator("triplary-twin tbody tr")
    expect(rows).to_have_count(100)
    page.get_by_role("button", name="Show 100 more").click()
    expect(rows).to_have_count(200)


def test_a_relation_is_avoided_and_required(desk: Visitor) -> None:
    desk.see("/?source=MindSpore&target=OECD")
    page = desk.page
    page.get_by_role("button", name="Avoid “comes from”").click()
    page.wait_for_url(lambda url: query(url).get("forbid") == ["countryOfOrigin"])
    avoided = page.locator("[data-relation=countryOfOrigin]")
    expect(avoided.locator(".relation-name")).to_have_text("comes from")
    steps = page.locator("triplary-paths .path li .value")
    expect(steps.filter(has_text="comes from")).to_have_count(0)
    assert steps.count() > 0
    page.get_by_role("button", name="Require “part of”").click()
    page.wait_for_url(lambda url: query(url).get("require") == ["partOf"])
    expect(page.locator("[data-relation=partOf] [aria-pressed=true]")).to_have_count(1)
    for path in page.locator("triplary-paths .path").all():
        expect(path).to_contain_text("part of")


def test_no_way_says_what_to_loosen(desk: Visitor) -> None:
    desk.see("/?source=MindSpore&target=OECD&longest=1")
    page = desk.page
    expect(page.locator("triplary-paths .problem")).to_contain_text("not directly connected")
    page.get_by_role("button", name="Allow up to 8 steps").click()
    expect(page.locator("triplary-paths .path").first).to_be_visible()
    assert query(page.url)["longest"] == ["8"]


def test_two_are_compared_in_tables_with_evidence(desk: Visitor) -> None:
    desk.see("/?compare=Baidu&compare=Huawei")
    page = desk.page
    told = answer(desk, "/api/compare?entity=Baidu&entity=Huawei&language=en")
    heads = page.locator("triplary-compare thead button")
    totals = told["totals"]
    assert [text.split("\n") for text in heads.all_inner_texts()] == [
        ["Both", str(totals["shared"])],
        ["Only Baidu", str(totals["left"])],
        ["Only Huawei", str(totals["right"])],
    ]
    shared = page.locator("triplary-compare td[data-side=shared] li[data-value]")
    found = shared.evaluate_all("items => items.map(item => item.dataset.value)")
    assert sorted(found) == sorted(each["value"]["value"] for each in told["shared"])
    why = shared.first.locator("details")
    why.locator("summary").click()
    expect(why.locator(".source").first).to_be_visible()
    expect(page.locator("triplary-compare h2 a")).to_have_text(["Baidu", "Huawei"])


def test_a_lesson_runs_to_its_end(desk: Visitor) -> None:
    desk.see("/")
    page = desk.page
    lesson = answer(desk, "/api/lessons?language=en")["lessons"][0]
    page.locator("[data-lesson]").first.click()
    for place, step in enumerate(lesson["steps"]):
        expect(page.locator(".lesson-progress")).to_have_text(f"{place + 1} of 5")
        expect(page.locator(".lesson-text")).to_have_text(step["text"])
        desk.await_drawing()
        asked = query(step["address"])
        page.wait_for_url(lambda url, asked=asked: query(url).get("select") == asked.get("select"))
        assert all(desk.place(name) for name in step["shows"])
        expect(page.locator(".lesson-answer")).to_have_count(0)
        page.get_by_role("button", name="Show the answer").click()
        expect(page.locator(".lesson-answer")).to_have_text(step["answer"])
        if place < 4:
            page.locator(".lesson [data-key=next]").click()
    page.reload()  # a lesson outlives that
    expect(page.locator(".lesson-progress")).to_have_text("5 of 5")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".lesson")).to_have_count(0)


def test_the_tour_points_covers_nothing_and_is_skipped(desk: Visitor) -> None:
    desk.see("/")
    page = desk.page
    page.get_by_role("button", name="Show me around").click()
    card, ring = page.locator(".tour-card"), page.locator(".tour-ring")
    for stop in range(6):
        expect(card.locator(".tour-ways .quiet")).to_have_text(f"{stop + 1} of 6")
        assert apart(box(card), box(ring))
        if stop < 5:
            card.get_by_role("button", name="Next").click()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.reload()
    desk.await_drawing()
    expect(page.locator(".offer")).to_have_count(0)
    expect(page.get_by_role("button", name="Show me around")).to_be_visible()


def test_a_tour_declined_is_offered_no_more(desk: Visitor) -> None:
    desk.see("/")
    desk.page.get_by_role("button", name="No, thank you").click()
    expect(desk.page.locator(".offer")).to_have_count(0)
    desk.see("/")
    expect(desk.page.locator(".offer")).to_have_count(0)


def test_the_sheet_of_a_phone_has_three_heights(phone: Visitor) -> None:
    phone.see("/?entity=Baidu")
    page = phone.page
    handle, panel = page.locator(".sheet-handle"), page.locator(".panel")
    half = box(panel)["height"]
    handle.tap()
    expect(panel).to_have_attribute("data-sheet", "full")
    full = box(panel)
    assert full["height"] > 600
    assert full["y"] >= box(page.locator(".tools-above"))["y"]
    assert box(handle)["height"] >= 44
    handle.tap()
    expect(panel).to_have_attribute("data-sheet", "low")
    assert box(panel)["height"] < half < full["height"]


def open_twin(page: Page, tab: str) -> None:
    page.locator("triplary-twin summary").click()
    page.locator(f"#twin-tab-{tab}").click()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "entity": ("/?entity=MindSpore&select=MindSpore", lambda page: None),
    "connection": (WRONG, lambda page: None),
    "copy": ("/?entity=Baidu&select=Baidu", lambda p: p.locator("triplary-copy summary").click()),
    "paths": ("/?source=MindSpore&target=OECD&forbid=partOf", lambda page: None),
    "no way": ("/?source=MindSpore&target=OECD&longest=1", lambda page: None),
    "compare": ("/?compare=Baidu&compare=Huawei", lambda page: None),
    "sentences": ("/?entity=Baidu", lambda page: open_twin(page, "sentences")),
    "table": ("/?entity=Baidu&select=China", lambda page: open_twin(page, "connections")),
    "walk": ("/?entity=Baidu&select=China", lambda page: open_twin(page, "walk")),
    "key": ("/?entity=Baidu&class=-City&color=community", lambda page: None),
    "lesson": ("/", lambda page: page.locator("[data-lesson]").first.click()),
    "tour": ("/", lambda page: page.locator("[data-tour]").click()),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_nothing_in_any_panel(
    request: pytest.FixtureRequest, look: str, state: str
) -> None:
    visitor: Visitor = request.getfixturevalue("phone" if look == "phone" else "desk")
    if look != "phone":
        visitor.page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
    path, act = STATES[state]
    visitor.see(path)
    act(visitor.page)
    visitor.page.wait_for_timeout(400)
    found = Axe().run(visitor.page, options={"runOnly": TAGS}).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def fetched(visitor: Visitor, path: str) -> str:
    with urlopen(visitor.address + path) as found:  # noqa: S310 - our own
        return str(found.read(), "utf-8")


def answer(visitor: Visitor, path: str) -> Any:
    return json.loads(fetched(visitor, path))


def box(found: Locator) -> dict[str, float]:
    rectangle = found.bounding_box()
    assert rectangle is not None
    return dict(rectangle)  # type: ignore[arg-type]


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two rectangles have nothing in common."""
    return (
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)
