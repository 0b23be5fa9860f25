"""Every verb that draws opens, filters and hides by the same words, and says so."""

from typing import Any

import pytest

import triplary
from conformance.small import GRAPHS, ID, TRI
from triplary.errors import Ambiguous, BadParameter, NotFound
from triplary.kg import Found, KnowledgeGraph
from triplary.terms import IRI, Statement

OWN = """
@prefix x: <http://x.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix schema: <https://schema.org/> .
x:ada a foaf:Person ; foaf:name "Ada"@en ; schema:birthDate "1815-12-10"^^xsd:date ;
  schema:deathDate "1852-11-27"^^xsd:date ; foaf:knows x:babbage .
x:babbage a foaf:Person ; foaf:name "Charles Babbage" ; x:born 1791 ; x:died "1871" ;
  x:made x:engine, x:difference .
x:engine a x:Machine ; x:created "1837"^^xsd:gYear ; x:parts 25000 .
x:difference a x:Machine ; x:created "1822"^^xsd:gYear ; x:parts 8000 .
x:club x:member x:ada, x:babbage .
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A graph that nobody described: no ontology, no sources."""
    file = tmp_path_factory.mktemp("own") / "club.ttl"
    file.write_text(OWN)
    return triplary.open(file)


def names(found: Found) -> list[str]:
    return [str(node.iri).rpartition("/")[2] for node in found]


def test_what_is_opened_comes_after_what_was_there(small: KnowledgeGraph) -> None:
    start = small.rank(limit=2).found
    assert names(start) == ["OpenAI", "Baidu"]
    found = small.rank(
        limit=2, open=["OpenAI,^developedBy,1", ("Baidu", "basedIn"), "OpenAI"]
    ).found
    assert names(found) == ["OpenAI", "Baidu", "ERNIE", "China", "United_States", "GPT-4"]
    assert found.origin.found == (2, 3, 4, 6)
    assert found.origin.parameters == (
        ("by", "degree"), ("limit", "2"),
        ("open", f"{ID}OpenAI,^{TRI}developedBy,1"),
        ("open", f"{ID}Baidu,{TRI}basedIn,"),
        ("open", f"{ID}OpenAI"),
    )  # fmt: skip
    view = found.view()
    assert view.opened == (IRI(ID + "OpenAI"), IRI(ID + "Baidu"))
    before = start.view()
    assert view.positions[:2] == before.positions
    one_less = small.rank(limit=2, open=["OpenAI,^developedBy,1", ("Baidu", "basedIn")]).found
    assert view.positions[:4] == one_less.view().positions
    assert found.more == ()


def test_every_verb_opens(small: KnowledgeGraph) -> None:
    for found, base, opened in (
        (small.opening(limit=1, open=["China"]), ["OpenAI"], ["China", "Baidu"]),
        (small.expand("ERNIE,developedBy,1", open=["China"]),
         ["ERNIE", "OpenAI"], ["China", "Baidu"]),
        (small.paths("GPT-4", "ERNIE", k=1, open=["OpenAI,,1"]).subgraph,
         ["GPT-4", "ERNIE", "OpenAI"], ["United_States"]),
        (small.compare("Baidu", "China", open=["ERNIE,developedBy,5"]).found,
         ["Baidu", "China"], ["ERNIE", "OpenAI"]),
        (small.drawn([], [IRI(ID + "China")], open=["OpenAI,^,1"]), ["China"], ["OpenAI", "ERNIE"]),
    ):  # fmt: skip
        assert names(found) == [*base, *opened]
        assert found.origin.found[-2:] == (len(base), len(found))
        assert {iri.local_name for iri in found.origin.opened if isinstance(iri, IRI)} <= {
            *names(found)
        }


def test_the_next_helping_is_another_one(small: KnowledgeGraph) -> None:
    first = small.expand("OpenAI,,1")
    second = small.expand("OpenAI,,1", "OpenAI,,1")
    third = small.expand("OpenAI,,1", open=["OpenAI,,1", "OpenAI,,1"])
    assert [len(found) for found in (first, second, third)] == [2, 3, 4]
    assert names(third)[:3] == names(second)
    assert (second.title(), third.title()) == ("Around OpenAI", "Around OpenAI")
    assert sum(more.total - more.shown for more in first.more) == 2
    assert third.more == ()


@pytest.mark.parametrize(
    ("drawing", "left", "filters"),
    [
        ({"classes": ["Country"]}, ["Baidu", "China"], [("class", TRI + "Country")]),
        ({"classes": ["-tri:Country"]}, ["Baidu", "ERNIE"], [("class", f"-{TRI}Country")]),
        ({"predicates": ["based in"]}, ["Baidu", "China"], [("predicate", TRI + "basedIn")]),
        ({"graphs": ["models"]}, ["Baidu", "ERNIE"], [("graph", GRAPHS + "models")]),
        ({"graphs": ["-models"]}, ["Baidu", "China"], [("graph", f"-{GRAPHS}models")]),
        ({"verdicts": ["-stated"]}, ["Baidu"], [("verdict", "-stated")]),
        ({"ranges": ["released,2024,"]}, ["Baidu", "China"], [("range", f"{TRI}released,2024,")]),
        ({"ranges": [("parameters", 100, 300)]}, ["Baidu", "China", "ERNIE"],
         [("range", f"{TRI}parameters,100,300")]),
        ({"without": ["China"]}, ["Baidu", "ERNIE"], [("without", ID + "China")]),
        ({"only": ["China", "百度"]}, ["Baidu", "China"],
         [("only", ID + "China"), ("only", ID + "Baidu")]),
    ],
)  # fmt: skip
def test_filters_hold_and_the_view_says_them(
    small: KnowledgeGraph, drawing: Any, left: list[str], filters: list[tuple[str, str]]
) -> None:
    found = small.expand("Baidu", **drawing)
    assert sorted(names(found)) == left
    assert (found.origin.filters, found.view().filters) == (tuple(filters), tuple(filters))
    assert found.hidden[0] == 3 - len(left)
    words = {word.iri for word in found.vocabulary}
    said = [value.removeprefix("-").split(",")[0] for name, value in filters if name != "verdict"]
    assert {IRI(value) for value in said} <= words


def test_the_time_is_said_apart(small: KnowledgeGraph) -> None:
    found = small.expand("Baidu", as_of="2022")
    assert (names(found), found.view().as_of, found.view().filters) == (
        ["Baidu", "China"], "2022", (),
    )  # fmt: skip
    assert sorted(names(small.expand("Baidu", as_of="2023"))) == ["Baidu", "China", "ERNIE"]
    assert repr(found) == "<Around Baidu: 2 nodes, 1 edges; 1 nodes, 1 edges hidden>"
    assert small.expand("Baidu", as_of="2022", open=["OpenAI,basedIn,1"]).origin.found == (2, 4)
    assert repr(small.expand("Baidu")) == "<Around Baidu: 3 nodes, 2 edges>"


def test_a_ranking_is_of_what_passes(small: KnowledgeGraph) -> None:
    ranking = small.rank(classes=["Company", "Model"], without=["Baidu"], verdicts=["-wrong"])
    assert [(row.entity.label(), row.score) for row in ranking] == [
        ("OpenAI", 3.0), ("ERNIE", 2.0), ("GPT-4", 1.0),
    ]  # fmt: skip
    assert ranking.total == 3
    near = small.expand("OpenAI")
    among = small.rank(near, classes=["Model"])
    assert [row.entity.label() for row in among] == ["ERNIE", "GPT-4"]


def test_paths_pass_only_what_passes(small: KnowledgeGraph) -> None:
    def ways(**drawing: Any) -> list[list[str]]:
        found = small.paths("ERNIE", "China", **drawing)
        return [[node.label() for node in path.nodes] for path in found]

    assert ways() == ways(classes=["Company"]) == [["ERNIE", "Baidu", "China"]]
    assert ways(classes=["Model"]) == ways(without=["Baidu"]) == ways(verdicts=["wrong"]) == []
    assert small.paths("ERNIE", "China", without=["Baidu"]).subgraph.hidden == (1, 2)
    assert small.rank(limit=2, without=["OpenAI"]).found.hidden == (1, 0)
    hidden = small.paths("ERNIE", "China", without=["China"])
    assert [node.label() for node in hidden.subgraph] == ["ERNIE", "Baidu"]
    assert hidden.subgraph.title() == "From ERNIE to China"


def test_a_comparison_lists_all_and_draws_what_passes(small: KnowledgeGraph) -> None:
    plain, filtered = (
        small.compare("ERNIE", "GPT-4"),
        small.compare("ERNIE", "GPT-4", graphs=["models"]),
    )
    assert filtered.totals == plain.totals
    assert names(plain.found) == ["ERNIE", "GPT-4", "OpenAI"]
    assert names(filtered.found) == ["ERNIE", "GPT-4"]
    assert filtered.found.hidden == (1, 2)


def test_what_a_filter_leaves_stands_where_it_stood(atlas: KnowledgeGraph) -> None:
    def places(found: Found, **look: Any) -> dict[Any, tuple[float, float]]:
        view = found.view(**look)
        return {node.iri: spot for node, spot in zip(found, view.positions, strict=True)}

    everything = places(atlas.opening())
    for drawing in ({"as_of": "2019"}, {"classes": ["-Company"]}, {"without": ["Baidu"]}):
        found = atlas.opening(**drawing)  # type: ignore[arg-type]
        assert 0 < len(found) < len(everything)
        assert places(found) == {iri: everything[iri] for iri in places(found)}
        assert found.view().pinned == ()
    baidu = atlas.entity("Baidu").iri
    view = atlas.opening(as_of="2019").view(pinned={baidu: (5.0, 7.0)})
    assert view.pinned == (baidu,)
    assert view.positions[[node.iri for node in view.subgraph].index(baidu)] == (5.0, 7.0)


def test_a_view_is_sized_by_a_measure_of_the_whole_graph(small: KnowledgeGraph) -> None:
    found = small.expand("ERNIE", open=["Baidu"])
    whole = {row.entity.iri: row.score for row in small.rank(by="pagerank")}
    view = found.view(size="pagerank", color="community", layout="circle")
    assert (view.size_by, view.color_by, view.layout) == ("pagerank", "community", "circle")
    assert view.scores == tuple(whole[node.iri] for node in found)
    assert set(view.communities) == {0, 1} or set(view.communities) == {0}
    assert view.begins == tuple("2023-03-16" if n == "ERNIE" else "" for n in names(found))
    assert found.view().scores == ()
    for look in ({"size": "mass"}, {"color": "blue"}, {"layout": "spiral"}):
        with pytest.raises(BadParameter) as caught:
            found.view(**look)  # type: ignore[arg-type]
        assert (caught.value.parameter, caught.value.value) == next(iter(look.items()))


def test_a_graph_nobody_described_is_filtered_by_its_own_words(own: KnowledgeGraph) -> None:
    found = own.opening(as_of="1830")
    assert names(found) == ["babbage", "ada", "club", "difference"]
    assert names(own.opening(as_of="1860")) == ["babbage", "club", "difference", "engine"]
    facets = found.facets
    assert {(str(f.value).rpartition("/")[2], f.count, f.shown) for f in facets.classes} == {
        ("Person", 2, 2), ("Machine", 2, 1),
    }  # fmt: skip
    assert [f.count for f in facets.graphs] == [5]
    assert facets.time == ("1791", "1837")
    assert [(e.property.local_name, e.kind, e.low, e.high) for e in facets.ranges] == [
        ("created", "date", "1822", "1837"), ("parts", "number", "8000", "25000"),
    ]  # fmt: skip
    assert names(own.expand("Ada", open=["Charles Babbage,made,1"], classes=["-Machine"])) == [
        "ada", "club", "babbage",
    ]  # fmt: skip
    big = own.expand("Charles Babbage", ranges=["parts,10000,"])
    assert sorted(names(big)) == ["ada", "babbage", "club", "engine"]


def test_what_a_query_made_says_so(small: KnowledgeGraph) -> None:
    knows, china = IRI("http://x.org/knows"), IRI(ID + "China")
    found = small.drawn([Statement(china, knows, IRI("http://x.org/me"))], query="CONSTRUCT …")
    assert (found.title(), found.title("zh")) == ("What the query found", "查询结果")
    assert found.origin.parameters == (("query", "CONSTRUCT …"),)
    (edge,) = found.edges
    assert [item.source.title for item in edge.evidence] == ["made by the query"]


@pytest.mark.parametrize(
    ("drawing", "kind", "message"),
    [
        ({"open": ["Baidu,,0"]}, BadParameter,
         "open does not take 0: a helping brings at least 1 node."),
        ({"open": ["Baidu,madeOf,1"]}, NotFound, "There is no property “madeOf”."),
        ({"open": ["Quantum Zebra"]}, NotFound, "There is no entity “Quantum Zebra”."),
        ({"classes": ["-Compny"]}, NotFound, "There is no class “Compny”."),
        ({"graphs": ["novels"]}, NotFound, "There is no named graph “novels”."),
        ({"ranges": ["released"]}, BadParameter,
         "range does not take 'released': it is a property and two ends."),
        ({"ranges": ["released,,"]}, BadParameter,
         "range does not take 'released': both its ends are empty."),
        ({"as_of": "last year"}, BadParameter,
         "as-of does not take 'last year': it is a year, a month or a day."),
        ({"without": ["Nobody"]}, NotFound, "There is no entity “Nobody”."),
    ],
)  # fmt: skip
def test_a_word_that_is_none_is_told(
    small: KnowledgeGraph, drawing: Any, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        small.opening(**drawing)
    assert isinstance(caught.value, NotFound | BadParameter | Ambiguous)
    assert caught.value.message == message
    with pytest.raises(TypeError):
        small.opening(colour="red")  # type: ignore[call-arg]
