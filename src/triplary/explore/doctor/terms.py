"""Terms that a query names and the graph does not have: what may have been meant instead."""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, Final

from rapidfuzz import fuzz

from triplary.explore.doctor.findings import Finding, Near, Telling
from triplary.explore.doctor.steps import Probe, Step, counted
from triplary.index.text import normal
from triplary.ontology import RDF_TYPE
from triplary.query import tree as t
from triplary.terms import IRI, Literal, Node

__all__ = ["Asking", "pattern_findings", "turned", "unknown_values"]

Asking = Generator[Probe, int | None, Any]

_NEAR: Final = 3
_LIKE: Final = 60.0
_LITERALS: Final = 20_000
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\-]+")


def pattern_findings(telling: Telling, step: Step, *, exact: bool) -> Asking:
    """Why a triple pattern that has no solution by itself has none; at least one finding."""
    triple = step.part
    assert isinstance(triple, t.Triple)  # noqa: S101 - only those are asked about
    found = [*_unknown_terms(telling, triple), *_values(telling, triple)]
    if isinstance(step.graph, IRI) and step.graph not in telling.index.graphs:
        found.insert(0, _unknown_graph(telling, step.graph, triple))
    elif step.graph is not None and not found:
        elsewhere = yield counted(triple)
        if elsewhere:
            graph = telling.labels.label(step.graph) if isinstance(step.graph, IRI) else ""
            name = graph or telling.pattern(step.graph)
            found.append(
                telling.finding("not-in-graph", name, telling.count(elsewhere), part=triple)
            )
    if found:
        return found
    if exact and step.graph is None:
        named = yield counted(t.Graph(t.Variable("any_graph"), t.Group((triple,))))
        if named:
            return [telling.finding("default-graph", telling.count(named), part=triple)]
    if not isinstance(triple.object, Literal):
        back = turned(triple)
        count = yield counted(Step(back, step.graph).whole)
        if count:
            return [
                telling.finding(
                    "wrong-direction", telling.count(count), telling.pattern(back), part=triple,
                    count=0,
                )
            ]  # fmt: skip
    return [telling.finding("no-such-statement", part=triple, count=0)]


def unknown_values(telling: Telling, part: t.Values | t.Filter) -> list[Finding]:
    """The IRIs of rows of values, or of a condition, that occur nowhere in the graph."""
    known = {*dict(telling.index.usage.properties), *telling.index.graphs}
    return [
        _unknown(telling, "unknown-entity", iri, part, ())
        for iri in _iris(part)
        if iri not in telling.index.names and iri not in known
    ]


def _iris(part: t.Values | t.Filter) -> Iterator[IRI]:
    if isinstance(part, t.Values):
        yield from (cell for row in part.rows for cell in row if isinstance(cell, IRI))
        return
    waiting = [part.condition]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IRI):
            yield value
        elif isinstance(value, t.Call):
            waiting.extend(value.arguments)


def turned(triple: t.Triple) -> t.Triple:
    """The pattern with its subject and object in each other's places."""
    object_ = triple.object
    assert not isinstance(object_, Literal)  # noqa: S101 - a literal is no subject
    return t.Triple(object_, triple.predicate, triple.subject, triple.line, triple.column)


def _unknown_terms(telling: Telling, triple: t.Triple) -> Iterator[Finding]:
    """Properties, classes and entities of the pattern that the graph does not have."""
    index, used = telling.index, dict(telling.index.usage.properties)
    for iri in _properties(triple.predicate):
        if iri not in used:
            declared = iri in index.ontology.properties
            kind = "unused-property" if declared else "unknown-property"
            yield _unknown(telling, kind, iri, triple, used)
    of_class = RDF_TYPE in _properties(triple.predicate)
    if of_class and isinstance(triple.object, IRI):
        yield from _class(telling, triple, triple.object)
    ends = (triple.subject,) if of_class else (triple.subject, triple.object)
    for end in ends:
        if isinstance(end, IRI) and end not in index.names:
            yield _unknown(telling, "unknown-entity", end, triple, ())


def _class(telling: Telling, triple: t.Triple, kind: IRI) -> Iterator[Finding]:
    used = dict(telling.index.usage.classes)
    if kind in used:
        return
    below = sum(
        count for iri, count in used.items() if kind in telling.index.ontology.superclasses(iri)
    )
    if below and triple.predicate == RDF_TYPE:
        yield telling.finding("subclass", telling.name(kind), f"{below:,}", part=triple, count=0)
    elif not below:
        yield _unknown(telling, "unknown-class", kind, triple, used)


def _unknown(
    telling: Telling, kind: str, iri: IRI, triple: t.Part, known: Iterable[IRI]
) -> Finding:
    """A finding about an IRI that is not here, with those that are spelled or called alike."""
    here: Callable[[IRI], bool] = (
        telling.index.names.__contains__ if kind == "unknown-entity" else set(known).__contains__
    )
    for other in _spellings(iri):
        if here(other):
            names = telling.name(iri), telling.name(other)
            said = telling.near(other)
            return telling.finding("spelling", *names, part=triple, count=0, near=(said,))
    if kind == "unknown-entity":
        near = _near_entities(telling, iri)
    else:
        near = _near_words(telling, iri, known)
    return telling.finding(kind, telling.name(iri), part=triple, count=0, near=near)


def _spellings(iri: IRI) -> Iterator[IRI]:
    """The same IRI with http for https, and with or without a slash at the end."""
    text = iri.value
    other = "http:" + text[6:] if text.startswith("https:") else (
        "https:" + text[5:] if text.startswith("http:") else text)  # fmt: skip
    for base in (text, other):
        for form in (base, base.rstrip("/"), base + "/", base.rstrip("#"), base + "#"):
            if form != text and ":" in form:
                yield IRI(form)


def _near_words(telling: Telling, iri: IRI, known: Iterable[IRI]) -> tuple[Near, ...]:
    """The classes or properties that are called most like an IRI's end."""
    wanted = normal(_CAMEL.sub(" ", iri.local_name))
    scored = []
    for other in known:
        entity = telling.index.word(other)
        names = [other.local_name, *(label.value for label in entity.labels)]
        score = max(fuzz.ratio(wanted, normal(_CAMEL.sub(" ", name))) for name in names)
        if score >= _LIKE:
            scored.append((-score, other))
    return tuple(telling.near(other) for _, other in sorted(scored)[:_NEAR])


def _near_entities(telling: Telling, iri: IRI) -> tuple[Near, ...]:
    from urllib.parse import unquote

    text = unquote(iri.local_name).replace("_", " ")
    hits = telling.index.text.search(text, limit=_NEAR)
    nodes: list[Node] = [telling.index.adjacency.nodes[hit.entity] for hit in hits]
    return tuple(telling.near(node) for node in nodes if isinstance(node, IRI))


def _unknown_graph(telling: Telling, graph: IRI, triple: t.Triple) -> Finding:
    known = [each for each in telling.index.graphs if isinstance(each, IRI)]
    others = [each for each in _spellings(graph) if each in known]
    near = others or [
        each
        for each in sorted(
            known, key=lambda each: -fuzz.ratio(each.local_name.lower(), graph.local_name.lower())
        )
        if fuzz.ratio(each.local_name.lower(), graph.local_name.lower()) >= _LIKE
    ]
    return telling.finding(
        "unknown-graph", telling.name(graph), part=triple, count=0,
        near=tuple(map(telling.near, near[:_NEAR])),
    )  # fmt: skip


def _properties(predicate: Any) -> list[IRI]:
    """The properties that a predicate or path must walk; those of alternatives may be absent."""
    if isinstance(predicate, IRI):
        return [predicate]
    if isinstance(predicate, t.Path) and predicate.kind in "/^+":
        return [iri for part in predicate.parts for iri in _properties(part)]
    return []


def _values(telling: Telling, triple: t.Triple) -> Iterator[Finding]:
    """A literal that is no value of the property, with the values that look like it."""
    wanted, predicate = triple.object, _last(triple.predicate)
    if not isinstance(wanted, Literal) or predicate is None:
        return
    literals = telling.index.usage.literals(predicate, _LITERALS)
    if not literals:
        return
    here = [literal for literal, _ in literals]
    if wanted in here:
        return
    same = [literal for literal in here if literal.value == wanted.value]
    if not same and re.fullmatch(r"\d{4}", wanted.value):
        same = [literal for literal in here if literal.value.startswith(wanted.value + "-")]
    if same:
        tagged = any(literal.language for literal in same) or bool(wanted.language)
        kind = "language-tag" if tagged else "datatype"
    else:
        folded = wanted.value.casefold()
        same = [literal for literal in here if literal.value.casefold() == folded]
        kind = "case"
    near = tuple(telling.near_literal(literal) for literal in same[:_NEAR])
    name = telling.near_literal(wanted).name
    if same:
        yield telling.finding(kind, name, near[0].name, part=triple, count=0, near=near)
        return
    scored = [
        (-fuzz.ratio(normal(wanted.value), normal(one.value)), one.value, one) for one in here
    ]
    alike = [one for score, _, one in sorted(scored)[:_NEAR] if -score >= _LIKE]
    near = tuple(map(telling.near_literal, alike))
    yield telling.finding("unknown-value", name, part=triple, count=0, near=near)


def _last(predicate: Any) -> IRI | None:
    """The property whose values the object is one of; None where several may be."""
    if isinstance(predicate, t.Path) and predicate.kind == "/":
        return _last(predicate.parts[-1])
    return predicate if isinstance(predicate, IRI) else None
