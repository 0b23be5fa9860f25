import itertools
from importlib import import_module
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.index.world import index_of, iri, short
from triplary.errors import BadParameter, NotFound
from triplary.explore import EVERYTHING, Choice, Filters, Sieve, joined, paths, read
from triplary.explore.paths import Ways
from triplary.index import Index
from triplary.terms import Entity, Path

ROUTES = """
graph:g {
  id:A :p id:Hub . id:B :p id:Hub . id:x1 :p id:Hub . id:x2 :p id:Hub . id:x3 :p id:Hub .
  id:x4 :p id:Hub . id:x5 :p id:Hub . id:x6 :p id:Hub . id:x7 :p id:Hub . id:x8 :p id:Hub .
  id:x9 :p id:Hub . id:y1 :p id:Hub . id:y2 :p id:Hub . id:y3 :p id:Hub .
  id:A :q id:C . id:C :q id:B .
  id:A :p id:D . id:E :r id:D . id:E :p id:B .
  id:lonely rdfs:label "lonely" .
}
graph:claims {
  claim:1 rdf:subject id:A ; rdf:predicate :q ; rdf:object id:B ; :verdict "wrong" .
}
"""


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(ROUTES)


def told(found: tuple[Path, ...]) -> list[str]:
    return ["-".join(short(node.iri) for node in path.nodes) for path in found]


def ask(index: Index, source: str, target: str, **how: object) -> tuple[Path, ...]:
    return paths(index, index.entity(iri(source)), index.entity(iri(target)), **how)  # type: ignore[arg-type]


def test_the_best_paths_avoid_hubs_and_wrong_claims(index: Index) -> None:
    assert told(ask(index, "A", "B")) == ["A-C-B", "A-D-E-B", "A-Hub-B", "A-B"]


def test_a_path_has_its_edges_in_order_and_its_cost(index: Index) -> None:
    (best,) = ask(index, "A", "B", k=1)
    assert [(short(e.subject), short(e.predicate), short(e.object)) for e in best.edges] == [
        ("A", "q", "C"), ("C", "q", "B"),
    ]  # fmt: skip
    assert best.cost == pytest.approx(2.693147)  # two edges and the logarithm of C's degree, 2


def test_a_path_may_be_bounded(index: Index) -> None:
    assert told(ask(index, "A", "B", longest=2)) == ["A-C-B", "A-Hub-B", "A-B"]
    assert told(ask(index, "A", "B", longest=1)) == ["A-B"]


def test_predicates_are_forbidden_and_required(index: Index) -> None:
    assert told(ask(index, "A", "B", forbid=[iri(":q")])) == ["A-D-E-B", "A-Hub-B"]
    assert told(ask(index, "A", "B", require=[iri(":r")])) == ["A-D-E-B"]
    assert told(ask(index, "A", "B", require=[iri(":r"), iri(":p")])) == ["A-D-E-B"]
    assert ask(index, "A", "B", require=[iri(":r"), iri(":q")]) == ()
    assert ask(index, "A", "B", require=[iri(":unheard")]) == ()


def test_verdicts_filter_the_edges(index: Index) -> None:
    def through(**filters: Any) -> list[str]:
        ends = [index.number(iri(name)) for name in ("A", "B")]
        return told(ask(index, "A", "B", sieve=Sieve.of(index, Filters(**filters), ends)))

    assert through(verdicts=Choice(only=("wrong",))) == ["A-B"]
    assert through(verdicts=Choice(without=("wrong",))) == ["A-C-B", "A-D-E-B", "A-Hub-B"]
    assert through(nodes=Choice(without=(iri("C"), iri("Hub")))) == ["A-D-E-B", "A-B"]
    assert through(nodes=Choice(only=(iri("Hub"),))) == ["A-Hub-B", "A-B"]


def test_where_there_is_no_path_there_is_none(index: Index) -> None:
    assert ask(index, "A", "lonely") == ()
    assert ask(index, "A", "A") == ()


def test_a_stranger_and_bad_bounds_are_refused(index: Index) -> None:
    with pytest.raises(NotFound):
        paths(index, index.entity(iri("A")), Entity(iri("Nobody")))
    for how in ({"k": 0}, {"longest": 0}, {"longest": 99}):
        with pytest.raises(BadParameter):
            ask(index, "A", "B", **how)
    with pytest.raises(BadParameter):
        ask(index, "A", "B", require=[iri(f":{n}") for n in range(4)])


def test_required_predicates_beside_the_way_are_not_fetched_by_turning_back() -> None:
    index = index_of("graph:g { id:A :p id:M . id:M :p id:B . id:M :r id:leaf . id:B :r id:other }")
    assert ask(index, "A", "B", require=[iri(":r")]) == ()


def test_a_required_predicate_may_lie_on_a_parallel_edge() -> None:
    index = index_of("graph:g { id:A :p id:B ; :r id:B . id:B :p id:C }")
    (path,) = ask(index, "A", "C", require=[iri(":r")])
    assert [short(edge.predicate) for edge in path.edges] == ["r", "p"]


def test_a_target_behind_a_hub_is_found_without_walking_the_hub() -> None:
    spokes = "".join(f"id:M :p id:s{n} . id:s{n} :p id:s{n + 1} ." for n in range(60))
    index = index_of(f"graph:g {{ id:A :p id:M . {spokes} id:M :p id:T }}")
    assert told(ask(index, "A", "T")) == ["A-M-T"]


def test_a_search_that_would_not_end_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of("graph:g { id:A :p id:M . id:M :p id:B . id:M :r id:leaf . id:B :r id:other }")
    monkeypatch.setattr(import_module("triplary.explore.paths"), "MOST_VISITS", 10)
    with pytest.raises(BadParameter) as caught:
        ask(index, "A", "B", require=[iri(":r")])
    assert caught.value.message == (
        "longest does not take 6: there are too many ways to try them all."
    )


def test_joined_paths_have_each_node_and_edge_once(index: Index) -> None:
    ends = index.entity(iri("A")), index.entity(iri("B"))
    found = read(index, joined(index, ends, paths(index, *ends, k=2)))
    assert [short(node.iri) for node in found.nodes] == ["A", "B", "C", "D", "E"]
    assert len(found.edges) == len(set(found.edges)) == 5
    assert [short(word.iri) for word in found.vocabulary] == ["p", "q", "r"]
    assert read(index, joined(index, ends, ())).nodes == ends


NODES = "abcdefg"
edges = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from("pqr"), st.sampled_from(NODES)),
    min_size=1,
    max_size=22,
)


def simple_graph(ways: Ways, nodes: int) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    for tail in range(nodes):
        for place in range(int(ways.first[tail]), int(ways.first[tail + 1])):
            head, cost = int(ways.head[place]), float(ways.cost[place])
            if cost == float("inf"):
                continue
            known = graph.get_edge_data(tail, head, {"weight": float("inf")})["weight"]
            graph.add_edge(tail, head, weight=min(cost, known))
    return graph


def written(rows: list[tuple[str, str, str]]) -> str:
    statements = "".join(f"id:{s} :{p} id:{o} ." for s, p, o in rows)
    return f"graph:g {{ {statements} id:a rdfs:label 'a' . id:g rdfs:label 'g' . }}"


@given(rows=edges, longest=st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_paths_cost_the_same_as_those_of_networkx(
    rows: list[tuple[str, str, str]], longest: int
) -> None:
    index = index_of(written(rows))
    found = ask(index, "a", "g", k=8, longest=longest)
    start, end = index.number(iri("a")), index.number(iri("g"))
    ways = Ways.between(index, start, end, EVERYTHING, [], [])
    assert ways is not None
    graph = simple_graph(ways, len(index))
    costs = []
    if nx.has_path(graph, start, end):
        for walk in nx.shortest_simple_paths(graph, start, end, weight="weight"):
            if len(walk) - 1 <= longest:
                costs.append(nx.path_weight(graph, walk, "weight"))
    assert [path.cost for path in found] == pytest.approx(costs[:8], abs=1e-6)
    for path in found:
        assert len({node.iri for node in path.nodes}) == len(path.nodes) == len(path.edges) + 1
        for edge, ends in zip(path.edges, itertools.pairwise(path.nodes), strict=True):
            assert {edge.subject, edge.object} == {node.iri for node in ends}
    assert len({path.nodes for path in found}) == len(found)


@given(rows=edges, required=st.sets(st.sampled_from("pqr"), min_size=1, max_size=2))
@settings(max_examples=60, deadline=None)
def test_required_predicates_give_what_trying_everything_gives(
    rows: list[tuple[str, str, str]], required: set[str]
) -> None:
    index = index_of(written(rows))
    wanted = {iri(f":{name}") for name in required}
    found = ask(index, "a", "g", k=6, longest=5, require=sorted(wanted))
    start, end = index.number(iri("a")), index.number(iri("g"))
    ways = Ways.between(index, start, end, EVERYTHING, [], [])
    assert ways is not None
    costs = []
    graph = simple_graph(ways, len(index))
    for walk in nx.all_simple_paths(graph, start, end, cutoff=5):
        steps = [
            [
                (float(ways.cost[place]), index.edge(int(ways.edge[place])).predicate)
                for place in range(int(ways.first[tail]), int(ways.first[tail + 1]))
                if ways.head[place] == head
            ]
            for tail, head in itertools.pairwise(walk)
        ]
        fitting = [
            sum(cost for cost, _ in choice)
            for choice in itertools.product(*steps)
            if wanted <= {predicate for _, predicate in choice}
        ]
        costs.extend([min(fitting)] if fitting else [])
    assert [path.cost for path in found] == pytest.approx(sorted(costs)[:6], abs=1e-6)
    assert all(wanted <= {edge.predicate for edge in path.edges} for path in found)
