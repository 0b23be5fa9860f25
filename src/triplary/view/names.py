"""The short handle of a node, and where its page is."""

from typing import Final
from urllib.parse import quote

from triplary.terms import IRI, Node

__all__ = ["ENTITIES", "handle", "page"]

ENTITIES: Final = "https://w3id.org/triplary/id/"
"""The namespace of the entities this project names itself."""


def handle(node: Node) -> str:
    """What stands for a node in a URL: the end of its IRI if we named it, else the whole IRI.

    >>> handle(IRI("https://w3id.org/triplary/id/Baidu"))
    'Baidu'
    """
    return str(node).removeprefix(ENTITIES)


def page(node: Node, base: str = "") -> str:
    """The address of an entity's page under `base`; '' for a blank node, which has none.

    >>> page(IRI("http://x.org/a b".replace(" ", "#")), "https://kg.example")
    'https://kg.example/entity/http%3A%2F%2Fx.org%2Fa%23b'
    """
    if not isinstance(node, IRI):
        return ""
    # Our own names are percent-encoded already, and their pages should read like their IRIs.
    name = handle(node)
    own = str(node).startswith(ENTITIES)
    return f"{base}/entity/{quote(name, safe='%') if own else quote(name, safe='')}"
