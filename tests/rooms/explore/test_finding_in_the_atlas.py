"""The verbs on the bundled atlas: what the explorer's visitors ask first."""

import itertools

import pytest

from rooms.index.world import of_class, short
from triplary.explore import Helping, describe, expand, opening, paths, read, search
from triplary.index import Index
from triplary.measure import rank
from triplary.ontology import RDF_TYPE, Ontology
from triplary.store import Store
from triplary.store.opening import open_store


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store()


@pytest.fixture(scope="module")
def index(store: Store) -> Index:
    return Index.build(store, Ontology.read(store))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("baidu", "Baidu"), ("bidu", "Baidu"), ("百度", "Baidu"), ("opnai", "OpenAI"),
        ("mindspor", "MindSpore"), ("gpt4", "GPT-4"), ("ernie", "ERNIE"), ("oecd", "OECD"),
        ("华为", "Huawei"), ("paddelpaddle", "PaddlePaddle"), ("id:Baidu", "Baidu"),
    ],
)  # fmt: skip
def test_the_entity_meant_is_found_first(index: Index, text: str, first: str) -> None:
    assert search(index, text)[0].entity.label() == first


def test_ernie_bot_is_among_the_first_for_ernie(index: Index) -> None:
    assert "Ernie Bot" in [match.entity.label() for match in search(index, "ernie", limit=5)]


def test_all_claims_are_there(index: Index) -> None:
    assert index.statistics.claims == 143


def test_paths_are_simple_and_every_step_is_sourced(index: Index) -> None:
    found = paths(index, index.resolve("MindSpore"), index.resolve("OECD"))
    assert len(found) == 5
    assert [path.cost for path in found] == sorted(path.cost for path in found)
    for path in found:
        assert len({node.iri for node in path.nodes}) == len(path.nodes)
        for edge, ends in zip(path.edges, itertools.pairwise(path.nodes), strict=True):
            assert {edge.subject, edge.object} == {node.iri for node in ends}
            assert edge.evidence
            assert all(evidence.source.title for evidence in edge.evidence)


def test_a_wrong_claim_is_seen_beside_what_is_true(index: Index, store: Store) -> None:
    found = describe(index, store, index.resolve("PaddlePaddle"))
    (classes,) = [group for group in found.groups if group.predicate == RDF_TYPE]
    verdicts = {short(fact.object): fact.verdict for fact in classes.facts}  # type: ignore[arg-type]
    assert verdicts["Framework"] == "stated"
    assert "wrong" in verdicts.values()
    assert classes.conflict


def test_a_hub_is_bounded(index: Index) -> None:
    found = read(index, expand(index, [Helping(index.resolve("China"))], limit=25))
    assert len(found) == 26
    assert {left.predicate for left in found.more}
    assert all(left.shown < left.total for left in found.more)


def test_the_opening_shows_companies_models_frameworks_and_governance(index: Index) -> None:
    found = read(index, opening(index, limit=40))
    labels = {node.label() for node in found.nodes}
    assert labels >= {"Baidu", "Huawei", "OpenAI", "MindSpore", "PaddlePaddle", "OECD", "GPT-4"}
    kinds = {short(iri) for node in found.nodes for iri in node.classes}
    assert kinds >= {"Company", "Framework", "ModelFamily", "GovernanceInstrument"}
    reached, waiting = set(), [found.nodes[0].iri]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += [e.object for e in found.edges if e.subject == node]
            waiting += [e.subject for e in found.edges if e.object == node]
    assert len(reached) == 40


def test_every_entity_has_a_handle_that_leads_back(index: Index) -> None:
    nodes = index.adjacency.nodes
    assert [index.resolve(index.name(node)).iri for node in nodes] == list(nodes)


def test_companies_are_ranked(index: Index) -> None:
    ranking = rank(index, kept=of_class(index, ":Company"), limit=3)
    assert all("Company" in {short(c) for c in entity.classes} for entity in ranking.entities)
    assert ranking.scores[0].entity.label() == "Google"
