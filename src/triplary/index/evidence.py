"""Who says so: the source behind each named graph, and the claims about each triple."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from triplary.index.scan import CITO, CLAIM_PARTS, key
from triplary.ontology import TRI
from triplary.store import Store
from triplary.terms import (
    IRI,
    BlankNode,
    Claim,
    Entity,
    Evidence,
    Literal,
    Node,
    Source,
    Statement,
    Term,
    best_literal,
)

__all__ = ["Claims", "EvidenceIndex", "Triple", "read_sources"]

Triple = tuple[Node, IRI, Term]

_DCT: Final = "http://purl.org/dc/terms/"
_DCAT: Final = "http://www.w3.org/ns/dcat#"


@dataclass(slots=True)
class Claims:
    """The claims of a graph, in order of IRI: `graphs` says where each stands.

    `said` holds what is said of each claim, by predicate.

    >>> Claims.gather([Statement(IRI("c:1"), IRI("http://x.org/p"), Literal("v"))]).nodes
    ()
    """

    nodes: tuple[Node, ...] = ()
    graphs: tuple[Node | None, ...] = ()
    said: dict[str, dict[str, list[Term]]] = field(default_factory=dict)

    @classmethod
    def gather(cls, statements: Iterable[Statement]) -> "Claims":
        """The nodes that have an rdf:subject, rdf:predicate and rdf:object, and what they say."""
        said: dict[str, dict[str, list[Term]]] = {}
        homes: dict[str, tuple[Node, Node | None]] = {}
        for statement in statements:
            text = key(statement.subject)
            if statement.predicate.value in CLAIM_PARTS:
                homes[text] = (statement.subject, statement.graph)
            values = said.setdefault(text, {}).setdefault(statement.predicate.value, [])
            if statement.object not in values:
                values.append(statement.object)
        whole = sorted(text for text, parts in said.items() if all(p in parts for p in CLAIM_PARTS))
        return cls(
            tuple(homes[text][0] for text in whole),
            tuple(homes[text][1] for text in whole),
            {text: said[text] for text in whole},
        )

    def values(self, number: int, predicate: str) -> list[Term]:
        """What is said of a claim by one predicate, sorted."""
        found = self.said[key(self.nodes[number])].get(predicate, [])
        return sorted(found, key=lambda term: (str(term), type(term).__name__))

    def text(self, number: int, predicate: str) -> str:
        """The first thing said of a claim by one predicate, English before others; '' if none."""
        found = self.values(number, predicate)
        literals = [value for value in found if isinstance(value, Literal)]
        return best_literal(literals, "en") or (str(found[0]) if found else "")

    def triples(self, number: int) -> list[Triple]:
        """The triples a claim is made of: each subject with each object."""
        subjects, predicates, objects = (self.values(number, part) for part in CLAIM_PARTS)
        return [
            (subject, predicate, value)
            for subject in subjects
            if not isinstance(subject, Literal)
            for predicate in predicates
            if isinstance(predicate, IRI)
            for value in objects
        ]


class EvidenceIndex:
    """For a triple, everyone who says so.

    `sources` maps each named graph (None: the default graph) to its Source.
    """

    def __init__(
        self,
        claims: Claims,
        sources: Mapping[Node | None, Source],
        entity: Callable[[Node], Entity],
    ) -> None:
        """Note which claims each triple has; a claim itself is read when it is first asked for."""
        self.claims, self.sources = claims, sources
        self._entity = entity
        self._read: dict[int, Evidence] = {}
        self._stated: dict[Node | None, Evidence] = {}
        self._about: dict[Triple, list[int]] = {}
        self._of_subject: dict[str, list[Triple]] = {}
        self._of_object: dict[str, list[Triple]] = {}
        for number in range(len(claims.nodes)):
            for triple in claims.triples(number):
                known = self._about.setdefault(triple, [])
                known.append(number)
                if len(known) == 1:
                    self._of_subject.setdefault(key(triple[0]), []).append(triple)
                    if not isinstance(triple[2], Literal):
                        self._of_object.setdefault(key(triple[2]), []).append(triple)

    def source(self, graph: Node | None) -> Source:
        """Who says what a named graph holds; a graph nobody describes is called by its IRI."""
        known = self.sources.get(graph)
        return known if known is not None else Source(graph, title=_readable(graph))

    def of(
        self, subject: Node, predicate: IRI, object: Term, graphs: Iterable[Node | None] = ()
    ) -> tuple[Evidence, ...]:
        """The evidence of one triple: the sources of the graphs that state it, then its claims."""
        stated = tuple(one for graph in sorted(set(graphs), key=str) for one in self.states(graph))
        claims = self._about.get((subject, predicate, object), ())
        return stated + tuple(self.claim(number) for number in claims)

    def states(self, graph: Node | None) -> tuple[Evidence, ...]:
        """That a named graph states something; the same value each time."""
        if graph not in self._stated:
            self._stated[graph] = Evidence(self.source(graph))
        return (self._stated[graph],)

    def claimed_of(self, subject: Node) -> tuple[Triple, ...]:
        """The triples that claims say of a subject, stated elsewhere or not."""
        return tuple(self._of_subject.get(key(subject), ()))

    def claimed_with(self, object: Node) -> tuple[Triple, ...]:
        """The triples that claims say with this node as their object."""
        return tuple(self._of_object.get(key(object), ()))

    def claim(self, number: int) -> Evidence:
        """A claim, with the source of the named graph it stands in."""
        if number not in self._read:
            source = self.source(self.claims.graphs[number])
            self._read[number] = Evidence(source, self._claim(number))
        return self._read[number]

    def _claim(self, number: int) -> Claim:
        said = self.claims

        def nodes(predicate: str) -> tuple[Node, ...]:
            values = said.values(number, predicate)
            return tuple(value for value in values if not isinstance(value, Literal))

        return Claim(
            said.nodes[number],
            kind=said.text(number, TRI + "kind"),
            verdict=said.text(number, TRI + "verdict"),
            confidence=_number(said.text(number, TRI + "confidence")),
            attributed_to=tuple(
                self._attributed(value) for value in said.values(number, TRI + "attributedTo")
            ),
            sentence=said.text(number, TRI + "sentence"),
            note=said.text(number, TRI + "note"),
            corrected_by=nodes(TRI + "correctedBy"),
            disputes=nodes(CITO + "disputes"),
            supports=nodes(CITO + "supports"),
        )

    def _attributed(self, value: Term) -> Entity:
        if isinstance(value, Literal):
            return Entity(BlankNode("unnamed"), (value,))
        return self._entity(value)


def read_sources(
    store: Store, graphs: Iterable[Node | None], label: Callable[[Node], str]
) -> dict[Node | None, Source]:
    """The source of each named graph, by the standard properties of its IRI.

    Title, publisher, licence and date are those of DCMI Terms, the page is dcterms:source or
    dcat:landingPage (DCAT 3, https://www.w3.org/TR/vocab-dcat-3/).
    """
    graphs = tuple(graphs)
    said: dict[str, dict[str, list[Term]]] = {}
    found = {(s.subject, s.predicate, s.object) for s in store.about(g for g in graphs if g)}
    for graph, property, value in sorted(found, key=lambda triple: [str(term) for term in triple]):
        said.setdefault(str(graph), {}).setdefault(property.value, []).append(value)
    return {graph: _source(graph, said.get(str(graph), {}), label) for graph in graphs}


def _source(
    graph: Node | None, said: Mapping[str, list[Term]], label: Callable[[Node], str]
) -> Source:
    def first(*properties: str) -> str:
        for property in properties:
            if found := said.get(property):
                texts = [v if isinstance(v, Literal) else Literal(str(v)) for v in found]
                return best_literal(texts, "en")
        return ""

    publishers = said.get(_DCT + "publisher", [])
    named = [v if isinstance(v, Literal) else Literal(label(v)) for v in publishers]
    return Source(
        graph,
        title=first(_DCT + "title") or _readable(graph),
        publisher=best_literal(named, "en"),
        license=first(_DCT + "license"),
        url=first(_DCT + "source", _DCAT + "landingPage"),
        date=first(_DCT + "issued", _DCT + "modified"),
        titles=tuple(v for v in said.get(_DCT + "title", []) if isinstance(v, Literal)),
    )


def _readable(graph: Node | None) -> str:
    if graph is None:
        return "default graph"
    return (graph.local_name or graph.value) if isinstance(graph, IRI) else str(graph)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
