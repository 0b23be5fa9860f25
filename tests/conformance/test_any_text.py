"""Any text may be bound: it comes back from every store as it went in."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conformance.conftest import KINDS, but
from triplary.query import NamedQuery, bind, fragment
from triplary.query.bind import read
from triplary.store import Store
from triplary.terms import IRI, XSD, Literal, Table, Term

TEXT = read("text", 'SELECT ?said {\n  VALUES ?said { "x" }  # parameter\n}')
ANY = read("any", "SELECT ?said {\n  VALUES ?said { UNDEF }  # parameter, many\n}")
NASTY = [
    "",
    '"',
    "'",
    "\\",
    "\\\\",
    "\\u0041",
    "\\\\u0041",
    "\\U00000041",
    "\\n",
    "\n\r\t\b\f",
    '""" } # parameter',
    "} UNION { ?s ?p ?o",
    "\0\x01\x1f\x7f\x85\u2028\ufeff\ufffd",
    "百度 \U0001f43c",
    "e\u0301 \u200d",
    "{0} %s $x ?y \\g<0> \\1",
]
pieces = st.lists(st.sampled_from(NASTY) | st.text(), max_size=4).map("".join)


def answer(store: Store, query: NamedQuery, value: Term) -> Table:
    return store.select(bind(query, said=value))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(text=pieces)
def test_any_text_comes_back(opened: Callable[[str], Store], kind: str, text: str) -> None:
    assert answer(opened(kind), TEXT, Literal(text)) == Table(("said",), ((Literal(text),),))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", NASTY)
def test_hostile_texts_come_back(opened: Callable[[str], Store], kind: str, text: str) -> None:
    assert answer(opened(kind), TEXT, Literal(text)) == Table(("said",), ((Literal(text),),))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(text=pieces, language=st.sampled_from(["en", "zh", "zh-hans-cn", "de-1996"]))
@example(text="\\u0041", language="en")
def test_a_language_tag_comes_back(
    opened: Callable[[str], Store], kind: str, text: str, language: str
) -> None:
    said = Literal(text, language=language)
    assert answer(opened(kind), ANY, said) == Table(("said",), ((said,),))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(text=pieces)
def test_a_datatype_comes_back(opened: Callable[[str], Store], kind: str, text: str) -> None:
    said = Literal(text, "http://x.org/ns#kind")
    assert answer(opened(kind), ANY, said) == Table(("said",), ((said,),))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(
    end=st.text(st.characters(categories=["L", "Nd"], include_characters="-._~:/?#[]@!$&'()*+,;="))
)
def test_an_iri_comes_back(opened: Callable[[str], Store], kind: str, end: str) -> None:
    said = IRI("http://x.org/" + end.replace("[", "%5B").replace("]", "%5D").replace("#", "%23"))
    assert answer(opened(kind), ANY, said) == Table(("said",), ((said,),))


@pytest.mark.parametrize("kind", KINDS)
def test_many_values_come_back_in_one_table(opened: Callable[[str], Store], kind: str) -> None:
    # More than one batch of the remote store (200 values).
    said = [Literal(f'text "{n}" \\u0041 }}') for n in range(450)]
    found = opened(kind).select(bind(ANY, said=said))
    assert sorted(found.rows) == sorted((text,) for text in said)


@pytest.mark.parametrize("kind", but("rdflib cannot read an empty VALUES", "rdflib dataset"))
def test_no_value_matches_nothing(opened: Callable[[str], Store], kind: str) -> None:
    assert opened(kind).select(bind(ANY, said=[])) == Table(("said",), ())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "said",
    [
        Literal("260", XSD + "integer"),
        Literal("true", XSD + "boolean"),
        Literal("a", XSD + "string"),
    ],
    ids=str,
)
def test_a_typed_value_comes_back(opened: Callable[[str], Store], kind: str, said: Literal) -> None:
    assert answer(opened(kind), ANY, said) == Table(("said",), ((said,),))


@given(text=pieces)
def test_a_fragment_is_one_line_that_only_its_own_quote_ends(text: str) -> None:
    written = fragment(Literal(text))
    assert written.isprintable() or not set(written) & set("\n\r\t\0\x0b\x0c")
    inner = written.removeprefix('"').removesuffix('"^^<http://www.w3.org/2001/XMLSchema#string>')
    assert '"' not in inner.replace("\\\\", "").replace('\\"', "")
