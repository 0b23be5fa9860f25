"""The drawing in words: for people who can't see it, for quoting, for a terminal."""

from triplary.render.legend import source_line
from triplary.view import View, labels
from triplary.view.sentences import sentences
from triplary.view.words import word

__all__ = ["text"]


def text(view: View) -> str:
    """The view as plain text: its title, a sentence for each edge, the sources with licences."""
    language, name = view.language, view.namer()
    parts = [labels.clean(view.title)] if view.title else []
    parts.append(
        word("described", language, nodes=len(view.subgraph), edges=len(view.drawn_edges()))
    )
    told = list(sentences(view))
    if told:
        parts += ["", *told]
    tied = {node for edge in view.drawn_edges() for node in (edge.subject, edge.object)}
    alone = [name(node.iri) for node in view.subgraph if node.iri not in tied]
    if alone:
        listed = word("comma", language).join(alone)
        parts += ["", word("alone", language) + word("colon", language) + listed]
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
