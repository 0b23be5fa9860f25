"""What a picture shows through filters, and what it says of what it hides."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.index.world import GRAPH, index_of, iri, short
from triplary.errors import BadParameter
from triplary.explore import (
    EVERYTHING,
    Choice,
    Extent,
    Facet,
    Filters,
    Helping,
    Range,
    Sieve,
    Sketch,
    dated,
    expand,
    facets,
    hidden,
    joint,
    opened,
    opening,
    read,
    sieved,
)
from triplary.index import Index
from triplary.terms import IRI, More, Subgraph

TIMES = """
<https://w3id.org/triplary/ontology> {
  :Record a owl:Class . :State a owl:Class ; rdfs:subClassOf :Record .
  :Big a owl:Class ; rdfs:subClassOf :Model .
}
graph:a {
  id:Hub a :Firm ; :founded "1990"^^xsd:gYear .
  id:m1 a :Model ; :released "2019-05-01"^^xsd:date ; :size 10 ; :madeBy id:Hub .
  id:m2 a :Big ; :released "2021"^^xsd:gYear ; :size 2000 ; :madeBy id:Hub .
  id:m3 a :Model ; :size 7 ; :madeBy id:Hub ; :retired "2020-06-30"^^xsd:date .
  id:m4 a :Model ; :madeBy id:Hub ; :ended "2020"^^xsd:gYear ; :priced id:free, id:paid .
  id:s1 a :State ; owl:annotatedSource id:m4 ; owl:annotatedProperty :priced ;
    owl:annotatedTarget id:paid ; :validUntil "2018"^^xsd:gYear .
  id:s2 a :State ; owl:annotatedSource id:m4 ; owl:annotatedProperty :priced ;
    owl:annotatedTarget id:free ; :validFrom "2018"^^xsd:gYear .
}
graph:b { id:m1 :madeBy id:Hub . id:m1 :rivalOf id:m2 }
graph:claims {
  claim:1 rdf:subject id:m2 ; rdf:predicate :rivalOf ; rdf:object id:m3 ; :verdict "wrong" .
}
"""


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(TIMES)


def shown(index: Index, *names: str, **filters: Any) -> Subgraph:
    """What lies around entities through filters."""
    asked = [index.entity(iri(name)) for name in names]
    sieve = Sieve.of(index, Filters(**filters), [index.number(entity) for entity in asked])
    found = expand(index, map(Helping, asked), sieve=sieve)
    return read(index, sieved(index, found, sieve), sieve)


def iri_of(graph: str) -> IRI:
    return IRI(GRAPH + graph)


def nodes(found: Subgraph) -> list[str]:
    return sorted(short(node.iri) for node in found.nodes)


def ranged(name: str, low: str = "", high: str = "") -> tuple[Range, ...]:
    return (Range(iri(f":{name}"), low, high),)


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        ("2018", ["Hub", "m3", "m4"]),
        ("2019", ["Hub", "m1", "m3", "m4"]),
        ("2019-04-30", ["Hub", "m3", "m4"]),
        ("2019-05", ["Hub", "m1", "m3", "m4"]),
        ("2020-12-31", ["Hub", "m1", "m3", "m4"]),
        ("2021", ["Hub", "m1", "m2", "m3"]),
        ("1980", ["Hub", "m3", "m4"]),
    ],
)
def test_what_was_not_yet_or_is_no_longer_is_left_out(
    index: Index, as_of: str, names: list[str]
) -> None:
    assert nodes(shown(index, "Hub", as_of=as_of)) == names


@pytest.mark.parametrize(
    ("as_of", "prices"),
    [("2017", ["paid"]), ("2017-12-31", ["paid"]), ("2018", ["free"]), ("2019", ["free"])],
)
def test_an_edge_holds_while_a_state_of_it_does(
    index: Index, as_of: str, prices: list[str]
) -> None:
    found = shown(index, "m4", as_of=as_of)
    assert nodes(found) == ["Hub", "free", "m4", "paid"]
    assert [short(e.object) for e in found.edges if short(e.predicate) == "priced"] == prices
    priced = [more for more in found.more if short(more.predicate) == "priced"]
    assert priced == []


@pytest.mark.parametrize(
    ("low", "high", "names"),
    [
        ("8", "", ["Hub", "m1", "m2"]),
        ("", "10", ["Hub", "m1", "m3"]),
        ("7.5", "1e2", ["Hub", "m1"]),
        ("5000", "", ["Hub"]),
    ],
)
def test_a_range_is_for_those_whose_class_has_such_numbers(
    index: Index, low: str, high: str, names: list[str]
) -> None:
    assert nodes(shown(index, "Hub", ranges=ranged("size", low, high))) == names


@pytest.mark.parametrize(
    ("low", "high", "names"),
    [
        ("2020", "", ["Hub", "m2"]),
        ("2019", "2019", ["Hub", "m1"]),
        ("", "2019-05-01", ["Hub", "m1"]),
        ("2021-07", "2021-07", ["Hub", "m2"]),
    ],
)
def test_a_range_of_dates_meets_a_date_that_lasts(
    index: Index, low: str, high: str, names: list[str]
) -> None:
    assert nodes(shown(index, "Hub", ranges=ranged("released", low, high))) == names


def test_a_range_without_classes_is_for_all_that_have_none() -> None:
    index = index_of("graph:g { id:a :size 1 ; :p id:b . id:b :size 2 ; :p id:c . id:d :p id:b }")
    assert nodes(shown(index, "b", ranges=ranged("size", "2"))) == ["b"]


@pytest.mark.parametrize(
    ("filters", "message", "hint"),
    [
        ({"as_of": "then"}, "as-of does not take 'then': it is a year, a month or a day.",
         "2023, 2023-03 or 2023-03-16"),
        ({"ranges": ranged("size", "much")},
         "range does not take 'much': size has no such value, it takes numbers.", "range=size,10,"),
        ({"ranges": ranged("size", "nan")},
         "range does not take 'nan': size has no such value, it takes numbers.", "range=size,10,"),
        ({"ranges": ranged("released", "7")},
         "range does not take '7': released has no such value, it takes dates: a year, a month or"
         " a day.", "range=released,2019-05-01,"),
        ({"ranges": ranged("size", "9", "8")},
         "range does not take '9,8': it ends before it begins.",
         "PROPERTY,LOW,HIGH; either end may be empty"),
        ({"ranges": ranged("madeBy", "9")},
         "range does not take 'madeBy': it has no numbers and no dates.",
         "properties that have: ended, founded, released, retired, size"),
        ({"verdicts": Choice(without=("fine",))},
         "verdict does not take 'fine': no such verdict.",
         "the verdicts are stated, supported, plausible, not checkable, unverifiable, partly,"
         " imprecise, stale, doubtful, disputed, wrong"),
    ],
)  # fmt: skip
def test_what_is_no_filter_is_told(
    index: Index, filters: dict[str, Any], message: str, hint: str
) -> None:
    with pytest.raises(BadParameter) as caught:
        Sieve.of(index, Filters(**filters))
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_what_is_asked_for_passes_all_but_hiding(index: Index) -> None:
    choice = Choice(only=(iri(":Big"),))
    assert nodes(shown(index, "Hub", classes=choice, as_of="2022")) == ["Hub", "m2"]
    assert nodes(shown(index, "m3", classes=choice, as_of="1900")) == ["m3"]
    assert nodes(shown(index, "Hub", nodes=Choice(without=(iri("Hub"),)))) == [
        "m1", "m2", "m3", "m4",
    ]  # fmt: skip
    assert nodes(shown(index, "Hub", nodes=Choice(only=(iri("m1"),)))) == ["m1"]


def test_a_helping_is_along_one_relation_and_brings_so_many(index: Index) -> None:
    def helped(*helpings: Helping) -> Sketch:
        return expand(index, helpings)

    hub, m4 = index.entity(iri("Hub")), index.entity(iri("m4"))
    assert nodes(read(index, helped(Helping(hub, iri(":madeBy"), False)))) == ["Hub"]
    two = helped(Helping(hub, iri(":madeBy"), True, 2))
    assert nodes(read(index, two)) == ["Hub", "m2", "m4"]
    assert nodes(read(index, helped(Helping(m4, None, False)))) == ["Hub", "free", "m4", "paid"]
    assert nodes(read(index, helped(Helping(m4, None, True)))) == ["m4"]
    walked = expand(index, [Helping(m4, iri(":madeBy"), False)], hops=2)
    assert nodes(read(index, walked)) == ["Hub", "m1", "m2", "m3", "m4"]
    again = helped(Helping(hub, count=2), Helping(hub, count=1), Helping(hub))
    assert [short(node.iri) for node in read(index, again)] == ["Hub", "m2", "m4", "m1", "m3"]
    assert (again.steps, read(index, again).more) == ((3, 4, 5), ())
    (more,) = read(index, two).more
    assert more == More(iri("Hub"), iri(":madeBy"), True, 2, 4)


def test_the_opening_grows_along_edges_that_pass(index: Index) -> None:
    def grown(**filters: Any) -> list[str]:
        sieve = Sieve.of(index, Filters(**filters))
        found = read(index, sieved(index, opening(index, sieve=sieve), sieve))
        assert found.edges or not found.nodes
        return nodes(found)

    assert grown(verdicts=Choice(only=("wrong",))) == ["m2", "m3"]
    assert grown(predicates=Choice(only=(iri(":rivalOf"),))) == ["m1", "m2", "m3"]
    assert grown(graphs=Choice(without=(iri_of("a"), iri_of("claims")))) == ["Hub", "m1", "m2"]
    assert grown(predicates=Choice(only=(iri(":unheard"),))) == []


def test_facets_count_the_whole_picture_and_what_is_shown(index: Index) -> None:
    asked = [index.number(iri("Hub"))]
    sieve = Sieve.of(index, Filters(classes=Choice(without=(iri(":Big"),)), as_of="2020"), asked)
    everything = expand(index, [Helping(index.entity(iri("Hub")))])
    found = expand(index, [Helping(index.entity(iri("Hub")))], sieve=sieve)
    now = sieved(index, found, sieve)
    told = facets(index, everything, now)
    assert [(short(f.value), f.count, f.shown) for f in told.classes] == [
        ("Model", 4, 3), ("Firm", 1, 1), ("Big", 1, 0),
    ]  # fmt: skip
    assert [(short(f.value), f.count, f.shown) for f in told.predicates] == [
        ("madeBy", 4, 3), ("rivalOf", 2, 0),
    ]  # fmt: skip
    assert [(short(f.value), f.count, f.shown) for f in told.graphs if f.value] == [
        ("a", 4, 3), ("b", 2, 1), ("claims", 1, 0),
    ]  # fmt: skip
    assert told.verdicts == (Facet("stated", 5, 3), Facet("wrong", 1, 0))
    assert told.ranges == (
        Extent(iri(":size"), "number", "7", "2000", 3),
        Extent(iri(":released"), "date", "2019-05-01", "2021", 2),
    )
    assert told.time == ("1990", "2021")
    assert hidden(everything, now) == (1, 3)
    assert hidden(everything, everything) == (0, 0)


def test_facets_of_nothing_are_empty(index: Index) -> None:
    told = facets(index, Sketch(), Sketch())
    assert (told.classes, told.predicates, told.graphs, told.verdicts, told.ranges, told.time) == (
        (), (), (), (), (), None,
    )  # fmt: skip


names = st.sampled_from("abcdefgh")
worlds = st.fixed_dictionaries(
    {
        "edges": st.lists(
            st.tuples(names, st.sampled_from("pqr"), names, st.sampled_from("123")),
            min_size=1, max_size=25,
        ),
        "classes": st.dictionaries(names, st.sampled_from(["Top", "Low", "Other"])),
        "born": st.dictionaries(names, st.integers(2000, 2005)),
        "claims": st.lists(
            st.tuples(names, st.sampled_from("pq"), names, st.sampled_from(["wrong", "disputed"])),
            max_size=4,
        ),
    }
)  # fmt: skip


def world(facts: dict[str, Any]) -> Index:
    graphs: dict[str, str] = {}
    for subject, predicate, value, graph in facts["edges"]:
        graphs[graph] = graphs.get(graph, "") + f"id:{subject} :{predicate} id:{value} . "
    text = "".join(f"graph:g{graph} {{ {said} }}\n" for graph, said in graphs.items())
    kinds = "".join(f"id:{name} a :{kind} . " for name, kind in facts["classes"].items())
    born = "".join(f'id:{n} :born "{year}"^^xsd:gYear . ' for n, year in facts["born"].items())
    claims = "".join(
        f"claim:{n} rdf:subject id:{s} ; rdf:predicate :{p} ; rdf:object id:{o} ; :verdict '{v}' ."
        for n, (s, p, o, v) in enumerate(facts["claims"])
    )
    return index_of(
        "<https://w3id.org/triplary/ontology> {"
        " :Top a owl:Class . :Low a owl:Class ; rdfs:subClassOf :Top }"
        f"{text} graph:k {{ {kinds} {born} }} graph:c {{ {claims} }}"
    )


def base(index: Index, verb: str, sieve: Sieve) -> Sketch:
    first, last = index.at(0), index.at(len(index) - 1)
    if verb == "expand":
        return expand(index, [Helping(first)], limit=3, hops=2, sieve=sieve)
    if verb == "compare":
        return joint(index, first, last, sieve=sieve)
    return opening(index, limit=4, sieve=sieve)


verbs = st.sampled_from(["expand", "compare", "opening"])


@given(facts=worlds, verb=verbs, data=st.data())
@settings(max_examples=60)
def test_filters_never_show_what_they_exclude(
    facts: dict[str, Any], verb: str, data: st.DataObject
) -> None:
    index = world(facts)
    kind = data.draw(st.sampled_from(["Top", "Low", "Other"]))
    graph = data.draw(st.sampled_from("123"))
    day = data.draw(st.integers(2000, 2005))
    filters = Filters(
        classes=Choice(without=(iri(f":{kind}"),)),
        predicates=Choice(only=(iri(":p"), iri(":q"))),
        graphs=Choice(without=(iri_of(f"g{graph}"),)),
        verdicts=Choice(without=("wrong",)),
        as_of=str(day),
    )
    sieve = Sieve.of(index, filters)
    start = opened(index, base(index, verb, sieve), [Helping(index.at(0))], limit=2, sieve=sieve)
    found = read(index, sieved(index, start, sieve), sieve)
    for node in found.nodes:
        assert iri(f":{kind}") not in index.kinds.above[index.kinds.group[index.number(node)]]
        assert facts["born"].get(short(node.iri), 0) <= day
    for edge in found.edges:
        assert short(edge.predicate) in "pq"
        assert edge.verdict != "wrong"
        assert any(short(e.source.graph) != f"g{graph}" for e in edge.evidence if e.source.graph)
    for more in found.more:
        assert 0 <= more.shown < more.total


@given(facts=worlds, verb=verbs, gone=st.sets(names, min_size=1), keep=st.booleans())
@settings(max_examples=60)
def test_hidden_and_shown_are_the_picture(
    facts: dict[str, Any], verb: str, gone: set[str], keep: bool
) -> None:
    index = world(facts)
    named = tuple(map(iri, sorted(gone)))
    choice: Choice[Any] = Choice(only=named) if keep else Choice(without=named)
    sieve = Sieve.of(index, Filters(nodes=choice, as_of="2003"))
    everything = opened(index, base(index, verb, EVERYTHING), [Helping(index.at(0))], limit=2)
    found = opened(index, base(index, verb, sieve), [Helping(index.at(0))], limit=2, sieve=sieve)
    now = sieved(index, found, sieve)
    nodes, edges = hidden(everything, now)
    assert set(now.nodes) <= set(everything.nodes)
    assert set(now.edges.tolist()) <= set(everything.edges.tolist())
    assert (len(now) + nodes, len(now.edges) + edges) == (len(everything), len(everything.edges))
    assert now.steps[-1] == len(now)
    told = facets(index, everything, now)
    for facet in (*told.classes, *told.predicates, *told.graphs, *told.verdicts):
        assert 0 <= facet.shown <= facet.count
    assert Counter({f.value: f.count for f in told.predicates}).total() == len(everything.edges)
    assert sum(f.shown for f in told.verdicts) == len(now.edges)


OPENED = """
<https://w3id.org/triplary/ontology> {
  :Record a owl:Class . :State a owl:Class ; rdfs:subClassOf :Record .
  :price a owl:DatatypeProperty .
}
graph:a { id:M :madeBy id:Hub . id:N :access id:Open, id:Closed ; :madeBy id:Hub . }
graph:states {
  id:s1 a :State ; owl:annotatedSource id:M ; owl:annotatedProperty :access ;
    owl:annotatedTarget id:Open ; :validFrom "2023"^^xsd:gYear .
  id:s2 a :State ; owl:annotatedSource id:M ; owl:annotatedProperty :access ;
    owl:annotatedTarget id:Closed ; :validUntil "2023"^^xsd:gYear .
  id:s3 a :State ; owl:annotatedSource id:M ; owl:annotatedProperty :price ;
    owl:annotatedTarget 0 ; :validFrom "2020"^^xsd:gYear .
}
"""


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, []),
        ({"as_of": "2022"}, [("M", "access", "Closed", ("", "2023"), "states")]),
        ({"as_of": "2024-02"}, [("M", "access", "Open", ("2023", ""), "states")]),
        ({"as_of": "2024", "predicates": Choice(without=frozenset([iri(":access")]))}, []),
        ({"as_of": "2024", "graphs": Choice(only=frozenset([iri_of("a")]))}, []),
    ],
)
def test_a_state_that_is_no_edge_is_drawn_as_of_a_date(
    filters: dict[str, Any], names: list[tuple[str, str, str, tuple[str, str], str]]
) -> None:
    index = index_of(OPENED)
    wanted = Filters(**filters)
    nodes = [index.entity(iri(name)) for name in ("M", "N", "Hub", "Open", "Closed")]
    everything = Sketch(tuple(map(index.number, nodes)))
    found = dated(index, everything, wanted)
    assert [
        (short(e.subject), short(e.predicate), short(e.object), *e.held, e.evidence[0].source.title)
        for e in found.made
    ] == names
    both = dated(index, everything, wanted, all_times=True)
    assert len(both.made) == (2 if wanted.as_of else 0)
    assert hidden(both, found) == (0, len(both.made) - len(names))
