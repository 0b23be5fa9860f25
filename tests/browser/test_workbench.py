"""The workbench at /sparql in a real browser: write, run, stop, keep, share."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from browser.conftest import visitor
from browser.hands import Keys
from browser.test_other_pages import TAGS
from browser.visitor import Visitor
from browser.workdesk import ENDLESS, THREE, Bench

ONE = "SELECT ?one { VALUES ?one { 1 } }"
TWO = "SELECT ?two { VALUES ?two { 1 2 } }"


def asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


@pytest.fixture
def forgetful(address: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor whose browser keeps nothing: storage throws, as in a sandboxed frame."""
    for found in visitor(address, browser, request, viewport={"width": 1280, "height": 800}):
        found.page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('no', 'SecurityError') } })"
        )
        yield found


def test_a_query_runs_and_its_address_runs_it_again(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(THREE)
    expect(bench.told).to_have_text(re.compile(r"^3 rows in \d+\.\d\d s$"))
    expect(desk.page.locator("triplary-result")).to_be_visible()
    assert asked(desk.page.url) == {"query": [THREE], "run": ["1"]}
    desk.page.reload()
    expect(bench.told).to_have_text(re.compile(r"^3 rows in"))
    assert bench.text == THREE


def test_an_address_without_run_only_opens_the_query(desk: Visitor) -> None:
    asks: list[str] = []
    desk.page.on("request", lambda each: asks.append(each.method + urlsplit(each.url).path))
    bench = Bench(desk, f"/sparql?query={quote(ONE)}")
    assert bench.text == ONE
    desk.page.wait_for_timeout(400)
    expect(bench.told).to_be_hidden()
    assert "POST/sparql" not in asks


def test_back_and_forward_go_from_result_to_result(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(ONE)
    expect(bench.told).to_contain_text("1 row in")
    bench.run(TWO)
    expect(bench.told).to_contain_text("2 rows in")
    desk.page.go_back()
    expect(bench.told).to_contain_text("1 row in")
    assert bench.text == ONE
    desk.page.go_forward()
    expect(bench.told).to_contain_text("2 rows in")
    assert bench.text == TWO


def test_the_view_of_a_result_stands_in_the_address(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(THREE)
    desk.page.locator("triplary-result").get_by_role("tab", name="Raw", exact=True).click()
    expect(desk.page).to_have_url(re.compile("view=raw"))
    desk.page.reload()
    raw = desk.page.locator("triplary-result").get_by_role("tab", name="Raw", exact=True)
    expect(raw).to_have_attribute("aria-selected", "true")


def test_a_query_is_stopped_by_the_key_that_runs_it(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write(ENDLESS)
    desk.page.keyboard.press("Control+Enter")
    expect(desk.page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    expect(desk.page.locator(".ticking")).to_have_text(re.compile(r"^[1-9]\.\d s$"))
    desk.page.keyboard.press("Control+Enter")
    expect(desk.page.locator(".ticking")).to_have_text(re.compile(r"^Stopped after [1-9]\.\d s$"))
    bench.run(ONE)
    expect(bench.told).to_contain_text("1 row in")


def test_the_row_limit_holds_and_is_told(desk: Visitor) -> None:
    bench = Bench(desk)
    desk.page.get_by_label("Rows fetched at most").select_option("1000")
    bench.run("SELECT * { ?s ?p ?o }")
    expect(bench.told).to_have_text(
        re.compile(r"^1,000 rows in [\d.]+ s\. There are more: only the first 1,000 were fetched$")
    )
    bench.run("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    expect(bench.told).to_have_text(re.compile(r"^1,000 triples in .* first 1,000 were fetched$"))
    bench.run("ASK { ?s ?p ?o }")
    expect(bench.told).to_have_text(re.compile(r"^Answered in"))


def test_whatever_a_text_holds_is_read_rightly(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(r"""SELECT ?x { VALUES ?x { '}]},{"x":{ \\' '百度 🦉' UNDEF '' } }""")
    expect(bench.told).to_contain_text("4 rows in")
    for text in ('}]},{"x":{ \\', "百度 🦉"):
        expect(desk.page.locator("triplary-result")).to_contain_text(text)


def test_a_graph_is_shown_as_turtle_that_reads_well(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(
        "PREFIX id: <https://w3id.org/triplary/id/>\n"
        "CONSTRUCT { id:Baidu a id:X ; id:p 2.5 ; id:q 'a \"b\"'@en } {}"
    )
    expect(bench.told).to_contain_text("3 triples in")
    desk.page.locator("triplary-result").get_by_role("tab", name="Raw", exact=True).click()
    raw = desk.page.locator("triplary-result pre").inner_text().strip()
    head, _, block = raw.partition("\n\n")
    assert head == "@prefix id: <https://w3id.org/triplary/id/> ."
    subject, *facts = block.removesuffix(" .").replace(" ;", "").splitlines()
    assert subject == "id:Baidu"
    assert sorted(facts) == ["  a id:X", "  id:p 2.5", '  id:q "a \\"b\\""@en']


def test_what_has_come_is_told_while_it_comes(desk: Visitor) -> None:
    bench = Bench(desk)
    desk.page.evaluate(
        "() => { window.told = []; const line = document.querySelector('.ticking');"
        " new MutationObserver(() => window.told.push(line.textContent))"
        ".observe(line, { childList: true, characterData: true, subtree: true }) }"
    )
    bench.run("SELECT * { ?s ?p ?o . ?o ?q ?r }")
    told = desk.page.evaluate("window.told")
    assert [
        line for line in told if re.fullmatch(r"\d+\.\d s · [1-9][\d,]* rows · [\d.,]+ MB", line)
    ]


def test_a_query_too_long_for_an_address_stays_in_its_tab(desk: Visitor) -> None:
    bench = Bench(desk)
    long = f"ASK {{}} # {'x' * 40_000}"
    bench.run(long)
    expect(bench.told).to_contain_text("Answered in")
    assert urlsplit(desk.page.url).query == ""
    desk.page.reload()
    bench.ready()
    assert bench.text == long


def test_a_fault_is_underlined_where_it_is(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run("SELECT ?s\n{ ?s :developedBy ?o }")
    problem = desk.page.get_by_role("alert")
    expect(problem).to_contain_text("The prefix : of :developedBy is not declared")
    expect(problem).to_contain_text("begin the query with PREFIX : <…>")
    fault = desk.page.locator(".cm-lintRange-error")
    expect(fault).to_have_text(":developedBy")
    fault.hover()
    expect(desk.page.locator(".cm-diagnostic")).to_contain_text("begin the query with PREFIX")
    problem.get_by_role("button", name="Line 2, column 6").click()
    desk.page.keyboard.type("X")
    assert bench.text == "SELECT ?s\n{ ?s X:developedBy ?o }"
    expect(fault).to_have_count(0)
    desk.heard = [line for line in desk.heard if "400" not in line]


def test_where_the_grammar_stumbles_is_underlined_too(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run("SELECT ?s\n{ ?s ?p ?o ) }")
    expect(desk.page.locator(".cm-lintRange-info").first).to_have_text(")")
    desk.heard = [line for line in desk.heard if "400" not in line]


def test_while_one_types_the_grammar_remarks_gently(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write("SELECT ?s { ?s ?p\n}\n\n")
    expect(desk.page.locator(".cm-lintRange-info").first).to_be_visible()
    expect(desk.page.get_by_role("alert")).to_have_count(0)


def test_tab_leaves_the_editor_after_escape(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write("ASK {}")
    desk.page.keyboard.press("Tab")
    expect(bench.editor).to_be_focused()
    assert bench.text == "  ASK {}"
    desk.page.keyboard.press("Escape")
    desk.page.wait_for_timeout(2500)  # at one's own pace
    desk.page.keyboard.press("Tab")
    expect(desk.page.get_by_role("button", name="Run", exact=True)).to_be_focused()
    desk.page.get_by_role("button", name="Keys of the editor").click()
    expect(desk.page.locator("#editor-keys")).to_contain_text("Esc and then Tab leaves the editor")


def test_tabs_are_there_again_after_a_reload(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write(ONE)
    desk.page.get_by_role("button", name="New query").click()
    assert bench.text == ""
    bench.write(TWO)
    bench.tab("SELECT ?two").dblclick()
    desk.page.get_by_label("Name of the query").fill("Pair")
    desk.page.keyboard.press("Enter")
    expect(bench.tab("Pair")).to_be_focused()
    desk.page.keyboard.press("ArrowLeft")
    expect(bench.tab("SELECT ?one")).to_be_focused()
    assert bench.text == ONE
    desk.go("/sparql")
    bench.ready()
    assert desk.page.locator(".query-tabs [role=tab]").all_inner_texts() == ["SELECT ?one", "Pair"]
    assert bench.text == ONE
    desk.page.get_by_role("button", name="Close this query").click()
    assert bench.text == TWO
    assert desk.page.locator(".query-tabs [role=tab]").all_inner_texts() == ["Pair"]


def test_each_tab_keeps_its_result(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(ONE)
    desk.page.get_by_role("button", name="New query").click()
    expect(bench.told).to_be_hidden()
    expect(desk.page.locator(".ticking")).to_have_text("")
    bench.run(TWO)
    expect(bench.told).to_contain_text("2 rows in")
    bench.tab("SELECT ?one").click()
    expect(bench.told).to_contain_text("1 row in")


def test_history_lists_what_ran(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(ONE)
    bench.run(TWO)
    bench.run(ONE)
    bench.beside("History")
    assert bench.pane.locator(".shelf").first.locator("li button").all_inner_texts() == [
        "SELECT ?one",
        "SELECT ?two",
    ]
    expect(bench.pane.locator("li:visible").first).to_contain_text("1 row")
    bench.pane.get_by_role("button", name="SELECT ?two").click()
    assert bench.text == TWO
    bench.pane.get_by_role("button", name="Clear the history").click()
    expect(bench.pane.locator("li:visible")).to_have_count(0)


def test_history_holds_a_hundred(desk: Visitor) -> None:
    desk.go("/sparql")
    desk.page.evaluate(
        """() => localStorage.setItem("triplary-workbench-history", JSON.stringify(
            Array.from({ length: 100 }, (_, at) => (
                { query: `# ${at}\\nASK {}`, at: "2026-01-01T00:00:00Z", rows: null }))))"""
    )
    bench = Bench(desk)
    bench.run(ONE)
    bench.beside("History")
    names = bench.pane.locator(".shelf:visible li button").all_inner_texts()
    assert names == ["SELECT ?one", *(str(at) for at in range(99))]


def test_own_queries_are_kept_saved_and_taken_in_again(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write(ONE)
    bench.beside("My queries")
    desk.page.get_by_label("Keep this query as").fill("Just one")
    desk.page.get_by_role("button", name="Keep", exact=True).click()
    expect(bench.tab("Just one")).to_be_visible()
    with desk.page.expect_download() as saved:
        desk.page.get_by_role("button", name="Save all to a file").click()
    assert saved.value.suggested_filename == "triplary-queries.json"
    desk.page.get_by_role("button", name="Delete “Just one”").click()
    expect(bench.pane).to_contain_text("None yet")
    desk.page.get_by_label("Take in from a file").set_input_files(saved.value.path())
    expect(bench.pane).to_contain_text("1 queries were taken in.")
    desk.page.reload()
    bench.beside("My queries")
    bench.pane.get_by_role("button", name="Just one", exact=True).click()
    assert bench.text == ONE
    desk.page.get_by_label("Take in from a file").set_input_files(
        files=[{"name": "x.json", "mimeType": "application/json", "buffer": b'{"a": 1}'}]
    )
    expect(bench.pane).to_contain_text("That is no file of queries from here.")


def test_all_of_it_works_where_nothing_can_be_kept(forgetful: Visitor) -> None:
    bench = Bench(forgetful)
    bench.run(ONE)
    expect(bench.told).to_contain_text("1 row in")
    forgetful.page.get_by_role("button", name="New query").click()
    bench.write(TWO)
    bench.beside("My queries")
    forgetful.page.get_by_label("Keep this query as").fill("Pair")
    forgetful.page.get_by_role("button", name="Keep", exact=True).click()
    expect(bench.pane.get_by_role("button", name="Pair", exact=True)).to_be_visible()
    bench.beside("History")
    expect(bench.pane.get_by_role("button", name="SELECT ?one")).to_be_visible()


def test_examples_are_searched_filled_in_and_run(desk: Visitor) -> None:
    bench = Bench(desk)
    desk.page.get_by_label("Search the examples").fill("models developer newest")
    expect(bench.pane).to_contain_text("1 example")
    bench.pane.locator("summary:visible").click()
    expect(bench.pane.get_by_role("region")).to_contain_text("VALUES ?developer")
    field = bench.pane.get_by_role("combobox")
    expect(field).to_have_value("Baidu")
    field.fill("")
    field.press_sequentially("阿里巴巴", delay=20)
    desk.page.get_by_role("option", name="Alibaba").first.click()
    bench.pane.get_by_role("button", name="Open and run").click()
    bench.rested()
    assert "VALUES ?developer { <https://w3id.org/triplary/id/Alibaba> }" in bench.text
    expect(bench.told).to_contain_text("rows in")
    expect(desk.page.locator(".query-tabs [aria-selected=true]")).to_have_text(
        "Models of a developer, newest first"
    )


def test_parameters_have_the_field_that_suits_them(desk: Visitor) -> None:
    bench = Bench(desk)
    for search, name, role, value in (
        ("claims verdict said stands", "?verdict", "select", "wrong"),
        ("held on a day", "?day a day as YYYY-MM-DD", "input[type=date]", "2024-01-01"),
        ("long context", "?above a number of tokens", "input[type=number]", "8000"),
    ):
        desk.page.get_by_label("Search the examples").fill(search)
        row = bench.pane.locator("li:visible", has=desk.page.locator("summary")).first
        row.locator("summary").click()
        field = row.get_by_label(name)
        expect(field).to_have_value(value)
        assert field.evaluate("(each, css) => each.matches(css)", role)


def test_a_link_opens_and_runs_or_only_opens(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(ONE)
    desk.page.get_by_role("button", name="Link", exact=True).click()
    field = desk.page.get_by_label("Address of this query")
    expect(field).to_have_value(re.compile("/sparql[?]query=.*&run=1$"))
    desk.page.get_by_label("Runs at once when opened").uncheck()
    expect(field).not_to_have_value(re.compile("run=1"))
    desk.page.get_by_label("Runs at once when opened").check()
    desk.page.get_by_label("Short").check()
    expect(field).to_have_value(re.compile(r"/v/[a-z2-7]{12}$"))
    desk.page.evaluate("localStorage.clear()")
    desk.page.goto(field.input_value())
    expect(bench.told).to_contain_text("1 row in")
    assert bench.text == ONE


def test_draw_leads_to_the_explorer(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(THREE)
    desk.page.get_by_role("link", name="Draw it in the explorer").click()
    desk.await_drawing()
    assert asked(desk.page.url)["query"] == [THREE]


def test_the_page_without_scripts_answers_in_a_table(desk: Visitor) -> None:
    browser = desk.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.address}/sparql?language=zh")
    page.locator("textarea").fill(THREE)
    page.get_by_role("button", name="运行").click()
    assert asked(page.url) == {"query": [THREE.replace("\n", "\r\n")], "language": ["zh"]}
    expect(page.locator("h2")).to_have_text("3 行")
    expect(page.locator("th")).to_have_text(["who", "claims"])
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody a").first).to_have_attribute("href", re.compile("^/entity/.+"))
    assert page.locator("textarea").input_value() == THREE
    context.close()


def test_a_phone_has_all_of_it_in_chinese(phone: Visitor) -> None:
    bench = Bench(phone, f"/sparql?run=1&query={quote(TWO)}")
    expect(bench.told).to_have_text(re.compile("^2 行，用时"))
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("文字说明", "历史", "我的查询", "示例"):
        tab = phone.page.locator(".side").get_by_role("tab", name=name, exact=True)
        tab.tap()
        box = tab.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.page.get_by_role("button", name="运行", exact=True).tap()
    expect(phone.page.locator(".ticking")).to_have_text(re.compile("^完成"))
    phone.page.wait_for_timeout(300)
    top = bench.told.bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 100, "the result is not before the reader"


def test_all_of_it_is_reached_by_keys(desk: Visitor) -> None:
    bench = Bench(desk)
    keys = Keys(desk.page)
    keys.scroll_to(desk.page.locator(".editor"))
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.press("Delete")
    desk.page.keyboard.insert_text(TWO)
    desk.page.keyboard.press("Escape")
    keys.press(desk.page.get_by_role("button", name="Run", exact=True))
    bench.rested()
    expect(bench.told).to_contain_text("2 rows in")
    keys.press(desk.page.locator(".downloads summary"))
    with desk.page.expect_download() as saved:
        keys.press(desk.page.get_by_role("button", name="CSV", exact=True))
    assert saved.value.path().read_text("utf-8").splitlines() == ["two", "1", "2"]
    expect(desk.page.locator(".downloads summary")).to_be_focused()
    keys.press(desk.page.get_by_role("button", name="Link", exact=True))
    expect(desk.page.get_by_label("Address of this query")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("button", name="Link", exact=True)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_panel(desk: Visitor, scheme: str) -> None:
    desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    bench = Bench(desk)
    bench.run(
        "PREFIX : <https://w3id.org/triplary/ontology#>\n# words\n" + THREE.partition("\n")[2]
    )
    bench.pane.locator("summary").nth(1).click()
    desk.page.get_by_role("button", name="Copy as code").click()
    desk.page.wait_for_timeout(300)
    faults = violations(desk)
    for name in ("In words", "History", "My queries"):
        bench.beside(name)
        desk.page.wait_for_timeout(300)
        faults += violations(desk)
    for opener in ("Link", "Keys of the editor"):
        desk.page.get_by_role("button", name=opener, exact=True).click()
        faults += violations(desk)
        desk.page.keyboard.press("Escape")
    bench.run("SELECT ?s { ?s ?p ?o ) }")
    faults += violations(desk)
    assert faults == []
    desk.heard = [line for line in desk.heard if "400" not in line]


def violations(desk: Visitor) -> list[tuple[str, list[str]]]:
    found = Axe().run(desk.page, options={"runOnly": TAGS}).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
