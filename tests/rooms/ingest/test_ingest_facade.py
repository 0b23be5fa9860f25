from pathlib import Path

import pytest

from triplary.errors import ParseError
from triplary.ingest.facade import tree_as_triples
from triplary.terms import IRI, XSD, BlankNode, Literal, Statement

XYZ = "http://sparql.xyz/facade-x/data/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ROOT = BlankNode("t")
HEAD = [
    Statement(ROOT, IRI(RDF + "type"), IRI("http://sparql.xyz/facade-x/ns/root")),
    Statement(ROOT, IRI("http://www.w3.org/ns/csvw#url"), Literal("models.yaml")),
]


def tree(path: Path, text: str) -> list[Statement]:
    path.write_text(text, "utf-8")
    label = Statement(ROOT, IRI("http://www.w3.org/2000/01/rdf-schema#label"), Literal(path.name))
    found = list(tree_as_triples(path, "models.yaml", prefix="t"))
    assert found[:3] == [*HEAD, label]
    return found[3:]


def test_a_map_has_named_slots_and_a_list_numbered_ones(tmp_path: Path) -> None:
    text = "a key: ' x '\nlist: [1, 2.5, true, null, 2024-01-02, {b: c}]\n"
    inner, deepest = BlankNode("tn1"), BlankNode("tn2")
    assert tree(tmp_path / "x.yml", text) == [
        Statement(ROOT, IRI(XYZ + "a%20key"), Literal("x")),
        Statement(ROOT, IRI(XYZ + "list"), inner),
        Statement(inner, IRI(RDF + "_1"), Literal("1", XSD + "integer")),
        Statement(inner, IRI(RDF + "_2"), Literal("2.5", XSD + "double")),
        Statement(inner, IRI(RDF + "_3"), Literal("true", XSD + "boolean")),
        Statement(inner, IRI(RDF + "_5"), Literal("2024-01-02", XSD + "date")),
        Statement(inner, IRI(RDF + "_6"), deepest),
        Statement(deepest, IRI(XYZ + "b"), Literal("c")),
    ]


def test_json_says_the_same(tmp_path: Path) -> None:
    assert tree(tmp_path / "x.json", '[{"b": "c"}]') == [
        Statement(ROOT, IRI(RDF + "_1"), BlankNode("tn1")),
        Statement(BlankNode("tn1"), IRI(XYZ + "b"), Literal("c")),
    ]


def test_a_tree_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes('["百度"]'.encode("gb18030"))
    with pytest.raises(ParseError) as fault:
        list(tree_as_triples(path, "x.json", prefix="t"))
    assert fault.value.reason == "not UTF-8 text"
