"""What a researcher asks of a query: what it says, why it found nothing, its result to keep."""

from triplary.errors import BadParameter, QueryError
from triplary.explore.doctor import Finding, Probe, Ran, diagnose
from triplary.explore.outlined import outlined
from triplary.index import Index
from triplary.kg.capsule import Capsule, Result
from triplary.kg.capsule import capsule as made
from triplary.query.outline import LANGUAGES
from triplary.store import Store
from triplary.store.fingerprint import Fingerprint
from triplary.terms import Literal

__all__ = ["Findings", "capsule", "doctor", "outline"]


class Findings(tuple[Finding, ...]):
    """What the query doctor found, the likeliest cause first."""

    __slots__ = ()

    def __repr__(self) -> str:
        """A line each, with the place in the query where it is known."""
        return "\n".join(map(_line, self)) or "<Findings: nothing>"


def _line(finding: Finding) -> str:
    place = f"line {finding.line}, column {finding.column}: " if finding.line else ""
    return f"{place}{finding.sentence}"


def outline(index: Index, query: str, language: str = "en") -> tuple[str, ...]:
    """A query in sentences, as the graph calls what it names; raises BadParameter, QueryError."""
    from triplary.store.reading import read

    return outlined(index, read(query), spoken(language))


def spoken(language: str) -> str:
    """The language, when it is one that queries are told in; raises BadParameter."""
    if language not in LANGUAGES:
        raise BadParameter("language", language, f"it is one of {', '.join(LANGUAGES)}")
    return language


def doctor(
    index: Index,
    store: Store,
    query: str,
    *,
    ran: Ran = "empty",
    seconds: float = 0.0,
    language: str = "en",
) -> Findings:
    """What ails a query, its probes asked of the store itself."""
    from triplary.store.reading import read

    asking = diagnose(index, read(query), ran=ran, seconds=seconds, language=spoken(language))
    try:
        probe = next(asking)
        while True:
            probe = asking.send(_counted(store, probe))
    except StopIteration as done:
        return Findings(done.value)


def _counted(store: Store, probe: Probe) -> int | None:
    """How many solutions a probe counts; None where the store cannot say."""
    try:
        ((count,),) = store.select(probe.query).rows
    except QueryError:
        return None
    return int(count.value) if isinstance(count, Literal) else 0


def capsule(
    index: Index,
    query: str,
    result: Result,
    fingerprint: Fingerprint,
    *,
    endpoint: str = "",
    exact: bool = False,
) -> Capsule:
    """The capsule of a query and what it gave; the query is read in this process."""
    from triplary.store.reading import read

    try:
        tree = read(query)
    except QueryError:
        tree = None
    return made(index, query, tree, result, fingerprint, endpoint=endpoint, exact=exact)
