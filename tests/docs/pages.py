"""The pages of the documentation, and the fenced blocks in them."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALL = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")])
RUN = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs" / "concepts").glob("*.md")),
    *sorted((ROOT / "docs" / "guides").glob("*.md")),
]
_FENCE = re.compile(
    r"^ *```(?P<info>[^\n`]*)\n(?P<text>.*?)^ *```[ \t]*$", re.MULTILINE | re.DOTALL
)
_TITLE = re.compile(r'title="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its page, its line there, its language, its text, the file it stands for.

    `mark` is what else its first line says: `error` for a text that is wrong on purpose, `recipe`
    for a query that only a recipe asks.
    """

    page: Path
    line: int
    language: str
    text: str
    title: str = ""
    mark: str = ""

    def __str__(self) -> str:
        return f"{name(self.page)}:{self.line}"


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def blocks(page: Path) -> Iterator[Block]:
    text = text_of(page)
    for found in _FENCE.finditer(text):
        words = found["info"].split()
        title = _TITLE.search(found["info"])
        yield Block(
            page,
            text.count("\n", 0, found.start()) + 1,
            words[0] if words else "",
            textwrap.dedent(found["text"]),
            title[1] if title else "",
            " ".join(words[2 if title else 1 :]),
        )


def without_blocks(page: Path) -> str:
    return _FENCE.sub("", text_of(page))
