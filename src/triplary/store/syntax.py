"""What is wrong with a query's text, in words and with its place."""

import re
from typing import Final

import pyoxigraph as ox

from triplary.errors import QueryError
from triplary.ontology import PREFIXES
from triplary.store.tokens import place, undeclared_prefix

__all__ = ["check_syntax", "syntax_error", "unexpected_form"]

_PLACE: Final = re.compile(
    r"(?:error )?at (?:line )?(\d+)(?::| column | between columns )(\d+)(?: and \d+)?:? *"
)
_RANGES: Final = re.compile(r"\['(?:[^\[\]]|\[[^\]]*\])*?\](?=,|$)|\['[^\]]*'\]")
_NOT_FOR_GUESTS: Final = frozenset(("LATERAL", "SERVICE"))
"""What the engine would take almost anywhere, and hardly anybody means."""
_EXPECTED: Final = re.compile(r'"((?:[^"\\]|\\.)+)"|\b([A-Z]{2,}|true|false)\b')


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


def syntax_error(query: str, message: str, *, what: str = "query") -> QueryError:
    """A syntax error of pyoxigraph as ours: the place apart from the reason."""
    if (token := undeclared_prefix(query)) is not None:
        prefix = token.text.partition(":")[0]
        line, column = place(query, token.start)
        return QueryError(
            f"The prefix {prefix}: of {token.text} is not declared (line {line}, column {column}).",
            query=query, line=line, column=column,
            hint=f"begin the {what} with PREFIX {prefix}: <{PREFIXES.get(prefix, '…')}>",
        )  # fmt: skip
    found = _PLACE.search(message)
    if found is None:
        return QueryError(f"The {what} is not SPARQL: {message}", query=query)
    line, column = int(found[1]), int(found[2])
    reason = expected_words(message[found.end() :].strip())
    return QueryError(
        f"The {what} is not SPARQL at line {line}, column {column}: {reason}",
        query=query,
        line=line,
        column=column,
    )


def expected_words(reason: str) -> str:
    """The reason of a syntax error without the character ranges that no reader can use.

    >>> expected_words("expected one of FROM, WHERE, ['a'..='z'], [_]")
    'one of FROM, WHERE, a name or number is expected here'
    >>> expected_words("expected [_]")
    'something else is expected here or shortly before'
    """
    head, _, listed = reason.partition("expected ")
    if head or not listed:
        return reason
    words = [quoted or keyword for quoted, keyword in _EXPECTED.findall(_RANGES.sub("", listed))]
    told = [
        word if word.isalpha() else f"“{word}”"
        for word in dict.fromkeys(words)
        if word not in _NOT_FOR_GUESTS
    ]
    if _RANGES.search(listed):
        told.append("a name or number")
    if not told:
        return "something else is expected here or shortly before"
    return f"{'one of ' if len(told) > 1 else ''}{', '.join(told)} is expected here"
