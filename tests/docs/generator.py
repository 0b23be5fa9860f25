"""docs/generate.py and what it is made of, as modules: it is a script, outside every package."""

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from docs.pages import ROOT

FOLDER = str(ROOT / "docs")


@cache
def generator(part: str) -> ModuleType:
    """A module of docs/generation, or `generate` itself."""
    if FOLDER not in sys.path:
        sys.path.append(FOLDER)
    return import_module(part)


@cache
def made() -> dict[Path, str]:
    return dict(generator("generate").pages())
