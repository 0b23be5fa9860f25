"""The drawing as PNG: the same SVG, drawn without a browser, with the fonts that come with us."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from triplary.errors import BadParameter
from triplary.render.svg import svg
from triplary.view import View

__all__ = ["FONTS", "png"]

HERE: Final = Path(__file__).parent / "fonts"
FONTS: Final = tuple(
    HERE / name
    for name in (
        "TriplarySans-Regular.otf",
        "TriplarySans-Bold.otf",
        "TriplarySansSC-Regular.otf",
    )
)
"""Latin, Greek and Cyrillic in two weights, and Chinese; see fonts/README.md."""
PIXELS_MOST: Final = 16_000_000
"""A picture has no more pixels: beyond, it takes many seconds, and other programs give up on it."""


def png(view: View, *, scale: float = 2, theme: str = "light") -> bytes:
    """The view as a PNG, `scale` pixels for each pixel of the SVG (less if it would be enormous).

    Only our own fonts are used, unless a character is in none of them: then the machine's are
    asked too. Raises BadParameter where the scale is not between 0.1 and 4, or the theme is
    neither light nor dark.
    """
    import resvg_py

    if not 0.1 <= scale <= 4:
        raise BadParameter("scale", scale, "it is between 0.1 and 4")
    if theme not in {"light", "dark"}:
        raise BadParameter("theme", theme, "a picture is light or dark")
    drawing = svg(view, theme=theme)
    sides = re.findall(r' (?:width|height)="([\d.]+)"', drawing.partition(">")[0])
    area = float(sides[0]) * float(sides[1])
    image: bytes = resvg_py.svg_to_bytes(
        svg_string=drawing,
        zoom=min(scale, (PIXELS_MOST / area) ** 0.5),
        font_files=[str(path) for path in FONTS],
        font_family="Triplary Sans",
        sans_serif_family="Triplary Sans",
        skip_system_fonts=set(drawing) <= covered(),
    )
    return image


@cache
def covered() -> frozenset[str]:
    """The characters that our fonts have, and the white space that needs none."""
    lines = (HERE / "covered.txt").read_text(encoding="ascii").splitlines()
    points = [tuple(int(end, 16) for end in line.split()) for line in lines]
    return frozenset(
        {"\n", *(chr(point) for first, last in points for point in range(first, last + 1))}
    )
