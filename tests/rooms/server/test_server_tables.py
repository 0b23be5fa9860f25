"""The workbench for a browser without scripts: the result as a page."""

import re
from collections.abc import Iterator

import pytest

from rooms.server.asking import Client
from rooms.server.conftest import BEARER, ended
from rooms.store.pool import forked
from triplary.kg import KnowledgeGraph
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.server.tables import ROWS_MOST
from triplary.store.oxigraph import OxigraphStore


@pytest.fixture
def asking(small: KnowledgeGraph) -> Iterator[Client]:
    assert isinstance(small.store, OxigraphStore)
    workers = forked(small.store)
    with Client(create_app(small, workers, Settings())) as client:
        yield client
        client.run(ended(workers))


def section(html: str) -> str:
    """What stands below the form, its space made one."""
    below = html.rpartition("</form>")[2].partition("</triplary-workbench>")[0]
    return re.sub(r"\s+", " ", below).strip()


def test_rows_are_a_table_and_texts_stay_texts(asking: Client) -> None:
    query = (
        'SELECT * { VALUES (?one ?two) { (<http://x.org/bob> "<b>"@en) (UNDEF 7) } }'
    )  # fmt: skip
    page = asking.get("/sparql/table", params={"query": query})
    assert page.status_code == 200
    told = section(page.text)
    assert "<h2>2 rows</h2>" in told
    assert '<th scope="col">one</th><th scope="col">two</th>' in told
    assert (
        '<td><a href="/entity/http%3A%2F%2Fx.org%2Fbob">http://x.org/bob</a></td>'
        '<td lang="en">&lt;b&gt;</td></tr> <tr><td></td><td>7</td></tr>'
    ) in told


def test_a_long_answer_says_that_there_is_more(asking: Client) -> None:
    numbers = " ".join(str(number) for number in range(ROWS_MOST + 1))
    page = asking.get(
        "/sparql/table", params={"query": f"SELECT ?n {{ VALUES ?n {{ {numbers} }} }}"}
    )
    assert "There are more: only the first 1000 were fetched</h2>" in section(page.text)
    assert section(page.text).count("<tr>") == ROWS_MOST + 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("ASK {}", '<p class="answer">Yes.</p>'),
        ("ASK { FILTER(false) }", '<p class="answer">No.</p>'),
        (
            "CONSTRUCT { <x:a> <x:b> '<i>' } {}",
            '<pre tabindex="0">&lt;x:a&gt; &lt;x:b&gt; &#34;&lt;i&gt;&#34; . </pre>',
        ),
    ],
)
def test_the_other_forms_are_told_too(asking: Client, query: str, told: str) -> None:
    page = asking.get("/sparql/table", params={"query": query})
    assert (page.status_code, told in section(page.text)) == (200, True)


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("SELECT * { ?s x:p ?o }", 400, "The prefix x: of x:p is not declared"),
        ("SELECT * { SERVICE <http://evil.example/> { ?s ?p ?o } }", 403, "SERVICE"),
    ],
)
def test_a_fault_is_told_on_the_page(asking: Client, query: str, status: int, told: str) -> None:
    page = asking.get("/sparql/table", params={"query": query})
    assert page.status_code == status
    assert 'role="alert"' in section(page.text)
    assert told in section(page.text)


def test_without_a_query_it_is_the_page_as_ever(asking: Client) -> None:
    page = asking.get("/sparql/table")
    assert (page.status_code, section(page.text)) == (200, "")


def test_a_result_that_is_too_long_for_a_page_is_told(asking: Client) -> None:
    query = (
        'SELECT (CONCAT(?x, ?x, ?x, ?x) AS ?y) { VALUES ?n { ' + "1 " * 900 + "}"
        ' BIND("' + "a" * 3000 + '" AS ?x) }'
    )  # fmt: skip
    page = asking.get("/sparql/table", params={"query": query})
    assert (page.status_code, "longer than 8,388,608 bytes" in page.text) == (400, True)


def test_a_graph_that_was_just_written_is_known(small_writer: Client) -> None:
    graph = "http://x.org/new"
    small_writer.put(
        "/store", params={"graph": graph}, content=b"<http://x.org/a> <http://x.org/b> 1 .",
        headers={**BEARER, "Content-Type": "text/turtle"},
    )  # fmt: skip
    asked = {"query": " ".join(("SELECT * FROM", f"<{graph}>", "{ ?s ?p ?o }"))}
    page = small_writer.get("/sparql/table", params=asked)
    assert (page.status_code, "http://x.org/a" in section(page.text)) == (200, True)
