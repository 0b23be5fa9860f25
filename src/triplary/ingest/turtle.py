"""Turtle that diffs well: sorted, one subject per block, only the prefixes that are used.

The same statements give the same bytes. RDF 1.1 Turtle, https://www.w3.org/TR/turtle/.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from triplary import ontology
from triplary.errors import RecipeError
from triplary.terms import IRI, XSD, XSD_STRING, BlankNode, Literal, Statement, Term

__all__ = ["PREFIXES", "to_turtle", "write"]

ONTOLOGY: Final = ontology.PREFIXES["tri"]
RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {name if iri != ONTOLOGY else "": iri for name, iri in ontology.PREFIXES.items()}
)
"""The prefixes that every door knows, the ontology's own left empty; none begins another."""

LINE: Final = 100
_LOCAL = re.compile(
    r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:(?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})*"
    r"(?:[A-Za-z0-9_-]|%[0-9A-Fa-f]{2}))?"
)
_BARE: Final = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?[0-9]+\.[0-9]+[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ufeff]')


def write(
    statements: Iterable[Statement],
    path: Path,
    *,
    comment: str = "",
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write the statements to a file, whatever named graphs they are in, led by a comment.

    Raises RecipeError where one holds a blank node, whose name could not stay the same.
    """
    text = to_turtle(statements, comment=comment, prefixes=prefixes)
    path.write_bytes(text.encode("utf-8"))


def to_turtle(
    statements: Iterable[Statement], *, comment: str = "", prefixes: Mapping[str, str] = PREFIXES
) -> str:
    """The statements as a Turtle document that ends in a newline.

    >>> print(to_turtle([Statement(IRI("a:s"), IRI("a:p"), Literal("1", XSD + "integer"))]), end="")
    <a:s> <a:p> 1 .
    """
    used: set[str] = set()
    subjects: dict[str, dict[str, set[str]]] = {}
    for statement in statements:
        subject = _term(statement.subject, prefixes, used)
        is_type = statement.predicate.value == RDF_TYPE
        predicate = "a" if is_type else _term(statement.predicate, prefixes, used)
        found = subjects.setdefault(subject, {}).setdefault(predicate, set())
        found.add(_term(statement.object, prefixes, used))
    blocks = [_block(subject, subjects[subject]) for subject in sorted(subjects)]
    head = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    head += "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(used))
    return "\n".join(filter(None, [head, *blocks]))


def _block(subject: str, predicates: Mapping[str, set[str]]) -> str:
    lines = []
    for predicate in sorted(predicates, key=lambda name: (name != "a", name)):
        objects = sorted(predicates[predicate])
        line = f"{predicate} {', '.join(objects)}"
        if len(line) > LINE and len(objects) > 1:
            line = f"{predicate}\n        " + ",\n        ".join(objects)
        lines.append(line)
    return f"{subject} " + " ;\n    ".join(lines) + " .\n"


def _term(term: Term, prefixes: Mapping[str, str], used: set[str]) -> str:
    if isinstance(term, BlankNode):
        raise RecipeError(
            f"The blank node {term} cannot be written: its name would not stay the same.",
            hint="give it an IRI",
        )
    if isinstance(term, IRI):
        return _iri(term.value, prefixes, used)
    return _literal(term, prefixes, used)


def _iri(value: str, prefixes: Mapping[str, str], used: set[str]) -> str:
    for name, namespace in prefixes.items():
        if value.startswith(namespace) and _LOCAL.fullmatch(value, len(namespace)):
            used.add(name)
            return f"{name}:{value[len(namespace) :]}"
    return f"<{value}>"


def _literal(literal: Literal, prefixes: Mapping[str, str], used: set[str]) -> str:
    bare = _BARE.get(literal.datatype)
    if bare is not None and bare.fullmatch(literal.value):
        return literal.value
    text = f'"{_TO_ESCAPE.sub(_escape, literal.value)}"'
    if literal.language:
        return f"{text}@{literal.language}"
    if literal.datatype == XSD_STRING:
        return text
    return f"{text}^^{_iri(literal.datatype, prefixes, used)}"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
