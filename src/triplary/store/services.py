"""SERVICE clauses of a guest's query: found by their tokens, and put back as the rows they gave.

The engine in the worker has no network, so what another endpoint says is fetched before and stands
in the query as VALUES (SPARQL 1.1 Federated Query §2: a SERVICE is joined with what is around it).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from triplary.errors import ForbiddenQuery, StoreError
from triplary.query.fragment import fragment
from triplary.store.tokens import Token, place, tokens_of
from triplary.terms import IRI, BlankNode, Term

__all__ = ["SERVICES_MOST", "Found", "Service", "blanked", "replaced", "services"]

SERVICES_MOST: Final = 5
"""SERVICE clauses of one query at most."""

_FORMS: Final = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


@dataclass(frozen=True, slots=True)
class Service:
    """A SERVICE clause: where it stands in the text, whom it asks and what it sends.

    `silent` says that its failure is no failure of the query's.
    """

    start: int
    end: int
    endpoint: str
    silent: bool
    query: str


@dataclass(frozen=True, slots=True)
class Found:
    """What an endpoint answered: its variables, and rows with None where one is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def services(query: str, *, listed: Collection[str], rows: int) -> tuple[Service, ...]:
    """The SERVICE clauses of a query, each with the query that its endpoint is sent.

    That query asks for one row more than `rows`, so that a longer answer is known as such. Raises
    ForbiddenQuery for an endpoint that is not listed, or a variable in its place.

    >>> found = services(
    ...     "ASK { SERVICE SILENT <https://x.org/sparql> { ?s ?p ?o } }",
    ...     listed=["https://x.org/sparql"], rows=9,
    ... )
    >>> found[0].endpoint, found[0].silent, found[0].query
    ('https://x.org/sparql', True, 'SELECT * { ?s ?p ?o } LIMIT 10')
    """
    tokens = list(tokens_of(query))
    prologue, prefixes = _prologue(query, tokens)
    found: list[Service] = []
    for number, token in enumerate(tokens):
        if token.kind != "word" or token.text.upper() != "SERVICE":
            continue
        if found and token.start < found[-1].end:
            raise _refused(query, token, "A SERVICE stands inside another.", "ask one by one")
        after = tokens[number + 1 : number + 2]
        silent = bool(after) and after[0].text.upper() == "SILENT" and after[0].kind == "word"
        named = number + 1 + silent
        group = _group(tokens, named + 1)
        if group is None:
            break  # no clause of SPARQL, or one without an end: the guard refuses the word
        endpoint = _endpoint(query, token, tokens[named], prefixes, listed)
        start, end = group[0].start, group[-1].start + 1
        sent = " ".join(("SELECT *", query[start:end], "LIMIT", str(rows + 1)))
        found.append(Service(token.start, end, endpoint, silent, prologue + sent))
    if len(found) > SERVICES_MOST:
        raise ForbiddenQuery(
            "SERVICE", f"The query has {len(found)} SERVICE clauses.", query=query,
            hint=f"at most {SERVICES_MOST} are asked for one query",
        )  # fmt: skip
    return tuple(found)


def blanked(query: str, clauses: Sequence[Service]) -> str:
    """The query with an empty group for each clause, everything else where it stood.

    >>> clause = Service(6, 34, "https://x.org/", False, "")
    >>> blanked("ASK { SERVICE <https://x.org/> { } }", [clause])
    'ASK { {                          } }'
    """
    parts: list[str] = []
    done = 0
    for clause in clauses:
        inner = "".join(sign if sign in "\r\n" else " " for sign in _text(query, clause)[1:-1])
        parts += [query[done : clause.start], "{", inner, "}"]
        done = clause.end
    return "".join((*parts, query[done:]))


def replaced(query: str, answers: Sequence[tuple[Service, Found | None]]) -> str:
    """The query with each clause as the rows that came; None stands for a failure that is silent.

    >>> clause = Service(6, 41, "https://x.org/", True, "")
    >>> replaced("ASK { SERVICE SILENT <https://x.org/> { } }", [(clause, None)])
    'ASK { { } }'
    """
    parts: list[str] = []
    done = 0
    for number, (clause, found) in enumerate(answers):
        # What follows stays in its line, so that errors tell the right one.
        lines = "\n" * _text(query, clause).count("\n")
        table = "{ }" if found is None else _values(found, number)
        parts += [query[done : clause.start], table, lines]
        done = clause.end
    return "".join((*parts, query[done:]))


def _text(query: str, clause: Service) -> str:
    return query[clause.start : clause.end]


def _prologue(query: str, tokens: Sequence[Token]) -> tuple[str, dict[str, str]]:
    """What stands before the query's form, and the prefixes that it declares."""
    base, prefixes = "", dict[str, str]()
    skip = 0
    for number, token in enumerate(tokens):
        word, after = token.text.upper(), tokens[number + 1 : number + 3]
        if skip:
            skip -= 1
        elif word == "BASE" and after:
            base, skip = urljoin(base, after[0].text[1:-1]), 1
        elif word == "PREFIX" and len(after) == 2:
            prefixes[after[0].text.removesuffix(":")] = urljoin(base, after[1].text[1:-1])
            skip = 2
        elif word in _FORMS:
            return query[: token.start], prefixes
    return "", prefixes


def _group(tokens: Sequence[Token], start: int) -> Sequence[Token] | None:
    """The tokens of the group that stands there, braces included; None where none does."""
    depth = 0
    for number in range(start, len(tokens)):
        token = tokens[number]
        if token.kind == "other" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if depth == 0:
            return tokens[start : number + 1] if number > start else None
    return None


def _endpoint(
    query: str, keyword: Token, named: Token, prefixes: Mapping[str, str], listed: Collection[str]
) -> str:
    if named.kind == "variable":
        raise _refused(
            query, named, "A variable names the endpoint of a SERVICE.", "name the endpoint itself"
        )
    endpoint = named.text[1:-1]
    if named.kind == "name":
        prefix, _, local = named.text.partition(":")
        endpoint = prefixes.get(prefix, f"{prefix}:") + local
    if endpoint not in listed:
        raise _refused(
            query, keyword, f"This server does not ask {endpoint}.",
            f"it asks {', '.join(sorted(listed))}",
        )  # fmt: skip
    return endpoint


def _values(found: Found, number: int) -> str:
    """Rows as an inline table in a group of its own, which is joined with what is around it."""
    variables = " ".join(f"?{name}" for name in found.variables)
    rows = (" ".join(_cell(term, number) for term in row) for row in found.rows)
    table = " ".join(f"({row})" for row in rows)
    return " ".join(("{ VALUES", f"({variables})", "{", table, "} }"))


def _cell(term: Term | None, number: int) -> str:
    if term is None:
        return "UNDEF"
    if isinstance(term, BlankNode):
        # A blank node cannot be named in a query: it gets an IRI of its own (RDF 1.1 §3.5).
        return fragment(IRI(f"urn:triplary:blank-node:{number}:{term.value.encode().hex()}"))
    try:
        return fragment(term)
    except ValueError as fault:
        raise StoreError(f"A SERVICE answered what is no RDF term: {fault}") from fault


def _refused(query: str, token: Token, message: str, hint: str) -> ForbiddenQuery:
    line, column = place(query, token.start)
    return ForbiddenQuery(
        "SERVICE", f"{message} (line {line}, column {column})", query=query, line=line,
        column=column, hint=hint,
    )  # fmt: skip
