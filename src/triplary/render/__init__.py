"""The faces of a View: each a pure function of it, chosen by a file's suffix."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from triplary.errors import BadParameter
from triplary.render.html import html
from triplary.render.json import json
from triplary.render.network import gexf, graphml, to_networkx
from triplary.render.png import png
from triplary.render.rdf import jsonld, to_rdflib, turtle
from triplary.render.sparql import sparql
from triplary.render.svg import svg
from triplary.render.table import table
from triplary.render.text import text
from triplary.view import View

__all__ = ["FORMATS", "Face", "render", "save", "to_networkx", "to_rdflib"]


@dataclass(frozen=True, slots=True)
class Face:
    """A file format that a view is saved as: its suffix, its media type, what draws it."""

    suffix: str
    media_type: str
    draw: Callable[[View], str | bytes]


FORMATS: Final[Mapping[str, Face]] = MappingProxyType(
    {
        face.suffix: face
        for face in (
            Face(".html", "text/html; charset=utf-8", html),
            Face(".svg", "image/svg+xml; charset=utf-8", svg),
            Face(".png", "image/png", png),
            Face(".graphml", "application/graphml+xml; charset=utf-8", graphml),
            Face(".gexf", "application/gexf+xml; charset=utf-8", gexf),
            Face(".csv", "text/csv; charset=utf-8; header=present", table),
            Face(".json", "application/json", json),
            Face(".ttl", "text/turtle; charset=utf-8", turtle),
            Face(".jsonld", "application/ld+json", jsonld),
            Face(".rq", "application/sparql-query", sparql),
            Face(".txt", "text/plain; charset=utf-8", text),
        )
    }
)
"""Every face by its suffix."""


def render(view: View, suffix: str) -> bytes:
    r"""The view as a file with this suffix (the dot may be left out), texts as UTF-8.

    Raises BadParameter, naming the suffixes that are known.

    >>> from triplary.terms import Subgraph
    >>> render(View(Subgraph(), (), title="Nothing"), "txt")
    b'Nothing\n0 entities and 0 edges.\n'
    """
    drawn = _face("." + suffix.lower().removeprefix("."), suffix).draw(view)
    return drawn.encode() if isinstance(drawn, str) else drawn


def save(view: View, path: str | Path) -> Path:
    """Write the view to a file in the format of its suffix; where it was written.

    Raises BadParameter for an unknown suffix, before anything is written, and for a file that
    cannot be written.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    _face(suffix, target.name)
    drawn = render(view, suffix)
    try:
        target.write_bytes(drawn)
    except OSError as fault:
        reason = (fault.strerror or "it cannot be written").lower()
        raise BadParameter("file", str(path), reason, hint="check the folder") from fault
    return target


def _face(suffix: str, named: str) -> Face:
    """The face of a suffix; `named` is what an error calls it."""
    if suffix not in FORMATS:
        raise BadParameter(
            "file", named, "a view is not saved in this format",
            hint=f"known suffixes: {', '.join(FORMATS)}",
        )  # fmt: skip
    return FORMATS[suffix]
