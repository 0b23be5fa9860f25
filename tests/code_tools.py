"""The tools that programs in other languages run with; which are missing is said loudly."""

import os
import shutil
from pathlib import Path

import pytest

JENA = Path("/usr/share/java")
"""Where Debian's libapache-jena-java puts its jars."""

ALWAYS = ("sh", "curl", "wget", "node")
"""What `make test` uses too where it is there: it is small, or quick."""

REQUIRED = os.environ.get("CODE_TOOLS") == "required"
"""Set by `make test-code`, which installs the tools: then a missing one fails."""


def tool(name: str, *, installs: str) -> str:
    """The path of a program; says loudly which test does not run for the want of which tool."""
    if name not in ALWAYS and not REQUIRED:
        pytest.skip(f"programs for {name} run in `make test-code`")
    found = shutil.which(name)
    if found is None:
        lacking(name, installs=installs)
    return str(found)


def lacking(name: str, *, installs: str) -> None:
    told = f"{name} is not installed, so this never ran here: {installs}"
    if REQUIRED and "Debian has none" not in installs:
        pytest.fail(told)
    pytest.skip(told)
