"""The table of a result: sorted, filtered, walked, copied; a hundred thousand solutions."""

from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Locator, expect

from browser.results import (
    HUNDRED_THOUSAND,
    IDS,
    SHOW,
    asked,
    column,
    drawn,
    number,
    shown,
    told,
    uri,
)
from browser.results import text as words
from browser.visitor import Visitor

NAMES = ["who", "name", "size", "day"]
ROWS = [
    [uri("Baidu"), words("Zebra", "en"), number(9), number("2021-05-01", "date")],
    [uri("OECD"), words("ähnlich", "de"), number("1.5E3", "double"), number("2020", "gYear")],
    [None, words("Apfel 10"), number(12345678), None],
    [uri("Meta"), words("Apfel 9"), None, number("2021-05-01T12:00:00Z", "dateTime")],
]
LABELS = {IDS + "Baidu": "Baidu, Inc.", IDS + "Meta": "Meta AI"}


@pytest.fixture
def table(desk: Visitor) -> Locator:
    return shown(desk, NAMES, ROWS, "table", labels=LABELS)


def test_cells_say_what_is_bound(table: Locator) -> None:
    rows = table.locator(".grid-body [role=row]").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    assert rows == [
        ["1", "Baidu, Inc.", "Zebra @en", "9", "2021-05-01"],
        ["2", "id:OECD", "ähnlich @de", "1.5E3", "2020"],
        ["3", "", "Apfel 10", "12,345,678", ""],
        ["4", "Meta AI", "Apfel 9", "", "2021-05-01T12:00:00Z"],
    ]
    links = table.locator(".grid-body a")
    expect(links.first).to_have_attribute("href", "/entity/Baidu")
    expect(links.first).to_have_attribute("title", IDS + "Baidu")
    assert table.locator('[lang="de"]').inner_text() == "ähnlich @de"
    expect(table.locator(".grid-status")).to_have_text("4 solutions.")


def test_sorting_is_by_what_values_are(desk: Visitor, table: Locator) -> None:
    def sort(name: str) -> None:
        table.get_by_role("columnheader", name=name).click()

    sort("size")
    assert column(table, 2) == ["12,345,678", "1.5E3", "9", ""]
    head = table.get_by_role("columnheader", name="size")
    expect(head).to_have_attribute("aria-sort", "descending")
    sort("size")
    assert column(table, 2) == ["9", "1.5E3", "12,345,678", ""]
    expect(head).to_have_attribute("aria-sort", "ascending")
    sort("size")
    assert column(table, 1) == ["Zebra @en", "ähnlich @de", "Apfel 10", "Apfel 9"]
    expect(head).to_have_attribute("aria-sort", "none")
    sort("day")
    assert column(table, 3) == ["2020", "2021-05-01", "2021-05-01T12:00:00Z", ""]
    sort("name")
    assert column(table, 1) == ["ähnlich @de", "Apfel 9", "Apfel 10", "Zebra @en"]
    assert told(desk.page) == {"view": "table", "options": "sort=name"}


def test_filters_find_texts_and_compare_figures_and_dates(table: Locator) -> None:
    find = table.get_by_role("searchbox", name="Find in the result")
    find.fill("apfel")
    expect(table.locator(".grid-status")).to_have_text("2 of 4 solutions.")
    assert column(table, 1) == ["Apfel 10", "Apfel 9"]
    find.fill("")
    expect(table.locator(".grid-status")).to_have_text("4 solutions.")
    table.get_by_role("button", name="Filter columns").click()
    field = table.get_by_role("textbox", name="Filter by size")
    for asked_for, found in (("> 9", 2), (">= 9", 3), ("9..2000", 2), ("12", 1), ("< 9", 0)):
        field.fill(asked_for)
        expect(table.locator(".grid-status")).to_have_text(f"{found} of 4 solutions.")
    field.fill("")
    day = table.get_by_role("textbox", name="Filter by day")
    for asked_for, found in (("2021", 2), ("= 2021-05-01", 2), ("< 2021", 1), ("2020..2021", 3)):
        day.fill(asked_for)
        expect(table.locator(".grid-status")).to_have_text(f"{found} of 4 solutions.")


def test_entities_are_written_in_three_ways(desk: Visitor, table: Locator) -> None:
    assert column(table, 0) == ["Baidu, Inc.", "id:OECD", "", "Meta AI"]
    table.get_by_role("radio", name="Prefixed").check(force=True)
    assert column(table, 0) == ["id:Baidu", "id:OECD", "", "id:Meta"]
    table.get_by_role("radio", name="Full IRIs").check(force=True)
    assert column(table, 0) == [IDS + "Baidu", IDS + "OECD", "", IDS + "Meta"]
    assert told(desk.page) == {"view": "table", "options": "names=full"}


def test_sort_filter_and_names_come_back_with_the_link(desk: Visitor) -> None:
    query = "SELECT ?n ?s { VALUES (?n ?s) { (1 <x:a>) (2 <x:b>) (3 <x:c>) (30 <x:d>) } }"
    result = asked(desk, query, "table")
    result.get_by_role("columnheader", name="n", exact=True).click()
    result.get_by_role("button", name="Filter columns").click()
    result.get_by_role("textbox", name="Filter by n").fill("< 30")
    expect(result.locator(".grid-status")).to_have_text("3 of 4 solutions.")
    desk.page.wait_for_url("**has.n**")
    desk.page.reload()
    drawn(desk.page)
    assert column(result, 0) == ["3", "2", "1"]
    expect(result.get_by_role("textbox", name="Filter by n")).to_have_value("< 30")


def test_a_range_is_selected_by_mouse_and_copied(desk: Visitor, table: Locator) -> None:
    context = desk.page.context
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    first = table.get_by_role("gridcell", name="Zebra @en")
    last = table.get_by_role("gridcell", name="1.5E3")
    first.hover(position={"x": 120, "y": 16})
    desk.page.mouse.down()
    last.hover()
    desk.page.mouse.up()
    assert table.locator(".is-selected").all_inner_texts() == [
        "Zebra @en", "9", "ähnlich @de", "1.5E3",
    ]  # fmt: skip
    desk.page.keyboard.press("Control+c")
    assert clipboard(desk) == "Zebra\t9\nähnlich\t1.5E3"
    expect(table.locator(".grid-status")).to_have_text("2 rows copied.")


def test_a_range_is_selected_by_keys_and_copied_as_markdown(desk: Visitor, table: Locator) -> None:
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid = table.get_by_role("grid")
    grid.focus()
    for key in ("ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"):
        desk.page.keyboard.press(key)
    assert table.locator(".is-selected").all_inner_texts() == [
        "ähnlich @de", "1.5E3", "Apfel 10", "12,345,678",
    ]  # fmt: skip
    table.get_by_role("button", name="Copy", exact=True).click()
    table.get_by_role("button", name="As Markdown").click()
    expect(table.locator(".grid-status")).to_have_text("2 rows copied.")
    assert clipboard(desk) == (
        "| name | size |\n| --- | ---: |\n| ähnlich | 1.5E3 |\n| Apfel 10 | 12345678 |"
    )


def test_without_a_range_the_whole_table_is_copied_with_its_names(desk: Visitor) -> None:
    rows = [[words('tab\there "and"'), words("a|b\nc")], [None, words("d")]]
    table = shown(desk, ["one", "two"], rows, "table")
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for way, text in (
        ("As a table (TSV)", 'one\ttwo\n"tab\there ""and"""\t"a|b\nc"\n\td'),
        ("As Markdown", '| one | two |\n| --- | --- |\n| tab\there "and" | a\\|b c |\n|  | d |'),
    ):
        if not table.locator(".result-copy .popover-box").is_visible():
            table.get_by_role("button", name="Copy", exact=True).click()
        table.get_by_role("button", name=way).click()
        expect(table.locator(".grid-status")).to_have_text("2 rows copied.")
        assert clipboard(desk) == text


def test_the_grid_is_walked_by_keys_as_aria_has_it(desk: Visitor, table: Locator) -> None:
    grid = table.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", "5")
    expect(grid).to_have_attribute("aria-colcount", "5")
    grid.focus()

    def here() -> tuple[str, str]:
        there = grid.get_attribute("aria-activedescendant")
        cell = table.locator(f'[id="{there}"]')
        return cell.get_attribute("role") or "", cell.inner_text()

    assert here() == ("gridcell", "Baidu, Inc.")
    desk.page.keyboard.press("Control+End")
    assert here() == ("gridcell", "2021-05-01T12:00:00Z")
    expect(table.locator(".grid-whole")).to_have_text(
        "day 2021-05-01T12:00:00Zhttp://www.w3.org/2001/XMLSchema#dateTime"
    )
    desk.page.keyboard.press("Home")
    assert here() == ("gridcell", "Meta AI")
    for _ in range(4):
        desk.page.keyboard.press("ArrowUp")
    assert here() == ("columnheader", "who")
    desk.page.keyboard.press("Enter")
    expect(table.get_by_role("columnheader", name="who")).to_have_attribute(
        "aria-sort", "ascending"
    )
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/entity/Baidu")


def test_columns_are_made_wider_by_mouse_and_by_keys(desk: Visitor, table: Locator) -> None:
    head = table.get_by_role("columnheader", name="name")

    def width() -> float:
        box = head.bounding_box()
        assert box is not None
        return round(box["width"])

    before = width()
    edge = head.locator(".grid-edge").bounding_box()
    assert edge is not None
    desk.page.mouse.move(edge["x"] + 5, edge["y"] + 10)
    desk.page.mouse.down()
    desk.page.mouse.move(edge["x"] + 65, edge["y"] + 10, steps=4)
    desk.page.mouse.up()
    assert width() == before + 60
    expect(head).to_have_attribute("aria-sort", "none")
    table.get_by_role("grid").focus()
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowLeft"):
        desk.page.keyboard.press(key)
    assert width() == before + 60 - 16


def test_what_the_server_cut_is_said(desk: Visitor) -> None:
    table = shown(desk, ["n"], [[number(1)], [number(2)]], "table", cut=2)
    expect(table.locator(".grid-status")).to_have_text(
        "2 solutions. Only the first 2 are here: there are more."
    )


def test_a_hundred_thousand_solutions_are_at_hand_and_few_are_in_the_page(desk: Visitor) -> None:
    asked(desk, "ASK {}")
    page = desk.page
    page.evaluate(
        f"() => {{ const [names, rows] = ({HUNDRED_THOUSAND})();"
        f' ({SHOW})([names, rows, "table", "", "", {{}}, null]); }}'
    )
    result = drawn(page)
    expect(result.locator(".grid-status")).to_have_text("100,000 solutions.")
    grid = result.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", "100001")
    assert 0 < result.locator(".grid-body [role=row]").count() < 60
    grid.focus()
    page.keyboard.press("Control+End")
    expect(result.locator('[aria-rowindex="100001"]')).to_be_visible()
    expect(result.locator('[aria-rowindex="100001"] [role=rowheader]')).to_have_text("100,000")
    assert result.locator(".grid-body [role=row]").count() < 60
    page.keyboard.press("Control+Home")
    result.get_by_role("columnheader", name="size").click()
    largest = max((at * 104729) % 1000003 for at in range(100_000))
    expect(result.locator('[aria-rowindex="2"] .is-number')).to_have_text(f"{largest:,}")
    result.get_by_role("searchbox").fill("Entity 4242")
    expect(result.locator(".grid-status")).to_have_text("11 of 100,000 solutions.")


def test_the_link_of_a_table_reads_plainly(desk: Visitor, table: Locator) -> None:
    table.get_by_role("searchbox").fill("a & b")
    expect(table.locator(".grid-status")).to_have_text("0 of 4 solutions.")
    options = told(desk.page)["options"]
    assert parse_qsl(options) == [("find", "a & b")]


def clipboard(at: Visitor) -> str:
    text: str = at.page.evaluate("navigator.clipboard.readText()")
    return text
