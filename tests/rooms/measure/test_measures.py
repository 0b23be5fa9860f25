import subprocess
import sys

import networkx as nx
import numpy as np
import pytest

from rooms.index.world import index_of, iri, of_class, short
from triplary.errors import BadParameter
from triplary.explore import Helping, expand, read
from triplary.index import Index
from triplary.measure import (
    Graph,
    Scores,
    betweenness,
    communities,
    degree,
    measured,
    pagerank,
    rank,
)

STAR = Graph(5, np.array([1, 2, 3, 4, 4]), np.array([0, 0, 0, 0, 3]))


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of()


def test_degree_counts_edges_either_way() -> None:
    assert degree(STAR).values.tolist() == [4, 1, 1, 2, 2]
    assert degree(STAR).exact


def test_pagerank_is_that_of_networkx() -> None:
    expected = nx.pagerank(nx.DiGraph([(1, 0), (2, 0), (3, 0), (4, 0), (4, 3)]))
    assert pagerank(STAR).values.tolist() == pytest.approx([expected[n] for n in range(5)])


def test_betweenness_is_that_of_networkx() -> None:
    expected = nx.betweenness_centrality(nx.Graph([(1, 0), (2, 0), (3, 0), (4, 0), (4, 3)]))
    assert betweenness(STAR) == Scores(pytest.approx([expected[n] for n in range(5)]), True)


def test_betweenness_of_many_nodes_is_estimated_and_says_so() -> None:
    chain = Graph(1_001, np.arange(1_000), np.arange(1, 1_001))
    first, second = betweenness(chain), betweenness(chain)
    assert not first.exact
    assert first.values.tolist() == second.values.tolist()
    assert 400 < int(np.argmax(first.values)) < 600


def test_communities_are_numbered_by_size() -> None:
    rings = Graph(7, np.array([0, 1, 2, 3, 4, 5, 6]), np.array([1, 2, 0, 4, 5, 6, 3]))
    assert communities(rings).values.tolist() == [1, 1, 1, 0, 0, 0, 0]


@pytest.mark.parametrize("measure", [degree, pagerank, betweenness, communities])
def test_nothing_has_no_scores(measure: object) -> None:
    empty = Graph(0, np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))
    assert measure(empty).values.tolist() == []  # type: ignore[operator]


def test_entities_are_ranked_ties_by_label(index: Index) -> None:
    found = rank(index, limit=6)
    assert [(short(ranked.entity.iri), ranked.score) for ranked in found] == [
        ("Baidu", 5.0), ("OpenAI", 3.0), ("PaddlePaddle", 2.0), ("China", 1.0), ("ERNIE", 1.0),
        ("Ernie_Bot", 1.0),
    ]  # fmt: skip
    assert (found.by, found.total, found.exact, len(found)) == ("degree", 8, True, 6)
    assert [short(entity.iri) for entity in found.head(2).entities] == ["Baidu", "OpenAI"]
    assert found.head(2).total == 8


def test_a_ranking_may_be_of_some_classes_or_of_a_subgraph(index: Index) -> None:
    firms = rank(index, kept=of_class(index, ":Organization"))
    assert [short(ranked.entity.iri) for ranked in firms] == ["Baidu", "OpenAI"]
    near = read(index, expand(index, [Helping(index.entity(iri("OpenAI")))]))
    among = rank(index, among=near, by="betweenness")
    assert among.entities[0].iri == iri("OpenAI")
    assert among.total == len(near)
    firms = rank(index, among=near, kept=of_class(index, ":Company"))
    assert [short(ranked.entity.iri) for ranked in firms] == ["OpenAI", "Baidu"]
    assert rank(index, limit=0).scores == ()


def test_scores_measured_before_are_taken_for_the_whole_graph_only(index: Index) -> None:
    before = Scores(np.arange(len(index), dtype=np.float64), exact=False)
    ranking = rank(index, by="pagerank", scores=before)
    assert (ranking.entities[0], ranking.exact) == (index.at(len(index) - 1), False)
    near = read(index, expand(index, [Helping(index.entity(iri("OpenAI")))]))
    assert rank(index, among=near, scores=before).exact
    assert measured(index, "degree").values.tolist() == index.adjacency.degree.tolist()
    with pytest.raises(BadParameter):
        measured(index, "mass")


def test_pagerank_ranks_what_much_points_at(index: Index) -> None:
    assert [short(r.entity.iri) for r in rank(index, by="pagerank", limit=2)] == ["OpenAI", "Baidu"]


def test_a_measure_that_there_is_not_is_refused(index: Index) -> None:
    with pytest.raises(BadParameter) as caught:
        rank(index, by="beauty")
    assert caught.value.message == (
        "by does not take 'beauty': the measures are betweenness, degree, pagerank."
    )


def test_ranking_by_degree_needs_no_networkx() -> None:
    script = (
        "import sys; from rooms.index.world import index_of; from triplary.measure import rank;"
        "rank(index_of()); sys.exit(bool({'networkx', 'scipy', 'rdflib'} & set(sys.modules)))"
    )
    paths = [path for path in sys.path if path]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {paths!r}; {script}"], check=False
    )
    assert done.returncode == 0
