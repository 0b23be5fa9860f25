"""Rerun: whether a capsule's query finds the same elsewhere, or later, and what changed."""

import io
import json
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from triplary.errors import ParseError, QueryError, StoreError
from triplary.kg.capsule import Result
from triplary.query.tree import Query
from triplary.query.writing import written
from triplary.render.results import read_results
from triplary.store.formats import FORMATS
from triplary.store.guard import check
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import BlankNode, Literal, Statement, Table, Term

__all__ = ["Held", "Rerun", "admitted", "compared", "opened"]

CHARACTERS_MOST: Final = 1_000_000
DEPTH_MOST: Final = 100
"""Characters and brackets within one another of a capsule's query, as a server reads them."""

_NO_CAPSULE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, KeyError,
    TypeError, AttributeError, RuntimeError,
)  # fmt: skip
"""What unpacking and reading of a broken or hostile zip raises; too deep JSON is among them."""

_LARGEST: Final = 512 * 2**20
_SHOWN: Final = 5
_WANTED: Final = ("query.rq", "data.json")
_RESULTS: Final = ("results.json", "results.ttl")


@dataclass(frozen=True, slots=True)
class Held:
    """What a capsule holds: the query, what it gave, and the data it was asked of."""

    query: str
    result: Result
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, repr=False)
class Rerun:
    """What became of a capsule's result: rows that are gone, rows that are new, both as text.

    `same` says that the result is the same, `data_same` that the data is, by its hash; `reordered`
    that the rows are the same in another order, where the query asks for one.
    """

    same: bool
    data_same: bool
    gone: tuple[str, ...]
    new: tuple[str, ...]
    reordered: bool
    versions: tuple[str, str]

    def __repr__(self) -> str:
        """The verdict, and the first of the rows that changed."""
        return "\n".join(self.lines())

    def lines(self) -> Iterable[str]:
        """The verdict in lines."""
        then, now = self.versions
        data = "the data is the same" if self.data_same else f"the data changed: {then} → {now}"
        if self.same:
            yield f"same: the result is what the capsule holds; {data}"
            return
        if self.reordered:
            yield f"changed: the same rows in another order; {data}"
            return
        yield f"changed: {len(self.gone):,} rows gone, {len(self.new):,} rows new; {data}"
        for sign, rows in (("-", self.gone), ("+", self.new)):
            yield from (f"{sign} {row}" for row in rows[:_SHOWN])
            if len(rows) > _SHOWN:
                yield f"{sign} … and {len(rows) - _SHOWN:,} more"


def opened(path: str | Path) -> Held:
    """What a capsule holds; raises StoreError or ParseError where it is none."""
    try:
        data = Path(path).read_bytes()
    except OSError as fault:
        raise StoreError(f"{path} cannot be read: {fault.strerror}.") from fault
    return read(data, str(path))


def read(data: bytes, name: str = "the capsule") -> Held:
    """What the bytes of a capsule hold; raises ParseError where they are none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            results = [each for each in _RESULTS if each in names]
            if not results or not set(_WANTED) <= set(names):
                raise ParseError(
                    name, None, None, "it is no capsule",
                    hint=f"a capsule holds {', '.join(_WANTED)} and {' or '.join(_RESULTS)}",
                )  # fmt: skip
            files = {each: _entry(archive, each, name) for each in (*_WANTED, results[0])}
        told = json.loads(files["data.json"])
        version, digest = (_word(told[each]) for each in ("version", "sha256"))
        found = files[results[0]]
        result: Result = read_results(found) if results[0] == "results.json" else _graph(found)
        return Held(files["query.rq"].decode("utf-8"), result, version, digest)
    except _NO_CAPSULE as fault:
        raise ParseError(name, None, None, f"it is no capsule: {fault}") from fault


def _word(told: Any) -> str:
    """A version or a hash, which is shown on a terminal: nothing else stands in it."""
    if not isinstance(told, str) or not told.isprintable():
        raise ValueError("a version or a hash in it is none")
    return told


def admitted(query: str, graphs: Collection[str] | None) -> str:
    """A capsule's query, as a guest's: a stranger may have made it.

    It asks no other server and names no graph (or file) but `graphs`, any where that is None.
    Raises ForbiddenQuery or QueryError.
    """
    return check(query, graphs=graphs, characters_most=CHARACTERS_MOST, depth_most=DEPTH_MOST).text


def _graph(data: bytes) -> tuple[Statement, ...]:
    store = OxigraphStore()
    store.load(data, name="results.ttl", format=FORMATS["turtle"])
    return tuple(store.statements())


def _entry(archive: zipfile.ZipFile, entry: str, name: str) -> bytes:
    with archive.open(entry) as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ParseError(name, None, None, f"{entry} unpacks to more than {_LARGEST:,} bytes")
    return data


def compared(held: Held, result: Result, version: str, sha256: str) -> Rerun:
    """A capsule's result beside what its query gives now.

    Rows are compared as a bag; where the query orders them, their order counts too. Blank nodes
    have no names outside their store, so any is as good as another.
    """
    then, now = _rows(held.result), _rows(result)
    gone, new = Counter(then) - Counter(now), Counter(now) - Counter(then)
    reordered = not gone and not new and then != now and _ordered(held.query)
    return Rerun(
        same=not gone and not new and not reordered,
        data_same=held.sha256 == sha256,
        gone=_told(gone),
        new=_told(new),
        reordered=reordered,
        versions=(held.version, version),
    )


def _rows(result: Result) -> Sequence[tuple[Any, ...]]:
    if isinstance(result, bool):
        return [(Literal(str(result).lower()),)]
    if isinstance(result, Table):
        return [tuple(map(_named, row)) for row in result.rows]
    return [tuple(map(_named, _spo(each))) for each in result]


def _spo(statement: Statement) -> tuple[Term, Term, Term]:
    return statement.subject, statement.predicate, statement.object


def _named(term: Term | None) -> Term | None:
    return BlankNode("") if isinstance(term, BlankNode) else term


def _told(rows: "Counter[tuple[Any, ...]]") -> tuple[str, ...]:
    texts = (" ".join("-" if term is None else written(term) for term in row)
             for row in rows.elements())  # fmt: skip
    return tuple(sorted(texts))


def _ordered(query: str) -> bool:
    from triplary.store.reading import read as parsed

    try:
        tree: Query = parsed(query)
    except QueryError:
        return False
    return bool(tree.ordered)
