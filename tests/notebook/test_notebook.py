"""What a notebook does, done in IPython's own shell."""

import datetime as dt
import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd
import polars as pl
import pytest
from IPython.core.interactiveshell import InteractiveShell

from conformance.small import ID, TRI
from triplary.errors import BadParameter, MissingExtra
from triplary.kg import KnowledgeGraph, Rows, Statements
from triplary.terms import IRI, XSD, Literal, Table, Term

PROLOGUE = """PREFIX : <https://w3id.org/triplary/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
DEVELOPED = (
    PROLOGUE
    + """SELECT ?model ?who ?released ?open ?score ?parameters {
  ?model :developedBy ?who
  OPTIONAL { ?model :released ?released ; :open ?open ; :score ?score ; :parameters ?parameters }
} ORDER BY ?model"""
)


@pytest.fixture
def shell(small: KnowledgeGraph) -> Iterator[Any]:
    """A notebook's shell with the extension loaded, and the small graph as `kg`."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.run_line_magic("load_ext", "triplary")
    shell.user_ns["kg"] = small
    yield shell
    shell.history_manager.end_session()
    InteractiveShell.clear_instance()


def test_a_cell_is_answered_as_rows(shell: Any) -> None:
    found = shell.run_cell_magic("sparql", "--source kg", DEVELOPED)
    assert isinstance(found, Rows)
    assert [str(row[0]) for row in found] == [ID + "ERNIE", ID + "GPT-4"]


def test_a_cell_may_name_its_answer_and_say_what_it_is_to_be(shell: Any) -> None:
    assert shell.run_cell_magic("sparql", "--source kg --to pandas found", DEVELOPED) is None
    frame = shell.user_ns["found"]
    assert isinstance(frame, pd.DataFrame)
    assert frame["parameters"].tolist()[0] == 260
    network = shell.run_cell_magic("sparql", "--source kg --to networkx", DEVELOPED)
    assert list(network.edges(keys=False)) == [
        (ID + "ERNIE", ID + "Baidu"), (ID + "GPT-4", ID + "OpenAI"),
    ]  # fmt: skip


def test_a_line_is_answered_a_named_query_too(shell: Any) -> None:
    assert shell.run_line_magic("sparql", "--source kg ASK { ?s ?p ?o }") is True
    rows = shell.run_line_magic("sparql", "--source=kg --to=polars count-triples")
    assert rows.columns == ["triples"]


def test_wrong_words_after_the_magic_are_told(shell: Any) -> None:
    with pytest.raises(BadParameter, match="%sparql does not take"):
        shell.run_cell_magic("sparql", "--to excel", "ASK { }")
    with pytest.raises(BadParameter, match="a name is one word"):
        shell.run_cell_magic("sparql", "--source kg not-a-name", "ASK { }")
    with pytest.raises(BadParameter, match="there is no query"):
        shell.run_cell_magic("sparql", "--source kg", "  ")


def test_rows_views_and_subgraphs_show_themselves(shell: Any, small: KnowledgeGraph) -> None:
    def shown(value: Any) -> str:
        found, _ = shell.display_formatter.format(value)
        return str(found["text/html"])

    assert shown(small.query(DEVELOPED)).startswith("<table><thead><tr><th>model</th>")
    near = small.expand("Baidu")
    assert shown(near).startswith("<svg ")
    assert shown(near.view()) == shown(near)
    made = small.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2")
    assert isinstance(made, Statements)
    assert shown(made).startswith("<table><thead><tr><th>subject</th>")


def test_columns_have_the_types_of_their_values(small: KnowledgeGraph) -> None:
    rows = small.query(DEVELOPED)
    assert isinstance(rows, Rows)
    frame = rows.to_pandas()
    assert [str(kind) for kind in frame.dtypes][:2] == ["string", "string"]
    assert [str(kind) for kind in frame.dtypes][3:] == ["boolean", "Float64", "Int64"]
    assert frame["released"].tolist() == [pd.Timestamp(2023, 3, 16), pd.NaT]
    assert frame["open"].tolist() == [False, pd.NA]
    assert frame["score"].tolist() == [1.5, pd.NA]
    other = rows.to_polars()
    assert other.schema == {
        "model": pl.String, "who": pl.String, "released": pl.Date, "open": pl.Boolean,
        "score": pl.Float64, "parameters": pl.Int64,
    }  # fmt: skip
    assert other.rows()[0][2:] == (dt.date(2023, 3, 16), False, 1.5, 260)
    assert other.rows()[1][2:] == (None, None, None, None)


def typed(*terms: Term | None) -> tuple[Any, ...]:
    """A column of these terms, as polars has it."""
    made = Rows.of(Table(("x",), tuple((term,) for term in terms))).to_polars()
    return (made.dtypes[0], *made["x"].to_list())


def test_a_column_of_several_kinds_is_text_and_numbers_are_numbers() -> None:
    one, half = Literal("1", XSD + "integer"), Literal("0.5", XSD + "decimal")
    day, year = Literal("2023-01-02", XSD + "date"), Literal("2023", XSD + "gYear")
    assert typed(one, half, None) == (pl.Float64, 1.0, 0.5, None)
    assert typed(day, year) == (pl.String, "2023-01-02", "2023")
    assert typed(one, Literal("x")) == (pl.String, "1", "x")
    assert typed(Literal("99999999999999999999", XSD + "integer")) == (
        pl.String, "99999999999999999999",
    )  # fmt: skip
    assert typed(Literal("x", XSD + "integer")) == (pl.String, "x")
    assert typed(Literal("2023-01-02T03:04:05+02:00", XSD + "dateTime")) == (
        pl.Datetime("us"), dt.datetime(2023, 1, 2, 1, 4, 5),
    )  # fmt: skip
    assert typed(None) == (pl.String, None)
    assert typed() == (pl.String,)


def test_a_table_is_escaped_and_says_how_much_of_it_is_shown() -> None:
    rows = Rows(("<b>",), tuple((Literal(f"<script>{number}"),) for number in range(25)))
    shown = rows._repr_html_()
    assert shown.startswith(
        "<table><thead><tr><th>&lt;b&gt;</th></tr></thead><tbody><tr><td>&lt;script&gt;0</td></tr>"
    )
    assert shown.endswith("<td>&lt;script&gt;19</td></tr></tbody></table><p>20 of 25 rows</p>")
    assert Rows(("x",), (), cut=True)._repr_html_().endswith("0 of 0 rows, and there are more</p>")


def test_a_network_needs_two_columns_of_nodes(small: KnowledgeGraph) -> None:
    rows = small.query(PROLOGUE + "SELECT ?m ?n { ?m :developedBy ?w ; rdfs:label ?n }")
    assert isinstance(rows, Rows)
    with pytest.raises(BadParameter, match="a network needs two columns of nodes"):
        rows.to_networkx()
    with pytest.raises(BadParameter, match="there is none of that name"):
        rows.to_networkx("m", "nobody")
    edges = rows.to_networkx("n", "m").edges(data=True)
    assert sorted(start for start, _, _ in edges) == ["ERNIE", "GPT-4"]


def test_statements_are_a_network_with_predicates_as_data(small: KnowledgeGraph) -> None:
    made = small.query(PROLOGUE + "CONSTRUCT WHERE { ?m :developedBy ?w ; :parameters ?n }")
    assert isinstance(made, Statements)
    assert list(made.to_networkx().edges(data=True)) == [
        (ID + "ERNIE", ID + "Baidu", {"predicate": TRI + "developedBy"})
    ]
    assert sorted(made.to_pandas()["object"]) == ["260", ID + "Baidu"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_told_with_its_install_line(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra) as caught:
        getattr(Rows(("x",), ((IRI("a:b"),),)), f"to_{library}")()
    assert str(caught.value) == (
        f"{library} is not installed.\nhint: pip install 'triplary[{library}]'"
    )
