"""The shapes of what a researcher's workbench asks and is answered."""

from typing import Literal

from pydantic import Field

from triplary.server.models.verbs import Strict

__all__ = [
    "CapsuleRequest",
    "CodeAnswer",
    "CodesAnswer",
    "CompleteAnswer",
    "DoctorAnswer",
    "DoctorRequest",
    "LabelsAnswer",
    "LabelsRequest",
    "OutlineAnswer",
    "OutlineRequest",
    "SchemaAnswer",
]

Tongue = Literal["en", "zh"]


class BothJson(Strict):
    """A label for a reader of either language."""

    en: str
    zh: str


class PrefixJson(Strict):
    """A prefix and the namespace it stands for."""

    prefix: str
    iri: str


class ClassJson(Strict):
    """A class, its CURIE, and how many entities are of it."""

    iri: str
    name: str
    label: BothJson
    count: int


class DomainJson(Strict):
    """A class whose entities have a property, and how many statements they have."""

    class_: str = Field(alias="class")
    count: int


class RangeOfJson(Strict):
    """What a property's values are, by class or by datatype, and how many; the other is ''."""

    class_: str = Field(alias="class")
    datatype: str
    count: int


class PropertyJson(Strict):
    """A property, its CURIE, how many statements have it, and what it joins."""

    iri: str
    name: str
    label: BothJson
    count: int
    domains: list[DomainJson]
    ranges: list[RangeOfJson]


class SchemaAnswer(Strict):
    """What a graph is made of; the most used first."""

    version: str
    prefixes: list[PrefixJson]
    classes: list[ClassJson]
    properties: list[PropertyJson]


class CompletionJson(Strict):
    """A word that fits at a place: `count` says how often it is used there.

    `other` is the label in the other language, where there is another.
    """

    iri: str
    name: str
    label: str
    other: str
    kind: Literal["class", "property", "entity"]
    count: int


class CompleteAnswer(Strict):
    """What fits at a place, the most used first."""

    matches: list[CompletionJson]


class LabelsRequest(Strict):
    """The IRIs whose labels are wanted, 2,000 at most."""

    iris: list[str] = Field(max_length=2000)


class LabelsAnswer(Strict):
    """The label of each IRI that has one."""

    labels: dict[str, str]


class OutlineRequest(Strict):
    """The query that is to be said in words."""

    query: str
    language: Tongue = "en"


class OutlineAnswer(Strict):
    """A query in words, a sentence for each of its parts; what hangs on one is led by tabs."""

    sentences: list[str]


class DoctorRequest(Strict):
    """A query that gave nothing, took long or was killed after `seconds`."""

    query: str
    language: Tongue = "en"
    ran: Literal["empty", "slow", "killed"] = "empty"
    seconds: float = 0.0


class NearJson(Strict):
    """What may have been meant: its name as a query would have it, its IRI, and its label.

    `iri` is '' where it is a literal.
    """

    name: str
    iri: str
    label: str


class FindingJson(Strict):
    """What the doctor found, in a sentence: `pattern` as SPARQL, and where it stands, from 1.

    `count` are solutions, null where they were not counted.
    """

    kind: str
    sentence: str
    pattern: str
    line: int | None
    column: int | None
    count: int | None
    near: list[NearJson]


class DoctorAnswer(Strict):
    """What the doctor found, the most likely cause first."""

    findings: list[FindingJson]


class CodeLanguageJson(Strict):
    """A language that a query can be asked in: its name for addresses, and for people."""

    language: str
    title: str
    file: str


class CodesAnswer(Strict):
    """The languages that a query can be asked in."""

    languages: list[CodeLanguageJson]


class CodeAnswer(CodeLanguageJson):
    """A program that asks a query, and the name of a file for it."""

    text: str


class CapsuleRequest(Strict):
    """The query whose result is wanted as a capsule."""

    query: str
