"""Numbers and dates by property, and from when until when things are."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.index.world import index_of, iri, short
from triplary.errors import NotFound
from triplary.index import Index
from triplary.index.dates import span_of
from triplary.terms import IRI

DATED = """
<https://w3id.org/triplary/ontology> {
  :releaseDate a owl:DatatypeProperty ; rdfs:subPropertyOf :first .
  :first a owl:DatatypeProperty ; rdfs:subPropertyOf <https://schema.org/datePublished> .
  :Record a owl:Class . :State a owl:Class ; rdfs:subClassOf :Record .
  :version a owl:DatatypeProperty ; rdfs:label "version"@en ; :limit 7 .
}
graph:a {
  id:A a :Model ; :releaseDate "2020-03"^^xsd:gYearMonth, "2019"^^xsd:gYear ; :size 3, 4.5 .
  id:B a :Model ; :founded "1999" ; :dissolved "2004-02-01"^^xsd:date ; :size 1e2 ; :p id:A .
  id:C a :Firm ; :born 1950 ; :size "many" ; :mixed 1, "2020"^^xsd:gYear, "2021"^^xsd:gYear .
  id:D :note "2001" ; :size "INF"^^xsd:double, "x"^^xsd:integer ; :q id:B .
  _:s a :State ; owl:annotatedSource id:B ; owl:annotatedProperty :p ; owl:annotatedTarget id:A ;
    :validFrom "2020"^^xsd:gYear ; :validUntil "2021-06-01"^^xsd:date .
  _:t a :State ; owl:annotatedSource id:D ; owl:annotatedProperty :size ; owl:annotatedTarget 7 ;
    :validUntil "2021"^^xsd:gYear .
  _:u a :State ; owl:annotatedSource id:D ; owl:annotatedProperty :q ; owl:annotatedTarget id:B .
}
graph:b { id:A :size 3 }
graph:claims {
  claim:1 rdf:subject id:A ; rdf:predicate :size ; rdf:object 900 ; :verdict "wrong" .
}
"""


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(DATED)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2023-11-05", "2023-11-05", "2023-11-05"),
        ("2023-11-05Z", "2023-11-05", "2023-11-05"),
        ("2023-11-05T23:59:59.5+08:00", "2023-11-05", "2023-11-05"),
    ],
)
def test_a_date_is_a_span_of_days(text: str, first: str, last: str) -> None:
    began = datetime.date(1970, 1, 1)
    days = [(datetime.date.fromisoformat(each) - began).days for each in (first, last)]
    assert span_of(text) == tuple(days)


@pytest.mark.parametrize(
    "text", ["", "soon", "20", "2023-13", "2023-02-29", "2023-00", "2023-4", "2023-04-31", "1e3"]
)
def test_what_is_no_date_has_no_days(text: str) -> None:
    assert span_of(text) is None


@given(st.dates())
def test_days_are_those_of_the_calendar(date: datetime.date) -> None:
    day = (date - datetime.date(1970, 1, 1)).days
    assert span_of(date.isoformat()) == (day, day)


def test_years_go_on_before_the_calendar_of_the_machine() -> None:
    before, after = span_of("-0044-03-15"), span_of("12024")
    assert before is not None
    assert after is not None
    assert before[0] == before[1] < -719_162
    assert after[1] - after[0] == 365


def test_a_property_has_its_numbers_or_its_dates(index: Index) -> None:
    found = {
        short(iri): (
            column.kind,
            [
                (short(index.adjacency.nodes[node]), text)
                for node, text in zip(column.nodes, column.texts, strict=True)
            ],
        )
        for iri, column in index.values.columns.items()
    }
    assert {name: (kind, sorted(rows)) for name, (kind, rows) in found.items()} == {
        "releaseDate": ("date", [("A", "2019"), ("A", "2020-03")]),
        "size": ("number", [("A", "3"), ("A", "4.5"), ("B", "100")]),
        "dissolved": ("date", [("B", "2004-02-01")]),
        "born": ("number", [("C", "1950")]),
        "mixed": ("date", [("C", "2020"), ("C", "2021")]),
    }


def test_an_entity_begins_at_its_first_date_and_ends_at_its_last(index: Index) -> None:
    times = index.values.times
    number = {name: index.number(iri(name)) for name in "ABCD"}
    assert {name: times.written.get(number[name]) for name in "ABCD"} == {
        "A": "2019", "B": "1999", "C": "1950", "D": None,
    }  # fmt: skip
    assert (times.first[number["A"]], times.last[number["A"]]) == (span_of("2019")[0], float("inf"))  # type: ignore[index]
    assert times.last[number["B"]] == span_of("2004-02-01")[1]  # type: ignore[index]
    assert times.first[number["D"]] == -float("inf")


def test_a_state_says_when_a_triple_held(index: Index) -> None:
    states = {(short(s.subject), short(s.predicate)): s for s in index.values.states}
    assert set(states) == {("B", "p"), ("D", "size")}
    held = states["B", "p"]
    assert (held.first, held.last) == (span_of("2020")[0], span_of("2021-05-31")[1])  # type: ignore[index]
    ended = states["D", "size"]
    assert (ended.first, ended.last) == (-float("inf"), span_of("2020-12-31")[1])  # type: ignore[index]
    edge = index.adjacency.find(iri("B"), iri(":p"), iri("A"))
    assert index.held.edges.tolist() == [edge]
    assert (index.held.first[0], index.held.last[0]) == (held.first, held.last)


def test_a_graph_without_numbers_and_dates_has_none() -> None:
    index = index_of("graph:g { id:a :p id:b }")
    assert index.values.columns == {}
    assert (index.values.times.written, index.values.states) == ({}, ())
    assert index.held.edges.tolist() == []


def test_a_word_has_a_short_name_that_leads_back(index: Index) -> None:
    for words in (index.classes, index.properties):
        assert words.known
        assert {words.named(words.name(word)) for word in words.known} == words.known
    assert index.properties.name(iri(":releaseDate")) == "releaseDate"
    assert index.properties.name(IRI("http://www.w3.org/2002/07/owl#annotatedSource")) == (
        "owl:annotatedSource"
    )


def test_a_named_graph_is_named_in_many_ways() -> None:
    index = index_of()
    seed = IRI("https://w3id.org/triplary/graph/seed")
    for name in ("seed", "graph:seed", str(seed), "The seed", "种子"):
        assert index.named_graphs.named(name) == seed
    assert [index.named_graphs.name(graph) for graph in index.graphs] == [
        "claims", "epoch", "seed", "sources", "ontology",
    ]  # fmt: skip
    with pytest.raises(NotFound) as caught:
        index.named_graphs.named("see")
    assert (caught.value.kind, caught.value.near) == ("named graph", ("seed",))
    with pytest.raises(NotFound) as caught:
        index.named_graphs.named("nothing")
    assert caught.value.near == ("claims", "epoch", "seed", "sources", "ontology")


def test_the_graph_without_a_name_has_one_and_namesakes_are_told_apart() -> None:
    index = index_of(
        "id:a :p id:b . <http://x.org/one/same> { id:a :p id:c }"
        " <http://x.org/two/same> { id:a :p id:d }"
    )
    names = {graph: index.named_graphs.name(graph) for graph in index.graphs}
    assert names[None] == "default"
    assert {name: index.named_graphs.named(name) for name in names.values()} == {
        name: graph for graph, name in names.items()
    }
    with pytest.raises(NotFound):
        index.named_graphs.named("same")
