"""Queries read into trees and written again; the process that reads a stranger's."""

import os
import signal
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from triplary import query as library
from triplary.errors import QueryCrashed, QueryError, QueryTimeout
from triplary.query import tree as t
from triplary.query.writing import written
from triplary.store.reader import Reader
from triplary.store.reading import read
from triplary.terms import IRI, BlankNode, Literal


def placeless(value: Any) -> Any:
    """A tree without the places of its parts."""
    if isinstance(value, tuple):
        return tuple(map(placeless, value))
    if is_dataclass(value) and not isinstance(value, IRI | Literal | BlankNode | type):
        held = {field.name: placeless(getattr(value, field.name)) for field in fields(value)}
        return type(value)(**{n: 0 if n in ("line", "column") else v for n, v in held.items()})
    return value


@pytest.mark.parametrize("name", library.names())
def test_a_query_of_the_library_is_the_same_when_written_again(name: str) -> None:
    tree = read(library.load(name).text)
    assert t.from_json(t.to_json(tree)) == tree
    again = written(tree)
    assert placeless(read(again)) == placeless(tree)
    ox.Store().query(again)


def test_a_tree_is_this() -> None:
    tree = read(
        "PREFIX : <http://x.org/>\nSELECT DISTINCT ?a (COUNT(*) AS ?n) {\n"
        "  ?a :p 1 ; :q/^:r* ?b .\n  FILTER (?b > 2.5 && ?a NOT IN (:c))\n} GROUP BY ?a LIMIT 3"
    )
    a, b = t.Variable("a"), t.Variable("b")
    p, q, r, c = (IRI(f"http://x.org/{name}") for name in "pqrc")
    xsd = "http://www.w3.org/2001/XMLSchema#"
    condition = t.Call("&&", (
        t.Call(">", (b, Literal("2.5", xsd + "decimal"))), t.Call("NOT IN", (a, c)),
    ))  # fmt: skip
    path = t.Path("/", (q, t.Path("^", (t.Path("*", (r,)),))))
    assert tree == t.Query(
        "SELECT",
        t.Group((
            t.Triple(a, p, Literal("1", xsd + "integer"), 3, 6),
            t.Triple(a, path, b, 3, 13),
            t.Filter(condition, 4, 3),
        )),
        (t.Projected(a), t.Projected(t.Variable("n"), t.Call("COUNT", (t.Everything(),)))),
        distinct=True, grouped=(t.Projected(a),), limit=3,
    )  # fmt: skip


def test_names_are_resolved_as_sparql_has_it() -> None:
    tree = read("BASE <http://x.org/a/> PREFIX p: <b#> ASK { <c> p:d\\.e <../f> }")
    (triple,) = tree.where.parts
    assert isinstance(triple, t.Triple)
    assert [str(term) for term in (triple.subject, triple.predicate, triple.object)] == [
        "http://x.org/a/c", "http://x.org/a/b#d.e", "http://x.org/f",
    ]  # fmt: skip
    (alone,) = read("ASK { ?s ?p <c> }").where.parts
    assert isinstance(alone, t.Triple)
    assert str(alone.object) == "relative:c"


@pytest.mark.parametrize("text", ["SELECT", "nonsense", "ASK { ?s x:y ?o }", "SELECT * { {"])
def test_what_is_no_sparql_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(QueryError):
        read(text)


def test_a_process_reads_as_this_one_does() -> None:
    reader = Reader()
    try:
        for name in library.names()[:5]:
            text = library.load(name).text
            assert reader.read(text) == read(text)
        with pytest.raises(QueryError, match="cannot be put in words"):
            reader.read("nonsense")
    finally:
        reader.close()


def test_a_text_that_takes_too_long_is_killed_and_the_next_is_read() -> None:
    reader = Reader()
    try:
        reader.read("ASK { }")
        reader.seconds = 0.2
        first = reader._process
        with pytest.raises(QueryTimeout, match=r"stopped at its deadline of 0\.2 s"):
            reader.read(f"ASK {{ VALUES ?x {{ {'1 ' * 100_000} }} }}")
        reader.seconds = 3.0
        assert first is not None
        assert first.poll() == -signal.SIGKILL
        assert reader.read("ASK { }").form == "ASK"
    finally:
        reader.close()


def test_a_process_that_dies_is_told_and_made_anew() -> None:
    reader = Reader()
    try:
        reader.read("ASK { }")
        assert reader._process is not None
        os.kill(reader._process.pid, signal.SIGKILL)
        reader._process.wait()
        with pytest.raises(QueryCrashed, match="The process that reads queries died"):
            reader.read("ASK { }")
        assert reader.read("ASK { }").form == "ASK"
    finally:
        reader.close()


def test_the_process_has_no_network_and_opens_no_file() -> None:
    reader = Reader()
    try:
        reader.read("ASK { }")
        assert reader._process is not None
        limits = Path(f"/proc/{reader._process.pid}/limits").read_text()
        assert [line.split()[3:5] for line in limits.splitlines() if "open files" in line] == [
            ["0", "0"]
        ]
    finally:
        reader.close()
