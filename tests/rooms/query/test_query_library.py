"""Every query of the library is titled, ordered, bounded and runs as it stands; none is Python."""

import ast
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import triplary
from triplary.query import bind, form, load, names

SOURCES = sorted(Path(triplary.__file__).parent.rglob("*.py"))
# What they hold grows with what they are asked for or with the whole graph: their callers bound it.
WHOLE = {"statements", "statements-of-no-graph"}
# The rows of one table of the article.
ONE_TABLE = {"table-1-beside-the-check"}
SPARQL = re.compile(
    r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE)\b[^.]*\{|\bGRAPH\s*[?<]|\bVALUES\s*[?(]"
    r"|\bFILTER\s*\(|\?\w+\s+[?<:a]\S*\s+\?\w+"
)


def without_comments(text: str) -> str:
    return re.sub(r"(?m)(^|\s)#.*$", "", text)


def test_the_library_is_the_folder() -> None:
    folder = Path(triplary.__file__).parent / "query" / "library"
    assert names() == tuple(sorted(file.stem for file in folder.iterdir()))
    assert len(names()) >= 5
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names())


@pytest.mark.parametrize("name", names())
def test_a_query_has_a_title_in_both_languages(name: str) -> None:
    titles = {title.language: title.value for title in load(name).titles}
    assert set(titles) == {"en", "zh"}
    assert titles["en"][0].isupper()
    assert re.search(r"[\u4e00-\u9fff]", titles["zh"])
    assert not re.search(r"[.。]$", titles["en"] + titles["zh"])


@pytest.mark.parametrize("name", names())
def test_a_query_parses_as_it_stands_and_with_each_example_bound(name: str) -> None:
    named = load(name)
    assert ox.Store().query(named.text) is not None
    many = {p.name: None for p in named.parameters if p.many}
    assert ox.Store().query(bind(named, **many)) is not None
    assert form(named.text) == "SELECT"


@pytest.mark.parametrize("name", names())
def test_a_query_is_ordered_or_has_one_row(name: str) -> None:
    text = without_comments(load(name).text)
    aggregate = re.search(r"SELECT \((COUNT|MAX|MIN|SUM)", text) and "GROUP BY" not in text
    assert aggregate or "ORDER BY" in text or name in WHOLE


@pytest.mark.parametrize("name", names())
def test_a_query_is_bounded(name: str) -> None:
    """By LIMIT, by a parameter that names what is asked for, or by grouping what is there."""
    named = load(name)
    text = without_comments(named.text)
    grouped = re.search(r"\bGROUP BY\b|SELECT \(COUNT|SELECT DISTINCT", text)
    assert "LIMIT" in text or named.parameters or grouped or name in ONE_TABLE


@pytest.mark.parametrize("name", names())
def test_every_parameter_is_used(name: str) -> None:
    named = load(name)
    for parameter in named.parameters:
        assert len(re.findall(rf"\?{parameter.name}\b", without_comments(named.text))) > 1


@pytest.mark.parametrize("name", names())
def test_a_query_is_plain_sparql_1_1(name: str) -> None:
    text = without_comments(load(name).text)
    assert not re.search(r"<<|\bSERVICE\b|\bLATERAL\b|\bFROM\b|\bADJUST\b|\bTRIPLE\(", text)


def strings(tree: ast.AST) -> list[tuple[int, str, bool]]:
    """The strings of a module but its docstrings: line, text, whether it is an f-string."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "{}".join(
                part.value for part in node.values
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )  # fmt: skip
            found.append((node.lineno, text, True))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documented
        ):
            found.append((node.lineno, node.value, False))
    return found


def told_to_a_person(text: str) -> bool:
    """Hints may show a query to type; they are run by nobody."""
    return text.endswith(" lists the graphs")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_sparql_stands_in_python(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    found = [
        (line, text)
        for line, text, _ in strings(tree)
        if SPARQL.search(text) and not told_to_a_person(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_text_is_made_up_where_a_query_is_asked(path: Path) -> None:
    """The argument of select, ask, construct and query is a bound or a loaded text."""
    asked = {"select", "ask", "construct"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in asked:
            for argument in node.args:
                made_up = [
                    inner
                    for inner in ast.walk(argument)
                    if isinstance(inner, ast.JoinedStr | ast.BinOp)
                ]
                assert made_up == [], f"line {node.lineno}"


def test_the_search_for_sparql_finds_it() -> None:
    for text in (
        "SELECT * { ?s ?p ?o }", "ASK { }", "?s a ?class", "FILTER(?x)", "VALUES ?x { }",
        "GRAPH ?g",
    ):  # fmt: skip
        assert SPARQL.search(text)
    assert not SPARQL.search("Start with SELECT, ASK or CONSTRUCT.")
