"""What a guest may write: a SPARQL update is read token by token before any engine sees it.

An update passes when it only changes this store: no SERVICE, no LOAD, brackets nested no deeper
than an engine bears. Where the request names the graphs that are read (SPARQL 1.1 Protocol §2.2.3),
they are written into the text, as if it had said USING.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from triplary.errors import QueryError
from triplary.query import fragment
from triplary.store.guard import check_text, refuse
from triplary.store.tokens import Token, place, tokens_of
from triplary.terms import IRI

__all__ = ["GuestUpdate", "check_update"]

_FIRST: Final = frozenset(
    ("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
)


Group = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class GuestUpdate:
    """An update that passed: its text, and its groups where PREFIX or BASE stand within it.

    A group is a prologue and the operations after it, as four places in the text: where each of
    both starts and ends. The engine reads a prologue at the start only, so that it is given group
    by group; there are none where it can read the text as it is.
    """

    text: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class _Operation:
    """One operation of an update: its tokens, where it ends, and where its prologue lies."""

    tokens: Sequence[Token]
    end: int
    prologue: tuple[int, int]


def check_update(
    update: str,
    *,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
    characters_most: int,
    depth_most: int,
) -> GuestUpdate:
    """The update as it may run: LOAD SILENT left out, and the graphs that are read written in.

    Raises ForbiddenQuery, whose `clause` names what was refused, and QueryError for a text that is
    no update, or that names graphs itself where the request does.

    >>> check_update("DROP ALL", characters_most=100, depth_most=9)
    GuestUpdate(text='DROP ALL', groups=())
    >>> check_update(
    ...     "DELETE WHERE { ?s ?p ?o }", using=["http://x.org/g"], characters_most=100, depth_most=9
    ... ).text
    'DELETE { ?s ?p ?o } USING <http://x.org/g> WHERE { ?s ?p ?o }'
    """
    update, tokens = check_text(
        update, characters_most=characters_most, depth_most=depth_most, what="update",
        hint="write in parts, or raise write_mebibytes",
    )  # fmt: skip
    clauses = " ".join(
        f"{words} {fragment(_iri(graph))}"
        for words, graphs in (("USING", using), ("USING NAMED", using_named))
        for graph in graphs
    )
    edits: list[tuple[int, int, str]] = []
    # All of it is read before anything of it is refused: what is no update is told as such.
    operations = list(_operations(update, tokens))
    for operation in operations:
        if operation.tokens[0].text.upper() == "LOAD":
            edits.append(_without_load(update, operation))
        elif clauses:
            edits.extend(_with_graphs(update, operation, clauses))
    for start, end, text in sorted(edits, reverse=True):
        update = update[:start] + text + update[end:]
    if any(start != end for start, end in [each.prologue for each in operations[1:]]):
        again = _operations(update, list(tokens_of(update))) if edits else operations
        return GuestUpdate(update, tuple(_groups(again)))
    return GuestUpdate(update)


def _groups(operations: Iterable[_Operation]) -> Iterator[Group]:
    start = end = first = last = 0
    for operation in operations:
        if operation.prologue[0] != operation.prologue[1] or not last:
            if last:
                yield start, end, first, last
            (start, end), first = operation.prologue, operation.tokens[0].start
        last = operation.end
    yield start, end, first, last


def _iri(text: str) -> IRI:
    try:
        return IRI(text)
    except ValueError as fault:
        raise QueryError(f"using-graph-uri takes no {text!r}: {fault}.") from fault


def _operations(update: str, tokens: Sequence[Token]) -> Iterator[_Operation]:
    """The operations of an update, each after its prologue; raises where one begins otherwise."""
    depth, skip = 0, 0
    found: list[Token] = []
    prologue: list[int] = []
    for token in tokens:
        word = token.text.upper()
        if depth == 0 and not found and token.kind != "other":
            if not (word in _FIRST and token.kind == "word") or skip:
                prologue += token.start, token.start + len(token.text)
            if skip:
                skip -= 1
            elif word == "PREFIX":
                skip = 2
            elif word == "BASE" or (word == "VERSION" and token.kind == "word"):
                skip = 1
            elif word in _FIRST and token.kind == "word":
                found.append(token)
            else:
                raise _no_update(update, token)
            continue
        if token.kind == "word" and "LOAD" in word:
            raise _no_update(update, token)
        if token.kind == "other" and token.text in "{([":
            depth += 1
        elif token.kind == "other" and token.text in "})]":
            depth -= 1
        elif depth == 0 and token.text == ";":
            if not found:
                raise _no_update(update, token)
            yield _Operation(found, token.start, _span(prologue))
            found, prologue = [], []
            continue
        if not found:
            raise _no_update(update, token)
        found.append(token)
    if found:
        yield _Operation(found, len(update), _span(prologue))


def _span(places: Sequence[int]) -> tuple[int, int]:
    return (places[0], places[-1]) if places else (0, 0)


def _no_update(update: str, token: Token) -> QueryError:
    line, column = place(update, token.start)
    return QueryError(
        f"The update is not SPARQL at line {line}, column {column}: “{token.text}” stands where one"
        f" of {', '.join(sorted(_FIRST))} is expected.",
        query=update, line=line, column=column,
        hint="queries are sent as query=, or as application/sparql-query"
        if token.text.upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE") else "",
    )  # fmt: skip


def _load(update: str, token: Token) -> Exception:
    return refuse(
        "LOAD", "LOAD would fetch a document; this server fetches none.", update, token.start,
        hint="send the document to /store?graph=…, by PUT or POST",
    )  # fmt: skip


@cache
def _nothing() -> str:
    """What does nothing, in place of LOAD SILENT; no longer than the shortest of those."""
    return (files("triplary.store") / "nothing.ru").read_text("utf-8").strip()


def _without_load(update: str, operation: _Operation) -> tuple[int, int, str]:
    """LOAD SILENT as an operation that does nothing, of the same length and lines."""
    first = operation.tokens[0]
    if len(operation.tokens) < 2:
        raise _no_update(update, first)
    if len(operation.tokens) < 3 or operation.tokens[1].text.upper() != "SILENT":
        raise _load(update, first)
    text, nothing = update[first.start : operation.end], _nothing()
    rest = "".join(c if c in "\r\n" else " " for c in text[len(nothing) :])
    return first.start, operation.end, nothing + rest


def _with_graphs(
    update: str, operation: _Operation, clauses: str
) -> Iterator[tuple[int, int, str]]:
    """What is to be written into an operation that reads, so that it reads these graphs."""
    depth = 0
    for token in operation.tokens:
        word = token.text.upper()
        if token.kind == "other" and token.text in "{([":
            depth += 1
        elif token.kind == "other" and token.text in "})]":
            depth -= 1
        elif depth == 0 and token.kind == "word" and word in ("USING", "WITH"):
            line, column = place(update, token.start)
            raise QueryError(
                f"The update says {word} (line {line}, column {column}), and the request names"
                " graphs as well.",
                query=update, line=line, column=column,
                hint=f"leave out using-graph-uri and using-named-graph-uri, or {word}",
            )  # fmt: skip
    words = [token.text.upper() for token in operation.tokens]
    if words[:2] == ["DELETE", "WHERE"]:
        where = operation.tokens[1].start
        after = operation.tokens[1].start + len("WHERE")
        last = operation.tokens[-1]
        # No further than the last token: a comment after it would hide what is written behind.
        pattern = update[after : last.start + len(last.text)].strip()
        yield where, operation.end, f"{pattern} {clauses} WHERE {pattern}"
        return
    depth = 0
    for before, token in pairwise(operation.tokens):
        depth += (before.kind == "other" and before.text == "{") - (
            before.kind == "other" and before.text == "}"
        )
        if depth == 0 and token.kind == "word" and token.text.upper() == "WHERE":
            yield token.start, token.start, f"{clauses} "
            return
