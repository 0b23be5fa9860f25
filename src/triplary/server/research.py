"""The researcher's tools at /api: a query in words, what ails it, code, Excel, a capsule."""

import asyncio
import contextlib
import json
import time
from collections.abc import Generator
from dataclasses import asdict
from typing import Annotated, Final

from fastapi import APIRouter, Body, Request, Response
from fastapi import Query as Parameter
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from triplary.errors import BadParameter, Busy, QueryError, TriplaryError
from triplary.explore.doctor import Finding, Probe, diagnose
from triplary.explore.outlined import outlined
from triplary.kg.capsule import Result, sources_of
from triplary.kg.capsule import capsule as sealed
from triplary.query.tree import Query
from triplary.render.code import LANGUAGES, program
from triplary.render.excel import EXCEL, workbook
from triplary.render.results import read_results
from triplary.server import models
from triplary.server.api import PROBLEMS
from triplary.server.protocol.queries import disconnected
from triplary.server.public import public
from triplary.server.turns import Turns
from triplary.store.documents import triples
from triplary.store.guard import GuestQuery, check
from triplary.store.nursery import Question
from triplary.store.reader import Reader, too_deep
from triplary.store.worker import Workers
from triplary.terms import Source, Table

__all__ = ["router"]

READ_MOST: Final = 50_000
"""Characters of a query that is put in words, or looked at by the doctor."""

PROBE_SECONDS: Final = 1.0
DOCTOR_SECONDS: Final = 10.0
"""How long one count of the doctor's may take, and all of them together."""

RESULT_MOST: Final = 200_000
BYTES_MOST: Final = 32 * 2**20
"""Rows and bytes of a result that is made a workbook or a capsule."""

router = APIRouter(prefix="/api", responses=PROBLEMS)


@router.post("/outline", response_model=None, responses={200: {"model": models.OutlineAnswer}})
async def outline(request: Request, wanted: Annotated[models.OutlineRequest, Body()]) -> Response:
    """A query in plain words, in English or Chinese."""
    tree = await _read(request, wanted.query)
    index = request.app.state.kg.index
    try:
        sentences = await run_in_threadpool(outlined, index, tree, wanted.language)
    except RecursionError:
        raise too_deep(wanted.query) from None
    return JSONResponse({"sentences": sentences})


@router.post("/doctor", response_model=None, responses={200: {"model": models.DoctorAnswer}})
async def doctor(request: Request, wanted: Annotated[models.DoctorRequest, Body()]) -> Response:
    """Why a query found nothing, took long or was killed, in words."""
    tree = await _read(request, wanted.query)
    state = request.app.state
    exact = state.settings.default_graph == "exact"
    asking = diagnose(
        state.kg.index, tree, ran=wanted.ran, seconds=wanted.seconds,
        probe_seconds=PROBE_SECONDS, exact=exact, language=wanted.language,
    )  # fmt: skip
    try:
        found = await _driven(asking, state.workers, exact=exact)
    except RecursionError:
        raise too_deep(wanted.query) from None
    return JSONResponse({"findings": [asdict(finding) for finding in found]})


@router.get(
    "/code", response_model=None,
    responses={200: {"model": models.CodesAnswer | models.CodeAnswer}},
)  # fmt: skip
def code(
    request: Request,
    language: Annotated[str, Parameter(description="of the program; nothing lists them")] = "",
    query: Annotated[str, Parameter(description="SPARQL")] = "",
) -> Response:
    """A program that asks this endpoint the query; without a language, those there are."""
    if not language:
        told = [
            {"language": name, "title": title, "file": file}
            for name, (title, file) in LANGUAGES.items()
        ]
        return JSONResponse({"languages": told})
    if not query:
        raise BadParameter("query", query, "a program asks something", hint="give query= too")
    return JSONResponse(asdict(program(language, query, f"{public(request)}/sparql")))


@router.post("/excel", response_class=Response)
async def excel(request: Request, wanted: Annotated[models.CapsuleRequest, Body()]) -> Response:
    """The solutions of a SELECT query as an Excel workbook; the second sheet says where from."""
    guest = await _guest(request, wanted.query)
    if guest.form != "SELECT":
        raise BadParameter(
            "query", guest.form, "only the solutions of SELECT are rows of a sheet",
            hint="/sparql answers the other forms",
        )  # fmt: skip
    packing: Turns = request.app.state.packing
    async with packing.taken():
        table = await _result(request, guest)
        assert isinstance(table, Table)  # noqa: S101 - that is what SELECT gives
        kg = request.app.state.kg
        tree = await _tree(request, guest)
        sources = await run_in_threadpool(sources_of, kg.index, tree)
        about = [
            ("query", guest.text), ("endpoint", f"{public(request)}/sparql"),
            ("version", kg.version), *(("source", _line_of(source)) for source in sources),
        ]  # fmt: skip
        data = await run_in_threadpool(workbook, table, about)
    return _file(data, EXCEL, "result.xlsx", table)


@router.post("/capsule", response_class=Response)
async def capsule(request: Request, wanted: Annotated[models.CapsuleRequest, Body()]) -> Response:
    """A query's result as one zip that repeats it elsewhere."""
    guest = await _guest(request, wanted.query)
    packing: Turns = request.app.state.packing
    async with packing.taken():
        result = await _result(request, guest)
        tree = await _tree(request, guest)
        kg = request.app.state.kg
        made = await run_in_threadpool(
            lambda: sealed(
                kg.index, guest.text, tree, result, kg.fingerprint,
                endpoint=f"{public(request)}/sparql", exact=kg.exact,
            ).data
        )  # fmt: skip
    return _file(made, "application/zip", "capsule.zip", result)


def _file(data: bytes, media_type: str, name: str, result: Result) -> Response:
    """A file to keep; its headers say how many rows of the result are in it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if isinstance(result, Table):
        headers |= {
            "Triplary-Rows": str(len(result)),
            "Triplary-Cut": "true" if result.cut else "false",
        }
    return Response(data, media_type=media_type, headers=headers)


def _line_of(source: Source) -> str:
    parts = (source.title, source.publisher, source.license, str(source.graph or ""))
    return ", ".join(filter(None, parts))


async def _guest(request: Request, query: str) -> GuestQuery:
    """A guest's query, once the guard has passed it."""
    state = request.app.state
    graphs = await state.versions.graphs()
    looking: Turns = state.looking
    return await looking.looked_at(
        query,
        lambda: check(
            query, graphs=graphs, characters_most=state.settings.query_characters,
            depth_most=state.settings.query_depth,
        ),
    )  # fmt: skip


async def _tree(request: Request, guest: GuestQuery) -> Query | None:
    """The tree of a query; None where it cannot be read in time."""
    if len(guest.text) > READ_MOST:
        return None
    try:
        return await _parsed(request, guest.text)
    except (QueryError, Busy):
        return None


async def _parsed(request: Request, text: str) -> Query:
    """The tree of a text; those who wait for the one process that reads take up no thread."""
    reader: Reader = request.app.state.reader
    reading: Turns = request.app.state.reading
    async with reading.taken():
        return await run_in_threadpool(reader.read, text)


async def _result(request: Request, guest: GuestQuery) -> Result:
    """What a query gives, from a worker, at most so many rows; who goes away takes it along."""
    state, settings = request.app.state, request.app.state.settings
    rows = guest.form in ("SELECT", "ASK")
    question = Question(
        guest.text, "json" if rows else "ntriples", min(RESULT_MOST, settings.answer_rows),
        exact=settings.default_graph == "exact",
    )  # fmt: skip
    asking = asyncio.ensure_future(_body(state.workers, question, settings.query_seconds))
    gone = asyncio.ensure_future(disconnected(request))
    try:
        await asyncio.wait((asking, gone), return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise ClientDisconnect
        body, cut = asking.result()
    finally:
        for task in (asking, gone):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, TriplaryError):
                await task
    if rows:
        return await run_in_threadpool(read_results, body)
    if cut:
        raise BadParameter(
            "query", guest.form, f"it makes more than {RESULT_MOST:,} triples",
            hint="ask for less: LIMIT, or fewer patterns",
        )  # fmt: skip
    return await run_in_threadpool(lambda: tuple(triples(body)))


async def _body(workers: Workers, question: Question, seconds: float) -> tuple[bytes, bool]:
    """The whole of an answer, and whether it was cut; too long a one is refused."""
    answer = await workers.ask(question, seconds=seconds)
    parts, size = [], 0
    try:
        async for chunk in answer:
            parts.append(chunk)
            size += len(chunk)
            if size > BYTES_MOST:
                raise BadParameter(
                    "query", "…", f"its answer is longer than {BYTES_MOST:,} bytes",
                    hint="ask for less: LIMIT, or fewer variables",
                )  # fmt: skip
    finally:
        await answer.close()
    return b"".join(parts), bool(answer.cut)


async def _read(request: Request, query: str) -> Query:
    """The tree of a guest's query, read in a process of its own once the guard has passed it."""
    guest = await _guest(request, query)
    if len(guest.text) > READ_MOST:
        raise BadParameter("query", "…", f"at most {READ_MOST:,} characters are put in words")
    return await _parsed(request, guest.text)


async def _driven(
    asking: Generator[Probe, int | None, tuple[Finding, ...]], workers: Workers, *, exact: bool
) -> tuple[Finding, ...]:
    """What the doctor finds, its probes run by the workers; the later ones are not run in time."""
    ends = time.monotonic() + DOCTOR_SECONDS
    step = await run_in_threadpool(_next, asking, None)
    while isinstance(step, Probe):
        left = ends - time.monotonic()
        count = await _counted(workers, step, min(PROBE_SECONDS, left), exact=exact)
        step = await run_in_threadpool(_next, asking, count)
    return step


def _next(
    asking: Generator[Probe, int | None, tuple[Finding, ...]], count: int | None
) -> Probe | tuple[Finding, ...]:
    """The next probe, or what was found: StopIteration cannot leave a thread."""
    try:
        return asking.send(count)
    except StopIteration as done:
        found: tuple[Finding, ...] = done.value
        return found


async def _counted(workers: Workers, probe: Probe, seconds: float, *, exact: bool) -> int | None:
    """How many solutions a probe counts; None where that takes too long."""
    if seconds <= 0:
        return None
    question = Question(probe.query, "json", 1, exact=exact)
    try:
        answer = await workers.ask(question, seconds=seconds)
    except QueryError:  # too slow, too large, or a function that is not here
        return None
    try:
        body = b"".join([chunk async for chunk in answer])
    except QueryError:  # too slow, too large, or a function that is not here
        return None
    finally:
        await answer.close()
    rows = json.loads(body)["results"]["bindings"]
    return int(rows[0]["count"]["value"])
