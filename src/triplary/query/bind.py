"""Named queries: files that run as they stand, whose parameter rows can be given other values.

A parameter is a line `VALUES ?name { <example> … }  # parameter`. The example is its type and its
test: an IRI takes IRIs, a string strings, a number numbers. `# parameter, many` takes any number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from triplary.errors import BadParameter, NotFound
from triplary.query.fragment import fragment
from triplary.terms import IRI, XSD, BlankNode, Literal, Term

__all__ = ["NamedQuery", "Parameter", "bind", "form", "load", "names"]

_PARAMETER: Final = re.compile(
    r"^(?P<head>[ \t]*VALUES[ \t]+\?(?P<name>\w+)[ \t]*)\{(?P<values>[^{}\n]*)\}[ \t]*"
    r"#[ \t]*parameter(?P<many>, many)?(?:[ \t]*:[ \t]*(?P<help>.*))?$",
    re.MULTILINE,
)
MANY: Final = re.compile(
    r"^(?P<head>[ \t]*VALUES[ \t]+\?\w+[ \t]*\{)"
    r"(?P<values>(?:\"(?:[^\"\\\n]|\\.)*\"|<[^<>\n]*>|[^{}\"<\n])*)"
    r"(?P<tail>\}[ \t]*#[ \t]*parameter, many)",
    re.MULTILINE,
)
"""The rows of a bound query that may be asked in batches."""

_COMMENT: Final = re.compile(r"^#[ \t]*(?P<key>\w[\w.]*):[ \t]*(?P<value>.*)$", re.MULTILINE)
_QUOTED: Final = re.compile(r"<[^<>\s]*>|#[^\n]*|\"[^\"\n]*\"|'[^'\n]*'|[\w.-]*:[\w.-]*")
_FORM: Final = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes: `kind` is iri, string, number or any (the example UNDEF).

    `many` marks a row that takes any number of values, and None for UNDEF. Such a query answers
    for each value alone, so that a store may ask it in batches.
    """

    name: str
    kind: str
    example: str
    many: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the library: its name, its titles by language, its text and its parameters."""

    name: str
    titles: tuple[Literal, ...]
    text: str
    parameters: tuple[Parameter, ...]


@cache
def load(name: str) -> NamedQuery:
    """The query called `name`; raises NotFound with the near names.

    >>> load("sources").name
    'sources'
    """
    if name not in names():
        near = [known for known in names() if name[:3].lower() in known]
        raise NotFound("named query", name, near or names()[:5])
    return read(name, (files("triplary.query") / "library" / f"{name}.rq").read_text("utf-8"))


@cache
def names() -> tuple[str, ...]:
    """The names of every query in the library, sorted."""
    folder = files("triplary.query") / "library"
    return tuple(
        sorted(
            entry.name.removesuffix(".rq")
            for entry in folder.iterdir()
            if entry.name.endswith(".rq")
        )
    )


def read(name: str, text: str) -> NamedQuery:
    """A query and its parameters, read from the text of its file."""
    comments = {found["key"]: found["value"].strip() for found in _COMMENT.finditer(text)}
    titles = tuple(
        Literal(value, language=key.partition(".")[2] or "en")
        for key, value in comments.items()
        if key.partition(".")[0] == "title"
    )
    parameters = tuple(
        Parameter(
            found["name"],
            _kind(found["values"]),
            found["values"].strip(),
            bool(found["many"]),
            (found["help"] or "").strip(),
        )
        for found in _PARAMETER.finditer(text)
    )
    return NamedQuery(name, titles, text, parameters)


def bind(query: NamedQuery, **values: Term | str | float | Iterable[Term] | None) -> str:
    r"""The query's text with other values in its parameter rows; those not given keep the example.

    Raises BadParameter for an unknown name, and for a value of another type than the example's.

    >>> query = read("q", "SELECT * {\n VALUES ?x { <http://x.org/a> }  # parameter\n ?x ?p ?o }")
    >>> bind(query, x=IRI("http://x.org/b")).splitlines()[1]
    ' VALUES ?x { <http://x.org/b> }  # parameter'
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            raise BadParameter(
                f"query {query.name}", name, "it has no such parameter",
                hint=f"its parameters are {', '.join(known) or 'none'}",
            )  # fmt: skip

    def swap(found: re.Match[str]) -> str:
        if found["name"] not in values:
            return found[0]
        written = _written(known[found["name"]], values[found["name"]])
        end = found[0][found.end("values") - found.start() + 1 :]
        return f"{found['head']}{{ {written} }}{end}"

    return _PARAMETER.sub(swap, query.text)


def _kind(values: str) -> str:
    first = values.strip()
    if first == "UNDEF":
        return "any"
    if first.startswith(('"', "'")):
        return "string"
    return "number" if _NUMBER.match(first) else "iri"


def _written(parameter: Parameter, value: Term | str | float | Iterable[Term] | None) -> str:
    several = value is not None and not isinstance(
        value, str | int | float | IRI | BlankNode | Literal
    )
    if several and not parameter.many:
        raise BadParameter(parameter.name, value, "it takes one value")
    given = list(value) if several else [value]  # type: ignore[arg-type]
    return " ".join(_one(parameter, item) for item in given)


def _one(parameter: Parameter, value: object) -> str:
    try:
        if value is None and parameter.many:
            return "UNDEF"
        if parameter.kind == "any":
            return fragment(value)  # type: ignore[arg-type]
        if parameter.kind == "iri":
            return fragment(IRI(str(value)) if isinstance(value, str | IRI) else _refuse(value))
        if parameter.kind == "number":
            return fragment(_number(value))
        return fragment(Literal(value) if isinstance(value, str) else _literal(value))
    except (TypeError, ValueError) as fault:
        raise BadParameter(
            parameter.name, str(value), f"a value of type {parameter.kind} is wanted",
            hint=f"for example {parameter.example}",
        ) from fault  # fmt: skip


def _refuse(value: object) -> IRI:
    raise TypeError(f"not an IRI: {value!r}")


def _literal(value: object) -> Literal:
    if isinstance(value, Literal):
        return value
    raise TypeError(f"not a string: {value!r}")


def _number(value: object) -> Literal:
    text = str(value)
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise TypeError(f"not a number: {value!r}")
    return Literal(text, XSD + ("decimal" if "." in text else "integer"))


def form(query: str) -> str:
    """The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; '' where it has none.

    Words in strings, IRIs and comments do not count.

    >>> form("PREFIX select: <http://x.org/ask> ASK { ?s ?p ?o }")
    'ASK'
    """
    bare = _QUOTED.sub(" ", query)
    found = _FORM.search(bare)
    return found[1].upper() if found else ""
