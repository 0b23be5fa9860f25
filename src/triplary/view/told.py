"""A view as the JSON that the explorer, the API and other programs read.

Everything is resolved for one reader: labels in the view's language, colours, shapes, pages,
sentences. It is one-way; `frozen` keeps everything.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from triplary.terms import Claim, Edge, Evidence, Node, Source
from triplary.view import style
from triplary.view.axis import Axis
from triplary.view.communities import members
from triplary.view.icons import ICONS
from triplary.view.labels import clean
from triplary.view.names import handle, page
from triplary.view.sentences import sentences
from triplary.view.view import View, icon_of, words_of
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
        "layout": view.layout,
        "axis": _axis(view.axis),
        "nodes": _nodes(view, name),
        "edges": [_edge(i, edge, name, language) for i, edge in enumerate(view.drawn_edges())],
        "more": _more(view, name),
        "legend": legend(view, name),
        "sources": [source_json(source, view.language) for source in view.subgraph.sources()],
        "text": list(sentences(view)),
    }


def legend(view: View, name: Callable[[Node], str]) -> dict[str, Any]:
    """What the colours, shapes, pictograms and lines of the view mean, and how many there are."""
    found = Counter(edge.verdict for edge in view.drawn_edges())
    order = [*style.LINES, *sorted(set(found) - set(style.LINES))]
    return {
        "classes": _classes(view, name),
        "communities": _communities(view, name),
        "verdicts": [
            {"verdict": verdict, "label": word(verdict, view.language), "count": found[verdict],
             "line": line.name, "dash": list(line.dash), "width": line.width, "tone": line.tone,
             "marks": line.marks}
            for verdict in order if found[verdict] for line in [style.line_of(verdict)]
        ],
        "palette": {"light": list(style.PALETTE_LIGHT), "dark": list(style.PALETTE_DARK)},
        "icons": {icon: ICONS[icon] for icon in sorted({look.icon for look in view.looks}) if icon},
    }  # fmt: skip


def _classes(view: View, name: Callable[[Node], str]) -> list[dict[str, Any]]:
    """A row for each class with a slot of its own, then for the others, then for none.

    Where communities are coloured, a class has its shape and the colour of none of them.
    """
    slots, known = view.slots, words_of(view.subgraph)
    counts = Counter(style.node_class(node.classes) for node in view.subgraph)
    named = sorted((cls for cls in slots if slots[cls] != style.OTHER), key=lambda cls: slots[cls])
    rows = [(str(cls), name(cls), slots[cls], icon_of(cls, known), counts[cls]) for cls in named]
    rest = sum(counts[cls] for cls in slots if slots[cls] == style.OTHER)
    if rest:
        rows.append(("", word("other", view.language), style.OTHER, "", rest))
    if counts[None]:
        rows.append(("", word("no class", view.language), style.OTHER, "", counts[None]))
    return [
        {"class": cls, "label": label, "color": style.OTHER if _by_community(view) else slot,
         "shape": style.SHAPE_OF_SLOT[slot], "icon": icon, "count": count}
        for cls, label, slot, icon, count in rows
    ]  # fmt: skip


def _by_community(view: View) -> bool:
    return view.color_by == "community" and bool(view.communities)


def _communities(view: View, name: Callable[[Node], str]) -> list[dict[str, Any]]:
    """A row for each community that has a colour of its own, then one, -1, for all others."""
    if not _by_community(view):
        return []
    found = list(members(view))
    rows = [
        {"community": one.number, "color": one.number, "count": one.count,
         "label": word("and", view.language).join(map(name, one.first))}
        for one in found[: style.OTHER]
    ]  # fmt: skip
    rest = len(view.communities) - sum(one.count for one in found[: style.OTHER])
    if rest:
        label = word("other communities", view.language)
        rows.append({"community": -1, "color": style.OTHER, "count": rest, "label": label})
    return rows


def _axis(axis: Axis | None) -> dict[str, Any] | None:
    if axis is None:
        return None
    return {
        "ticks": [{"x": x, "date": date} for x, date in axis.ticks],
        "top": axis.top,
        "bottom": axis.bottom,
        "breaks": [list(pair) for pair in axis.breaks],
        "undated": axis.undated,
    }


def _nodes(view: View, name: Callable[[Node], str]) -> list[dict[str, Any]]:
    asked, opened, pinned = set(view.asked), {*view.asked, *view.opened}, set(view.pinned)
    measured, count = view.measured, len(view.subgraph)
    communities, begins = view.communities or (-1,) * count, view.begins or ("",) * count
    rows = zip(view.subgraph, view.positions, view.sizes, view.looks, strict=True)
    told = []
    for index, (node, (x, y), size, look) in enumerate(rows):
        cls = style.node_class(node.classes)
        told.append(
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
                "color": look.color,
                "shape": look.shape,
                "icon": look.icon,
                "score": measured[index],
                "community": communities[index],
                "begins": begins[index],
                "asked": node.iri in asked,
                "opened": node.iri in opened,
                "pinned": node.iri in pinned,
                "page": page(node.iri, view.base),
            }
        )
    return told


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
    """Who says so as JSON values: the source's id among `sources`, and the claim or None."""
    claim = item.claim
    return {
        "source": source_id(item.source),
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


def source_id(source: Source) -> str:
    """What stands for a source in evidence: its named graph, or its title where it has none."""
    return str(source.graph or source.title)


def source_json(source: Source, language: str) -> dict[str, Any]:
    """A source as JSON values; '' where the data does not say."""
    return {
        "id": source_id(source),
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
