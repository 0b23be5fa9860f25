"""The words of the pages and the API, one JSON file for each language, shared with the browser."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from triplary.server.negotiation import best

__all__ = ["LANGUAGES", "preferred", "words"]

LANGUAGES: Final = ("en", "zh")


@cache
def words(language: str) -> Mapping[str, str]:
    """Every word of a language by its key."""
    path = files("triplary.server") / "locale" / f"{language}.json"
    found: Mapping[str, str] = json.loads(path.read_text("utf-8"))
    return found


def preferred(accept_language: str) -> str:
    """The language of ours that a browser's Accept-Language likes best; English where none.

    >>> preferred("zh-CN,zh;q=0.9,en;q=0.8")
    'zh'
    """
    primary = ",".join(
        part.partition("-")[0] + ";" + part.partition(";")[2] if "-" in part else part
        for part in accept_language.replace(" ", "").split(",")
    )
    return best(primary, LANGUAGES) or "en"
