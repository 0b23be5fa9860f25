"""What joins what, counted; what fits at a place of a query."""

from time import perf_counter
from typing import Any

import pytest

from conformance.small import ID, TRI
from triplary.explore.complete import complete
from triplary.kg import KnowledgeGraph
from triplary.ontology import RDF_TYPE
from triplary.terms import IRI, XSD


def iri(name: str) -> IRI:
    return IRI(TRI + name)


def test_classes_and_properties_are_counted_once_however_many_graphs_say_so(
    small: KnowledgeGraph,
) -> None:
    usage = small.index.usage
    # id:Baidu is said to be a company in two named graphs.
    assert dict(usage.classes)[iri("Company")] == 2
    assert dict(usage.properties)[RDF_TYPE] == 12
    assert usage.joins[iri("developedBy")].domains == ((iri("Model"), 2),)
    assert usage.joins[iri("developedBy")].classes == ((iri("Company"), 2),)
    assert usage.joins[iri("parameters")].datatypes == ((IRI(XSD + "integer"), 1),)
    assert usage.graphs(iri("basedIn")) == (IRI("https://w3id.org/triplary/graph/companies"),)
    assert usage.values(iri("basedIn")) == ((IRI(ID + "China"), 1), (IRI(ID + "United_States"), 1))
    assert usage.values(iri("basedIn"), inverse=True) == (
        (IRI(ID + "Baidu"), 1), (IRI(ID + "OpenAI"), 1),
    )  # fmt: skip
    assert usage.values(iri("nowhere")) == ()


def names(kg: KnowledgeGraph, text: str, position: Any, **more: Any) -> list[str]:
    found = complete(kg.index, text, position, limit=4, **more)
    return [kg.index.ontology.curie(each.entity.iri) for each in found]


def test_properties_are_those_of_the_subjects_class_the_most_used_first(
    atlas: KnowledgeGraph,
) -> None:
    of_models = names(atlas, "", "property", classes=[iri("AIModel")])
    assert of_models[:2] == ["tri:developedBy", "tri:countryOfOrigin"]
    to_companies = names(atlas, "", "property", classes=[iri("Company")], inverse=True)
    assert to_companies[0] == "tri:developedBy"
    # A class above stands for those below it; an unknown one says nothing.
    assert "tri:developedBy" in names(atlas, "", "property", classes=[iri("Artifact")])
    assert names(atlas, "", "property", classes=[iri("Nothing")]) == names(atlas, "", "property")


@pytest.mark.parametrize(
    ("text", "position", "first"),
    [
        ("comp", "class", "tri:Company"), ("公司", "class", "tri:Company"),
        ("gongsi", "class", "tri:Company"), ("tri:Comp", "class", "tri:Company"),
        ("Compny", "class", "tri:Company"), ("developed", "property", "tri:developedBy"),
        ("devloped by", "property", "tri:developedBy"), ("baidu", "entity", "id:Baidu"),
        ("百度", "entity", "id:Baidu"), ("id:Baidu", "entity", "id:Baidu"),
    ],
)  # fmt: skip
def test_a_word_is_found_by_label_alias_curie_and_sound(
    text: str, position: str, first: str, atlas: KnowledgeGraph
) -> None:
    assert names(atlas, text, position)[0] == first


def test_entities_are_those_that_a_property_leads_to(atlas: KnowledgeGraph) -> None:
    developers = complete(atlas.index, "", "entity", predicate=iri("developedBy"), limit=3)
    counts = [each.count for each in developers]
    assert counts == sorted(counts, reverse=True)
    assert names(atlas, "ba", "entity", predicate=iri("developedBy"))[0] == "id:Baidu"
    models = complete(atlas.index, "", "entity", predicate=iri("developedBy"), inverse=True)
    assert {each.entity.classes[0].local_name for each in models} & {"LanguageModel", "AIModel"}


def test_a_completion_takes_less_than_thirty_milliseconds(atlas: KnowledgeGraph) -> None:
    asked: list[dict[str, Any]] = [
        {"text": text, "position": position, **more}
        for text in ("", "b", "ba", "baidu", "百", "model", "developd")
        for position, more in (
            ("class", {}), ("property", {"classes": [iri("AIModel")]}), ("entity", {}),
            ("entity", {"predicate": iri("developedBy")}),
        )
    ]  # fmt: skip
    for each in asked:
        complete(atlas.index, **each)
    seconds = []
    for each in asked:
        begun = perf_counter()
        complete(atlas.index, **each)
        seconds.append(perf_counter() - begun)
    assert sorted(seconds)[len(seconds) // 2] < 0.03
