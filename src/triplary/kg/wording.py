"""Answers as lines of text, for a terminal and for a notebook's prompt."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from unicodedata import east_asian_width

from triplary import explore
from triplary.errors import BadParameter
from triplary.ontology import Ontology
from triplary.store.documents import write
from triplary.store.formats import FORMATS
from triplary.terms import IRI, Entity, Fact, Literal, Node, Path, Table, Term
from triplary.view.figures import figure
from triplary.view.sentences import held, said

__all__ = [
    "lines_of",
    "lines_of_comparison",
    "lines_of_matches",
    "lines_of_paths",
    "table_of",
    "written",
]

WIDEST: Final = 60
"""A column of a table for reading is padded to at most so many; what is longer runs over."""

_CURIE: Final = Ontology().curie
Words = Mapping[Node, Entity]


def lines_of_matches(matches: Iterable[explore.Match], language: str) -> Iterator[str]:
    """Each match with its CURIE and its hint."""
    for match in matches:
        entity = match.entity
        yield f"{entity.label(language)}  ({_CURIE(entity.iri)})  {entity.hint}".rstrip()


def lines_of(described: explore.Description, language: str) -> Iterator[str]:
    """An entity's names and hint, then its facts by predicate, each with who says so."""
    entity = described.entity
    words = {word.iri: word for word in (*described.vocabulary, *described.nodes)}
    yield f"{entity.label(language)}  ({_CURIE(entity.iri)})"
    if entity.hint:
        yield f"  {entity.hint}"
    for group in described.groups:
        arrow = "← " if group.inverse else ""
        cut = f"  ({group.shown} of {group.total} shown)" if group.shown < group.total else ""
        then = (
            f"  ({group.left_out} did not hold as of {described.as_of})" if group.left_out else ""
        )
        yield f"{arrow}{_word(words, group.predicate, language)}{cut}{then}"
        for fact in group.facts:
            end = fact.subject if group.inverse else fact.object
            yield f"    {_value(words, end, language)}  ({_who(fact, language)})"


def lines_of_comparison(
    compared: explore.Comparison, vocabulary: Iterable[Entity], language: str
) -> Iterator[str]:
    """What is shared, then what only one has."""
    words = {word.iri: word for word in vocabulary}
    left, right = compared.left.label(language), compared.right.label(language)
    shared, only_left, only_right = compared.totals
    yield f"{left} and {right} share {shared}{_shown(len(compared.shared), shared)}:"
    for both in compared.shared:
        yield f"    {_said_of(words, compared.left.iri, both.left, language)}"
    for name, total, facts, node in (
        (left, only_left, compared.only_left, compared.left.iri),
        (right, only_right, compared.only_right, compared.right.iri),
    ):
        yield f"only {name}, {total}{_shown(len(facts), total)}:"
        for fact in facts:
            yield f"    {_said_of(words, node, fact, language)}"
    if compared.bookkeeping:
        yield f"bookkeeping, not listed: {compared.bookkeeping}"


def lines_of_paths(
    paths: Sequence[Path], sentences: Iterable[Sequence[str]], language: str
) -> Iterator[str]:
    """Each path as its nodes, then each step as a sentence."""
    for number, (path, steps) in enumerate(zip(paths, sentences, strict=True), 1):
        yield f"{number}. " + " → ".join(node.label(language) for node in path.nodes)
        for step in steps:
            yield f"   {step}"


def _shown(shown: int, total: int) -> str:
    return f", {shown} shown" if shown < total else ""


def _said_of(words: Words, node: Node, fact: Fact, language: str) -> str:
    inverse = fact.subject != node
    end = _value(words, fact.subject if inverse else fact.object, language)
    arrow = "← " if inverse else ""
    return f"{arrow}{_word(words, fact.predicate, language)}: {end}  ({_who(fact, language)})"


def _word(words: Words, iri: IRI, language: str) -> str:
    return (words.get(iri) or Ontology().entity(iri)).label(language)


def _value(words: Words, term: Term, language: str) -> str:
    if isinstance(term, Literal):
        return f"{term.value} @{term.language}" if term.language else figure(term)
    known = words.get(term)
    return known.label(language) if known is not None and known.labels else _CURIE(term)


def _who(fact: Fact, language: str) -> str:
    times = (held(begins, ends, language) for begins, ends in fact.held)
    voices = (said(item, language) for item in fact.evidence)
    return "; ".join(dict.fromkeys((*times, *voices)))


def written(answer: Any, format: str) -> str:
    """The answer to a query as text: a table, CSV, TSV or JSON; or, for triples, an RDF format.

    In a table for reading (`text`) IRIs are CURIEs; everywhere else they are whole.
    """
    if isinstance(answer, bool):
        return "true\n" if answer else "false\n"
    if isinstance(answer, Table):
        return _rows(answer, format)
    output = io.BytesIO()
    wanted = "turtle" if format == "text" else format
    if wanted not in FORMATS:
        raise BadParameter("--format", format, f"triples are written as {', '.join(FORMATS)}")
    write(answer, output, format=FORMATS[wanted])
    return output.getvalue().decode()


def _rows(rows: Table, format: str) -> str:
    if format == "json":
        from triplary.render.results import results_json

        return results_json(rows) + "\n"
    if format in ("csv", "tsv"):
        output = io.StringIO()
        writer = csv.writer(output, delimiter="," if format == "csv" else "\t")
        writer.writerow(rows.columns)
        writer.writerows(["" if term is None else str(term) for term in row] for row in rows)
        return output.getvalue()
    if format != "text":
        raise BadParameter("--format", format, "rows are written as text, csv, tsv or json")
    return table_of(rows)


def table_of(rows: Table) -> str:
    """The rows as a table for reading, with CURIEs for IRIs and a line below the columns."""
    cells = [[_cell(term) for term in row] for row in rows]
    widths = [
        min(max(map(_width, column)), WIDEST)
        for column in zip(*[list(rows.columns), *cells], strict=True)
    ]
    lines = [list(rows.columns), ["-" * width for width in widths], *cells]
    return "".join("  ".join(map(_padded, line, widths)).rstrip() + "\n" for line in lines)


def _cell(term: Term | None) -> str:
    if isinstance(term, IRI):
        return _CURIE(term)
    return figure(term) if isinstance(term, Literal) else str(term or "")


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese takes two each."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line + " " * (width - _width(line))
