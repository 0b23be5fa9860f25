"""The words that terms, lists and properties have in one language."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from triplary.query import tree as t
from triplary.query.writing import written
from triplary.terms import IRI, RDF_LANG_STRING, XSD, BlankNode, Literal, filled

__all__ = ["LANGUAGES", "Labels", "Speech"]

LANGUAGES: Final = ("en", "zh")

_PLAIN: Final = frozenset(
    XSD + name
    for name in (
        "integer", "decimal", "double", "float", "boolean", "date", "dateTime", "gYear",
        "gYearMonth", "int", "long", "nonNegativeInteger",
    )
)  # fmt: skip
_VERBS: Final = re.compile(
    r"^(?:has|have|is|was|are|comes?|works?|uses?|makes?|gives?|says?|runs?|holds?|owns?|shows?|"
    r"can|does|belongs?|contains?|supports?|mentions?|covers?|offers?|lies|stands|costs?|needs?|"
    r"disputes?|measures?|refers?|applies|addresses|corrects|powers|replaces|requires|provides|"
    r"includes|cites|trains|targets|depends|derives|means|becomes|takes|leads|names|speaks|carries|took|"
    r"rests|first \w+s)\b|^\w+[^s]s(?: \w+)* (?:of|in|on|by|to|with|from|at|for|as)$"
)
_PARTICIPLES: Final = re.compile(
    r"^(?:\w+ed|built|made|known|held|given|shown|led|taken|written|run|sold|set|found|born|"
    r"attributed|seen|said|available|part|similar|equivalent|same|related|first \w+ed|last \w+ed)"
    r"\b(?= |$)|(?:^| )(?:of|in|on|by|to|with|from|at|for|as|until|after|before)$"
)
_CHINESE_VERBS: Final = re.compile(
    r"^(?:是|有|由|来自|属于|位于|基于|使用|包含|拥有|支持|反对|具有|开发|提供|需要|运行|发布于|隶属|所在)"
    r"|(?:于|自|为|是|在|有|属|到|至|用)$"
)


@dataclass(frozen=True, slots=True)
class Labels:
    """What a graph calls its terms: each a function of an IRI, '' where it has no label.

    `inverse` is what a property is called the other way round, `name` a short form of any IRI;
    `property` says whether an IRI is a property, whose label is no name by itself.
    """

    label: Callable[[IRI], str]
    inverse: Callable[[IRI], str]
    name: Callable[[IRI], str]
    property: Callable[[IRI], bool] = lambda _: False


@cache
def _phrases(language: str) -> Mapping[str, str]:
    text = (files("triplary.query.outline") / f"{language}.json").read_text("utf-8")
    found: Mapping[str, str] = json.loads(text)
    return found


class Speech:
    """Words in one language, with the labels of one graph."""

    def __init__(self, language: str, labels: Labels) -> None:
        """Speak `language`, which is one of LANGUAGES."""
        self.language, self.labels = language, labels
        self._phrases = _phrases(language)

    def has(self, key: str) -> bool:
        """Whether there is a phrase of that name."""
        return key in self._phrases

    def say(self, key: str, *given: object) -> str:
        """The phrase of that name with its gaps filled."""
        return self._phrases[key].format(*given)

    def finished(self, text: str) -> str:
        """A sentence as it is shown: in Chinese, with spaces where they belong and nowhere else."""
        return text if self.language == "en" else spaced(text)

    def listed(self, parts: Sequence[str], last: str = "last") -> str:
        """Parts as a list: a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("list").join(parts[:-1]) + self._phrases[last] + parts[-1]

    def clauses(self, parts: Sequence[str]) -> str:
        """Clauses one after the other."""
        if len(parts) < 2:
            return "".join(parts)
        return self._phrases["clauses"].join(parts[:-1]) + self._phrases["last clause"] + parts[-1]

    def quoted(self, value: Any) -> str:
        """What has no words here, as SPARQL."""
        return self.say("quoted", written(value, self.labels.name))

    def iri(self, iri: IRI) -> str:
        """What an IRI is called, by its label or else by its short form."""
        return self.labels.label(iri) or self.labels.name(iri)

    def term(self, value: Any) -> str:
        """A term or a variable; a blank node is something."""
        if isinstance(value, t.Variable):
            return f"?{value.name}"
        if isinstance(value, BlankNode):
            number = value.value.removeprefix("b")
            return self.say("something") if number == "1" else self.say("something n", number)
        if isinstance(value, IRI):
            called = self.iri(value)
            return self.say("property", called) if self.labels.property(value) else called
        if isinstance(value, Literal):
            return self._literal(value)
        return self.quoted(value)

    def _literal(self, value: Literal) -> str:
        if value.datatype == RDF_LANG_STRING:
            return self.say("text in", value.value, self.tongue(value.language))
        if value.datatype == XSD + "string":
            return self.say("text", value.value)
        if value.datatype in _PLAIN:
            return value.value
        return self.say("typed", value.value, self.labels.name(IRI(value.datatype)))

    def tongue(self, tag: str) -> str:
        """The name of a language by its tag."""
        key = f"language {tag.partition('-')[0].lower()}"
        return self.say(key) if self.has(key) else self.say("language other", tag)

    def article(self, noun: str) -> str:
        """The indefinite article before a noun; '' where the language has none."""
        if self.language != "en":
            return ""
        return "an" if noun[:1].lower() in "aeiou" else "a"

    def joined(self, predicate: IRI, object: str, *, backwards: bool = False) -> str:
        """What a property says of a subject: that it “is developed by ?x”, “has the name ?x”.

        `backwards` says it of the object.
        """
        if backwards:
            turned = self.labels.inverse(predicate)
            if turned:
                return self._verbal(turned, object) or self.say("noun", turned, object)
            return self._turned(self.iri(predicate), object)
        word = self.iri(predicate)
        return self._verbal(word, object) or self.say("noun", word, object)

    def _verbal(self, word: str, object: str) -> str:
        """The clause of a property that is called by a verb; '' where it is a noun."""
        kind = self._kind(word)
        if self.language == "zh" and kind == "verb":
            return filled(word, f" {object} ")
        return filled(self.say(kind, word), object) if kind != "noun" else ""

    def _turned(self, word: str, subject: str) -> str:
        kind = self._kind(word)
        bare = word.replace("…", "")
        return self.say("noun of" if kind == "noun" else f"what {kind}", bare, subject)

    def _kind(self, word: str) -> str:
        if "…" in word:
            return "verb" if self.language == "zh" else "participle"
        if self.language == "zh":
            return "verb" if _CHINESE_VERBS.search(word) else "noun"
        if _VERBS.match(word):
            return "verb"
        return "participle" if _PARTICIPLES.search(word) else "noun"


_HAN: Final = r"[\u4e00-\u9fff]"
_QUOTED: Final = re.compile(r"(“[^”]*”|`[^`]*`)")
_TIGHT: Final = re.compile(rf"(?<={_HAN})(?=[?A-Za-z0-9<_])|(?<=[A-Za-z0-9_>])(?={_HAN})")
_LOOSE: Final = re.compile(rf" *([，：；。、（）]) *|(?<={_HAN}) +(?={_HAN})")


def spaced(text: str) -> str:
    """Chinese text with a space between Chinese and Latin letters, and none besides.

    What stands in quotation marks stays as it is.

    >>> spaced("由?developer开发，  标签 为 “ a ,b”")
    '由 ?developer 开发，标签为“ a ,b”'
    """
    parts = _QUOTED.split(text)
    for place in range(0, len(parts), 2):
        part = _LOOSE.sub(lambda found: found[1] or "", parts[place])
        part = _TIGHT.sub(" ", re.sub(" +", " ", part))
        part = part.lstrip(" ") if place and parts[place - 1].startswith("“") else part
        last = place + 1 < len(parts) and parts[place + 1].startswith("“")
        parts[place] = part.rstrip(" ") if last else part
    return "".join(parts)
