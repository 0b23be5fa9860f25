"""What a guest may ask: a SPARQL query is read token by token before any engine sees it.

A query passes when it only reads this store: no SERVICE, no update, no FROM of a graph that is not
here, and brackets nested no deeper than an engine bears. The worker's lack of a network is the
second wall behind this one.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from triplary.errors import ForbiddenQuery, QueryError
from triplary.ontology import PREFIXES
from triplary.store.tokens import Token, place, tokens_of

__all__ = ["GuestQuery", "check", "check_text", "refuse"]

_CODEPOINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
)
_FORMS: Final = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


@dataclass(frozen=True, slots=True)
class GuestQuery:
    """A query that passed: its text, and its form (SELECT, ASK, CONSTRUCT or DESCRIBE)."""

    text: str
    form: str


def check(
    query: str,
    *,
    graphs: Collection[str] | None = (),
    base: str = "",
    characters_most: int,
    depth_most: int,
) -> GuestQuery:
    """The query, when a guest may ask it.

    `graphs` are the IRIs that FROM may name, any where it is None; `base` is what relative ones are
    resolved against. Raises ForbiddenQuery, whose `clause` names what was refused, and QueryError
    for a text that is no query at all.

    >>> check("ASK { ?s ?p ?o }", characters_most=100, depth_most=9).form
    'ASK'
    """
    query, tokens = check_text(
        query, characters_most=characters_most, depth_most=depth_most,
        hint="ask in parts, or raise query_characters",
    )  # fmt: skip
    form = _form(query, tokens)
    if graphs is not None:
        _check_dataset(query, tokens, graphs, base)
    return GuestQuery(query, form)


def check_text(
    query: str, *, characters_most: int, depth_most: int, hint: str, what: str = "query"
) -> tuple[str, list[Token]]:
    """A query or an update and its tokens, when it is not too long, nested or about to call out.

    Escapes of characters that stand outside strings and IRIs are read here (SPARQL §19.2): in the
    text that is given back there are none, so that every engine finds the tokens that are found.
    """
    if len(query) > characters_most:
        raise ForbiddenQuery(
            "length",
            f"The {what} has {len(query):,} characters; at most {characters_most:,} are read.",
            hint=hint,
        )
    try:
        query.encode("utf-8")
    except UnicodeEncodeError as fault:
        line, column = place(query, fault.start)
        raise QueryError(
            f"The {what} holds half a character, a surrogate. (line {line}, column {column})",
            query=query, line=line, column=column,
        ) from fault  # fmt: skip
    if "\x00" in query:
        raise refuse("NUL", f"The {what} holds a NUL character.", query, query.index("\x00"))
    tokens = list(tokens_of(query))
    if any(token.text == "\\" for token in tokens):
        query = _without_escapes(query, tokens)
        tokens = list(tokens_of(query))
    _check_tokens(query, tokens)
    if (decoded := _CODEPOINT.sub(_decoded, query)) != query:
        # An engine may read \u escapes in strings and IRIs before it looks for tokens.
        _check_tokens(decoded, list(tokens_of(decoded)))
    _check_depth(query, tokens, depth_most)
    return query, tokens


def _without_escapes(query: str, tokens: list[Token]) -> str:
    parts: list[str] = []
    done = 0
    for token in tokens:
        if token.text == "\\" and (found := _CODEPOINT.match(query, token.start)):
            parts += [query[done : token.start], _decoded(found)]
            done = found.end()
    return "".join((*parts, query[done:]))


def _decoded(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _check_tokens(query: str, tokens: list[Token]) -> None:
    """Refuse SERVICE in whatever way an engine might find it, and escapes outside strings."""
    for token in tokens:
        if token.kind == "word":
            bare = token.text
        elif token.kind == "name":
            # Some engines end the keyword before the colon: SERVICE:x { … }
            bare = token.text.partition(":")[0]
        elif token.kind == "iri":
            # Some engines read FILTER(?a<1)SERVICE#> as a comparison, a SERVICE and a comment.
            bare = token.text.partition(")")[2].rpartition("#")[0]
        elif token.text == "\\":
            raise _escape(query, token.start)
        else:
            continue
        if "SERVICE" in bare.upper():
            raise refuse(
                "SERVICE", "SERVICE would ask another server; this one asks nobody.", query,
                token.start, hint="load the other data here, or ask the other server yourself",
            )  # fmt: skip


def _escape(query: str, offset: int) -> QueryError:
    line, column = place(query, offset)
    return QueryError(
        "An escape stands outside strings and IRIs and is of no character."
        f" (line {line}, column {column})",
        query=query, line=line, column=column,
    )  # fmt: skip


def _check_depth(query: str, tokens: list[Token], most: int) -> None:
    depth = 0
    for token in tokens:
        if token.kind != "other":
            continue
        if token.text in "{([":
            depth += 1
            if depth > most:
                raise refuse(
                    "depth", f"Brackets are nested more than {most} deep.", query, token.start,
                    hint="flatten the query",
                )  # fmt: skip
        elif token.text in "})]":
            depth -= 1


def _form(query: str, tokens: list[Token]) -> str:
    """The query's form: the first keyword after the prologue."""
    skip = 0
    for token in tokens:
        word = token.text.upper()
        if skip:
            skip -= 1
        elif word == "PREFIX":
            skip = 2
        elif word == "BASE" or (word == "VERSION" and token.kind == "word"):
            skip = 1
        elif word in _FORMS:
            return word
        elif word in _UPDATES:
            raise refuse(
                word, f"{word} is an update; this door only reads.", query, token.start,
                hint="start the query with SELECT, ASK, CONSTRUCT or DESCRIBE",
            )  # fmt: skip
        else:
            line, column = place(query, token.start)
            raise QueryError(
                f"The query is not SPARQL at line {line}, column {column}: “{token.text}” stands"
                " where SELECT, ASK, CONSTRUCT or DESCRIBE is expected.",
                query=query, line=line, column=column,
            )  # fmt: skip
    raise QueryError("The query is empty.", query=query, line=1, column=1)


def _check_dataset(query: str, tokens: list[Token], graphs: Collection[str], base: str) -> None:
    """Refuse a FROM that names no graph of this store.

    They stand after a CONSTRUCT's template, so the search does not end at the first bracket.
    """
    prefixes = dict(PREFIXES)
    for place_, token in enumerate(tokens):
        word, after = token.text.upper(), tokens[place_ + 1 : place_ + 3]
        if word == "BASE" and after and after[0].kind == "iri":
            base = urljoin(base, after[0].text[1:-1])
        elif word == "PREFIX" and len(after) == 2 and after[1].kind == "iri":
            prefixes[after[0].text.removesuffix(":")] = urljoin(base, after[1].text[1:-1])
        elif word == "FROM" and token.kind == "word" and after:
            named = after[0].text.upper() == "NAMED" and len(after) == 2
            target = after[1] if named else after[0]
            iri = _resolved(target, prefixes, base)
            if iri not in graphs:
                raise refuse(
                    "FROM", f"FROM names {target.text}, which is no graph of this store.", query,
                    target.start,
                    hint="SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists the graphs",
                )  # fmt: skip


def _resolved(token: Token, prefixes: dict[str, str], base: str) -> str:
    if token.kind == "iri":
        return urljoin(base, _CODEPOINT.sub(_decoded, token.text[1:-1]))
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)


def refuse(clause: str, message: str, query: str, offset: int, *, hint: str = "") -> ForbiddenQuery:
    """The refusal of a clause, with its place in the text."""
    line, column = place(query, offset)
    return ForbiddenQuery(
        clause, f"{message} (line {line}, column {column})",
        query=query, line=line, column=column, hint=hint,
    )  # fmt: skip
