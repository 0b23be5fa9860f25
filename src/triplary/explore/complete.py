"""Complete: which class, property or entity fits at a place of a query, the most used first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from triplary.index import Index
from triplary.index.pinyin import sound
from triplary.index.text import normal
from triplary.terms import IRI, Entity, Node

__all__ = ["Completion", "Position", "complete"]

Position = Literal["class", "property", "entity"]
Counted = tuple[Node, int]

_SCANNED: Final = 1000
"""Of more words than this, those that search finds are looked at, and the most used ones."""

_BEGINS, _WORD_BEGINS, _HOLDS, _NEARLY = range(4)


@dataclass(frozen=True, slots=True)
class Completion:
    """A word that fits, and how often it is used at the place that was asked for."""

    entity: Entity
    count: int


def complete(
    index: Index,
    text: str,
    position: Position,
    *,
    classes: Iterable[IRI] = (),
    predicate: IRI | None = None,
    inverse: bool = False,
    limit: int = 20,
) -> tuple[Completion, ...]:
    """The words that fit at a position of a triple pattern and are called something like the text.

    `classes` are those of the subject, where they are known; at the position of an entity,
    `predicate` is the property that leads there, or that leaves there where it is `inverse`.
    A text that is empty fits all. What begins like the text comes before what only holds it.
    """
    offered = _offered(index, position, tuple(classes), predicate, inverse=inverse)
    wanted = normal(text.replace(":", " ") if " " not in text else text)
    if not wanted:
        best = [counted for counted in offered[: 4 * limit] if isinstance(counted[0], IRI)]
        return tuple(_completion(index, position, *counted) for counted in best[:limit])
    ranked = []
    looked_at = offered
    if position == "entity" and len(offered) > _SCANNED:
        looked_at = [*offered[:_SCANNED], *_found(index, offered, wanted, predicate, inverse)]
    for place, (node, count) in enumerate(looked_at):
        tier = _fit(index, position, node, wanted)
        if tier is not None and isinstance(node, IRI):
            ranked.append((tier, -count, place, node))
    return tuple(
        _completion(index, position, node, -count)
        for _, count, _, node in sorted(ranked, key=lambda each: each[:3])[:limit]
    )


def _offered(
    index: Index,
    position: Position,
    classes: tuple[IRI, ...],
    predicate: IRI | None,
    *,
    inverse: bool,
) -> Sequence[Counted]:
    """All that could stand at the place, the most used first."""
    usage = index.usage
    if position == "class":
        used = dict(usage.classes)
        unused = [(iri, 0) for iri in sorted(index.ontology.classes) if iri not in used]
        return [*usage.classes, *unused]
    if position == "property":
        if classes and (found := usage.properties_of(classes, inverse=inverse)):
            return found
        return usage.properties
    if predicate is not None:
        return usage.values(predicate, inverse=inverse)
    return index.by_degree


def _found(
    index: Index, offered: Sequence[Counted], wanted: str, predicate: IRI | None, inverse: bool
) -> list[Counted]:
    """What search finds among the entities that are offered but too many to look at each."""
    numbers = [hit.entity for hit in index.text.search(wanted, limit=100)]
    nodes = [index.adjacency.nodes[number] for number in numbers]
    if predicate is None:
        counts = [int(index.adjacency.degree[number]) for number in numbers]
    else:
        known = index.usage.counts(predicate, inverse=inverse)
        counts = [known.get(node, 0) for node in nodes]
    first = {node for node, _ in offered[:_SCANNED]}
    return [
        (node, count)
        for node, count in zip(nodes, counts, strict=True)
        if count and node not in first
    ]


def _fit(index: Index, position: Position, node: Node, wanted: str) -> int | None:
    """How the text fits a word's names: the lower the better, None where it does not."""
    best: int | None = None
    for name, heard, initials in _names(index, position, node):
        tier = _fit_of(name, wanted)
        if tier is None and heard and wanted.isascii():
            typed = wanted.replace(" ", "")
            if heard.startswith(typed) or initials.startswith(typed):
                tier = _WORD_BEGINS
        if tier is not None and (best is None or tier < best):
            best = tier
            if best == _BEGINS:
                break
    return best


def _fit_of(name: str, wanted: str) -> int | None:
    if name.startswith(wanted):
        return _BEGINS
    if f" {wanted}" in name:
        return _WORD_BEGINS
    short, long = wanted.replace(" ", ""), name.replace(" ", "")
    if long.startswith(short):
        return _BEGINS
    if short in long and (len(short) > 2 or not short.isascii()):
        return _HOLDS
    alike = len(short) > 3 and short.isascii() and long[:1] == short[:1]
    if alike and _one_edit(short, long[: len(short) + 1]):
        return _NEARLY
    return None


def _one_edit(typed: str, start: str) -> bool:
    """Whether the text is the beginning of a name but for one typing error."""
    from rapidfuzz.distance import OSA

    lengths = (len(typed) - 1, len(typed), len(typed) + 1)
    return any(OSA.distance(typed, start[:length], score_cutoff=1) <= 1 for length in lengths)


def _names(index: Index, position: Position, node: Node) -> tuple[tuple[str, str, str], ...]:
    """A word's names as they are compared, with their sounds; read once."""
    known = index.compared
    if node not in known:
        written = _written(index, position, node)
        if isinstance(node, IRI):
            written += [node.local_name, index.ontology.curie(node).replace(":", " ")]
        names = dict.fromkeys(filter(None, map(normal, written)))
        known[node] = tuple((name, *_sound(name)) for name in names)
    return known[node]


def _written(index: Index, position: Position, node: Node) -> list[str]:
    """A word's labels and aliases."""
    if position == "entity" or not isinstance(node, IRI):
        names = index.names
        return [literal.value for literal in (*names.labels(node), *names.aliases(node))]
    entity = index.word(node)
    return [literal.value for literal in (*entity.labels, *entity.aliases)]


def _sound(name: str) -> tuple[str, str]:
    heard = sound(name)
    return ("", "") if heard is None else (heard.syllables.replace(" ", ""), heard.initials or "\n")


def _completion(index: Index, position: Position, node: Node, count: int) -> Completion:
    return Completion(_entity(index, position, node), count)


def _entity(index: Index, position: Position, node: Node) -> Entity:
    if position == "entity" or not isinstance(node, IRI):
        return index.entity(node)
    return index.word(node)
