"""The flags that commands share: of what and in which language; what is drawn and how it looks."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from triplary.errors import BadParameter
from triplary.server.words import LANGUAGES

__all__ = ["AsOf", "Data", "Drawn", "Language", "Limit", "Texts", "draws"]

Texts = list[str] | None


def _one_of_ours(language: str) -> str:
    if language not in LANGUAGES:
        raise BadParameter("--language", language, f"it is one of {', '.join(LANGUAGES)}")
    return language


Data = Annotated[
    Texts,
    typer.Option("--data", "-d", help="Files, folders or an endpoint; the bundled atlas if none."),
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many at most.")]
Language = Annotated[str, typer.Option("--language", "-l", help="en or zh.", callback=_one_of_ours)]
AsOf = Annotated[str, typer.Option("--as-of", help="What held in a year, in a month, on a day.")]
Save = Annotated[
    Path | None, typer.Option("--save", "-s", help="Save the view; the suffix chooses the format.")
]
Title = Annotated[str, typer.Option(help="Title of the view.")]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the shared flags of a command that draws say."""

    drawing: dict[str, Any]
    look: dict[str, Any]
    at: list[str]
    save: Path | None
    data: Texts

    @property
    def language(self) -> str:
        """The language of what is drawn."""
        return str(self.look["language"])


def _many(name: str, told: str) -> Any:
    return Annotated[Texts, typer.Option(f"--{name}", help=told)]


_LISTS: Final = {
    "open": ("open", "Open in it: NAME, or NAME,RELATION,COUNT; ^RELATION arrives."),
    "classes": ("class", "Only of this class; with - before it, none of it."),
    "predicates": ("predicate", "Only edges of this property; with - before it, none of it."),
    "graphs": ("graph", "Only edges this named graph says; with - before it, what others say."),
    "verdicts": ("verdict", "Only edges with this verdict, or stated; with - before it, without."),
    "ranges": ("range", "PROPERTY,LOW,HIGH: numbers or dates; an end may be empty."),
    "without": ("without", "Hide this entity."),
    "only": ("only", "Hide all but this entity."),
}
_TEXTS: Final = {
    "as_of": ("as-of", "", "What there was in a year, in a month, on a day."),
}
_COMMON: Final[dict[str, tuple[Any, Any]]] = {
    "data": (Data, None),
    "language": (Language, "en"),
    "title": (Title, ""),
    "save": (Save, None),
}
_LOOKS: Final = {
    "size": ("size", "degree", "degree, pagerank or betweenness."),
    "color": ("color", "class", "class or community."),
    "layout": ("layout", "force", "force, hierarchy, circle or timeline."),
}


def draws(command: Callable[..., None]) -> Callable[..., None]:
    """The command with these flags; it takes them as `drawn`."""
    own = [
        parameter
        for parameter in inspect.signature(command, eval_str=True).parameters.values()
        if parameter.name != "drawn"
    ]
    flags = [
        *(_flag(key, annotation, usual) for key, (annotation, usual) in _COMMON.items()),
        *(_flag(key, _many(*said), None) for key, said in _LISTS.items()),
        *(
            _flag(key, Annotated[str, typer.Option(f"--{name}", help=told)], usual)
            for key, (name, usual, told) in (_TEXTS | _LOOKS).items()
        ),
        _flag(
            "at",
            _many("at", "NAME,x,y: where a node stands, in pixels; NAME,x,y,loose: unpinned."),
            None,
        ),
    ]

    @functools.wraps(command)
    def run(**given: Any) -> None:
        drawing = {key: given.pop(key) or () for key in _LISTS}
        drawing |= {key: given.pop(key) for key in _TEXTS}
        look = {key: given.pop(key) for key in (*_LOOKS, "language", "title")}
        at, save, data = given.pop("at") or [], given.pop("save"), given.pop("data")
        command(**given, drawn=Drawn(drawing, look, at, save, data))

    signature = inspect.Signature([*own, *flags])
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in (*own, *flags)}
    return run


def _flag(key: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )
