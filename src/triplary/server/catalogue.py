"""What there is to fetch, in RDF: a DCAT catalogue of the files, and VoID's counts of the graph.

https://www.w3.org/TR/vocab-dcat-3/, https://www.w3.org/TR/void/; which class a property leads to
from which other is told by a partition in a partition, datatypes by http://ldf.fi/void-ext#.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from triplary.index.usage import Joined
from triplary.kg import KnowledgeGraph
from triplary.ontology import PREFIXES, RDF_TYPE
from triplary.server.caching import Version
from triplary.server.files import SUFFIXES, WHOLE, DataFile, Sum, named_graphs
from triplary.terms import IRI, XSD, Literal, Source, Statement, Term

__all__ = ["catalogue", "title_of", "void"]

DCAT: Final = PREFIXES["dcat"]
DCT: Final = PREFIXES["dcterms"]
VOID: Final = PREFIXES["void"]
VOID_EXT: Final = "http://ldf.fi/void-ext#"
SPDX: Final = "http://spdx.org/rdf/terms#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_TITLE: Final = (
    Literal("Everything, in one file", language="en"),
    Literal("全部数据（一个文件）", language="zh"),
)

Triple = tuple[IRI, str, Term]


def title_of(source: Source) -> tuple[Literal, ...]:
    """What a named graph is called, in each language that has a title."""
    return source.titles or (Literal(source.title),)


def catalogue(
    kg: KnowledgeGraph, version: Version, base: str, sums: Mapping[tuple[str, str], Sum]
) -> list[Statement]:
    """The catalogue of /data/ under `base`, with the sums that are known."""
    home, whole = IRI(f"{base}/data/"), IRI(f"{base}/data/{WHOLE}")
    counts = dict(kg.index.statistics.graphs)
    graphs = named_graphs(kg)
    triples: list[Triple] = [
        (home, RDF_TYPE.value, IRI(DCAT + "Catalog")),
        *((home, DCT + "title", title) for title in _catalogue_titles()),
        (home, DCAT + "dataset", whole),
        *((home, DCAT + "dataset", graph) for graph in graphs.values()),
        *_dataset(whole, _TITLE, kg.index.statistics.triples, version),
        *_distributions(whole, WHOLE, None, base, sums),
    ]
    for name, graph in graphs.items():
        source = kg.index.evidence.source(graph)
        triples += _dataset(graph, title_of(source), counts.get(graph, 0), version)
        triples += _told(graph, source)
        triples += (
            (whole, key, value) for _, key, value in _told(graph, source) if key == _LICENCE
        )
        triples += _distributions(graph, name, graph, base, sums)
    return _statements(triples)


_LICENCE: Final = DCT + "license"


def void(kg: KnowledgeGraph, version: Version, base: str) -> list[Statement]:
    """The VoID description of the whole: its counts, classes, properties and what joins what."""
    index = kg.index
    statistics, usage = index.statistics, index.usage
    whole = IRI(f"{base}/data/{WHOLE}")
    triples: list[Triple] = [
        (IRI(f"{base}/data/void"), RDF_TYPE.value, IRI(VOID + "DatasetDescription")),
        (IRI(f"{base}/data/void"), "http://xmlns.com/foaf/0.1/primaryTopic", whole),
        *_dataset(whole, _TITLE, statistics.triples, version),
        (whole, VOID + "entities", _count(statistics.entities)),
        (whole, VOID + "classes", _count(len(usage.classes))),
        (whole, VOID + "properties", _count(len(usage.properties))),
        (whole, VOID + "sparqlEndpoint", IRI(f"{base}/sparql")),
        (whole, VOID + "uriLookupEndpoint", IRI(f"{base}/entity/")),
        *_dumps(whole, WHOLE, None, base),
    ]
    for name, graph in named_graphs(kg).items():
        source = index.evidence.source(graph)
        triples.append((whole, VOID + "subset", graph))
        triples += _dataset(graph, title_of(source), dict(statistics.graphs)[graph], version)
        triples += _told(graph, source)
        triples += _dumps(graph, name, graph, base)
    for iri, count in usage.properties:
        part = _part(base, iri)
        triples.append((whole, VOID + "propertyPartition", part))
        triples += [(part, VOID + "property", iri), (part, VOID + "triples", _count(count))]
    for iri, count in usage.classes:
        part = _part(base, "class", iri)
        triples.append((whole, VOID + "classPartition", part))
        triples += [(part, VOID + "class", iri), (part, VOID + "entities", _count(count))]
        for joined in usage.links.get(iri, ()):
            triples += _joined(part, base, iri, joined.property, joined)
    return _statements(triples)


def _joined(part: IRI, base: str, of: IRI, property: IRI, joined: Joined) -> Iterator[Triple]:
    """A property of a class's entities, and the classes and datatypes that it leads to."""
    own = _part(base, of, property)
    yield part, VOID + "propertyPartition", own
    yield own, VOID + "property", property
    yield own, VOID + "triples", _count(joined.triples)
    for kind, count in joined.classes:
        end = _part(base, of, property, kind)
        yield own, VOID + "classPartition", end
        yield end, VOID + "class", kind
        yield end, VOID + "triples", _count(count)
    for kind, count in joined.datatypes:
        end = _part(base, of, property, "datatype", kind)
        yield own, VOID_EXT + "datatypePartition", end
        yield end, VOID_EXT + "datatype", kind
        yield end, VOID + "triples", _count(count)


def _dataset(
    iri: IRI, titles: Iterable[Literal], statements: int, version: Version
) -> Iterator[Triple]:
    yield iri, RDF_TYPE.value, IRI(DCAT + "Dataset")
    yield iri, RDF_TYPE.value, IRI(VOID + "Dataset")
    for title in titles:
        yield iri, DCT + "title", title
    yield iri, VOID + "triples", _count(statements)
    yield iri, DCAT + "version", Literal(version.id)


def _told(graph: IRI, source: Source) -> Iterator[Triple]:
    """Who publishes a named graph, under which licence, when and from where."""
    if source.publisher:
        yield graph, DCT + "publisher", Literal(source.publisher)
    for key, text in ((_LICENCE, source.license), (DCT + "source", source.url)):
        if text:
            yield graph, key, _iri_or_text(text)
    if source.date:
        yield graph, DCT + "issued", Literal(source.date, XSD + "date")


def _dumps(iri: IRI, name: str, graph: IRI | None, base: str) -> Iterator[Triple]:
    for suffix, format in SUFFIXES.items():
        yield iri, VOID + "dataDump", IRI(base + DataFile(name, graph, suffix).path)
        yield iri, VOID + "feature", IRI(FORMATS + _W3C[format.name])


_W3C: Final = {
    "ntriples": "N-Triples", "turtle": "Turtle", "trig": "TriG", "nquads": "N-Quads",
    "jsonld": "JSON-LD", "rdfxml": "RDF_XML",
}  # fmt: skip


def _distributions(
    iri: IRI, name: str, graph: IRI | None, base: str, sums: Mapping[tuple[str, str], Sum]
) -> Iterator[Triple]:
    for suffix, format in SUFFIXES.items():
        file = IRI(base + DataFile(name, graph, suffix).path)
        yield iri, DCAT + "distribution", file
        yield file, RDF_TYPE.value, IRI(DCAT + "Distribution")
        yield file, DCAT + "downloadURL", file
        yield file, DCAT + "mediaType", IRI(MEDIA_TYPES + format.media_type)
        known = sums.get((name, suffix))
        if known is not None:
            checksum = IRI(f"{file}#sha256")
            yield file, DCAT + "byteSize", Literal(str(known.bytes), XSD + "nonNegativeInteger")
            yield file, SPDX + "checksum", checksum
            yield checksum, RDF_TYPE.value, IRI(SPDX + "Checksum")
            yield checksum, SPDX + "algorithm", IRI(SPDX + "checksumAlgorithm_sha256")
            yield checksum, SPDX + "checksumValue", Literal(known.sha256, XSD + "hexBinary")


def _catalogue_titles() -> tuple[Literal, ...]:
    return Literal("Data to fetch", language="en"), Literal("可下载的数据", language="zh")


def _part(base: str, *of: object) -> IRI:
    """A name for a partition, the same for the same partition in every version."""
    digest = hashlib.sha256(" ".join(map(str, of)).encode()).hexdigest()[:16]
    return IRI(f"{base}/data/void#{digest}")


def _count(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


def _iri_or_text(text: str) -> Term:
    try:
        return IRI(text)
    except ValueError:
        return Literal(text)


def _statements(triples: Iterable[Triple]) -> list[Statement]:
    """The triples as statements, each once, those of one subject together."""
    found = dict.fromkeys(Statement(s, IRI(p), o) for s, p, o in triples)
    order = {
        subject: place for place, subject in enumerate(dict.fromkeys(s.subject for s in found))
    }
    return sorted(found, key=lambda statement: order[statement.subject])
