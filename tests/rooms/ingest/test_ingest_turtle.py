import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplary import ontology
from triplary.errors import RecipeError
from triplary.ingest.turtle import PREFIXES, to_turtle, write
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI, XSD, BlankNode, Literal, Statement

TRI = "https://w3id.org/triplary/ontology#"
ID = "https://w3id.org/triplary/id/"
RDF_TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = IRI("http://www.w3.org/2000/01/rdf-schema#label")

local_names = st.text(st.sampled_from("aZ09_.-~%/()é百:"), max_size=8)
iris = st.builds(
    lambda namespace, local: IRI(namespace + local.replace("%", "%41")),
    st.sampled_from([*PREFIXES.values(), "http://x.org/", "urn:x:"]),
    local_names,
)
texts = st.text(st.characters(exclude_categories=["Cs"]))
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(Literal, texts, language=st.sampled_from(["en", "zh", "zh-hans"])),
    st.builds(lambda text: Literal(text, ID + "type"), texts),
    st.builds(lambda n: Literal(str(n), XSD + "integer"), st.integers()),
    st.builds(lambda n: Literal(repr(n), XSD + "double"), st.floats()),
    st.builds(
        lambda n: Literal(f"{n:f}", XSD + "decimal"),
        st.decimals(allow_nan=False, allow_infinity=False, places=3),
    ),
    st.builds(lambda b: Literal(b, XSD + "boolean"), st.sampled_from(["true", "false", "1"])),
)
statements = st.builds(Statement, iris, iris, st.one_of(iris, literals))


@given(st.lists(statements, max_size=8))
def test_an_engine_reads_back_what_was_written(made: list[Statement]) -> None:
    written, ours = OxigraphStore(), OxigraphStore()
    written.load(to_turtle(made).encode("utf-8"), name="x.ttl", format=FORMATS["turtle"])
    ours.add(made)
    assert set(written.statements()) == set(ours.statements())


@given(st.lists(statements, max_size=8), st.randoms())
def test_the_order_of_statements_changes_no_byte(made: list[Statement], dice: object) -> None:
    shuffled = list(made)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert to_turtle(shuffled + shuffled) == to_turtle(made)


def test_a_file_reads_well(tmp_path: Path) -> None:
    baidu, china = IRI(ID + "Baidu"), IRI(ID + "China")
    made = [
        Statement(china, LABEL, Literal("中国", language="zh")),
        Statement(baidu, LABEL, Literal("Baidu", language="en")),
        Statement(baidu, LABEL, Literal('a "quoted"\nname\\', language="en")),
        Statement(baidu, IRI(TRI + "basedIn"), china, IRI("http://x.org/g")),
        Statement(baidu, RDF_TYPE, IRI(TRI + "Company")),
        Statement(baidu, IRI(TRI + "score"), Literal("1.5", XSD + "decimal")),
        Statement(baidu, IRI(TRI + "score"), Literal("one", XSD + "decimal")),
    ]
    write(made, tmp_path / "x.ttl", comment="Made by hand.")
    assert (tmp_path / "x.ttl").read_text("utf-8") == (
        "# Made by hand.\n"
        "@prefix : <https://w3id.org/triplary/ontology#> .\n"
        "@prefix id: <https://w3id.org/triplary/id/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "\n"
        "id:Baidu a :Company ;\n"
        "    :basedIn id:China ;\n"
        '    :score "one"^^xsd:decimal, 1.5 ;\n'
        '    rdfs:label "Baidu"@en, "a \\"quoted\\"\\nname\\\\"@en .\n'
        "\n"
        'id:China rdfs:label "中国"@zh .\n'
    )


def test_many_objects_stand_one_to_a_line() -> None:
    made = [Statement(IRI("a:s"), IRI("a:p"), Literal(letter * 40)) for letter in ("c", "a", "b")]
    assert to_turtle(made) == (
        f'<a:s> <a:p>\n        "{"a" * 40}",\n        "{"b" * 40}",\n        "{"c" * 40}" .\n'
    )


def test_nothing_is_an_empty_document() -> None:
    assert to_turtle([]) == ""


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(RecipeError) as fault:
        to_turtle([Statement(BlankNode("b"), LABEL, Literal("x"))])
    assert fault.value.message == (
        "The blank node _:b cannot be written: its name would not stay the same."
    )


def test_no_namespace_begins_another() -> None:
    values = sorted(PREFIXES.values())
    assert [(one, two) for one, two in itertools.pairwise(values) if two.startswith(one)] == []


def test_the_prefixes_are_those_that_every_door_knows_with_the_ontologys_own_left_empty() -> None:
    known = dict(ontology.PREFIXES)
    assert dict(PREFIXES) == {"": known.pop("tri"), **known}
