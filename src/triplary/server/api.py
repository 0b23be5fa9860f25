"""The verbs at /api, and the same paths with a suffix that saves what they show as a file."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from triplary import query as library
from triplary.errors import BadParameter
from triplary.kg import Rows
from triplary.render.results import results_json
from triplary.server import models
from triplary.server.drawing import Asked, Drawn
from triplary.terms import best_literal

__all__ = ["PROBLEMS", "Drawing", "router"]

_Route = TypeVar("_Route", bound=Callable[..., Response])
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": models.Problem, "description": "application/problem+json"}
    for status in (400, 404)
}
"""The failures that every route may answer with, for OpenAPI."""

router = APIRouter(prefix="/api", responses=PROBLEMS)


_NAMED = "label, alias, CURIE or IRI"
Context = Annotated[Asked, Depends()]
Drawing = Annotated[Drawn, Depends()]
Entity = Annotated[str, Query(description=f"an entity: {_NAMED}")]
Limit = Annotated[int | None, Query(description="how many at most")]
Classes = Annotated[tuple[str, ...], Query(alias="class", description="only of these classes")]


def _verb(path: str, model: type[BaseModel], *, saves: bool = True) -> Callable[[_Route], _Route]:
    """Register a verb at its path and, where it makes a view, at the path with a file suffix."""

    def register(function: _Route) -> _Route:
        answers: dict[int | str, dict[str, Any]] = {200: {"model": model}}
        router.get(path, response_model=None, responses=answers)(function)
        if saves:
            router.get(f"{path}.{{suffix}}", response_class=Response, include_in_schema=False)(
                function
            )
        return function

    return register


@_verb("/search", models.SearchAnswer, saves=False)
def search(
    asked: Context,
    text: Annotated[str, Query(description="what to look for")],
    limit: Limit = None,
    classes: Classes = (),
) -> Response:
    """The entities called something like the text, the best first."""
    matches = asked.kg.search(text, limit=asked.limit(limit, 10), classes=classes)
    return JSONResponse({"text": text, "matches": [asked.teller.match(match) for match in matches]})


@_verb("/describe", models.DescribeAnswer, saves=False)
def describe(
    asked: Context,
    entity: Entity,
    limit: Limit = None,
    as_of: Annotated[
        str, Query(alias="as-of", description="what held in a year, in a month, on a day")
    ] = "",
) -> Response:
    """All that the graph says of an entity, and who says so; with a date, what held then."""
    described = asked.kg.describe(entity, limit=asked.limit(limit, 50), as_of=as_of)
    return JSONResponse(asked.teller.description(described))


@_verb("/expand", models.ExpandAnswer)
def expand(
    asked: Drawing,
    entity: Annotated[
        tuple[str, ...],
        Query(description=f"entities to open, in order: {_NAMED}; as in open", max_length=500),
    ],
    hops: Annotated[int, Query(description="how many steps away, 1 to 4")] = 1,
) -> Response:
    """What lies around entities, opened in the order given, and how much more there is."""
    found = asked.kg.expand(*entity, hops=hops, limit=asked.helping, **asked.drawing)
    return asked.answer(found, asked.picture(found))


@_verb("/paths", models.PathsAnswer)
def paths(
    asked: Drawing,
    source: Entity,
    target: Entity,
    k: Annotated[int, Query(description="how many paths, 1 to 100")] = 5,
    longest: Annotated[int, Query(description="edges of a path at most, 1 to 8")] = 6,
    forbid: Annotated[tuple[str, ...], Query(description="properties not to walk")] = (),
    require: Annotated[
        tuple[str, ...], Query(description="properties that each path has, 3 at most")
    ] = (),
) -> Response:
    """The most telling simple paths between two entities, each step with who says so."""
    found = asked.kg.paths(
        source, target, k=k, longest=longest, forbid=forbid, require=require, **asked.drawing
    )
    picture = asked.picture(found.subgraph)
    return asked.answer(found.subgraph, picture, **asked.teller.paths(found, picture))


@_verb("/compare", models.CompareAnswer)
def compare(
    asked: Drawing, entity: Annotated[tuple[str, ...], Query(description=f"two entities: {_NAMED}")]
) -> Response:
    """What two entities share, and what only one of them has."""
    if len(entity) != 2:
        raise BadParameter(
            "entity", list(entity), "two entities are compared", hint="entity=ERNIE&entity=GPT-4"
        )
    asked.drawing["helping"] = asked.settings.expand_nodes
    compared = asked.kg.compare(*entity, limit=asked.limit(asked.wanted, 100), **asked.drawing)
    found = compared.found
    return asked.answer(found, asked.picture(found), **asked.teller.comparison(compared))


@_verb("/rank", models.RankAnswer)
def rank(
    asked: Drawing,
    by: Annotated[str, Query(description="degree, pagerank or betweenness")] = "",
) -> Response:
    """The entities that matter most by a measure; without one, the picture a visit opens with.

    That picture ranks nothing: its `rows` are empty.
    """
    most = asked.limit(asked.wanted, 40)
    asked.drawing["helping"] = asked.settings.expand_nodes
    if not by:
        found = asked.kg.opening(limit=most, **asked.drawing)
        total = len(asked.kg.index)
        return asked.answer(found, asked.picture(found), by="", exact=True, total=total, rows=[])
    ranking = asked.kg.rank(by=by, limit=most, **asked.drawing)
    return asked.answer(
        ranking.found, asked.picture(ranking.found), by=ranking.by, exact=ranking.exact,
        total=ranking.total, rows=[asked.teller.ranked(row) for row in ranking],
    )  # fmt: skip


@router.get("/query", response_model=None, responses={200: {"model": models.QueriesAnswer}})
def queries(asked: Context) -> Response:
    """The named queries, each with its text and its parameters."""
    found = [library.load(name) for name in library.names()]
    return JSONResponse(
        {
            "queries": [
                {
                    "name": named.name,
                    "title": best_literal(named.titles, asked.language),
                    "text": named.text,
                    "parameters": [asdict(parameter) for parameter in named.parameters],
                }
                for named in found
            ]
        }
    )


@router.get("/query/{name}", response_class=Response)
def named_query(asked: Context, name: str, request: Request) -> Response:
    """The solutions of a named query in SPARQL results JSON; its parameters by their names."""
    values = {key: value for key, value in request.query_params.items() if key != "language"}
    answer = asked.kg.query(name, **values) if name in library.names() else library.load(name)
    if not isinstance(answer, Rows):
        raise BadParameter(
            "query", name, "only a SELECT query is answered here", hint="use /sparql"
        )
    return Response(
        results_json(answer), media_type="application/sparql-results+json; charset=utf-8"
    )
