"""One self-contained page: pyvis' Network with places from the View, in a page of our own.

No request leaves it: the script is inside, and the page's own policy forbids any other.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from triplary.render.axis import laid
from triplary.render.drawing import Drawing, compose, link
from triplary.render.ink import Ink, colours_of
from triplary.render.legend import source_line
from triplary.render.marks import cross, n, pictogram, safe_url, shape
from triplary.render.room import LEADING, Label
from triplary.render.svg import svg
from triplary.terms import Node
from triplary.view import View, icons, labels, style
from triplary.view.notes import notes
from triplary.view.sentences import sentence, sentences
from triplary.view.told import legend
from triplary.view.words import word

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = ["html"]

HERE: Final = Path(__file__).parent
VIS: Final = "lib/vis-9.1.2/vis-network.min.js"
OPTIONS: Final = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "smooth": {"enabled": False},
    },
}


def html(view: View) -> str:
    """The view as an HTML page that works from a file, with the network off."""
    name = view.namer()
    drawing = compose(view, name)
    title = escape(labels.clean(view.title) or word("untitled", view.language))
    scripts = [_vis(), (HERE / "page.js").read_text(encoding="utf-8")]
    policy = (
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; base-uri 'none'; "
        f"form-action 'none'; script-src {' '.join(map(_hash, scripts))}"
    )
    body = (
        "<main>",
        f"<h1>{title}</h1>",
        '<div id="drawing" tabindex="0" role="application" '
        f'aria-label="{title}" aria-describedby="words"></div>',
        f"<noscript>{svg(view)}</noscript>",
        '<aside id="chosen" aria-live="polite" hidden></aside>',
        _legend(view, name),
        _words(view),
        "</main>",
        _sources(view),
        f'<script type="application/json" id="data">{inline(_data(view, drawing, name))}</script>',
        *(f"<script>{script}</script>" for script in scripts),
    )
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{escape(labels.clean(view.language))}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<title>{title}</title>",
            f"<style>{(HERE / 'page.css').read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>\n",
        )
    )


def inline(values: object) -> str:
    r"""JSON that may stand inside a script element: nothing in it can end the element.

    >>> inline("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _vis() -> str:
    """The vis-network library as pyvis carries it."""
    import pyvis

    path = Path(str(pyvis.__file__)).parent / VIS
    return path.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _data(view: View, drawing: Drawing, name: Callable[[Node], str]) -> dict[str, Any]:
    """What the page's script draws: the network's nodes, edges, options, and the two themes."""
    network = _network(view, drawing, name)
    nodes, edges, *_, options = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "light": colours_of(style.LIGHT),
        "dark": colours_of(style.DARK),
        "frame": drawing.frame,
        "axis": laid(view),
        "pictograms": {look.icon: icons.ICONS[look.icon] for look in view.looks if look.icon},
        "leading": LEADING,
    }


def _network(view: View, drawing: Drawing, name: Callable[[Node], str]) -> "Network":
    """The view as pyvis' Network. Directed, since otherwise it would drop parallel edges."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.options = dict(OPTIONS)
    asked = set(view.asked)
    rows = zip(view.subgraph, view.positions, view.sizes, view.looks, strict=True)
    for index, (node, (x, y), size, look) in enumerate(rows):
        cls = style.node_class(node.classes)
        seat = drawing.seats.get(index)
        network.add_node(
            str(node.iri), label=name(node.iri), shape="custom", x=x, y=y, size=size,
            slot=look.color,
            title=" · ".join(filter(None, (name(node.iri), name(cls) if cls else "", node.hint))),
            pictogram=look.icon, mark=icons.seat(look.shape, size) if look.icon else None,
            corners=style.SHAPES[look.shape], asked=node.iri in asked,
            link=link(view, node.iri), seat=None if seat is None else {
                "text": seat.text, "x": seat.x - x, "y": seat.y - y, "anchor": seat.anchor,
                "size": seat.size,
            },
        )  # fmt: skip
    for index, (edge, curve) in enumerate(zip(drawing.edges, drawing.lines, strict=True)):
        line = style.line_of(edge.verdict)
        network.add_edge(
            str(edge.subject), str(edge.object), id=f"e{index}", width=line.width, tone=line.tone,
            said=name(edge.predicate), marks=line.marks, text=_text(drawing.texts.get(index)),
            title=sentence(edge, name=name, language=view.language),
            dashes=list(line.dash) or False, **_bend(curve.straight, curve.bend),
        )  # fmt: skip
    return network


def _text(label: Label | None) -> dict[str, Any] | None:
    """The label of an edge, if it found room: the page draws it where the SVG does."""
    return None if label is None else {"line": label.text[0], "share": label.share}


def _bend(straight: bool, bend: float) -> dict[str, Any]:
    """How vis-network bends an edge; its roundness is the bend's share of the edge's length."""
    if straight:
        return {}
    side = "curvedCW" if bend < 0 else "curvedCCW"
    return {"smooth": {"enabled": True, "type": side, "roundness": round(abs(bend), 3)}}


def _legend(view: View, name: Callable[[Node], str]) -> str:
    """The legend as a list; its marks are small SVGs."""
    told, ink, items = legend(view, name), Ink("auto"), []
    for row in told["communities"]:
        mark = f'<rect x="1" y="4" width="14" height="8" {ink.fill("c" + str(row["color"]))}/>'
        items.append(_item(mark, 16, f"{row['label']} {row['count']}"))
    for row in told["classes"]:
        picture = shape(row["shape"], row["color"], (8.0, 8.0), 6.0, ink)
        if row["icon"]:
            picture += pictogram(told["icons"][row["icon"]], (24.0, 8.0), 13.0, "quiet", ink)
        items.append(_item(picture, 31 if row["icon"] else 16, f"{row['label']} {row['count']}"))
    for row in told["verdicts"]:
        line = style.line_of(row["verdict"])
        dash = f' stroke-dasharray="{" ".join(map(n, line.dash))}"' if line.dash else ""
        mark = f'<path d="M1 8h34" stroke-width="{line.width}"{dash} {ink.stroke(line.tone)}/>'
        mark += cross(18, 8, line.tone, ink) if line.marks else ""
        items.append(_item(mark, 36, f"{row['label']} {row['count']}"))
    return f'{ink.style("legend")}<ul class="legend">{"".join(items)}</ul>'


def _item(mark: str, width: int, text: str) -> str:
    picture = f'<svg width="{width}" height="16" aria-hidden="true">{mark}</svg>'
    return f"<li>{picture} {escape(text)}</li>"


def _words(view: View) -> str:
    told = "".join(f"<li>{escape(line)}</li>" for line in sentences(view))
    heading = escape(word("in words", view.language))
    return f'<details id="words"><summary>{heading}</summary><ul>{told}</ul></details>'


def _sources(view: View) -> str:
    """Who says so, with licences; what was left out is said too."""
    language = view.language
    items = [f"<p>{escape(note)}</p>" for note in notes(view, view.namer())]
    left_out = sum(more.total - more.shown for more in view.subgraph.more)
    if left_out > 0:
        items.append(f"<p>{escape(word('left out', language, count=f'{left_out:,}'))}</p>")
    for source in view.subgraph.sources():
        text, url = escape(source_line(source, view.language)), safe_url(source.url)
        said = f'<a href="{escape(url)}" rel="noreferrer">{text}</a>' if url else text
        if text:
            lead = word("source", language) + word("colon", language)
            items.append(f"<p>{escape(lead)}{said}</p>")
    if view.version:
        told = word("version", language) + word("colon", language) + view.version
        items.append(f"<p>{escape(told)}</p>")
    return f"<footer>{''.join(items)}</footer>"
