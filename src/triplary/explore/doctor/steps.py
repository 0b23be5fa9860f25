"""A query taken apart into what must hold, one after the other, and how each is counted."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from triplary.query import tree as t
from triplary.query.writing import written
from triplary.terms import IRI, BlankNode, Literal

__all__ = ["MOST", "PARTS_MOST", "Probe", "Step", "counted", "steps_of", "with_variables"]

MOST: Final = 100_000
"""Solutions are counted up to here; one more says that there are more."""


PARTS_MOST: Final = 60
"""Parts of one group that are looked at; joins of all of them grow with the square."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A query that counts solutions; its one row has one binding, `count`."""

    query: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that must hold: a part of the query, with the named graph that it stands in."""

    part: t.Part
    graph: t.Variable | IRI | None = None

    @property
    def whole(self) -> t.Part:
        """The part as it is asked, within its named graph."""
        if self.graph is None or isinstance(self.part, t.Filter | t.Bind | t.Values):
            return self.part
        return t.Graph(self.graph, t.Group((self.part,)))


def steps_of(group: t.Group, graph: t.Variable | IRI | None = None) -> tuple[Step, ...]:
    """What a group asks for, in order; conditions last, since they hold for all of it."""
    found = list(_steps(group, graph))
    late = (t.Filter, t.Minus)
    return tuple(
        [step for step in found if not isinstance(step.part, late)]
        + [step for step in found if isinstance(step.part, late)]
    )


def _steps(group: t.Group, graph: t.Variable | IRI | None) -> Iterator[Step]:
    for part in group.parts:
        if isinstance(part, t.Group):
            yield from _steps(part, graph)
        elif isinstance(part, t.Graph):
            yield from _steps(part.group, part.name)
        elif isinstance(part, t.Filter) and graph is not None:
            yield Step(_within(part, graph), graph)
        else:
            yield Step(part, graph)


def _within(part: t.Filter, graph: t.Variable | IRI) -> t.Filter:
    """A condition that looks for something looks in the named graph it stands in."""

    def kept(value: t.Expression) -> t.Expression:
        if not isinstance(value, t.Call):
            return value
        group = value.group and t.Group((t.Graph(graph, value.group),))
        return t.Call(
            value.name, tuple(map(kept, value.arguments)), value.distinct, value.separator, group
        )

    return t.Filter(kept(part.condition), part.line, part.column)


def counted(*parts: t.Part) -> Probe:
    """How many solutions parts have together, counted up to MOST.

    >>> counted(t.Triple(t.Variable("s"), t.Variable("p"), t.Variable("o"))).query.count("{")
    3
    """
    inner = t.Query(
        "SELECT", t.Group(tuple(with_variables(part) for part in parts)), limit=MOST + 1
    )
    count = t.Projected(t.Variable("count"), t.Call("COUNT", (t.Everything(),)))
    return Probe(
        written(t.Query("SELECT", t.Group((t.Group((t.Subquery(inner),)),)), (count,)))
    )  # fmt: skip


def with_variables(value: Any) -> Any:
    """A tree with variables in place of blank nodes, which may not stand in two groups."""
    if isinstance(value, BlankNode):
        return t.Variable(f"blank_{value.value}")
    if isinstance(value, tuple):
        return tuple(with_variables(each) for each in value)
    if is_dataclass(value) and not isinstance(value, IRI | Literal | type):
        held = {f.name: with_variables(getattr(value, f.name)) for f in fields(value)}
        return type(value)(**held)
    return value
