"""A query as a program: in fourteen languages and tools, each ready to run.

A template is a file of this folder, LANGUAGE.KIND.txt or LANGUAGE.txt; `@{…}` is filled in.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from triplary import query as library
from triplary.errors import BadParameter
from triplary.render.code.quoting import QUOTED

__all__ = ["HERE", "LANGUAGES", "Program", "program"]

HERE: Final = "http://127.0.0.1:8000/sparql"
"""Where `triplary serve` answers, for programs that were given no other address."""

LANGUAGES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "curl": ("curl", "ask.sh"),
        "wget": ("wget", "ask.sh"),
        "python-httpx": ("Python with httpx", "ask.py"),
        "python-rdflib": ("Python with rdflib", "ask.py"),
        "python-pandas": ("Python with pandas", "ask.py"),
        "python-sparqlwrapper": ("Python with SPARQLWrapper", "ask.py"),
        "r": ("R with httr", "ask.R"),
        "julia": ("Julia", "ask.jl"),
        "javascript": ("JavaScript", "ask.mjs"),
        "java": ("Java with Apache Jena", "AskTriplary.java"),
        "ruby": ("Ruby", "ask.rb"),
        "php": ("PHP", "ask.php"),
        "go": ("Go", "ask.go"),
        "powershell": ("PowerShell", "ask.ps1"),
    }
)
"""Each language by its name in addresses: what people call it, and a file name for a program."""

_KINDS: Final = {
    "SELECT": ("rows", "text"),
    "ASK": ("boolean", "text"),
    "CONSTRUCT": ("graph", "text"),
    "DESCRIBE": ("describe", "graph", "text"),
}
_ACCEPT: Final = {
    "SELECT": "text/csv",
    "ASK": "application/sparql-results+json",
    "CONSTRUCT": "text/turtle",
    "DESCRIBE": "text/turtle",
}


class _Template(string.Template):
    """A template whose gaps begin with an at sign, which no language here uses before a brace."""

    delimiter = "@"


@dataclass(frozen=True, slots=True)
class Program:
    """A program that asks a query: its language, what people call that, a file name, the text."""

    language: str
    title: str
    file: str
    text: str


def program(language: str, query: str, endpoint: str) -> Program:
    r"""The program in a language that asks the endpoint at an address the query.

    It prints the solutions, the answer to ASK, or the graph as Turtle. Raises BadParameter for a
    language there is no template for.

    >>> program("curl", "ASK { }", "http://x.org/sparql").text.splitlines()[2]
    "curl --silent --show-error --fail-with-body 'http://x.org/sparql' \\"
    """
    if language not in LANGUAGES:
        raise BadParameter("language", language, f"it is one of {', '.join(LANGUAGES)}")
    if "\x00" in query:
        raise BadParameter("query", "(with NUL)", "no program can hold a NUL character")
    query = query.encode("utf-8", "replace").decode("utf-8")
    title, file = LANGUAGES[language]
    quoted = QUOTED[language]
    form = library.form(query) or "SELECT"
    text = _Template(_template(language, form)).substitute(
        what="Asks a SPARQL query and prints what is found.",
        query=quoted(query),
        query_field=quoted(f"query={query}"),
        endpoint=quoted(endpoint),
        accept=_ACCEPT[form],
        open="@{",
        close="}",
    )
    return Program(language, title, file, text)


@cache
def _template(language: str, form: str) -> str:
    """The template for a form of query; the most special one that there is."""
    folder = files("triplary.render.code")
    for kind in (*_KINDS[form], ""):
        path = folder / (f"{language}.{kind}.txt" if kind else f"{language}.txt")
        if path.is_file():
            return path.read_text("utf-8")
    raise AssertionError(f"no template for {form} in {language}")  # pragma: no cover
