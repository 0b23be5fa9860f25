"""The drawing in words: for people who can't see it, for quoting, for a terminal."""

from collections.abc import Callable

from triplary.render.legend import source_line
from triplary.terms import Node
from triplary.view import View
from triplary.view.communities import members
from triplary.view.labels import clean
from triplary.view.notes import notes
from triplary.view.sentences import sentences
from triplary.view.timeline import when
from triplary.view.words import word

__all__ = ["text"]


def text(view: View) -> str:
    """The view as plain text: its title, a sentence for each edge, the sources with licences."""
    language, name = view.language, view.namer()
    parts = [clean(view.title)] if view.title else []
    parts.append(
        word("described", language, nodes=len(view.subgraph), edges=len(view.drawn_edges()))
    )
    parts += notes(view, name)
    told = list(sentences(view))
    if told:
        parts += ["", *told]
    tied = {node for edge in view.drawn_edges() for node in (edge.subject, edge.object)}
    alone = [name(node.iri) for node in view.subgraph if node.iri not in tied]
    if alone:
        listed = word("comma", language).join(alone)
        parts += ["", word("alone", language) + word("colon", language) + listed]
    parts += _communities(view, name)
    parts += _dates(view, name)
    left_out = sum(more.total - more.shown for more in view.subgraph.more)
    if left_out > 0:
        parts += ["", word("left out", language, count=f"{left_out:,}")]
    sources = [source for source in view.subgraph.sources() if source_line(source, view.language)]
    if sources:
        parts += ["", word("sources", language) + word("colon", language).rstrip()]
        parts += [
            f"- {source_line(s, view.language)}" + (f" <{s.url}>" if s.url else "") for s in sources
        ]
    return "\n".join(parts) + "\n"


def _communities(view: View, name: Callable[[Node], str]) -> list[str]:
    """Who is in each community, where communities are coloured."""
    if view.color_by != "community":
        return []
    inside: dict[int, list[str]] = {}
    for node, number in zip(view.subgraph, view.communities, strict=True):
        inside.setdefault(number, []).append(name(node.iri))
    language = view.language
    comma, colon = word("comma", language), word("colon", language)
    lines = [
        word("community", language, names=word("and", language).join(map(name, one.first)))
        + colon + comma.join(inside[one.number])
        for one in members(view)
    ]  # fmt: skip
    return ["", *lines] if lines else []


def _dates(view: View, name: Callable[[Node], str]) -> list[str]:
    """What a timeline shows: each dated entity, the first first, and those without a date."""
    if view.layout != "timeline":
        return []
    colon = word("colon", view.language)
    rows = [
        (when(date), clean(date), name(node.iri))
        for node, date in zip(view.subgraph, view.begins, strict=False)
    ]
    dated = sorted((time, date, called) for time, date, called in rows if time is not None)
    lines = [f"{date}{colon}{called}" for _, date, called in dated]
    undated = len(view.subgraph) - len(dated)
    if undated:
        lines.append(word("undated", view.language, count=f"{undated:,}"))
    return ["", word("timeline", view.language) + colon.rstrip(), *lines]
