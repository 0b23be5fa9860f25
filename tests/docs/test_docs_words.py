"""The word list holds the words of the code, and the code none of those to avoid."""

import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

import typer

import triplary
from docs.generator import generator
from docs.pages import ROOT, text_of
from triplary import errors, kg, measure, terms
from triplary.cli import app
from triplary.server.settings import Settings

_ROW = re.compile(r"^\| \*\*(?P<words>[^*]+)\*\* \| (?P<meaning>[^|]+) \|(?P<avoid>[^|]*)\|$", re.M)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@cache
def rows() -> list[tuple[list[str], list[str]]]:
    found = _ROW.finditer(text_of(ROOT / "docs" / "words.md"))
    return [
        ([word.strip() for word in row["words"].split(",")],
         [word.strip() for word in row["avoid"].split(",") if word.strip()])
        for row in found
    ]  # fmt: skip


def known() -> set[str]:
    return {word.casefold() for words, _ in rows() for word in words}


def avoided() -> set[str]:
    return {word.casefold() for _, avoid in rows() for word in avoid}


def modules() -> list[str]:
    found = pkgutil.walk_packages(triplary.__path__, "triplary.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def public_names() -> set[str]:
    """What a reader can type: modules, their __all__, methods, commands, options, routes."""
    names = {part for module in modules() for part in module.split(".")}
    for module in map(importlib.import_module, modules()):
        for name in getattr(module, "__all__", ()):
            names.add(name)
            value = getattr(module, name)
            if isinstance(value, type):
                # model_… are pydantic's own names.
                members = (name for name in vars(value) if not name.startswith(("_", "model_")))
                names.update(members)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        names.update((name, *(parameter.name for parameter in command.params)))
    names.update(
        part for path in generator("generation.routes").route_paths() for part in path.split("/")
    )
    return names


def parts(name: str) -> set[str]:
    """The words of a name, plural or not.

    >>> sorted(parts("ForbiddenQuery")), sorted(parts("search_items"))
    (['forbidden', 'query'], ['item', 'items', 'search'])
    """
    words = {word.lower() for word in _PARTS.findall(name)}
    return words | {word.removesuffix("s") for word in words}


def test_the_list_has_rows_and_no_word_twice() -> None:
    words = [word for words, _ in rows() for word in words]
    assert len(words) > 40
    assert len(words) == len(set(words))
    assert known() & avoided() == set()


def test_words_to_avoid_are_in_no_public_name() -> None:
    found = {name: sorted(parts(name) & avoided()) for name in public_names()}
    assert {name: words for name, words in sorted(found.items()) if words} == {}


def test_the_words_of_the_code_are_in_the_list() -> None:
    spoken = {
        *generator("generation.doors").VERBS,
        *typer.main.get_command(app).commands,  # type: ignore[attr-defined]
        *measure.MEASURES,
        *(name.lower() if name == "IRI" else spelled(name) for name in terms.__all__),
        *(spelled(name) for name in kg.__all__ if name[0].isupper()),
    } - {"verdicts"}
    assert sorted(spoken - known()) == []


def spelled(name: str) -> str:
    return " ".join(_PARTS.findall(name)).lower()


def test_each_room_is_told() -> None:
    told = text_of(ROOT / "docs" / "concepts" / "the-house.md")
    rooms = {Path(module.name).name for module in pkgutil.iter_modules(triplary.__path__)}
    assert [room for room in sorted(rooms - {"__main__"}) if f"`{room}`" not in told] == []


def test_errors_and_settings_say_what_they_are() -> None:
    assert [name for name in errors.__all__ if not getattr(errors, name).__doc__] == []
    assert Settings.__doc__
