"""What a query found becomes a picture like any other."""

import pytest

from rooms.index.world import CLAIM, index_of, iri, short
from triplary.explore import Choice, Filters, Helping, Sieve, drawn, opened, read, sieved
from triplary.index import Index
from triplary.ontology import RDF, RDF_TYPE
from triplary.terms import IRI, BlankNode, Literal, Node, Statement, Term

KNOWS = IRI("http://x.org/knows")
STRANGER = IRI("http://x.org/somebody")


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of()


def triple(subject: Node, predicate: IRI, value: Term) -> Statement:
    return Statement(subject, predicate, value)


FOUND = (
    triple(iri("ERNIE"), iri(":developedBy"), iri("Baidu")),
    triple(iri("ERNIE"), KNOWS, STRANGER),
    triple(BlankNode("b"), KNOWS, iri("China")),
    triple(iri("GPT-4"), RDF_TYPE, iri(":Model")),
    triple(iri("OpenAI"), iri(":parameters"), Literal("7")),
    triple(iri(":Model"), KNOWS, iri("Ernie_Bot")),
    triple(iri("ERNIE"), KNOWS, STRANGER),
)


def test_triples_are_nodes_and_edges_each_once_with_who_says_so(index: Index) -> None:
    found = read(index, drawn(index, FOUND))
    assert [str(node.iri).rpartition("/")[2] for node in found.nodes] == [
        "ERNIE", "Baidu", "somebody", "_:b", "China", "GPT-4", "OpenAI", "Ernie_Bot",
    ]  # fmt: skip
    assert [
        (short(e.subject), short(e.object), [item.source.called("en") for item in e.evidence])
        for e in found.edges
    ] == [
        ("ERNIE", "Baidu", ["epoch", "The seed", "The claims"]),
        ("ERNIE", "somebody", ["made by the query"]),
        ("_:b", "China", ["made by the query"]),
    ]
    made = found.edges[1]
    assert (made.verdict, made.evidence[0].source.called("zh")) == ("stated", "由查询生成")
    assert {short(word.iri) for word in found.vocabulary} >= {"developedBy", "knows", "Company"}


def test_a_claim_is_the_edge_that_it_says_and_no_node(index: Index) -> None:
    parts = ("subject", "predicate", "object")
    claimed = [
        triple(IRI(CLAIM + "C2"), IRI(RDF + part), value)
        for part, value in zip(parts, (iri("Baidu"), iri(":rivalOf"), iri("OpenAI")), strict=True)
    ]
    verdict = triple(IRI(CLAIM + "C2"), iri(":verdict"), Literal("disputed"))
    halved = triple(IRI(CLAIM + "C1"), IRI(RDF + "subject"), iri("ERNIE"))
    new = [triple(BlankNode("c"), s.predicate, s.object) for s in claimed[1:]]
    own = triple(BlankNode("c"), IRI(RDF + "subject"), iri("ERNIE"))
    found = read(index, drawn(index, [claimed[0], verdict, *claimed[1:], halved, *new, own]))
    assert [short(node.iri) for node in found.nodes] == ["Baidu", "OpenAI", "ERNIE"]
    assert [
        (short(e.subject), short(e.predicate), short(e.object), e.verdict, e.stated)
        for e in found.edges
    ] == [
        ("Baidu", "rivalOf", "OpenAI", "disputed", False),
        ("ERNIE", "rivalOf", "OpenAI", "stated", True),
    ]


def test_nodes_come_with_the_edges_among_them(index: Index) -> None:
    given = [iri("Baidu"), iri(":Model"), iri("ERNIE"), iri("OpenAI"), IRI("http://x.org/odd")]
    found = read(index, drawn(index, (), given))
    assert [short(node.iri) for node in found.nodes] == ["Baidu", "ERNIE", "OpenAI", "odd"]
    assert [(short(e.subject), short(e.predicate), short(e.object)) for e in found.edges] == [
        ("ERNIE", "developedBy", "Baidu"), ("Baidu", "rivalOf", "OpenAI"),
    ]  # fmt: skip
    assert read(index, drawn(index, ())).nodes == ()


def test_what_a_query_made_can_be_opened_and_filtered(index: Index) -> None:
    sketch = opened(index, drawn(index, FOUND), [Helping(index.entity(iri("OpenAI")))])
    assert sketch.steps == (8, 9)
    found = read(index, sketch)
    assert [short(node.iri) for node in found.nodes[8:]] == ["PaddlePaddle"]
    assert {(short(e.subject), short(e.object)) for e in found.edges} == {
        ("ERNIE", "Baidu"), ("ERNIE", "somebody"), ("_:b", "China"), ("GPT-4", "OpenAI"),
        ("Baidu", "OpenAI"), ("PaddlePaddle", "OpenAI"), ("PaddlePaddle", "Baidu"),
    }  # fmt: skip

    def left(**filters: object) -> tuple[list[str], int]:
        sieve = Sieve.of(index, Filters(**filters))  # type: ignore[arg-type]
        shown = read(index, sieved(index, drawn(index, FOUND), sieve))
        return [short(node.iri) for node in shown.nodes], len(shown.edges)

    everyone = ["ERNIE", "Baidu", "somebody", "_:b", "China", "GPT-4", "OpenAI", "Ernie_Bot"]
    assert left(predicates=Choice(without=(KNOWS,))) == (everyone, 1)
    assert left(verdicts=Choice(only=("stated",))) == (everyone, 2)
    assert left(graphs=Choice(only=(None,))) == (everyone, 0)
    assert left(classes=Choice(only=(iri(":Model"),))) == (["ERNIE", "GPT-4", "Ernie_Bot"], 0)
    assert left(nodes=Choice(without=(STRANGER, iri("Baidu")))) == (
        [name for name in everyone if name not in ("somebody", "Baidu")], 1,
    )  # fmt: skip
    assert left(nodes=Choice(only=(iri("ERNIE"), STRANGER))) == (["ERNIE", "somebody"], 1)
