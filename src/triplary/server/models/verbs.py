"""The shapes of the API's answers, for OpenAPI and the TypeScript types made from it.

The answers are built by `telling` and `view.told`; a test checks them against these models.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "CompareAnswer",
    "DescribeAnswer",
    "DrawnAnswer",
    "ExpandAnswer",
    "GraphAnswer",
    "PathsAnswer",
    "Problem",
    "QueriesAnswer",
    "RankAnswer",
    "SearchAnswer",
    "ShortAnswer",
    "Strict",
    "ViewJson",
]


class Strict(BaseModel):
    """A model that knows all its fields."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class SourceJson(Strict):
    """Who says what a named graph holds; `id` is what evidence calls it by."""

    id: str
    graph: str
    title: str
    publisher: str
    license: str
    url: str
    date: str


class ClaimJson(Strict):
    """A claim with its verdict."""

    iri: str
    kind: str
    verdict: str
    confidence: float | None
    attributedTo: list[str]  # noqa: N815 - JSON's own case
    sentence: str
    note: str
    correctedBy: list[str]  # noqa: N815 - JSON's own case
    disputes: list[str]
    supports: list[str]


class EvidenceJson(Strict):
    """One who says so: the id of a source of the answer, and the claim where that is a text."""

    source: str
    claim: ClaimJson | None


class NodeJson(Strict):
    """A node of a view: what it is, where it stands, how it looks."""

    iri: str
    name: str
    label: str
    class_: str = Field(alias="class")
    classLabel: str  # noqa: N815 - JSON's own case
    hint: str
    x: float
    y: float
    size: float
    color: int
    shape: str
    icon: str
    score: float
    community: int
    begins: str
    asked: bool
    opened: bool
    pinned: bool
    page: str


class EdgeJson(Strict):
    """An edge of a view, with everyone who says so."""

    id: str
    source: str
    target: str
    predicate: str
    label: str
    verdict: str
    stated: bool
    evidence: list[EvidenceJson]


class MoreJson(Strict):
    """What one node has that is not drawn."""

    node: str
    predicate: str
    label: str
    inverse: bool
    shown: int
    total: int


class LegendClassJson(Strict):
    """A class in the legend."""

    class_: str = Field(alias="class")
    label: str
    color: int
    shape: str
    icon: str
    count: int


class LegendCommunityJson(Strict):
    """A community in the legend, called by its best connected nodes."""

    community: int
    label: str
    color: int
    count: int


class LegendVerdictJson(Strict):
    """A line of the legend: how edges with a verdict are drawn."""

    verdict: str
    label: str
    count: int
    line: str
    dash: list[float]
    width: float
    tone: str
    marks: str


class PaletteJson(Strict):
    """The colours of the ten slots, on light and on dark ground."""

    light: list[str]
    dark: list[str]


class LegendJson(Strict):
    """What colours, shapes and lines mean."""

    classes: list[LegendClassJson]
    communities: list[LegendCommunityJson]
    verdicts: list[LegendVerdictJson]
    palette: PaletteJson
    icons: dict[str, str]


class TickJson(Strict):
    """A place across the drawing, and the date (YYYY or YYYY-MM) that begins there."""

    x: float
    date: str


class AxisJson(Strict):
    """The axis of a timeline: `undated` nodes lie below `bottom`; empty years are shortened."""

    ticks: list[TickJson]
    top: float
    bottom: float
    breaks: list[tuple[float, float]]
    undated: int


class ViewJson(Strict):
    """A view, resolved for one reader."""

    title: str
    language: str
    version: str
    verb: str
    parameters: list[tuple[str, str]]
    asOf: str  # noqa: N815 - JSON's own case
    filters: list[tuple[str, str]]
    sizeBy: str  # noqa: N815 - JSON's own case
    colorBy: str  # noqa: N815 - JSON's own case
    layout: str
    axis: AxisJson | None
    nodes: list[NodeJson]
    edges: list[EdgeJson]
    more: list[MoreJson]
    legend: LegendJson
    sources: list[SourceJson]
    text: list[str]


class FacetJson(Strict):
    """A class, property, named graph or verdict: how many there are unfiltered, and now."""

    value: str
    label: str
    name: str
    count: int
    shown: int


class RangeJson(Strict):
    """A property with numbers or dates: its least and greatest value among the unfiltered nodes."""

    property: str
    label: str
    name: str
    kind: Literal["number", "date"]
    low: str
    high: str
    count: int


class FacetsJson(Strict):
    """What a view can be filtered by; `time` are the first and last date that a node begins at."""

    classes: list[FacetJson]
    predicates: list[FacetJson]
    graphs: list[FacetJson]
    verdicts: list[FacetJson]
    ranges: list[RangeJson]
    time: tuple[str, str] | None


class HiddenJson(Strict):
    """How many nodes and edges are not drawn because of filters and hiding."""

    nodes: int
    edges: int


class DrawnAnswer(Strict):
    """What every verb that draws answers."""

    view: ViewJson
    facets: FacetsJson
    hidden: HiddenJson


class EntityJson(Strict):
    """An entity in short."""

    iri: str
    name: str
    label: str
    class_: str = Field(alias="class")
    classLabel: str  # noqa: N815 - JSON's own case
    hint: str
    page: str


class MatchJson(EntityJson):
    """An entity that search found."""

    score: float
    matched: str


class TextJson(Strict):
    """A text in a language."""

    value: str
    language: str


class WordJson(Strict):
    """A class or property with its label."""

    iri: str
    label: str


class DescribedJson(EntityJson):
    """An entity with all its names."""

    curie: str
    labels: list[TextJson]
    aliases: list[TextJson]
    classes: list[WordJson]


class ValueJson(Strict):
    """A term as a reader sees it."""

    type: Literal["iri", "bnode", "literal"]
    value: str
    label: str
    name: str
    language: str
    datatype: str
    page: str


class FactJson(Strict):
    """A value with its verdict and everyone who says so.

    `held` says from when until when it held; an end that is open is ''.
    """

    value: ValueJson
    verdict: str
    stated: bool
    held: list[tuple[str, str]]
    evidence: list[EvidenceJson]


class GroupJson(Strict):
    """The facts of one predicate and direction.

    `leftOut` counts those that did not hold as of the date asked for.
    """

    predicate: str
    label: str
    inverseLabel: str  # noqa: N815 - JSON's own case
    inverse: bool
    shown: int
    total: int
    conflict: bool
    leftOut: int  # noqa: N815 - JSON's own case
    bookkeeping: bool
    facts: list[FactJson]


class SaidJson(FactJson):
    """A fact with its predicate and direction."""

    predicate: str
    label: str
    inverseLabel: str  # noqa: N815 - JSON's own case
    inverse: bool


class SharedJson(SaidJson):
    """A fact that two entities share, as said of the left and of the right one."""

    right: SaidJson


class StepJson(Strict):
    """A step of a path."""

    sentence: str
    from_: EntityJson = Field(alias="from")
    to: EntityJson
    predicate: str
    label: str
    inverse: bool
    edge: str
    verdict: str
    evidence: list[EvidenceJson]


class PathJson(Strict):
    """A path: its cost, lower is more telling, and its steps."""

    cost: float
    steps: list[StepJson]


class TotalsJson(Strict):
    """How much there is of what a comparison lists, and how much bookkeeping it leaves out."""

    shared: int
    left: int
    right: int
    bookkeeping: int


class RankedJson(EntityJson):
    """An entity with its score."""

    score: float


class ParameterJson(Strict):
    """A parameter of a named query."""

    name: str
    kind: str
    example: str
    many: bool
    help: str


class NamedQueryJson(Strict):
    """A named query."""

    name: str
    title: str
    text: str
    parameters: list[ParameterJson]


class SearchAnswer(Strict):
    """The answer of search."""

    text: str
    matches: list[MatchJson]


class RelationJson(Strict):
    """A relation of an entity: a property with its direction, and how many edges it has.

    `inverseLabel` is how the property reads from its object, '' where no ontology says it.
    """

    predicate: str
    label: str
    inverseLabel: str  # noqa: N815 - JSON's own case
    name: str
    inverse: bool
    total: int


class DescribeAnswer(Strict):
    """The answer of describe; `asOf` is the date it is of, '' for all times."""

    entity: DescribedJson
    asOf: str  # noqa: N815 - JSON's own case
    relations: list[RelationJson]
    groups: list[GroupJson]
    sources: list[SourceJson]


class ExpandAnswer(DrawnAnswer):
    """The answer of expand."""


class GraphAnswer(DrawnAnswer):
    """The view of what a query found: `rows` counts its triples or solutions, `total` its entities.

    Where a view cannot hold them all, those with the most edges are drawn.
    """

    rows: int
    cut: bool
    total: int


class ShortAnswer(Strict):
    """A short, lasting address for a long one."""

    id: str
    address: str


class PathsAnswer(DrawnAnswer):
    """The answer of paths; `sources` are those that its steps name."""

    paths: list[PathJson]
    sources: list[SourceJson]


class CompareAnswer(DrawnAnswer):
    """The answer of compare; `sources` are those that its facts name."""

    shared: list[SharedJson]
    left: list[SaidJson]
    right: list[SaidJson]
    totals: TotalsJson
    sources: list[SourceJson]


class RankAnswer(DrawnAnswer):
    """The answer of rank; `exact` is false where the scores were estimated.

    Without a measure, `by` and `rows` are empty; `total` counts the entities.
    """

    by: str
    exact: bool
    total: int
    rows: list[RankedJson]


class QueriesAnswer(Strict):
    """The named queries."""

    queries: list[NamedQueryJson]


class Problem(BaseModel):
    """A failure, as RFC 9457 has it, with a hint."""

    type: str
    title: str
    status: int
    detail: str
    hint: str = ""
