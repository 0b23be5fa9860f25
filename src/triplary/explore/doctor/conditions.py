"""Conditions that let nothing pass: language tags, datatypes, capitals, variables without value."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from triplary.explore.doctor.findings import Telling
from triplary.explore.doctor.steps import Step, counted
from triplary.explore.doctor.terms import Asking, unknown_values
from triplary.query import tree as t
from triplary.terms import XSD, Literal

__all__ = ["condition_finding"]

_COMPARISONS: Final = frozenset(("=", "!=", "<", ">", "<=", ">=", "IN"))
_TEXTS: Final = frozenset(("CONTAINS", "STRSTARTS", "STRENDS", "="))
_DATATYPES: Final = ("date", "gYear", "dateTime", "integer", "decimal", "gYearMonth", "string")
_LANGUAGES: Final = ("en", "zh", "de", "fr", "es", "ja", "zh-cn", "zh-hans", "en-us", "")


def condition_finding(telling: Telling, before: tuple[Step, ...], step: Step, left: int) -> Asking:
    """Why a condition lets none of the solutions before it pass."""
    condition = step.part
    assert isinstance(condition, t.Filter)  # noqa: S101 - only those are asked about
    told = telling.count(left)
    if _is_absence(condition.condition):
        return telling.finding("not-exists", told, part=condition, count=0)
    if unknown := unknown_values(telling, condition):
        return unknown[0]
    bound = {name for each in before for name in t.variables_in(each.whole)}
    unbound = [name for name in _needed(condition.condition) if name not in bound]
    if unbound:
        names = ", ".join(f"?{each.name}" for each in unbound)
        return telling.finding("filter-unbound", names, part=condition, count=0)
    parts = tuple(each.whole for each in before)
    for kind, changed, given in _changes(telling, condition):
        count = yield counted(*parts, changed)
        if count:
            words = (*given, telling.count(count))
            return telling.finding(kind, told, *words, part=condition, count=0)
    languages = yield from _languages(telling, parts, condition, told)
    if languages is not None:
        return languages
    return telling.finding("filter-empty", told, part=condition, count=0)


def _is_absence(value: t.Expression) -> bool:
    if not isinstance(value, t.Call):
        return False
    inner = value.arguments[0] if value.name == "!" and value.arguments else None
    return value.name == "NOT EXISTS" or (isinstance(inner, t.Call) and inner.name == "EXISTS")


def _needed(value: t.Expression) -> dict[t.Variable, None]:
    """The variables without a value for which a condition is an error."""
    if isinstance(value, t.Variable):
        return {value: None}
    if not isinstance(value, t.Call) or value.name in ("BOUND", "COALESCE", "||", "!", "IF"):
        return {}
    if value.group is not None:
        return {}
    return {name: None for each in value.arguments for name in _needed(each)}


def _calls(value: t.Expression) -> Iterator[t.Call]:
    if isinstance(value, t.Call):
        yield value
        for each in value.arguments:
            yield from _calls(each)


def _changes(
    telling: Telling, condition: t.Filter
) -> Iterator[tuple[str, t.Filter, tuple[str, ...]]]:
    """The condition with one thing mended: what is wrong, the condition, and words for it."""
    for call in _calls(condition.condition):
        if call.name in _COMPARISONS and len(call.arguments) >= 2:
            yield from _compared(telling, condition, call)
        if call.name == "REGEX" and len(call.arguments) == 2:
            mended = replace(call, arguments=(*call.arguments, Literal("i")))
            yield "filter-case", _with(condition, call, mended), ()
        elif call.name in _TEXTS and len(call.arguments) == 2:
            lower = tuple(t.Call("LCASE", (t.Call("STR", (each,)),)) for each in call.arguments)
            yield "filter-case", _with(condition, call, replace(call, arguments=lower)), ()


def _compared(
    telling: Telling, condition: t.Filter, call: t.Call
) -> Iterator[tuple[str, t.Filter, tuple[str, ...]]]:
    first, *others = call.arguments
    literals = [each for each in others if isinstance(each, Literal)]
    if not literals or len(literals) != len(others):
        return
    name = telling.pattern(literals[0])
    plain = all(not each.language and each.datatype == XSD + "string" for each in literals)
    if isinstance(first, t.Variable):
        bare = tuple(Literal(each.value) for each in literals)
        text = t.Call("STR", (first,))
        mended = replace(call, arguments=(text, *bare))
        if plain and call.name in ("=", "IN"):
            words = (name, telling.pattern(first))
            yield "filter-language-tag", _with(condition, call, mended), words
    for datatype in _DATATYPES:
        typed = tuple(
            Literal(_completed(each.value, datatype), XSD + datatype) for each in literals
        )
        if typed != tuple(literals):
            mended = replace(call, arguments=(first, *typed))
            words = (name, telling.pattern(typed[0]))
            yield "filter-datatype", _with(condition, call, mended), words


def _completed(text: str, datatype: str) -> str:
    """A year, a month or a day as a datatype would have it; other texts as they are."""
    if datatype == "date" and len(text) in (4, 7):
        return text + "-01-01"[(len(text) - 4) :]
    if datatype == "gYear" and len(text) == 10:
        return text[:4]
    if datatype == "dateTime" and len(text) == 10:
        return text + "T00:00:00"
    return text


def _with(condition: t.Filter, old: t.Call, new: t.Call) -> t.Filter:
    return replace(condition, condition=_swapped(condition.condition, old, new))


def _swapped(value: Any, old: t.Call, new: t.Call) -> Any:
    if value is old:
        return new
    if not isinstance(value, t.Call):
        return value
    return replace(value, arguments=tuple(_swapped(each, old, new) for each in value.arguments))


def _languages(
    telling: Telling, parts: tuple[t.Part, ...], condition: t.Filter, told: str
) -> Asking:
    """The languages that there are, where a condition asks for one that there is not."""
    for call in _calls(condition.condition):
        if call.name not in ("=", "LANGMATCHES", "IN") or not call.arguments:
            continue
        first = call.arguments[0]
        if not (isinstance(first, t.Call) and first.name == "LANG"):
            continue
        found = []
        for language in _LANGUAGES:
            asked = t.Call("=", (t.Call("LCASE", (first,)), Literal(language)))
            if (yield counted(*parts, t.Filter(asked))):
                found.append(f"“{language}”")
        if found:
            subject = telling.pattern(first.arguments[0])
            listed = ", ".join(found)
            return telling.finding(
                "filter-languages", told, subject, listed, part=condition, count=0
            )
    return None
