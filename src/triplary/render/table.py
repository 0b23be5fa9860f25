"""The edges as a table for spreadsheets, one row for each piece of evidence (RFC 4180)."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from triplary.terms import Evidence
from triplary.view import View, labels
from triplary.view.notes import narrowed

__all__ = ["COLUMNS", "table"]

COLUMNS: Final = (
    "subject", "predicate", "object", "subject_label", "predicate_label", "object_label",
    "verdict", "claim", "kind", "claim_verdict", "confidence", "attributed_to", "sentence", "note",
    "source", "publisher", "license", "url", "date", "graph", "view",
)  # fmt: skip
"""The columns: `verdict` is the edge's, `claim_verdict` that of the row's own claim; `view` says
by what the view was narrowed, the same in each row."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def table(view: View) -> str:
    """The view's edges as CSV with a header; a text that a spreadsheet would run gets a ' first."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([inert(cell) for cell in row] for row in _rows(view))
    return out.getvalue()


def inert(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula.

    >>> inert("=1+1"), inert("Baidu")
    ("'=1+1", 'Baidu')
    """
    return "'" + cell if cell.lstrip(" '").startswith(FORMULA) or cell.startswith(FORMULA) else cell


def _rows(view: View) -> Iterator[list[str]]:
    name = view.namer()
    narrow = " ".join(narrowed(view, name))
    for edge in view.drawn_edges():
        ends = (edge.subject, edge.predicate, edge.object)
        said = [*map(str, ends), *map(name, ends), edge.verdict]
        for item in edge.evidence or (None,):
            yield [*said, *_evidence(item, view.language), narrow]


def _evidence(item: Evidence | None, language: str) -> list[str]:
    if item is None:
        return [""] * 13
    claim, source = item.claim, item.source
    claimed = [""] * 7
    if claim is not None:
        who = "; ".join(labels.clean(entity.label(language)) for entity in claim.attributed_to)
        sure = "" if claim.confidence is None else f"{claim.confidence:g}"
        claimed = [str(claim.iri), claim.kind, claim.verdict, sure, who, claim.sentence,
                   labels.clean(claim.note)]  # fmt: skip
    return [*claimed, source.title, source.publisher, source.license, source.url, source.date,
            str(source.graph or "")]  # fmt: skip
