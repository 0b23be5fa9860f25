"""Each command says what it found on stdout, what is wrong on stderr, and leaves with 0 or 1."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import typer.main

from conformance.small import SMALL, STATEMENTS
from triplary import render
from triplary.cli import app, main
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore

Run = Callable[..., tuple[int, str, str]]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
MAGIC = {
    ".html": b"<!doctype html>", ".svg": b"<svg ", ".png": b"\x89PNG\r\n", ".graphml": b"<?xml",
    ".gexf": b"<?xml", ".csv": b"subject,", ".json": b'{"title":', ".ttl": b"@prefix",
    ".jsonld": b"{", ".txt": b"ERNIE", ".rq": b"# ERNIE\n# ",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small graph as a file."""
    path = tmp_path / "small.trig"
    path.write_bytes(SMALL)
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process: exit status, stdout, stderr."""

    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["triplary", *map(str, words)])
        try:
            main()
            status = 0
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
        told = capsys.readouterr()
        return status, told.out, told.err

    return command


def test_the_commands_are_these() -> None:
    group = typer.main.get_command(app)
    assert list(group.commands) == [  # type: ignore[attr-defined]
        "search", "describe", "expand", "paths", "compare", "rank", "query", "load", "ingest",
        "validate", "outline", "doctor", "code", "capsule", "rerun", "serve",
    ]  # fmt: skip
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert command.help.endswith("."), name
        assert all(getattr(p, "help", "") for p in command.params if p.name == "data"), name


def test_search(run: Run, file: Path) -> None:
    status, out, err = run("search", "百度", "--data", file, "--limit", 1)
    assert (status, err) == (0, "")
    assert out == "Baidu  (id:Baidu)  Company · based in China\n"
    assert run("search", "百度", "-d", file, "-n", 1, "-l", "zh")[1].startswith("百度  (id:Baidu)")


def test_search_that_finds_nothing_says_so(run: Run, file: Path) -> None:
    assert run("search", "xyzzyx", "--data", file) == (0, "Nothing is called “xyzzyx”.\n", "")


def test_describe(run: Run, file: Path) -> None:
    status, out, err = run("describe", "ERNIE", "--data", file)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "ERNIE  (id:ERNIE)"
    place = lines.index("developed by")
    assert {line.split("(")[0].strip() for line in lines[place + 1 : place + 3]} == {
        "Baidu", "OpenAI",
    }  # fmt: skip
    assert any("claim, wrong" in line for line in lines)


def test_expand(run: Run, file: Path) -> None:
    status, out, err = run("expand", "ERNIE", "--data", file, "--title", "My own")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "My own"
    assert "ERNIE: developed by Baidu" in out
    only = run("expand", "ERNIE", "--data", file, "--verdict", "wrong")[1]
    assert "developed by OpenAI" in only
    assert "developed by Baidu" not in only


def test_paths(run: Run, file: Path) -> None:
    status, out, err = run("paths", "ERNIE", "China", "--data", file)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "1. ERNIE → Baidu → China"
    assert run("paths", "ERNIE", "China", "-d", file, "--forbid", "basedIn") == (
        0, "No path of at most 6 edges connects them.\n", "",
    )  # fmt: skip


def test_compare(run: Run, file: Path) -> None:
    status, out, err = run("compare", "Baidu", "OpenAI", "--data", file)
    assert (status, err) == (0, "")
    heads = [line for line in out.splitlines() if not line.startswith(" ")]
    assert heads[0] == "Baidu and OpenAI share 2:"
    assert heads[1].startswith("only Baidu, ")
    assert heads[2].startswith("only OpenAI, ")


def test_rank(run: Run, file: Path) -> None:
    status, out, err = run("rank", "--data", file, "--limit", 2)
    assert (status, err) == (0, "")
    assert [line.split(maxsplit=1) for line in out.splitlines()] == [
        ["3", "OpenAI"],
        ["2", "Baidu"],
    ]
    near = run("rank", "--data", file, "--among", "China", "--class", "Company")[1]
    assert [line.split(maxsplit=1)[1] for line in near.splitlines()] == ["Baidu"]


@pytest.mark.parametrize("suffix", list(render.FORMATS))
def test_save_in_every_format(run: Run, file: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"view{suffix}"
    assert run("expand", "ERNIE", "-d", file, "--title", "ERNIE", "--save", path) == (
        0, f"saved {path}\n", "",
    )  # fmt: skip
    assert path.read_bytes().lower().startswith(MAGIC[suffix].lower())


@pytest.mark.parametrize(
    "words", [("paths", "ERNIE", "China"), ("compare", "Baidu", "OpenAI"), ("rank",)]
)
def test_every_picture_saves(run: Run, file: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / "view.svg"
    assert run(*words, "-d", file, "--save", path) == (0, f"saved {path}\n", "")
    assert path.read_text("utf-8").startswith("<svg ")


def test_save_in_an_unknown_format_is_told(run: Run, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "view.pdf"
    status, out, err = run("expand", "ERNIE", "-d", file, "--save", path)
    assert (status, out, path.exists()) == (1, "", False)
    assert ".pdf" in err.splitlines()[0]
    assert ".svg" in err


@pytest.mark.parametrize(
    ("format", "out"),
    [
        ("text", f"n\n--\n{STATEMENTS - 1}\n"),
        ("csv", f"n\r\n{STATEMENTS - 1}\r\n"),
        ("tsv", f"n\r\n{STATEMENTS - 1}\r\n"),
    ],
)
def test_query(run: Run, file: Path, format: str, out: str) -> None:
    assert run("query", COUNT, "-d", file, "--format", format) == (0, out, "")


def test_query_in_json(run: Run, file: Path) -> None:
    found = json.loads(run("query", COUNT, "-d", file, "--format", "json")[1])
    assert found["results"]["bindings"][0]["n"]["value"] == str(STATEMENTS - 1)


def test_query_of_a_yes_a_file_and_triples(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("query", "ASK { ?s ?p ?o }", "-d", file) == (0, "true\n", "")
    assert run("query", "ASK { ?s ?s ?s }", "-d", file) == (0, "false\n", "")
    asked = tmp_path / "asked.rq"
    asked.write_text("CONSTRUCT WHERE { <https://w3id.org/triplary/id/GPT-4> ?p ?o }")
    for format in FORMATS:
        status, out, _ = run("query", asked, "-d", file, "--format", format)
        assert status == 0
        assert OxigraphStore().load(out.encode(), name="out", format=FORMATS[format]) == 3


def test_query_by_name_with_a_parameter(run: Run, file: Path) -> None:
    words = ("query", "statements", "-d", file, "--set", "subject=OpenAI", "--format", "csv")
    status, out, err = run(*words)
    assert (status, err) == (0, "")
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert [row[2] for row in rows[1:]] == ["OpenAI"]


@pytest.mark.parametrize(
    ("words", "err"),
    [
        (
            ("describe", "Quantum Zebra"),
            "triplary: There is no entity “Quantum Zebra”.\nhint: search for a part of its name\n",
        ),
        (
            ("query", "SELECT ?s {\n ?s a foaf:Person }"),
            "triplary: The prefix foaf: of foaf:Person is not declared (line 2, column 7).\n"
            "hint: begin the query with PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n",
        ),
        (
            ("query", "statements", "--set", "subject"),
            "triplary: --set does not take 'subject': it is NAME=VALUE.\n",
        ),
        (
            ("query", "statements", "--set", "verb=x"),
            "triplary: query statements does not take 'verb': it has no such parameter.\n"
            "hint: its parameters are subject, predicate, object, graph\n",
        ),
        (
            ("query", COUNT, "--format", "turtle"),
            "triplary: --format does not take 'turtle': rows are written as text, csv, tsv or"
            " json.\n",
        ),
        (
            ("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"),
            "triplary: --format does not take 'csv': triples are written as turtle, trig,"
            " ntriples, nquads, rdfxml, jsonld.\n",
        ),
        (("query", COUNT, "--set", "a=b"), "triplary: query does not take"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_on_stderr(
    run: Run, file: Path, words: tuple[str, ...], err: str
) -> None:
    status, out, told = run(*words, "--data", file)
    assert (status, out) == (1, "")
    assert told == err if err.endswith("\n") else told.startswith(err)


def test_data_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "nothing.ttl"
    assert run("search", "a", "--data", path) == (
        1, "", f"triplary: There is no file or folder {path}.\nhint: check the path\n",
    )  # fmt: skip


def test_several_files_are_one_graph(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.nt"
    other.write_text("<http://x.org/a> <http://x.org/p> <http://x.org/b> .")
    assert run("query", COUNT, "-d", file, "-d", other, "--format", "csv")[1] == (
        f"n\r\n{STATEMENTS}\r\n"
    )


def test_load_then_serve_the_store(run: Run, file: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run("load", file, "--store", store) == (
        0,
        f"{file}: {STATEMENTS} statements into <file:///small.trig>\n"
        f"{store} holds {STATEMENTS} statements.\n",
        "",
    )
    extra = tmp_path / "extra"
    extra.write_text("<http://x.org/a> <http://x.org/p> <http://x.org/b> .")
    status, out, _ = run("load", extra, "--store", store, "--format", "ntriples")
    assert (status, out.splitlines()[1]) == (0, f"{store} holds {STATEMENTS + 1} statements.")
    assert run("query", COUNT, "-d", store, "--format", "csv")[1] == f"n\r\n{STATEMENTS}\r\n"
    server = subprocess.Popen(
        [Path(sys.executable).with_name("triplary"), "serve", "--store", store, "--port", "0"],
        stdout=subprocess.PIPE, text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("TRIPLARY_")},
    )  # fmt: skip
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        answer = httpx.get(
            f"{address}sparql", params={"query": COUNT}, headers={"Accept": "text/csv"}
        )
        assert answer.text == f"n\r\n{STATEMENTS}\r\n"
        found = httpx.get(f"{address}api/search", params={"text": "百度"}).json()
        assert found["matches"][0]["name"] == "Baidu"
        # A reader does not keep a writer out.
        third = tmp_path / "third.nt"
        third.write_text("<http://x.org/c> <http://x.org/p> <http://x.org/b> .")
        assert run("load", third, "--store", store)[0] == 0
    finally:
        server.terminate()
        server.wait(15)
        server.stdout.close()


def test_a_faulty_file_is_not_loaded(run: Run, tmp_path: Path) -> None:
    faulty, store = tmp_path / "faulty.ttl", tmp_path / "store"
    faulty.write_text("@prefix : <http://x.org/> .\n:a :p :b .\n:a :p }\n")
    status, out, err = run("load", faulty, "--store", store)
    assert (status, out) == (1, "")
    assert err.startswith(f"triplary: {faulty}, line 3, column 7: ")
    opened = OxigraphStore(store)
    assert len(opened) == 0
    opened.close()


RECIPE = """
PREFIX xyz: <http://sparql.xyz/facade-x/data/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX id: <https://w3id.org/triplary/id/>
CONSTRUCT { ?entity rdfs:label ?label } WHERE {
  ?row xyz:name ?name
  BIND (IRI(CONCAT(STR(id:), ENCODE_FOR_URI(?name))) AS ?entity)
  BIND (STRLANG(?name, "en") AS ?label)
}
"""


def test_ingest(run: Run, tmp_path: Path) -> None:
    recipe, table, output = (tmp_path / name for name in ("r.rq", "t.csv", "out.ttl"))
    recipe.write_text(RECIPE)
    table.write_text("name\nBaidu\nOpenAI\n")
    assert run("ingest", recipe, table, "--output", output) == (
        0, f"{output}: 2 triples from 2 rows, 0 cells refused\n", "",
    )  # fmt: skip
    status, out, _ = run("search", "openai", "-d", output)
    assert (status, out.split()[:2]) == (0, ["OpenAI", "(id:OpenAI)"])


def test_ingest_tells_refused_cells(run: Run, tmp_path: Path) -> None:
    recipe, table, output = (tmp_path / name for name in ("r.rq", "t.csv", "out.ttl"))
    recipe.write_text(RECIPE)
    column = {"name": "year", "titles": "year", "datatype": "gYear"}
    name = {"name": "name", "titles": "name"}
    (tmp_path / "r.csvw.json").write_text(
        json.dumps({"tables": [{"url": "t.csv", "tableSchema": {"columns": [name, column]}}]})
    )
    table.write_text("name,year\nBaidu,2000\nOpenAI,soon\n")
    status, out, err = run("ingest", recipe, table, "--output", output)
    assert (status, out) == (0, f"{output}: 2 triples from 2 rows, 1 cells refused\n")
    assert err.startswith("refused: ")
    assert "soon" in err
    output.unlink()
    status, out, err = run("ingest", recipe, table, "--output", output, "--strict")
    assert (status, out, output.exists()) == (1, "", False)
    assert err.splitlines()[-2:] == [
        "triplary: 1 cells were refused; nothing was written.",
        "hint: correct them, or leave --strict out",
    ]


def test_ingest_without_its_files_is_told(run: Run, tmp_path: Path) -> None:
    recipe = tmp_path / "nothing.rq"
    assert run("ingest", recipe, tmp_path / "t.csv", "--output", tmp_path / "o.ttl") == (
        1, "", f"triplary: There is no file {recipe}.\nhint: is the path spelt right?\n",
    )  # fmt: skip


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
<https://w3id.org/triplary/ontology> {
  x:name a owl:DatatypeProperty . rdf:type a owl:ObjectProperty .
  x:Shape a sh:NodeShape ; sh:targetClass x:Company ; sh:property x:NameShape .
  x:NameShape sh:path x:name ; sh:minCount 1 ; sh:message "A company has a name."@en .
}
x:data {
  x:data a dcat:Dataset . <https://w3id.org/triplary/ontology> a dcat:Dataset .
  x:a a x:Company ; x:name "a" . COMPANIES
}
"""


def test_validate(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data.trig"
    data.write_text(SHAPES.replace("COMPANIES", ""))
    ontology = "<https://w3id.org/triplary/ontology>"
    assert run("validate", "--data", data) == (
        0, f"12 statements, no violation of the shapes in {ontology}.\n", "",
    )  # fmt: skip
    data.write_text(SHAPES.replace("COMPANIES", "x:b a x:Company ."))
    assert run("validate", "--data", data) == (
        1,
        "",
        f"triplary: 1 violation of the shapes in {ontology}.\n"
        "  b (http://x.org/b) breaks a rule: A company has a name.\n",
    )


def test_validate_without_shapes_does_not_say_that_all_is_well(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data.nt"
    data.write_text("<http://x.org/a> <http://x.org/p> <http://x.org/b> .")
    assert run("validate", "--data", data) == (
        1,
        "",
        "triplary: The graph carries no shapes, so nothing was checked.\n"
        "hint: give the file that holds them too: triplary validate -d DATA -d SHAPES\n",
    )
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x.org/> ."
        ' x:S a sh:NodeShape ; sh:targetNode x:a ; sh:class x:C ; sh:message "It is a C."@en .'
    )
    assert run("validate", "-d", data, "-d", shapes) == (
        1,
        "",
        "triplary: 1 violation of the shapes in <file:///shapes.ttl>.\n"
        "  a (http://x.org/a) breaks a rule: It is a C.\n",
    )


def test_no_command_shows_the_help() -> None:
    command = Path(sys.executable).with_name("triplary")
    for words in ([command], [command, "--help"], [sys.executable, "-m", "triplary", "--help"]):
        ended = subprocess.run(words, capture_output=True, text=True, check=False)
        assert re.search(r"Usage: (python -m )?triplary ", ended.stdout + ended.stderr)
        assert "search" in ended.stdout + ended.stderr


def test_a_wrong_option_is_told_by_the_command_line_itself(run: Run) -> None:
    status, out, err = run("search", "a", "--limit", "0")
    assert (status, out) == (2, "")
    assert "--limit" in err


def test_a_picture_is_opened_filtered_and_says_what_is_hidden(run: Run, file: Path) -> None:
    status, out, err = run(
        "expand", "Baidu", "-d", file, "--open", "OpenAI,^developedBy,1", "--class", "-Country",
        "--as-of", "2024", "--range", "parameters,,300", "--verdict=-wrong",
    )  # fmt: skip
    assert (status, err) == (0, "Filters hide 2 nodes and 3 edges.\n")
    assert out.splitlines()[:2] == ["Around Baidu", "3 entities and 1 edges."]
    assert "As of 2024." in out
    plain = run("expand", "Baidu", "-d", file, "--open", "OpenAI,^developedBy,1")
    assert (plain[0], plain[2]) == (0, "")


def test_each_command_that_draws_has_the_same_flags() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    shared = {"open", "classes", "predicates", "graphs", "verdicts", "ranges", "without", "only",
              "as_of", "size", "color", "layout", "at", "title", "save", "language"}  # fmt: skip
    for name in ("expand", "paths", "compare", "rank"):
        assert shared <= {parameter.name for parameter in commands[name].params}
    assert commands["rank"].params[-1].opts == ["--at"]
