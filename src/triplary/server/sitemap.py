"""What a search engine asks for first: robots.txt, and the sitemap of every page there is.

https://www.sitemaps.org/protocol.html, https://www.rfc-editor.org/rfc/rfc9309.html.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from triplary.errors import NotFound
from triplary.index import Index
from triplary.server.caching import version_of
from triplary.server.public import public
from triplary.terms import IRI
from triplary.view.names import page

__all__ = ["PAGES_MOST", "router"]

PAGES_MOST: Final = 50_000
"""Addresses in one sitemap, by the protocol; of more, /sitemap.xml lists the parts."""

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ROBOTS: Final = """User-agent: *
Disallow: /api/
Disallow: /sparql?
Disallow: /store
Disallow: /v/

Sitemap: {base}/sitemap.xml
"""
_AT_ONCE: Final = 1_000
_FIRST: Final = ("/", "/data/")
router = APIRouter(include_in_schema=False)


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """What is worth reading: pages and data, not answers that are reckoned for each question."""
    return PlainTextResponse(_ROBOTS.replace("{base}", public(request)))


@router.get("/sitemap.xml")
def sitemap(request: Request) -> Response:
    """The pages, or the parts of the list where it is long."""
    pages = len(_nodes(request)) + len(_FIRST)
    if pages <= PAGES_MOST:
        return _xml(_listed(request, 0))
    return _xml(_parts(request, -(-pages // PAGES_MOST)))


@router.get("/sitemap-{part}.xml")
def sitemap_part(request: Request, part: int) -> Response:
    """One part of the list, from 1 on."""
    if not 1 <= part <= -(-(len(_nodes(request)) + len(_FIRST)) // PAGES_MOST):
        raise NotFound("part of the sitemap", str(part), ["1"])
    return _xml(_listed(request, part - 1))


def _nodes(request: Request) -> list[IRI]:
    """What has a page that a reader may want to find."""
    index: Index = request.app.state.kg.index
    nodes = (
        *index.adjacency.nodes,
        *index.ontology.classes,
        *index.ontology.properties,
        *index.graphs,
    )
    return [node for node in dict.fromkeys(nodes) if isinstance(node, IRI)]


def _listed(request: Request, part: int) -> Iterator[str]:
    base, changed = public(request), _changed(request)
    yield f'{_XML}<urlset xmlns="{_NAMESPACE}">\n'
    pages: list[str | IRI] = [*_FIRST, *_nodes(request)]
    pages = pages[part * PAGES_MOST : (part + 1) * PAGES_MOST]
    for start in range(0, len(pages), _AT_ONCE):
        paths = (
            page(each) if isinstance(each, IRI) else each
            for each in pages[start : start + _AT_ONCE]
        )
        yield "".join(
            f"<url><loc>{escape(base + path)}</loc><lastmod>{changed}</lastmod></url>\n"
            for path in paths
        )
    yield "</urlset>\n"


def _parts(request: Request, count: int) -> Iterator[str]:
    base, changed = public(request), _changed(request)
    yield f'{_XML}<sitemapindex xmlns="{_NAMESPACE}">\n'
    for part in range(1, count + 1):
        address = escape(f"{base}/sitemap-{part}.xml")
        yield f"<sitemap><loc>{address}</loc><lastmod>{changed}</lastmod></sitemap>\n"
    yield "</sitemapindex>\n"


def _changed(request: Request) -> str:
    """When the version of the graph was made, as W3C writes dates."""
    made = datetime.fromtimestamp(version_of(request.app).made, UTC)
    return made.strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml(parts: Iterator[str]) -> Response:
    return StreamingResponse(parts, media_type="application/xml")
