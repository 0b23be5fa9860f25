from typing import Any

import pytest

from rooms.index.world import index_of, iri, short, store_of
from triplary.errors import BadParameter, NotFound
from triplary.explore import (
    Comparison,
    Description,
    compare,
    describe,
    joint,
    opening,
    overview,
    read,
    search,
)
from triplary.index import Index
from triplary.ontology import Ontology
from triplary.terms import IRI, Entity, Literal

Seen = tuple[str, bool, list[tuple[str, str]], int, bool]

DIFFERENT = """
graph:a {
  id:M :parameters 10 ; :released "2023"^^xsd:gYear ; :developedBy id:X ; rdfs:comment "One"@en .
  id:N :parameters 5 ; :released "2022"^^xsd:gYear ; :developedBy id:X, id:Y .
  id:O :parameters 5 ; :developedBy id:X, id:Y .
}
graph:b {
  id:M :parameters 10.0 ; :released "2023-03-14"^^xsd:date ; :developedBy id:Y ;
    rdfs:comment "Un"@fr .
  id:N :parameters 6 ; :released "2021-01-01"^^xsd:date .
}
"""


def said(name: str, text: str | None = None, **how: Any) -> Description:
    store = store_of(text) if text else store_of()
    index = Index.build(store, Ontology.read(store))
    return describe(index, store, index.entity(iri(name)), **how)


def seen(found: Description) -> list[Seen]:
    return [
        (
            short(group.predicate),
            group.inverse,
            [
                (
                    short(end) if not isinstance(end, Literal) else end.value,
                    fact.verdict,
                )
                for fact in group.facts
                for end in [fact.subject if group.inverse else fact.object]
            ],
            group.total,
            group.conflict,
        )
        for group in found.groups
    ]


def test_an_entity_is_described_from_statements_and_claims() -> None:
    assert seen(said("PaddlePaddle")) == [
        ("type", False, [("Framework", "stated"), ("Model", "wrong")], 2, True),
        ("developedBy", False, [("Baidu", "stated")], 1, False),
        ("rivalOf", False, [("OpenAI", "disputed")], 1, True),
        ("label", False, [("PaddlePaddle", "stated"), ("飞桨", "stated")], 2, False),
    ]


def test_a_claim_of_a_literal_is_a_fact_with_its_verdict() -> None:
    found = said("ERNIE")
    (group,) = [group for group in found.groups if short(group.predicate) == "parameters"]
    assert [(str(f.object), f.verdict, f.stated) for f in group.facts] == [
        ("10", "stated", True), ("260", "stated", True), ("999", "wrong", False),
    ]  # fmt: skip
    assert group.conflict
    assert [evidence.source.title for fact in group.facts for evidence in fact.evidence] == [
        "The seed", "epoch", "The claims",
    ]  # fmt: skip


def test_what_arrives_is_grouped_too_and_bounded() -> None:
    found = said("Baidu", limit=2)
    inverse = [group for group in found.groups if group.inverse]
    assert [(short(g.predicate), g.shown, g.total, g.conflict) for g in inverse] == [
        ("developedBy", 2, 3, False)
    ]
    assert [short(fact.subject) for fact in inverse[0].facts] == ["PaddlePaddle", "ERNIE"]
    assert {short(node.iri) for node in found.nodes} >= {"China", "OpenAI", "ERNIE"}
    assert {short(word.iri) for word in found.vocabulary} >= {"developedBy", "Company", "Country"}
    assert [source.title for source in found.sources()] == ["The seed", "The claims", "epoch"]


def test_sources_that_differ_on_one_value_conflict_and_those_that_agree_do_not() -> None:
    conflicts = {name: [g[0] for g in seen(said(name, DIFFERENT)) if g[4]] for name in "MN"}
    assert conflicts == {"M": [], "N": ["parameters", "released"]}


PLACES = """
<https://w3id.org/triplary/ontology> {
  :partOf a owl:ObjectProperty ; rdfs:subPropertyOf dcterms:isPartOf .
}
graph:a { id:A :basedIn id:Haidian . id:B :basedIn id:Haidian . id:C :basedIn id:Haidian . }
graph:b { id:A :basedIn id:China . id:B :basedIn id:Japan . id:C :basedIn id:Beijing . }
graph:c {
  id:Haidian :partOf id:Beijing .
  id:Beijing :partOf id:China .
  id:China :partOf id:Beijing .  # a circle ends the walk
}
"""


def test_a_city_and_its_country_do_not_contradict() -> None:
    conflicts = {name: [g[0] for g in seen(said(name, PLACES)) if g[4]] for name in "ABC"}
    assert conflicts == {"A": [], "B": ["basedIn"], "C": []}


def test_a_stranger_is_refused() -> None:
    store = store_of()
    index = Index.build(store, Ontology())
    with pytest.raises(NotFound):
        describe(index, store, Entity(iri("Nobody")))


def test_a_class_is_described_by_what_declares_it() -> None:
    assert ("label", False, [("Company", "stated"), ("公司", "stated")], 2, False) in seen(
        said(":Company")
    )


def compared(left: str, right: str, text: str | None = None) -> Comparison:
    store = store_of(text) if text else store_of()
    index = Index.build(store, Ontology.read(store))
    return compare(index, store, index.entity(iri(left)), index.entity(iri(right)))


def test_two_entities_are_compared() -> None:
    found = compared("ERNIE", "PaddlePaddle")
    assert [
        (short(s.left.predicate), str(s.left.object), short(s.right.subject)) for s in found.shared
    ] == [
        ("type", str(iri(":Model")), "PaddlePaddle"),
        ("developedBy", str(iri("Baidu")), "PaddlePaddle"),
    ]
    assert [(short(f.predicate), short_of(f.object)) for f in found.only_left] == [
        ("parameters", "10"), ("parameters", "260"), ("parameters", "999"),
    ]  # fmt: skip
    assert [(short(f.predicate), short_of(f.object)) for f in found.only_right] == [
        ("type", "Framework"), ("rivalOf", "OpenAI"),
    ]  # fmt: skip
    assert found.totals == (2, 3, 2)
    index = index_of()
    both = joint(index, *(index.entity(iri(name)) for name in ("ERNIE", "PaddlePaddle")))
    assert [short(node.iri) for node in read(index, both)] == ["ERNIE", "PaddlePaddle", "Baidu"]
    assert len(both.edges) == 2


def short_of(term: object) -> str:
    return short(term) if isinstance(term, IRI) else str(term)


def test_what_arrives_is_compared_by_its_other_end() -> None:
    found = compared("A", "B", "graph:g { id:x :p id:A, id:B . id:y :p id:A . id:z :p id:B }")
    assert [(short(s.left.subject), short(s.left.object)) for s in found.shared] == [("x", "A")]
    assert [short(f.subject) for f in found.only_left] == ["y"]
    assert [short(f.subject) for f in found.only_right] == ["z"]


def test_an_entity_shares_everything_with_itself() -> None:
    found = compared("Baidu", "Baidu")
    assert (found.only_left, found.only_right) == ((), ())
    index = index_of()
    assert joint(index, *2 * [index.entity(iri("Baidu"))]).nodes[0] == index.number(iri("Baidu"))


def test_the_overview_shows_what_it_is_given_in_order() -> None:
    index = index_of()
    given = [index.entity(iri(name)) for name in ("OpenAI", "Baidu", "China")]
    found = read(index, overview(index, given))
    assert [short(node.iri) for node in found.nodes] == ["OpenAI", "Baidu", "China"]
    assert [(short(e.subject), short(e.object)) for e in found.edges] == [
        ("Baidu", "OpenAI"), ("Baidu", "China"),
    ]  # fmt: skip
    assert read(index, overview(index, given, limit=1)).nodes == (given[0],)


def test_the_opening_is_connected_mixed_and_always_the_same() -> None:
    index = index_of()
    found = read(index, opening(index, limit=4))
    assert [short(node.iri) for node in found.nodes] == [
        "Baidu", "OpenAI", "PaddlePaddle", "ERNIE",
    ]  # fmt: skip
    assert read(index, opening(index, limit=4)) == found
    assert len(opening(index)) == len(index)
    assert opening(index, limit=0).nodes == ()
    assert opening(index_of("graph:g { id:a rdfs:label 'a' }")).nodes == (0,)


def test_search_gives_entities_with_scores() -> None:
    index = index_of()
    (first, *others) = search(index, "ernie")
    assert (first.entity, first.matched) == (index.entity(iri("ERNIE")), "ERNIE")
    assert [short(match.entity.iri) for match in others] == ["Ernie_Bot"]
    assert [short(m.entity.iri) for m in search(index, "id:Baidu")] == ["Baidu"]
    assert search(index, "id:Baidu")[0].score == 1.0
    assert search(index, "Baidu", classes=[iri(":Country")]) == ()
    assert [short(m.entity.iri) for m in search(index, "baidu", classes=[iri(":Entity")])] == [
        "Baidu"
    ]
    assert search(index, "") == ()


DATED = """
<https://w3id.org/triplary/ontology> {
  :Record a owl:Class . :State a owl:Class ; rdfs:subClassOf :Record .
  :Model a owl:Class . :Level a owl:Class .
  :access a owl:ObjectProperty . :price a owl:DatatypeProperty .
  :versionOf a owl:ObjectProperty .
  :released a owl:DatatypeProperty ; rdfs:subPropertyOf <https://schema.org/datePublished> .
  :seen a owl:AnnotationProperty ; :bookkeeping true .
}
graph:facts {
  id:M a :Model ; :access id:Free ; :seen "S1" . id:N a :Model ; :seen "S1" ; :price 3 .
  id:M2 a :Model ; :versionOf id:M ; :released "2024"^^xsd:gYear .
  id:Open a :Level . id:Closed a :Level . id:Free a :Level .
}
graph:states {
  id:s1 a :State ; owl:annotatedSource id:M ; owl:annotatedProperty :access ;
    owl:annotatedTarget id:Open ; :validFrom "2023-05"^^xsd:gYearMonth .
  id:s2 a :State ; owl:annotatedSource id:M ; owl:annotatedProperty :access ;
    owl:annotatedTarget id:Closed ; :validUntil "2023-05-01"^^xsd:date .
  id:s3 a :State ; owl:annotatedSource id:M ; owl:annotatedProperty :price ;
    owl:annotatedTarget 0 ; :validFrom "2022"^^xsd:gYear ; :validUntil "2025"^^xsd:gYear .
}
"""


def times(found: Description) -> dict[str, tuple[list[tuple[str, list[tuple[str, str]]]], int]]:
    return {
        short(group.predicate): (
            [
                (short_of(fact.subject if group.inverse else fact.object), list(fact.held))
                for fact in group.facts
            ],
            group.left_out,
        )
        for group in found.groups
        if short(group.predicate) not in ("type", "seen")
    }


def test_what_only_held_for_a_time_is_a_fact_with_its_time() -> None:
    found = said("M", DATED)
    assert found.as_of == ""
    assert times(found) == {
        "access": (
            [("Free", []), ("Closed", [("", "2023-05-01")]), ("Open", [("2023-05", "")])], 0,
        ),
        "price": ([("0", [("2022", "2025")])], 0),
        "versionOf": ([("M2", [])], 0),
    }  # fmt: skip
    assert [group.conflict for group in found.groups] == [False] * len(found.groups)
    sources = {short(f.object): [e.source.title for e in f.evidence] for f in found.groups[1].facts
               if isinstance(f.object, IRI)}  # fmt: skip
    assert sources == {"Free": ["facts"], "Closed": ["states"], "Open": ["states"]}


@pytest.mark.parametrize(
    ("day", "access", "price", "versions"),
    [
        ("2021", ["Free", "Closed"], [], []),
        ("2023-04-30", ["Free", "Closed"], ["0"], []),
        ("2023-05-01", ["Free", "Open"], ["0"], []),
        ("2023", ["Free", "Closed", "Open"], ["0"], []),
        ("2024-06", ["Free", "Open"], ["0"], ["M2"]),
        ("2025", ["Free", "Open"], [], ["M2"]),
    ],
)
def test_as_of_a_date_is_described_what_held_then(
    day: str, access: list[str], price: list[str], versions: list[str]
) -> None:
    found = said("M", DATED, as_of=day)
    assert found.as_of == day
    assert times_left(found) == {
        "access": (access, 3 - len(access)), "price": (price, 1 - len(price)),
        "versionOf": (versions, 1 - len(versions)),
    }  # fmt: skip


def times_left(found: Description) -> dict[str, tuple[list[str], int]]:
    return {name: ([v for v, _ in values], left) for name, (values, left) in times(found).items()}


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(BadParameter, match="as-of"):
        said("M", DATED, as_of="then")


def test_bookkeeping_is_described_last_and_not_compared() -> None:
    own = [short(group.predicate) for group in said("M", DATED).groups if not group.inverse]
    assert own == ["type", "access", "price", "seen"]
    found = compared("M", "N", DATED)
    assert [short(each.left.predicate) for each in found.shared] == ["type"]
    assert [short(fact.predicate) for fact in found.only_right] == ["price"]
    assert (found.totals, found.bookkeeping) == ((1, 5, 1), 2)
