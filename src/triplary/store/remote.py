"""Any SPARQL 1.1 endpoint over HTTP, read only.

Speaks the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/) by form POST, which every
engine tried understands. Passing failures (502, 503, 504) are tried again after a pause that
doubles; one deadline bounds all tries of a request together.
"""

import re
import time
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import httpx

from triplary.errors import QueryError, QueryTimeout, StoreError
from triplary.query import bind, form, load
from triplary.query.bind import MANY
from triplary.store.documents import parse, write
from triplary.store.formats import FORMATS, Format
from triplary.store.numbered import Numbered, number_statements
from triplary.store.ox_terms import statement_from_ox
from triplary.store.syntax import check_syntax, unexpected_form
from triplary.terms import IRI, BlankNode, Literal, Node, Statement, Table, Term

__all__ = ["RemoteStore"]

_PASSING: Final = frozenset((502, 503, 504))
_VALUE: Final = re.compile(r'<[^>]*>|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?|\S+')
_RESULTS: Final = "application/sparql-results+json"


class RemoteStore:
    """An endpoint, asked with a deadline of `seconds` a request and `batch` values at a time.

    What the endpoint calls its default graph is what a query reads: triplary cannot change it.
    """

    def __init__(
        self, url: str, *, seconds: float = 30.0, batch: int = 200, pause: float = 0.25
    ) -> None:
        """Remember where to ask; nothing is sent yet. `pause` is the first wait between tries."""
        self.url, self.seconds, self.batch, self.pause = url, seconds, batch, pause
        self._client = httpx.Client(follow_redirects=True, headers={"User-Agent": "triplary"})

    @property
    def version(self) -> str:
        """'remote': the endpoint does not say when its statements change."""
        return "remote"

    def __len__(self) -> int:
        """The number of triples in the endpoint's default graph, as it counts them."""
        (row,) = self.select(load("count-triples").text)
        return int(str(row[0]))

    def select(self, query: str) -> Table:
        """The solutions of a SELECT query; rows of many values are asked in batches."""
        columns: tuple[str, ...] = ()
        rows: list[tuple[Term | None, ...]] = []
        for part in batches(query, self.batch):
            found = self._json(part, "SELECT")
            try:
                columns = tuple(found["head"].get("vars", ()))
                rows.extend(
                    tuple(from_json(row.get(column)) for column in columns)
                    for row in found["results"]["bindings"]
                )
            except (AttributeError, KeyError, TypeError, ValueError) as fault:
                raise self._not_results() from fault
        return Table(columns, tuple(rows))

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        found = self._json(query, "ASK")
        try:
            return bool(found["boolean"])
        except (KeyError, TypeError) as fault:
            raise self._not_results() from fault

    def construct(self, query: str) -> tuple[Statement, ...]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        if form(query) not in ("CONSTRUCT", "DESCRIBE", ""):
            raise unexpected_form("CONSTRUCT", query)
        wanted = FORMATS["ntriples"]
        found = self._ask(query, f"{wanted.media_type}, text/turtle;q=0.8")
        turtle = found.headers.get("content-type", "").startswith("text/turtle")
        quads = parse(found.content, name=self.url, format=FORMATS["turtle"] if turtle else wanted)
        return tuple(
            statement_from_ox(q.subject, q.predicate, q.object) for q in dict.fromkeys(quads)
        )

    def statements(
        self,
        subject: Node | None = None,
        predicate: IRI | None = None,
        object: Term | None = None,
        *,
        graph: Node | None = None,
    ) -> Iterator[Statement]:
        """The statements that fit a pattern; a blank node cannot be asked for and fits nothing."""
        if any(isinstance(term, BlankNode) for term in (subject, predicate, object, graph)):
            return iter(())
        wanted = {"subject": subject, "predicate": predicate, "object": object}
        return self._found(wanted, graph)

    def numbered(self) -> Numbered:
        """All statements as numbers."""
        return number_statements(self.statements())

    def about(self, subjects: Iterable[Node]) -> Iterator[Statement]:
        """The statements whose subject is one of these, `batch` subjects a request."""
        named = [subject for subject in subjects if isinstance(subject, IRI)]
        if not named:
            return iter(())
        return self._found({"subject": named, "predicate": None, "object": None}, None)

    def _found(self, wanted: dict[str, Any], graph: Node | None) -> Iterator[Statement]:
        """The statements that fit, those of named graphs first, then those of none."""
        for row in self.select(bind(load("statements"), **wanted, graph=graph)):
            yield Statement(*row)  # type: ignore[arg-type]
        if graph is None:
            for row in self.select(bind(load("statements-of-no-graph"), **wanted)):
                yield Statement(*row)  # type: ignore[arg-type]

    def graphs(self) -> tuple[Node, ...]:
        """The named graphs, sorted."""
        found = self.select(load("named-graphs").text)
        return tuple(sorted((row[0] for row in found if isinstance(row[0], IRI)), key=str))

    def dump(self, output: BinaryIO, *, format: Format, graph: Node | None = None) -> None:
        """Write the endpoint's statements (of one named graph) to a binary file in `format`."""
        write(self.statements(graph=graph), output, format=format, merge=graph is not None)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _json(self, query: str, wanted: str) -> Any:
        if form(query) not in (wanted, ""):
            raise unexpected_form(wanted, query)
        found = self._ask(query, _RESULTS)
        try:
            return found.json()
        except ValueError as fault:
            raise self._not_results() from fault

    def _not_results(self) -> StoreError:
        return StoreError(
            f"{self.url} did not answer in SPARQL results JSON.",
            hint="is it the address of a SPARQL endpoint?",
        )

    def _ask(self, query: str, accept: str) -> httpx.Response:
        """One request, tried again while the failure may pass and the deadline is not reached."""
        end = time.monotonic() + self.seconds
        pause = self.pause
        while True:
            left = end - time.monotonic()
            try:
                found = self._client.post(
                    self.url,
                    data={"query": query},
                    headers={"Accept": accept},
                    timeout=max(left, 0.01),
                )
            except httpx.TimeoutException as fault:
                raise QueryTimeout(self.seconds, query=query) from fault
            except httpx.HTTPError as fault:
                raise StoreError(f"{self.url} does not answer: {fault}") from fault
            if found.status_code not in _PASSING:
                return self._checked(found, query)
            pause = max(pause, _retry_after(found))
            if time.monotonic() + pause > end:
                raise StoreError(
                    f"{self.url} answered {found.status_code} until the deadline of"
                    f" {self.seconds:g} s.",
                    hint="it is overloaded or restarting: try again later",
                )
            time.sleep(pause)
            pause *= 2

    def _checked(self, found: httpx.Response, query: str) -> httpx.Response:
        if found.is_success:
            return found
        said = " ".join(found.text.split())[:300]
        if found.status_code == httpx.codes.BAD_REQUEST:
            check_syntax(query)
            raise QueryError(f"{self.url} refused the query: {said}", query=query)
        raise StoreError(f"{self.url} answered {found.status_code}: {said}")


def batches(query: str, most: int) -> Iterator[str]:
    """The query, once for each `most` values of its longest row marked `# parameter, many`.

    >>> rows = "VALUES ?x { <a:1> <a:2> <a:3> }  # parameter, many"
    >>> [text.count("<a:") for text in batches(rows, 2)]
    [2, 1]
    """
    rows = [(len(_VALUE.findall(found["values"])), found) for found in MANY.finditer(query)]
    count, row = max(rows, key=lambda pair: pair[0], default=(0, None))
    if row is None or count <= most:
        yield query
        return
    values = _VALUE.findall(row["values"])
    for start in range(0, count, most):
        part = " ".join(values[start : start + most])
        yield f"{query[: row.start('values')]} {part} {query[row.end('values') :]}"


def from_json(binding: Any) -> Term | None:
    """A binding of SPARQL 1.1 Query Results JSON (§3.2.2) as a term; None where unbound."""
    if binding is None:
        return None
    value = binding["value"]
    if binding["type"] == "uri":
        return IRI(value)
    if binding["type"] == "bnode":
        return BlankNode(value)
    return Literal(value, binding.get("datatype", ""), binding.get("xml:lang", ""))


def _retry_after(found: httpx.Response) -> float:
    wanted = found.headers.get("retry-after", "")
    return float(wanted) if wanted.isdigit() else 0.0
