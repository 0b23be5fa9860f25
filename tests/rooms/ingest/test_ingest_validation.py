from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from triplary.ingest.validation import Report, Violation, validate
from triplary.ontology import ONTOLOGY_GRAPH
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.store.rdflib import RdflibStore
from triplary.terms import IRI

ONTOLOGY_FILE = Path(__file__).parents[3] / "ontology.ttl"
GRAPH = IRI("https://w3id.org/triplary/graph/test")
HEAD = """
@prefix : <https://w3id.org/triplary/ontology#> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix claim: <https://w3id.org/triplary/claim/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix graph: <https://w3id.org/triplary/graph/> .
@prefix id: <https://w3id.org/triplary/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/triplary/ontology> a dcat:Dataset ;
    dcterms:title "Ontology" ; dcterms:publisher "triplary" ;
    dcterms:issued "2026-11-23"^^xsd:date ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
graph:test a dcat:Dataset ;
    dcterms:title "Test" ; dcterms:publisher "triplary" ; dcterms:issued "2026-11-23"^^xsd:date ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
id:Huawei a :Company ; rdfs:label "Huawei"@en .
id:MindSpore a :Framework ; rdfs:label "MindSpore"@en ; :developedBy id:Huawei .
claim:C1 a :Claim ;
    rdf:subject id:MindSpore ; rdf:predicate :developedBy ; rdf:object id:Huawei ;
    :kind "fact" ; :verdict "supported" ; :confidence 0.9 ; :sentence "S2" ;
    :attributedTo id:Huawei .
"""


@pytest.fixture
def store() -> Iterator[OxigraphStore]:
    opened = OxigraphStore()
    opened.load(
        ONTOLOGY_FILE.read_bytes(), name="ontology", format=FORMATS["turtle"], graph=ONTOLOGY_GRAPH
    )
    opened.load(HEAD.encode(), name="head", format=FORMATS["turtle"], graph=GRAPH)
    yield opened
    opened.close()


def broken(store: OxigraphStore, turtle: str) -> list[tuple[str, str]]:
    """What is violated once the Turtle is added: the end of the focus's IRI, and the rule."""
    prefixes = HEAD.split("<https://w3id.org/triplary/ontology> a")[0]
    store.load((prefixes + turtle).encode(), name="x", format=FORMATS["turtle"], graph=GRAPH)
    return [(found.focus.rsplit("/", 1)[-1], found.rule) for found in validate(store).violations]


def check(**changes: str) -> str:
    """A sound check in Turtle, with some of its properties exchanged; '' leaves one out."""
    sound = {
        "owl:annotatedSource": "id:MindSpore",
        "owl:annotatedProperty": ":developedBy",
        "owl:annotatedTarget": "id:Huawei",
        ":inGraph": "graph:test",
        "cito:supports": "claim:C1",
    }
    parts = sound | {name.replace("_", ":", 1): value for name, value in changes.items()}
    said = " ; ".join(f"{name} {value}" for name, value in parts.items() if value)
    return f"<https://w3id.org/triplary/check/C1-1> a :Check ; {said} ."


def claim(**changes: str) -> str:
    """A sound claim in Turtle, with some of its properties exchanged; '' leaves one out."""
    sound = {
        "rdf:subject": "id:MindSpore",
        "rdf:predicate": ":developedBy",
        "rdf:object": "id:Huawei",
        ":kind": '"fact"',
        ":verdict": '"supported"',
        ":sentence": '"S1"',
        ":attributedTo": "id:Huawei",
    } | {name.replace("_", ":"): value for name, value in changes.items()}
    pairs = [f"{name} {value}" for name, value in sound.items() if value]
    return f"claim:C2 a :Claim ; {' ; '.join(pairs)} ."


def test_sound_data_break_no_rule(store: OxigraphStore) -> None:
    assert validate(store).violations == ()
    assert broken(store, claim()) == []


def test_the_ontologys_words_bring_its_shapes_where_it_is_not_carried() -> None:
    store = OxigraphStore()
    store.load(HEAD.encode(), name="head", format=FORMATS["turtle"], graph=GRAPH)
    assert validate(store) == Report((), ("the bundled ontology",))
    assert broken(store, "id:MindSpore a :LanguageModel .") == [
        ("MindSpore", "Nothing is both a framework and an AI model.")
    ]


OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x.org/> .
x:Shape a sh:NodeShape ; sh:targetClass x:Company ; sh:property x:NameShape .
x:NameShape sh:path x:name ; sh:minCount 1 ; sh:message "A company has a name."@en .
"""
NAMELESS = "<http://x.org/b> a <http://x.org/Company> ."
NO_NAME = Violation(
    "http://x.org/b",
    "A company has a name.",
    "b",
    "http://x.org/name",
    "",
    "http://x.org/NameShape",
)


def test_shapes_are_read_from_whichever_graph_holds_them() -> None:
    store = OxigraphStore()
    shapes, data = IRI("file:///shapes.ttl"), IRI("file:///data.ttl")
    store.load(OWN.encode(), name="shapes", format=FORMATS["turtle"], graph=shapes)
    assert validate(store) == Report((), ("<file:///shapes.ttl>",))
    store.load(NAMELESS.encode(), name="data", format=FORMATS["turtle"], graph=data)
    assert validate(store) == Report((NO_NAME,), ("<file:///shapes.ttl>",))


def test_shapes_of_an_rdflib_graph_are_its_own() -> None:
    graph = rdflib.Graph()
    graph.parse(data=OWN + NAMELESS, format="turtle")
    assert validate(RdflibStore(graph)) == Report((NO_NAME,), ("the graph itself",))


def test_own_shapes_and_the_ontologys_are_both_checked() -> None:
    store = OxigraphStore()
    store.load(OWN.encode(), name="x", format=FORMATS["turtle"], graph=GRAPH)
    store.load(NAMELESS.encode(), name="x", format=FORMATS["turtle"], graph=GRAPH)
    assert broken(store, "id:MindSpore a :Framework .") == [
        ("b", "A company has a name."),
        ("MindSpore", "An entity has a label."),
    ]
    assert validate(store).shapes == (f"<{GRAPH}>", "the bundled ontology")


def test_a_store_without_shapes_and_without_the_ontologys_words_is_not_checked() -> None:
    store = OxigraphStore()
    store.load(NAMELESS.encode(), name="x", format=FORMATS["turtle"], graph=GRAPH)
    assert validate(store) == Report()


FOR_OR_AGAINST = "A check speaks either for or against exactly one claim."
ONE_KIND = "A claim has exactly one kind: fact, opinion, forecast, normative or attributed."
ONE_SENTENCE = "A claim stands in exactly one sentence, heading or table row."
ONE_VERDICT = "A claim has exactly one verdict, one of the ten."
FIGURE = "A figure has a unit."


@pytest.mark.parametrize(
    ("turtle", "found"),
    [
        (
            "id:MindSpore a :LanguageModel .",
            [("MindSpore", "Nothing is both a framework and an AI model.")],
        ),
        (
            'id:China a :Country ; rdfs:label "China" . id:MindSpore :developedBy id:China .',
            [("China", "What develops something is an organisation.")],
        ),
        ("id:X a :Topic .", [("X", "An entity has a label.")]),
        ('id:X rdfs:label "X" .', [("X", "Whatever has a label has a class.")]),
        (
            "id:MindSpore :usedFor id:Y .",
            [("Y", "An entity has a label."), ("Y", "Whatever has a label has a class.")],
        ),
        (claim(**{"_sentence": ""}), [("C2", ONE_SENTENCE)]),
        (claim(**{"_sentence": '"S1", "S2"'}), [("C2", ONE_SENTENCE)]),
        (claim(**{"_sentence": '"page 2"'}), [("C2", ONE_SENTENCE)]),
        (claim(**{"_kind": '"fact", "opinion"'}), [("C2", ONE_KIND)]),
        (claim(**{"_kind": '"rumour"'}), [("C2", ONE_KIND)]),
        (claim(**{"_verdict": '"n/a"'}), [("C2", ONE_VERDICT)]),
        (claim(**{"_verdict": ""}), [("C2", ONE_VERDICT)]),
        (claim(**{"rdf_object": ""}), [("C2", "A claim has an object.")]),
        (
            claim(**{"_kind": '"attributed"', "_attributedTo": ""}),
            [("C2", "An attributed claim names who says so.")],
        ),
        (
            claim(**{"_confidence": "1.2"}),
            [("C2", "A claim has at most one confidence, from 0 to 1.")],
        ),
        (claim(**{"rdf_object": "1400000000"}), [("C2", FIGURE)]),
        (claim(**{"rdf_object": "1400000000", "_unit": '"people"'}), []),
        (claim(**{"_figure": "20.0"}), [("C2", FIGURE)]),
        (claim(**{"_figure": "20.0", "_unit": '"percent"'}), []),
        (
            check(**{"_inGraph": ""}),
            [("C1-1", "A check names the source that its statement stands in.")],
        ),
        (
            check(**{"owl_annotatedTarget": ""}),
            [("C1-1", "A check speaks of one statement: it has a value.")],
        ),
        (check(**{"cito_supports": ""}), [("C1-1", FOR_OR_AGAINST)]),
        (check(**{"cito_disputes": "claim:C1"}), [("C1-1", FOR_OR_AGAINST)]),
        (check(), []),
        (
            "id:S a :State ; owl:annotatedSource id:MindSpore ; owl:annotatedProperty :usedFor ;"
            " owl:annotatedTarget id:Huawei .",
            [("S", "A state has a beginning or an end.")],
        ),
        (
            'id:MindSpore :releaseDate "2020.0" .',
            [("MindSpore", "What was released has a day, a month or a year of release.")],
        ),
        ('id:MindSpore :releaseDate "2020-03"^^xsd:gYearMonth .', []),
        (
            'id:P a :Place ; rdfs:label "P" . id:MindSpore :controlledBy id:P .',
            [("P", "What controls or hosts a project is an organisation.")],
        ),
        (
            'id:I a :Indicator ; rdfs:label "I" . id:S a :Score ; :scoredEntity id:Huawei ; '
            ':indicator id:I ; :score 2 ; :outOf 1 ; :asOf "2025-12"^^xsd:gYearMonth .',
            [("S", "A score has points, and no more than there were.")],
        ),
        (
            "id:M a :Match ; :matchedEntity id:Huawei ; :inGraph graph:test ; :matchScore 101.0 .",
            [("M", "A match has one score, from 0 to 100.")],
        ),
        (
            "id:MindSpore id:likes id:Huawei .",
            [("likes", "A predicate is in the ontology.")],
        ),
    ],
)
def test_each_rule_is_kept(store: OxigraphStore, turtle: str, found: list[tuple[str, str]]) -> None:
    assert broken(store, turtle) == found


def test_a_named_graph_without_a_source_is_told(store: OxigraphStore) -> None:
    store.load(
        b'<https://w3id.org/triplary/id/Y> a <https://w3id.org/triplary/ontology#Topic> ; '
        b'<http://www.w3.org/2000/01/rdf-schema#label> "Y" .',
        name="x",
        format=FORMATS["turtle"],
        graph=IRI("https://w3id.org/triplary/graph/other"),
    )  # fmt: skip
    assert validate(store).violations == (
        Violation(
            "https://w3id.org/triplary/graph/other", "A named graph is described as a source."
        ),
    )


def test_a_violation_reads_as_a_sentence(store: OxigraphStore) -> None:
    store.load(
        b"<https://w3id.org/triplary/id/MindSpore> a "
        b"<https://w3id.org/triplary/ontology#AIModel> .",
        name="x",
        format=FORMATS["turtle"],
        graph=GRAPH,
    )
    (found,) = validate(store).violations
    assert str(found) == (
        "MindSpore (https://w3id.org/triplary/id/MindSpore) breaks a rule: "
        "Nothing is both a framework and an AI model."
    )
