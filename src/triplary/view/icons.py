"""Pictograms by name: what a class is drawn with, besides its colour and its shape.

Each is one path on a square of 24 by 24, as SVG 2 (§9.3) and a canvas read it, to be filled by
winding number ("nonzero"); they are solid and coarse, so that they can be read at 12 pixels.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["ICONS", "SEATS", "SIDE", "seat"]

SIDE: Final = 24.0
"""The side of the square on which every pictogram is drawn."""

SEATS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "circle": (1.3, 0.0),
        "square": (1.4, 0.0),
        "diamond": (1.2, 0.0),
        "triangle": (1.04, 0.13),
        "hexagon": (1.3, 0.0),
        "star": (1.06, 0.03),
        "triangle-down": (1.04, -0.13),
        "pentagon": (1.24, 0.03),
        "plus": (0.95, 0.0),
        "octagon": (1.36, 0.0),
    }
)
"""How large a pictogram is in each shape of a node of radius 1, and how far below its middle."""
SMALLEST: Final = 9.0
"""A pictogram that would be smaller, in pixels, is not drawn."""


def seat(shape: str, radius: float) -> tuple[float, float] | None:
    """The side of the pictogram in a node and how far below its middle it sits; None if too small.

    >>> seat("square", 10)
    (14.0, 0.0)
    """
    side, below = SEATS[shape]
    return (side * radius, below * radius) if side * radius >= SMALLEST else None


ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "academia": (
            "M12 3l11 5-11 5L1 8zM5.5 11.8L12 14.8l6.5-3v5.2c-2 1.8-4.2 2.6-6.5 2.6s-4.5-.8-6.5"
            "-2.6zM20.7 9.6h1.6v7.6h-1.6z"
        ),
        "claim": (
            "M2 3h20v14H11l-5 5v-5H2zM6.8 7.5v3.7h2.3l-1.6 2.6h1.9l1.8-2.9V7.5zM13 7.5v3.7h2.3l"
            "-1.6 2.6h1.9l1.8-2.9V7.5z"
        ),
        "company": (
            "M5 2h14v20h-5v-4.5h-4V22H5zM8 5v2.6h3V5zM13 5v2.6h3V5zM8 9.2v2.6h3V9.2zM13 9.2v2.6"
            "h3V9.2zM8 13.4V16h3v-2.6zM13 13.4V16h3v-2.6z"
        ),
        "concept": (
            "M12 1.5a7 7 0 0 1 4 12.7V17H8v-2.8A7 7 0 0 1 12 1.5zM8.5 18.2h7V20h-7zM10 21h4v1.5h-4z"
        ),
        "country": (
            "M4 2h2.2v20H4zM7.4 3.2c3-1.4 4.8 1.2 7.4.4 2-.6 3.6-1 6.2-.4v10.6c-2.8-.6-4.4.2-6."
            "6.7-2.6.5-4.4-1.6-7-.4z"
        ),
        "dataset": (
            "M12 2c5 0 8 1.5 8 3.4S17 8.8 12 8.8 4 7.3 4 5.4 7 2 12 2zM4 8.4c1.6 1.6 4.6 2.4 8 "
            "2.4s6.4-.8 8-2.4v4c0 1.8-3 3.4-8 3.4s-8-1.6-8-3.4zM4 15.4c1.6 1.6 4.6 2.4 8 2.4s6."
            "4-.8 8-2.4v3.2c0 1.8-3 3.4-8 3.4s-8-1.6-8-3.4z"
        ),
        "document": (
            "M5 2h8.5v6H19v14H5zM15.2 2L19 6.2h-3.8zM8 10.8v1.8h8v-1.8zM8 14.3v1.8h8v-1.8zM8 17"
            ".8v1.8h5v-1.8z"
        ),
        "event": (
            "M3 4.5h18V22H3zM5 9.2V11h14V9.2zM12.8 13.5v5h5v-5zM6.6 1.5h2.6v5H6.6zM14.8 1.5h2.6"
            "v5h-2.6z"
        ),
        "framework": (
            "M12 2l10 5-10 5L2 7zM4.4 10.6L2 11.8l10 5 10-5-2.4-1.2-7.6 3.8zM4.4 15.6L2 16.8l10"
            " 5 10-5-2.4-1.2-7.6 3.8z"
        ),
        "government": (
            "M12 1.8l10 5V10H2V6.8zM4 11.4h3.2v6.8H4zM10.4 11.4h3.2v6.8h-3.2zM16.8 11.4H20v6.8h"
            "-3.2zM2 19.4h20V22H2z"
        ),
        "group": (
            "M4.1 7.6a3.9 3.9 0 1 1 7.8 0a3.9 3.9 0 1 1 -7.8 0zM1 20.5c0-4.7 3-7.2 7-7.2s7 2.5 "
            "7 7.2zM14.1 8.8a3.1 3.1 0 1 1 6.2 0a3.1 3.1 0 1 1 -6.2 0zM16.9 20.5c0-2.4-.7-4.6-1"
            ".9-6.2.7-.3 1.4-.4 2.2-.4 3.2 0 5.8 2 5.8 6.6z"
        ),
        "hardware": (
            "M5.5 5.5h13v13h-13zM9.2 9.2v5.6h5.6V9.2zM7.6 2h2.4v3H7.6zM14 2h2.4v3H14zM7.6 19h2."
            "4v3H7.6zM14 19h2.4v3H14zM2 7.6h3V10H2zM2 14h3v2.4H2zM19 7.6h3V10h-3zM19 14h3v2.4h-"
            "3z"
        ),
        "language": "M9.6 3h4.8l6.6 18.5h-4.2l-1.3-4H8.5l-1.3 4H3zM12 7.6l-2.4 6.6h4.8z",
        "law": (
            "M10.8 2h2.4v17h4.3v3h-11v-3h4.3zM3 4.5h18v2H3zM5 6l3.9 7.5a3.9 3.4 0 0 1-7.8 0zM19"
            " 6l3.9 7.5a3.9 3.4 0 0 1-7.8 0z"
        ),
        "licence": (
            "M5 8.8a7 7 0 1 1 14 0a7 7 0 1 1 -14 0zM8.8 8.8a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -"
            "6.4 0zM7.6 14.5h8.8L18 22.5l-6-3-6 3z"
        ),
        "measure": "M3 13h4.6v8.5H3zM9.7 8h4.6v13.5H9.7zM16.4 2.5H21v19h-4.6z",
        "method": (
            "M5 12a7 7 0 1 1 14 0a7 7 0 1 1 -14 0zM8.8 12a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6."
            "4 0zM17.5 10.3L22 10.6L22 13.4L17.5 13.7zM17.1 14.7L20.1 18.1L18.1 20.1L14.7 17.1z"
            "M13.7 17.5L13.4 22L10.6 22L10.3 17.5zM9.3 17.1L5.9 20.1L3.9 18.1L6.9 14.7zM6.5 13."
            "7L2 13.4L2 10.6L6.5 10.3zM6.9 9.3L3.9 5.9L5.9 3.9L9.3 6.9zM10.3 6.5L10.6 2L13.4 2L"
            "13.7 6.5zM14.7 6.9L18.1 3.9L20.1 5.9L17.1 9.3z"
        ),
        "model": (
            "M5.6 4.2l14.6 14-1.8 1.8L3.8 6zM18.4 4.2L20.2 6 5.6 20l-1.8-1.8zM1.7 5a2.9 2.9 0 1"
            " 1 5.8 0a2.9 2.9 0 1 1 -5.8 0zM16.5 5a2.9 2.9 0 1 1 5.8 0a2.9 2.9 0 1 1 -5.8 0zM1."
            "7 19a2.9 2.9 0 1 1 5.8 0a2.9 2.9 0 1 1 -5.8 0zM16.5 19a2.9 2.9 0 1 1 5.8 0a2.9 2.9"
            " 0 1 1 -5.8 0zM7.8 12a4.2 4.2 0 1 1 8.4 0a4.2 4.2 0 1 1 -8.4 0z"
        ),
        "money": (
            "M1.5 5.5h21v13h-21zM8.4 12a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0zM3.7 12a1.3 1."
            "3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0zM17.7 12a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6"
            " 0z"
        ),
        "organisation": (
            "M8.8 2.5h6.4v6h-2v2.6h7.2V15H22v6.5h-6.4V15h2.6v-1.7H5.8V15h2.6v6.5H2V15h1.6v-3.9h"
            "7.2V8.5h-2z"
        ),
        "other": (
            "M1.9 12a2.7 2.7 0 1 1 5.4 0a2.7 2.7 0 1 1 -5.4 0zM9.3 12a2.7 2.7 0 1 1 5.4 0a2.7 2"
            ".7 0 1 1 -5.4 0zM16.7 12a2.7 2.7 0 1 1 5.4 0a2.7 2.7 0 1 1 -5.4 0z"
        ),
        "person": (
            "M7.3 7.2a4.7 4.7 0 1 1 9.4 0a4.7 4.7 0 1 1 -9.4 0zM3 22c0-5.8 4-8.6 9-8.6s9 2.8 9 8.6z"
        ),
        "place": (
            "M12 22.5C8 17.4 5 13.8 5 9.3a7 7 0 0 1 14 0c0 4.5-3 8.1-7 13.2zM9.2 9.2a2.8 2.8 0 "
            "1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0z"
        ),
        "principle": (
            "M1.7 12a10.3 10.3 0 1 1 20.6 0a10.3 10.3 0 1 1 -20.6 0zM4 12a8 8 0 1 0 16 0a8 8 0 "
            "1 0 -16 0zM17.2 6.8l-3.2 7.2-7.2 3.2 3.2-7.2z"
        ),
        "product": ("M12 1.8l9.3 4.6L12 11 2.7 6.4zM2 8.2l9 4.4v9.8L2 18zM22 8.2V18l-9 4.4v-9.8z"),
        "risk": "M12 2L23 21.5H1zM10.8 9v6h2.4V9zM10.8 16.6V19h2.4v-2.4z",
        "sector": (
            "M2.5 2.5h8.7v8.7H2.5zM12.8 2.5h8.7v8.7h-8.7zM2.5 12.8h8.7v8.7H2.5zM12.75 17.15a4.4"
            " 4.4 0 1 1 8.8 0a4.4 4.4 0 1 1 -8.8 0z"
        ),
        "software": ("M2 3h20v18H2zM5.2 8.8L8.6 12l-3.4 3.2L7 17l5-5-5-5zM12.4 14.8V17H19v-2.2z"),
        "task": "M3 3h18v18H3zM6.2 12.2L11 17l7.4-8.2-1.8-1.7-5.7 6.3-3-3z",
        "tool": (
            "M21.4 5.4A6 6 0 1 1 18.6 2.6l-3.7 3.6 2.8 2.8zM11.4 9.4l3.2 3.2-7.6 7.8a2.3 2.3 0 "
            "0 1-3.3-3.3z"
        ),
        "web": (
            "M1.7 12a10.3 10.3 0 1 1 20.6 0a10.3 10.3 0 1 1 -20.6 0zM3.6 12a8.4 8.4 0 1 0 16.8 "
            "0a8.4 8.4 0 1 0 -16.8 0zM7.6 12a4.4 9 0 1 1 8.8 0a4.4 9 0 1 1-8.8 0zM9.4 12a2.6 8 "
            "0 1 0 5.2 0a2.6 8 0 1 0-5.2 0zM3 11.1h18v1.8H3z"
        ),
    }
)
"""The path of each pictogram."""
