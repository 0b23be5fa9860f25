"""Markdown that is made: tables, blocks of code, and docstrings as prose."""

import inspect
import re
from collections.abc import Mapping, Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; a bar in a cell is escaped, a line break becomes a space."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", r"\|") for cell in line) + " |\n"
        for line in lines
    )


def code(text: str, language: str) -> str:
    """A fenced block."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def summary(value: object) -> str:
    """The first sentence of a docstring, on one line."""
    text = inspect.getdoc(value) or ""
    return " ".join(text.partition("\n\n")[0].split())


def prose(value: object) -> str:
    """A docstring without its doctests."""
    text = inspect.getdoc(value) or ""
    return re.split(r"^>>> ", text, maxsplit=1, flags=re.MULTILINE)[0].strip()


def with_blocks(page: str, blocks: Mapping[str, str]) -> str:
    """The page with each block between its marks; raises KeyError for a block without marks."""
    for name, text in blocks.items():
        marks = rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)"
        page, found = re.subn(marks, text.replace("\\", r"\\"), page, flags=re.DOTALL)
        if found != 1:
            raise KeyError(f"the page has {found} places for {name}")
    return page
