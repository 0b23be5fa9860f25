"""Where triples are kept: one protocol, three stores, and the door a guest's query goes through.

`oxigraph` keeps them in memory or on disk, `rdflib` is any rdflib graph, `remote` any SPARQL 1.1
endpoint. `guard` says what a guest may ask; `worker` runs it where it can be killed.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol, runtime_checkable

from triplary.store.formats import Format
from triplary.store.numbered import Numbered
from triplary.terms import IRI, Node, Statement, Table, Term

__all__ = ["Store", "WritableStore"]


@runtime_checkable
class Store(Protocol):
    """What every store answers. Queries are trusted: they come from `query/library`, never a guest.

    A query's default graph is the union of the named graphs, unless the store was opened with
    `exact` default graph (then as the SPARQL 1.1 Query Language §13 has it).
    Every method may raise StoreError; the three query methods also QueryError and QueryTimeout.
    """

    @property
    def version(self) -> str:
        """A short text that changes whenever the statements do; 'remote' where nobody can tell."""
        ...

    def __len__(self) -> int:
        """The number of statements (a triple in two named graphs counts twice)."""
        ...

    def select(self, query: str) -> Table:
        """The solutions of a SELECT query."""
        ...

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        ...

    def construct(self, query: str) -> tuple[Statement, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query, each once, with no graph."""
        ...

    def statements(
        self,
        subject: Node | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        *,
        graph: Node | None = None,
    ) -> Iterator[Statement]:
        """The statements that fit a pattern; None fits any term and, for `graph`, any graph."""
        ...

    def numbered(self) -> Numbered:
        """All statements as numbers, as quickly as the store can."""
        ...

    def about(self, subjects: Iterable[Node]) -> Iterator[Statement]:
        """The statements whose subject is one of these, asked for in as few steps as may be."""
        ...

    def graphs(self) -> tuple[Node, ...]:
        """The named graphs that hold a statement, sorted by IRI."""
        ...

    def dump(self, output: BinaryIO, *, format: Format, graph: Node | None = None) -> None:
        """Write the statements (of one named graph) to a binary file in `format`.

        A format without named graphs merges them, as the union default graph does.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections; the store answers nothing afterwards."""
        ...


@runtime_checkable
class WritableStore(Store, Protocol):
    """A store that can also be written to."""

    def load(
        self, data: bytes, *, name: str, format: Format, graph: Node | None = None, base: str = ""
    ) -> int:
        """Add the statements of a document, all or none; how many were new.

        `name` is what errors call the document. Triples outside any named graph go to `graph`.
        Raises ParseError with line and column, and leaves the store as it was.
        """
        ...

    def add(self, statements: Iterable[Statement]) -> None:
        """Add statements; those already there change nothing."""
        ...

    def remove(self, statements: Iterable[Statement]) -> None:
        """Remove statements; those not there change nothing."""
        ...
