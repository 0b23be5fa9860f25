"""The View: what a person looks at, as one small frozen value that every face is drawn from."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from triplary.errors import BadParameter
from triplary.terms import IRI, Edge, Entity, Node, Subgraph
from triplary.view import labels, style
from triplary.view.axis import Axis
from triplary.view.communities import numbered
from triplary.view.icons import ICONS
from triplary.view.layouts import LAYOUTS, Asked, lay_out
from triplary.view.names import handle

__all__ = ["COLORS", "View", "make"]

COLORS: Final = ("class", "community")
"""What the colour of a node can tell."""

LABEL_SIZE: Final = 12.0
"""The font size of a node's label, in pixels."""
FULL_DEGREE: Final = 24.0
"""A node with so many edges is drawn as large as any."""


@dataclass(frozen=True, slots=True)
class View:
    """A subgraph with the places of its nodes, and the recipe that found it.

    `positions` are pixels around (0, 0), x to the right, y downwards, one pair for each node.
    `verb` and `parameters` say how it was asked for, `version` of which graph, `asked` which nodes
    were named by the person, `opened` which were opened after, `pinned` which stand where the
    person put them. `scores` hold what `size_by` measures, one for each node, or nothing for the
    degree within the subgraph; `communities` the number of each node's community, the largest 0,
    -1 for none; `begins` its first date, or ''. `class_order` fixes the colours of the classes it
    names. `axis` is there where places tell dates. `base` is put before the address of an entity's
    page.
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
    layout: str = "force"
    communities: tuple[int, ...] = ()
    begins: tuple[str, ...] = ()
    opened: tuple[Node, ...] = ()
    pinned: tuple[Node, ...] = ()
    axis: Axis | None = None

    def __post_init__(self) -> None:
        """Refuse places, scores, communities and dates that are not one for each node."""
        count = len(self.subgraph)
        if len(self.positions) != count:
            raise ValueError(f"{len(self.positions)} places for {count} nodes")
        for what in ("scores", "communities", "begins"):
            if len(getattr(self, what)) not in (0, count):
                raise ValueError(f"{len(getattr(self, what))} {what} for {count} nodes")

    @property
    def sizes(self) -> tuple[float, ...]:
        """The radius of each node in pixels."""
        full = 0.0 if self.scores else FULL_DEGREE
        return style.node_sizes(self.measured, full=full)

    @property
    def measured(self) -> tuple[float, ...]:
        """What each node's size tells: its score, or its degree where there are no scores."""
        if self.scores:
            return self.scores
        degree = dict.fromkeys((node.iri for node in self.subgraph), 0.0)
        for edge in self.subgraph.edges:
            if edge.subject in degree and edge.object in degree:
                degree[edge.subject] += 1
                degree[edge.object] += 1
        return tuple(degree.values())

    @property
    def slots(self) -> dict[IRI, int]:
        """The slot of each class that is drawn, see `style.class_slots`: it has a shape of its own.

        It has a colour of its own too, unless communities are coloured.
        """
        return style.class_slots(self.subgraph, order=self.class_order)

    @property
    def looks(self) -> tuple[style.Look, ...]:
        """The colour slot, the shape and the pictogram of each node."""
        slots, known = self.slots, words_of(self.subgraph)
        by_class = self.color_by == "class" or not self.communities
        found = []
        for index, node in enumerate(self.subgraph):
            cls = style.node_class(node.classes)
            slot = style.OTHER if cls is None else slots[cls]
            color = slot if by_class else style.community_slot(self.communities[index])
            icons = (icon_of(kind, known) for kind in node.classes)
            icon = next(filter(None, icons), "")
            found.append(style.Look(color, style.SHAPE_OF_SLOT[slot], icon))
        return tuple(found)

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


def icon_of(cls: IRI, known: Mapping[Node, Entity]) -> str:
    """The name of a class's pictogram; '' where it has none, or one that there is not."""
    icon = known[cls].icon if cls in known else ""
    return icon if icon in ICONS else ""


def make(
    subgraph: Subgraph,
    *,
    title: str = "",
    language: str = "en",
    verb: str = "",
    parameters: Iterable[tuple[str, str]] = (),
    version: str = "",
    asked: Iterable[Node] = (),
    opened: Iterable[Node] = (),
    pinned: Mapping[Node, tuple[float, float]] | None = None,
    loose: Container[Node] = (),
    found: Sequence[int] = (),
    layout: str = "force",
    scores: Mapping[Node, float] | None = None,
    size_by: str = "degree",
    color_by: str = "class",
    communities: Mapping[Node, int] | None = None,
    begins: Mapping[Node, str] | None = None,
    class_order: Iterable[IRI] = (),
    as_of: str = "",
    filters: Iterable[tuple[str, str]] = (),
    base: str = "",
) -> View:
    """The view of a subgraph, laid out.

    `layout` is force, hierarchy, circle or timeline. `pinned` holds the places of nodes that a
    person moved; those that are `loose` stand there without being pinned. `found` says how many
    nodes there were after each step of the recipe, so that a later step moves nothing of an earlier
    one (force only); where it is left out and the verb is expand, the steps are guessed from the
    edges of the nodes `asked` for. `scores` replace the degree as the nodes' size; `color_by` is
    class or community: of the subgraph, unless `communities` are given. `begins` holds the first
    date of nodes (YYYY, YYYY-MM, YYYY-MM-DD, or a time). Raises BadParameter for another layout or
    `color_by`.
    """
    for name, value, known in (("layout", layout, LAYOUTS), ("color", color_by, COLORS)):
        if value not in known:
            raise BadParameter(name, value, f"it is one of {', '.join(known)}")
    asked = tuple(asked)
    nodes = [node.iri for node in subgraph]
    values = tuple(scores.get(node, 0.0) for node in nodes) if scores else ()
    dates = tuple((begins or {}).get(node, "") for node in nodes)
    index = {node: i for i, node in enumerate(nodes)}
    pairs = [
        (index[edge.subject], index[edge.object])
        for edge in subgraph.edges
        if edge.subject in index and edge.object in index
    ]
    if layout != "force":
        steps = [0] * len(nodes)
    elif found:
        steps = [sum(node >= count for count in found) for node in range(len(nodes))]
    elif verb == "expand":
        steps = _steps(len(nodes), pairs, [index[node] for node in asked if node in index])
    else:
        steps = [0] * len(nodes)
    pins = {index[node]: spot for node, spot in (pinned or {}).items() if node in index}
    positions, axis = lay_out(
        layout,
        Asked(
            _boxes(subgraph, pairs, steps, values, language),
            pairs,
            steps,
            pins,
            starts=[index[node] for node in asked if node in index],
            groups=[(style.node_class(node.classes) or IRI("none:")).value for node in subgraph],
            dates=dates,
        ),
    )
    return View(
        subgraph, positions, title=title, language=language, verb=verb,
        parameters=tuple(parameters), version=version, asked=asked, size_by=size_by,
        color_by=color_by, scores=values, class_order=tuple(class_order), as_of=as_of,
        filters=tuple(filters), base=base, layout=layout,
        communities=numbered(nodes, pairs, communities, wanted=color_by == "community"),
        begins=dates if any(dates) else (), opened=tuple(opened),
        pinned=tuple(node for node in nodes if index[node] in pins and node not in loose),
        axis=axis,
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
