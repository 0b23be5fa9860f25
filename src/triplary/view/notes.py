"""What every face says of how a view was narrowed and drawn: filters, date, sizes, colours."""

from collections.abc import Callable, Iterator

from triplary.terms import IRI, VERDICTS, Node
from triplary.view.labels import clean
from triplary.view.view import View
from triplary.view.words import word

__all__ = ["narrowed", "notes"]


def notes(view: View, name: Callable[[Node], str]) -> Iterator[str]:
    """A sentence for each thing that a reader of the drawing must know; `name` is its namer."""
    yield from narrowed(view, name)
    language = view.language
    if view.scores:
        measure = word(f"measure {view.size_by}", language).removeprefix("measure ")
        yield word("size", language, measure=clean(measure))
    if view.color_by == "community" and view.communities:
        yield word("colour community", language)
    if view.axis is not None and view.axis.breaks:
        yield word("shortened", language)


def narrowed(view: View, name: Callable[[Node], str]) -> Iterator[str]:
    """The as-of date and each filter as a sentence; nothing where everything is shown."""
    language = view.language
    if view.as_of:
        yield word("as of", language, date=clean(view.as_of))
    kept: dict[tuple[str, str], list[str]] = {}
    for key, value in view.filters:
        if key == "range":
            yield _range(value, name, language)
            continue
        sense = "without" if key == "without" or value.startswith("-") else "only"
        kind = "entity" if key in ("without", "only") else key
        said = _called(value.removeprefix("-"), name, language)
        kept.setdefault((sense, kind), []).append(said)
    for (sense, kind), names in kept.items():
        called = word(f"filter {kind}", language).removeprefix("filter ")
        listed = word("comma", language).join(names)
        yield word(sense, language, kind=clean(called), names=listed)


def _range(value: str, name: Callable[[Node], str], language: str) -> str:
    predicate, low, high = [*value.rsplit(",", 2), "", ""][:3]
    key = "range" if low and high else "range from" if low else "range to"
    called = _called(predicate, name, language)
    return word(key, language, property=called, low=clean(low), high=clean(high))


def _called(value: str, name: Callable[[Node], str], language: str) -> str:
    """What a filter's value is called: a verdict's word, a label, or the value as written."""
    if value in VERDICTS or value == "stated":
        return word(value, language)
    try:
        return name(IRI(value))
    except ValueError:
        return clean(value)
