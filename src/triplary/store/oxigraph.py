"""The default store: pyoxigraph, in memory or in a directory on disk.

pyoxigraph's exceptions and terms end here: what leaves is this package's own.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast, overload
from xml.parsers import expat

import pyoxigraph as ox

from triplary.errors import ParseError, QueryError, StoreError
from triplary.ontology import PREFIXES
from triplary.store import union
from triplary.store.formats import Format, gunzip
from triplary.store.tokens import place, undeclared_prefix
from triplary.terms import IRI, BlankNode, Literal, Node, Statement, Table, Term

__all__ = ["OxigraphStore"]

OX_FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
UNPACKED_MOST: Final = 4 * 2**30
_PLACE = re.compile(
    r"(?:error )?at (?:line )?(\d+)(?::| column | between columns )(\d+)(?: and \d+)?:? *"
)
_RANGES = re.compile(r"\['(?:[^\[\]]|\[[^\]]*\])*?\](?=,|$)|\['[^\]]*'\]")
_EXPECTED = re.compile(r'"((?:[^"\\]|\\.)+)"|\b([A-Z]{2,}|true|false)\b')
_PARSER_PLACE = re.compile(r"^(?:Parser )?error (?:at|between) [^:]*: *")
_NO_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


class OxigraphStore:
    """A store in memory, or on disk where a directory is named.

    `exact` gives SPARQL's own default graph instead of the union of all graphs; `read_only` opens
    a directory beside a process that writes, and sees what was there at that moment.

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
        try:
            if directory is None:
                self.inner = ox.Store()
            elif read_only:
                self.inner = ox.Store.read_only(str(directory))
            else:
                directory.mkdir(parents=True, exist_ok=True)
                self.inner = ox.Store(str(directory))
        except (OSError, ValueError) as fault:
            raise StoreError(
                f"The store in {directory} does not open: {fault}",
                hint="is another process writing to it? is it a triplary store?",
            ) from fault
        self._digest = hashlib.sha256()
        self._size: int | None = None
        if directory is not None:
            self._digest.update(f"{len(self.inner)} quads on disk".encode())

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits of the SHA-256 of all that was written, in order."""
        return self._digest.hexdigest()[:12]

    def __len__(self) -> int:
        """The number of statements."""
        if self._size is None:
            self._size = sum(1 for _ in union.quads(self.inner))
        return self._size

    def _query(self, query: str) -> object:
        try:
            return union.evaluate(self.inner, query, exact=self.exact)
        except SyntaxError as fault:
            raise syntax_error(query, str(fault)) from fault
        except (OSError, ValueError, RuntimeError) as fault:
            raise QueryError(f"The query cannot be answered: {fault}", query=query) from fault

    def select(self, query: str) -> Table:
        """The solutions of a SELECT query."""
        found = self._query(query)
        if not isinstance(found, ox.QuerySolutions):
            raise unexpected_form("SELECT", query)
        columns = tuple(variable.value for variable in found.variables)
        try:
            rows = tuple(tuple(from_ox(term) for term in solution) for solution in found)
        except (OSError, RuntimeError) as fault:
            raise QueryError(f"The query cannot be answered: {fault}", query=query) from fault
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
        pattern = union.quads(
            self.inner,
            to_ox(subject) if subject else None,
            to_ox(predicate) if predicate else None,
            to_ox(object) if object else None,
            to_ox(graph) if graph else None,
        )
        for quad in pattern:
            yield statement_from_ox(quad.subject, quad.predicate, quad.object, quad.graph_name)

    def graphs(self) -> tuple[Node, ...]:
        """The named graphs that hold a statement, sorted."""
        found = (cast(Node, from_ox(name)) for name in union.graphs(self.inner))
        return tuple(sorted(found, key=str))

    def dump(self, output: BinaryIO, *, format: Format, graph: Node | None = None) -> None:
        """Write the statements to a binary file; formats without named graphs merge them."""
        quads = union.quads(self.inner, graph=to_ox(graph) if graph else None)
        _serialize(quads, output, format, merge=graph is not None)

    def load(
        self, data: bytes, *, name: str, format: Format, graph: Node | None = None, base: str = ""
    ) -> int:
        """Add a document's statements, all or none; how many distinct ones it holds."""
        quads = parse(data, name=name, format=format, base=base)
        try:
            union.extend(self.inner, quads, *([to_ox(graph)] if graph else []))
        except OSError as fault:
            raise StoreError(f"{name} cannot be written to the store: {fault}") from fault
        self._size = None
        self._digest.update(hashlib.sha256(data).digest() + str(graph).encode())
        return len(set(quads))

    def add(self, statements: Iterable[Statement]) -> None:
        """Add statements."""
        quads = [quad_to_ox(statement) for statement in statements]
        union.extend(self.inner, quads)
        self._size = None
        self._digest.update("".join(f"+{quad}" for quad in quads).encode())

    def remove(self, statements: Iterable[Statement]) -> None:
        """Remove statements."""
        quads = [quad_to_ox(statement) for statement in statements]
        union.remove(self.inner, quads)
        self._size = None
        self._digest.update("".join(f"-{quad}" for quad in quads).encode())

    def close(self) -> None:
        """Let go of the directory's lock."""
        self.inner = ox.Store()


def parse(
    data: bytes, *, name: str, format: Format, graph: Node | None = None, base: str = ""
) -> list[ox.Quad]:
    """The quads of a document, whose blank nodes are renamed so that they meet no others.

    Raises ParseError. RDF/XML with a DOCTYPE is refused: its entities can grow without bound.
    """
    data = gunzip(data, name=name, most=UNPACKED_MOST)
    if format.name == "rdfxml" and _NO_DOCTYPE.search(data):
        raise ParseError(
            name, None, None, "RDF/XML with a DOCTYPE is not read",
            hint="write the entities out, or convert it to Turtle",
        )  # fmt: skip
    try:
        quads = list(
            ox.parse(data, OX_FORMATS[format.name], base_iri=base or None, rename_blank_nodes=True)
        )
    except SyntaxError as fault:
        reason = _PARSER_PLACE.sub("", str(fault.msg))
        place = fault.lineno, fault.offset
        if format.name == "rdfxml" and fault.lineno is None:
            place = _place_in_xml(data)
        raise ParseError(name, *place, reason) from fault
    except (OSError, ValueError) as fault:
        raise ParseError(name, None, None, str(fault)) from fault
    if graph is None:
        return quads
    home = to_ox(graph)
    default = ox.DefaultGraph()
    return [
        ox.Quad(q.subject, q.predicate, q.object, home) if q.graph_name == default else q
        for q in quads
    ]


def _place_in_xml(data: bytes) -> tuple[int | None, int | None]:
    """Where a document stops being XML, which pyoxigraph does not say; None where it is XML.

    It holds no DOCTYPE, so no entity of it can grow.
    """
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as fault:
        return fault.lineno, fault.offset + 1
    return None, None


def write(
    statements: Iterable[Statement], output: BinaryIO, *, format: Format, merge: bool = False
) -> None:
    """Write statements to a binary file in `format`; `merge` leaves the named graphs out."""
    _serialize((quad_to_ox(statement) for statement in statements), output, format, merge=merge)


def _serialize(quads: Iterable[ox.Quad], output: BinaryIO, format: Format, *, merge: bool) -> None:
    into = OX_FORMATS[format.name]
    prefixes = dict(PREFIXES) if format.name in ("turtle", "trig", "rdfxml") else None
    sorted_output = SortedPrefixes(output)
    if merge or not format.named_graphs:
        # A triple that two named graphs hold is one triple of their union.
        triples = dict.fromkeys(quad.triple for quad in quads)
        ox.serialize(triples, cast(BinaryIO, sorted_output), into, prefixes=prefixes)
    else:
        ox.serialize(quads, cast(BinaryIO, sorted_output), into, prefixes=prefixes)
    sorted_output.end()


class SortedPrefixes:
    """A binary file that sorts the @prefix lines at its head: pyoxigraph's order is random."""

    def __init__(self, output: BinaryIO) -> None:
        """Write through to `output`."""
        self._output = output
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        """Hold the head back until the first other line begins, then pass everything on."""
        if self._head is None:
            self._output.write(data)
            return len(data)
        self._head += data
        lines = self._head.splitlines(keepends=True)
        count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix")), None)
        if count is not None:
            self._output.write(b"".join(sorted(lines[:count]) + lines[count:]))
            self._head = None
        return len(data)

    def flush(self) -> None:
        """Do nothing: `end` flushes."""

    def end(self) -> None:
        """Write what is still held back, where the document is nothing but a head."""
        if self._head:
            self._output.write(b"".join(sorted(self._head.splitlines(keepends=True))))
        self._head = None


def unexpected_form(form: str, query: str) -> QueryError:
    """The error for a query of another form than the method answers."""
    wanted = "CONSTRUCT or DESCRIBE" if form == "CONSTRUCT" else form
    return QueryError(f"A query of the form {wanted} was expected.", query=query)


def check_syntax(query: str) -> None:
    """Raise QueryError with line and column where a query is not SPARQL."""
    try:
        ox.Store().query(query)
    except SyntaxError as fault:
        raise syntax_error(query, str(fault)) from fault
    except (OSError, ValueError, RuntimeError):
        return


def syntax_error(query: str, message: str) -> QueryError:
    """A syntax error of pyoxigraph as ours: the place apart from the reason."""
    if (token := undeclared_prefix(query)) is not None:
        prefix = token.text.partition(":")[0]
        line, column = place(query, token.start)
        return QueryError(
            f"The prefix {prefix}: of {token.text} is not declared (line {line}, column {column}).",
            query=query, line=line, column=column,
            hint=f"begin the query with PREFIX {prefix}: <{PREFIXES.get(prefix, '…')}>",
        )  # fmt: skip
    found = _PLACE.search(message)
    if found is None:
        return QueryError(f"The query is not SPARQL: {message}", query=query)
    line, column = int(found[1]), int(found[2])
    reason = expected_words(message[found.end() :].strip())
    return QueryError(
        f"The query is not SPARQL at line {line}, column {column}: {reason}",
        query=query,
        line=line,
        column=column,
    )


def expected_words(reason: str) -> str:
    """The reason of a syntax error without the character ranges that no reader can use.

    >>> expected_words("expected one of FROM, WHERE, ['a'..='z'], [_]")
    'one of FROM, WHERE, a name or number is expected here'
    """
    head, _, listed = reason.partition("expected ")
    if head or not listed:
        return reason
    words = [quoted or keyword for quoted, keyword in _EXPECTED.findall(_RANGES.sub("", listed))]
    told = [f"“{word}”" if not word.isalpha() else word for word in dict.fromkeys(words)]
    if _RANGES.search(listed):
        told.append("a name or number")
    return f"{'one of ' if len(told) > 1 else ''}{', '.join(told)} is expected here"


def from_ox(term: object) -> Term | None:
    """A term of pyoxigraph as one of ours; None stays None."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return unchecked_iri(term.value)
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    if isinstance(term, ox.BlankNode):
        return BlankNode(term.value)
    raise StoreError(
        f"A triple term cannot leave the store here: {term}",
        hint="ask for its parts with SUBJECT(), PREDICATE() and OBJECT()",
    )


def unchecked_iri(value: str) -> IRI:
    """An IRI the engine has checked already; twice as fast as checking it again."""
    iri = object.__new__(IRI)
    object.__setattr__(iri, "value", value)
    return iri


@overload
def to_ox(term: IRI) -> ox.NamedNode: ...
@overload
def to_ox(term: IRI | BlankNode) -> ox.NamedNode | ox.BlankNode: ...
@overload
def to_ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal: ...
def to_ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """One of our terms as pyoxigraph's."""
    if isinstance(term, IRI):
        return ox.NamedNode(term.value)
    if isinstance(term, BlankNode):
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


def quad_to_ox(statement: Statement) -> ox.Quad:
    """A statement as a quad of pyoxigraph."""
    place = statement.graph
    graph = ox.DefaultGraph() if place is None else to_ox(place)
    return ox.Quad(
        to_ox(statement.subject), to_ox(statement.predicate), to_ox(statement.object), graph
    )


def statement_from_ox(
    subject: object, predicate: object, object: object, graph: object = None
) -> Statement:
    """A triple or quad of pyoxigraph as a statement."""
    place = None if graph is None or isinstance(graph, ox.DefaultGraph) else from_ox(graph)
    return Statement(from_ox(subject), from_ox(predicate), from_ox(object), place)  # type: ignore[arg-type]
