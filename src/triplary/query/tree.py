"""A SPARQL query as a frozen tree: what its text says, in its order, free of any parser's types.

The names follow the grammar of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#grammar).
"""

from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, TypeAlias

from triplary.terms import IRI, BlankNode, Literal

__all__ = [
    "Bind",
    "Call",
    "Everything",
    "Expression",
    "Filter",
    "Graph",
    "Group",
    "Minus",
    "Optional",
    "Ordering",
    "Part",
    "Path",
    "Projected",
    "Query",
    "Service",
    "Subquery",
    "Triple",
    "Union",
    "Values",
    "Variable",
    "from_json",
    "to_json",
    "variables_in",
]


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """A variable, without its question mark."""

    name: str


@dataclass(frozen=True, slots=True)
class Path:
    """A property path: `kind` is / | ^ * + ? or !, of one part or several."""

    kind: str
    parts: tuple["Path | IRI", ...]


@dataclass(frozen=True, slots=True)
class Call:
    """An operator, a built-in in capitals, an aggregate, or a function by its IRI, with arguments.

    `distinct` and `separator` are those of an aggregate; `group` is what EXISTS looks for.
    """

    name: str
    arguments: tuple["Expression", ...] = ()
    distinct: bool = False
    separator: str | None = None
    group: "Group | None" = None


@dataclass(frozen=True, slots=True)
class Everything:
    """The asterisk of COUNT(*)."""


Expression: TypeAlias = Variable | IRI | Literal | Call | Everything
Place: TypeAlias = Variable | IRI | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern; `line` and `column`, from 1, say where its predicate stands, 0 if unknown.

    A blank node in it is a variable that has no name.
    """

    subject: Place
    predicate: Variable | IRI | Path
    object: Place
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces, in its order."""

    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Optional:
    """What a solution may have besides."""

    group: Group


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives; one alone is a group in braces of its own."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Minus:
    """What takes solutions away."""

    group: Group


@dataclass(frozen=True, slots=True)
class Graph:
    """What a named graph must hold."""

    name: Variable | IRI
    group: Group


@dataclass(frozen=True, slots=True)
class Service:
    """What another endpoint is asked."""

    name: Variable | IRI
    silent: bool
    group: Group


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition; `line` and `column` say where it stands, 0 if unknown."""

    condition: Expression
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Bind:
    """A variable that is given a value."""

    expression: Expression
    variable: Variable


@dataclass(frozen=True, slots=True)
class Values:
    """Rows of values for variables; None stands for UNDEF."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[IRI | Literal | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Subquery:
    """A SELECT within a group."""

    query: "Query"


Part: TypeAlias = (
    Triple | Group | Optional | Union | Minus | Graph | Service | Filter | Bind | Values | Subquery
)


@dataclass(frozen=True, slots=True)
class Projected:
    """A variable that is selected, or grouped by, and the expression that makes it, if any."""

    variable: Variable | None
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Ordering:
    """What solutions are ordered by."""

    expression: Expression
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query: `form` is SELECT, ASK, CONSTRUCT or DESCRIBE; no `projected` stands for all.

    `template` is what CONSTRUCT makes, `described` what DESCRIBE names; `default_graphs` and
    `named_graphs` are those of FROM and FROM NAMED.
    """

    form: str
    where: Group
    projected: tuple[Projected, ...] = ()
    distinct: bool = False
    reduced: bool = False
    template: tuple[Triple, ...] = ()
    described: tuple[Variable | IRI, ...] = ()
    default_graphs: tuple[IRI, ...] = ()
    named_graphs: tuple[IRI, ...] = ()
    grouped: tuple[Projected, ...] = ()
    having: tuple[Expression, ...] = ()
    ordered: tuple[Ordering, ...] = ()
    limit: int | None = None
    offset: int | None = None
    values: Values | None = None


_KINDS: Final = {
    kind.__name__: kind
    for kind in (
        Variable, Path, Call, Everything, Triple, Group, Optional, Union, Minus, Graph, Service,
        Filter, Bind, Values, Subquery, Projected, Ordering, Query, IRI, BlankNode, Literal,
    )
}  # fmt: skip


def to_json(value: Any) -> Any:
    """A tree as plain values that JSON can carry.

    >>> to_json(Variable("x"))
    {'is': 'Variable', 'name': 'x'}
    """
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    if is_dataclass(value):
        held = {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **held}
    return value


def from_json(value: Any) -> Any:
    """The tree that `to_json` told.

    >>> from_json({"is": "Variable", "name": "x"})
    Variable(name='x')
    """
    if isinstance(value, list):
        return tuple(from_json(each) for each in value)
    if isinstance(value, dict):
        held = {name: from_json(each) for name, each in value.items() if name != "is"}
        return _KINDS[value["is"]](**held)
    return value


def variables_in(value: Any) -> dict[Variable, None]:
    """The variables of a tree, each once, in the order they are first met.

    A blank node of a pattern joins like a variable; here it is one, called by its label.
    """
    found: dict[Variable, None] = {}
    _gather(value, found)
    return found


def _gather(value: Any, found: dict[Variable, None]) -> None:
    if isinstance(value, Variable):
        found[value] = None
    elif isinstance(value, BlankNode):
        found[Variable(f"_:{value.value}")] = None
    elif isinstance(value, tuple):
        for each in value:
            _gather(each, found)
    elif is_dataclass(value) and not isinstance(value, IRI | Literal):
        for field in fields(value):
            _gather(getattr(value, field.name), found)
