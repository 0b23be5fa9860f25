"""What something is a part of: a city of its country, a unit of its company, all the way up."""

from triplary.index import Index
from triplary.terms import Node

__all__ = ["wholes"]


def wholes(index: Index, node: Node) -> frozenset[Node]:
    """What a node is stated to be a part of, and what that is a part of in turn."""
    a, start = index.adjacency, index.adjacency.number(node)
    if start is None:
        return frozenset()
    found: dict[int, None] = {}
    waiting = [start]
    while waiting:
        edges = a.leaving(waiting.pop())
        for edge in edges[[kind in index.parts for kind in a.predicate[edges].tolist()]].tolist():
            target = int(a.target[edge])
            if a.stated(edge) and target not in found and target != start:
                found[target] = None
                waiting.append(target)
    return frozenset(a.nodes[number] for number in found)
