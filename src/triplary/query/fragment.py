"""The one place where an outside value becomes SPARQL text."""

import re
from collections.abc import Mapping
from typing import Final

from triplary.terms import IRI, BlankNode, Literal, Term

__all__ = ["fragment", "prefixed"]

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""The local names that need no escape and that every parser takes (SPARQL 1.1, rule PN_LOCAL)."""

_ESCAPES: Final = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    '"': '\\"',
}


def fragment(term: Term) -> str:
    r"""A term as SPARQL 1.1 writes it (§19, rules IRIREF and STRING_LITERAL2).

    A backslash is written as `\\`; the letter u or U after one as a codepoint escape, because
    rdflib reads `\\u0041` as an escape although its backslash is escaped. Control characters
    become codepoint escapes. Raises ValueError for a blank node (in a query it is a variable)
    and for a language tag or datatype that could break out of its place.

    >>> fragment(Literal('a "b"', language="en"))
    '"a \\"b\\""@en'
    >>> fragment(IRI("https://w3id.org/triplary/id/Baidu"))
    '<https://w3id.org/triplary/id/Baidu>'
    """
    if isinstance(term, IRI):
        return f"<{IRI(term.value)}>"
    if isinstance(term, BlankNode):
        raise ValueError(f"a blank node cannot be named in a query: {term}")
    if not isinstance(term, Literal):
        raise TypeError(f"not an RDF term: {term!r}")
    text = f'"{_escaped(term.value)}"'
    if term.language:
        if not all(part.isalnum() and part.isascii() for part in term.language.split("-")):
            raise ValueError(f"not a language tag: {term.language!r}")
        return f"{text}@{term.language}"
    return f"{text}^^<{IRI(term.datatype)}>"


def prefixed(iri: IRI, prefixes: Mapping[str, str]) -> tuple[str, str]:
    """An IRI as a prefixed name, with the prefix it needs; else as `fragment` writes it, with ''.

    >>> prefixed(IRI("http://x.org/ns#near"), {"x": "http://x.org/ns#"})
    ('x:near', 'x')
    >>> prefixed(IRI("http://x.org/ns#a(b)"), {"x": "http://x.org/ns#"})
    ('<http://x.org/ns#a(b)>', '')
    """
    fitting = [
        (len(namespace), prefix)
        for prefix, namespace in prefixes.items()
        if iri.value.startswith(namespace) and _LOCAL.fullmatch(iri.value, len(namespace))
    ]
    if not fitting:
        return fragment(iri), ""
    length, prefix = max(fitting)
    return f"{prefix}:{iri.value[length:]}", prefix


def _escaped(text: str) -> str:
    parts: list[str] = []
    after_backslash = False
    for character in text:
        if character == "\\":
            parts.append("\\\\")
        elif after_backslash and character in "uU":
            parts.append(f"\\U{ord(character):08X}")
        elif character in _ESCAPES:
            parts.append(_ESCAPES[character])
        elif ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0:
            parts.append(f"\\u{ord(character):04X}")
        elif 0xD800 <= ord(character) <= 0xDFFF:
            raise ValueError("a lone surrogate is not a character")
        else:
            parts.append(character)
        after_backslash = character == "\\"
    return "".join(parts)
