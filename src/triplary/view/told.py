"""A view as the JSON that the explorer, the API and other programs read.

Everything is resolved for one reader: labels in the view's language, colours, shapes, pages,
sentences. It is one-way; `frozen` keeps everything.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from triplary.terms import Claim, Edge, Evidence, Node, Source
from triplary.view import style
from triplary.view.labels import clean
from triplary.view.names import handle, page
from triplary.view.sentences import sentences
from triplary.view.view import View
from triplary.view.words import word

__all__ = ["evidence_json", "legend", "source_json", "told"]


def told(view: View) -> dict[str, Any]:
    """The view as JSON values."""
    name, language = view.namer(), view.language
    return {
        "title": view.title,
        "language": view.language,
        "version": view.version,
        "verb": view.verb,
        "parameters": [list(pair) for pair in view.parameters],
        "asOf": view.as_of,
        "filters": [list(pair) for pair in view.filters],
        "sizeBy": view.size_by,
        "colorBy": view.color_by,
        "nodes": _nodes(view, name),
        "edges": [_edge(i, edge, name, language) for i, edge in enumerate(view.drawn_edges())],
        "more": _more(view, name),
        "legend": legend(view, name),
        "sources": [source_json(source, view.language) for source in view.subgraph.sources()],
        "text": list(sentences(view)),
    }


def legend(view: View, name: Callable[[Node], str]) -> dict[str, Any]:
    """What the colours, shapes and lines of the view mean, with how many there are of each."""
    slots = view.slots
    counts = Counter(style.node_class(node.classes) for node in view.subgraph)
    named = sorted((cls for cls in slots if slots[cls] != style.OTHER), key=lambda cls: slots[cls])
    classes = [_class_row(str(cls), name(cls), slots[cls], counts[cls]) for cls in named]
    rest = sum(counts[cls] for cls in slots if slots[cls] == style.OTHER)
    if rest:
        classes.append(_class_row("", word("other", view.language), style.OTHER, rest))
    if counts[None]:
        text = word("no class", view.language)
        classes.append(_class_row("", text, style.OTHER, counts[None]))
    found = Counter(edge.verdict for edge in view.drawn_edges())
    order = [*style.LINES, *sorted(set(found) - set(style.LINES))]
    return {
        "classes": classes,
        "verdicts": [
            {"verdict": verdict, "label": word(verdict, view.language), "count": found[verdict],
             "line": line.name, "dash": list(line.dash), "width": line.width, "tone": line.tone,
             "marks": line.marks}
            for verdict in order if found[verdict] for line in [style.line_of(verdict)]
        ],
        "palette": {"light": list(style.PALETTE_LIGHT), "dark": list(style.PALETTE_DARK)},
    }  # fmt: skip


def _class_row(cls: str, label: str, slot: int, count: int) -> dict[str, Any]:
    return {"class": cls, "label": label, "color": slot, "shape": style.SHAPE_OF_SLOT[slot],
            "count": count}  # fmt: skip


def _nodes(view: View, name: Callable[[Node], str]) -> list[dict[str, Any]]:
    slots, asked = view.slots, set(view.asked)
    rows = []
    for node, (x, y), size in zip(view.subgraph, view.positions, view.sizes, strict=True):
        cls = style.node_class(node.classes)
        slot = slots[cls] if cls is not None else style.OTHER
        rows.append(
            {
                "iri": str(node.iri),
                "name": handle(node.iri),
                "label": name(node.iri),
                "class": str(cls or ""),
                "classLabel": name(cls) if cls is not None else "",
                "hint": clean(node.hint),
                "x": x,
                "y": y,
                "size": size,
                "color": slot,
                "shape": style.SHAPE_OF_SLOT[slot],
                "asked": node.iri in asked,
                "page": page(node.iri, view.base),
            }
        )
    return rows


def _edge(index: int, edge: Edge, name: Callable[[Node], str], language: str) -> dict[str, Any]:
    return {
        "id": f"e{index}",
        "source": str(edge.subject),
        "target": str(edge.object),
        "predicate": str(edge.predicate),
        "label": name(edge.predicate),
        "verdict": edge.verdict,
        "stated": edge.stated,
        "evidence": [evidence_json(item, language) for item in edge.evidence],
    }


def evidence_json(item: Evidence, language: str) -> dict[str, Any]:
    """Who says so as JSON values: the source, and the claim or None."""
    claim = item.claim
    return {
        "source": source_json(item.source, language),
        "claim": _claim(claim, language) if claim else None,
    }


def _claim(claim: Claim, language: str) -> dict[str, Any]:
    return {
        "iri": str(claim.iri),
        "kind": claim.kind,
        "verdict": claim.verdict,
        "confidence": claim.confidence,
        "attributedTo": [clean(who.label(language)) for who in claim.attributed_to],
        "sentence": claim.sentence,
        "note": claim.note,
        "correctedBy": [str(node) for node in claim.corrected_by],
        "disputes": [str(node) for node in claim.disputes],
        "supports": [str(node) for node in claim.supports],
    }


def source_json(source: Source, language: str) -> dict[str, Any]:
    """A source as JSON values; '' where the data does not say."""
    return {
        "graph": str(source.graph or ""),
        "title": source.called(language),
        "publisher": source.publisher,
        "license": source.license,
        "url": source.url,
        "date": source.date,
    }


def _more(view: View, name: Callable[[Node], str]) -> list[dict[str, Any]]:
    return [
        {
            "node": str(more.node),
            "predicate": str(more.predicate),
            "label": name(more.predicate),
            "inverse": more.inverse,
            "shown": more.shown,
            "total": more.total,
        }
        for more in view.subgraph.more
    ]
