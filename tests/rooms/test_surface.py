"""What `import triplary` shows is the contract: no name more, no name less."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import triplary

PUBLIC = [
    "IRI", "Entity", "KnowledgeGraph", "Literal", "Statement", "View", "__version__", "errors",
    "open",
]  # fmt: skip
MODULES = [
    found.name
    for found in pkgutil.walk_packages(triplary.__path__, "triplary.")
    if found.name != "triplary.__main__"
]


def test_the_public_names_are_these() -> None:
    assert triplary.__all__ == PUBLIC
    assert dir(triplary) == sorted(PUBLIC)
    for name in PUBLIC:
        assert getattr(triplary, name) is not None


def test_every_public_name_is_documented() -> None:
    for name in PUBLIC:
        assert name == "__version__" or inspect.getdoc(getattr(triplary, name))


def test_a_public_name_is_that_of_its_room() -> None:
    from triplary.kg import KnowledgeGraph, open_graph
    from triplary.terms import IRI

    assert triplary.IRI is IRI
    assert triplary.KnowledgeGraph is KnowledgeGraph
    assert triplary.open is open_graph


def test_there_is_no_other_name() -> None:
    with pytest.raises(AttributeError) as caught:
        _ = triplary.load  # type: ignore[attr-defined]
    assert str(caught.value) == "module 'triplary' has no attribute 'load'"


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert triplary.__version__ == version("triplary")


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_exports_is_there_and_its_own_or_a_rooms(name: str) -> None:
    module = importlib.import_module(name)
    exported = getattr(module, "__all__", [])
    assert len(set(exported)) == len(exported)
    for public in exported:
        assert hasattr(module, public), public
        assert not isinstance(getattr(module, public), ModuleType) or name == "triplary.explore"


@pytest.mark.parametrize("name", MODULES)
def test_every_module_and_what_it_exports_is_documented(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for public in getattr(module, "__all__", []):
        value = getattr(module, public)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert value.__doc__, public


SLOW = (
    "networkx", "numpy", "pandas", "pypinyin", "pyshacl", "pyvis", "rdflib", "resvg_py", "scipy",
    "yaml",
)  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import triplary", (*SLOW, "pyoxigraph", "httpx", "fastapi", "typer", "tantivy")),
        ("import triplary.cli", (*SLOW, "fastapi")),
        ("from triplary.store.opening import open_store; open_store()", (*SLOW, "httpx")),
        (
            "import triplary.server.app",
            ("networkx", "pandas", "pypinyin", "pyshacl", "pyvis", "rdflib", "scipy", "resvg_py"),
        ),
    ],
)  # fmt: skip
def test_what_is_slow_to_import_waits_until_it_is_needed(
    statement: str, absent: tuple[str, ...]
) -> None:
    script = f"import sys; {statement}; print(sorted(sys.modules.keys() & {set(absent)!r}))"
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (ended.stdout, ended.stderr) == ("[]\n", "")


def test_no_state_is_made_and_no_thread_started_by_the_imports_before_a_fork() -> None:
    script = (
        "import threading, triplary.cli, triplary.store.worker, triplary.store.opening as o;"
        "o.open_store(); print(threading.active_count(),"
        " len(list(__import__('pathlib').Path('/proc/self/task').iterdir())))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (ended.stdout, ended.stderr) == ("1 1\n", "")
