"""The panels of the workbench: in words, query doctor, code, files, capsule."""

import io
import json
import zipfile

import pytest
from playwright.sync_api import expect

from browser.visitor import Visitor
from browser.workdesk import ONTOLOGY, THREE, Bench

ONE = 'SELECT ?text { VALUES ?text { "a, \\"b\\" | c" } }'
LANGUAGES = 14
MISSPELLED = ONTOLOGY + "SELECT ?m { ?m a :AIModel ; :developdBy ?d }"


def test_what_a_query_asks_is_said_while_it_is_written(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.beside("In words")
    bench.write(ONTOLOGY + "SELECT ?m { ?m :developedBy <https://w3id.org/triplary/id/Baidu> }")
    sentences = bench.pane.locator(".sentence")
    expect(sentences.first).to_contain_text("Baidu")
    bench.write("ASK { ?s ?p ?o }")
    expect(sentences.last).to_contain_text("Say whether")
    before = sentences.all_inner_texts()
    bench.write("ASK { ?s ?p ")
    expect(bench.pane.locator(".outline")).to_have_attribute("data-old", "")
    assert sentences.all_inner_texts() == before
    desk.heard = [line for line in desk.heard if "400" not in line]


def test_the_doctor_names_what_empties_a_result_and_mends_it(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(MISSPELLED)
    expect(bench.told).to_contain_text("0 rows in")
    clinic = desk.page.get_by_role("region", name="Query doctor")
    clinic.get_by_role("button", name="Ask the query doctor").click()
    expect(clinic.locator("li").first).to_contain_text("developdBy")
    clinic.get_by_role("button", name="Go to line 2").click()
    expect(bench.editor).to_be_focused()
    clinic.get_by_role("button", name="developed by (tri:developedBy)").click()
    assert bench.text == MISSPELLED.replace("developdBy", "developedBy")
    bench.run()
    expect(clinic).to_be_hidden()
    expect(bench.told).to_contain_text("rows in")


def test_the_doctor_does_not_come_where_all_is_well(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.run(ONE)
    expect(desk.page.locator(".clinic")).to_be_hidden()


def test_a_query_that_was_killed_is_the_doctors_too(desk: Visitor) -> None:
    bench = Bench(desk)
    told = {"title": "QueryTimeout", "status": 504, "detail": "The query took longer than 30 s."}
    desk.page.route(
        "**/sparql",
        lambda route: route.fulfill(
            status=504, body=json.dumps(told), content_type="application/problem+json"
        ),
    )
    bench.run(ONE)
    expect(desk.page.get_by_role("alert")).to_contain_text("The query took longer than 30 s.")
    expect(desk.page.locator(".clinic")).to_contain_text("The query was stopped before its end.")
    desk.heard = [line for line in desk.heard if "504" not in line]


def test_the_query_as_code_in_every_language(desk: Visitor) -> None:
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    bench = Bench(desk)
    bench.run(ONE)
    desk.page.get_by_role("button", name="Copy as code").click()
    choice = desk.page.get_by_label("Language")
    expect(choice.locator("option").first).to_be_attached()
    names = choice.locator("option").evaluate_all("all => all.map(each => each.value)")
    assert len(names) >= LANGUAGES
    code = desk.page.get_by_role("region", name="The code")
    for name in names:
        choice.select_option(name)
        expect(code).to_contain_text("/sparql")
    choice.select_option("python-pandas")
    expect(code).to_contain_text("import pandas as pd")
    desk.page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(desk.page.locator(".programs [role=status]")).to_have_text("Copied.")
    assert desk.page.evaluate("navigator.clipboard.readText()") == code.inner_text()
    with desk.page.expect_download() as saved:
        desk.page.get_by_role("button", name="Save", exact=True).click()
    assert saved.value.path().read_text("utf-8") == code.inner_text()
    desk.page.reload()
    bench.ready()
    desk.page.get_by_role("button", name="Copy as code").click()
    expect(desk.page.get_by_label("Language")).to_have_value("python-pandas")


@pytest.mark.parametrize(
    ("query", "label", "name", "content"),
    (
        (ONE, "CSV", "triplary.csv", b'text\r\n"a, ""b"" | c"\r\n'),
        (ONE, "TSV", "triplary.tsv", b'?text\n"a, \\"b\\" | c"\n'),
        (ONE, "Markdown", "triplary.md", b'| text |\n| --- |\n| a, "b" \\| c |\n'),
        ("CONSTRUCT { <a:b> <a:c> 1 } {}", "Turtle", "triplary.ttl", b"<a:b> <a:c> 1 .\n"),
        ("CONSTRUCT { <a:b> <a:c> <a:d> } {}", "N-Triples", "triplary.nt",
         b"<a:b> <a:c> <a:d> .\n"),
    ),
)  # fmt: skip
def test_a_result_is_saved_as(
    desk: Visitor, query: str, label: str, name: str, content: bytes
) -> None:
    saved = download(desk, query, label)
    assert saved == (name, content)


def test_a_result_is_saved_as_json_and_linked_data(desk: Visitor) -> None:
    _, results = download(desk, ONE, "JSON")
    assert json.loads(results)["results"]["bindings"] == [
        {"text": {"type": "literal", "value": 'a, "b" | c'}}
    ]
    _, linked = download(desk, "CONSTRUCT { <a:b> <a:c> <a:d> } {}", "JSON-LD")
    assert json.loads(linked) == [{"@id": "a:b", "a:c": [{"@id": "a:d"}]}]


def test_a_result_is_saved_for_a_spreadsheet_and_as_a_capsule(desk: Visitor) -> None:
    name, sheet = download(desk, THREE, "Excel")
    assert name == "triplary.xlsx"
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(sheet)).namelist()
    name, capsule = download(desk, THREE, "Capsule (.zip)")
    assert name == "triplary.zip"
    inside = zipfile.ZipFile(io.BytesIO(capsule))
    assert any(THREE.encode() in inside.read(each) for each in inside.namelist())


def download(desk: Visitor, query: str, label: str) -> tuple[str, bytes]:
    """The file that `Save as` gives: its name, and what is in it."""
    bench = Bench(desk)
    bench.run(query)
    desk.page.locator(".downloads summary").click()
    with desk.page.expect_download() as saved:
        desk.page.locator(".downloads").get_by_role("button", name=label, exact=True).click()
    return saved.value.suggested_filename, saved.value.path().read_bytes()
