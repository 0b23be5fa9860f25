"""A capsule: one zip that holds a query, its result, and what is needed to find it again.

It is an RO-Crate (https://www.researchobject.org/ro-crate/1.1/): the query, the result as CSV and
SPARQL JSON (or Turtle), the version and the hash of the data, who says so and under which licence,
programs that ask again, and how to cite it. The same result makes the same bytes.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from triplary.index import Index
from triplary.kg.crate import citation, crate, readme
from triplary.query import tree as t
from triplary.render.code import HERE, program
from triplary.render.results import results_csv, results_json
from triplary.store.documents import write
from triplary.store.fingerprint import Fingerprint
from triplary.store.formats import FORMATS
from triplary.terms import IRI, Node, Source, Statement, Table

__all__ = ["Capsule", "Result", "capsule", "sources_of"]

Result = Table | bool | tuple[Statement, ...]
"""What a query gave: rows, the answer to ASK, or triples."""

_TIME: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Capsule:
    """The bytes of a zip, and what is in it by name."""

    files: Mapping[str, bytes]

    def __repr__(self) -> str:
        """The files in it."""
        return f"<Capsule: {', '.join(self.files)}>"

    @property
    def data(self) -> bytes:
        """The zip; its times are fixed, so that the same files make the same bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, content in self.files.items():
                told = zipfile.ZipInfo(name, _TIME)
                told.compress_type = zipfile.ZIP_DEFLATED
                told.external_attr = 0o644 << 16
                told.create_system = 3
                archive.writestr(told, content)
        return out.getvalue()

    def save(self, path: str | Path) -> Path:
        """The path of the file written."""
        Path(path).write_bytes(self.data)
        return Path(path)


def capsule(
    index: Index,
    query: str,
    tree: t.Query | None,
    result: Result,
    fingerprint: Fingerprint,
    *,
    endpoint: str = "",
    exact: bool = False,
) -> Capsule:
    """The capsule of a query and what it gave; `endpoint` is where its programs ask.

    `tree` is the query as it was read, None where it could not be; `exact` says that the default
    graph was SPARQL's own, not the union of the named graphs.
    """
    sources = sources_of(index, tree)
    digest, how = fingerprint
    data = {
        "version": index.version,
        "sha256": digest,
        "hashed": how,
        "statements": index.statistics.statements,
        "defaultGraph": "exact" if exact else "union",
        "cut": isinstance(result, Table) and result.cut,
        "sources": [_told(source) for source in sources],
    }
    address = endpoint or HERE
    files = {
        "query.rq": _text(query),
        **_results(result),
        "data.json": _json(data),
        "ask.py": _text(program("python-httpx", query, address).text),
        "ask.R": _text(program("r", query, address).text),
        "CITATION.cff": _text(citation(index.version, sources)),
        "README.md": _text(readme(index.version, digest, sources, address, rows=_size(result))),
    }
    files["ro-crate-metadata.json"] = _json(crate(files, index.version, sources))
    return Capsule(files)


def sources_of(index: Index, tree: t.Query | None) -> tuple[Source, ...]:
    """Who may speak in a query's result: the named graphs that it names, or that hold what it asks.

    Where a query could not be read, or asks for any property, all of them.
    """
    if tree is None:
        return _sources(index, index.graphs)
    named = [*tree.default_graphs, *tree.named_graphs, *_graphs(tree.where)]
    if named:
        known = [graph for graph in named if graph in index.graphs]
        return _sources(index, known)
    properties = _properties(tree)
    if properties is None:
        return _sources(index, index.graphs)
    return _sources(index, (graph for iri in properties for graph in index.usage.graphs(iri)))


def _sources(index: Index, graphs: Iterable[Node | None]) -> tuple[Source, ...]:
    found = sorted(dict.fromkeys(graphs), key=lambda graph: str(graph or ""))
    return tuple(index.evidence.source(graph) for graph in found)


def _graphs(value: object) -> list[IRI]:
    """The named graphs that a tree names; none where it looks in any."""
    graphs = [part.name for part in _walk(value) if isinstance(part, t.Graph)]
    outside = any(isinstance(part, t.Triple) for part in _outside(value))
    named = [graph for graph in graphs if isinstance(graph, IRI)]
    return named if len(named) == len(graphs) and not outside else []


def _properties(value: object) -> list[IRI] | None:
    """The properties that patterns ask for; None where one asks for any."""
    found: dict[IRI, None] = {}
    for part in _walk(value):
        if isinstance(part, t.Triple):
            if isinstance(part.predicate, t.Variable):
                return None
            found |= dict.fromkeys(_in_path(part.predicate))
        elif isinstance(part, t.Path) and part.kind == "!":
            return None
    return list(found) or None


def _in_path(predicate: object) -> list[IRI]:
    if isinstance(predicate, t.Path):
        return [iri for part in predicate.parts for iri in _in_path(part)]
    return [predicate] if isinstance(predicate, IRI) else []


def _walk(value: object) -> Iterable[object]:
    """A tree's parts, all of them."""
    yield value
    yield from (each for part in _parts(value) for each in _walk(part))


def _outside(value: object) -> Iterable[object]:
    """A tree's parts that stand in no named graph."""
    yield value
    for part in _parts(value):
        if not isinstance(part, t.Graph):
            yield from _outside(part)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, tuple):
        return value
    names = getattr(type(value), "__slots__", ())
    plain = isinstance(value, str | IRI) or not names
    return () if plain else tuple(getattr(value, name) for name in names)


def _results(result: Result) -> dict[str, bytes]:
    if isinstance(result, bool):
        return {"results.json": _json({"head": {}, "boolean": result})}
    if isinstance(result, Table):
        # A CSV for spreadsheets, and the JSON that knows each term.
        return {
            "results.csv": results_csv(result).encode("utf-8"),
            "results.json": _text(results_json(result)),
        }
    out = io.BytesIO()
    ordered = sorted(result, key=lambda each: tuple(map(_key, _spo(each))))
    write(ordered, out, format=FORMATS["turtle"], merge=True)
    return {"results.ttl": out.getvalue()}


def _spo(statement: Statement) -> tuple[object, object, object]:
    return statement.subject, statement.predicate, statement.object


def _key(term: object) -> tuple[str, str, str, str]:
    return (
        type(term).__name__, str(term), getattr(term, "language", ""),
        getattr(term, "datatype", ""),
    )  # fmt: skip


def _size(result: Result) -> int:
    return 1 if isinstance(result, bool) else len(result)


def _told(source: Source) -> dict[str, str]:
    return {
        "graph": str(source.graph or ""),
        "title": source.title,
        "publisher": source.publisher,
        "license": source.license,
        "url": source.url,
        "date": source.date,
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _text(text: str) -> bytes:
    return text.encode("utf-8")
