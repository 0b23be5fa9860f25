"""The default store: pyoxigraph, in memory or in a directory on disk.

pyoxigraph's exceptions and terms end here: what leaves is this package's own.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import pyoxigraph as ox

from triplary.errors import QueryFailed, StoreError
from triplary.store.documents import load, parse, serialize
from triplary.store.formats import Format
from triplary.store.layout import layout_of
from triplary.store.numbered import Numbered, number
from triplary.store.ox_terms import from_ox, quad_to_ox, statement_from_ox, to_ox
from triplary.store.syntax import syntax_error, unexpected_form
from triplary.terms import IRI, Node, Statement, Table, Term

__all__ = ["OxigraphStore", "restored"]


MARKER: Final = "triplary.json"
FORMAT: Final = 1
"""How a store on disk is laid out (see `union`); written beside it, and checked on opening."""


class OxigraphStore:
    """A store in memory, or on disk where a directory is named.

    `exact` gives SPARQL's own default graph instead of the union of all graphs; `read_only` opens
    a directory beside a process that writes, and sees what was there at that moment.

    >>> from triplary.terms import Literal
    >>> store = OxigraphStore()
    >>> store.add([Statement(IRI("http://x.org/a"), IRI("http://x.org/p"), Literal("1"))])
    >>> len(store)
    1
    """

    def __init__(
        self, directory: Path | None = None, *, exact: bool = False, read_only: bool = False
    ) -> None:
        """Open the directory, made where it is missing; raises StoreError where it cannot be."""
        self.directory, self.exact = directory, exact
        if directory is not None:
            _check_marker(directory)
        try:
            if directory is None:
                self.inner = ox.Store()
            elif read_only:
                self.inner = ox.Store.read_only(str(directory))
            else:
                directory.mkdir(parents=True, exist_ok=True)
                self.inner = ox.Store(str(directory))
                (directory / MARKER).write_text(f'{{"format": {FORMAT}}}\n', "utf-8")
        except (OSError, ValueError) as fault:
            raise StoreError(
                f"The store in {directory} does not open: {fault}",
                hint="is another process writing to it? is it a triplary store?",
            ) from fault
        # A store on disk may be opened either way, so it has the layout that serves both.
        self.layout = layout_of(plain=exact and directory is None)
        self._digest = hashlib.sha256()
        self._version = ""
        self._size: int | None = None
        self._settled = True
        if directory is not None:
            self._digest.update(f"{len(self.inner)} quads on disk".encode())

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits of the SHA-256 of all that was written, in order."""
        return self._version or self._digest.hexdigest()[:12]

    def __len__(self) -> int:
        """The number of statements."""
        if self._size is None:
            self._size = sum(1 for _ in self.layout.quads(self.inner))
        return self._size

    def _query(self, query: str) -> object:
        try:
            return self.layout.evaluate(self.settle().inner, query, exact=self.exact)
        except SyntaxError as fault:
            raise syntax_error(query, str(fault)) from fault
        except (OSError, ValueError, RuntimeError) as fault:
            raise QueryFailed(f"The query cannot be answered: {fault}", query=query) from fault

    def select(self, query: str) -> Table:
        """The solutions of a SELECT query."""
        found = self._query(query)
        if not isinstance(found, ox.QuerySolutions):
            raise unexpected_form("SELECT", query)
        columns = tuple(variable.value for variable in found.variables)
        try:
            rows = tuple(tuple(from_ox(term) for term in solution) for solution in found)
        except (OSError, RuntimeError) as fault:
            raise QueryFailed(f"The query cannot be answered: {fault}", query=query) from fault
        return Table(columns, rows)

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        found = self._query(query)
        if not isinstance(found, ox.QueryBoolean):
            raise unexpected_form("ASK", query)
        return bool(found)

    def construct(self, query: str) -> tuple[Statement, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query, each once, in order of finding."""
        found = self._query(query)
        if not isinstance(found, ox.QueryTriples):
            raise unexpected_form("CONSTRUCT", query)
        triples = dict.fromkeys(found)
        return tuple(
            statement_from_ox(triple.subject, triple.predicate, triple.object) for triple in triples
        )

    def statements(
        self,
        subject: Node | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        *,
        graph: Node | None = None,
    ) -> Iterator[Statement]:
        """The statements that fit a pattern, in the store's order."""
        pattern = self.layout.quads(
            self.inner,
            to_ox(subject) if subject else None,
            to_ox(predicate) if predicate else None,
            to_ox(object) if object else None,
            to_ox(graph) if graph else None,
        )
        for quad in pattern:
            yield statement_from_ox(quad.subject, quad.predicate, quad.object, quad.graph_name)

    def numbered(self) -> Numbered:
        """All statements as numbers."""
        return number(self.layout.quads(self.inner), from_ox)

    def about(self, subjects: Iterable[Node]) -> Iterator[Statement]:
        """The statements whose subject is one of these."""
        for subject in subjects:
            yield from self.statements(subject)

    def graphs(self) -> tuple[Node, ...]:
        """The named graphs that hold a statement, sorted."""
        found = (cast(Node, from_ox(name)) for name in self.layout.graphs(self.inner))
        return tuple(sorted(found, key=str))

    def dump(self, output: BinaryIO, *, format: Format, graph: Node | None = None) -> None:
        """Write the statements to a binary file; formats without named graphs merge them."""
        quads = self.layout.quads(self.inner, graph=to_ox(graph) if graph else None)
        serialize(quads, output, format, merge=graph is not None)

    def load(
        self, data: bytes, *, name: str, format: Format, graph: Node | None = None, base: str = ""
    ) -> int:
        """Add a document's statements, all or none; how many were new."""
        home = self.layout.HOME if graph is None else to_ox(graph)
        if self.directory is None:
            new = self._load(data, home, name=name, format=format, base=base)
        else:
            quads = parse(data, name=name, format=format, base=base)
            try:
                new = self.layout.extend(self.inner, quads, home)
            except OSError as fault:
                raise StoreError(f"{name} cannot be written to the store: {fault}") from fault
        self._size = None
        self._digest.update(hashlib.sha256(data).digest() + str(graph).encode())
        return new

    def _load(self, data: bytes, home: Any, *, name: str, format: Format, base: str) -> int:
        """Load into memory at the engine's speed; the union is made when it is asked for."""
        before = len(self.inner)
        load(self.inner, data, home, name=name, format=format, base=base)
        self._settled = False
        return len(self.inner) - before

    def settle(self) -> "OxigraphStore":
        """The store itself, its union true: to be called before a process forks."""
        if not self._settled:
            self.layout.merge(self.inner)
            self._settled = True
        return self

    def add(self, statements: Iterable[Statement]) -> None:
        """Add statements."""
        quads = [quad_to_ox(statement) for statement in statements]
        self.layout.extend(self.settle().inner, quads)
        self._size = None
        self._digest.update("".join(f"+{quad}" for quad in quads).encode())

    def remove(self, statements: Iterable[Statement]) -> None:
        """Remove statements."""
        quads = [quad_to_ox(statement) for statement in statements]
        self.layout.remove(self.settle().inner, quads)
        self._size = None
        self._digest.update("".join(f"-{quad}" for quad in quads).encode())

    def close(self) -> None:
        """Let go of the directory's lock."""
        self.inner = ox.Store()


def restored(nquads: bytes, *, version: str, exact: bool) -> OxigraphStore:
    """The store that a dump in N-Quads was made of, its blank nodes called as they were.

    Triple terms, which nothing here can show, are left out of it.
    """
    store = OxigraphStore(exact=exact)
    home, default = store.layout.HOME, ox.DefaultGraph()
    store.inner.extend(
        quad
        if quad.graph_name != default
        else ox.Quad(quad.subject, quad.predicate, quad.object, home)
        for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS)
        if not isinstance(quad.object, ox.Triple)
    )
    store._settled, store._version = False, version
    return store


def _check_marker(directory: Path) -> None:
    """Raise StoreError for a store of another program, or of a newer triplary: both would lie."""
    if not (directory / "CURRENT").is_file():
        return
    try:
        told = json.loads((directory / MARKER).read_text("utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(
            f"The store in {directory} was not made by triplary.",
            hint="write it out as N-Quads and load that: triplary load FILE.nq --store NEW",
        ) from None
    if told != FORMAT:
        raise StoreError(
            f"The store in {directory} has format {told}; this triplary reads {FORMAT}.",
            hint="open it with the triplary that made it, or load its files anew",
        )
