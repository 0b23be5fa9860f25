"""The media types of answers, and which one a client gets (RFC 9110 §12.5.1)."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request

from triplary.server.negotiation import best
from triplary.server.protocol.requests import Refused
from triplary.store.formats import FORMATS

__all__ = ["DATASET_TYPES", "GRAPH_TYPES", "RESULT_TYPES", "chosen", "for_a_reader", "with_charset"]

RESULT_TYPES: Final = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""What a SELECT or an ASK is answered in, the first where a client takes anything."""

GRAPH_TYPES: Final = {
    **{format.media_type: name for name, format in FORMATS.items()},
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/plain": "ntriples",
}
"""What a CONSTRUCT, a DESCRIBE or a graph is answered in."""

DATASET_TYPES: Final = {
    media_type: name
    for media_type, name in sorted(GRAPH_TYPES.items(), key=lambda pair: pair[1] != "trig")
    if FORMATS[name].named_graphs
}
"""What all graphs together are answered in."""


def chosen(request: Request, types: Mapping[str, str], what: str) -> str:
    """The media type of `types` that the client ranks highest; raises Refused (406) for none."""
    media_type = best(request.headers.get("accept", ""), tuple(types))
    if media_type is None:
        raise Refused(
            406, f"No format for {what} is acceptable.", f"formats are {', '.join(types)}"
        )
    return media_type


def with_charset(media_type: str) -> str:
    """The content type of an answer, which is always UTF-8.

    >>> with_charset("text/csv"), with_charset("application/n-quads")
    ('text/csv; charset=utf-8', 'application/n-quads')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def for_a_reader(request: Request) -> bool:
    """Whether a browser asks for the page, not a program for an answer."""
    offered = ("application/sparql-results+json", "text/turtle", "text/html")
    return (
        request.method == "GET" and best(request.headers.get("accept", ""), offered) == offered[2]
    )
