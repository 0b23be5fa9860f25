"""What terms are called: labels, aliases, classes, and short handles."""

from typing import Final

from triplary.index.scan import Scan, key
from triplary.index.text import Name
from triplary.ontology import PREFIXES, Ontology
from triplary.terms import IRI, BlankNode, Literal, Node, best_literal

__all__ = ["ENTITY_BASE", "Names"]

ENTITY_BASE: Final = PREFIXES["id"]
_LABEL, _ALIAS, _HANDLE = 1.0, 0.97, 0.9
_LONGEST_HINT: Final = 140
_UNNAMED: Final = (Literal("unnamed", language="en"), Literal("未命名", language="zh"))


class Names:
    """The names of the terms of one version of a graph."""

    def __init__(self, scanned: Scan, ontology: Ontology) -> None:
        """Keep what the pass found of names; nothing is sorted before it is asked for."""
        self._numbers, self._ontology = scanned.numbers, ontology
        self._labels, self._aliases = scanned.labels, scanned.aliases
        self._hints, self._classes = scanned.hints, scanned.classes
        self._depths: dict[IRI, int] = {}
        self._kinds: dict[tuple[IRI, ...], str] = {}

    def __contains__(self, node: Node) -> bool:
        """Whether any statement has the node as its subject or object."""
        return key(node) in self._numbers

    def labels(self, node: Node) -> tuple[Literal, ...]:
        """The preferred label in each language, by the most deliberate property that has one.

        A blank node that has none is called by its class: its own name means nothing to anyone.
        """
        chosen: dict[str, Literal] = {}
        for literal in self._called(node) or self._unnamed(node):
            chosen.setdefault(literal.language.lower(), literal)
        return tuple(chosen[language] for language in sorted(chosen))

    def aliases(self, node: Node) -> tuple[Literal, ...]:
        """The other names: aliases, and labels that are not the preferred ones."""
        others = {*self._called(node), *self._aliases.get(self._number(node), ())}
        others.difference_update(self.labels(node))
        return tuple(sorted(others, key=lambda name: (name.language, name.value)))

    def classes(self, node: Node) -> tuple[IRI, ...]:
        """The node's classes, the most specific first, then by IRI."""
        found = set(self._classes.get(self._number(node), ()))
        return tuple(sorted(found, key=lambda iri: (-self._depth(iri), iri.value)))

    def described(self, node: Node, language: str = "en", *, only: bool = False) -> str:
        """One line that the data itself has about the node; '' where it has none.

        `only` in the language or in none, not in another one.
        """
        found = self._hints.get(self._number(node), ())
        if only:
            fit = ("", language.lower().split("-")[0])
            found = [pair for pair in found if pair[1].language.lower().split("-")[0] in fit]
        best = min((rank for rank, _ in found), default=0)
        text = best_literal((literal for rank, literal in found if rank == best), language)
        line = " ".join(text.split())
        return line if len(line) <= _LONGEST_HINT else line[: _LONGEST_HINT - 1].rstrip() + "…"

    def handle(self, node: Node) -> str:
        """A short text for URLs: the end of an `id:` IRI, else a CURIE, else the IRI."""
        if isinstance(node, BlankNode):
            return str(node)
        end = node.value.removeprefix(ENTITY_BASE)
        if end and end != node.value and ":" not in end and "/" not in end:
            return end
        return self._ontology.curie(node)

    def spelled(self, text: str) -> Node | None:
        """The node that a text spells out: an IRI, a CURIE, or a blank node's label."""
        bare = text.strip()
        if bare.startswith("_:"):
            return BlankNode(bare[2:])
        if bare.startswith("<") and bare.endswith(">"):
            bare = bare[1:-1]
        else:
            expanded = self._ontology.expand(bare)
            if expanded is not None:
                return expanded
        try:
            return IRI(bare)
        except ValueError:
            return None

    def written(self, node: Node) -> list[Name]:
        """Every name that search should know the node by, with how far it is trusted."""
        number = self._number(node)
        labels = [literal.value for _, literal in self._labels.get(number, ())]
        aliases = [literal.value for literal in self._aliases.get(number, ())]
        names = dict.fromkeys(aliases, _ALIAS) | dict.fromkeys(labels, _LABEL)
        if isinstance(node, IRI):
            end = node.local_name
            if not labels:
                names.setdefault(end, _LABEL)
            elif "%" not in end and end.replace("_", " ") not in names:
                names[end] = _HANDLE
        return list(names.items())

    def direct(self, node: Node) -> tuple[IRI, ...]:
        """The node's own classes, in no order: what groups nodes of one kind."""
        return tuple(self._classes.get(self._number(node), ()))

    def kinds(self, node: Node) -> str:
        """The IRIs of the node's classes and of all classes above them, with spaces between."""
        direct = self.direct(node)
        if direct not in self._kinds:
            above = [iri for kind in direct for iri in self._ontology.superclasses(kind)]
            self._kinds[direct] = " ".join(dict.fromkeys(iri.value for iri in (*direct, *above)))
        return self._kinds[direct]

    def _number(self, node: Node) -> int:
        return self._numbers.get(key(node), -1)

    def _called(self, node: Node) -> list[Literal]:
        found = self._labels.get(self._number(node), ())
        return [literal for _, literal in sorted(found, key=lambda pair: (pair[0], pair[1].value))]

    def _unnamed(self, node: Node) -> tuple[Literal, ...]:
        if not isinstance(node, BlankNode):
            return ()
        kinds = self.classes(node)
        if not kinds:
            return _UNNAMED
        return self.labels(kinds[0]) or self._ontology.entity(kinds[0]).labels

    def _depth(self, iri: IRI) -> int:
        if iri not in self._depths:
            self._depths[iri] = len(self._ontology.superclasses(iri))
        return self._depths[iri]
