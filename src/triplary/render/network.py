"""The view as a NetworkX graph, and as the two files that network programs read."""

import io
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from triplary.render.marks import safe_url
from triplary.terms import Edge
from triplary.view import View, labels, style
from triplary.view.names import page
from triplary.view.notes import notes
from triplary.view.sentences import license_name, source_name

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["gexf", "graphml", "to_networkx"]


def to_networkx(view: View) -> "nx.MultiDiGraph[str]":
    """The view as a directed multigraph: nodes by IRI, edges by e0, e1 …, plain texts and numbers.

    Texts hold no character that XML cannot.
    """
    import networkx as nx

    name = view.namer()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=labels.clean(view.title))
    said = " ".join(notes(view, name))
    if said:
        graph.graph["description"] = said
    rows = zip(view.subgraph, view.positions, view.sizes, view.looks, strict=True)
    for index, (node, (x, y), size, look) in enumerate(rows):
        cls = style.node_class(node.classes)
        graph.add_node(
            str(node.iri),
            label=name(node.iri),
            x=x,
            y=y,
            size=size,
            color=style.PALETTE_LIGHT[look.color],
            class_iri=str(cls or ""),
            class_label=name(cls) if cls is not None else "",
            hint=labels.clean(node.hint),
            **_measured(view, index),
            page=safe_url(page(node.iri, view.base)),
        )
    for index, edge in enumerate(view.drawn_edges()):
        graph.add_edge(
            str(edge.subject), str(edge.object), key=f"e{index}", label=name(edge.predicate),
            predicate=str(edge.predicate), verdict=edge.verdict, stated=edge.stated,
            **_said(edge, view.language),
        )  # fmt: skip
    return graph


def _measured(view: View, index: int) -> dict[str, str | float]:
    """What was measured of a node, and its first date, where the view knows it."""
    found: dict[str, str | float] = {"score": float(view.measured[index])}
    if view.communities:
        found["community"] = float(view.communities[index])
    if view.begins:
        found["begins"] = labels.clean(view.begins[index])
    return found


def _said(edge: Edge, language: str) -> dict[str, str]:
    """Who says an edge, as texts: several are parted by '; '."""
    sources = list(dict.fromkeys(item.source for item in edge.evidence))
    claims = [str(item.claim.iri) for item in edge.evidence if item.claim is not None]

    def joined(texts: list[str]) -> str:
        return "; ".join(dict.fromkeys(labels.clean(text) for text in texts if text))

    return {
        "source_title": joined([source_name(source, language) for source in sources]),
        "publisher": joined([source.publisher for source in sources]),
        "license": joined([license_name(source.license) for source in sources]),
        "source_url": joined([source.url for source in sources]),
        "source_date": joined([source.date for source in sources]),
        "claims": joined(claims),
    }


def graphml(view: View) -> bytes:
    """The view as GraphML (http://graphml.graphdrawing.org/), as networkx and Gephi read it."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(to_networkx(view), out, named_key_ids=True)
    return out.getvalue()


def gexf(view: View) -> bytes:
    """The view as GEXF 1.2 (https://gexf.net/), with places, sizes and colours."""
    import networkx as nx

    graph = to_networkx(view)
    for _, data in graph.nodes(data=True):
        data["viz"] = _viz(data)
    for *_, key, data in graph.edges(keys=True, data=True):
        data["id"] = key
    said = graph.graph.pop("description", "")
    out = io.BytesIO()
    nx.write_gexf(graph, out, version="1.2draft")
    # networkx writes no description of the graph, for which GEXF has an element.
    element = f"<description>{escape(said)}</description>" if said else ""
    return out.getvalue().replace(b"</creator>", b"</creator>" + element.encode(), 1)


def _viz(data: dict[str, Any]) -> dict[str, Any]:
    """GEXF's visual part of a node; its y grows upwards, ours downwards."""
    color = data.pop("color")
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return {
        "color": {"r": red, "g": green, "b": blue, "a": 1.0},
        "position": {"x": data["x"], "y": -data["y"], "z": 0.0},
        "size": data["size"],
    }
