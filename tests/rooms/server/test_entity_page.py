"""What an entity's page says, and in which words."""

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest

from rooms.server.asking import Client
from triplary.kg import KnowledgeGraph
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.server.words import words
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def dated() -> Iterator[Client]:
    """A client of a graph with states, bookkeeping, conflicts and words for both directions."""
    store = OxigraphStore()
    store.load(DATED, name="dated.trig", format=FORMATS["trig"])
    with Client(create_app(KnowledgeGraph(store), cast(Any, None), Settings())) as client:
        yield client


DATED = """
@prefix : <https://w3id.org/triplary/ontology#> .
@prefix id: <https://w3id.org/triplary/id/> .
@prefix graph: <https://w3id.org/triplary/graph/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/triplary/ontology> {
  :Record a owl:Class . :State a owl:Class ; rdfs:subClassOf :Record .
  :Model a owl:Class ; rdfs:label "Model"@en, "模型"@zh .
  :madeBy a owl:ObjectProperty ; rdfs:label "made by"@en, "由…开发"@zh ;
    :inverseLabel "makes"@en, "开发"@zh .
  :near a owl:ObjectProperty ; rdfs:label "near"@en .
  :seen a owl:AnnotationProperty ; rdfs:label "seen in"@en ; :bookkeeping true .
  :size a owl:DatatypeProperty ; rdfs:label "size"@en .
}
graph:a {
  id:M a :Model ; :madeBy id:Firm ; :near id:Firm ; :size 1 ; :seen "S1" ;
    rdfs:comment "A model"@en .
  id:N a :Model ; :size 3 . id:O a :Model ; :size 4 . id:P a :Model ; :size 5 .
  id:Firm rdfs:label "Firm"@en, "公司"@zh .
  id:s a :State ; owl:annotatedSource id:M ; owl:annotatedProperty :access ;
    owl:annotatedTarget "open" ; :validFrom "2023-05"^^xsd:gYearMonth .
}
graph:b { id:M :size 2 . }
""".encode()


def test_what_arrives_is_told_as_it_reads_from_the_entity(dated: Client) -> None:
    def headings(language: str) -> list[str]:
        html = dated.get(f"/entity/Firm?language={language}", headers=HTML).text
        return re.findall("<h3>(.*?)</h3>", html)

    assert headings("en")[-2:] == ["makes", "… near Firm"]
    assert headings("zh")[-2:] == ["开发", "near公司"]


def test_statements_that_differ_stand_side_by_side(dated: Client) -> None:
    html = dated.get("/entity/M", headers=HTML).text
    (sides,) = re.findall('<ul class="facts sides">(.*?)</section>', html, re.S)
    assert re.findall(r'<p class="value"><span>(\d)</span>', sides) == ["1", "2"]
    assert words("en")["details.sides"].format(count=2) in html
    assert html.count("is-conflict") == 1


def test_bookkeeping_is_folded_behind_everything_else(dated: Client) -> None:
    html = dated.get("/entity/M", headers=HTML).text
    before, _, folded = html.partition('<details class="bookkeeping">')
    assert ("seen in" in before, "seen in" in folded.partition("</details>")[0]) == (False, True)


def test_a_page_as_of_a_date_has_what_held_then(dated: Client) -> None:
    held = '<span>open</span> <span class="held">from 2023-05</span>'
    html = dated.get("/entity/M", headers=HTML).text
    assert held in html
    then = dated.get("/entity/M?as-of=2022", headers=HTML).text
    assert (held in then, "As of 2022." in then) == (False, True)
    assert "1 more did not hold then." in then
    assert dated.get("/entity/M?as-of=now", headers=HTML).status_code == 400


def test_a_chinese_hint_is_made_of_chinese_words(dated: Client) -> None:
    def hint(path: str, language: str) -> str:
        view = dated.get(f"{path}language={language}").json()["view"]
        return {node["name"]: str(node["hint"]) for node in view["nodes"]}["M"]

    for path in ("/api/expand?entity=Firm&", "/api/expand?entity=Firm&as-of=2024&"):
        assert [hint(path, each) for each in ("en", "zh")] == ["A model", "模型 · 由公司开发"]
