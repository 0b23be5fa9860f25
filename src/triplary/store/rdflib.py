"""Any rdflib Graph or Dataset as a store, so that `triplary.open(graph)` works in a notebook.

Only trusted queries run here: rdflib would follow a guest's `FROM <file:…>` or SERVICE.
"""

import contextlib
import hashlib
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, cast

import rdflib
import rdflib.query
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import ResultRow

from triplary.errors import QueryError
from triplary.store.documents import parse, write
from triplary.store.formats import Format
from triplary.store.numbered import Numbered, number_statements
from triplary.store.ox_terms import statement_from_ox
from triplary.store.syntax import check_syntax, unexpected_form
from triplary.terms import IRI, XSD_STRING, BlankNode, Literal, Node, Statement, Table, Term

__all__ = ["RdflibStore"]


class RdflibStore:
    """A view of an rdflib graph: what is written here is written there, and the other way round.

    A plain Graph becomes the default graph, or, where it has an IRI for a name, a named graph.

    >>> graph = rdflib.Graph()
    >>> _ = graph.parse(data="<http://x.org/a> <http://x.org/p> 1 .", format="turtle")
    >>> len(RdflibStore(graph))
    1
    """

    def __init__(self, graph: rdflib.Graph) -> None:
        """Look through to the graph's own store; nothing is copied."""
        self.graph = graph
        self.inner = rdflib.Dataset(store=graph.store, default_union=True)
        whole = isinstance(graph, rdflib.Dataset | rdflib.ConjunctiveGraph)
        # rdflib names a plain Graph by a blank node: that one is our default graph.
        self._default = self.inner.default_graph if whole else graph
        self._digest = hashlib.sha256(f"{len(self)} statements".encode())

    def _context(self, graph: Node | None) -> rdflib.Graph:
        return self._default if graph is None else self.inner.graph(to_rdflib(graph))

    def _graph_name(self, context: Any) -> Node | None:
        identifier = getattr(context, "identifier", context)
        if identifier is None or identifier == DATASET_DEFAULT_GRAPH_ID:
            return None
        if isinstance(identifier, rdflib.BNode) and identifier == self._default.identifier:
            return None
        return cast(Node, from_rdflib(identifier))

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with every write through this store."""
        return self._digest.hexdigest()[:12]

    def __len__(self) -> int:
        """The number of statements."""
        return sum(1 for _ in self.statements())

    def _query(self, query: str, form: str) -> rdflib.query.Result:
        try:
            with quiet():
                found = self.inner.query(query)
                if found.type == "SELECT":
                    found.bindings = list(found.bindings)
        except Exception as fault:  # rdflib raises bare Exception and pyparsing's own errors
            check_syntax(query)
            raise QueryError(f"The query cannot be answered: {fault}", query=query) from fault
        if found.type != form and not (form == "CONSTRUCT" and found.type == "DESCRIBE"):
            raise unexpected_form(form, query)
        return found

    def select(self, query: str) -> Table:
        """The solutions of a SELECT query."""
        found = self._query(query, "SELECT")
        columns = tuple(str(variable) for variable in found.vars or ())
        rows = tuple(
            tuple(from_rdflib(row[name]) if name in row.labels else None for name in columns)
            for row in cast(Iterable[ResultRow], found)
        )
        return Table(columns, rows)

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        found = self._query(query, "ASK")
        return bool(found.askAnswer)

    def construct(self, query: str) -> tuple[Statement, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        found = self._query(query, "CONSTRUCT")
        return tuple(
            Statement(from_rdflib(s), from_rdflib(p), from_rdflib(o))  # type: ignore[arg-type]
            for s, p, o in found.graph or ()
        )

    def statements(
        self,
        subject: Node | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        *,
        graph: Node | None = None,
    ) -> Iterator[Statement]:
        """The statements that fit a pattern."""
        pattern = tuple(to_rdflib(term) if term else None for term in (subject, predicate, object))
        place = to_rdflib(graph) if graph else None
        with quiet():
            found = list(self.inner.quads((*pattern, place)))  # type: ignore[arg-type]
        for s, p, o, g in found:
            # A triple given whole is found by rdflib in every graph, whichever was asked for.
            if graph is not None and self._graph_name(g) != graph:
                continue
            yield Statement(
                from_rdflib(s),  # type: ignore[arg-type]
                from_rdflib(p),  # type: ignore[arg-type]
                from_rdflib(o),  # type: ignore[arg-type]
                self._graph_name(g),
            )

    def numbered(self) -> Numbered:
        """All statements as numbers."""
        return number_statements(self.statements())

    def about(self, subjects: Iterable[Node]) -> Iterator[Statement]:
        """The statements whose subject is one of these."""
        for subject in subjects:
            yield from self.statements(subject)

    def graphs(self) -> tuple[Node, ...]:
        """The named graphs that hold a statement, sorted."""
        names = {statement.graph for statement in self.statements()}
        return tuple(sorted((name for name in names if name is not None), key=str))

    def dump(self, output: BinaryIO, *, format: Format, graph: Node | None = None) -> None:
        """Write the statements in `format`, by the same writer as every other store."""
        write(self.statements(graph=graph), output, format=format, merge=graph is not None)

    def load(
        self, data: bytes, *, name: str, format: Format, graph: Node | None = None, base: str = ""
    ) -> int:
        """Add a document's statements, all or none; how many were new."""
        before = len(self)
        quads = parse(data, name=name, format=format, graph=graph, base=base)
        self.add(statement_from_ox(q.subject, q.predicate, q.object, q.graph_name) for q in quads)
        return len(self) - before

    def add(self, statements: Iterable[Statement]) -> None:
        """Add statements, to the graph this store was opened on as well."""
        with quiet():
            for statement in statements:
                self._context(statement.graph).add(_triple(statement))
                self._digest.update(f"+{statement}".encode())

    def remove(self, statements: Iterable[Statement]) -> None:
        """Remove statements, from the graph this store was opened on as well."""
        with quiet():
            for statement in statements:
                self._context(statement.graph).remove(_triple(statement))
                self._digest.update(f"-{statement}".encode())

    def close(self) -> None:
        """Let go of nothing: the graph belongs to the caller."""


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silence rdflib's warnings about its own use of what it deprecated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def from_rdflib(term: object) -> Term | None:
    """A term of rdflib as one of ours; None stays None. The lexical form is kept as written."""
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return IRI(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if isinstance(term, rdflib.Literal):
        return Literal(str(term), str(term.datatype or ""), term.language or "")
    raise QueryError(f"A term of this kind cannot leave the store: {term!r}")


def to_rdflib(term: Term) -> rdflib.term.Identifier:
    """One of our terms as rdflib's, its lexical form untouched."""
    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD_STRING:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype), normalize=False)


def _triple(statement: Statement) -> Any:
    return tuple(to_rdflib(t) for t in (statement.subject, statement.predicate, statement.object))
