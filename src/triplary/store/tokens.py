"""SPARQL text as tokens, by SPARQL 1.1 Query Language §19.8: enough to look at, not to parse."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Token", "has_from", "place", "tokens_of", "undeclared_prefix"]

_TOKEN: Final = re.compile(
    r"""
    (?P<space>[\x00-\x20\ufeff]+|\#[^\r\n]*)
  | (?P<string>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
      |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*(?:\\u[0-9A-Fa-f]{4}[^<>"{}|^`\\\x00-\x20]*)*>)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)
  | (?P<name>(?:[^\W\d_](?:[\w.\-\u00b7]*[\w\-\u00b7])?|_)?:
      (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
        (?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|[.\-\u00b7](?=[\w:.\-%\\]))*)?)
  | (?P<word>\w+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, and where it starts (from 0)."""

    kind: str
    text: str
    start: int


def tokens_of(query: str) -> Iterator[Token]:
    """The tokens of a query, white space and comments left out; any text has tokens.

    >>> [token.text for token in tokens_of("ASK { ?s ?p 'a # b' } # c")]
    ['ASK', '{', '?s', '?p', "'a # b'", '}']
    """
    for found in _TOKEN.finditer(query):
        if found.lastgroup != "space":
            yield Token(str(found.lastgroup), found[0], found.start())


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
