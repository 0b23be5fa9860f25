"""Each program asks a real server and prints what was found; a hostile text comes back whole."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from code_tools import JENA, lacking, tool
from triplary.query import fragment
from triplary.render.code import LANGUAGES, program
from triplary.render.code.quoting import QUOTED
from triplary.terms import Literal

APT = "make test-code installs it from Debian"
HOSTILE = (
    'it\'s "q" `b` ${x} $(id) #{y} \\ \\n \\u0041 %s {{z}} \'\'\'""" <?php ?> EOF ‘t’ 百度 @{query}'
)
PROLOGUE = """PREFIX : <https://w3id.org/triplary/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
ROWS = (
    PROLOGUE
    + 'SELECT ?name { ?m :developedBy ?who ; rdfs:label ?name  # "quoted"\n} ORDER BY ?name'
)
BOOLEAN = PROLOGUE + "ASK { ?m :developedBy ?who }"
GRAPH = PROLOGUE + 'CONSTRUCT { ?m rdfs:label "made" } { ?m :developedBy ?who }'
DESCRIBED = "DESCRIBE <https://w3id.org/triplary/id/GPT-4>"

Run = Callable[[Path], list[str]]


def python(file: Path) -> list[str]:
    return [sys.executable, "-W", "ignore", str(file)]


def shell(file: Path, needs: str) -> list[str]:
    tool(needs, installs=APT)
    return [tool("sh", installs=APT), str(file)]


RUNS: dict[str, Run] = {
    "curl": lambda file: shell(file, "curl"),
    "wget": lambda file: shell(file, "wget"),
    "python-httpx": python,
    "python-rdflib": python,
    "python-pandas": python,
    "python-sparqlwrapper": python,
    "r": lambda file: [tool("Rscript", installs=APT), str(file)],
    "julia": lambda file: [tool("julia", installs="Debian has none; see julialang.org"), str(file)],
    "javascript": lambda file: [tool("node", installs="see nodejs.org"), str(file)],
    "ruby": lambda file: [tool("ruby", installs=APT), str(file)],
    "php": lambda file: [tool("php", installs=APT), str(file)],
    "go": lambda file: [tool("go", installs=APT), "run", str(file)],
    "powershell": lambda file: [
        tool("pwsh", installs="Debian has none; see the vendor's page"), "-File", str(file)
    ],
}  # fmt: skip


def printed(language: str, query: str, live: str, folder: Path) -> str:
    """What the program prints, run as its reader would."""
    made = program(language, query, f"{live}/sparql")
    file = folder / made.file
    file.write_text(made.text, "utf-8")
    ended = subprocess.run(
        RUNS[language](file), capture_output=True, text=True, check=False, timeout=120,
        cwd=folder, encoding="utf-8",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr + made.text
    return ended.stdout


def test_each_language_has_a_way_to_run() -> None:
    # Java is compiled (below): Debian's Jena 4.5 fails in its own class initialiser.
    assert [*RUNS, "java"] == sorted(LANGUAGES, key=[*RUNS, "java"].index)


@pytest.mark.parametrize("language", RUNS)
def test_a_program_prints_the_solutions(language: str, live: str, tmp_path: Path) -> None:
    told = printed(language, ROWS, live, tmp_path)
    assert [name for name in ("ERNIE", "GPT-4", "Baidu") if name in told] == ["ERNIE", "GPT-4"]
    assert told.index("ERNIE") < told.index("GPT-4")


@pytest.mark.parametrize("language", RUNS)
def test_a_program_prints_the_answer_to_ask(language: str, live: str, tmp_path: Path) -> None:
    assert "true" in printed(language, BOOLEAN, live, tmp_path).lower()


@pytest.mark.parametrize("language", RUNS)
@pytest.mark.parametrize(("query", "holds"), [(GRAPH, "made"), (DESCRIBED, "OpenAI")])
def test_a_program_prints_a_graph(
    language: str, query: str, holds: str, live: str, tmp_path: Path
) -> None:
    told = printed(language, query, live, tmp_path)
    assert holds in told
    assert "GPT-4" in told


@pytest.mark.parametrize("language", RUNS)
def test_a_hostile_text_reaches_the_server_as_it_is(
    language: str, live: str, tmp_path: Path
) -> None:
    # The answer says how long the text is and whether it is the same: no output format in between.
    text = HOSTILE + "\nnext line\r\nand  \t tabs "
    literal = fragment(Literal(text))
    comment = "# " + HOSTILE
    query = f"{comment}\nSELECT (STRLEN({literal}) AS ?size) {{ VALUES ?x {{ {literal} }} }}"
    assert str(len(text)) in printed(language, query, live, tmp_path)


def test_no_program_calls_anything_by_what_the_query_says(live: str, tmp_path: Path) -> None:
    """The shell's programs: a command within the query is not run."""
    trace = tmp_path / "trace"
    query = f"# $(touch {trace}) `touch {trace}` '; touch {trace}; '\nASK {{ }}"
    assert json.loads(printed("curl", query, live, tmp_path))["boolean"] is True
    assert not trace.exists()


@pytest.mark.parametrize("query", [ROWS, BOOLEAN, GRAPH, DESCRIBED])
def test_the_program_in_java_compiles_against_jena(query: str, tmp_path: Path) -> None:
    jars = sorted(JENA.glob("jena-*.jar"))
    if not jars:
        lacking("Apache Jena", installs=APT)
    made = program("java", query, "http://127.0.0.1/sparql")
    (tmp_path / made.file).write_text(made.text, "utf-8")
    path = ":".join(map(str, jars))
    compile_ = [tool("javac", installs=APT), "-encoding", "UTF-8", "-cp", path, made.file]
    ended = subprocess.run(compile_, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_hostile_text_is_the_same_in_java(tmp_path: Path) -> None:
    text = HOSTILE + "\nnext line\r\nand  \t tabs \\u0022 "
    (tmp_path / "Text.java").write_text(
        "class Text { public static void main(String[] arguments) {"
        f" for (char c : ({QUOTED['java'](text)}).toCharArray())"
        " System.out.println((int) c); } }",
        "utf-8",
    )
    run = [tool("java", installs=APT), "-Dfile.encoding=UTF-8", "Text.java"]
    ended = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "".join(chr(int(line)) for line in ended.stdout.split()) == text
