import json
from pathlib import Path

import pytest

from triplary.errors import ParseError, QueryError, RecipeError
from triplary.ingest.recipes import Ingested, Refusal, run
from triplary.terms import IRI, RDF_LANG_STRING, XSD, Literal, Statement

RDFS_LABEL = IRI("http://www.w3.org/2000/01/rdf-schema#label")

LABELS = """
PREFIX xyz: <http://sparql.xyz/facade-x/data/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT { ?entity rdfs:label ?label }
WHERE {
  ?row xyz:name ?name
  BIND (IRI(CONCAT("http://x.org/", ENCODE_FOR_URI(?name))) AS ?entity)
  BIND (STRLANG(?name, "en") AS ?label)
}
"""


def named(name: str, local: str) -> Statement:
    return Statement(IRI(f"http://x.org/{local}"), RDFS_LABEL, Literal(name, RDF_LANG_STRING, "en"))


def recipe(folder: Path, query: str, *tables: dict[str, object]) -> Path:
    path = folder / "r.rq"
    path.write_text(query, "utf-8")
    if tables:
        (folder / "r.csvw.json").write_text(json.dumps({"tables": tables}), "utf-8")
    return path


def test_a_recipe_without_metadata_reads_csv_and_tsv(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name\nBaidu\n", "utf-8")
    (tmp_path / "b.tsv").write_text("name\nÉcole\n", "utf-8")
    made = run(recipe(tmp_path, LABELS), [tmp_path / "a.csv", tmp_path / "b.tsv"])
    assert set(made.statements) == {named("Baidu", "Baidu"), named("École", "%C3%89cole")}
    assert (made.refused, made.rows) == ((), 2)


def test_rows_know_their_number_their_table_and_their_file(tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("name\nA\nB\n", "utf-8")
    query = """
    PREFIX csvw: <http://www.w3.org/ns/csvw#>
    PREFIX fx: <http://sparql.xyz/facade-x/ns/>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX xyz: <http://sparql.xyz/facade-x/data/>
    CONSTRUCT { <http://x.org/b> <http://x.org/is> ?number, ?url, ?file }
    WHERE {
      ?table a fx:root ; csvw:url ?url ; rdfs:label ?file ; csvw:row ?row ; rdf:_2 ?row .
      ?row csvw:rownum ?number ; xyz:name "B"
    }
    """
    made = run(recipe(tmp_path, query, {"url": "old.csv"}), [tmp_path / "new.csv"])
    assert {statement.object for statement in made.statements} == {
        Literal("2", XSD + "integer"),
        Literal("old.csv"),
        Literal("new.csv"),
    }


def test_ordered_cells_keep_their_places(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('who,where\n"A,B","X,Y"\n', "utf-8")
    query = """
    PREFIX xyz: <http://sparql.xyz/facade-x/data/>
    CONSTRUCT { ?who <http://x.org/at> ?place }
    WHERE {
      ?row xyz:who [ ?slot ?name ] ; xyz:where [ ?slot ?place ]
      BIND (IRI(CONCAT("http://x.org/", ?name)) AS ?who)
    }
    """
    columns = [{"name": name, "separator": ",", "ordered": True} for name in ("who", "where")]
    path = recipe(tmp_path, query, {"url": "a.csv", "tableSchema": {"columns": columns}})
    at = IRI("http://x.org/at")
    assert set(run(path, [tmp_path / "a.csv"]).statements) == {
        Statement(IRI("http://x.org/A"), at, Literal("X")),
        Statement(IRI("http://x.org/B"), at, Literal("Y")),
    }


def test_json_and_yaml_are_trees(tmp_path: Path) -> None:
    query = """
    PREFIX xyz: <http://sparql.xyz/facade-x/data/>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    CONSTRUCT { ?entity rdfs:label ?label }
    WHERE {
      [] xyz:models [ ?slot [ xyz:name ?name ; xyz:size 7 ; xyz:open true ] ]
      BIND (IRI(CONCAT("http://x.org/", ?name)) AS ?entity)
      BIND (STRLANG(?name, "en") AS ?label)
    }
    """
    (tmp_path / "a.json").write_text(
        '{"models": [{"name": "A", "size": 7, "open": true}, {"name": "B", "size": 8}]}', "utf-8"
    )
    (tmp_path / "b.yaml").write_text(
        "models:\n  - {name: C, size: 7, open: true, since: 2024-01-02}\n", "utf-8"
    )
    made = run(recipe(tmp_path, query), [tmp_path / "a.json", tmp_path / "b.yaml"])
    assert set(made.statements) == {named("A", "A"), named("C", "C")}


def test_a_table_of_the_recipes_own_needs_no_mention_and_counts_no_rows(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("name\nMine\n", "utf-8")
    (tmp_path / "a.csv").write_text("name\nYours\n", "utf-8")
    path = recipe(tmp_path, LABELS, {"url": "theirs.csv"}, {"url": "own.tsv"})
    made = run(path, [tmp_path / "a.csv"])
    assert set(made.statements) == {named("Mine", "Mine"), named("Yours", "Yours")}
    assert made.rows == 1


def test_what_is_refused_comes_back_with_what_is_made(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,size\nA,1\nB,big\n", "utf-8")
    columns = [{"name": "name"}, {"name": "size", "datatype": "integer"}]
    path = recipe(tmp_path, LABELS, {"url": "a.csv", "tableSchema": {"columns": columns}})
    made = run(path, [tmp_path / "a.csv"])
    assert made == Ingested(
        made.statements, (Refusal("a.csv", 3, "size", "“big” is not a whole number", "big"),), 2
    )
    assert set(made.statements) == {named("A", "A"), named("B", "B")}


def test_numbers_are_written_in_one_form(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("flop,cost\n2.69000000000001e+24,20\n", "utf-8")
    query = """
    PREFIX xyz: <http://sparql.xyz/facade-x/data/>
    CONSTRUCT { <http://x.org/a> <http://x.org/is> ?flop, ?cost }
    WHERE { [] xyz:flop ?flop ; xyz:cost ?cost }
    """
    columns = [{"name": "flop", "datatype": "double"}, {"name": "cost", "datatype": "decimal"}]
    path = recipe(tmp_path, query, {"url": "a.csv", "tableSchema": {"columns": columns}})
    assert {statement.object for statement in run(path, [tmp_path / "a.csv"]).statements} == {
        Literal("2.69E24", XSD + "double"),
        Literal("20.0", XSD + "decimal"),
    }


def test_files_and_tables_must_match(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name\nA\n", "utf-8")
    path = recipe(tmp_path, LABELS, {"url": "a.csv"}, {"url": "b.csv"})
    with pytest.raises(RecipeError) as fault:
        run(path, [tmp_path / "x.csv"])
    assert fault.value.message == f"{path} reads a.csv, b.csv; 1 files were given."
    assert fault.value.hint == "give one file for each, in that order"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecipeError) as fault:
        run(recipe(tmp_path, LABELS), [tmp_path / "none.csv"])
    assert fault.value.message == f"There is no file {tmp_path / 'none.csv'}."


def test_a_blank_node_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name\nA\n", "utf-8")
    query = "CONSTRUCT { [] <http://x.org/p> ?o } WHERE { ?s ?p ?o }"
    path = recipe(tmp_path, query)
    with pytest.raises(RecipeError) as fault:
        run(path, [tmp_path / "a.csv"])
    assert fault.value.message == (
        f"{path} makes a blank node as http://x.org/p's subject or object."
    )
    assert fault.value.hint == "make an IRI with IRI(CONCAT(…))"


def test_a_recipe_that_is_not_sparql_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name\nA\n", "utf-8")
    with pytest.raises(QueryError) as fault:
        run(recipe(tmp_path, "CONSTRUCT {\n nonsense }"), [tmp_path / "a.csv"])
    assert fault.value.line == 2


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [("a.json", '{\n "a": }', 2, 7), ("a.yaml", "a: 1\n b: 2\n", 2, 3)],
)
def test_a_broken_tree_names_the_place(
    tmp_path: Path, name: str, text: str, line: int, column: int
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ParseError) as fault:
        run(recipe(tmp_path, LABELS), [tmp_path / name])
    assert (fault.value.line, fault.value.column) == (line, column)
