"""What a verb gives back in a notebook: the rooms' frozen values, with doors to other tools."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Final, Self

from triplary import explore, measure, render
from triplary.errors import MissingExtra, NotFound
from triplary.kg.wording import (
    lines_of,
    lines_of_comparison,
    lines_of_matches,
    lines_of_paths,
    table_of,
)
from triplary.terms import IRI, Entity, Literal, Node, Path, Subgraph, Table, Term
from triplary.view import View, make
from triplary.view.sentences import sentence
from triplary.view.words import word

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

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
]


SHOWN: Final = 20
"""How many rows of an answer a notebook's prompt shows."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How something was found: the verb, its parameters, and the version of the graph.

    `class_order` are the graph's classes, so that each has one colour in all views of the graph;
    `found` counts the nodes that were there after each entity of `asked` was opened.
    """

    verb: str
    parameters: tuple[tuple[str, str], ...]
    version: str
    asked: tuple[Node, ...] = ()
    class_order: tuple[IRI, ...] = ()
    found: tuple[int, ...] = ()


class Picture(View):
    """A view that a notebook shows, and that saves itself as a file."""

    __slots__ = ()

    @classmethod
    def of(cls, view: View) -> Self:
        """The same view, with the doors of a notebook."""
        return cls(**{field.name: getattr(view, field.name) for field in fields(View)})

    def save(self, path: str | FilePath) -> FilePath:
        """The path of the file written; its suffix chooses the format (see `render.FORMATS`)."""
        return render.save(self, FilePath(path))

    def _repr_html_(self) -> str:
        return render.render(self, "svg").decode("utf-8")


@dataclass(frozen=True, slots=True, repr=False)
class Found(Subgraph):
    """A subgraph that knows how it was found, and can be looked at and handed on."""

    origin: Origin = Origin("", (), "")

    @classmethod
    def of(cls, subgraph: Subgraph, origin: Origin) -> Self:
        """The same subgraph with its origin."""
        return cls(subgraph.nodes, subgraph.edges, subgraph.more, subgraph.vocabulary, origin)

    def __repr__(self) -> str:
        """How much was found, by what."""
        return f"<{self.title()}: {len(self.nodes)} nodes, {len(self.edges)} edges>"

    def title(self, language: str = "en") -> str:
        """What the subgraph is, by the verb that found it and the entities it was asked for."""
        called = {node.iri: node.label(language) for node in self.nodes}
        names = [called[iri] for iri in self.origin.asked if iri in called]
        joint = "to" if self.origin.verb == "paths" else "and"
        by = dict(self.origin.parameters).get("by", "")
        verb = "opening" if self.origin.verb == "rank" and not by else self.origin.verb
        return word(f"title {verb}", language, names=word(joint, language).join(names), by=by)

    def view(
        self,
        *,
        title: str = "",
        language: str = "en",
        pinned: Mapping[Node, tuple[float, float]] | None = None,
        **style: Any,
    ) -> Picture:
        """The subgraph laid out as a view; `style` is what `view.make` takes besides."""
        view = make(
            self, title=title, language=language, pinned=pinned, verb=self.origin.verb,
            parameters=self.origin.parameters, version=self.origin.version,
            asked=self.origin.asked, class_order=self.origin.class_order,
            found=self.origin.found, **style,
        )  # fmt: skip
        return Picture.of(view)

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """The subgraph as a NetworkX graph: nodes by IRI, edges by predicate, evidence as data."""
        return render.to_networkx(self.view())

    def to_rdflib(self) -> "rdflib.Dataset":
        """The subgraph as an rdflib Dataset: each source's statements in its named graph."""
        return render.to_rdflib(self.view())

    def to_pandas(self) -> "pd.DataFrame":
        """The edges as a data frame: subject, predicate, object, verdict, sources."""
        rows = [
            {
                "subject": str(edge.subject),
                "predicate": str(edge.predicate),
                "object": str(edge.object),
                "verdict": edge.verdict,
                "sources": "; ".join(dict.fromkeys(e.source.title for e in edge.evidence)),
            }
            for edge in self.edges
        ]
        columns = ["subject", "predicate", "object", "verdict", "sources"]
        return _frame(rows, columns)

    def _repr_html_(self) -> str:
        return self.view()._repr_html_()


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

    found: Found = Found()
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

    found: Found = Found()

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
        return _frame(rows, ["entity", "label", "class", "score"])

    def view(self, **look: Any) -> Picture:
        """The ranked entities and the edges among them as one picture."""
        return self.found.view(**look)


class Rows(Table):
    """The rows of a query, with doors to a data frame and to a notebook's page."""

    __slots__ = ()

    @classmethod
    def of(cls, table: Table) -> Self:
        """The same table."""
        return cls(table.columns, table.rows, table.cut)

    def __repr__(self) -> str:
        """The first rows as a table, and how many there are."""
        few = Table(self.columns, self.rows[:SHOWN])
        return f"{table_of(few)}({len(few)} of {len(self)} rows)"

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a data frame of Python values; IRIs are their text, unbound is missing."""
        rows = [[_value(term) for term in row] for row in self.rows]
        return _frame(rows, self.columns)

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        rows = (
            "".join(f"<td>{escape('' if term is None else str(term))}</td>" for term in row)
            for row in self.rows
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _value(term: Term | None) -> Any:
    """A term as the Python value it stands for; text where its datatype is not a number's."""
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    kind = term.datatype.rpartition("#")[2]
    try:
        if kind in ("integer", "int", "long", "nonNegativeInteger"):
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
    except ValueError:
        return term.value
    if kind == "boolean":
        return term.value in ("true", "1")
    return term.value


def _frame(rows: Sequence[Any], columns: Sequence[str]) -> "pd.DataFrame":
    try:
        import pandas as pd
    except ImportError as fault:
        raise MissingExtra("pandas", "pandas") from fault
    return pd.DataFrame(rows, columns=list(columns))
