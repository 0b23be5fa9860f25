"""The rows of a query as SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/)."""

import csv
import io
import json
from typing import Any

from triplary.terms import IRI, XSD_STRING, BlankNode, Literal, Table, Term

__all__ = ["read_results", "results_csv", "results_json"]


def results_json(table: Table) -> str:
    """A table as SPARQL 1.1 Query Results JSON."""
    rows = [
        {
            column: _binding(term)
            for column, term in zip(table.columns, row, strict=True)
            if term is not None
        }
        for row in table
    ]
    found = {"head": {"vars": list(table.columns)}, "results": {"bindings": rows}}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, IRI):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    told = {"type": "literal", "value": term.value}
    if term.language:
        return {**told, "xml:lang": term.language}
    return told if term.datatype == XSD_STRING else {**told, "datatype": term.datatype}


def results_csv(table: Table) -> str:
    """A table as SPARQL 1.1 Query Results CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows(["" if term is None else str(term) for term in row] for row in table)
    return out.getvalue()


def read_results(text: str | bytes) -> Table | bool:
    """The table, or the answer to ASK, that SPARQL 1.1 Query Results JSON tells.

    `cut` is set where the server ended the rows before the query did. Raises ValueError where the
    text is something else.

    >>> read_results('{"head": {}, "boolean": true}')
    True
    """
    told = json.loads(text)
    if not isinstance(told, dict) or not isinstance(told.get("head"), dict):
        raise ValueError("these are no SPARQL results")
    if "boolean" in told:
        return bool(told["boolean"])
    try:
        columns = tuple(told["head"]["vars"])
        rows = tuple(
            tuple(_term(row[name]) if name in row else None for name in columns)
            for row in told["results"]["bindings"]
        )
    except (KeyError, TypeError) as fault:
        raise ValueError(f"these are no SPARQL results: {fault}") from fault
    return Table(columns, rows, bool(told.get("triplary", {}).get("cut")))


def _term(told: Any) -> Term:
    kind, value = told["type"], told["value"]
    if kind == "uri":
        return IRI(value)
    if kind == "bnode":
        return BlankNode(value)
    if kind == "triple":
        return Literal(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return Literal(value, told.get("datatype", ""), told.get("xml:lang", ""))
