from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.index.world import GRAPH, index_of, iri, short
from triplary.errors import BadParameter, NotFound
from triplary.explore import HELPING, Choice, Filters, Helping, Sieve, expand, read, sieved
from triplary.index import Index
from triplary.terms import IRI, Entity, More, Subgraph

GRAPHS = {name: IRI(GRAPH + name) for name in ("seed", "epoch", "claims")}


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of()


@pytest.fixture(scope="module")
def hub() -> Index:
    """A hub with twelve of one kind of edge, two of another, one that leaves."""
    many = "".join(f"id:m{n:02} a :Model ; :developedBy id:Hub ." for n in range(12))
    return index_of(
        f"""graph:g {{ {many} id:r1 :rivalOf id:Hub . id:r2 :rivalOf id:Hub . id:Hub :basedIn id:Z .
        id:m11 :rivalOf id:r1 . id:m11 :rivalOf id:r2 . id:m10 :basedIn id:Z .
        id:m03 :trainedOn id:data . id:data :heldBy id:far . }}"""
    )


def around(
    index: Index, *names: str, hops: int = 1, limit: int = HELPING, **filters: Any
) -> Subgraph:
    """What lies around entities, shown through filters."""
    asked = [index.entity(iri(name)) for name in names]
    sieve = Sieve.of(index, Filters(**filters), [index.number(entity) for entity in asked])
    helpings = map(Helping, asked)
    found = expand(index, helpings, hops=hops, limit=limit, sieve=sieve)
    return read(index, sieved(index, found, sieve), sieve)


def only(*values: Any) -> Choice[Any]:
    return Choice(only=values)


def without(*values: Any) -> Choice[Any]:
    return Choice(without=values)


def nodes(found: Subgraph) -> list[str]:
    return [short(node.iri) for node in found.nodes]


def test_the_neighbourhood_has_every_edge_among_its_nodes(index: Index) -> None:
    found = around(index, "Baidu")
    assert nodes(found) == ["Baidu", "China", "PaddlePaddle", "OpenAI", "ERNIE", "Ernie_Bot"]
    assert {(short(e.subject), short(e.predicate), short(e.object)) for e in found.edges} == {
        ("Baidu", "basedIn", "China"),
        ("Baidu", "rivalOf", "OpenAI"),
        ("ERNIE", "developedBy", "Baidu"),
        ("Ernie_Bot", "developedBy", "Baidu"),
        ("PaddlePaddle", "developedBy", "Baidu"),
        ("PaddlePaddle", "rivalOf", "OpenAI"),
    }
    assert found.more == ()
    assert [short(word.iri) for word in found.vocabulary] == [
        "Company", "Country", "Framework", "Model", "Organization", "basedIn", "developedBy",
        "rivalOf",
    ]  # fmt: skip


def test_a_helping_is_fair_and_says_what_is_left(hub: Index) -> None:
    found = around(hub, "Hub", limit=5)
    assert nodes(found) == ["Hub", "Z", "m11", "r1", "m03", "r2"]
    assert found.more == (More(iri("Hub"), iri(":developedBy"), True, 2, 12),)


def test_nothing_is_left_where_all_is_shown(hub: Index) -> None:
    found = around(hub, "Hub", limit=100)
    assert len(found) == 16
    assert found.more == ()


def test_expanding_one_more_keeps_what_was_there(hub: Index) -> None:
    first = around(hub, "Hub", limit=3)
    second = around(hub, "Hub", "m03", limit=3)
    assert nodes(second)[: len(first)] == nodes(first)
    assert nodes(second)[len(first) :] == ["m03", "data"]
    third = around(hub, "Hub", "m03", "data", limit=3)
    assert nodes(third)[: len(second)] == nodes(second)
    assert nodes(third)[len(second) :] == ["far"]


def test_hops_go_on_from_what_the_hop_before_brought(hub: Index) -> None:
    assert nodes(around(hub, "far", hops=1)) == ["far", "data"]
    assert nodes(around(hub, "far", hops=2)) == ["far", "data", "m03"]
    assert nodes(around(hub, "far", hops=4, limit=1)) == ["far", "data", "m03", "Hub", "Z"]


def test_filters_hold_for_what_is_followed_and_drawn(index: Index) -> None:
    assert nodes(around(index, "Baidu", predicates=only(iri(":basedIn")))) == ["Baidu", "China"]
    assert nodes(around(index, "Baidu", verdicts=only("supported"))) == ["Baidu", "ERNIE"]
    disputed = around(index, "Baidu", verdicts=only("disputed"), hops=2)
    assert nodes(disputed) == ["Baidu", "OpenAI", "PaddlePaddle"]
    assert {short(edge.predicate) for edge in disputed.edges} == {"rivalOf"}
    firms = around(index, "Baidu", classes=only(iri(":Organization")))
    assert nodes(firms) == ["Baidu", "OpenAI"]
    hidden = without(iri("China"), iri("OpenAI"), iri("Nobody"))
    left = around(index, "Baidu", nodes=hidden)
    assert nodes(left) == ["Baidu", "PaddlePaddle", "ERNIE", "Ernie_Bot"]
    assert around(index, "Baidu", predicates=only(iri(":unheard"))).edges == ()


def test_what_is_left_out_is_not_followed_either(index: Index) -> None:
    assert nodes(around(index, "Baidu", predicates=without(iri(":developedBy")))) == [
        "Baidu", "China", "OpenAI",
    ]  # fmt: skip
    assert nodes(around(index, "Baidu", verdicts=without("stated", "supported"))) == [
        "Baidu", "OpenAI",
    ]  # fmt: skip
    assert nodes(around(index, "Baidu", classes=without(iri(":Entity")))) == ["Baidu"]
    assert nodes(around(index, "Baidu", graphs=only(GRAPHS["epoch"]))) == [
        "Baidu", "ERNIE", "Ernie_Bot",
    ]  # fmt: skip
    both = around(index, "Baidu", graphs=without(GRAPHS["epoch"], GRAPHS["claims"]))
    assert nodes(both) == ["Baidu", "China", "PaddlePaddle", "ERNIE"]


def test_more_counts_only_what_the_filters_let_pass(hub: Index) -> None:
    found = around(hub, "Hub", limit=2, predicates=only(iri(":developedBy")))
    assert found.more == (More(iri("Hub"), iri(":developedBy"), True, 2, 12),)
    hidden = around(hub, "Hub", limit=2, nodes=without(iri("m11"), iri("m01")))
    assert nodes(hidden) == ["Hub", "Z"]
    assert (
        found.more
        != hidden.more
        == (
            More(iri("Hub"), iri(":developedBy"), True, 0, 10),
            More(iri("Hub"), iri(":rivalOf"), True, 0, 2),
        )
    )


def test_bad_bounds_are_refused(index: Index) -> None:
    for how in ({"hops": 0}, {"hops": 5}, {"limit": 0}, {"verdicts": only("fine")}):
        with pytest.raises(BadParameter):
            around(index, "Baidu", **how)
    with pytest.raises(NotFound):
        expand(index, [Helping(Entity(iri("Nobody")))])
    with pytest.raises(BadParameter, match="at least 1"):
        Helping(index.entity(iri("Baidu")), count=0)


def test_nothing_asked_gives_nothing(index: Index) -> None:
    assert read(index, expand(index, [])) == Subgraph()


def test_a_loop_is_an_edge_of_one_node() -> None:
    found = around(index_of("graph:g { id:a :p id:a }"), "a")
    assert (nodes(found), len(found.edges), found.more) == (["a"], 1, ())


names = st.sampled_from("abcdefgh")


@given(
    rows=st.lists(st.tuples(names, st.sampled_from("pq"), names), min_size=1, max_size=30),
    limit=st.integers(1, 4),
    hops=st.integers(1, 3),
)
@settings(max_examples=40, deadline=None)
def test_shown_and_left_out_add_up(rows: list[tuple[str, str, str]], limit: int, hops: int) -> None:
    index = index_of("graph:g {" + "".join(f"id:{s} :{p} id:{o} ." for s, p, o in rows) + "}")
    start = index.at(0)
    found = read(index, expand(index, [Helping(start)], limit=limit, hops=hops))
    shown = {node.iri for node in found.nodes}
    assert len(found) == len(shown) <= 1 + limit * hops
    distinct = {(iri(s), iri(f":{p}"), iri(o)) for s, p, o in rows}
    inside = {row for row in distinct if row[0] in shown and row[2] in shown}
    assert {(e.subject, e.predicate, e.object) for e in found.edges} == inside
    for left in found.more:
        end = 2 if left.inverse else 0
        alike = {r for r in distinct if r[end] == left.node and r[1] == left.predicate}
        assert left.total == len(alike) > left.shown == len(alike & inside)
