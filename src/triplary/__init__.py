"""triplary: a knowledge-graph explorer in which every edge says who says so.

>>> import triplary
>>> kg = triplary.open()
>>> kg.search("百度").first().label()
'Baidu'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triplary import errors
    from triplary.kg import KnowledgeGraph
    from triplary.kg import open_graph as open
    from triplary.terms import IRI, Entity, Literal, Statement
    from triplary.view import View

__version__ = "0.1.0"

__all__ = [
    "IRI",
    "Entity",
    "KnowledgeGraph",
    "Literal",
    "Statement",
    "View",
    "__version__",
    "errors",
    "open",
]

# Each name is fetched from its room when it is first asked for, so that a command which needs
# only one room, or must fork before any thread starts, does not load them all.
_ROOMS = {
    "IRI": ("triplary.terms", "IRI"),
    "Entity": ("triplary.terms", "Entity"),
    "KnowledgeGraph": ("triplary.kg", "KnowledgeGraph"),
    "Literal": ("triplary.terms", "Literal"),
    "Statement": ("triplary.terms", "Statement"),
    "View": ("triplary.view", "View"),
    "load_ipython_extension": ("triplary.kg.notebook", "load_ipython_extension"),
    "open": ("triplary.kg", "open_graph"),
}


def __getattr__(name: str) -> Any:
    """The public name, from the room it lives in (PEP 562)."""
    if name == "errors":
        return import_module("triplary.errors")
    if name not in _ROOMS:
        raise AttributeError(f"module 'triplary' has no attribute {name!r}")
    room, inner = _ROOMS[name]
    return getattr(import_module(room), inner)


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
