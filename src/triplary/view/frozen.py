"""A view as a record that loses nothing, so that it can be kept for years and drawn again.

Terms are written as strings (`_:x` a blank node, else an IRI), literals as [value, language] or
[value, "", datatype]; sources stand once and are referred to by their number.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from triplary.errors import BadParameter
from triplary.terms import (
    IRI,
    BlankNode,
    Claim,
    Edge,
    Entity,
    Evidence,
    Literal,
    More,
    Node,
    Source,
    Subgraph,
)
from triplary.view.axis import Axis
from triplary.view.view import View

__all__ = ["freeze", "thaw"]

FORMAT: Final = 1
"""The version of the record; one that is newer is refused, never guessed at."""


def freeze(view: View) -> dict[str, Any]:
    """The whole view as JSON values."""
    graph = view.subgraph
    sources = list(graph.sources())
    number = {source: index for index, source in enumerate(sources)}
    return {
        "format": FORMAT,
        "title": view.title,
        "language": view.language,
        "verb": view.verb,
        "parameters": _pairs(view.parameters),
        "version": view.version,
        "asked": [str(node) for node in view.asked],
        "size_by": view.size_by,
        "color_by": view.color_by,
        "scores": list(view.scores),
        "class_order": [str(cls) for cls in view.class_order],
        "as_of": view.as_of,
        "filters": _pairs(view.filters),
        "base": view.base,
        "layout": view.layout,
        "communities": list(view.communities),
        "begins": list(view.begins),
        "opened": [str(node) for node in view.opened],
        "pinned": [str(node) for node in view.pinned],
        "axis": _axis(view.axis),
        "positions": _pairs(view.positions),
        "nodes": [_entity(node) for node in graph.nodes],
        "vocabulary": [_entity(term) for term in graph.vocabulary],
        "more": [
            [str(m.node), str(m.predicate), m.inverse, m.shown, m.total] for m in graph.more
        ],
        "sources": [
            [str(s.graph) if s.graph else None, s.title, s.publisher, s.license, s.url, s.date,
             [_literal(title) for title in s.titles]]
            for s in sources
        ],
        "edges": [
            [str(edge.subject), str(edge.predicate), str(edge.object),
             [[number[item.source], _claim(item.claim)] for item in edge.evidence]]
            for edge in graph.edges
        ],
    }  # fmt: skip


def thaw(frozen: Mapping[str, Any]) -> View:
    """The view that was frozen; raises BadParameter where the record is not one."""
    if frozen.get("format") != FORMAT:
        raise BadParameter("view", frozen.get("format"), f"its format is not {FORMAT}")
    try:
        return _thaw(frozen)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as fault:
        raise BadParameter("view", "…", f"it is not a frozen view: {fault}") from fault


def _thaw(frozen: Mapping[str, Any]) -> View:
    sources = [
        Source(
            _node(graph) if graph else None,
            title,
            publisher,
            license,
            url,
            date,
            tuple(map(_thaw_literal, titles)),
        )
        for graph, title, publisher, license, url, date, titles in frozen["sources"]
    ]
    edges = tuple(
        Edge(
            _node(subject), IRI(predicate), _node(object),
            tuple(Evidence(sources[number], _thaw_claim(claim)) for number, claim in evidence),
        )
        for subject, predicate, object, evidence in frozen["edges"]
    )  # fmt: skip
    subgraph = Subgraph(
        nodes=tuple(map(_thaw_entity, frozen["nodes"])),
        edges=edges,
        more=tuple(
            More(_node(node), IRI(predicate), *rest) for node, predicate, *rest in frozen["more"]
        ),
        vocabulary=tuple(map(_thaw_entity, frozen["vocabulary"])),
    )
    return View(
        subgraph,
        tuple((float(x), float(y)) for x, y in frozen["positions"]),
        title=frozen["title"],
        language=frozen["language"],
        verb=frozen["verb"],
        parameters=tuple((key, value) for key, value in frozen["parameters"]),
        version=frozen["version"],
        asked=tuple(map(_node, frozen["asked"])),
        size_by=frozen["size_by"],
        color_by=frozen["color_by"],
        scores=tuple(frozen["scores"]),
        class_order=tuple(map(IRI, frozen["class_order"])),
        as_of=frozen["as_of"],
        filters=tuple((key, value) for key, value in frozen["filters"]),
        base=frozen["base"],
        # What came later is missing from older records.
        layout=frozen.get("layout", "force"),
        communities=tuple(frozen.get("communities", ())),
        begins=tuple(frozen.get("begins", ())),
        opened=tuple(map(_node, frozen.get("opened", ()))),
        pinned=tuple(map(_node, frozen.get("pinned", ()))),
        axis=_thaw_axis(frozen.get("axis")),
    )


def _axis(axis: Axis | None) -> list[Any] | None:
    if axis is None:
        return None
    return [_pairs(axis.ticks), axis.top, axis.bottom, _pairs(axis.breaks), axis.undated]


def _thaw_axis(row: Sequence[Any] | None) -> Axis | None:
    if row is None:
        return None
    ticks, top, bottom, breaks, undated = row
    return Axis(
        tuple((float(x), date) for x, date in ticks), top, bottom,
        tuple((float(start), float(end)) for start, end in breaks), undated,
    )  # fmt: skip


def _pairs(pairs: Iterable[Iterable[Any]]) -> list[list[Any]]:
    return [list(pair) for pair in pairs]


def _node(text: str) -> Node:
    return BlankNode(text[2:]) if text.startswith("_:") else IRI(text)


def _entity(entity: Entity) -> list[Any]:
    return [
        str(entity.iri),
        [_literal(label) for label in entity.labels],
        [_literal(alias) for alias in entity.aliases],
        [str(cls) for cls in entity.classes], entity.hint,
        *([entity.icon] if entity.icon else []),
    ]  # fmt: skip


def _thaw_entity(row: Sequence[Any]) -> Entity:
    iri, names, aliases, classes, hint, *icon = row
    return Entity(
        _node(iri), tuple(map(_thaw_literal, names)), tuple(map(_thaw_literal, aliases)),
        tuple(map(IRI, classes)), hint, *icon,
    )  # fmt: skip


def _literal(literal: Literal) -> list[str]:
    if literal.language:
        return [literal.value, literal.language]
    return [literal.value, "", literal.datatype]


def _thaw_literal(row: Sequence[str]) -> Literal:
    value, language, *datatype = row
    return Literal(value, *datatype) if datatype else Literal(value, language=language)


def _claim(claim: Claim | None) -> list[Any] | None:
    if claim is None:
        return None
    return [
        str(claim.iri), claim.kind, claim.verdict, claim.confidence,
        [_entity(who) for who in claim.attributed_to], claim.sentence, claim.note,
        *([str(node) for node in nodes]
          for nodes in (claim.corrected_by, claim.disputes, claim.supports)),
    ]  # fmt: skip


def _thaw_claim(row: Sequence[Any] | None) -> Claim | None:
    if row is None:
        return None
    iri, kind, verdict, confidence, who, sentence, note, corrected, disputes, supports = row
    return Claim(
        _node(iri), kind, verdict, confidence, tuple(map(_thaw_entity, who)), sentence, note,
        tuple(map(_node, corrected)), tuple(map(_node, disputes)), tuple(map(_node, supports)),
    )  # fmt: skip
