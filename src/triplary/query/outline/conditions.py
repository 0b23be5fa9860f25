"""Expressions in words: conditions, calculations and aggregates."""

from collections.abc import Callable
from typing import Final

from triplary.query import tree as t
from triplary.query.outline.speech import Speech
from triplary.terms import IRI, XSD, Literal

__all__ = ["Conditions"]

_INFIX: Final = frozenset(("=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"))
_LISTS: Final = frozenset(("COALESCE", "CONCAT"))


class Conditions:
    """Says expressions; `told` says in one line what EXISTS looks for."""

    def __init__(self, speech: Speech, told: Callable[[t.Group], str]) -> None:
        """Speak in a language, with the labels of a graph."""
        self.speech, self._told = speech, told

    def said(self, value: t.Expression) -> str:
        """An expression in words; one that has none is quoted."""
        if not isinstance(value, t.Call):
            return self.speech.quoted(value) if isinstance(value, t.Everything) else (
                self.speech.term(value)
            )  # fmt: skip
        return self._call(value)

    def _call(self, call: t.Call) -> str:
        speech, name = self.speech, call.name
        if name in ("&&", "||"):
            return speech.say(name).join(self._within(each, name) for each in call.arguments)
        if call.group is not None:
            key = "there is" if name == "EXISTS" else "there is not"
            return speech.say(key, self._told(call.group))
        if found := self._of_language(call):
            return found
        if name == "!":
            return self._negated(call.arguments[0])
        if name in ("IN", "NOT IN"):
            return self._one_of(call)
        if name == "REGEX":
            return self._pattern(call)
        if name in _INFIX and len(call.arguments) == 2:
            return speech.say(name, *(self._within(each, name) for each in call.arguments))
        if name == "-":
            return speech.say("minus one", self.said(call.arguments[0]))
        return self._function(call)

    def _within(self, value: t.Expression, around: str) -> str:
        """An operand, in brackets where it would else be read otherwise."""
        said = self.said(value)
        nested = isinstance(value, t.Call) and (
            (value.name in ("&&", "||") and value.name != around)
            or (around in "+-*/" and value.name in _INFIX and len(value.arguments) == 2)
        )
        return self.speech.say("grouped words", said) if nested else said

    def _negated(self, value: t.Expression) -> str:
        speech = self.speech
        if isinstance(value, t.Call):
            if value.name == "BOUND":
                return speech.say("not BOUND", self.said(value.arguments[0]))
            if value.group is not None:
                key = "there is not" if value.name == "EXISTS" else "there is"
                return speech.say(key, self._told(value.group))
            said = self.said(value)
            nested = value.name in ("&&", "||")
            return speech.say("!", speech.say("grouped words", said) if nested else said)
        return speech.say("!", self.said(value))

    def _one_of(self, call: t.Call) -> str:
        first, *members = map(self.said, call.arguments)
        if len(members) == 1:
            return self.speech.say(f"{call.name} 1", first, members[0])
        return self.speech.say(call.name, first, self.speech.listed(members))

    def _pattern(self, call: t.Call) -> str:
        text, pattern, *flags = call.arguments
        plain = not flags or (isinstance(flags[0], Literal) and flags[0].value in ("", "i"))
        if not plain:
            return self.speech.quoted(call)
        key = "REGEX i" if flags and getattr(flags[0], "value", "") == "i" else "REGEX"
        return self.speech.say(key, self.said(text), self.said(pattern))

    def _of_language(self, call: t.Call) -> str:
        """What is said of the language of a text; '' where nothing is."""
        speech = self.speech
        if call.name == "LANGMATCHES":
            text, tag = self._language_of(call.arguments[0]), call.arguments[1]
            if text is not None and isinstance(tag, Literal) and tag.value != "*":
                return speech.say("in language wide", text, speech.tongue(tag.value))
            return ""
        if call.name not in ("=", "!=", "IN") or not call.arguments:
            return ""
        text = self._language_of(call.arguments[0])
        tags = [each.value for each in call.arguments[1:] if isinstance(each, Literal)]
        if text is None or not tags or len(tags) != len(call.arguments) - 1:
            return ""
        named = [speech.tongue(tag) for tag in tags if tag]
        if call.name == "!=":
            return speech.say("not in language", text, named[0]) if named else ""
        if not named:
            return speech.say("in no language", text)
        key = "in language" if "" not in tags else "in language or none"
        return speech.say(key, text, speech.listed(named, "last or"))

    def _language_of(self, value: t.Expression) -> str | None:
        """What LANG(…) is the language of; None where it is no such call."""
        if isinstance(value, t.Call) and value.name == "LANG":
            return self.said(value.arguments[0])
        return None

    def _function(self, call: t.Call) -> str:
        speech, name = self.speech, call.name
        given = [self.said(each) for each in call.arguments]
        if call.distinct:
            given = [speech.say("different", each) for each in given]
        if name == "COUNT" and isinstance(call.arguments[0], t.Everything):
            return speech.say("COUNT *")
        if name == "GROUP_CONCAT" and call.separator is not None:
            separator = speech.say("text", call.separator)
            return speech.say("GROUP_CONCAT by", given[0], separator)
        if name in _LISTS:
            return speech.say(name, speech.listed(given))
        if name == "SUBSTR" and len(given) == 3:
            return speech.say("SUBSTR 3", *given)
        if name == "REPLACE" and len(given) > 3:
            return speech.quoted(call)
        if name.startswith(XSD) and len(given) == 1:
            return speech.say("cast", given[0], speech.labels.name(IRI(name)))
        if speech.has(name) and speech.say(name, *["{}"] * 9).count("{}") == len(given):
            return speech.say(name, *given)
        return speech.quoted(call)
