"""Every entity of the seed is found first by each of its names."""

import pytest

from graph.questions import ROOT
from triplary.explore import search
from triplary.index import Index
from triplary.ontology import Ontology
from triplary.store.opening import open_store


@pytest.fixture(scope="module")
def index() -> Index:
    store = open_store()
    return Index.build(store, Ontology.read(store))


def names_of(seed_entities: list[dict[str, str]]) -> dict[str, str]:
    """Each label and alias with the English label it must lead to.

    Aliases as aliases.tsv reads the seed's cells: some of these name entities of their own.
    """
    found = {}
    for row in seed_entities:
        label = row["label_en"].strip('"')
        found |= {name: label for name in (label, row["label_zh"]) if name}
    lines = (ROOT / "graph" / "recipes" / "aliases.tsv").read_text("utf-8").splitlines()[1:]
    for line in lines:
        entity, _, names, *_ = line.split("\t")
        found |= {name: entity for name in names.split("|") if name}
    return found


def test_every_name_of_the_seed_leads_to_its_entity_first(
    index: Index, seed_entities: list[dict[str, str]]
) -> None:
    names = names_of(seed_entities)
    first = {name: search(index, name, limit=1) for name in names}
    wrong = {
        name: [match.entity.label() for match in first[name]]
        for name, label in names.items()
        if [match.entity.label() for match in first[name]] != [label]
    }
    assert (len(names), wrong) == (231, {})


def test_names_that_machines_matched_lead_to_their_entity(index: Index) -> None:
    lines = (ROOT / "graph" / "matches.tsv").read_text("utf-8").splitlines()[1:]
    wrong = {}
    for line in lines:
        source, name, entity, _, family, *_ = line.split("\t")
        if family != "dataset":
            found = search(index, name, limit=1)[0].entity
            if index.name(found.iri) != index.name(index.resolve(entity).iri):
                wrong[source, name] = found.label()
    assert wrong == {}
