"""Every error is one of the tree: a sentence that names the thing, then what to do next."""

import inspect
import re
from typing import Any

import pytest

from triplary import errors
from triplary.errors import (
    Ambiguous,
    BadParameter,
    Busy,
    ForbiddenQuery,
    Full,
    MissingExtra,
    NotFound,
    ParseError,
    QueryCrashed,
    QueryError,
    QueryFailed,
    QueryTimeout,
    RecipeError,
    StoreError,
    TriplaryError,
    ValidationError,
)

EACH: list[tuple[TriplaryError, str, dict[str, Any]]] = [
    (TriplaryError("It is empty."), "It is empty.", {"message": "It is empty.", "hint": ""}),
    (
        ParseError("a.ttl", 3, 7, "Unexpected end", hint="close it"),
        "a.ttl, line 3, column 7: Unexpected end\nhint: close it",
        {"path": "a.ttl", "line": 3, "column": 7, "reason": "Unexpected end"},
    ),
    (ParseError("a.ttl", None, None, "no"), "a.ttl: no", {"line": None, "column": None}),
    (ParseError("a.ttl", 3, None, "no"), "a.ttl, line 3: no", {"line": 3}),
    (
        ValidationError(["one", "two"], ["<x:a>", "<x:b>"], hint="mend them"),
        "2 violations of the shapes in <x:a> and <x:b>.\nhint: mend them",
        {"report": ("one", "two")},
    ),
    (ValidationError(["one"]), "1 violation of the shapes in the ontology.", {"report": ("one",)}),
    (RecipeError("Two rows.", ["a", "b"]), "Two rows.", {"report": ("a", "b")}),
    (
        QueryError("No.", query="ASK", line=1, column=2), "No.",
        {"query": "ASK", "line": 1, "column": 2},
    ),
    (
        ForbiddenQuery("SERVICE", "No.", query="ASK", hint="ask here"), "No.\nhint: ask here",
        {"clause": "SERVICE", "query": "ASK", "line": None},
    ),
    (
        QueryTimeout(2.5, query="ASK"),
        "The query was stopped at its deadline of 2.5 s.\n"
        "hint: ask for less (LIMIT, fewer patterns), or raise query_seconds",
        {"seconds": 2.5, "query": "ASK"},
    ),
    (
        QueryTimeout(30, hint="wait"),
        "The query was stopped at its deadline of 30 s.\nhint: wait", {},
    ),
    (QueryFailed("It fails.", query="ASK"), "It fails.", {"query": "ASK", "line": None}),
    (QueryCrashed("It died."), "It died.", {"query": ""}),
    (
        NotFound("class", "Compny", ["Company", "Country"]),
        "There is no class “Compny”.\nhint: did you mean Company, Country?",
        {"kind": "class", "name": "Compny", "near": ("Company", "Country")},
    ),
    (
        NotFound("entity", "x"), "There is no entity “x”.\nhint: search for a part of its name",
        {"near": ()},
    ),
    (
        Ambiguous("Baidu", ["a:1", "a:2"]),
        "“Baidu” stands for 2 entities.\nhint: name one by its IRI: a:1, a:2",
        {"name": "Baidu", "choices": ("a:1", "a:2")},
    ),
    (
        BadParameter("limit", 0, "from 1", hint="say 5"),
        "limit does not take 0: from 1.\nhint: say 5",
        {"parameter": "limit", "value": 0, "reason": "from 1"},
    ),
    (Busy("Later."), "Later.", {}),
    (StoreError("It does not open."), "It does not open.", {}),
    (Full("No room.", hint="make some"), "No room.\nhint: make some", {}),
    (
        MissingExtra("pandas", "pandas"),
        "pandas is not installed.\nhint: pip install 'triplary[pandas]'",
        {"library": "pandas", "extra": "pandas"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("error", "text", "known"), EACH, ids=[type(e[0]).__name__ for e in EACH])
def test_an_error_says_all_it_knows(error: TriplaryError, text: str, known: dict[str, Any]) -> None:
    assert str(error) == text
    assert {name: getattr(error, name) for name in known} == known
    assert str(error) == error.message + (f"\nhint: {error.hint}" if error.hint else "")
    assert isinstance(error, TriplaryError)


def test_every_error_is_exported_tested_and_drawn_in_the_tree() -> None:
    classes = {
        name
        for name, made in inspect.getmembers(errors, inspect.isclass)
        if issubclass(made, TriplaryError)
    }
    assert set(errors.__all__) == classes
    assert {type(error).__name__ for error, _, _ in EACH} == classes
    assert errors.__doc__
    drawn = re.findall(r"^\s*(?:[│ ]*[├└]── )?([A-Z][A-Za-z]+)(?: {2,}|$)", errors.__doc__, re.M)
    assert drawn == list(dict.fromkeys(drawn))
    assert set(drawn) == classes


def test_the_tree_is_drawn_as_the_classes_inherit() -> None:
    assert errors.__doc__
    above: list[str] = []
    for line in errors.__doc__.splitlines():
        found = re.fullmatch(r"    (?P<stem>[│ ]*(?:[├└]── )?)(?P<name>[A-Z]\w+)(\s{2}.*)?", line)
        if found is None:
            continue
        depth = len(found["stem"]) // 4
        del above[depth:]
        made = getattr(errors, found["name"])
        parent = getattr(errors, above[-1]) if above else Exception
        assert made.__bases__ == (parent,)
        above.append(found["name"])
    assert above


def test_no_error_is_an_error_of_another_family() -> None:
    for name in errors.__all__:
        assert not issubclass(getattr(errors, name), ValueError | KeyError | OSError)
