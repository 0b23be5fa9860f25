"""Names of one source that mean entities of another: found by the names alone, with a score.

Two names match where they are the same, where they are the same but for case, spaces, punctuation
and legal forms, or where they are nearly the same and hold the same numbers (RapidFuzz,
https://rapidfuzz.github.io/RapidFuzz/). Names match only within a family of classes: a model never
means a firm. What people decided goes before, and names that could mean two entities match none.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from rapidfuzz import fuzz, process

from triplary.terms import IRI, Literal, Statement

__all__ = ["FAMILIES", "LEAST_SCORE", "Known", "Match", "normal_form", "write_matches"]

ID: Final = "https://w3id.org/triplary/id/"
ONTOLOGY: Final = "https://w3id.org/triplary/ontology#"
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
ALIAS: Final = "http://www.w3.org/2004/02/skos/core#altLabel"

FAMILIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("AIModel", "LanguageModel", "ModelFamily", "Application"), "model"),
    **dict.fromkeys(
        (
            "AcademicOrganization",
            "Company",
            "GovernmentBody",
            "IntergovernmentalOrganization",
            "InternationalOrganization",
            "Organization",
            "ResearchOrganization",
            "University",
        ),
        "organization",
    ),
    **dict.fromkeys(("Framework", "Software"), "software"),
    "Dataset": "dataset",
    "Hardware": "hardware",
    "License": "licence",
    "Sector": "sector",
}
"""The family of each class whose entities are matched."""

LEAST_SCORE: Final = 93.0
"""Of 100: how like each other two normal forms must be to match although they differ."""
FUZZY: Final = frozenset({"organization"})
"""Families whose names may differ by a slip; names of models differ by a letter and are two."""
SHORTEST: Final = 8
"""Shorter normal forms must be the same: in few letters, one is much."""

_LEGAL: Final = re.compile(
    r"\b(?:inc|incorporated|ltd|limited|llc|co|corp|corporation|gmbh|plc|the|pte|private)\b\.?"
)
_DIGITS: Final = re.compile(r"\d+")
_COLUMNS: Final = ("source", "name", "entity", "relation", "family", "method", "score")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A name of a source, the entity it means, how that was found, how like the two names are."""

    source: str
    name: str
    entity: str
    family: str
    method: str
    score: float


def normal_form(name: str, family: str) -> str:
    """The letters and digits of a name, in lower case; of an organisation, without legal forms.

    >>> normal_form("Network Optix, Inc.", "organization"), normal_form("Qwen-2.5 (7B)", "model")
    ('networkoptix', 'qwen257b')
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    if family == "organization":
        text = _LEGAL.sub(" ", text) if len(_LEGAL.sub("", text).strip(" .,")) > 1 else text
    return "".join(letter for letter in text if letter.isalnum())


@dataclass(slots=True)
class Known:
    """The entities known so far, by family and name; it grows by one source after another."""

    exact: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    normal: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, statements: Iterable[Statement]) -> None:
        """Take in the labels and other names of entities that the statements give a class."""
        for entity, family, names in _named(statements):
            for name in names:
                self.exact[family, name].add(entity)
                self.normal[family, normal_form(name, family)].add(entity)

    def matches(
        self, source: str, statements: Iterable[Statement], decided: Mapping[str, set[str]]
    ) -> Iterator[Match]:
        """What the names of a source's entities mean, where it is clear, in no order.

        `decided` holds the entities that people have already ruled on, for each name of the source.
        """
        pools: dict[str, list[str]] = defaultdict(list)
        for family, form in self.normal:
            pools[family].append(form)
        for own, family, names in _named(statements):
            for name in names:
                if name != own:
                    continue
                found = self._match(name, family, pools[family])
                if found is None:
                    continue
                entity, method, score = found
                if entity not in decided.get(name, set()):
                    yield Match(source, name, entity, family, method, score)

    def _match(self, name: str, family: str, pool: list[str]) -> tuple[str, str, float] | None:
        same = self.exact.get((family, name), set())
        if same:
            return (name if name in same else min(same), "same name", 100.0) if (
                name in same or len(same) == 1
            ) else None  # fmt: skip
        form = normal_form(name, family)
        alike = self.normal.get((family, form), set())
        if alike and form:
            (entity, *others) = sorted(alike)
            return None if others else (entity, "normalised", _likeness(name, entity))
        if family not in FUZZY or len(form) < SHORTEST:
            return None
        numbers = _DIGITS.findall(name)
        near = [
            (score, other)
            for other, score, _ in process.extract(
                form, pool, scorer=fuzz.ratio, score_cutoff=LEAST_SCORE, limit=10
            )
            if _DIGITS.findall(other) == _DIGITS.findall(form)
        ]
        entities = {entity for _, other in near for entity in self.normal[family, other]}
        if len(entities) != 1 or numbers != _DIGITS.findall(min(entities)):
            return None
        return entities.pop(), "fuzzy", round(max(score for score, _ in near), 1)


def _likeness(name: str, entity: str) -> float:
    return round(fuzz.ratio(name.casefold(), entity.casefold()), 1)


def _named(statements: Iterable[Statement]) -> Iterator[tuple[str, str, list[str]]]:
    """Each entity of a family, by the name in its IRI, with its names."""
    families: dict[str, str] = {}
    names: dict[str, list[str]] = defaultdict(list)
    for statement in statements:
        subject = str(statement.subject)
        if not subject.startswith(ID):
            continue
        if statement.predicate.value == RDF_TYPE and isinstance(statement.object, IRI):
            family = FAMILIES.get(statement.object.value.removeprefix(ONTOLOGY))
            if family is not None:
                families[subject] = family
        elif statement.predicate.value in {LABEL, ALIAS} and isinstance(statement.object, Literal):
            names[subject].append(statement.object.value)
    for subject in sorted(families):
        name = unquote(subject.removeprefix(ID)).replace("_", " ")
        family = families[subject]
        yield name.removesuffix(" dataset") if family == "dataset" else name, family, names[subject]


def write_matches(matches: Iterable[Match], path: Path) -> None:
    """Write the table that recipes read, sorted by source and name."""
    rows = [
        (
            match.source,
            match.name,
            match.entity,
            "same",
            match.family,
            match.method,
            f"{match.score:.1f}",
        )
        for match in sorted(set(matches))
    ]
    path.write_text("".join("\t".join(row) + "\n" for row in (_COLUMNS, *rows)), "utf-8")
