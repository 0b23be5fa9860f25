"""The verb graph: what a guest's query finds, drawn like any other picture.

The query passes the same guard and runs in the same killable workers as at /sparql. The triples of
CONSTRUCT and DESCRIBE are drawn as they are; of a SELECT, every entity in its rows, with the edges
that the graph has among them.
"""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from triplary import explore
from triplary.errors import BadParameter, TriplaryError
from triplary.index import Index
from triplary.server import models
from triplary.server.api import Drawing
from triplary.server.protocol.queries import disconnected
from triplary.store.documents import triples
from triplary.store.guard import GuestQuery, check
from triplary.store.nursery import Question
from triplary.store.worker import Workers
from triplary.terms import IRI, BlankNode, Node, Statement

__all__ = ["ROWS_MOST", "router"]

ROWS_MOST: Final = 20_000
"""Triples or solutions of an answer that are looked at; `cut` says that there were more."""

NODES_USUAL: Final = 500
"""Nodes that are drawn where nobody says how many."""

BYTES_MOST: Final = 32 * 2**20
router = APIRouter(prefix="/api")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: triples or further nodes, how many rows, and whether there were more."""

    triples: tuple[Statement, ...]
    nodes: tuple[Node, ...]
    rows: int
    cut: bool


@router.get("/graph", response_model=None, responses={200: {"model": models.GraphAnswer}})
@router.get("/graph.{suffix}", response_class=Response, include_in_schema=False)
async def graph(
    asked: Drawing,
    request: Request,
    query: Annotated[
        str, Query(description="SPARQL: CONSTRUCT, DESCRIBE, or a SELECT with entities in its rows")
    ],
) -> Response:
    """What a query found: its triples, or the entities in its rows and the edges among them."""
    answer = await _answer(request, query)
    return await run_in_threadpool(_drawn, asked, query, answer)


async def _answer(request: Request, query: str) -> Answer:
    """The query's answer, from a worker; who goes away takes the query along."""
    state = request.app.state
    graphs = await state.versions.graphs()
    guest = check(
        query, graphs=graphs, characters_most=state.settings.query_characters,
        depth_most=state.settings.query_depth,
    )  # fmt: skip
    if guest.form == "ASK":
        raise BadParameter(
            "query", _short(query), "ASK answers yes or no, which is no graph",
            hint="use CONSTRUCT, DESCRIBE or SELECT here; /sparql answers ASK",
        )  # fmt: skip
    asking = asyncio.ensure_future(_asked(state.workers, guest, state.settings))
    gone = asyncio.ensure_future(disconnected(request))
    try:
        await asyncio.wait((asking, gone), return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise ClientDisconnect
        return asking.result()
    finally:
        for task in (asking, gone):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, TriplaryError):
                await task


async def _asked(workers: Workers, guest: GuestQuery, settings: Any) -> Answer:
    format = "json" if guest.form == "SELECT" else "ntriples"
    exact = settings.default_graph == "exact"
    most = min(ROWS_MOST, settings.answer_rows)
    answer = await workers.ask(
        Question(guest.text, format, most, exact=exact), seconds=settings.query_seconds
    )
    body = b""
    try:
        async for chunk in answer:
            body += chunk
            if len(body) > BYTES_MOST:
                raise BadParameter(
                    "query", _short(guest.text), f"its answer is longer than {BYTES_MOST:,} bytes",
                    hint="ask for less: LIMIT, or fewer literals",
                )  # fmt: skip
    finally:
        await answer.close()
    rows, cut = answer.rows or 0, bool(answer.cut)
    if format == "json":
        return Answer((), tuple(dict.fromkeys(_nodes(json.loads(body)))), rows, cut)
    return Answer(tuple(triples(body)), (), rows, cut)


def _nodes(results: Any) -> Iterator[Node]:
    """The nodes in the rows of SPARQL results JSON, row by row."""
    for row in results["results"]["bindings"]:
        for value in row.values():
            if value["type"] == "uri":
                with contextlib.suppress(ValueError):
                    yield IRI(value["value"])
            elif value["type"] == "bnode":
                yield BlankNode(value["value"])


def _drawn(asked: Drawing, query: str, answer: Answer) -> Response:
    """The picture of the answer; of too many entities, those with the most edges."""
    index = asked.kg.index
    entities = [node for node in answer.nodes if index.adjacency.number(node) is not None]
    sketch = explore.drawn(index, answer.triples, entities)
    known = [sketch.entity(index, number).iri for number in sketch.nodes]
    if not known:
        raise BadParameter(
            "query", _short(query), "it found no entity to draw",
            hint="CONSTRUCT triples about entities, or SELECT a variable that stands for some",
        )  # fmt: skip
    most = asked.limit(asked.wanted, min(NODES_USUAL, asked.settings.view_nodes))
    kept = _most_connected(index, known, most)
    left_out = frozenset(known).difference(kept)
    found = asked.kg.drawn(
        _statements(index, answer, kept, left_out), kept if answer.nodes else (), query=query,
        **asked.drawing,
    )  # fmt: skip
    return asked.answer(
        found, asked.picture(found), rows=answer.rows, cut=answer.cut, total=len(known)
    )


def _most_connected(index: Index, nodes: list[Node], most: int) -> list[Node]:
    """At most so many of the nodes, in the order given: those of the highest degree."""
    if len(nodes) <= most:
        return nodes
    order = sorted(nodes, key=lambda node: (-_degree(index, node), str(node)))
    kept = frozenset(order[:most])
    return [node for node in nodes if node in kept]


def _degree(index: Index, node: Node) -> int:
    number = index.adjacency.number(node)
    return 0 if number is None else int(index.adjacency.degree[number])


def _statements(
    index: Index, answer: Answer, kept: list[Node], left_out: frozenset[Node]
) -> Iterator[Statement]:
    """The answer's triples that leave nothing out; of rows, the graph's own edges among them."""
    if not answer.nodes:
        for triple in answer.triples:
            if triple.subject not in left_out and triple.object not in left_out:
                yield triple
        return
    a = index.adjacency
    for edge in a.among([index.number(node) for node in kept]).tolist():
        yield Statement(
            a.nodes[a.source[edge]], a.predicates[a.predicate[edge]], a.nodes[a.target[edge]]
        )


def _short(query: str) -> str:
    line = " ".join(query.split())
    return line if len(line) < 60 else f"{line[:59]}…"
