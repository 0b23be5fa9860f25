"""The rows of a query as SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/)."""

import json

from triplary.terms import IRI, XSD_STRING, BlankNode, Table, Term

__all__ = ["results_json"]


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
