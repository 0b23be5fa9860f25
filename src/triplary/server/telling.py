"""The rooms' frozen values as the JSON that the API answers, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from triplary import explore, measure
from triplary.index import Index
from triplary.kg import Comparison, Found, Paths, Picture
from triplary.ontology import RDF_TYPE
from triplary.terms import IRI, Entity, Fact, Literal, Node, Path, Term
from triplary.view.figures import figure
from triplary.view.names import page
from triplary.view.sentences import sentence
from triplary.view.told import evidence_json, source_json
from triplary.view.words import word

__all__ = ["Teller"]


class Teller:
    """Tells values in one language, by the names of one index."""

    def __init__(self, index: Index, language: str) -> None:
        """Remember whose words to use."""
        self.index, self.language = index, language

    def entity(self, entity: Entity) -> dict[str, Any]:
        """An entity in short: what a list or a suggestion shows."""
        kind = entity.classes[0] if entity.classes else None
        return {
            "iri": str(entity.iri),
            "name": self.index.name(entity.iri),
            "label": entity.label(self.language),
            "class": str(kind or ""),
            "classLabel": self.word(kind) if kind else "",
            "hint": self.index.hint(entity.iri, self.language),
            "page": page(entity.iri),
        }

    def word(self, iri: IRI) -> str:
        """The label of a class or property."""
        return self.index.word(iri).label(self.language)

    def match(self, match: explore.Match) -> dict[str, Any]:
        """A search match."""
        return {**self.entity(match.entity), "score": match.score, "matched": match.matched}

    def ranked(self, row: measure.Ranked) -> dict[str, Any]:
        """A row of a ranking."""
        return {**self.entity(row.entity), "score": row.score}

    def description(self, described: explore.Description) -> dict[str, Any]:
        """Everything said of an entity, in groups."""
        entity = described.entity
        return {
            "entity": {
                **self.entity(entity),
                "curie": self.index.ontology.curie(entity.iri),
                "labels": [_text(literal) for literal in entity.labels],
                "aliases": [_text(literal) for literal in entity.aliases],
                "classes": [{"iri": str(iri), "label": self.word(iri)} for iri in entity.classes],
            },
            "asOf": described.as_of,
            "relations": [self._relation(relation) for relation in described.relations],
            "groups": [self._group(described, group) for group in described.groups],
            "sources": [source_json(source, self.language) for source in described.sources()],
        }

    def _relation(self, relation: explore.Relation) -> dict[str, Any]:
        return {
            "predicate": str(relation.predicate),
            "label": self.word(relation.predicate),
            "inverseLabel": self.index.backwards(relation.predicate, self.language),
            "name": self.index.properties.name(relation.predicate),
            "inverse": relation.inverse,
            "total": relation.total,
        }

    def filtering(self, found: Found) -> dict[str, Any]:
        """What a picture could be filtered by, and how much of it is hidden."""
        facets, (nodes, edges) = found.facets, found.hidden
        index = self.index
        return {
            "facets": {
                "classes": [
                    _facet(facet, self.word(facet.value), index.classes.name(facet.value))
                    for facet in facets.classes
                ],
                "predicates": [
                    _facet(facet, self.word(facet.value), index.properties.name(facet.value))
                    for facet in facets.predicates
                ],
                "graphs": [
                    _facet(
                        facet,
                        index.evidence.source(facet.value).called(self.language),
                        index.named_graphs.name(facet.value),
                    )
                    for facet in facets.graphs
                ],
                "verdicts": [
                    _facet(facet, word(facet.value, self.language), facet.value)
                    for facet in facets.verdicts
                ],
                "ranges": [self._extent(extent) for extent in facets.ranges],
                "time": facets.time,
            },
            "hidden": {"nodes": nodes, "edges": edges},
        }

    def _extent(self, extent: explore.Extent) -> dict[str, Any]:
        return {
            "property": str(extent.property),
            "label": self.word(extent.property),
            "name": self.index.properties.name(extent.property),
            "kind": extent.kind,
            "low": extent.low,
            "high": extent.high,
            "count": extent.count,
        }

    def _group(self, described: explore.Description, group: explore.Group) -> dict[str, Any]:
        nodes = {node.iri: node for node in described.nodes}
        return {
            "predicate": str(group.predicate),
            "label": self.word(group.predicate),
            "inverseLabel": self.index.backwards(group.predicate, self.language),
            "inverse": group.inverse,
            "shown": group.shown,
            "total": group.total,
            "conflict": group.conflict,
            "leftOut": group.left_out,
            "bookkeeping": group.predicate in self.index.ontology.bookkeeping,
            "facts": [
                self._fact(fact, fact.subject if group.inverse else fact.object, nodes)
                for fact in group.facts
            ],
        }

    def _fact(self, fact: Fact, end: Term, nodes: Mapping[Node, Entity]) -> dict[str, Any]:
        return {
            "value": self.value(end, nodes, is_class=fact.predicate == RDF_TYPE),
            "verdict": fact.verdict,
            "stated": fact.stated,
            "held": [list(span) for span in fact.held],
            "evidence": [evidence_json(item, self.language) for item in fact.evidence],
        }

    def value(
        self, term: Term, nodes: Mapping[Node, Entity], *, is_class: bool = False
    ) -> dict[str, Any]:
        """A term as a reader sees it; only an entity of the graph has a page."""
        if isinstance(term, Literal):
            return {
                "type": "literal", "value": term.value, "label": figure(term), "name": "",
                "language": term.language, "datatype": term.datatype, "page": "",
            }  # fmt: skip
        known = nodes.get(term)
        label = known.label(self.language) if known and known.labels and not is_class else ""
        if is_class and isinstance(term, IRI):
            label = self.word(term)
        entity = known is not None and not is_class and term in self.index.names
        return {
            "type": "iri" if isinstance(term, IRI) else "bnode",
            "value": str(term),
            "label": label or str(term),
            "name": self.index.name(term),
            "language": "",
            "datatype": "",
            "page": page(term) if entity else "",
        }

    def paths(self, paths: Paths, picture: Picture) -> dict[str, Any]:
        """Each path as steps; a step names its edge in the picture, '' where that hides it."""
        name = picture.namer()
        numbers = {
            (edge.subject, edge.predicate, edge.object): f"e{place}"
            for place, edge in enumerate(picture.drawn_edges())
        }
        return {
            "paths": [
                {"cost": round(path.cost, 3), "steps": self._steps(path, name, numbers)}
                for path in paths
            ],
            "sources": self._sources(edge for path in paths for edge in path.edges),
        }

    def _sources(self, facts: Iterable[Fact]) -> list[dict[str, Any]]:
        """Every source that speaks in the facts, once, in order of first use."""
        spoken = dict.fromkeys(item.source for fact in facts for item in fact.evidence)
        return [source_json(source, self.language) for source in spoken]

    def _steps(
        self,
        path: Path,
        name: Callable[[Node], str],
        numbers: Mapping[tuple[Node, IRI, Node], str],
    ) -> list[dict[str, Any]]:
        return [
            {
                "sentence": sentence(edge, name=name, language=self.language),
                "from": self.entity(start),
                "to": self.entity(end),
                "predicate": str(edge.predicate),
                "label": self.word(edge.predicate),
                "inverse": edge.object == start.iri and edge.subject == end.iri,
                "edge": numbers.get((edge.subject, edge.predicate, edge.object), ""),
                "verdict": edge.verdict,
                "evidence": [evidence_json(item, self.language) for item in edge.evidence],
            }
            for start, edge, end in zip(path.nodes, path.edges, path.nodes[1:], strict=False)
        ]

    def comparison(self, compared: Comparison) -> dict[str, Any]:
        """What two entities share, and what only one has; `totals` counts what may be cut."""
        shared, left, right = compared.totals
        both = (fact for each in compared.shared for fact in (each.left, each.right))
        return {
            "shared": [
                {
                    **self._said(compared.left.iri, each.left),
                    "right": self._said(compared.right.iri, each.right),
                }
                for each in compared.shared
            ],
            "left": [self._said(compared.left.iri, fact) for fact in compared.only_left],
            "right": [self._said(compared.right.iri, fact) for fact in compared.only_right],
            "totals": {
                "shared": shared,
                "left": left,
                "right": right,
                "bookkeeping": compared.bookkeeping,
            },
            "sources": self._sources((*both, *compared.only_left, *compared.only_right)),
        }

    def _said(self, of: Node, fact: Fact) -> dict[str, Any]:
        """A fact as said of one entity: its predicate, its direction and its other end."""
        inverse = fact.subject != of
        end = fact.subject if inverse else fact.object
        nodes = {} if isinstance(end, Literal) else {end: self.index.entity(end)}
        return {
            "predicate": str(fact.predicate),
            "label": self.word(fact.predicate),
            "inverseLabel": self.index.backwards(fact.predicate, self.language),
            "inverse": inverse,
            **self._fact(fact, end, nodes),
        }


def _facet(facet: explore.Facet[Any], label: str, name: str) -> dict[str, Any]:
    return {
        "value": str(facet.value or ""),
        "label": label,
        "name": name,
        "count": facet.count,
        "shown": facet.shown,
    }


def _text(literal: Literal) -> dict[str, str]:
    return {"value": literal.value, "language": literal.language}
