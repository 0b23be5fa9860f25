"""The entities by what they are: a million of them have a few hundred combinations of classes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from triplary.index.names import Names
from triplary.index.scan import Numbers
from triplary.terms import IRI, Node

__all__ = ["Kinds"]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Groups of entities that have the same classes: `group` has that of each entity.

    `classes` are a group's own classes, the most specific first; `above` are these and all
    classes above them.
    """

    group: Numbers
    classes: tuple[tuple[IRI, ...], ...]
    above: tuple[frozenset[IRI], ...]

    @classmethod
    def of(cls, names: Names, nodes: Sequence[Node]) -> "Kinds":
        """The groups of the entities that names know."""
        groups: dict[tuple[IRI, ...], int] = {}
        found = [groups.setdefault(names.direct(node), len(groups)) for node in nodes]
        first: dict[int, Node] = {}
        for node, group in zip(nodes, found, strict=True):
            first.setdefault(group, node)
        return cls(
            np.array(found, dtype=np.int32),
            tuple(names.classes(first[group]) for group in range(len(groups))),
            tuple(
                frozenset(map(IRI, names.kinds(first[group]).split()))
                for group in range(len(groups))
            ),
        )

    def where(self, test: Callable[[int], bool]) -> npt.NDArray[np.bool_]:
        """For each entity, whether its group passes a test."""
        passing = np.array([test(group) for group in range(len(self.classes))], dtype=bool)
        return passing[self.group] if len(passing) else np.zeros(len(self.group), dtype=bool)
