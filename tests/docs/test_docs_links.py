"""Links and pictures lead somewhere; no page names a place on somebody's machine."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from docs.pages import ALL, ROOT, name, text_of, without_blocks

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]*`")
_MACHINE = re.compile(r"/(?:root|tmp|work|opt)/|/home/(?!somebody)|/Users/")


@pytest.mark.parametrize("written", ALL, ids=name)
def test_relative_links_lead_somewhere(written: Path) -> None:
    links = _LINK.findall(_CODE.sub("", without_blocks(written)))
    relative = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in relative if not leads(written, link)] == []


def leads(page: Path, link: str) -> bool:
    path, _, anchor = unquote(link).partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("written", ALL, ids=name)
def test_no_page_names_a_place_on_a_machine(written: Path) -> None:
    assert _MACHINE.findall(text_of(written)) == []


def test_every_page_is_linked() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in ALL
        for link in _LINK.findall(text_of(page))
    }
    lonely = [name(p) for p in ALL if p not in linked and p.is_relative_to(ROOT / "docs")]
    assert lonely == []


def test_every_picture_is_shown() -> None:
    shown = {
        (page.parent / link).resolve() for page in ALL for link in _LINK.findall(text_of(page))
    }
    pictures = sorted((ROOT / "docs" / "images").iterdir())
    assert [name(picture) for picture in pictures if picture not in shown] == []
