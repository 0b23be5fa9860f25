"""What the graph's own words mean: classes, properties, their labels, and which of them are edges.

An ontology is read from statements, so the bundled `ontology.ttl` and a stranger's data without
any ontology go the same way: what is not declared is guessed from the data's own words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from triplary.terms import IRI, BlankNode, Entity, Literal, Node, Statement, Term

__all__ = ["META", "ONTOLOGY_GRAPH", "PREFIXES", "Ontology", "Statements", "bundled"]

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
TRI: Final = "https://w3id.org/triplary/ontology#"

RDF_TYPE: Final = IRI(RDF + "type")
ONTOLOGY_GRAPH: Final = IRI("https://w3id.org/triplary/ontology")

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tri": TRI,
        "id": "https://w3id.org/triplary/id/",
        "claim": "https://w3id.org/triplary/claim/",
        "graph": "https://w3id.org/triplary/graph/",
        "check": "https://w3id.org/triplary/check/",
        "state": "https://w3id.org/triplary/state/",
        "score": "https://w3id.org/triplary/score/",
        "match": "https://w3id.org/triplary/match/",
        "rdf": RDF,
        "rdfs": RDFS,
        "owl": OWL,
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": SKOS,
        "dcterms": "http://purl.org/dc/terms/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "prov": "http://www.w3.org/ns/prov#",
        "org": "http://www.w3.org/ns/org#",
        "schema": "https://schema.org/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "void": "http://rdfs.org/ns/void#",
        "sh": "http://www.w3.org/ns/shacl#",
        "cito": "http://purl.org/spar/cito/",
        "wd": "http://www.wikidata.org/entity/",
        "wdt": "http://www.wikidata.org/prop/direct/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    }
)
"""The prefixes every door knows; those of prefix.cc where it has one."""

LABEL_PROPERTIES: Final = tuple(
    IRI(iri)
    for iri in (
        SKOS + "prefLabel",
        RDFS + "label",
        "https://schema.org/name",
        "http://schema.org/name",
        "http://purl.org/dc/terms/title",
        "http://purl.org/dc/elements/1.1/title",
        "http://xmlns.com/foaf/0.1/name",
        "http://www.w3.org/2006/vcard/ns#fn",
        "http://usefulinc.com/ns/doap#name",
        "http://www.geonames.org/ontology#name",
        "https://www.w3.org/ns/activitystreams#name",
        "https://schema.org/headline",
        "http://schema.org/headline",
        "https://schema.org/givenName",
        "http://schema.org/givenName",
        "http://xmlns.com/foaf/0.1/givenName",
    )
)
"""What an entity is called, the most deliberate property first."""

ALIAS_PROPERTIES: Final = tuple(
    IRI(iri)
    for iri in (
        SKOS + "altLabel",
        SKOS + "hiddenLabel",
        "https://schema.org/alternateName",
        "http://schema.org/alternateName",
        "http://xmlns.com/foaf/0.1/nick",
        "http://purl.org/dc/terms/alternative",
        "http://www.geonames.org/ontology#alternateName",
    )
)

_HINT_PROPERTIES: Final = (
    "http://purl.org/dc/terms/description",
    "https://schema.org/description",
    "http://schema.org/description",
    RDFS + "comment",
    SKOS + "definition",
    "http://purl.org/dc/elements/1.1/description",
    "http://purl.org/dc/terms/abstract",
)
HINT_PROPERTIES: Final = tuple(IRI(iri) for iri in _HINT_PROPERTIES)
"""What one line about an entity is taken from, where the data has it."""

_LINKS: Final = frozenset(
    IRI(iri)
    for iri in (
        RDF + "type",
        RDF + "subject",
        RDF + "predicate",
        RDF + "object",
        RDFS + "seeAlso",
        RDFS + "isDefinedBy",
        RDFS + "subPropertyOf",
        RDFS + "domain",
        RDFS + "range",
        OWL + "sameAs",
        SKOS + "exactMatch",
        SKOS + "closeMatch",
        SKOS + "inScheme",
        "https://schema.org/url",
        "http://schema.org/url",
        "https://schema.org/sameAs",
        "http://schema.org/sameAs",
        "https://schema.org/image",
        "http://schema.org/image",
        *(
            f"{base}://schema.org/{name}"
            for base in ("https", "http")
            for name in (
                "contentUrl", "downloadUrl", "embedUrl", "logo", "mainEntityOfPage",
                "thumbnailUrl",
            )
        ),
        *(
            f"http://xmlns.com/foaf/0.1/{name}"
            for name in (
                "depiction", "homepage", "img", "isPrimaryTopicOf", "logo", "mbox", "openid",
                "page", "phone", "thumbnail", "weblog", "workplaceHomepage",
            )
        ),
        "http://purl.org/dc/terms/format",
        "http://purl.org/dc/terms/license",
        *(
            f"http://www.w3.org/ns/dcat#{name}"
            for name in (
                "accessURL", "compressFormat", "downloadURL", "endpointDescription",
                "endpointURL", "landingPage", "mediaType", "packageFormat",
            )
        ),
        *(
            f"http://www.w3.org/2006/vcard/ns#{name}"
            for name in ("hasEmail", "hasLogo", "hasPhoto", "hasTelephone", "hasURL")
        ),
    )
)  # fmt: skip
"""Properties whose object is a page, a picture or bookkeeping: facts, never edges."""

_ONTOLOGYS_OWN: Final = frozenset(
    IRI(iri)
    for iri in (
        RDFS + "subPropertyOf", RDFS + "domain", RDFS + "range", OWL + "inverseOf",
    )
)  # fmt: skip
"""Properties that are edges where an ontology has nothing to show but itself."""

META: Final = (RDF, RDFS, OWL, "http://www.w3.org/2001/XMLSchema#")
"""The namespaces that ontologies are written in."""

_ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person": "schema:Person foaf:Person",
        "group": "foaf:Group schema:Audience",
        "organisation": "schema:Organization foaf:Organization org:Organization"
        " org:FormalOrganization org:OrganizationalUnit foaf:Agent dcterms:Agent prov:Agent"
        " prov:Organization",
        "company": "schema:Corporation schema:LocalBusiness",
        "academia": "schema:CollegeOrUniversity schema:EducationalOrganization"
        " schema:ResearchOrganization schema:Course",
        "government": "schema:GovernmentOrganization",
        "country": "schema:Country schema:AdministrativeArea",
        "place": "schema:Place schema:City dcterms:Location prov:Location geo:SpatialThing"
        " org:Site",
        "document": "schema:CreativeWork schema:Article schema:ScholarlyArticle schema:Book"
        " schema:Report foaf:Document dcterms:BibliographicResource",
        "law": "schema:Legislation dcterms:Policy",
        "dataset": "schema:Dataset dcat:Dataset dcat:Catalog dcat:Distribution void:Dataset",
        "software": "schema:SoftwareApplication schema:SoftwareSourceCode prov:SoftwareAgent",
        "web": "schema:WebSite schema:WebPage schema:WebAPI dcat:DataService",
        "product": "schema:Product",
        "money": "schema:Offer schema:MonetaryAmount schema:Grant",
        "event": "schema:Event prov:Activity dcterms:PeriodOfTime",
        "task": "schema:Action schema:HowTo",
        "licence": "dcterms:LicenseDocument dcterms:RightsStatement",
        "concept": "skos:Concept schema:DefinedTerm",
        "sector": "skos:ConceptScheme skos:Collection schema:DefinedTermSet",
        "language": "schema:Language dcterms:LinguisticSystem",
        "claim": "schema:Claim schema:Question rdf:Statement",
        "measure": "schema:QuantitativeValue schema:Observation schema:Rating",
    }
)
"""The pictograms of classes that much data uses, which no ontology need declare."""


_BOOKKEEPING: Final = TRI + "bookkeeping"
_CLASS_TYPES: Final = tuple(IRI(iri) for iri in (OWL + "Class", RDFS + "Class"))
_PROPERTY_TYPES: Final = tuple(
    IRI(iri)
    for iri in (
        OWL + "ObjectProperty",
        OWL + "DatatypeProperty",
        OWL + "AnnotationProperty",
        RDF + "Property",
    )
)
_NEVER_EDGES: Final = frozenset(
    IRI(OWL + name) for name in ("DatatypeProperty", "AnnotationProperty")
)
_PREFIXED = re.compile(r"([A-Za-z][\w.-]*|):(.*)", re.DOTALL)
_LOCAL = re.compile(r"[\w%.~-]*", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")


class Statements(Protocol):
    """Where an ontology is read from: the two questions of a `Store` that it needs."""

    def statements(
        self, subject: Node | None = None, predicate: IRI | None = None, object: Term | None = None
    ) -> Iterator[Statement]:
        """The statements that fit a pattern; None fits any term."""
        ...

    def about(self, subjects: Iterable[Node]) -> Iterator[Statement]:
        """The statements whose subject is one of these."""
        ...


@dataclass(frozen=True, slots=True)
class Ontology:
    """The declared classes and properties of a graph, and sound guesses for those undeclared.

    `bookkeeping` are the properties that only whoever keeps the graph needs.

    >>> Ontology().label(IRI("http://x.org/ns#developedBy"))
    'developed by'
    """

    classes: Mapping[IRI, Entity] = field(default_factory=dict)
    properties: Mapping[IRI, Entity] = field(default_factory=dict)
    parents: Mapping[IRI, tuple[IRI, ...]] = field(default_factory=dict)
    inverse_labels: Mapping[IRI, tuple[Literal, ...]] = field(default_factory=dict)
    icons: Mapping[IRI, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES)
    property_parents: Mapping[IRI, tuple[IRI, ...]] = field(default_factory=dict)
    alone: bool = False
    bookkeeping: frozenset[IRI] = frozenset()

    @classmethod
    def read(cls, graph: Statements, *, prefixes: Mapping[str, str] = PREFIXES) -> "Ontology":
        """The ontology that a graph declares, asked for by pattern, not by walking it."""
        classes = _declared(graph, _CLASS_TYPES)
        properties = _declared(graph, _PROPERTY_TYPES)
        said: dict[Node, list[Statement]] = {iri: [] for iri in (*classes, *properties)}
        for statement in graph.about(said):
            said[statement.subject].append(statement)
        parents = {iri: _iris(said[iri], RDFS + "subClassOf", iri) for iri in classes}
        inverse = {iri: _literals(said[iri], TRI + "inverseLabel") for iri in properties}
        return cls(
            {iri: _named(iri, kinds, said[iri]) for iri, kinds in classes.items()},
            {iri: _named(iri, kinds, said[iri]) for iri, kinds in properties.items()},
            parents,
            {iri: labels for iri, labels in inverse.items() if labels},
            {iri: i[0].value for iri in classes if (i := _literals(said[iri], TRI + "icon"))},
            prefixes,
            {iri: _iris(said[iri], RDFS + "subPropertyOf", iri) for iri in properties},
            bookkeeping=frozenset(
                iri
                for iri in properties
                if any(yes.value in ("true", "1") for yes in _literals(said[iri], _BOOKKEEPING))
            ),
        )

    def is_edge(self, predicate: IRI) -> bool:
        """Whether a statement of this predicate, with a node as its object, is drawn as an edge.

        Everything is, but links to pages, bookkeeping, and what is declared a DatatypeProperty or
        AnnotationProperty (OWL 2 Structural Specification §5). Where an ontology is `alone`, with
        no data beside it, its own classes and properties are what is drawn, and what joins them.
        """
        if self.alone and predicate in _ONTOLOGYS_OWN:
            return True
        if predicate in _LINKS or predicate in LABEL_PROPERTIES:
            return False
        known = self.properties.get(predicate)
        return known is None or _NEVER_EDGES.isdisjoint(known.classes)

    def entity(self, iri: Node) -> Entity:
        """The class or property as an Entity; undeclared ones are called by their IRI's end."""
        if isinstance(iri, BlankNode):
            return Entity(iri)
        known = self.classes.get(iri) or self.properties.get(iri)
        if known is not None and known.labels:
            return replace(known, icon=self.icon(iri))
        words = _CAMEL.sub(" ", iri.local_name).strip() or iri.value
        if iri not in self.classes and words[:1].islower():
            words = words.lower()
        return Entity(
            iri, (Literal(words, language="en"),), classes=known.classes if known else (),
            icon=self.icon(iri),
        )  # fmt: skip

    def icon(self, iri: IRI) -> str:
        """The name of a class's pictogram: what is declared for it or the nearest class above it.

        Where nothing is, that of the nearest class of a well-known vocabulary; else ''.

        >>> Ontology().icon(IRI("http://xmlns.com/foaf/0.1/Person"))
        'person'
        """
        line = (iri, *self.superclasses(iri))
        declared = (self.icons.get(kind, "") for kind in line)
        return next(filter(None, (*declared, *map(_known_icon, line))), "")

    def label(self, iri: Node, language: str = "en") -> str:
        """What a reader of `language` calls a class or property."""
        return self.entity(iri).label(language)

    def superclasses(self, iri: IRI) -> tuple[IRI, ...]:
        """The classes above a class, nearest first, each once, without the class itself."""
        return _above(self.parents, iri)

    def superproperties(self, iri: IRI) -> tuple[IRI, ...]:
        """The properties above a property, nearest first, each once, without itself."""
        return _above(self.property_parents, iri)

    def curie(self, iri: Node) -> str:
        """The CURIE of an IRI under the longest fitting prefix; the IRI itself where none fits.

        >>> Ontology().curie(IRI("https://w3id.org/triplary/id/Baidu"))
        'id:Baidu'
        """
        text = str(iri)
        fitting = [
            (len(namespace), f"{prefix}:{text[len(namespace) :]}")
            for prefix, namespace in self.prefixes.items()
            if text.startswith(namespace) and _LOCAL.fullmatch(text, len(namespace))
        ]
        return max(fitting, default=(0, text))[1]

    def expand(self, curie: str) -> IRI | None:
        """The IRI that a CURIE stands for; None where its prefix is unknown or it is not one."""
        found = _PREFIXED.fullmatch(curie)
        namespace = self.prefixes.get(found[1] or "tri") if found else None
        if found is None or namespace is None or found[2].startswith("//"):
            return None
        try:
            return IRI(namespace + found[2])
        except ValueError:
            return None


@cache
def _known_icon(iri: IRI) -> str:
    """The pictogram of a class of a well-known vocabulary; '' for any other."""
    curie = Ontology().curie(IRI(iri.value.replace("http://schema.org/", "https://schema.org/")))
    return next((icon for icon, curies in _ICONS.items() if curie in curies.split()), "")


def _above(parents: Mapping[IRI, tuple[IRI, ...]], iri: IRI) -> tuple[IRI, ...]:
    found: dict[IRI, None] = {}
    waiting = list(parents.get(iri, ()))
    while waiting:
        parent = waiting.pop(0)
        if parent != iri and parent not in found:
            found[parent] = None
            waiting.extend(parents.get(parent, ()))
    return tuple(found)


def _declared(graph: Statements, types: tuple[IRI, ...]) -> dict[IRI, tuple[IRI, ...]]:
    """Each IRI of one of the types, sorted, with the types it was declared with."""
    kinds: dict[IRI, list[IRI]] = {}
    for kind in types:
        for statement in graph.statements(None, RDF_TYPE, kind):
            if isinstance(statement.subject, IRI):
                kinds.setdefault(statement.subject, []).append(kind)
    return {iri: tuple(dict.fromkeys(kinds[iri])) for iri in sorted(kinds)}


def _named(iri: IRI, kinds: tuple[IRI, ...], said: list[Statement]) -> Entity:
    labels = [label for p in LABEL_PROPERTIES for label in _literals(said, p.value)]
    comments = _literals(said, RDFS + "comment")
    hint = min((c.value for c in comments if c.language in ("en", "")), default="")
    return Entity(iri, tuple(dict.fromkeys(labels)), classes=kinds, hint=hint)


def _literals(said: list[Statement], predicate: str) -> tuple[Literal, ...]:
    found = {
        s.object for s in said if s.predicate.value == predicate and isinstance(s.object, Literal)
    }
    return tuple(sorted(found))


def _iris(said: list[Statement], predicate: str, without: IRI) -> tuple[IRI, ...]:
    found = {s.object for s in said if s.predicate.value == predicate and s.object != without}
    return tuple(sorted(iri for iri in found if isinstance(iri, IRI)))


def bundled(name: str) -> Path:
    """Where a file or folder that ships with triplary is: `ontology.ttl`, `graph`.

    In an installed package they lie in `triplary/atlas`; in a clone, at its top.
    Raises FileNotFoundError where neither has it.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "atlas", here.parents[1]):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"{name} did not come with this installation of triplary")
