"""The query that finds what is on the screen: a CONSTRUCT to read, to run anywhere, to change.

It names each edge of the view, so that run on the same graph it finds those and no other. What a
source states it finds as a triple; what only a claim says, as that claim. The queries are files in
`queries/`, in which the rows of a view replace the comments that stand for them.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Final

from triplary.ontology import PREFIXES
from triplary.query import fragment, prefixed
from triplary.render.legend import source_line
from triplary.terms import IRI, BlankNode, Edge, Node
from triplary.view import View, labels
from triplary.view.notes import narrowed
from triplary.view.words import word

__all__ = ["sparql"]

NEEDED: Final = ("rdf", "tri")
"""The prefixes that the query for claims itself uses."""


def sparql(view: View) -> str:
    """The view as a SPARQL 1.1 query that finds its edges; labels stand beside as comments.

    An edge from or to a blank node can be named in no query: how many there are is said.
    """
    name = view.namer()
    drawn = view.drawn_edges()
    named = [edge for edge in drawn if BlankNode not in (type(edge.subject), type(edge.object))]
    stated = [edge for edge in named if edge.stated]
    claimed = [edge for edge in named if not edge.stated]
    used: dict[str, None] = dict.fromkeys(NEEDED) if claimed else {}
    rows = {
        "stated": list(_rows(stated, name, used)),
        "claimed": list(_rows(claimed, name, used)),
    }
    rows["notes"] = [f"# {line}" for line in _notes(view, name, len(drawn) - len(named))]
    rows["prefixes"] = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in sorted(used)]
    return _filled("claimed" if claimed else "stated", rows)


def _filled(query: str, rows: Mapping[str, list[str]]) -> str:
    """A query's file with rows for the comments that stand for them, as far in as those are."""
    text = (files("triplary.render") / "queries" / f"{query}.rq").read_text("utf-8")
    lines = []
    for line in text.splitlines():
        key = line.strip().removeprefix("# ")
        inside = rows.get(key) if line.strip().startswith("# ") else None
        margin = line[: len(line) - len(line.lstrip())]
        lines += [line] if inside is None else [margin + row for row in inside]
    return "\n".join(lines) + "\n"


def _rows(edges: list[Edge], name: Callable[[Node], str], used: dict[str, None]) -> Iterator[str]:
    """A row for each edge, those of one predicate together, and the sentence it stands for."""
    order = list(dict.fromkeys(edge.predicate for edge in edges))
    for edge in sorted(edges, key=lambda edge: order.index(edge.predicate)):
        terms = [_term(term, used) for term in (edge.subject, edge.predicate, edge.object)]
        said = " · ".join(map(name, (edge.subject, edge.predicate, edge.object)))
        yield f"({' '.join(terms)})  # {said}"


def _term(term: Node, used: dict[str, None]) -> str:
    """A term as the query has it; its prefix is remembered as used."""
    if not isinstance(term, IRI):
        return fragment(term)
    short, prefix = prefixed(term, PREFIXES)
    if prefix:
        used[prefix] = None
    return short


def _notes(view: View, name: Callable[[Node], str], unnamed: int) -> Iterator[str]:
    language = view.language
    if view.title:
        yield labels.clean(view.title)
    yield word("described", language, nodes=len(view.subgraph), edges=len(view.drawn_edges()))
    yield from narrowed(view, name)
    if unnamed:
        yield word("unnamed", language, count=f"{unnamed:,}")
    for source in view.subgraph.sources():
        said = " ".join(filter(None, (source_line(source, language), labels.clean(source.url))))
        if said:
            yield word("source", language) + word("colon", language) + said
