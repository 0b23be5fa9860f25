"""Every error triplary raises, drawn as a tree on one page.

A message is a sentence that names the thing; what to do next follows as a hint.

    TriplaryError
    ├── ParseError            a file that does not follow its format
    ├── ValidationError       data that breaks a shape
    ├── RecipeError           a recipe that cannot be run, or rows that it refused
    ├── QueryError            a SPARQL query that cannot be answered
    │   ├── ForbiddenQuery    … because it asks for something a guest may not have
    │   ├── QueryFailed       … because it is SPARQL, but cannot be evaluated
    │   ├── QueryTimeout      … because it ran past its deadline
    │   └── QueryCrashed      … because its worker process died
    ├── NotFound              a name that stands for nothing here
    ├── Ambiguous             a name that stands for several things
    ├── BadParameter          a value that a verb, query or setting does not take
    ├── Busy                  more asked at once than the queue holds
    ├── StoreError            a store that does not open, answer or accept
    │   └── Full              … because it holds as much as it may
    └── MissingExtra          an optional library that is not installed
"""

from collections.abc import Sequence

__all__ = [
    "Ambiguous",
    "BadParameter",
    "Busy",
    "ForbiddenQuery",
    "Full",
    "MissingExtra",
    "NotFound",
    "ParseError",
    "QueryCrashed",
    "QueryError",
    "QueryFailed",
    "QueryTimeout",
    "RecipeError",
    "StoreError",
    "TriplaryError",
    "ValidationError",
]


_LOOK = {
    "entity": "search for a part of its name",
    "class": "docs/reference/ontology lists those of the atlas",
    "property": "docs/reference/ontology lists those of the atlas",
}
"""Where to look for a name of each kind that is like no other."""


class TriplaryError(Exception):
    """The root: a sentence that says what is wrong, and a hint that says what to do next.

    >>> print(TriplaryError("The atlas is empty.", hint="load a file first"))
    The atlas is empty.
    hint: load a file first
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the sentence and the hint apart, so that each door can show them its own way."""
        self.message = message
        self.hint = hint
        super().__init__(f"{message}\nhint: {hint}" if hint else message)


class ParseError(TriplaryError):
    """A file, or a text, does not follow the format it is read as.

    `path` names the file; `line` and `column` count from 1, None where the format knows none.
    """

    def __init__(
        self, path: str, line: int | None, column: int | None, reason: str, *, hint: str = ""
    ) -> None:
        """Name the place the way editors do: path, line, column."""
        self.path, self.line, self.column, self.reason = path, line, column, reason
        place = path
        if line is not None:
            place += f", line {line}"
        if column is not None:
            place += f", column {column}"
        super().__init__(f"{place}: {reason}", hint=hint)


class ValidationError(TriplaryError):
    """Data breaks a shape; `report` holds one sentence per violation."""

    def __init__(
        self, report: Sequence[str], shapes: Sequence[str] = ("the ontology",), *, hint: str = ""
    ) -> None:
        """Say how many violations there are, and where the shapes stand that were broken."""
        self.report = tuple(report)
        count = len(self.report)
        noun = "violation" if count == 1 else "violations"
        super().__init__(f"{count} {noun} of the shapes in {' and '.join(shapes)}.", hint=hint)


class RecipeError(TriplaryError):
    """A recipe cannot be run, or refused rows; `report` holds one sentence per refusal."""

    def __init__(self, message: str, report: Sequence[str] = (), *, hint: str = "") -> None:
        """Keep every refusal, so that none is dropped silently."""
        self.report = tuple(report)
        super().__init__(message, hint=hint)


class QueryError(TriplaryError):
    """A SPARQL query cannot be answered; `line` and `column` (from 1) say where, when known."""

    def __init__(
        self,
        message: str,
        *,
        query: str = "",
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
    ) -> None:
        """Keep the query's text beside the place of the fault."""
        self.query, self.line, self.column = query, line, column
        super().__init__(message, hint=hint)


class ForbiddenQuery(QueryError):
    """A guest's query asks for what a guest may not have; `clause` names it (SERVICE, FROM …)."""

    def __init__(
        self,
        clause: str,
        message: str,
        *,
        query: str = "",
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
    ) -> None:
        """Name the clause, so that a client can tell one refusal from another."""
        self.clause = clause
        super().__init__(message, query=query, line=line, column=column, hint=hint)


class QueryFailed(QueryError):
    """A query or update is SPARQL, but cannot be evaluated: an unknown function, no such graph."""


class QueryTimeout(QueryError):
    """A query ran past its deadline of `seconds` and was stopped."""

    def __init__(self, seconds: float, *, query: str = "", hint: str = "") -> None:
        """Say the deadline, and how to stay within it."""
        self.seconds = seconds
        super().__init__(
            f"The query was stopped at its deadline of {seconds:g} s.",
            query=query,
            hint=hint or "ask for less (LIMIT, fewer patterns), or raise query_seconds",
        )


class QueryCrashed(QueryError):
    """The worker process that ran a query died; other queries were not disturbed."""


class NotFound(TriplaryError):
    """`name` stands for no `kind` here; `near` lists names that come close."""

    def __init__(self, kind: str, name: str, near: Sequence[str] = ()) -> None:
        """Offer the near names as the hint."""
        self.kind, self.name, self.near = kind, name, tuple(near)
        hint = f"did you mean {', '.join(self.near)}?" if self.near else _LOOK.get(kind, "")
        super().__init__(f"There is no {kind} “{name}”.", hint=hint)


class Ambiguous(TriplaryError):
    """`name` stands for several entities; `choices` are their IRIs."""

    def __init__(self, name: str, choices: Sequence[str]) -> None:
        """Say the choices, so that the next call can name one."""
        self.name, self.choices = name, tuple(choices)
        super().__init__(
            f"“{name}” stands for {len(self.choices)} entities.",
            hint=f"name one by its IRI: {', '.join(self.choices)}",
        )


class BadParameter(TriplaryError):
    """`parameter` of a verb, a query or the settings does not take `value`."""

    def __init__(self, parameter: str, value: object, reason: str, *, hint: str = "") -> None:
        """Name the parameter and the value that was given."""
        self.parameter, self.value, self.reason = parameter, value, reason
        super().__init__(f"{parameter} does not take {value!r}: {reason}.", hint=hint)


class Busy(TriplaryError):
    """All workers are taken and the queue before them is full; later it will not be."""


class StoreError(TriplaryError):
    """A store does not open, answer or accept what it was given."""


class Full(StoreError):
    """A store holds as much as it may; what it has stays."""


class MissingExtra(TriplaryError):
    """An optional library is not installed; the hint is the line that installs it."""

    def __init__(self, library: str, extra: str) -> None:
        """Give the install line of the extra that carries the library."""
        self.library, self.extra = library, extra
        super().__init__(f"{library} is not installed.", hint=f"pip install 'triplary[{extra}]'")
