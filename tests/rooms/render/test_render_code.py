"""A query within a program: what is read back is the query, whatever it holds."""

import ast
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from code_tools import tool
from triplary.errors import BadParameter
from triplary.render.code import LANGUAGES, program
from triplary.render.code.quoting import QUOTED

TEXTS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60
) | st.lists(st.sampled_from([*"\"'`$\\{}#@%\n\r\t ?<>", "’", "‘", "u0041", "百", '"""', "\ufeff",
                              "\u2028", "SPARQL", "EOF", "${x}", "#{x}", "$(x)"]), max_size=12).map(
    "".join)  # fmt: skip


def test_there_are_fourteen_languages_in_the_order_of_a_menu() -> None:
    assert list(LANGUAGES) == [
        "curl", "wget", "python-httpx", "python-rdflib", "python-pandas", "python-sparqlwrapper",
        "r", "julia", "javascript", "java", "ruby", "php", "go", "powershell",
    ]  # fmt: skip
    assert list(QUOTED) != [] and set(QUOTED) == set(LANGUAGES)


def test_a_program_is_this() -> None:
    made = program("python-pandas", 'SELECT ?x\n{ ?x ?y "z" }', "http://x.org/sparql")
    assert (made.language, made.title, made.file) == (
        "python-pandas", "Python with pandas", "ask.py",
    )  # fmt: skip
    assert (
        made.text
        == '''# Asks a SPARQL query and prints what is found.
# pip install pandas
import io
import urllib.parse
import urllib.request

import pandas as pd

query = """SELECT ?x
{ ?x ?y "z" }"""

request = urllib.request.Request(
    "http://x.org/sparql",
    data=urllib.parse.urlencode({"query": query}).encode(),
    headers={"Accept": "text/csv"},
)
with urllib.request.urlopen(request) as answer:
    table = pd.read_csv(io.TextIOWrapper(answer, "utf-8"))
print(table)
'''
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_gap_is_left_in_any_program(language: str) -> None:
    for query in ("SELECT * { }", "ASK { }", "CONSTRUCT WHERE { }", "DESCRIBE <x:y>"):
        text = program(language, query, "http://x.org/sparql").text
        assert query in text
        assert "http://x.org/sparql" in text
        assert "@{" not in text or language == "powershell"


def test_a_language_there_is_none_of_is_refused() -> None:
    with pytest.raises(BadParameter, match="language does not take 'cobol': it is one of curl"):
        program("cobol", "ASK { }", "http://x.org/")
    with pytest.raises(BadParameter, match="no program can hold a NUL character"):
        program("curl", "ASK { } # \x00", "http://x.org/")


@given(TEXTS)
def test_python_reads_back_what_was_quoted(text: str) -> None:
    assert ast.literal_eval(QUOTED["python-httpx"](text)) == text


@given(TEXTS)
def test_only_single_quotes_end_what_the_shell_and_powershell_quote(text: str) -> None:
    shell = QUOTED["curl"](text)
    assert shell[0] == shell[-1] == "'"
    assert shell[1:-1].replace("'\\''", "") == text.replace("'", "")
    power = QUOTED["powershell"](text)[1:-1]
    for mark in "'‘’‚‛":
        assert power.replace(mark * 2, "").count(mark) == 0
        assert power.count(mark) == 2 * text.count(mark)


def test_the_shell_and_javascript_read_back_what_was_quoted() -> None:
    """Many texts in one start of each, since a start is slow."""
    texts = [
        "it's", '"', "`${x}`", "\\", "\\n", "a\r\nb", "$(id)", "\u2028", "百度", "'''", "${", "$`",
        "tail\\", "\ufeff", "*", "~", "!x", "-n",
    ]  # fmt: skip
    script = "".join(f"printf '%s\\0' {QUOTED['curl'](text)}\n" for text in texts)
    ended = subprocess.run(
        [tool("sh", installs="any system has it")], input=script.encode(), capture_output=True,
        check=True,
    )  # fmt: skip
    assert ended.stdout.decode().split("\0")[:-1] == texts
    listed = ",\n".join(QUOTED["javascript"](text) for text in texts)
    ended = subprocess.run(
        [tool("node", installs="see nodejs.org"), "-"],
        input=f"process.stdout.write([{listed}].join('\\0'))".encode(), capture_output=True,
        check=True,
    )  # fmt: skip
    assert ended.stdout.decode().split("\0") == texts
