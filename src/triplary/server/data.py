"""The data to take home: /data/ lists it, for readers and as DCAT; /data/void counts it.

`files` streams the files themselves, `catalogue` writes what is said of them in RDF.
"""

import io
from collections.abc import Iterable
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from triplary.kg import KnowledgeGraph
from triplary.server import markup
from triplary.server.caching import Version, version_of
from triplary.server.catalogue import catalogue, title_of, void
from triplary.server.files import CALLED, SUFFIXES, WHOLE, DataFile, Sent, Sums, named_graphs
from triplary.server.linked import link_header
from triplary.server.negotiation import best
from triplary.server.pages import language_of, rendered, translator
from triplary.server.public import public
from triplary.store.documents import write
from triplary.terms import IRI, Source, Statement, best_literal

__all__ = ["router"]

STATEMENTS_SUMMED: Final = 200_000
"""Up to so many, the page reckons every checksum; of more, those that somebody asked for."""

_BY_TYPE: Final = {format.media_type: suffix for suffix, format in SUFFIXES.items()}
router = APIRouter(include_in_schema=False)


@router.get("/data")
def without_slash(request: Request) -> Response:
    """The list is at /data/."""
    return RedirectResponse(public(request) + "/data/", 301)


@router.get("/data/")
async def listed(request: Request) -> Response:
    """What there is to fetch: a page, or a DCAT catalogue in the RDF format that Accept wants."""
    suffix = _wanted(request)
    if suffix != "html":
        return await _catalogue(request, suffix)
    await _reckon(request)
    return await run_in_threadpool(_page, request)


@router.get("/.well-known/void")
def well_known(request: Request) -> Response:
    """Where VoID is looked for (VoID §7.2): it is at /data/void."""
    suffix = _wanted(request)
    suffix = "ttl" if suffix == "html" else suffix
    return RedirectResponse(
        f"{public(request)}/data/void.{suffix}", 302, headers={"Vary": "Accept"}
    )


@router.get("/data/void")
@router.get("/data/void.{suffix}")
def counted(request: Request, suffix: str = "") -> Response:
    """The VoID description of the graph, in the format of the suffix or of Accept."""
    suffix = suffix or _wanted(request)
    told = _counts(request.app.state, version_of(request.app), public(request))
    return _as_data(request, told, suffix if suffix in SUFFIXES else "ttl", "/data/void")


@router.get("/data/catalog")
@router.get("/data/catalog.{suffix}")
async def catalogued(request: Request, suffix: str = "") -> Response:
    """The DCAT catalogue, in the format of the suffix or of Accept."""
    suffix = suffix or _wanted(request)
    return await _catalogue(request, suffix if suffix in SUFFIXES else "ttl")


@router.get("/data/{path:path}.sha256")
async def checked(request: Request, path: str) -> Response:
    """The checksum of a file, as `sha256sum --check` reads it."""
    file = await run_in_threadpool(DataFile.of, request.app.state.kg, path)
    told = await _sums(request).of(version_of(request.app), file)
    return PlainTextResponse(f"{told.sha256}  {file.path.rpartition('/')[2]}\n")


@router.get("/data/{path:path}")
async def fetched(request: Request, path: str) -> Response:
    """A file of a named graph, or of everything, streamed."""
    file = await run_in_threadpool(DataFile.of, request.app.state.kg, path)
    kg: KnowledgeGraph = request.app.state.kg
    licence = "" if file.graph is None else kg.index.evidence.source(file.graph).license
    address = public(request) + "/data/"
    links = [(address, "collection", ""), (f"{address}catalog.ttl", "describedby", "text/turtle")]
    links += [(licence, "license", "")] if "://" in licence else []
    return Sent(request, file, link_header(links))


def _counts(state: State, version: Version, base: str) -> list[Statement]:
    """The VoID description, made once for each version."""
    made: tuple[str, str, list[Statement]] | None = getattr(state, "void", None)
    if made is None or made[:2] != (version.id, base):
        made = state.void = (version.id, base, void(state.kg, version, base))
    return made[2]


def _sums(request: Request) -> Sums:
    """The sums of the server's files, which are kept with the application."""
    state = request.app.state
    if not hasattr(state, "sums"):
        state.sums = Sums(state.workers, state.settings)
    sums: Sums = state.sums
    return sums


async def _reckon(request: Request) -> None:
    kg: KnowledgeGraph = request.app.state.kg
    if kg.index.statistics.statements <= STATEMENTS_SUMMED:
        for file in _files(kg):
            await _sums(request).of(version_of(request.app), file)


def _files(kg: KnowledgeGraph) -> list[DataFile]:
    graphs: dict[str, IRI | None] = {WHOLE: None, **named_graphs(kg)}
    return [DataFile(name, graph, suffix) for name, graph in graphs.items() for suffix in SUFFIXES]


async def _catalogue(request: Request, suffix: str) -> Response:
    await _reckon(request)
    kg, version = request.app.state.kg, version_of(request.app)
    sums = {
        (file.name, file.suffix): known
        for file in _files(kg)
        if (known := _sums(request).known(version, file)) is not None
    }
    told = await run_in_threadpool(catalogue, kg, version, public(request), sums)
    return _as_data(request, told, suffix, "/data/catalog")


def _as_data(request: Request, told: Iterable[Statement], suffix: str, path: str) -> Response:
    output = io.BytesIO()
    write(told, output, format=SUFFIXES[suffix], merge=True)
    address = public(request) + path
    links = [(f"{address}.{each}", "alternate", f.media_type) for each, f in SUFFIXES.items()]
    return Response(
        output.getvalue(), media_type=SUFFIXES[suffix].media_type,
        headers={"Vary": "Accept", "Link": link_header(links)},
    )  # fmt: skip


def _page(request: Request) -> Response:
    kg, version, language = request.app.state.kg, version_of(request.app), language_of(request)
    counts = dict(kg.index.statistics.graphs)
    t = translator(language)
    whole = Source(None, t("data.whole"))
    rows = [_row(request, WHOLE, None, whole, kg.index.statistics.statements)]
    for name, graph in named_graphs(kg).items():
        source = kg.index.evidence.source(graph)
        rows.append(_row(request, name, graph, source, counts.get(graph, 0)))
    address = public(request) + "/data/"
    answer = rendered(
        request,
        "data.html",
        here="data",
        rows=rows,
        version=version.id,
        address=address,
        markup=markup.block(_marked(request, rows, version.id, t)),
    )
    links = [
        (f"{address}catalog.{each}", "alternate", f.media_type) for each, f in SUFFIXES.items()
    ]
    links += [(f"{address}void.ttl", "describedby", "text/turtle"), (address, "canonical", "")]
    answer.headers["Link"] = link_header(links)
    return answer


def _row(
    request: Request, name: str, graph: IRI | None, source: Source, statements: int
) -> dict[str, Any]:
    """A line of the page: a named graph with its source and its files."""
    files = []
    for suffix in SUFFIXES:
        file = DataFile(name, graph, suffix)
        known = _sums(request).known(version_of(request.app), file)
        files.append(
            {
                "called": CALLED[suffix], "path": file.path,
                "bytes": f"{known.bytes:,}" if known else "",
                "sha256": known.sha256 if known else "",
            }
        )  # fmt: skip
    return {
        "name": name,
        "iri": str(graph or ""),
        "title": best_literal(title_of(source), language_of(request)) or source.title,
        "publisher": source.publisher,
        "license": source.license,
        "url": source.url,
        "date": source.date,
        "statements": f"{statements:,}",
        "files": files,
    }


def _marked(request: Request, rows: list[dict[str, Any]], version: str, t: Any) -> dict[str, Any]:
    base = public(request)
    sets = [
        markup.dataset(
            iri=row["iri"] or f"{base}/data/{WHOLE}", address=f"{base}/data/#{row['name']}",
            title=row["title"],
            description=t("data.statements_of", count=row["statements"], title=row["title"]),
            publisher=row["publisher"], license=row["license"], date=row["date"], version=version,
            files=[
                (base + file["path"], format.media_type)
                for file, format in zip(row["files"], SUFFIXES.values(), strict=True)
            ],
        )
        for row in rows
    ]  # fmt: skip
    return {
        "@context": "https://schema.org", "@type": "DataCatalog", "@id": f"{base}/data/",
        "url": f"{base}/data/", "name": t("data.title"), "dataset": sets,
    }  # fmt: skip


def _wanted(request: Request) -> str:
    offered = ("text/html", "text/turtle", *_BY_TYPE)
    return _BY_TYPE.get(best(request.headers.get("accept", ""), offered) or "", "html")
