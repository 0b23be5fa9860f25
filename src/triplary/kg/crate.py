"""What describes a capsule: RO-Crate metadata, how to cite it, and a page to read."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from triplary.terms import Source

__all__ = ["citation", "crate", "readme"]

_CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
_CONFORMS: Final = "https://w3id.org/ro/crate/1.1"
_FIRST_DAY: Final = "1980-01-01"
_ABOUT: Final[Mapping[str, tuple[str, str]]] = {
    "query.rq": ("application/sparql-query", "The query"),
    "results.csv": ("text/csv", "The result, for spreadsheets"),
    "results.json": ("application/sparql-results+json", "The result, with each term's kind"),
    "results.ttl": ("text/turtle", "The result, a graph"),
    "data.json": ("application/json", "Version and hash of the data, and its sources"),
    "ask.py": ("text/x-python", "Asks again, in Python"),
    "ask.R": ("text/x-r", "Asks again, in R"),
    "CITATION.cff": ("text/yaml", "How to cite it"),
    "README.md": ("text/markdown", "What this is"),
}


def crate(files: Mapping[str, bytes], version: str, sources: Sequence[Source]) -> dict[str, Any]:
    """The content of ro-crate-metadata.json; the date is that of the newest source."""
    licences = list(dict.fromkeys(source.license for source in sources if source.license))
    described = [_file(name, content) for name, content in files.items()]
    named = [_source(source) for source in sources]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"A query's result, from version {version} of a knowledge graph",
        "description": "A SPARQL query, its result, and what is needed to find it again:"
        " `triplary rerun` says whether it is the same elsewhere.",
        "datePublished": max((source.date for source in sources), default="") or _FIRST_DAY,
        "version": version,
        "hasPart": [{"@id": each["@id"]} for each in described],
        "isBasedOn": [{"@id": each["@id"]} for each in named],
    }
    if licences:
        root["license"] = [{"@id": licence} for licence in licences]
    metadata = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": _CONFORMS},
        "about": {"@id": "./"},
    }
    return {"@context": _CONTEXT, "@graph": [metadata, root, *described, *named]}


def _file(name: str, content: bytes) -> dict[str, Any]:
    media_type, about = _ABOUT[name]
    return {
        "@id": name,
        "@type": "File",
        "name": about,
        "encodingFormat": media_type,
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _source(source: Source) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@id": str(source.graph or "#default-graph"),
        "@type": "Dataset",
        "name": source.title or "The default graph",
    }
    if source.license:
        told["license"] = {"@id": source.license}
    if source.url:
        told["url"] = source.url
    if source.publisher:
        told["publisher"] = source.publisher
    if source.date:
        told["datePublished"] = source.date
    return told


def citation(version: str, sources: Sequence[Source]) -> str:
    """The content of CITATION.cff, Citation File Format 1.2 (https://citation-file-format.github.io/).

    The publishers of the sources are its authors; each source is a reference.
    """
    publishers = dict.fromkeys(source.publisher for source in sources if source.publisher)
    lines = [
        "cff-version: 1.2.0",
        "message: Cite the sources that this result is made of.",
        "type: dataset",
        f"title: {_quoted(f'Result of a query, data version {version}')}",
        f"version: {_quoted(version)}",
        "authors:",
        *(f"  - name: {_quoted(name)}" for name in publishers or {"unknown": None}),
    ]
    if sources:
        lines.append("references:")
    for source in sources:
        lines += [
            "  - type: dataset",
            f"    title: {_quoted(source.title or 'The default graph')}",
            f"    authors:\n      - name: {_quoted(source.publisher or 'unknown')}",
        ]
        lines += [f"    url: {_quoted(source.url)}"] if source.url else []
        lines += [f"    license-url: {_quoted(source.license)}"] if source.license else []
        lines += [f"    date-released: {_quoted(source.date)}"] if len(source.date) == 10 else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A YAML string: JSON's quoting is YAML's too."""
    return json.dumps(text, ensure_ascii=False)


def readme(
    version: str, digest: str, sources: Sequence[Source], endpoint: str, *, rows: int
) -> str:
    """The page that says what is in a capsule and how to use it."""
    said = [
        f"- {source.title or 'the default graph'}"
        + (f", {source.publisher}" if source.publisher else "")
        + (f", <{source.license}>" if source.license else ", no licence told")
        for source in sources
    ]
    return "\n".join(
        [
            "# A query and its result",
            "",
            f"The query in `query.rq` was asked of version `{version}` of a knowledge graph"
            f" (`{digest}`; `data.json` says how that was counted). It gave {rows:,}"
            f" {'row' if rows == 1 else 'rows'}.",
            "",
            "Whether the same is found elsewhere, or later:",
            "",
            "    triplary rerun capsule.zip",
            "    triplary rerun capsule.zip my-copy.nq",
            "",
            f"`ask.py` and `ask.R` ask {endpoint} again.",
            "",
            "## Who may have said so",
            "",
            "The named graphs that hold what the query asks for:",
            "",
            *said,
            "",
        ]
    )
