"""The View: what a person looks at, as one small frozen value that every face is drawn from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from triplary.terms import IRI, Edge, Entity, Node, Subgraph
from triplary.view import labels, style
from triplary.view.layout import place
from triplary.view.names import handle

__all__ = ["View", "make"]

LABEL_SIZE: Final = 12.0
"""The font size of a node's label, in pixels."""
FULL_DEGREE: Final = 24.0
"""A node with so many edges is drawn as large as any."""


@dataclass(frozen=True, slots=True)
class View:
    """A subgraph with the places of its nodes, and the recipe that found it.

    `positions` are pixels around (0, 0), x to the right, y downwards, one pair for each node.
    `verb` and `parameters` say how it was asked for, `version` of which graph, `asked` which nodes
    were named by the person. `scores` hold what `size_by` measures, one for each node, or nothing
    for the degree within the subgraph. `class_order` fixes the colours of the classes it names.
    `base` is put before the address of an entity's page.
    """

    subgraph: Subgraph
    positions: tuple[tuple[float, float], ...]
    title: str = ""
    language: str = "en"
    verb: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    version: str = ""
    asked: tuple[Node, ...] = ()
    size_by: str = "degree"
    color_by: str = "class"
    scores: tuple[float, ...] = ()
    class_order: tuple[IRI, ...] = ()
    as_of: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    base: str = ""

    def __post_init__(self) -> None:
        """Refuse places and scores that are not one for each node."""
        if len(self.positions) != len(self.subgraph):
            raise ValueError(f"{len(self.positions)} places for {len(self.subgraph)} nodes")
        if self.scores and len(self.scores) != len(self.subgraph):
            raise ValueError(f"{len(self.scores)} scores for {len(self.subgraph)} nodes")

    @property
    def sizes(self) -> tuple[float, ...]:
        """The radius of each node in pixels."""
        return _sizes(self.subgraph, self.scores)

    @property
    def slots(self) -> dict[IRI, int]:
        """The colour slot of each class that is drawn, see `style.class_slots`."""
        return style.class_slots(self.subgraph, order=self.class_order)

    def drawn_edges(self) -> tuple[Edge, ...]:
        """The edges whose two ends are nodes of the view, in order."""
        inside = {node.iri for node in self.subgraph}
        return tuple(e for e in self.subgraph.edges if e.subject in inside and e.object in inside)

    def namer(self) -> Callable[[Node], str]:
        """A function that gives a node, class or predicate its name in the view's language.

        The name is one clean line, and never empty. Make it once and ask it often.
        """
        known = words_of(self.subgraph)
        names: dict[Node, str] = {}

        def name(node: Node) -> str:
            if node not in names:
                entity = known.get(node) or Entity(node)
                names[node] = labels.clean(entity.label(self.language)) or handle(node)
            return names[node]

        return name

    def to_json(self) -> dict[str, Any]:
        """The view as the explorer takes it: JSON values, labels in the view's language."""
        from triplary.view.told import told

        return told(self)

    def freeze(self) -> dict[str, Any]:
        """The whole view as JSON values, every language kept; `View.thaw` makes it again."""
        from triplary.view.frozen import freeze

        return freeze(self)

    @classmethod
    def thaw(cls, frozen: Mapping[str, Any]) -> "View":
        """The view that `freeze` wrote; raises BadParameter where it was something else."""
        from triplary.view.frozen import thaw

        return thaw(frozen)


def words_of(subgraph: Subgraph) -> dict[Node, Entity]:
    """The entity of each node, class and predicate; nodes win over the vocabulary."""
    return {entity.iri: entity for entity in (*subgraph.vocabulary, *subgraph.nodes)}


def make(
    subgraph: Subgraph,
    *,
    title: str = "",
    language: str = "en",
    verb: str = "",
    parameters: Iterable[tuple[str, str]] = (),
    version: str = "",
    asked: Iterable[Node] = (),
    pinned: Mapping[Node, tuple[float, float]] | None = None,
    found: Sequence[int] = (),
    scores: Mapping[Node, float] | None = None,
    size_by: str = "degree",
    class_order: Iterable[IRI] = (),
    as_of: str = "",
    filters: Iterable[tuple[str, str]] = (),
    base: str = "",
) -> View:
    """The view of a subgraph, laid out.

    `pinned` holds the places of nodes that a person moved. `found` says how many nodes there were
    after each step of the recipe, so that a later step moves nothing of an earlier one; where it is
    left out and the verb is expand, the steps are guessed from the edges of the nodes `asked` for.
    `scores` replace the degree as the nodes' size.
    """
    asked = tuple(asked)
    values = tuple(scores.get(node.iri, 0.0) for node in subgraph) if scores else ()
    index = {node.iri: i for i, node in enumerate(subgraph)}
    pairs = [
        (index[edge.subject], index[edge.object])
        for edge in subgraph.edges
        if edge.subject in index and edge.object in index
    ]
    if found:
        steps = [sum(node >= count for count in found) for node in range(len(subgraph))]
    elif verb == "expand":
        steps = _steps(len(subgraph), pairs, [index[node] for node in asked if node in index])
    else:
        steps = [0] * len(subgraph)
    positions = place(
        _boxes(subgraph, pairs, steps, values, language),
        pairs,
        steps=steps,
        pinned={index[node]: spot for node, spot in (pinned or {}).items() if node in index},
    )
    return View(
        subgraph, positions, title=title, language=language, verb=verb,
        parameters=tuple(parameters), version=version, asked=asked, size_by=size_by, scores=values,
        class_order=tuple(class_order), as_of=as_of, filters=tuple(filters), base=base,
    )  # fmt: skip


def _steps(count: int, pairs: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[int]:
    """The step of each node: that of the first start it lies next to, never falling in order.

    Subgraphs list nodes in the order of finding, so what comes after a later find is later too.
    """
    if len(starts) < 2:
        return [0] * count
    rank = {start: step for step, start in enumerate(starts)}
    near = [len(starts) - 1] * count
    for a, b in pairs:
        for one, other in ((a, b), (b, a)):
            near[one] = min(near[one], rank.get(other, len(starts)))
    steps, least = [], 0
    for node in range(count):
        if node in rank:
            steps.append(min(rank[node], near[node]))
        else:
            least = max(least, near[node])
            steps.append(least)
    return steps


def _sizes(subgraph: Subgraph, scores: Sequence[float]) -> tuple[float, ...]:
    """The radius of each node, by score, or by degree where there are no scores."""
    if scores:
        return style.node_sizes(scores)
    degree = dict.fromkeys((node.iri for node in subgraph), 0.0)
    for edge in subgraph.edges:
        if edge.subject in degree and edge.object in degree:
            degree[edge.subject] += 1
            degree[edge.object] += 1
    return style.node_sizes(tuple(degree.values()), full=FULL_DEGREE)


def _boxes(
    subgraph: Subgraph, pairs: Sequence[tuple[int, int]], steps: Sequence[int],
    scores: Sequence[float], language: str,
) -> list[tuple[float, float]]:  # fmt: skip
    """The room each node takes with its label; in a crowd less, since labels give way there.

    Only what was there when a node was found counts, or a later step would move earlier nodes.
    """
    crowd = [sum(step <= last for step in steps) for last in range(max(steps, default=0) + 1)]
    degree = [0.0] * len(subgraph)
    for a, b in pairs:
        degree[a] += steps[b] <= steps[a]
        degree[b] += steps[a] <= steps[b]
    sizes = style.node_sizes(scores) if scores else style.node_sizes(degree, full=FULL_DEGREE)
    boxes = []
    for node, radius, step in zip(subgraph, sizes, steps, strict=True):
        widest = 200.0 if crowd[step] <= 150 else 90.0 if crowd[step] <= 600 else 44.0
        text = labels.lines(node.label(language))
        wide = max((labels.width(line, LABEL_SIZE) for line in text), default=0.0)
        tall = 14.0 * len(text) if widest > 90 else 10.0
        boxes.append((max(min(wide, widest), 2 * radius) + 14.0, 2 * radius + tall + 12.0))
    return boxes
