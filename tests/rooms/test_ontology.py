"""The ontology says what a graph's words mean, and guesses soundly where nothing is declared."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import triplary.ontology
from triplary.kg import KnowledgeGraph
from triplary.ontology import ALIAS_PROPERTIES, LABEL_PROPERTIES, PREFIXES, Ontology, bundled
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI, BlankNode, Entity, Literal

NS = "http://x.org/ns#"
WORDS = """
@prefix : <http://x.org/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tri: <https://w3id.org/triplary/ontology#> .
:Agent a owl:Class . :Firm a rdfs:Class , owl:Class ; rdfs:subClassOf :Agent , :Firm ;
  rdfs:label "firm"@en , "公司"@zh ; skos:prefLabel "Firm"@en ;
  rdfs:comment "Sells."@en , "卖。"@zh .
:Bank a owl:Class ; rdfs:subClassOf :Firm , [ a owl:Restriction ] .
:madeBy a owl:ObjectProperty ; rdfs:label "made by"@en ; tri:inverseLabel "makes"@en .
:size a owl:DatatypeProperty . :site a owl:AnnotationProperty . :near a rdf:Property .
[] a owl:Class ; rdfs:label "nobody's"@en .
""".encode()


def iri(local: str) -> IRI:
    return IRI(NS + local)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    store = OxigraphStore()
    store.load(WORDS, name="words.ttl", format=FORMATS["turtle"], graph=IRI("http://x.org/ns"))
    return Ontology.read(store)


def test_what_is_declared_is_read(ontology: Ontology) -> None:
    assert list(ontology.classes) == [iri("Agent"), iri("Bank"), iri("Firm")]
    assert list(ontology.properties) == [iri("madeBy"), iri("near"), iri("site"), iri("size")]
    firm = ontology.classes[iri("Firm")]
    assert firm.hint == "Sells."
    assert firm.labels[0] == Literal("Firm", language="en")
    assert set(firm.labels[1:]) == {Literal("firm", language="en"), Literal("公司", language="zh")}
    assert ontology.inverse_labels == {iri("madeBy"): (Literal("makes", language="en"),)}


def test_superclasses_are_nearest_first_and_end(ontology: Ontology) -> None:
    assert ontology.superclasses(iri("Bank")) == (iri("Firm"), iri("Agent"))
    assert ontology.superclasses(iri("Firm")) == (iri("Agent"),)
    assert ontology.superclasses(iri("Unknown")) == ()


def test_superproperties_are_nearest_first_and_end() -> None:
    above = {iri("a"): (iri("b"),), iri("b"): (iri("c"), iri("a"))}
    ontology = Ontology(property_parents=above)
    assert ontology.superproperties(iri("a")) == (iri("b"), iri("c"))
    assert ontology.superproperties(iri("unknown")) == ()


def test_a_circle_of_superclasses_ends() -> None:
    around = Ontology(parents={iri("A"): (iri("B"),), iri("B"): (iri("C"),), iri("C"): (iri("A"),)})
    assert around.superclasses(iri("A")) == (iri("B"), iri("C"))


@pytest.mark.parametrize(
    ("predicate", "edge"),
    [
        (NS + "madeBy", True),
        (NS + "near", True),
        (NS + "undeclared", True),
        (NS + "size", False),
        (NS + "site", False),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", False),
        ("http://www.w3.org/2002/07/owl#sameAs", False),
        ("http://www.w3.org/2000/01/rdf-schema#label", False),
        ("http://purl.org/dc/terms/license", False),
        ("http://purl.org/dc/terms/publisher", True),
    ],
)
def test_which_statements_are_edges(ontology: Ontology, predicate: str, edge: bool) -> None:
    assert ontology.is_edge(IRI(predicate)) is edge


@pytest.mark.parametrize(
    ("local", "label"),
    [
        ("developedBy", "developed by"),
        ("AICompany", "AICompany"),
        ("GovernanceBody", "Governance Body"),
        ("snake_case-word", "snake case word"),
        ("x", "x"),
    ],
)
def test_an_undeclared_word_is_called_by_its_end(
    ontology: Ontology, local: str, label: str
) -> None:
    assert ontology.label(iri(local)) == label


def test_a_declared_word_is_called_by_its_label(ontology: Ontology) -> None:
    assert ontology.label(iri("Firm")) == "Firm"
    assert ontology.label(iri("Firm"), "zh") == "公司"
    assert ontology.label(iri("Bank")) == "Bank"
    assert ontology.entity(BlankNode("b")) == Entity(BlankNode("b"))


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("https://w3id.org/triplary/id/Baidu", "id:Baidu"),
        ("https://w3id.org/triplary/ontology#Company", "tri:Company"),
        ("https://w3id.org/triplary/id/a/b", "https://w3id.org/triplary/id/a/b"),
        ("https://w3id.org/triplary/id/", "id:"),
        ("http://x.org/a", "http://x.org/a"),
        ("http://www.wikidata.org/prop/direct/P31", "wdt:P31"),
        ("https://w3id.org/triplary/id/%E7%99%BE", "id:%E7%99%BE"),
    ],
)
def test_a_curie_and_back(text: str, curie: str) -> None:
    words = Ontology()
    assert words.curie(IRI(text)) == curie
    if curie != text:
        assert words.expand(curie) == IRI(text)


@pytest.mark.parametrize(
    "text", ["Baidu", "nobody:x", "http://x.org/a", "", "id:a b", "id:<", "1d:x", "mailto://x"]
)
def test_what_is_no_curie_of_ours_stands_for_nothing(text: str) -> None:
    assert Ontology().expand(text) is None


def test_a_curie_without_a_prefix_is_of_the_ontology() -> None:
    assert Ontology().expand(":Company") == IRI("https://w3id.org/triplary/ontology#Company")


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[A-Za-z0-9_.~%-]{1,20}", fullmatch=True))
def test_every_curie_comes_back(prefix: str, local: str) -> None:
    words = Ontology()
    expanded = words.expand(f"{prefix}:{local}")
    assert expanded == IRI(PREFIXES[prefix] + local)
    again = words.expand(words.curie(expanded))
    assert again == expanded


def test_the_prefixes_are_namespaces_of_their_own() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(namespace.endswith(("#", "/")) for namespace in PREFIXES.values())
    assert not set(LABEL_PROPERTIES) & set(ALIAS_PROPERTIES)


def test_the_bundled_ontology_names_everything_in_both_languages(atlas: KnowledgeGraph) -> None:
    declared = {**atlas.ontology.classes, **atlas.ontology.properties}
    ours = [e for i, e in declared.items() if i.value.startswith(PREFIXES["tri"])]
    assert len(ours) > 30
    for entity in ours:
        assert {label.language for label in entity.labels} >= {"en", "zh"}, entity


def test_what_came_with_the_package_is_found() -> None:
    assert bundled("ontology.ttl").is_file()
    assert (bundled("graph") / "sources.ttl").is_file()


def test_what_did_not_come_is_told() -> None:
    with pytest.raises(FileNotFoundError) as caught:
        bundled("nothing.ttl")
    assert str(caught.value) == "nothing.ttl did not come with this installation of triplary"


def test_an_installed_package_reads_its_own_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "atlas").mkdir()
    (tmp_path / "atlas" / "ontology.ttl").touch()
    monkeypatch.setattr(triplary.ontology, "__file__", str(tmp_path / "ontology.py"))
    assert bundled("ontology.ttl") == tmp_path / "atlas" / "ontology.ttl"
