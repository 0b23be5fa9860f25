"""What makes a query slow: patterns with many solutions, cross products, unbounded paths."""

from typing import Any, Final

from triplary.explore.doctor.findings import Finding, Telling
from triplary.explore.doctor.steps import MOST, PARTS_MOST, Step, counted, steps_of
from triplary.explore.doctor.terms import Asking
from triplary.query import tree as t
from triplary.terms import IRI, Literal

__all__ = ["slow_findings"]

_TEXT_TESTS: Final = frozenset(("REGEX", "CONTAINS", "STRSTARTS", "STRENDS"))
_MANY: Final = 10_000


def slow_findings(
    telling: Telling, query: t.Query, *, killed: bool, seconds: float, probe_seconds: float
) -> Asking:
    """Why a query takes long, or what was running when it was killed; the likeliest first."""
    steps = steps_of(query.where)[:PARTS_MOST]
    every = _all_steps(query.where)[: 2 * PARTS_MOST]
    found: list[Finding] = []
    if killed:
        found.append(telling.finding("killed", f"{seconds:g}"))
    for step in every:
        if isinstance(step.part, t.Triple) and _unbounded(step.part):
            found.append(telling.finding("unbounded-path", part=step.part))
    found += yield from _crossed(telling, steps)
    counts: list[tuple[int, Step]] = []
    for step in every:
        if not isinstance(step.part, t.Triple):
            continue
        count = yield counted(step.whole)
        if count is None:
            said = f"{probe_seconds:g}"
            found.append(telling.finding("pattern-slow", said, part=step.part))
        elif _fits_all(step.part):
            told = telling.count(count)
            found.append(telling.finding("everything", told, part=step.part, count=count))
        counts.append((MOST + 2 if count is None else count, step))
    if counts:
        most, step = max(counts, key=lambda pair: pair[0])
        if most <= MOST + 1:
            told = telling.count(most)
            found.append(telling.finding("most-solutions", told, part=step.part, count=most))
    if killed:
        found += yield from _running(telling, steps, probe_seconds)
    return [*found, *_habits(telling, query, steps)]


def _all_steps(group: t.Group) -> list[Step]:
    """The steps of a group and of all groups within it."""
    found = []
    for step in steps_of(group):
        found.append(step)
        for inner in _groups(step.part):
            found += [
                Step(each.part, each.graph or step.graph) for each in _all_steps(inner)
            ]  # fmt: skip
    return found


def _groups(part: t.Part) -> tuple[t.Group, ...]:
    match part:
        case t.Optional() | t.Minus():
            return (part.group,)
        case t.Union():
            return part.groups
        case t.Subquery():
            return (part.query.where,)
    return ()


def _unbounded(triple: t.Triple) -> bool:
    """Whether a path of any length begins and ends at what is not known."""
    open_ended = not isinstance(triple.subject, IRI) and isinstance(triple.object, t.Variable)
    return open_ended and _repeats(triple.predicate)


def _repeats(predicate: Any) -> bool:
    if not isinstance(predicate, t.Path):
        return False
    return predicate.kind in "*+" or any(_repeats(part) for part in predicate.parts)


def _fits_all(triple: t.Triple) -> bool:
    places = triple.subject, triple.predicate, triple.object
    return len({place for place in places if isinstance(place, t.Variable)}) == len(places)


def _crossed(telling: Telling, steps: tuple[Step, ...]) -> Asking:
    """Parts that share no variable with the others: their solutions multiply."""
    islands: list[tuple[set[t.Variable], list[Step]]] = []
    for step in steps:
        if isinstance(step.part, t.Filter | t.Bind | t.Minus):
            continue
        names, members = set(t.variables_in(step.whole)), [step]
        if not names:
            continue
        apart = []
        for island in islands:
            if island[0] & names:
                names |= island[0]
                members = island[1] + members
            else:
                apart.append(island)
        islands = [*apart, (names, members)]
    if len(islands) < 2 or all(_few(members) for _, members in islands[:-1]):
        return []
    told = []
    for _, members in islands:
        count = yield counted(*(step.whole for step in members))
        told.append(f"`{telling.pattern(members[0].part)}` ({telling.count(count)})")
    return [telling.finding("cross-product", " × ".join(told), part=islands[-1][1][0].part)]


def _few(members: list[Step]) -> bool:
    """Whether what stands apart are rows of values: a few of them multiply nothing much."""
    return all(isinstance(step.part, t.Values) for step in members)


def _running(telling: Telling, steps: tuple[Step, ...], probe_seconds: float) -> Asking:
    """The first part with which the joins take too long."""
    last: int | None = 0
    for place, step in enumerate(steps):
        count = yield counted(*(each.whole for each in steps[: place + 1]))
        if count is None:
            told = telling.count(last), f"{probe_seconds:g}"
            return [telling.finding("was-running", *told, part=step.part)]
        last = count
    if last is not None and last > MOST:
        return [telling.finding("many-solutions", telling.count(last), count=last)]
    told = f"{probe_seconds:g}", telling.count(last)
    return [telling.finding("still-quick", *told, count=last)]


def _habits(telling: Telling, query: t.Query, steps: tuple[Step, ...]) -> list[Finding]:
    """What is slow whatever the graph holds."""
    found = []
    for step in steps:
        if isinstance(step.part, t.Filter) and _tests_text(step.part.condition):
            found.append(telling.finding("text-scan", part=step.part))
    shared = _shared_by_optionals(steps)
    if shared:
        found.append(telling.finding("optionals", ", ".join(f"?{each.name}" for each in shared)))
    if query.ordered and query.limit is not None:
        found.append(telling.finding("ordered"))
    elif query.form == "SELECT" and query.limit is None and not query.grouped:
        found.append(telling.finding("no-limit"))
    return found


def _tests_text(value: t.Expression) -> bool:
    if not isinstance(value, t.Call):
        return False
    if value.name in _TEXT_TESTS and not isinstance(value.arguments[0], Literal):
        return True
    return any(_tests_text(each) for each in value.arguments)


def _shared_by_optionals(steps: tuple[Step, ...]) -> list[t.Variable]:
    """Variables that two OPTIONAL parts have and nothing before them."""
    bound: set[t.Variable] = set()
    offered: set[t.Variable] = set()
    found: dict[t.Variable, None] = {}
    for step in steps:
        names = t.variables_in(step.part)
        if isinstance(step.part, t.Optional):
            found |= {name: None for name in names if name in offered and name not in bound}
            offered.update(name for name in names if name not in bound)
        elif not isinstance(step.part, t.Filter):
            bound.update(names)
    return list(found)
