"""What stands below a drawing: its classes, its lines, what was left out, and its sources."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from triplary.render.ink import Ink
from triplary.render.marks import cross, n, pictogram, safe_url, shape, xml
from triplary.terms import Node, Source
from triplary.view import View, labels, style
from triplary.view.notes import notes
from triplary.view.sentences import license_name, source_name
from triplary.view.told import legend
from triplary.view.words import word

__all__ = ["legend_rows", "source_line"]

SIZE: Final = 11.0
ROW: Final = 20.0
SAMPLE: Final = 34.0
"""The length of a line's sample."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a row: how wide it is, and how it is drawn at a place."""

    width: float
    draw: Callable[[float, float], str]


def legend_rows(
    view: View, ink: Ink, *, width: float, name: Callable[[Node], str], hidden: int
) -> tuple[str, float]:
    """The SVG of the legend and the sources for this width, and how high it is.

    `hidden` is how many nodes are drawn without their label, which is said.
    """
    told = legend(view, name)
    blocks = [
        _flow([_community_item(row, ink) for row in told["communities"]], width),
        _flow([_class_item(row, ink, told["icons"]) for row in told["classes"]], width),
        _flow([_line_item(row, ink) for row in told["verdicts"]], width),
    ]
    parts, y = [], 14.0
    for rows in blocks:
        for row in rows:
            x = 0.0
            for item in row:
                parts.append(item.draw(x, y))
                x += item.width
            y += ROW
        y += 2.0 if rows else 0.0
    for text, url in _notes(view, name, hidden):
        for line in labels.lines(text, most=3, longest=width / 10.0):
            drawn = (
                f'<text x="0" y="{n(y + 4)}" font-size="10" {ink.fill("quiet")}>{xml(line)}</text>'
            )
            parts.append(f'<a href="{xml(url)}">{drawn}</a>' if url else drawn)
            y += 15.0
    rule = f'<path d="M0 0H{n(width)}" stroke-width="0.7" {ink.stroke("edge")}/>'
    return (rule + "".join(parts), y + 8.0) if parts else ("", 4.0)


def source_line(source: Source, language: str = "en") -> str:
    """A source as one line: title, publisher, licence, date.

    >>> source_line(Source(None, "Notable models", "Epoch AI", "", "", "2026-01"))
    'Notable models, Epoch AI, 2026-01'
    """
    name = source_name(source, language)
    parts = [name, source.publisher if source.publisher != name else "",
             license_name(source.license), source.date]  # fmt: skip
    return ", ".join(labels.clean(part) for part in parts if part)


def _notes(view: View, name: Callable[[Node], str], hidden: int) -> Iterator[tuple[str, str]]:
    """The small print with its links: what is shown and what not, then who says so."""
    language = view.language
    told = " ".join(notes(view, name))
    if told:
        yield told, ""
    left_out = sum(more.total - more.shown for more in view.subgraph.more)
    if left_out > 0:
        yield word("left out", language, count=f"{left_out:,}"), ""
    if hidden:
        yield word("unlabelled", language, count=f"{hidden:,}"), ""
    for source in view.subgraph.sources():
        line = source_line(source, language)
        if line:
            yield word("source", language) + word("colon", language) + line, safe_url(source.url)
    if view.version:
        yield word("version", language) + word("colon", language) + view.version, ""


def _flow(items: Sequence[Item], width: float) -> list[list[Item]]:
    """Items in rows no wider than that."""
    rows: list[list[Item]] = []
    x = width + 1
    for item in items:
        if x + item.width > width:
            rows.append([])
            x = 0.0
        rows[-1].append(item)
        x += item.width
    return rows


def _class_item(row: dict[str, object], ink: Ink, icons: dict[str, str]) -> Item:
    """A class: its shape, its pictogram beside it where it has one, its name and number."""
    text = f"{row['label']} {row['count']}"
    name, color, icon = str(row["shape"]), int(str(row["color"])), str(row["icon"])
    start = 34 if icon else 18

    def draw(x: float, y: float) -> str:
        mark = shape(name, color, (x + 7, y), 6.0, ink)
        if icon:
            mark += pictogram(icons[icon], (x + 23, y), 13.0, "quiet", ink)
        return mark + _caption(x + start, y, text, ink)

    return Item(start + labels.width(text, SIZE) + 16, draw)


def _community_item(row: dict[str, object], ink: Ink) -> Item:
    """A community: a bar of its colour, which is no shape that a node has, its name and number."""
    text = f"{row['label']} {row['count']}"
    color = f"c{row['color']}"

    def draw(x: float, y: float) -> str:
        bar = f'<rect x="{n(x)}" y="{n(y - 4)}" width="14" height="8" {ink.fill(color)}/>'
        return bar + _caption(x + 20, y, text, ink)

    return Item(20 + labels.width(text, SIZE) + 16, draw)


def _line_item(row: dict[str, object], ink: Ink) -> Item:
    text = f"{row['label']} {row['count']}"
    line = style.line_of(str(row["verdict"]))

    def draw(x: float, y: float) -> str:
        dash = f' stroke-dasharray="{" ".join(map(n, line.dash))}"' if line.dash else ""
        ends = ' stroke-linecap="round"' if "dotted" in line.name else ""
        path = f"M{n(x + 1)} {n(y)}h{n(SAMPLE - 2)}"
        drawn = (
            f'<path d="{path}" fill="none" stroke-width="{line.width}"{dash}{ends} '
            f"{ink.stroke(line.tone)}/>"
        )
        if line.marks:
            drawn += cross(x + SAMPLE / 2, y, line.tone, ink)
        return drawn + _caption(x + SAMPLE + 7, y, text, ink)

    return Item(SAMPLE + 7 + labels.width(text, SIZE) + 16, draw)


def _caption(x: float, y: float, text: str, ink: Ink) -> str:
    return (
        f'<text x="{n(x)}" y="{n(y + SIZE * 0.36)}" font-size="{n(SIZE)}" '
        f"{ink.fill('ink')}>{xml(text)}</text>"
    )
