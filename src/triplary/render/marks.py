"""The small parts of an SVG: numbers, texts, safe links, and the mark of a node."""

from xml.sax.saxutils import escape

from triplary.render.geometry import Point
from triplary.render.ink import Ink
from triplary.view import labels, style
from triplary.view.icons import SIDE

__all__ = ["cross", "n", "pictogram", "pin", "safe_url", "shape", "xml"]


def n(number: float) -> str:
    """A number in as few characters as a tenth of a pixel needs.

    >>> n(-0.04), n(12.25), n(3)
    ('0', '12.2', '3')
    """
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")


def xml(text: str) -> str:
    r"""A text as XML character data, without what XML 1.0 cannot hold.

    >>> xml("R&D\x00 <b>")
    'R&amp;D &lt;b&gt;'
    """
    return escape(labels.clean(text))


def safe_url(url: str) -> str:
    r"""The URL if it is http, https or relative; else '', since a link can carry a script.

    >>> safe_url("java\nscript:alert(1)"), safe_url("/entity/Baidu")
    ('', '/entity/Baidu')
    """
    plain = "".join(c for c in url if c.isprintable() and not c.isspace())
    scheme, colon, _ = plain.partition(":")
    relative = not colon or any(mark in scheme for mark in "/?#")
    return plain if relative or scheme.lower() in {"http", "https"} else ""


def shape(name: str, color: int, spot: Point, size: float, ink: Ink) -> str:
    """The mark of a node: a shape in the colour of a slot, around a place."""
    x, y = spot
    paint = f'stroke-width="1.5" {ink.both(f"c{color}", "ground")}'
    corners = style.SHAPES[name]
    if not corners:
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(size)}" {paint}/>'
    points = " ".join(f"{n(x + size * dx)},{n(y + size * dy)}" for dx, dy in corners)
    return f'<polygon points="{points}" stroke-linejoin="round" {paint}/>'


def pictogram(path: str, spot: Point, side: float, tone: str, ink: Ink) -> str:
    """A pictogram around a place, as wide and high as `side`, in a colour of the theme."""
    x, y, scale = spot[0] - side / 2, spot[1] - side / 2, round(side / SIDE, 3)
    return (
        f'<path transform="translate({n(x)} {n(y)}) scale({scale:g})" d="{path}" {ink.fill(tone)}/>'
    )


def pin(spot: Point, size: float, ink: Ink) -> str:
    """A short foot below a node that stands where a person put it."""
    x, y = spot[0], spot[1] + size
    path = f"M{n(x - 5)} {n(y + 5)}h10M{n(x)} {n(y)}v5"
    return f'<path d="{path}" fill="none" stroke-width="1.5" {ink.stroke("ring")}/>'


def cross(x: float, y: float, tone: str, ink: Ink) -> str:
    """A small cross on a line: what it says is wrong."""
    path = f"M{n(x - 4)} {n(y - 4)}l8 8M{n(x - 4)} {n(y + 4)}l8-8"
    return f'<path d="{path}" fill="none" stroke-width="2" {ink.stroke(tone)}/>'
