"""SPARQL text as tokens, by SPARQL 1.1 Query Language §19.8: enough to look at, not to parse."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Token", "has_from", "place", "tokens_of", "undeclared_prefix"]

_TOKEN: Final = re.compile(
    r"""
    (?P<space>[\x00-\x20\ufeff]+|\#[^\r\n]*)
  | (?P<quote>["'])
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*(?:\\u[0-9A-Fa-f]{4}[^<>"{}|^`\\\x00-\x20]*)*>)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)
  | (?P<name>(?:[^\W\d_][\w.\-\u00b7]*+(?<!\.)|_)?:
      (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
        (?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|[.\-\u00b7](?=[\w:.\-%\\]))*)?)
  | (?P<run>[^\W\d_][\w.\-\u00b7]*+)
  | (?P<word>\w+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PIECE: Final = re.compile(r"(?P<word>\w+)|(?P<other>.)")
_STRINGS: Final = {
    mark: re.compile(pattern, re.DOTALL)
    for mark, pattern in (
        ('"', r'"(?:[^"\\\r\n]|\\.)*+(?P<closed>")?'),
        ("'", r"'(?:[^'\\\r\n]|\\.)*+(?P<closed>')?"),
        ('"""', r'"""(?:"{0,2}(?:[^"\\]|\\.))*+(?P<closed>""")?'),
        ("'''", r"'''(?:'{0,2}(?:[^'\\]|\\.))*+(?P<closed>''')?"),
    )
}


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, and where it starts (from 0)."""

    kind: str
    text: str
    start: int


def tokens_of(query: str) -> Iterator[Token]:
    """The tokens of a query, white space and comments left out; any text has tokens.

    Each character is looked at a few times only, whatever the text: a stranger may have sent it.

    >>> [token.text for token in tokens_of("ASK { ?s ?p 'a # b' } # c")]
    ['ASK', '{', '?s', '?p', "'a # b'", '}']
    """
    start, unclosed = 0, dict[str, int]()
    while start < len(query):
        for found in _TOKEN.finditer(query, start):
            kind, start = found.lastgroup, found.end()
            if kind == "quote":
                end = _end_of_string(query, found.start(), unclosed)
                start = end or start
                text = query[found.start() : start]
                yield Token("string" if end else "other", text, found.start())
                break
            if kind == "run":
                # No colon follows it, so none of its parts begins a name either.
                for piece in _PIECE.finditer(query, found.start(), start):
                    yield Token(str(piece.lastgroup), piece[0], piece.start())
            elif kind != "space":
                yield Token(str(kind), found[0], found.start())


def _end_of_string(query: str, start: int, unclosed: dict[str, int]) -> int:
    """Where the string that a quotation mark begins ends; 0 for one that is not closed.

    What was found unclosed is `unclosed` up to a place: from an escaped mark before it, too.
    """
    quote = query[start]
    for mark in (quote * 3, quote):
        if query.startswith(mark, start) and start >= unclosed.get(mark, 0):
            found = _STRINGS[mark].match(query, start)
            assert found is not None  # noqa: S101 - it begins with the mark
            if found["closed"]:
                return found.end()
            unclosed[mark] = found.end()
    return 0


def undeclared_prefix(query: str) -> Token | None:
    """The first name whose prefix no PREFIX declares; None where all are declared.

    >>> undeclared_prefix("ASK { ?s a foaf:Person }").text
    'foaf:Person'
    """
    declared: set[str] = set()
    before = ""
    for token in tokens_of(query):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix != "_" and prefix not in declared:
                return token
        before = token.text.upper()
    return None


def has_from(query: str) -> bool:
    """Whether a query says itself which graphs it reads.

    >>> has_from("SELECT * FROM <http://x.org/g> { ?s ?p ?o }"), has_from("ASK { ?from ?p 'from' }")
    (True, False)
    """
    if "FROM" not in query.upper():
        return False
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens_of(query))


def place(query: str, offset: int) -> tuple[int, int]:
    r"""The line and column, both from 1, of an offset in a text.

    >>> place("a\nbc", 3)
    (2, 2)
    """
    before = query[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
