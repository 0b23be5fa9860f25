"""What a verb that draws gives back: a subgraph that can be looked at and handed on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Self

from triplary import explore, measure, render
from triplary.errors import BadParameter, MissingExtra
from triplary.kg.behind import Behind
from triplary.kg.recipe import Pairs
from triplary.terms import IRI, Node, Subgraph
from triplary.view import View, make
from triplary.view.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    import pandas as pd
    import rdflib

__all__ = ["Found", "Origin", "Picture", "frame"]


@dataclass(frozen=True, slots=True)
class Origin:
    """How something was found: the verb, its parameters, and the version of the graph.

    `class_order` are the graph's classes, so that each has one colour in all views of the graph;
    `found` counts the nodes that were there after each step, `opened` are those opened after
    the first. `filters` and `as_of` say what was left out, `behind` knows what that was.
    """

    verb: str
    parameters: Pairs
    version: str
    asked: tuple[Node, ...] = ()
    class_order: tuple[IRI, ...] = ()
    found: tuple[int, ...] = ()
    opened: tuple[Node, ...] = ()
    filters: Pairs = ()
    as_of: str = ""
    behind: Behind | None = field(default=None, compare=False, repr=False)


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
        """How much was found, by what, and how much of it is hidden."""
        text = f"{self.title()}: {len(self.nodes)} nodes, {len(self.edges)} edges"
        nodes, edges = self.hidden
        left = f"; {nodes} nodes, {edges} edges hidden" if nodes or edges else ""
        return f"<{text}{left}>"

    @property
    def facets(self) -> explore.Facets:
        """What could be filtered by: how much there is of it, and how much is shown."""
        behind = self.origin.behind
        return behind.facets if behind is not None else explore.Facets()

    @property
    def hidden(self) -> tuple[int, int]:
        """How many nodes and edges filters and hiding leave out."""
        behind = self.origin.behind
        return behind.hidden if behind is not None else (0, 0)

    def title(self, language: str = "en") -> str:
        """What the subgraph is, by the verb that found it and the entities it was asked for."""
        called = {node.iri: node.label(language) for node in (*self.vocabulary, *self.nodes)}
        names = [called[iri] for iri in dict.fromkeys(self.origin.asked) if iri in called]
        joint = "to" if self.origin.verb == "paths" else "and"
        by = dict(self.origin.parameters).get("by", "")
        verb = "opening" if self.origin.verb == "rank" and not by else self.origin.verb
        return word(f"title {verb}", language, names=word(joint, language).join(names), by=by)

    def view(
        self,
        *,
        title: str = "",
        language: str = "en",
        layout: str = "force",
        size: str = "degree",
        color: str = "class",
        pinned: Mapping[Node, tuple[float, float]] | None = None,
        **style: Any,
    ) -> Picture:
        """The subgraph laid out as a view; `style` is what `view.make` takes besides.

        `size` is degree (within the subgraph), or pagerank or betweenness (of the whole graph);
        `color` class or community; `layout` force, hierarchy, circle or timeline. What filters
        leave stands where it stood without them, if it was there. Raises BadParameter.
        """
        if size not in measure.MEASURES:
            raise BadParameter("size", size, f"it is one of {', '.join(measure.MEASURES)}")
        look = {
            "title": title, "language": language, "layout": layout, "size_by": size,
            "color_by": color, "pinned": pinned, **style,
        }  # fmt: skip
        return Picture.of(self._spoken(language)._looked_at(look))

    def _spoken(self, language: str) -> Self:
        """The same, with hints in a language."""
        behind = self.origin.behind
        if behind is None or language == "en":
            return self
        nodes = (replace(n, hint=behind.hint(n, language)) for n in self.nodes)
        return replace(self, nodes=tuple(nodes))

    def _looked_at(self, look: Mapping[str, Any]) -> View:
        behind = self.origin.behind
        narrowed = bool(self.origin.filters or self.origin.as_of)
        if behind is None or not narrowed or look["layout"] != "force":
            return self._made(self, self.origin.found, look)
        outline = behind.outline()
        if outline is None:
            return self._made(self, self.origin.found, look)
        return self._left_of(self._made(*outline, look))

    def _made(self, subgraph: Subgraph, steps: "Sequence[int]", look: Mapping[str, Any]) -> View:
        origin = self.origin
        measured: dict[str, Any] = {}
        if origin.behind is not None:
            nodes = [node.iri for node in subgraph.nodes]
            by = look["size_by"]
            scores = None if by == "degree" else origin.behind.scores(by, nodes)
            measured = {"begins": origin.behind.begins(nodes), "scores": scores}
        return make(
            subgraph, found=steps, verb=origin.verb, parameters=origin.parameters,
            version=origin.version, asked=origin.asked, opened=origin.opened,
            class_order=origin.class_order, filters=origin.filters, as_of=origin.as_of,
            **{**measured, **look},
        )  # fmt: skip

    def _left_of(self, view: View) -> View:
        """What filters leave of the view of everything: its places, scores, communities, dates."""
        place = {node.iri: number for number, node in enumerate(view.subgraph.nodes)}
        kept = [place[node.iri] for node in self.nodes]
        shown = {node.iri for node in self.nodes}
        return replace(
            view,
            subgraph=self,
            positions=tuple(view.positions[number] for number in kept),
            scores=tuple(view.scores[number] for number in kept if view.scores),
            communities=tuple(view.communities[number] for number in kept if view.communities),
            begins=tuple(view.begins[number] for number in kept if view.begins),
            pinned=tuple(node for node in view.pinned if node in shown),
        )

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
        return frame(rows, columns)

    def _repr_html_(self) -> str:
        return self.view()._repr_html_()


def frame(rows: "Sequence[Any]", columns: "Sequence[str]") -> "pd.DataFrame":
    """The rows as a data frame; raises MissingExtra where pandas is not installed."""
    try:
        import pandas as pd
    except ImportError as fault:
        raise MissingExtra("pandas", "pandas") from fault
    return pd.DataFrame(rows, columns=list(columns))
