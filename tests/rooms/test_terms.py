"""RDF terms are frozen values that refuse at once what is none, and know their own words."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplary.terms import (
    IRI,
    RDF_LANG_STRING,
    VERDICTS,
    XSD_STRING,
    BlankNode,
    Claim,
    Edge,
    Entity,
    Evidence,
    Fact,
    Literal,
    Source,
    Statement,
    Subgraph,
    Table,
    best_literal,
)

A, B, P = IRI("http://x.org/a"), IRI("http://x.org/b"), IRI("http://x.org/p")
MODELS, CLAIMS = (
    Source(IRI("http://x.org/models"), "Models"),
    Source(IRI("http://x.org/c"), "Claims"),
)


@pytest.mark.parametrize(
    "text", ["http://x.org/百度", "urn:x", "a:", "http://x.org/a?b=c#d", "a:%20"]
)
def test_an_iri_is_its_text(text: str) -> None:
    assert (IRI(text).value, str(IRI(text))) == (text, text)


@pytest.mark.parametrize(
    "text", ["", "a", "no scheme", "http://x.org/a b", "a:<", "a:>", 'a:"', "a:{", "a:}", "a:|",
             "a:\\", "a:^", "a:`", "a:\n", "a:\x00", "a:\x1f"],
)  # fmt: skip
def test_what_could_break_out_of_angle_brackets_is_no_iri(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        IRI(text)
    assert str(caught.value) == f"not an absolute IRI: {text!r}"


@given(st.text())
def test_an_iri_never_holds_what_ends_it(text: str) -> None:
    try:
        iri = IRI(text)
    except ValueError:
        return
    assert ":" in iri.value
    assert not set(iri.value) & set('<>"{}|\\^` \n\r\t')


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("http://x.org/ns#Company", "Company"),
        ("http://x.org/ns/Company/", "Company"),
        ("urn:isbn:123", "123"),
        ("http://x.org/ns#", "ns"),
    ],
)
def test_the_local_name_is_the_readable_end(text: str, end: str) -> None:
    assert IRI(text).local_name == end


def test_a_literal_knows_the_datatype_that_rdf_implies() -> None:
    assert Literal("a") == Literal("a", XSD_STRING)
    assert Literal("a", language="en") == Literal("a", RDF_LANG_STRING, "en")
    assert Literal("a") != Literal("a", language="en")
    assert str(Literal("a", "http://x.org/kind")) == "a"


def test_a_blank_node_is_written_as_turtle_writes_it() -> None:
    assert str(BlankNode("b0")) == "_:b0"


@pytest.mark.parametrize("value", [A, BlankNode("b"), Literal("a"), Statement(A, P, B), Entity(A)])
def test_values_are_frozen_hashable_and_without_a_dict(value: object) -> None:
    assert hash(value) == hash(value)
    assert not hasattr(value, "__dict__")
    name = next(iter(value.__slots__))
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(value, name, "other")


LABELS = (
    Literal("Baidu", language="en"), Literal("百度", language="zh"),
    Literal("Baïdu", language="fr"),
    Literal("plain"), Literal("美国百度", language="zh-CN"), Literal("baidu", language="en-GB"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "labels", "best"),
    [
        ("zh", LABELS, "百度"),
        ("ZH", LABELS, "百度"),
        ("en", LABELS, "Baidu"),
        ("de", LABELS, "Baidu"),
        ("zh", LABELS[4:], "美国百度"),
        ("de", LABELS[3:], "baidu"),
        ("de", LABELS[2:4], "plain"),
        ("de", LABELS[2:3], "Baïdu"),
        ("en", (Literal("b", language="en"), Literal("a", language="en")), "a"),
        ("en", (), ""),
    ],
)
def test_the_best_label_for_a_reader(language: str, labels: tuple[Literal, ...], best: str) -> None:
    assert best_literal(labels, language) == best
    assert best_literal(reversed(labels), language) == best


def test_an_entity_without_labels_is_called_by_the_end_of_its_iri() -> None:
    assert Entity(IRI("http://x.org/ns#Company")).label() == "Company"
    assert Entity(BlankNode("b")).label("zh") == "_:b"


def claimed(verdict: str) -> Evidence:
    return Evidence(CLAIMS, Claim(B, verdict=verdict))


@pytest.mark.parametrize(
    ("evidence", "verdict", "stated"),
    [
        ((), "stated", False),
        ((Evidence(MODELS),), "stated", True),
        ((claimed("supported"),), "supported", False),
        ((claimed("supported"), Evidence(MODELS)), "supported", True),
        ((claimed("supported"), claimed("doubtful"), claimed("wrong")), "wrong", False),
        ((claimed("plausible"), claimed("not checkable")), "not checkable", False),
        ((claimed("of a kind we do not know"),), "stated", False),
    ],
)
def test_a_fact_has_the_least_favourable_verdict(
    evidence: tuple[Evidence, ...], verdict: str, stated: bool
) -> None:
    for made in (Fact(A, P, B, evidence), Edge(A, P, B, evidence)):
        assert (made.verdict, made.stated) == (verdict, stated)


def test_the_verdicts_are_those_of_the_ontology() -> None:
    assert VERDICTS == (
        "wrong", "disputed", "doubtful", "stale", "imprecise", "partly", "unverifiable",
        "not checkable", "plausible", "supported",
    )  # fmt: skip


def test_a_subgraph_is_its_nodes_and_tells_each_source_once() -> None:
    edges = (
        Edge(A, P, B, (Evidence(MODELS), claimed("wrong"))),
        Edge(B, P, A, (claimed("supported"), Evidence(MODELS))),
    )
    found = Subgraph((Entity(A), Entity(B)), edges)
    assert (list(found), len(found)) == ([Entity(A), Entity(B)], 2)
    assert found.sources() == (MODELS, CLAIMS)


def test_a_table_is_its_rows() -> None:
    table = Table(("a",), ((A,), (None,)), cut=True)
    assert (list(table), len(table), table.cut) == ([(A,), (None,)], 2, True)
