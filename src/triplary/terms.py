"""The frozen values that rooms hand to each other: RDF terms, and what is found with them.

No vendor, no input or output. RDF terms follow RDF 1.1 Concepts (https://www.w3.org/TR/rdf11-concepts/).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

__all__ = [
    "IRI",
    "VERDICTS",
    "BlankNode",
    "Claim",
    "Edge",
    "Entity",
    "Evidence",
    "Fact",
    "Literal",
    "More",
    "Node",
    "Path",
    "Source",
    "Statement",
    "Subgraph",
    "Table",
    "Term",
]

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING: Final = XSD + "string"
RDF_LANG_STRING: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

VERDICTS: Final = (
    "wrong",
    "disputed",
    "doubtful",
    "stale",
    "imprecise",
    "partly",
    "unverifiable",
    "not checkable",
    "plausible",
    "supported",
)
"""The verdicts a claim can have, the least favourable first."""

_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


@dataclass(frozen=True, slots=True, order=True)
class IRI:
    """An IRI, absolute, as RDF 1.1 Concepts §3.2 has it.

    Raises ValueError where the text holds a character that no IRI may hold.

    >>> str(IRI("https://w3id.org/triplary/id/Baidu"))
    'https://w3id.org/triplary/id/Baidu'
    """

    value: str

    def __post_init__(self) -> None:
        """Refuse at once what would break out of <…> later."""
        if ":" not in self.value or _NOT_IN_IRI.search(self.value):
            raise ValueError(f"not an absolute IRI: {self.value!r}")

    def __str__(self) -> str:
        """The IRI's text."""
        return self.value

    @property
    def local_name(self) -> str:
        """What follows the last #, / or : — the readable end of the IRI."""
        return re.split(r"[#/:]", self.value.rstrip("#/:"))[-1]


@dataclass(frozen=True, slots=True, order=True)
class BlankNode:
    """A blank node; its label means something only within one store."""

    value: str

    def __str__(self) -> str:
        """The label as Turtle writes it."""
        return f"_:{self.value}"


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A literal: lexical form, datatype IRI, and a language tag for language-tagged strings.

    >>> Literal("百度", language="zh").datatype == RDF_LANG_STRING
    True
    """

    value: str
    datatype: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        """Fill the datatype that RDF 1.1 implies."""
        if not self.datatype:
            implied = RDF_LANG_STRING if self.language else XSD_STRING
            object.__setattr__(self, "datatype", implied)

    def __str__(self) -> str:
        """The lexical form."""
        return self.value


Term: TypeAlias = IRI | BlankNode | Literal
Node: TypeAlias = IRI | BlankNode


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple together with the named graph that holds it (None: the default graph)."""

    subject: Node
    predicate: IRI
    object: Term
    graph: Node | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Entity:
    """A node a person can talk about: its IRI, what it is called, and what it is.

    `labels` holds the preferred label in each language, `aliases` the other names, `classes` the
    IRIs of its classes (most telling first), `hint` one line that tells it from its namesakes,
    `icon` the name of the pictogram that a class gives its entities.
    """

    iri: Node
    labels: tuple[Literal, ...] = ()
    aliases: tuple[Literal, ...] = ()
    classes: tuple[IRI, ...] = ()
    hint: str = ""
    icon: str = ""

    def __repr__(self) -> str:
        """What it is called, and its IRI: the rest is a page long."""
        return f"<Entity {self.label()} ({self.iri})>"

    def label(self, language: str = "en") -> str:
        """The label in `language`, else in English, else any, else the IRI's readable end.

        >>> Entity(IRI("http://x.org/Baidu"), (Literal("百度", language="zh"),)).label("zh")
        '百度'
        """
        return best_literal(self.labels, language) or (
            self.iri.local_name if isinstance(self.iri, IRI) else str(self.iri)
        )


def filled(word: str, object: str) -> str:
    """A predicate's label with its object: in its gap (…) where it has one, else behind it.

    >>> filled("developed by", "Baidu"), filled("由…开发", "百度")
    ('developed by Baidu', '由百度开发')
    """
    return word.replace("…", object, 1) if "…" in word else f"{word} {object}"


def best_literal(literals: Iterable[Literal], language: str) -> str:
    """The text that a reader of `language` wants; '' where there is none.

    The language itself first, then its regions (zh-CN for zh), English, no language, any other.
    """

    def order(literal: Literal) -> tuple[int, str]:
        return _place(literal.language, language), literal.value

    return min(literals, key=order, default=_NOTHING).value


_NOTHING: Final = Literal("")


@lru_cache(maxsize=1 << 10)
def _place(language: str, wanted: str) -> int:
    """Where a language comes for a reader who wants another."""
    tag, wanted = language.lower(), wanted.lower()
    fitting = (
        tag == wanted, tag.startswith(wanted + "-"), tag == "en", tag.startswith("en-"), not tag,
    )  # fmt: skip
    return fitting.index(True) if any(fitting) else len(fitting)


@dataclass(frozen=True, slots=True)
class Source:
    """Who says what a named graph holds: title, publisher, licence, where, and when.

    Texts are '' where the data does not say. `date` is the date of the source's own edition;
    `titles` holds the title in each language that the data has it in.
    """

    graph: Node | None
    title: str = ""
    publisher: str = ""
    license: str = ""
    url: str = ""
    date: str = ""
    titles: tuple[Literal, ...] = ()

    def called(self, language: str = "en") -> str:
        """The title for a reader of `language`; '' where there is none.

        >>> Source(None, "Claims", titles=(Literal("论断", language="zh"),)).called("zh")
        '论断'
        """
        return best_literal(self.titles, language) or self.title


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says, with what became of it when it was checked.

    `kind` is fact, opinion, forecast, normative or attributed; `verdict` one of VERDICTS;
    `confidence` in [0, 1] or None; `sentence` the number of the sentence (S1…) it stands in.
    """

    iri: Node
    kind: str = ""
    verdict: str = ""
    confidence: float | None = None
    attributed_to: tuple[Entity, ...] = ()
    sentence: str = ""
    note: str = ""
    corrected_by: tuple[Node, ...] = ()
    disputes: tuple[Node, ...] = ()
    supports: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so: the source, and the claim where the source is a text that was checked.

    `claim` is None where a named graph states the triple directly.
    """

    source: Source
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A predicate and its object, as said of one subject, with everyone who says so.

    `held` says from when until when it held, where that is known: pairs of dates as they were
    written, '' for an end that is open.
    """

    subject: Node
    predicate: IRI
    object: Term
    evidence: tuple[Evidence, ...] = ()
    held: tuple[tuple[str, str], ...] = ()

    @property
    def stated(self) -> bool:
        """Whether a source states the triple directly (it is in a named graph)."""
        return any(item.claim is None for item in self.evidence)

    @property
    def verdict(self) -> str:
        """The least favourable verdict of its claims; 'stated' where there is no claim.

        >>> Fact(IRI("a:s"), IRI("a:p"), IRI("a:o")).verdict
        'stated'
        """
        found = {item.claim.verdict for item in self.evidence if item.claim is not None}
        return next((verdict for verdict in VERDICTS if verdict in found), "stated")


@dataclass(frozen=True, slots=True)
class Edge(Fact):
    """A fact whose object is a node: what a drawing shows as a line."""

    object: Node = field(kw_only=False)


@dataclass(frozen=True, slots=True)
class More:
    """What a subgraph left out at one node: `total` edges of a predicate, `shown` of them drawn.

    `inverse` is True for edges that arrive at the node.
    """

    node: Node
    predicate: IRI
    inverse: bool
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Nodes and edges that were found, with what was left out, and the words to say them.

    `vocabulary` holds an Entity for each predicate and class in use, so that a face needs no more
    than this value. Order is that of finding: the asked-for node first.
    """

    nodes: tuple[Entity, ...] = ()
    edges: tuple[Edge, ...] = ()
    more: tuple[More, ...] = ()
    vocabulary: tuple[Entity, ...] = ()

    def __iter__(self) -> Iterator[Entity]:
        """The nodes, in order."""
        return iter(self.nodes)

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self.nodes)

    def sources(self) -> tuple[Source, ...]:
        """Every source that speaks in the subgraph, once, in order of first use."""
        # by identity first: thousands of edges share a few sources, whose hash takes time
        spoken = {id(e.source): e.source for edge in self.edges for e in edge.evidence}
        return tuple(dict.fromkeys(spoken.values()))


@dataclass(frozen=True, slots=True)
class Path:
    """A simple path: one node more than edges; edge i joins node i and node i+1, either way round.

    `cost` is the sum of the edges' weights: lower is more telling.
    """

    nodes: tuple[Entity, ...]
    edges: tuple[Edge, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions of a SELECT query: named columns, rows of terms, None where unbound.

    `cut` is True where a limit ended the rows before the query did.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    cut: bool = False

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        """The rows, in order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)
