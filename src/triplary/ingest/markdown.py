"""The tables of a Markdown document, as lists of cells: GitHub's pipe tables.

GitHub Flavored Markdown, https://github.github.com/gfm/#tables-extension-. Links and other marks
inside a cell stay as written, so that a recipe can take name and address apart; comments, which no
reader of the page sees, do not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Pipes", "pipe_tables"]

_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_DELIMITER = re.compile(r" {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_COMMENT = re.compile(r"<!--.*?-->")
_BAR = re.compile(r"(?<!\\)\|")
_FENCE: Final = ("```", "~~~")
_UNSEEN: Final = "\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Pipes:
    """One table: the heading it stands under, its own headings, its rows with their lines."""

    section: str
    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def pipe_tables(text: str) -> Iterator[Pipes]:
    r"""The tables of a document in their order; lines count from 1.

    >>> [table] = pipe_tables("# Models\n\n|name|\n|-|\n|GPT|\n")
    >>> table.section, table.titles, table.rows
    ('Models', ('name',), ((5, ('GPT',)),))
    """
    lines = text.splitlines()
    section, at, fenced = "", 0, False
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith(_FENCE):
            fenced = not fenced
        elif not fenced and (heading := _HEADING.fullmatch(line)):
            section = heading[1]
        elif not fenced and "|" in line and at + 1 < len(lines):
            titles = _cells(line)
            marks = lines[at + 1]
            if _DELIMITER.fullmatch(marks) and len(_cells(marks)) == len(titles):
                rows = list(_rows(lines, at + 2))
                yield Pipes(section, titles, tuple(rows))
                at += 2 + len(rows)
                continue
        at += 1


def _rows(lines: list[str], start: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, line in enumerate(lines[start:], start=start + 1):
        if "|" not in line or _HEADING.fullmatch(line):
            return
        yield number, _cells(line)


def _cells(line: str) -> tuple[str, ...]:
    text = _COMMENT.sub("", line).strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return tuple(
        cell.replace("\\|", "|").strip().strip(_UNSEEN).strip() for cell in _BAR.split(text)
    )
