"""How an SVG says colours: as attributes for light, and in one style block for a dark screen.

Attributes alone make a whole drawing, so that programs without CSS (resvg, word processors) and
pages with a strict content policy show it too; the style block only changes colours.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from triplary.view.style import DARK, LIGHT, Theme

__all__ = ["THEMES", "Ink"]

THEMES: Final = {"auto": LIGHT, "light": LIGHT, "dark": DARK}
"""What a drawing can be asked to look like; auto follows the reader's system."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one drawing in one theme, by name."""

    theme: str = "auto"

    def fill(self, name: str) -> str:
        """The attributes that fill a shape with a colour."""
        return self._say("fill", name)

    def stroke(self, name: str) -> str:
        """The attributes that draw a line in a colour."""
        return self._say("stroke", name)

    def both(self, fill: str, stroke: str) -> str:
        """The attributes that fill a shape with one colour and outline it in another."""
        colours = colours_of(THEMES[self.theme])
        return f'class="f-{fill} s-{stroke}" fill="{colours[fill]}" stroke="{colours[stroke]}"'

    def _say(self, kind: str, name: str) -> str:
        return f'class="{kind[0]}-{name}" {kind}="{colours_of(THEMES[self.theme])[name]}"'

    def style(self, scope: str) -> str:
        """The style element that darkens the drawing of class `scope`; '' where none is wanted."""
        if self.theme != "auto":
            return ""
        rules = "".join(_rules(scope, colours_of(DARK).items()))
        return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"


def colours_of(theme: Theme) -> dict[str, str]:
    """Every colour of a theme by name; those of the palette are c0 to c9."""
    named = {f.name: getattr(theme, f.name) for f in fields(theme) if f.name != "palette"}
    return named | {f"c{slot}": colour for slot, colour in enumerate(theme.palette)}


def _rules(scope: str, colours: Iterable[tuple[str, str]]) -> Iterable[str]:
    for name, colour in colours:
        yield f".{scope} .f-{name}{{fill:{colour}}}"
        yield f".{scope} .s-{name}{{stroke:{colour}}}"
