"""The order in which the doctor looks: each pattern alone, then joins that grow, then the rest."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Literal

from triplary.explore.doctor.conditions import condition_finding
from triplary.explore.doctor.findings import Finding, Telling
from triplary.explore.doctor.slow import slow_findings
from triplary.explore.doctor.steps import PARTS_MOST, Probe, Step, counted, steps_of
from triplary.explore.doctor.terms import Asking, pattern_findings, turned, unknown_values
from triplary.index import Index
from triplary.query import tree as t
from triplary.terms import IRI
from triplary.terms import Literal as Lit

__all__ = ["Ran", "diagnose"]

Ran = Literal["empty", "slow", "killed"]


def diagnose(
    index: Index,
    query: t.Query,
    *,
    ran: Ran = "empty",
    seconds: float = 0.0,
    probe_seconds: float = 1.0,
    exact: bool = False,
    language: str = "en",
) -> Generator[Probe, int | None, tuple[Finding, ...]]:
    """What ails a query, the likeliest cause first.

    Yields probes; send back the count of each, or None where it took longer than `probe_seconds`.
    """
    telling = Telling(index, language)
    if ran == "empty":
        found = yield from _Empty(telling, exact).query(query)
    else:
        found = yield from slow_findings(
            telling, query, killed=ran == "killed", seconds=seconds, probe_seconds=probe_seconds
        )
    parts = len(steps_of(query.where))
    if parts > PARTS_MOST:
        found = [*found, telling.finding("parts-cut", PARTS_MOST, f"{parts:,}")]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Empty:
    """Looks for what empties a query."""

    telling: Telling
    exact: bool

    def query(self, query: t.Query) -> Asking:
        """Why a query, or a subquery, has no solution."""
        if query.limit == 0:
            return [self.telling.finding("limit-zero")]
        where = query.where
        if query.values is not None:
            where = t.Group((*where.parts, query.values))
        found: list[Finding] = yield from self.group(where, None)
        if found:
            return [*found, *self._looked_in(query)]
        return (yield from self._after(query, where))

    def _looked_in(self, query: t.Query) -> list[Finding]:
        graphs = (*query.default_graphs, *query.named_graphs)
        if not graphs:
            return []
        return [self.telling.finding("from", ", ".join(map(self.telling.name, graphs)))]

    def _after(self, query: t.Query, where: t.Group) -> Asking:
        """What may empty a query whose patterns have solutions."""
        telling = self.telling
        count = yield counted(*where.parts)
        if query.having:
            return [telling.finding("having-empty")]
        if query.offset and count is not None and count <= query.offset:
            return [telling.finding("offset", f"{query.offset:,}", telling.count(count))]
        if looked := self._looked_in(query):
            return looked
        if not where.parts:
            return [telling.finding("no-pattern")]
        return [telling.finding("finds-some", telling.count(count), count=count)]

    def group(self, group: t.Group, graph: t.Variable | IRI | None) -> Asking:
        """Why a group has no solution; nothing where it has some, or nobody can tell in time."""
        steps = steps_of(group, graph)[:PARTS_MOST]
        found: list[Finding] = []
        for step in steps:
            if isinstance(step.part, t.Triple) and (yield counted(step.whole)) == 0:
                found += yield from pattern_findings(self.telling, step, exact=self.exact)
            elif isinstance(step.part, t.Values):
                unknown = unknown_values(self.telling, step.part)
                found += unknown if len(unknown) >= len(step.part.rows) else []
        if found:
            return found
        return (yield from self._joined(steps))

    def _joined(self, steps: tuple[Step, ...]) -> Asking:
        """The first step with which nothing is left of what stands before."""
        left: int | None = 1
        for place, step in enumerate(steps):
            if isinstance(step.part, t.Optional | t.Bind):
                continue
            before = steps[:place]
            count = yield counted(*(each.whole for each in (*before, step)))
            if count == 0:
                return (yield from self._culprit(before, step, left))
            left = count if count is not None else left
        return []

    def _culprit(self, before: tuple[Step, ...], step: Step, left: int | None) -> Asking:
        telling, told, part = self.telling, self.telling.count(left), step.part
        match part:
            case t.Filter():
                return [(yield from condition_finding(telling, before, step, left or 0))]
            case t.Minus():
                return [telling.finding("minus", told, part=part, count=0)]
            case t.Union():
                found: list[Finding] = []
                for group in part.groups:
                    found += yield from self.group(group, step.graph)
                return [telling.finding("union-empty", part=part, count=0), *found] if found else [
                    telling.finding("join-empty", told, part=part, count=0)]  # fmt: skip
            case t.Subquery():
                alone = yield counted(t.Group((part,)))
                if alone:
                    return [telling.finding("join-empty", told, part=part, count=0)]
                inner = yield from self.query(part.query)
                return [*inner, telling.finding("subquery-empty", part=part, count=0)]
            case t.Values():
                return [telling.finding("values-empty", told, part=part, count=0)]
            case t.Triple() if not isinstance(part.object, Lit):
                return [(yield from self._triple(before, step, told))]
        return [telling.finding("join-empty", told, part=part, count=0)]

    def _triple(self, before: tuple[Step, ...], step: Step, told: str) -> Asking:
        """A pattern that has solutions, but none with what stands before."""
        telling, part = self.telling, step.part
        assert isinstance(part, t.Triple)  # noqa: S101 - the caller looked
        back = turned(part)
        parts: tuple[Any, ...] = tuple(each.whole for each in before)
        count = yield counted(*parts, Step(back, step.graph).whole)
        if count:
            words = told, telling.pattern(back), telling.count(count)
            return telling.finding("join-direction", *words, part=part, count=0)
        return telling.finding("join-empty", told, part=part, count=0)
