"""What a verb gives back in a notebook: the rooms' frozen values, with doors to other tools."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Self

from triplary import explore, measure
from triplary.errors import NotFound
from triplary.kg.found import Found, Origin, Picture, frame
from triplary.kg.rows import Rows, Statements
from triplary.kg.wording import (
    lines_of,
    lines_of_comparison,
    lines_of_matches,
    lines_of_paths,
)
from triplary.terms import Entity, Path
from triplary.view.sentences import sentence

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Comparison",
    "Description",
    "Found",
    "Matches",
    "Origin",
    "Paths",
    "Picture",
    "Ranking",
    "Rows",
    "Statements",
]


class Matches(tuple[explore.Match, ...]):
    """What search found, the best first."""

    __slots__ = ()

    def __repr__(self) -> str:
        """A line each."""
        return "\n".join(lines_of_matches(self, "en")) or "<Matches: nothing>"

    def first(self) -> Entity:
        """The best entity; raises NotFound where nothing was found."""
        if not self:
            raise NotFound("entity", "(no match)")
        return self[0].entity


@dataclass(frozen=True, slots=True, repr=False)
class Description(explore.Description):
    """All that is said of an entity, which a notebook shows as lines."""

    @classmethod
    def of(cls, description: explore.Description) -> Self:
        """The same description."""
        return cls(**{f.name: getattr(description, f.name) for f in fields(explore.Description)})

    def __repr__(self) -> str:
        """Each fact in a line, with who says so."""
        return "\n".join(lines_of(self, "en"))


class Paths(tuple[Path, ...]):
    """Paths between two entities, the most telling first, with the subgraph they make."""

    subgraph: Found

    def __new__(cls, paths: Iterable[Path], subgraph: Found) -> Self:
        """Keep the paths beside the drawing of them all."""
        made = super().__new__(cls, paths)
        made.subgraph = subgraph
        return made

    def __repr__(self) -> str:
        """Each path, each step a sentence."""
        return "\n".join(lines_of_paths(self, self.sentences(), "en")) or "<Paths: none>"

    def sentences(self, language: str = "en") -> tuple[tuple[str, ...], ...]:
        """Each path as sentences, a step each, with who says so."""
        name = self.subgraph.view(language=language).namer()
        return tuple(
            tuple(sentence(edge, name=name, language=language) for edge in path.edges)
            for path in self
        )

    def view(self, **look: Any) -> Picture:
        """All the paths as one picture; `look` is what `Found.view` takes."""
        return self.subgraph.view(**look)


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(explore.Comparison):
    """What two entities share and what has only one, with the subgraph of both."""

    found: Found = field(default_factory=Found)
    words: tuple[Entity, ...] = ()

    @classmethod
    def of(cls, comparison: explore.Comparison, found: Found, words: Iterable[Entity]) -> Self:
        """The same comparison with a subgraph that can be looked at, and the words to say it."""
        values = {f.name: getattr(comparison, f.name) for f in fields(explore.Comparison)}
        return cls(**values, found=found, words=tuple(words))

    def __repr__(self) -> str:
        """What is shared and what is not, a line each."""
        return "\n".join(self.lines())

    def lines(self, language: str = "en") -> tuple[str, ...]:
        """What is shared, then what only one has, each with who says so."""
        return tuple(lines_of_comparison(self, self.words, language))

    def view(self, **look: Any) -> Picture:
        """Both entities and what they share as one picture."""
        return self.found.view(**look)


@dataclass(frozen=True, slots=True, repr=False)
class Ranking(measure.Ranking):
    """Entities with their scores, the highest first, with the subgraph of the first ones."""

    found: Found = field(default_factory=Found)

    @classmethod
    def of(cls, ranking: measure.Ranking, found: Found) -> Self:
        """The same ranking with a subgraph that can be looked at."""
        values = {f.name: getattr(ranking, f.name) for f in fields(measure.Ranking)}
        return cls(**values, found=found)

    def __repr__(self) -> str:
        """The ranking as lines: score and label."""
        rows = "".join(f"\n{row.score:12.6g}  {row.entity.label()}" for row in self.scores)
        return f"<Ranking by {self.by}: {len(self.scores)} of {self.total}>{rows}"

    def head(self, count: int = 5) -> Self:
        """The first of the ranking."""
        return replace(self, scores=self.scores[: max(count, 0)])

    def to_pandas(self) -> "pd.DataFrame":
        """The ranking as a data frame: entity, label, class, score."""
        rows = [
            {
                "entity": str(ranked.entity.iri),
                "label": ranked.entity.label(),
                "class": ranked.entity.classes[0].local_name if ranked.entity.classes else None,
                "score": ranked.score,
            }
            for ranked in self.scores
        ]
        return frame(rows, ["entity", "label", "class", "score"])

    def view(self, **look: Any) -> Picture:
        """The ranked entities and the edges among them as one picture."""
        return self.found.view(**look)
