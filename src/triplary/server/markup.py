"""What a page says to search engines: schema.org as JSON-LD, in a data block of its head.

https://schema.org; a data block is no script, so the page's Content-Security-Policy bears it
(HTML Standard §4.12.1).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from triplary.ontology import OWL, SKOS, Ontology
from triplary.terms import IRI, Entity, Statement

__all__ = ["block", "dataset", "entity"]

SCHEMA: Final = "https://schema.org/"
SOURCES_MOST: Final = 5
SAME: Final = frozenset(
    (OWL + "sameAs", SKOS + "exactMatch", SCHEMA + "sameAs", "http://schema.org/sameAs")
)
_KINDS: Final = {
    "http://www.w3.org/ns/dcat#Dataset": "Dataset",
    "http://rdfs.org/ns/void#Dataset": "Dataset",
    "http://xmlns.com/foaf/0.1/Person": "Person",
    "http://xmlns.com/foaf/0.1/Organization": "Organization",
    "http://www.w3.org/ns/org#Organization": "Organization",
}
_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def block(told: Mapping[str, Any]) -> Markup:
    r"""A value as JSON that can stand inside a script element, whatever its texts hold.

    >>> block({"name": "</script>"})
    Markup('{"name": "\\u003c/script\\u003e"}')
    """
    return Markup(json.dumps(told, ensure_ascii=False).translate(_ESCAPES))  # noqa: S704 - escaped


def entity(
    about: Mapping[str, Any],
    known: Entity,
    ontology: Ontology,
    said: Iterable[Statement],
    sources: Sequence[Mapping[str, Any]],
    *,
    address: str,
) -> dict[str, Any]:
    """An entity as schema.org has it; `about` and `sources` are as the API tells them."""
    names = [name["value"] for name in (*about["labels"], *about["aliases"])]
    same = sorted(
        {
            str(statement.object)
            for statement in said
            if statement.predicate.value in SAME and _on_the_web(statement.object)
        }
    )
    told: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": _kind(ontology, known.classes),
        "@id": str(known.iri),
        "url": address,
        "name": about["label"],
    }
    others = [name for name in dict.fromkeys(names) if name != about["label"]]
    for key, value in (("alternateName", others), ("description", about["hint"]), ("sameAs", same)):
        if value:
            told[key] = value
    told["subjectOf"] = [_source(source) for source in sources[:SOURCES_MOST]]
    return told


def dataset(
    *,
    iri: str,
    address: str,
    title: str,
    description: str,
    publisher: str,
    license: str,
    date: str,
    version: str,
    files: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    """A named graph as a Dataset, whose `files` are pairs of an address and a media type."""
    told: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Dataset",
        "@id": iri,
        "url": address,
        "name": title,
        "description": description,
        "version": version,
        "isAccessibleForFree": True,
    }
    if publisher:
        told["publisher"] = told["creator"] = {"@type": "Organization", "name": publisher}
    if license:
        told["license"] = license
    if date:
        told["dateModified"] = date
    told["distribution"] = [
        {"@type": "DataDownload", "contentUrl": file, "encodingFormat": media_type}
        for file, media_type in files
    ]
    return told


def _kind(ontology: Ontology, classes: Sequence[IRI]) -> str:
    """The nearest class of schema.org that an entity is of; Thing where it is of none."""
    for kind in classes:
        for iri in (kind, *ontology.superclasses(kind)):
            if str(iri).startswith((SCHEMA, "http://schema.org/")):
                return iri.local_name
            if iri.value in _KINDS:
                return _KINDS[iri.value]
    return "Thing"


def _source(source: Mapping[str, Any]) -> dict[str, str]:
    told = {"@type": "Dataset", "name": source["title"]}
    for key, value in (("url", source["url"]), ("license", source["license"])):
        if value:
            told[key] = value
    return told


def _on_the_web(term: object) -> bool:
    return isinstance(term, IRI) and term.value.startswith(("http://", "https://"))
