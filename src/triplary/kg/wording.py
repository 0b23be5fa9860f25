"""Answers as lines of text, for a terminal."""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final
from unicodedata import east_asian_width

from triplary import explore
from triplary.errors import BadParameter
from triplary.kg.answers import Comparison, Rows
from triplary.kg.hall import KnowledgeGraph
from triplary.store.documents import write
from triplary.store.formats import FORMATS
from triplary.terms import IRI, Fact, Literal, Node, Term
from triplary.view.figures import figure
from triplary.view.sentences import said

__all__ = ["lines_of", "lines_of_comparison", "written"]

WIDEST: Final = 60
"""A column of a table for reading is padded to at most so many; what is longer runs over."""


def lines_of(kg: KnowledgeGraph, described: explore.Description, language: str) -> Iterator[str]:
    """An entity's names and hint, then its facts by predicate, each with who says so."""
    entity = described.entity
    yield f"{entity.label(language)}  ({kg.ontology.curie(entity.iri)})"
    if entity.hint:
        yield f"  {entity.hint}"
    for group in described.groups:
        arrow = "← " if group.inverse else ""
        cut = f"  ({group.shown} of {group.total} shown)" if group.shown < group.total else ""
        yield f"{arrow}{kg.index.word(group.predicate).label(language)}{cut}"
        for fact in group.facts:
            end = fact.subject if group.inverse else fact.object
            yield f"    {_value(kg, end, language)}  ({_who(fact, language)})"


def lines_of_comparison(kg: KnowledgeGraph, compared: Comparison, language: str) -> Iterator[str]:
    """What is shared, then what only one has."""
    left, right = compared.left.label(language), compared.right.label(language)
    shared, only_left, only_right = compared.totals
    yield f"{left} and {right} share {shared}:"
    for both in compared.shared:
        yield f"    {_said_of(kg, compared.left.iri, both.left, language)}"
    for name, total, facts, node in (
        (left, only_left, compared.only_left, compared.left.iri),
        (right, only_right, compared.only_right, compared.right.iri),
    ):
        cut = f", {len(facts)} shown" if len(facts) < total else ""
        yield f"only {name}, {total}{cut}:"
        for fact in facts:
            yield f"    {_said_of(kg, node, fact, language)}"


def _said_of(kg: KnowledgeGraph, node: Node, fact: Fact, language: str) -> str:
    inverse = fact.subject != node
    word = kg.index.word(fact.predicate).label(language)
    end = _value(kg, fact.subject if inverse else fact.object, language)
    return f"{'← ' if inverse else ''}{word}: {end}  ({_who(fact, language)})"


def _value(kg: KnowledgeGraph, term: Term, language: str) -> str:
    if isinstance(term, Literal):
        return f"{term.value} @{term.language}" if term.language else figure(term)
    entity = kg.index.entity(term)
    return entity.label(language) if entity.labels else kg.ontology.curie(term)


def _who(fact: Fact, language: str) -> str:
    return "; ".join(dict.fromkeys(said(item, language) for item in fact.evidence))


def written(kg: KnowledgeGraph, answer: Any, format: str) -> str:
    """The answer to a query as text: a table, CSV, TSV or JSON; or, for triples, an RDF format.

    In a table for reading (`text`) IRIs are CURIEs; everywhere else they are whole.
    """
    if isinstance(answer, bool):
        return "true\n" if answer else "false\n"
    if isinstance(answer, Rows):
        return _table(kg, answer, format)
    output = io.BytesIO()
    wanted = "turtle" if format == "text" else format
    if wanted not in FORMATS:
        raise BadParameter("--format", format, f"triples are written as {', '.join(FORMATS)}")
    write(answer, output, format=FORMATS[wanted])
    return output.getvalue().decode()


def _table(kg: KnowledgeGraph, rows: Rows, format: str) -> str:
    cells = [["" if term is None else str(term) for term in row] for row in rows]
    if format == "json":
        from triplary.render.results import results_json

        return results_json(rows) + "\n"
    if format in ("csv", "tsv"):
        output = io.StringIO()
        writer = csv.writer(output, delimiter="," if format == "csv" else "\t")
        writer.writerows([list(rows.columns), *cells])
        return output.getvalue()
    if format != "text":
        raise BadParameter("--format", format, "rows are written as text, csv, tsv or json")
    cells = [
        [kg.ontology.curie(term) if isinstance(term, IRI) else str(term or "") for term in row]
        for row in rows
    ]
    widths = [
        min(max(map(_width, column)), WIDEST)
        for column in zip(*[list(rows.columns), *cells], strict=True)
    ]
    lines = [list(rows.columns), ["-" * width for width in widths], *cells]
    return "".join("  ".join(map(_padded, line, widths)).rstrip() + "\n" for line in lines)


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese takes two each."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line + " " * (width - _width(line))
