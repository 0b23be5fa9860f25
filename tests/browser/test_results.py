"""Each view of a result, as a person sees it in a real browser over the real server."""

import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.results import IDS, asked, column, drawn, number, shown, text, uri
from browser.visitor import Visitor
from triplary import query as library

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CLASSES = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    "SELECT ?class ?super { ?class rdfs:subClassOf ?super\n"
    '  FILTER (STRSTARTS(STR(?super), "https://w3id.org/triplary/")) } ORDER BY ?class'
)
VIEWS = {
    "answer": "ASK { ?s ?p ?o }",
    "number": "count-triples",
    "table": "models-of-a-developer",
    "cards": "models-of-a-sector",
    "graph": "models-of-a-sector",
    "bar": "most-depended-upon-models",
    "line": "open-weights-by-country-and-year",
    "scatter": "training-compute-by-year",
    "pie": "verdicts-by-kind",
    "histogram": "largest-open-models-by-a-day",
    "timeline": "models-of-a-developer",
    "tree": CLASSES,
    "matrix": "verdicts-by-kind",
    "pivot": "hardware-by-year",
    "text": "models-of-a-developer",
    "raw": "count-triples",
}


def query_of(view: str) -> str:
    name = VIEWS[view]
    return name if " " in name else library.load(name).text


def solutions(at: Visitor, query: str) -> list[dict[str, Any]]:
    """What the server itself answers."""
    answer = at.page.request.post(
        f"{at.address}/sparql",
        data=query,
        headers={
            "content-type": "application/sparql-query",
            "accept": "application/sparql-results+json",
        },
    )
    bindings: list[dict[str, Any]] = answer.json()["results"]["bindings"]
    return bindings


def titles(at: Visitor) -> list[str]:
    """What the marks of a chart say under the pointer."""
    return at.page.locator(".result-chart g title").all_text_contents()


def test_bars_have_the_length_and_the_names_of_the_solutions(desk: Visitor) -> None:
    found = solutions(desk, query_of("bar"))
    result = asked(desk, query_of("bar"), "bar")
    named = [row["name"]["value"] for row in found]
    assert titles(desk) == [
        f"{name}: {row['all']['value']} (all)" for name, row in zip(named, found, strict=True)
    ]
    widths = result.locator('g[data-mark="bar"] rect').evaluate_all(
        "bars => bars.map((bar) => Number(bar.getAttribute('width')))"
    )
    each = [int(row["all"]["value"]) for row in found]
    assert [round(width / widths[0], 3) for width in widths] == [
        round(value / each[0], 3) for value in each
    ]
    words = result.locator(".result-chart text").all_text_contents()
    assert {"all", "0", *[name for name in named if len(name) <= 30]} <= set(words)
    expect(result.locator(".result-chart > title")).to_have_text("all by base")


def test_bars_are_stacked_by_colour_over_the_years(desk: Visitor) -> None:
    query = query_of("line")
    found = solutions(desk, query)
    result = asked(desk, query, "bar", "category=year")
    assert sorted(titles(desk)) == sorted(
        f"{row['year']['value']}, {row['access']['value']}: {row['models']['value']} (models)"
        for row in found
    )
    sums = Counter[str]()
    for row in found:
        sums[row["year"]["value"]] += int(row["models"]["value"])
    marks = result.locator('.result-chart g[data-mark="text"] text').all_text_contents()
    assert marks == [str(sums[year]) for year in sorted(sums)]
    key = result.locator(".result-chart > text").all_text_contents()
    assert sorted(key) == sorted({row["access"]["value"] for row in found})


def test_no_more_than_ten_colours_and_what_is_cut_is_said(desk: Visitor) -> None:
    rows = [
        [text(f"kind {at % 14:02}"), text(f"place {at // 14:03}"), number(at + 1)]
        for at in range(14 * 60)
    ]
    result = shown(desk, ["kind", "place", "size"], rows, "bar", "category=place&group=kind")
    key = result.locator(".result-chart > text").all_text_contents()
    assert (len(key), key[-1]) == (10, "other")
    fills = result.locator('g[data-mark="bar"] rect').evaluate_all(
        "bars => [...new Set(bars.map((bar) => bar.getAttribute('fill')))]"
    )
    assert len(fills) == 10
    assert result.locator(".result-note").inner_text() == (
        "50 of 60 drawn, by value. 5 more share the grey colour."
    )
    assert len(set(titles(desk))) == result.locator('g[data-mark="bar"] rect').count() == 50 * 10


def test_several_solutions_of_one_bar_are_added_and_it_is_said(desk: Visitor) -> None:
    rows = [[text("a"), number(1)], [text("b"), number(5)], [text("a"), number(2)]]
    result = shown(desk, ["name", "size"], rows, "bar")
    assert titles(desk) == ["b: 5 (size)", "a: 3 (size)"]
    expect(result.locator(".result-note")).to_have_text(
        "Where several solutions fall together, they are added up."
    )
    result.locator("select[name=how]").select_option("mean")
    drawn(desk.page)
    expect(result.locator(".result-chart g title").first).to_have_text("b: 5 (size)")
    assert titles(desk) == ["b: 5 (size)", "a: 1.5 (size)"]


def test_lines_have_a_point_for_each_solution(desk: Visitor) -> None:
    found = solutions(desk, query_of("line"))
    result = asked(desk, query_of("line"), "line")
    assert sorted(titles(desk)) == sorted(
        f"{row['access']['value']}, {row['year']['value']}: {row['models']['value']}"
        for row in found
    )
    kinds = {row["access"]["value"] for row in found}
    assert result.locator('g[data-mark="line"] path').count() == len(kinds)
    words = result.locator(".result-chart text").all_text_contents()
    assert {"year", "models", found[0]["year"]["value"]} <= set(words)


def test_dots_stand_where_the_numbers_are_and_wide_ranges_are_logarithmic(desk: Visitor) -> None:
    rows = [[text("small"), number(10), number(1)], [text("great"), number(10_000_000), number(3)]]
    result = shown(desk, ["name", "size", "rank"], rows, "scatter")
    assert titles(desk) == ["small: 10, 1", "great: 10,000,000, 3"]
    expect(result.locator("select[name=xscale]")).to_have_value("log")
    assert {"size (logarithmic)", "rank", "small"} <= set(
        result.locator(".result-chart text").all_text_contents()
    )
    places = result.locator('g[data-mark="dot"] circle').evaluate_all(
        "dots => dots.map((dot) => [dot.getAttribute('cx'), dot.getAttribute('cy')].map(Number))"
    )
    assert places[0][0] < places[1][0]
    assert places[0][1] > places[1][1]


def test_slices_say_their_share(desk: Visitor) -> None:
    found = solutions(desk, query_of("pie"))
    kinds = Counter[str]()
    for row in found:
        kinds[row["kind"]["value"]] += int(row["claims"]["value"])
    whole = sum(kinds.values())
    result = asked(desk, query_of("pie"), "pie", "category=kind&value=claims")
    assert titles(desk) == [
        f"{kind}: {count} ({round(100 * count / whole)}%)" for kind, count in kinds.most_common()
    ]
    assert str(whole) in result.locator(".result-chart text").all_text_contents()


def test_a_pie_has_ten_slices_at_most(desk: Visitor) -> None:
    rows = [[text(f"n{at}"), number(100 - at)] for at in range(14)]
    result = shown(desk, ["name", "size"], rows, "pie")
    assert len(titles(desk)) == 10
    assert titles(desk)[-1] == f"other: {sum(100 - at for at in range(9, 14))} (34%)"
    expect(result.locator(".result-note")).to_have_text("“Other” holds the 5 smallest.")


def test_bins_have_round_edges_and_hold_all_values(desk: Visitor) -> None:
    rows = [[text(str(at)), number(at)] for at in range(100)]
    result = shown(desk, ["name", "size"], rows, "histogram")
    assert titles(desk) == [f"{low} to {low + 10}: 10" for low in range(0, 100, 10)]
    expect(result.locator(".result-note")).to_have_text(
        "100 values from 0 to 99; median 49.5, mean 49.5."
    )


def test_the_timeline_names_what_happened_when(desk: Visitor) -> None:
    found = [row for row in solutions(desk, query_of("timeline")) if "released" in row]
    result = asked(desk, query_of("timeline"), "timeline")
    dots = result.locator('g[data-mark="dot"] circle')
    expect(dots).to_have_count(len(found))
    names = result.locator('g[data-mark="text"] text').evaluate_all(
        "texts => texts.map((text) => text.firstChild.textContent)"
    )
    assert {row["label"]["value"] for row in found if len(row["label"]["value"]) < 30} <= set(names)
    assert "ERNIE 4.0: 17 Oct 2023, API access" in titles(desk)


def test_the_tree_opens_what_lies_below(desk: Visitor) -> None:
    result = asked(desk, CLASSES, "tree")
    root = result.get_by_role("button", name="What lies under Entity")
    expect(root).to_have_attribute("aria-expanded", "true")
    agent = result.get_by_role("button", name="What lies under Agent")
    expect(agent).to_have_attribute("aria-expanded", "false")
    agent.press("Enter")
    below = result.get_by_role("button", name="What lies under Organization")
    expect(below).to_be_visible()
    root.click()
    expect(below).to_be_hidden()


def test_a_ring_of_parents_ends(desk: Visitor) -> None:
    rows = [[uri("A"), uri("B")], [uri("B"), uri("C")], [uri("C"), uri("A")], [uri("A"), uri("D")]]
    result = shown(desk, ["parent", "child"], rows, "tree")
    tree = result.locator(".result-tree")
    for _ in range(2):
        tree.locator('[aria-expanded="false"]').first.click()
    expect(tree).to_have_text("id:A 2id:B 1id:C 1id:A (again)id:D")
    expect(tree.locator('[aria-expanded="false"]')).to_have_count(0)


def test_the_matrix_has_a_figure_in_each_cell(desk: Visitor) -> None:
    found = solutions(desk, query_of("matrix"))
    result = asked(desk, query_of("matrix"), "matrix")
    heads = result.locator("thead th").all_inner_texts()[1:]
    lines = result.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    figures = {
        (line[0], head): cell
        for line in lines
        for head, cell in zip(heads, line[1:], strict=True)
        if cell
    }
    assert figures == {
        (row["verdict"]["value"], row["kind"]["value"]): row["claims"]["value"] for row in found
    }
    tones = result.locator("tbody td").evaluate_all(
        "cells => cells.map((cell) => [cell.textContent, getComputedStyle(cell).backgroundColor])"
    )
    tone_of = {figure: {tone for each, tone in tones if each == figure} for figure, _ in tones}
    assert [len(found) for found in tone_of.values()] == [1] * len({*figures.values(), ""})
    assert len({str(found) for found in tone_of.values()}) == len(tone_of)


def test_the_pivot_makes_what_is_chosen(desk: Visitor) -> None:
    rows = [
        [text("north"), number(2020), number(3)],
        [text("north"), number(2021), number(5)],
        [text("south"), number(2020), number(7)],
        [text("north"), number(2020), number(1)],
    ]
    options = "rows=place&columns=year&value=size"
    result = shown(desk, ["place", "year", "size"], rows, "pivot", options)

    def lines() -> list[list[str]]:
        found: list[list[str]] = result.locator("tr").evaluate_all(
            "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
        )
        return found

    assert lines() == [
        ["place", "2020", "2021", "Total"],
        ["north", "4", "5", "9"],
        ["south", "7", "", "7"],
        ["Total", "11", "5", "16"],
    ]
    result.locator("select[name=how]").select_option("mean")
    expect(result.locator("tbody td").first).to_have_text("2")
    assert lines()[-1] == ["Total", "3.66667", "5", "4"]


def test_a_single_figure_is_shown_large(desk: Visitor) -> None:
    [row] = solutions(desk, query_of("number"))
    result = asked(desk, query_of("number"))
    assert result.get_attribute("data-view") == "number"
    expect(result.locator("dt")).to_have_text("triples")
    expect(result.locator("dd")).to_have_text(f"{int(row['triples']['value']):,}")


def test_yes_and_no(desk: Visitor) -> None:
    for query, word in (("ASK { ?s ?p ?o }", "Yes."), ("ASK { ?s ?p <x:y> }", "No.")):
        result = asked(desk, query)
        assert result.get_attribute("data-view") == "answer"
        expect(result.locator(".result-answer")).to_have_text(word)


def test_cards_carry_what_is_bound(desk: Visitor) -> None:
    rows = [[uri("Baidu"), number(9), None], [uri("OECD"), None, text("Paris", "en")]]
    labels = {IDS + "Baidu": "Baidu, Inc."}
    result = shown(desk, ["who", "size", "place"], rows, "cards", labels=labels)
    cards = result.locator(".result-card")
    assert [each.split() for each in cards.all_inner_texts()] == [
        ["Baidu,", "Inc.", "size", "9"],
        ["id:OECD", "place", "Paris"],
    ]
    expect(cards.first.locator("a")).to_have_attribute("href", "/entity/Baidu")


def test_one_solution_of_many_columns_is_a_card_by_itself(desk: Visitor) -> None:
    result = shown(desk, ["a", "b"], [[text("x"), text("y")]])
    assert result.get_attribute("data-view") == "cards"


def test_sentences_can_be_read_aloud(desk: Visitor) -> None:
    rows = [
        [uri("E4"), text("ERNIE 4.0"), number("2023-10-17", "date")],
        [uri("E3"), text("third"), None],
    ]
    labels = {IDS + "E4": "ERNIE 4.0", IDS + "E3": "ERNIE 3.0"}
    result = shown(desk, ["model", "label", "released"], rows, "text", labels=labels)
    assert result.locator(".result-words > p").first.inner_text() == (
        "2 solutions of model, label, released."
    )
    assert result.locator(".result-sentences li").all_inner_texts() == [
        "ERNIE 4.0: released 17 Oct 2023.",
        "ERNIE 3.0: label third.",
    ]


def test_raw_is_what_the_server_sends(desk: Visitor) -> None:
    query = "SELECT ?n { VALUES ?n { 1 2 } }"
    result = asked(desk, query, "raw")
    expect(result.locator("pre")).to_contain_text('"value":"2"')
    result.locator("select[name=format]").select_option("csv")
    expect(result.locator("pre")).to_have_text("n\n1\n2\n")
    assert parse_qs(urlsplit(desk.page.url).query)["options"] == ["format=csv"]


def test_the_graph_is_drawn_and_leads_to_the_explorer(desk: Visitor) -> None:
    query = "CONSTRUCT WHERE { <https://w3id.org/triplary/id/Baidu> ?p ?o } LIMIT 30"
    result = asked(desk, query)
    assert result.get_attribute("data-view") == "graph"
    expect(result.locator("svg.result-network")).to_contain_text("Baidu")
    expect(result.locator(".result-way .quiet")).to_have_text("A preview")
    result.get_by_role("link", name="Open in the explorer").click()
    desk.await_drawing()
    assert parse_qs(urlsplit(desk.page.url).query)["query"] == [query]


def test_view_and_choices_stand_in_the_link(desk: Visitor) -> None:
    result = asked(desk, query_of("bar"))
    assert result.get_attribute("data-view") == "table"
    result.get_by_role("tab", name="Bars").click()
    drawn(desk.page)
    assert parse_qs(urlsplit(desk.page.url).query)["view"] == ["bar"]
    result.locator("select[name=value]").select_option("direct")
    result.locator("select[name=order]").select_option("value")
    expect(result.locator(".result-chart > title")).to_have_text("direct by base")
    there = parse_qs(urlsplit(desk.page.url).query)
    assert (there["view"], there["options"]) == (["bar"], ["order=value&value=direct"])
    before = titles(desk)
    desk.page.reload()
    drawn(desk.page)
    expect(result.locator("select[name=order]")).to_have_value("value")
    assert titles(desk) == before


def test_the_tabs_are_walked_with_arrows(desk: Visitor) -> None:
    result = asked(desk, query_of("timeline"))
    result.get_by_role("tab", name="Table").focus()
    desk.page.keyboard.press("ArrowRight")
    drawn(desk.page)
    expect(result.get_by_role("tab", name="Timeline")).to_be_focused()
    expect(result.get_by_role("tab", selected=True)).to_have_text("Timeline")
    expect(result.get_by_role("tabpanel")).to_have_accessible_name("Timeline")


@pytest.mark.parametrize(
    ("comment", "view"),
    (
        ("# defaultView: bar", "bar"),
        ('#defaultView:BarChart{"value": "?size"}', "bar"),
        ("#DEFAULTVIEW : LineChart", "table"),
        ("# defaultView: ImageGrid", "cards"),
        ("# defaultView: Hologram", "table"),
        ("# a remark on defaultView", "table"),
    ),
)
def test_the_query_may_ask_for_its_view(desk: Visitor, comment: str, view: str) -> None:
    query = comment + '\nSELECT ?name ?size { VALUES (?name ?size) { ("a" 1) ("b" 2) } }'
    result = asked(desk, query)
    wanted = "line" if "LineChart" in comment else view
    assert result.get_attribute("data-view") == wanted


def test_a_view_that_does_not_suit_says_what_it_needs(desk: Visitor) -> None:
    rows = [[text("a"), text("b")], [text("c"), text("d")]]
    said = {
        view: shown(desk, ["one", "two"], rows, view).locator(".result-unfit").inner_text()
        for view in ("answer", "number", "graph", "bar", "line", "scatter", "pie", "histogram")
    }
    number_needed = "This view needs a column of numbers: none of these is one: one, two."
    assert said == {
        "answer": "This view shows the yes or no of an ASK query; this result is none.",
        "number": "This view needs one solution with a figure.",
        "graph": "This view needs two columns of entities, or a CONSTRUCT query."
        " The columns are: one, two.",
        "bar": number_needed,
        "line": number_needed,
        "scatter": "This view needs two columns of numbers, or a number and a date."
        " The columns are: one, two.",
        "pie": number_needed,
        "histogram": number_needed,
    }
    result = shown(desk, ["one", "two"], rows, "timeline")
    assert result.locator(".result-unfit").inner_text() == (
        "This view needs a column of dates: none of these is one: one, two."
    )
    shown(desk, ["one", "two"], rows, "table").get_by_role("button", name="Other views").click()
    expect(result.locator(".result-others li").first).to_have_text("Answer for ASK queries")


def test_triples_are_a_table_too(desk: Visitor) -> None:
    query = (
        "CONSTRUCT { ?entity <http://www.w3.org/2000/01/rdf-schema#label> ?label } WHERE {"
        ' VALUES ?entity { <https://w3id.org/triplary/id/Baidu> } VALUES ?label { "one" "two"@en }'
        "}"
    )
    result = asked(desk, query, "table", "sort=object")
    assert result.locator(".grid-names .grid-name").all_inner_texts() == [
        "subject", "predicate", "object",
    ]  # fmt: skip
    assert column(result, 2) == ["one", "two @en"]
    assert column(result, 0) == ["Baidu", "Baidu"]
    expect(result.locator(".grid-status")).to_have_text("2 triples.")
    raw = asked(desk, query, "raw")
    expect(raw.locator("pre")).to_contain_text("id:Baidu")


def test_an_empty_result_is_an_empty_table(desk: Visitor) -> None:
    result = shown(desk, ["a", "b"], [])
    assert result.get_attribute("data-view") == "table"
    expect(result.locator(".grid-status")).to_have_text("0 solutions.")
    for view in ("bar", "cards", "tree", "matrix", "pivot", "text"):
        assert shown(desk, ["a", "b"], [], view).locator(".result-unfit").count() == 1


def test_a_chart_is_saved_as_a_file_that_needs_nothing_else(desk: Visitor) -> None:
    result = asked(desk, query_of("bar"), "bar")
    size = result.locator(".result-chart").bounding_box()
    assert size is not None
    with desk.page.expect_download() as saving:
        result.get_by_role("button", name="SVG").click()
    svg = saving.value.path().read_text("utf-8")
    assert saving.value.suggested_filename == "triplary-chart.svg"
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "<title" in svg
    assert "Llama 2-70B" in svg
    for word in ("var(", "<style", "currentColor", "class=", "url("):
        assert word not in svg
    assert re.findall(r'(?:href|src)="', svg) == []
    with desk.page.expect_download() as saving:
        result.get_by_role("button", name="PNG").click()
    png = saving.value.path().read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    margins = 2 * 16
    assert [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)] == [
        2 * (round(size["width"]) + margins),
        2 * (round(size["height"]) + margins),
    ]


def test_charts_change_their_colours_with_the_page(desk: Visitor) -> None:
    result = asked(desk, query_of("bar"), "bar")
    bar = result.locator('g[data-mark="bar"] rect').first
    light = bar.get_attribute("fill")
    desk.page.emulate_media(color_scheme="dark")
    expect(bar).not_to_have_attribute("fill", light or "")
    assert (light, bar.get_attribute("fill")) == ("#427bf9", "#2a84fb")


def test_names_from_outside_stay_text(desk: Visitor) -> None:
    attack = '<img src=x onerror="document.title=1">'
    rows = [
        [{"type": "uri", "value": f"https://example.org/{at}?{attack}"}, text(attack), number(at)]
        for at in range(3)
    ]
    rows.append([{"type": "uri", "value": "javascript:alert(1)"}, text("x"), number(4)])
    dated = [[*row, number(f"2020-01-0{at + 1}", "date")] for at, row in enumerate(rows)]
    for view in VIEWS:
        if view in ("raw", "graph"):
            continue
        result = shown(desk, ["iri", "name", "size", "day"], dated, view)
        assert result.locator("img").count() == 0
        links = result.locator("a").evaluate_all("all => all.map((each) => each.href)")
        assert [link for link in links if not link.startswith(desk.address)] == []


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_in_any_view(desk: Visitor, view: str) -> None:
    result = asked(desk, query_of(view), view)
    assert result.get_attribute("data-view") == view
    assert result.locator(".result-unfit").count() == 0
    for scheme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        drawn(desk.page)
        found = Axe().run(desk.page, context="triplary-result", options={"runOnly": TAGS})
        violations = found.response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []


@pytest.mark.parametrize("view", VIEWS)
def test_on_a_phone_every_view_has_room_and_speaks_chinese(phone: Visitor, view: str) -> None:
    result = asked(phone, query_of(view), view)
    box = result.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert result.evaluate("element => element.scrollWidth - element.clientWidth") == 0
    tab = result.get_by_role("tab", selected=True)
    assert re.search(r"[\u4e00-\u9fff]", tab.inner_text())
    assert "results." not in result.inner_text()
