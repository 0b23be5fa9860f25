"""The result of a query as a page of the server's making, for a browser that runs no scripts."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from triplary.errors import BadParameter, TriplaryError
from triplary.render.results import read_results
from triplary.server.pages import workbench_page
from triplary.server.problems import problem
from triplary.server.settings import Settings
from triplary.store.guard import check
from triplary.store.nursery import Question
from triplary.store.worker import Workers
from triplary.terms import IRI, Literal, Table, Term
from triplary.view.names import page

__all__ = ["router"]

ROWS_MOST: Final = 1_000
"""Rows (or triples) that such a page shows."""

BYTES_MOST: Final = 8 * 2**20
"""Bytes of a result that is made a page."""

router = APIRouter(include_in_schema=False)


@router.get("/sparql/table")
async def table_page(request: Request) -> HTMLResponse:
    """The workbench with the result of its `query` as a table, a graph as N-Triples."""
    query = request.query_params.get("query", "").strip()
    if not query:
        return workbench_page(request)
    try:
        told, status = await _result(request, query), HTTPStatus.OK
    except TriplaryError as fault:
        told = {"fault": fault}
        status = HTTPStatus(problem(fault).status_code)
    page_made = workbench_page(request, answer=told)
    page_made.status_code = status
    return page_made


async def _result(request: Request, query: str) -> dict[str, Any]:
    state = request.app.state
    settings: Settings = state.settings
    workers: Workers = state.workers
    graphs = await state.versions.graphs()
    guest = check(
        query, graphs=graphs, characters_most=settings.query_characters,
        depth_most=settings.query_depth,
    )  # fmt: skip
    solutions = guest.form in ("SELECT", "ASK")
    question = Question(
        guest.text, "json" if solutions else "ntriples", min(ROWS_MOST, settings.answer_rows),
        exact=settings.default_graph == "exact",
    )  # fmt: skip
    answer = await workers.ask(question, seconds=settings.query_seconds)
    body = b""
    try:
        async for chunk in answer:
            body += chunk
            if len(body) > BYTES_MOST:
                raise BadParameter(
                    "query", "…", f"its answer is longer than {BYTES_MOST:,} bytes",
                    hint="ask for less: LIMIT, or fewer variables; /sparql answers at any length",
                )  # fmt: skip
    finally:
        await answer.close()
    if not solutions:
        return {"graph": body.decode("utf-8")}
    found = await run_in_threadpool(read_results, body)
    if isinstance(found, bool):
        return {"yes": found}
    return _told(found)


def _told(table: Table) -> dict[str, Any]:
    rows = [[_cell(term) for term in row] for row in table]
    return {"columns": table.columns, "rows": rows, "cut": table.cut}


def _cell(term: Term | None) -> dict[str, str]:
    """A term as the page shows it: its text, the page of an IRI, the language of a text."""
    if term is None:
        return {"text": "", "page": "", "language": ""}
    if isinstance(term, IRI):
        return {"text": str(term), "page": page(term), "language": ""}
    if isinstance(term, Literal):
        return {"text": term.value, "page": "", "language": term.language or ""}
    return {"text": str(term), "page": "", "language": ""}
