"""The flags that every command which draws has: what is opened, what is shown, how it looks."""

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

__all__ = ["draws"]

Texts = list[str] | None


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
_LOOKS: Final = {
    "size": ("size", "degree", "degree, pagerank or betweenness."),
    "color": ("color", "class", "class or community."),
    "layout": ("layout", "force", "force, hierarchy, circle or timeline."),
}


def draws(command: Callable[..., None]) -> Callable[..., None]:
    """The command with these flags; it takes them as `drawing`, `look` and `at`."""
    own = [
        parameter
        for parameter in inspect.signature(command, eval_str=True).parameters.values()
        if parameter.name not in ("drawing", "look", "at")
    ]
    flags = [
        *(_flag(key, _many(*said), None) for key, said in _LISTS.items()),
        *(
            _flag(key, Annotated[str, typer.Option(f"--{name}", help=told)], usual)
            for key, (name, usual, told) in (_TEXTS | _LOOKS).items()
        ),
        _flag("at", _many("at", "NAME,x,y: where a node stands, in pixels."), None),
    ]

    @functools.wraps(command)
    def run(**given: Any) -> None:
        drawing = {key: given.pop(key) or () for key in _LISTS}
        drawing |= {key: given.pop(key) for key in _TEXTS}
        look = {key: given.pop(key) for key in _LOOKS}
        at = given.pop("at") or ()
        command(**given, drawing=drawing, look=look, at=at)

    signature = inspect.Signature([*own, *flags])
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in (*own, *flags)}
    return run


def _flag(key: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )
