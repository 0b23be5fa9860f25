"""A value enters a query in one way, typed by its example; whatever else is refused."""

import pytest

from triplary.errors import BadParameter, NotFound
from triplary.query import NamedQuery, Parameter, bind, form, fragment, load, names
from triplary.query.bind import read
from triplary.terms import IRI, XSD, BlankNode, Literal

TEXT = """\
# title: One of everything
# title.zh: 各一个
# note: a comment
PREFIX : <http://x.org/>
SELECT * {
  VALUES ?iri { <http://x.org/a> }  # parameter: an entity
  VALUES ?text { "x" }  # parameter
\tVALUES ?number { 5 }# parameter
  VALUES ?half { 0.5 }  # parameter
  VALUES ?any { UNDEF }  # parameter
  VALUES ?many { <http://x.org/b> }  # parameter, many : several
  VALUES ?fixed { <http://x.org/c> }
  ?iri :p ?text
} LIMIT 10
"""
QUERY = read("everything", TEXT)


def row(text: str, name: str) -> str:
    """The line of a parameter in a bound query."""
    (line,) = (line for line in text.splitlines() if f"VALUES ?{name} " in line)
    return line


def test_a_query_is_read_with_its_titles_and_parameters() -> None:
    assert QUERY == NamedQuery(
        "everything",
        (Literal("One of everything", language="en"), Literal("各一个", language="zh")),
        TEXT,
        (
            Parameter("iri", "iri", "<http://x.org/a>", help="an entity"),
            Parameter("text", "string", '"x"'),
            Parameter("number", "number", "5"),
            Parameter("half", "number", "0.5"),
            Parameter("any", "any", "UNDEF"),
            Parameter("many", "iri", "<http://x.org/b>", many=True, help="several"),
        ),
    )


def test_without_values_the_text_is_that_of_the_file() -> None:
    assert bind(QUERY) == TEXT


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("iri", IRI("a:z"), "  VALUES ?iri { <a:z> }  # parameter: an entity"),
        ("iri", "http://x.org/z", "  VALUES ?iri { <http://x.org/z> }  # parameter: an entity"),
        ("text", 'a "b"', f'  VALUES ?text {{ "a \\"b\\""^^<{XSD}string> }}  # parameter'),
        ("text", Literal("a", language="zh"), '  VALUES ?text { "a"@zh }  # parameter'),
        ("number", 7, f'\tVALUES ?number {{ "7"^^<{XSD}integer> }}# parameter'),
        ("number", "-7", f'\tVALUES ?number {{ "-7"^^<{XSD}integer> }}# parameter'),
        ("half", 0.25, f'  VALUES ?half {{ "0.25"^^<{XSD}decimal> }}  # parameter'),
        ("any", IRI("http://x.org/z"), "  VALUES ?any { <http://x.org/z> }  # parameter"),
        ("any", Literal("a", language="en"), '  VALUES ?any { "a"@en }  # parameter'),
        (
            "many", [IRI("a:1"), "http://x.org/2", None],
            "  VALUES ?many { <a:1> <http://x.org/2> UNDEF }  # parameter, many : several",
        ),
        ("many", None, "  VALUES ?many { UNDEF }  # parameter, many : several"),
        ("many", [], "  VALUES ?many {  }  # parameter, many : several"),
    ],
)  # fmt: skip
def test_a_value_replaces_the_example_and_nothing_else(
    name: str, value: object, written: str
) -> None:
    bound = bind(QUERY, **{name: value})
    assert row(bound, name) == written
    assert bound.replace(written, row(TEXT, name)) == TEXT


@pytest.mark.parametrize(
    ("name", "value", "kind", "example"),
    [
        ("iri", Literal("http://x.org/a"), "iri", "<http://x.org/a>"),
        ("iri", "no iri", "iri", "<http://x.org/a>"),
        ("iri", "http://x.org/> } #", "iri", "<http://x.org/a>"),
        ("iri", BlankNode("b"), "iri", "<http://x.org/a>"),
        ("iri", None, "iri", "<http://x.org/a>"),
        ("text", IRI("http://x.org/a"), "string", '"x"'),
        ("text", 5, "string", '"x"'),
        ("text", "\ud800", "string", '"x"'),
        ("number", "7; DROP", "number", "5"),
        ("number", "1e9", "number", "5"),
        ("number", True, "number", "5"),
        ("number", float("nan"), "number", "5"),
        ("any", BlankNode("b"), "any", "UNDEF"),
        ("any", "bare text", "any", "UNDEF"),
    ],
)
def test_a_value_of_another_type_is_refused(
    name: str, value: object, kind: str, example: str
) -> None:
    with pytest.raises(BadParameter) as caught:
        bind(QUERY, **{name: value})
    assert str(caught.value) == (
        f"{name} does not take {str(value)!r}: a value of type {kind} is wanted.\n"
        f"hint: for example {example}"
    )


def test_several_values_where_one_is_taken_are_refused() -> None:
    with pytest.raises(BadParameter, match=r"text does not take .*: it takes one value"):
        bind(QUERY, text=["a", "b"])


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadParameter) as caught:
        bind(QUERY, fixed="http://x.org/z")
    assert str(caught.value) == (
        "query everything does not take 'fixed': it has no such parameter.\n"
        "hint: its parameters are iri, text, number, half, any, many"
    )
    with pytest.raises(BadParameter) as caught:
        bind(read("none", "ASK { }"), x="y")
    assert caught.value.hint == "its parameters are none"


def test_a_value_that_looks_like_a_parameter_row_stays_a_value() -> None:
    evil = "x\n  VALUES ?number { 6 }  # parameter\n"
    bound = bind(QUERY, text=evil, number=7)
    assert bound.count("\n") == TEXT.count("\n")
    assert row(bound, "half") == row(TEXT, "half")
    assert '\tVALUES ?number { "7"^^' in bound


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (IRI("http://x.org/百度"), "<http://x.org/百度>"),
        (Literal("a"), f'"a"^^<{XSD}string>'),
        (Literal("a", language="zh-Hans"), '"a"@zh-Hans'),
        (Literal("1", XSD + "integer"), f'"1"^^<{XSD}integer>'),
        (Literal('"\\\n\r\t', language="en"), '"\\"\\\\\\n\\r\\t"@en'),
        (
            Literal("\\u0041 \\U \\x", language="en"),
            '"\\\\\\U000000750041 \\\\\\U00000055 \\\\x"@en',
        ),
        (Literal("\0\x1f\x7f\x9f", language="en"), '"\\u0000\\u001F\\u007F\\u009F"@en'),
        (Literal("百度 🐼", language="zh"), '"百度 🐼"@zh'),
    ],
)
def test_a_fragment_is_the_term_as_sparql_writes_it(term: IRI | Literal, written: str) -> None:
    assert fragment(term) == written


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        (BlankNode("b"), ValueError),
        (Literal("a", language="en } DROP"), ValueError),
        (Literal("a", language="en-"), ValueError),
        (Literal("a", language="é"), ValueError),
        (Literal("a", "no iri"), ValueError),
        (Literal("a", "http://x.org/> <"), ValueError),
        (Literal("\udc00"), ValueError),
        ("text", TypeError),
        (5, TypeError),
        (None, TypeError),
    ],
)
def test_what_could_break_out_is_no_fragment(term: object, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        fragment(term)  # type: ignore[arg-type]


def test_a_fragment_checks_an_iri_that_nobody_checked() -> None:
    unchecked = object.__new__(IRI)
    object.__setattr__(unchecked, "value", "http://x.org/> } #")
    with pytest.raises(ValueError, match="not an absolute IRI"):
        fragment(unchecked)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("select * { }", "SELECT"),
        ("PREFIX ask: <http://select.org/> # DESCRIBE\nCONSTRUCT WHERE { }", "CONSTRUCT"),
        ("# it's a\nDESCRIBE <a:b>", "DESCRIBE"),
        ("BASE <http://x.org/ask> ASK { ?s ?p 'SELECT' }", "ASK"),
        ("INSERT DATA { }", ""),
        ("", ""),
        ("selection", ""),
    ],
)
def test_the_form_of_a_query_is_its_first_keyword(text: str, found: str) -> None:
    assert form(text) == found


def test_an_unknown_query_is_told_with_the_near_ones() -> None:
    with pytest.raises(NotFound) as caught:
        load("sourcse")
    assert str(caught.value) == ("There is no named query “sourcse”.\nhint: did you mean sources?")
    with pytest.raises(NotFound) as caught:
        load("zzz")
    assert caught.value.near == names()[:5]


@pytest.mark.parametrize("name", ["../bind", "sources.rq", "", "SOURCES", "library/sources"])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(NotFound):
        load(name)
