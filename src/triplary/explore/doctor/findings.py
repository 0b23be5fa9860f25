"""What the doctor found, in a sentence of the reader's language."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from triplary.explore.doctor.steps import MOST
from triplary.explore.outlined import labels_of
from triplary.index import Index
from triplary.query import tree as t
from triplary.query.outline.speech import spaced
from triplary.query.writing import written
from triplary.terms import IRI, Literal

__all__ = ["Finding", "Near", "Telling"]


@dataclass(frozen=True, slots=True)
class Near:
    """What may have been meant: as a query would have it, its IRI ('' for a literal), its label."""

    name: str
    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: a kind, a sentence, and the part of the query it is about, as SPARQL.

    `line` and `column` are from 1, None where the place is not known; `count` are solutions.
    """

    kind: str
    sentence: str
    pattern: str = ""
    line: int | None = None
    column: int | None = None
    count: int | None = None
    near: tuple[Near, ...] = ()


_ONE: Final = re.compile(r"\b(?<!,)1 solutions fit\b")


@cache
def _phrases(language: str) -> Mapping[str, str]:
    text = (files("triplary.explore.doctor") / f"{language}.json").read_text("utf-8")
    found: Mapping[str, str] = json.loads(text)
    return found


class Telling:
    """Makes findings in one language, with the names of one graph."""

    def __init__(self, index: Index, language: str) -> None:
        """Remember whose words to use."""
        self.index, self.language = index, language
        self.labels = labels_of(index, language)

    def pattern(self, part: Any) -> str:
        """A part of a query as SPARQL, with short names."""
        return written(part, self.name)

    def name(self, iri: IRI) -> str:
        """An IRI as a query may have it: by its prefix, else in full."""
        short = self.index.ontology.curie(iri)
        return f"<{iri}>" if short == str(iri) else short

    def count(self, number: int | None) -> str:
        """A number of solutions; more than MOST were not counted."""
        if number is None:
            return "?"
        return f"{MOST:,}+" if number > MOST else f"{number:,}"

    def near(self, iri: IRI) -> Near:
        """An IRI that may have been meant."""
        return Near(self.name(iri), str(iri), self.labels.label(iri) or self.labels.name(iri))

    def near_literal(self, literal: Literal) -> Near:
        """A literal that may have been meant."""
        return Near(written(literal, self.name), "", literal.value)

    def say(self, key: str, *given: object) -> str:
        """The phrase of that name with its gaps filled."""
        said = _phrases(self.language)[key].format(*given)
        if self.language == "zh":
            return spaced(said)
        return _ONE.sub(r"1 solution fits", said)

    def finding(
        self,
        kind: str,
        *given: object,
        part: Any = None,
        count: int | None = None,
        near: tuple[Near, ...] = (),
        about: Any = None,
    ) -> Finding:
        """A finding about a part of the query; its place is that of `about`, or of the part."""
        placed = about if about is not None else part
        line, column = getattr(placed, "line", 0), getattr(placed, "column", 0)
        if isinstance(placed, t.Graph | t.Optional) and placed.group.parts:
            first = placed.group.parts[0]
            line, column = getattr(first, "line", 0), getattr(first, "column", 0)
        said = self.say(kind, *given)
        if near:
            said += self.say("near", self.say("or").join(self._called(each) for each in near))
        return Finding(
            kind, said, self.pattern(part) if part is not None else "", line or None,
            column or None, count, near,
        )  # fmt: skip

    def _called(self, near: Near) -> str:
        """A name, with its label where that says more."""
        plain = not near.iri or near.label in near.name
        return near.name if plain else self.say("with label", near.name, near.label)
