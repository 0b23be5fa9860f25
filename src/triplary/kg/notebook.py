"""SPARQL in a notebook: `%load_ext triplary`, then `%%sparql` above a query, or `%sparql`.

%%sparql --source my.ttl --to pandas models
SELECT ?model ?released { ?model :releaseDate ?released }
"""

import argparse
import shlex
from typing import Any, Final, NoReturn

from triplary.errors import BadParameter
from triplary.kg.hall import KnowledgeGraph, open_graph
from triplary.kg.rows import Rows, Statements

__all__ = ["Magics", "load_ipython_extension"]

_WAYS: Final = ("rows", "pandas", "polars", "networkx")


class _Line(argparse.ArgumentParser):
    """The words after the magic's name; what is wrong with them is an error of ours."""

    def error(self, message: str) -> NoReturn:
        raise BadParameter("%sparql", message, "%%sparql [--source SOURCE] [--to WAY] [name]")


class Magics:
    """The magics of one notebook, with the graphs that it has opened."""

    def __init__(self, shell: Any) -> None:
        """Remember the notebook; no graph is opened yet."""
        self._shell = shell
        self._graphs: dict[str, KnowledgeGraph] = {}

    def cell(self, line: str, cell: str) -> Any:
        """The answer to the query in a cell; nothing where it was given a name instead."""
        asked = _arguments(line, "name")
        found = self._found(asked.source, " ".join(cell.split()) if _is_name(cell) else cell)
        answer = _as(found, asked.to)
        if not asked.name:
            return answer
        if not asked.name.isidentifier():
            raise BadParameter("%sparql", asked.name, "a name is one word of letters and digits")
        self._shell.user_ns[asked.name] = answer
        return None

    def line(self, line: str) -> Any:
        """The answer to a query, or to a named query, on the magic's own line."""
        options, query = _apart(line)
        asked = _arguments(options, "")
        return _as(self._found(asked.source, query), asked.to)

    def _found(self, source: str, query: str) -> Any:
        if not query.strip():
            raise BadParameter(
                "%sparql", query, "there is no query", hint="write it below %%sparql"
            )
        if source not in self._graphs:
            self._graphs[source] = self._opened(source)
        return self._graphs[source].query(query)

    def _opened(self, source: str) -> KnowledgeGraph:
        """The graph of a source: one that the notebook has a name for, else what is opened."""
        named = self._shell.user_ns.get(source)
        return named if isinstance(named, KnowledgeGraph) else open_graph(source or None)


def load_ipython_extension(ipython: Any) -> None:
    """Give a notebook `%sparql` and `%%sparql`: what `%load_ext triplary` calls."""
    magics = Magics(ipython)
    ipython.register_magic_function(magics.cell, "cell", "sparql")
    ipython.register_magic_function(magics.line, "line", "sparql")


def _arguments(line: str, name: str) -> argparse.Namespace:
    parser = _Line(prog="%sparql", add_help=False, allow_abbrev=False)
    parser.add_argument("--source", default="")
    parser.add_argument("--to", default="rows", choices=_WAYS)
    if name:
        parser.add_argument(name, nargs="?", default="")
    try:
        words = shlex.split(line)
    except ValueError as fault:
        raise BadParameter("%sparql", line, str(fault)) from fault
    return parser.parse_args(words)


def _apart(line: str) -> tuple[str, str]:
    """The options that a line begins with, and the query after them."""
    options: list[str] = []
    rest = line.strip()
    while rest.startswith("--"):
        option, _, rest = rest.partition(" ")
        if "=" not in option:
            value, _, rest = rest.lstrip().partition(" ")
            option = f"{option} {value}"
        options.append(option)
        rest = rest.lstrip()
    return " ".join(options), rest


def _is_name(text: str) -> bool:
    return len(text.split()) == 1


def _as(found: Any, way: str) -> Any:
    """What was found, as rows or as another library has it; a truth value stays one."""
    if way == "rows" or not isinstance(found, Rows | Statements):
        return found
    return getattr(found, f"to_{way}")()
