import random
import time
from pathlib import Path

import numpy as np
import pytest
import rdflib

from rooms.index.world import CLAIM, GRAPH, ID, PREFIXES, TRI, WORLD, index_of, iri, short, store_of
from triplary.errors import Ambiguous, NotFound
from triplary.index import Index
from triplary.ontology import RDF_TYPE, Ontology
from triplary.store.formats import FORMATS
from triplary.store.numbered import Numbered, number_statements
from triplary.store.oxigraph import OxigraphStore
from triplary.store.rdflib import RdflibStore
from triplary.terms import (
    IRI,
    XSD,
    Claim,
    Edge,
    Entity,
    Evidence,
    Literal,
    Source,
)

SEED = Source(
    IRI(GRAPH + "seed"),
    title="The seed",
    publisher="OpenAI",
    license="https://creativecommons.org/licenses/by/4.0/",
    url="https://example.org/seed",
    date="2025-01-31",
    titles=(Literal("The seed", language="en"), Literal("种子", language="zh")),
)
EPOCH = Source(IRI(GRAPH + "epoch"), title="epoch")
CLAIMS = Source(
    IRI(GRAPH + "claims"),
    title="The claims",
    publisher="Someone",
    titles=(Literal("The claims", language="en"),),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of()


def test_an_entity_has_its_names_classes_and_hint(index: Index) -> None:
    assert index.entity(iri("Baidu")) == Entity(
        iri("Baidu"),
        labels=(Literal("Baidu", language="en"), Literal("百度", language="zh")),
        aliases=(Literal("Baidu, Inc.", language="en"),),
        classes=(iri(":Company"), iri(":Organization")),
        hint="Company · based in China",
    )


def test_a_hint_is_given_in_the_readers_language(index: Index) -> None:
    assert index.hint(iri("Baidu"), "zh") == "公司 · based in 中国"
    described = index_of(
        """graph:g { id:A rdfs:comment "A line  about A"@en, "关于甲"@zh . id:A :p id:B .
           id:B rdfs:comment "%s" }"""
        % ("long " * 60)
    )
    assert described.entity(iri("A")).hint == "A line about A"
    assert described.hint(iri("A"), "zh") == "关于甲"
    assert len(described.hint(iri("B"))) <= 140
    assert described.hint(iri("B")).endswith("long…")
    assert index.hint(iri("Nobody")) == ""


def test_entities_are_neither_classes_properties_graphs_claims_nor_pages(index: Index) -> None:
    assert [short(node) for node in index.adjacency.nodes] == [
        "Baidu", "China", "ERNIE", "Ernie_Bot", "GPT-4", "OpenAI", "PaddlePaddle", "article",
    ]  # fmt: skip
    assert len(index) == 8


def test_edges_come_from_statements_and_from_claims(index: Index) -> None:
    edges = [index.edge(number) for number in range(len(index.adjacency))]
    assert [
        (short(e.subject), short(e.predicate), short(e.object), e.verdict, e.stated) for e in edges
    ] == [
        ("Baidu", "basedIn", "China", "stated", True),
        ("Baidu", "rivalOf", "OpenAI", "disputed", False),
        ("ERNIE", "developedBy", "Baidu", "supported", True),
        ("Ernie_Bot", "developedBy", "Baidu", "stated", True),
        ("GPT-4", "developedBy", "OpenAI", "stated", True),
        ("PaddlePaddle", "developedBy", "Baidu", "stated", True),
        ("PaddlePaddle", "rivalOf", "OpenAI", "disputed", False),
    ]


def test_an_edge_names_everyone_who_says_so(index: Index) -> None:
    number = index.adjacency.find(iri("ERNIE"), iri(":developedBy"), iri("Baidu"))
    assert number is not None
    claim = Claim(
        IRI(CLAIM + "C1"),
        kind="fact",
        verdict="supported",
        confidence=0.99,
        attributed_to=(Entity(iri("article"), (Literal("The article", language="en"),)),),
        sentence="S2",
        note="twice said",
    )
    assert index.edge(number) == Edge(
        iri("ERNIE"),
        iri(":developedBy"),
        iri("Baidu"),
        (Evidence(EPOCH), Evidence(SEED), Evidence(CLAIMS, claim)),
    )


def test_a_claim_of_several_subjects_is_about_each(index: Index) -> None:
    disputed = Claim(
        IRI(CLAIM + "C2"),
        kind="opinion",
        verdict="disputed",
        sentence="S3",
        corrected_by=(iri("China"),),
        disputes=(IRI(CLAIM + "C1"),),
    )
    for subject in ("Baidu", "PaddlePaddle"):
        assert index.evidence.of(iri(subject), iri(":rivalOf"), iri("OpenAI")) == (
            Evidence(CLAIMS, disputed),
        )


def test_claims_of_literals_and_classes_are_known_by_their_subject(index: Index) -> None:
    assert index.evidence.claimed_of(iri("ERNIE")) == (
        (iri("ERNIE"), iri(":developedBy"), iri("Baidu")),
        (iri("ERNIE"), iri(":parameters"), Literal("999", XSD + "integer")),
    )
    assert index.evidence.claimed_with(iri(":Model")) == (
        (iri("PaddlePaddle"), RDF_TYPE, iri(":Model")),
    )


def test_a_graph_that_nobody_describes_is_called_by_its_iri(index: Index) -> None:
    assert index.evidence.source(IRI("http://x.org/graphs/mine")) == Source(
        IRI("http://x.org/graphs/mine"), title="mine"
    )
    assert index.evidence.source(None) == Source(None, title="default graph")


def test_the_arrays_agree_in_both_directions(index: Index) -> None:
    a = index.adjacency
    leaving = [e for node in range(len(a.nodes)) for e in a.leaving(node).tolist()]
    reaching = [e for node in range(len(a.nodes)) for e in a.reaching(node).tolist()]
    assert leaving == list(range(len(a)))
    assert sorted(reaching) == leaving
    assert [a.target[e] for e in reaching] == sorted(a.target.tolist())
    assert a.degree.tolist() == [
        int(np.sum(a.source == node) + np.sum(a.target == node)) for node in range(len(a.nodes))
    ]


def test_the_edges_among_nodes_have_both_ends_there(index: Index) -> None:
    numbers = [index.number(iri(name)) for name in ("Baidu", "OpenAI", "ERNIE")]
    assert index.adjacency.among(numbers).tolist() == [1, 2]
    assert index.adjacency.among([]).tolist() == []


def test_the_statistics_count_statements_entities_and_classes(index: Index) -> None:
    counts = index.statistics
    assert (counts.entities, counts.edges, counts.claims) == (8, 7, 4)
    assert counts.statements == len(store_of())
    assert counts.triples == counts.statements - 2  # two of them are in graph:epoch as well
    assert counts.named_graphs == 5
    assert counts.classes == (
        (iri(":Model"), 3),
        (iri(":Company"), 2),
        (iri(":Country"), 1),
        (iri(":Framework"), 1),
        (iri(":Organization"), 1),
    )
    assert dict(counts.graphs)[IRI(GRAPH + "epoch")] == 6
    assert dict(counts.properties)[iri(":developedBy")] == 6


@pytest.mark.parametrize("seed", range(5))
def test_the_index_is_the_same_in_whatever_order_statements_come(index: Index, seed: int) -> None:
    extra = "id:ERNIE :rivalOf id:Baidu ; :basedIn id:Baidu . id:Baidu :basedIn id:ERNIE ."
    whole = index_of(WORLD + extra)
    statements = list(store_of(WORLD + extra).statements())
    random.Random(seed).shuffle(statements)  # noqa: S311

    class Shuffled(OxigraphStore):
        def numbered(self) -> Numbered:
            return number_statements(statements)

    store = Shuffled()
    store.add(statements)
    other = Index.build(store, index.ontology)
    a, b = other.adjacency, whole.adjacency
    assert (a.nodes, a.predicates, other.graphs) == (b.nodes, b.predicates, whole.graphs)
    for column in ("source", "predicate", "target", "said_graph", "said_claim", "arriving"):
        assert getattr(a, column).tolist() == getattr(b, column).tolist()
    assert [other.edge(e) for e in range(len(a))] == [whole.edge(e) for e in range(len(b))]
    assert other.statistics == whole.statistics


@pytest.mark.parametrize(
    "name",
    [
        "Baidu", "baidu", "  Baidu ", "百度", "Baidu, Inc.", "baidu inc", "id:Baidu", "bidu",
        f"{ID}Baidu", f"<{ID}Baidu>",
    ],
)  # fmt: skip
def test_a_name_is_resolved(index: Index, name: str) -> None:
    assert index.resolve(name) == index.entity(iri("Baidu"))


@pytest.mark.parametrize("name", ["Ernie_Bot", "Ernie Bot", "ernie bot", "id:Ernie_Bot"])
def test_a_handle_with_a_space_is_resolved(index: Index, name: str) -> None:
    assert index.resolve(name).iri == iri("Ernie_Bot")


def test_every_handle_leads_back(index: Index) -> None:
    nodes = index.adjacency.nodes
    assert [index.resolve(index.name(node)).iri for node in nodes] == list(nodes)


def test_an_unknown_name_is_refused_with_near_ones(index: Index) -> None:
    with pytest.raises(NotFound) as caught:
        index.resolve("Paddlepot")
    assert (caught.value.kind, caught.value.name, caught.value.near) == (
        "entity", "Paddlepot", ("PaddlePaddle",),
    )  # fmt: skip
    with pytest.raises(NotFound) as caught:
        index.resolve("")
    assert caught.value.near == ()


def test_a_name_of_several_is_ambiguous_and_a_label_beats_an_alias() -> None:
    index = index_of(
        """graph:a { id:A rdfs:label "Mercury" . id:B rdfs:label "Mercury" .
           id:C rdfs:label "Venus" . id:D skos:altLabel "Venus" ; rdfs:label "Star" }"""
    )
    with pytest.raises(Ambiguous) as caught:
        index.resolve("Mercury")
    assert caught.value.choices == (ID + "A", ID + "B")
    assert index.resolve("Venus").iri == iri("C")


def test_words_are_found_by_label_curie_and_iri(index: Index) -> None:
    for name in ("Company", "company", "公司", "tri:Company", f"{TRI}Company", ":Company"):
        assert index.word_named("class", name) == iri(":Company")
    assert index.word_named("property", "developed by") == iri(":developedBy")
    with pytest.raises(NotFound) as caught:
        index.word_named("class", "Compote")
    assert caught.value.near == ("Company",)
    with pytest.raises(NotFound):
        index.word_named("property", "Company")


def test_predicates_with_one_value_in_each_graph_look_single_valued(index: Index) -> None:
    assert iri(":parameters") in index.single_valued
    assert IRI("http://www.w3.org/2000/01/rdf-schema#label") not in index.single_valued


def test_data_without_an_ontology_is_indexed_too() -> None:
    store = OxigraphStore()
    store.load(
        b"""@prefix x: <http://x.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        x:ada a foaf:Person ; foaf:name "Ada" ; foaf:knows x:charles, [ foaf:name "Mary" ] ;
          foaf:homepage <http://ada.org/> .
        x:charles a foaf:Person .""",
        name="my.ttl",
        format=FORMATS["turtle"],
    )
    index = Index.build(store, Ontology.read(store))
    labels = sorted(index.at(n).label() for n in range(len(index)))
    assert labels == ["Ada", "Mary", "charles"]
    assert len(index.adjacency) == 2
    assert index.resolve("Ada").hint == "Person · knows charles"
    assert index.edge(0).evidence == (Evidence(Source(None, title="default graph")),)
    assert index.resolve("http://x.org/charles").iri == IRI("http://x.org/charles")


def test_sources_are_found_whatever_the_default_graph_is(index: Index) -> None:
    store = OxigraphStore(exact=True)
    store.add(store_of().statements())
    exact = Index.build(store, index.ontology)
    assert exact.evidence.source(IRI(GRAPH + "seed")) == SEED
    assert exact.edge(0) == index.edge(0)


def test_an_rdflib_dataset_gives_the_same_index(index: Index) -> None:
    store = RdflibStore(rdflib.Dataset(default_union=True))
    store.load((PREFIXES + WORLD).encode(), name="world.trig", format=FORMATS["trig"])
    other = Index.build(store, Ontology.read(store))
    assert [other.edge(e) for e in range(len(other.adjacency))] == [
        index.edge(e) for e in range(len(index.adjacency))
    ]
    assert other.statistics == index.statistics


def test_an_empty_store_has_an_empty_index() -> None:
    store = OxigraphStore()
    index = Index.build(store, Ontology())
    assert (len(index), len(index.adjacency), index.statistics.statements) == (0, 0, 0)
    assert index.text.search("anything") == ()
    assert index.single_valued == frozenset()


def test_no_thread_is_left_behind(index: Index) -> None:
    store = store_of()
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("threads are counted in /proc")
    before = len(list(tasks.iterdir()))
    kept = [Index.build(store, index.ontology) for _ in range(3)]
    assert [k.text.search("baidu")[0].entity for k in kept] == [0, 0, 0]
    deadline = time.monotonic() + 5
    while len(list(tasks.iterdir())) > before and time.monotonic() < deadline:
        time.sleep(0.002)
    assert len(list(tasks.iterdir())) <= before
