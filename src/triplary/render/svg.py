"""The drawing as SVG: whole without scripts or fonts of its own, with links on its nodes."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from triplary.errors import BadParameter
from triplary.render.axis import axis, dates
from triplary.render.drawing import Drawing, compose, link
from triplary.render.geometry import Curve
from triplary.render.ink import THEMES, Ink
from triplary.render.legend import legend_rows
from triplary.render.marks import cross, n, pictogram, pin, shape, xml
from triplary.render.room import LEADING, Label
from triplary.terms import Node
from triplary.view import View, labels, style
from triplary.view.icons import ICONS, seat
from triplary.view.sentences import sentence
from triplary.view.words import word

__all__ = ["svg"]

FONTS: Final = (
    "Noto Sans, Noto Sans CJK SC, Noto Sans SC, system-ui, -apple-system, Segoe UI, PingFang SC, "
    "Microsoft YaHei, sans-serif"
)
SCOPE: Final = "triplary-drawing"
MARGIN: Final = 24.0
NARROWEST: Final = 460.0


def svg(view: View, *, theme: str = "auto") -> str:
    """The view as an SVG document, as large as it needs to be.

    `theme` is auto (light, and dark where the reader's system is), light or dark. Raises
    BadParameter for another.
    """
    if theme not in THEMES:
        raise BadParameter("theme", theme, f"known themes are {', '.join(THEMES)}")
    ink, name = Ink(theme), view.namer()
    drawing = compose(view, name)
    left, top, right, bottom = drawing.frame
    width = max(right - left + 2 * MARGIN, NARROWEST)
    left -= (width - (right - left)) / 2
    head = _title(view, ink, width)
    hidden = len(view.subgraph) - len(drawing.seats)
    foot, foot_height = legend_rows(view, ink, width=width - 2 * MARGIN, name=name, hidden=hidden)
    head_height = 52.0 if view.title else MARGIN
    height = head_height + (bottom - top) + MARGIN + foot_height
    body = [
        axis(view, ink) if view.axis else "",
        _edges(drawing, ink, name, view.language),
        _haloed(dates(view), ink, "quiet"),
        _edge_texts(drawing.texts, ink),
        _nodes(view, drawing.seats, ink, name),
    ]
    return "".join(
        (
            _opening(view, width, height, ink),
            f'<rect width="100%" height="100%" {ink.fill("ground")}/>',
            head,
            f'<g transform="translate({n(-left)} {n(head_height - top)})">', *body, "</g>",
            f'<g transform="translate({n(MARGIN)} {n(height - foot_height)})">', foot, "</g>",
            "</svg>\n",
        )
    )  # fmt: skip


def _opening(view: View, width: float, height: float, ink: Ink) -> str:
    digest = hashlib.sha256(repr((view.title, view.positions)).encode()).hexdigest()[:8]
    described = word(
        "described", view.language, nodes=len(view.subgraph), edges=len(view.drawn_edges())
    )
    title = view.title or described
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{SCOPE}" role="group" '
        f"lang={quoteattr(labels.clean(view.language))} "
        f'aria-labelledby="t{digest} d{digest}" width="{n(width)}" height="{n(height)}" '
        f'viewBox="0 0 {n(width)} {n(height)}" font-family={quoteattr(FONTS)} font-size="12">'
        f'<title id="t{digest}">{xml(title)}</title><desc id="d{digest}">{xml(described)}</desc>'
        f"{ink.style(SCOPE)}"
    )


def _title(view: View, ink: Ink, width: float) -> str:
    if not view.title:
        return ""
    room = (width - 2 * MARGIN) / 19
    text = (labels.lines(view.title, most=1, longest=room) or ("",))[0]
    return (
        f'<text x="{n(MARGIN)}" y="36" font-size="19" font-weight="600" {ink.fill("ink")}>'
        f"{xml(text)}</text>"
    )


def _edges(drawing: Drawing, ink: Ink, name: Callable[[Node], str], language: str) -> str:
    parts = []
    for index, (edge, curve) in enumerate(zip(drawing.edges, drawing.lines, strict=True)):
        line = style.line_of(edge.verdict)
        (a, b, c, d) = curve.points
        path = f"M{n(a[0])} {n(a[1])}" + (
            f"L{n(d[0])} {n(d[1])}"
            if curve.straight
            else f"C{n(b[0])} {n(b[1])} {n(c[0])} {n(c[1])} {n(d[0])} {n(d[1])}"
        )
        dash = f' stroke-dasharray="{" ".join(map(n, line.dash))}"' if line.dash else ""
        round_ends = ' stroke-linecap="round"' if "dotted" in line.name else ""
        head = " ".join(f"{n(x)},{n(y)}" for x, y in curve.head())
        told = sentence(edge, name=name, language=language)
        parts.append(
            f'<g data-edge="e{index}"><title>{xml(told)}</title>'
            f'<path d="{path}" fill="none" stroke-width="{line.width}"'
            f'{dash}{round_ends} {ink.stroke(line.tone)}/><polygon points="{head}" '
            f"{ink.fill(line.tone)}/>{_crosses(curve, ink, line.tone) if line.marks else ''}</g>"
        )
    return "".join(parts)


def _crosses(curve: Curve, ink: Ink, tone: str) -> str:
    """Two small crosses on a line, off its middle, where its label is."""
    return "".join(cross(*curve.at(share), tone, ink) for share in (0.22, 0.78))


def _edge_texts(texts: dict[int, Label], ink: Ink) -> str:
    parts = [_text(label, "") for _, label in sorted(texts.items())]
    return _haloed(parts, ink, "quiet")


def _haloed(parts: Sequence[str], ink: Ink, tone: str) -> str:
    """Texts on a halo in the colour of the ground, so that lines don't run through them."""
    if not parts:
        return ""
    return (
        f'<g paint-order="stroke" stroke-width="3.5" stroke-linejoin="round" '
        f"{ink.both(tone, 'ground')}>{''.join(parts)}</g>"
    )


def _text(label: Label, more: str) -> str:
    down = n(label.size * LEADING)
    first, *others = label.text
    spans = xml(first) + "".join(
        f'<tspan x="{n(label.x)}" dy="{down}">{xml(line)}</tspan>' for line in others
    )
    return (
        f'<text x="{n(label.x)}" y="{n(label.y)}" font-size="{n(label.size)}" '
        f'text-anchor="{label.anchor}"{more}>{spans}</text>'
    )


def _nodes(view: View, seats: dict[int, Label], ink: Ink, name: Callable[[Node], str]) -> str:
    asked, pinned = set(view.asked), set(view.pinned)
    parts = []
    rows = zip(view.subgraph, view.positions, view.sizes, view.looks, strict=True)
    for index, (node, spot, size, look) in enumerate(rows):
        cls = style.node_class(node.classes)
        told = " · ".join(filter(None, (name(node.iri), name(cls) if cls else "", node.hint)))
        mark = f"<title>{xml(told)}</title>"
        if node.iri in asked:
            mark += (
                f'<circle cx="{n(spot[0])}" cy="{n(spot[1])}" r="{n(size + 4.5)}" fill="none" '
                f'stroke-width="1.5" {ink.stroke("ring")}/>'
            )
        if node.iri in pinned:
            mark += pin(spot, size, ink)
        mark += shape(look.shape, look.color, spot, size, ink)
        place = seat(look.shape, size)
        if look.icon and place:
            middle = (spot[0], spot[1] + place[1])
            mark += pictogram(ICONS[look.icon], middle, place[0], "ground", ink)
        if index in seats:
            bold = ' font-weight="600"' if node.iri in asked else ""
            mark += _haloed([_text(seats[index], bold)], ink, "ink")
        url = link(view, node.iri)
        parts.append(f"<a href={quoteattr(url)}>{mark}</a>" if url else f"<g>{mark}</g>")
    return "".join(parts)
