"""The editor of the workbench: completion from this graph, names explained, queries laid out."""

import gzip
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from browser.visitor import Visitor
from browser.workdesk import ONTOLOGY, Bench
from triplary import query as library

STATIC = Path(__file__).parents[2] / "src" / "triplary" / "server" / "static"
IDS = "PREFIX id: <https://w3id.org/triplary/id/>\n"
EDITOR_BYTES_MOST = 145_000
FIRST_BYTES_MOST = 30_000


@pytest.mark.parametrize(
    ("before", "typed", "offered"),
    (
        ("SELECT * { ?m a ", "langu", "Language model · 语言模型"),
        ("SELECT * { ?m a ", "语言", "Language model · 语言模型"),
        (ONTOLOGY + "SELECT * { ?m a :AIModel ; ", "developed", "developed by · 由…开发"),
        (ONTOLOGY + "SELECT * { ?m :developedBy ", "bai", "Baidu · 百度"),
        (ONTOLOGY + "SELECT * { ?m :developedBy ", "百度", "Baidu · 百度"),
        (
            ONTOLOGY + "SELECT * { ?m :developedBy ?d VALUES ?d { ",
            "aliba",
            "Alibaba · 阿里巴巴集团",
        ),
        ("SELECT * { ?s ?p ?o FILTER (", "strst", "STRSTARTS"),
        ("SELECT * { ?subject ?p ?o FILTER (?", "su", "?subject"),
        ("PREFIX ", "sko", "skos:"),
        ("", "sel", "SELECT"),
    ),
)
def test_what_is_offered_fits_the_place(
    desk: Visitor, before: str, typed: str, offered: str
) -> None:
    bench = Bench(desk)
    bench.write(before)
    bench.type(typed)
    label = bench.suggestions.first.locator(".cm-completionLabel")
    expect(label).to_have_text(offered)


TRI = "https://w3id.org/triplary/ontology#"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    (
        ("SELECT * { ?m a :AIModel ; ", " }", {"position": "property", "class": [f"{TRI}AIModel"]}),
        ("SELECT * { ?m ", " ?d . ?m a :AIModel, :LanguageModel }",
         {"position": "property", "class": [f"{TRI}AIModel", f"{TRI}LanguageModel"]}),
        ("SELECT * { ?d ^", " ?m }", {"position": "property", "inverse": ["true"]}),
        ("SELECT * { ?d ^:developedBy ", " }",
         {"position": "entity", "predicate": [f"{TRI}developedBy"], "inverse": ["true"]}),
        ("SELECT * { ?m a :AIModel ; :developedBy ", "",
         {"position": "entity", "class": [f"{TRI}AIModel"], "predicate": [f"{TRI}developedBy"]}),
        ("SELECT * { VALUES ?d { ", " } ?m :developedBy ?d }",
         {"position": "entity", "predicate": [f"{TRI}developedBy"]}),
        ("SELECT * { ?m :a/:b ?c ; a ", " }", {"position": "class"}),
        ("SELECT * { ?m :p [ a ", " ] }", {"position": "class"}),
    ),
)  # fmt: skip
def test_what_is_asked_is_what_the_place_is(
    desk: Visitor, before: str, after: str, told: dict[str, object]
) -> None:
    bench = Bench(desk)
    bench.write(ONTOLOGY + before + after)
    for _ in after:
        desk.page.keyboard.press("ArrowLeft")
    with desk.page.expect_request("**/api/complete?*") as asked:
        bench.type("d")
    query = parse_qs(urlsplit(asked.value.url).query)
    position = query.pop("position")[0]
    assert (query.pop("text"), query.pop("limit"), query.pop("language")) == (["d"], ["20"], ["en"])
    assert {"position": position, **query} == told


def test_a_count_says_how_often_it_is_used_there(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write(ONTOLOGY + "SELECT * { ?m :developedBy ")
    bench.type("baid")
    expect(bench.suggestions.first).to_have_text(re.compile(r"^Baidu · 百度id:Baidu {2}\d+$"))


def test_what_is_taken_brings_its_prefix(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write("SELECT * { ?m a ")
    for typed, offered in (
        ("langu", "Language"),
        (" ; developed", "developed"),
        (" 百度", "Baidu"),
    ):
        bench.type(typed)
        bench.take(offered)
    wanted = ONTOLOGY + IDS + "SELECT * { ?m a :LanguageModel ; :developedBy id:Baidu"
    assert bench.text == wanted
    desk.page.keyboard.press("Control+z")
    assert bench.text == wanted.replace(IDS, "").replace("id:Baidu", "百度")


def test_a_name_that_may_not_stand_with_a_prefix_is_written_out(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write(ONTOLOGY + "SELECT * { ?m :developedBy ")
    bench.type("白海")
    bench.take("白海科技")
    iri = "<https://w3id.org/triplary/id/%E7%99%BD%E6%B5%B7%E7%A7%91%E6%8A%80>"
    expect(desk.page.locator("textarea#query")).to_have_value(
        ONTOLOGY + "SELECT * { ?m :developedBy " + iri
    )


def test_prefixes_write_themselves_out(desk: Visitor) -> None:
    bench = Bench(desk)
    bench.write("PREFIX ")
    bench.type("sko")
    bench.take("skos:")
    expect(desk.page.locator("textarea#query")).to_have_value(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    )


@pytest.mark.parametrize("before", ("# Bai", 'SELECT * { ?s ?p "Bai', "SELECT * { ?s ?p 'x'@e"))
def test_comments_and_texts_are_left_alone(desk: Visitor, before: str) -> None:
    bench = Bench(desk)
    bench.write(before)
    bench.type("d")
    desk.page.wait_for_timeout(600)
    expect(bench.suggestions).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "name", "label", "note"),
    (
        ("ASK { ?s ?p id:Baidu }", "id:Baidu", "Baidu", "Company"),
        ("ASK { ?s a tri:LanguageModel }", "tri:LanguageModel", "Language model", "Class, "),
        ("ASK { ?s <https://w3id.org/triplary/ontology#developedBy> ?o }", "developedBy",
         "developed by", "Property, "),
    ),
)  # fmt: skip
def test_a_name_says_what_it_is(
    desk: Visitor, query: str, name: str, label: str, note: str
) -> None:
    bench = Bench(desk)
    bench.write(query)
    word = bench.editor.locator("span", has_text=name).last
    word.hover()
    told = desk.page.locator(".cm-tooltip-hover")
    expect(told.locator("strong")).to_have_text(label)
    expect(told.locator("span")).to_contain_text(note)


def test_format_lays_out_and_can_be_undone(desk: Visitor) -> None:
    bench = Bench(desk)
    messy = (
        "prefix : <https://w3id.org/triplary/ontology#> select ?m (count(*) as ?n) where{?m a "
        ':AIModel;:developedBy?d.#who\noptional{?m :releaseDate ?r}filter(?r>"2020"&&!bound(?x))'
        "{?m :a/:b* ?x}union{?m ^:c ?x}}group by ?m order by desc(?n)limit 5"
    )
    bench.write(messy)
    desk.page.get_by_role("button", name="Format", exact=True).click()
    assert bench.text == (
        "PREFIX : <https://w3id.org/triplary/ontology#>\n"
        "SELECT ?m (count(*) AS ?n) WHERE {\n"
        "  ?m a :AIModel ;\n"
        "    :developedBy ?d .  #who\n"
        "  OPTIONAL { ?m :releaseDate ?r }\n"
        '  FILTER (?r > "2020" && !bound(?x))\n'
        "  { ?m :a/:b* ?x }\n"
        "  UNION { ?m ^:c ?x }\n"
        "}\n"
        "GROUP BY ?m\n"
        "ORDER BY DESC(?n)\n"
        "LIMIT 5\n"
    )
    bench.editor.click()
    desk.page.keyboard.press("Control+z")
    assert bench.text == messy


def test_a_formatted_query_asks_the_same(desk: Visitor) -> None:
    """Every query of the library: laid out it answers alike, and laid out again it is the same."""
    Bench(desk)
    chunk = next(STATIC.glob("workbench-format-*.js")).name
    texts = {name: library.load(name).text for name in library.names()}
    # each word on a line of its own: what is laid out badly means the same as well
    texts |= {f"{name}, torn": torn(text) for name, text in texts.items()}
    layout = "async ([file, text]) => (await import(`/static/${file}`)).format(text)"
    changed = []
    with httpx.Client(base_url=desk.address, timeout=60) as client:
        for name, text in texts.items():
            once = desk.page.evaluate(layout, [chunk, text])
            again = desk.page.evaluate(layout, [chunk, once])
            if once != again:
                changed.append(f"{name}: laid out twice it is another")
            if answer(client, once) != answer(client, text):
                changed.append(f"{name}: another answer")
            if comments(once) != comments(text):
                changed.append(f"{name}: a comment is gone")
    assert len(texts) > 80
    assert changed == []


def torn(text: str) -> str:
    lines = [line for line in text.splitlines() if "#" not in line and '"' not in line]
    kept = [line for line in text.splitlines() if "#" in line or '"' in line]
    if len(lines) + len(kept) != len(text.splitlines()):
        return text
    return "\n".join(
        line if line in kept else re.sub(r" +", "\n\t", line) for line in text.splitlines()
    )


def answer(client: httpx.Client, text: str) -> tuple[int, str]:
    """The answer of a query: rows that tie may come in any order, so they are sorted."""
    told = client.post(
        "/sparql", content=text.encode(),
        headers={"content-type": "application/sparql-query", "accept": "text/csv, text/turtle"},
    )  # fmt: skip
    return told.status_code, "\n".join(sorted(told.text.splitlines()))


def comments(text: str) -> list[str]:
    return re.findall(r"(?m)(?:^|\s)(#[^\n]*?)\s*$", re.sub(r"<[^<>\s]*>", "", text))


def test_the_first_script_is_small_and_the_editor_comes_later() -> None:
    first = reached("workbench.js") - {""}
    editor = reached(next(STATIC.glob("workbench-codemirror-*.js")).name) - first
    assert weight(first) < FIRST_BYTES_MOST
    assert 50_000 < weight(editor) < EDITOR_BYTES_MOST


def reached(name: str) -> set[str]:
    """A script and what it cannot start without."""
    found: set[str] = set()
    wanted = [name]
    while wanted:
        file = wanted.pop()
        if file not in found:
            found.add(file)
            text = (STATIC / file).read_text("utf-8")
            wanted += re.findall(r'(?:from|import)"\./([^"]+)"', text)
    return found


def weight(files: set[str]) -> int:
    return sum(len(gzip.compress((STATIC / file).read_bytes(), 9)) for file in files)
