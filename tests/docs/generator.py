"""docs/generate.py as a module: it is a script, and lies outside every package."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

from docs.pages import ROOT


@cache
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def made() -> dict[Path, str]:
    return dict(generator().pages())
