"""The verbs at /api, and the same paths with a suffix that saves what they show as a file."""

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from triplary import query as library
from triplary import render
from triplary.errors import BadParameter, NotFound
from triplary.kg import Found, KnowledgeGraph, Picture, Rows
from triplary.render.results import results_json
from triplary.server import models
from triplary.server.settings import Settings
from triplary.server.telling import Teller
from triplary.server.words import LANGUAGES
from triplary.terms import Node, best_literal

__all__ = ["router"]

_Route = TypeVar("_Route", bound=Callable[..., Response])
_PLACE: Final = re.compile(r"(.+),(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)", re.DOTALL)
_FILE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self';"
    " sandbox allow-top-navigation-by-user-activation allow-popups"
)
"""For a file that a view is saved as: a drawing may style itself; it may run and fetch nothing."""

_PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": models.Problem, "description": "application/problem+json"}
    for status in (400, 404)
}

router = APIRouter(prefix="/api", responses=_PROBLEMS)


class Asked:
    """What every request to a verb carries: the graph, the settings, and the language."""

    def __init__(
        self,
        request: Request,
        language: Annotated[
            str, Query(description="language of labels and words: en or zh")
        ] = "en",
    ) -> None:
        """Refuse a language there is not."""
        if language not in LANGUAGES:
            raise BadParameter("language", language, f"it is one of {', '.join(LANGUAGES)}")
        self.kg: KnowledgeGraph = request.app.state.kg
        self.settings: Settings = request.app.state.settings
        self.language = language
        self.teller = Teller(self.kg.index, language)

    def limit(self, wanted: int | None, setting: int) -> int:
        """The limit asked for; the setting where none is. Raises BadParameter out of range."""
        if wanted is not None and not 1 <= wanted <= self.settings.view_nodes:
            raise BadParameter("limit", wanted, f"from 1 to {self.settings.view_nodes}")
        return wanted or setting


class Drawn(Asked):
    """What a request for a view carries besides: its title, and nodes that a person moved."""

    def __init__(
        self,
        request: Request,
        language: Annotated[
            str, Query(description="language of labels and words: en or zh")
        ] = "en",
        title: Annotated[
            str,
            Query(description="title of the view; one is made where it is empty", max_length=200),
        ] = "",
        at: Annotated[
            tuple[str, ...], Query(description="NAME,x,y: where a node stands, in pixels")
        ] = (),
    ) -> None:
        """Read the file suffix, if the path has one."""
        super().__init__(request, language)
        self.suffix: str = request.path_params.get("suffix", "")
        self.title, self.at = title, at
        self.base = self.settings.public_url or str(request.base_url).rstrip("/")

    def picture(self, found: Found) -> Picture:
        """The view of what was found, with moved nodes where they were put."""
        if len(found) > self.settings.view_nodes:
            raise BadParameter(
                "entity", f"{len(found)} nodes", f"a view holds {self.settings.view_nodes} at most",
                hint="expand fewer entities, or lower limit",
            )  # fmt: skip
        return found.view(
            title=self.title or found.title(self.language),
            language=self.language,
            pinned=dict(map(self._pin, self.at)),
            base=self.base if self.suffix else "",
        )

    def answer(self, picture: Picture, **more: Any) -> Response:
        """The view and what goes with it as JSON; with a suffix, the view as that file."""
        if not self.suffix:
            return JSONResponse({"view": picture.to_json(), **more})
        face = render.FORMATS.get("." + self.suffix)
        if face is None:
            raise NotFound("format", "." + self.suffix, tuple(render.FORMATS))
        headers = {"Content-Security-Policy": _FILE_POLICY}
        if face.suffix == ".html":
            # The page carries its own script: it is for a reader's disk, not for this origin.
            headers["Content-Disposition"] = f'attachment; filename="{picture.verb}.html"'
        data = render.render(picture, self.suffix)
        return Response(data, media_type=face.media_type, headers=headers)

    def _pin(self, text: str) -> tuple[Node, tuple[float, float]]:
        found = _PLACE.fullmatch(text)
        if found is None:
            raise BadParameter("at", text, "it is a name and two numbers", hint="at=Baidu,120,-40")
        return self.kg.entity(found[1]).iri, (float(found[2]), float(found[3]))


_NAMED = "label, alias, CURIE or IRI"
Context = Annotated[Asked, Depends()]
Drawing = Annotated[Drawn, Depends()]
Entity = Annotated[str, Query(description=f"an entity: {_NAMED}")]
Limit = Annotated[int | None, Query(description="how many at most")]
Classes = Annotated[tuple[str, ...], Query(alias="class", description="only of these classes")]
Verdicts = Annotated[
    tuple[str, ...], Query(alias="verdict", description="only edges with these verdicts, or stated")
]


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
def describe(asked: Context, entity: Entity, limit: Limit = None) -> Response:
    """All that the graph says of an entity, and who says so."""
    described = asked.kg.describe(entity, limit=asked.limit(limit, 50))
    return JSONResponse(asked.teller.description(described))


@_verb("/expand", models.ExpandAnswer)
def expand(
    asked: Drawing,
    entity: Annotated[
        tuple[str, ...], Query(description=f"entities to open, in order: {_NAMED}", max_length=50)
    ],
    hops: Annotated[int, Query(description="how many steps away, 1 to 4")] = 1,
    limit: Limit = None,
    predicate: Annotated[tuple[str, ...], Query(description="follow only these properties")] = (),
    classes: Classes = (),
    verdicts: Verdicts = (),
    without: Annotated[tuple[str, ...], Query(description="entities to leave out")] = (),
) -> Response:
    """What lies around entities, opened in the order given, and how much more there is."""
    found = asked.kg.expand(
        *entity, hops=hops, limit=asked.limit(limit, asked.settings.expand_nodes),
        predicates=predicate, classes=classes, verdicts=verdicts, without=without,
    )  # fmt: skip
    return asked.answer(asked.picture(found))


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
    verdicts: Verdicts = (),
) -> Response:
    """The most telling simple paths between two entities, each step with who says so."""
    found = asked.kg.paths(
        source, target, k=k, longest=longest, forbid=forbid, require=require, verdicts=verdicts
    )
    picture = asked.picture(found.subgraph)
    return asked.answer(picture, paths=asked.teller.paths(found, picture))


@_verb("/compare", models.CompareAnswer)
def compare(
    asked: Drawing, entity: Annotated[tuple[str, ...], Query(description=f"two entities: {_NAMED}")]
) -> Response:
    """What two entities share, and what only one of them has."""
    if len(entity) != 2:
        raise BadParameter(
            "entity", list(entity), "two entities are compared", hint="entity=ERNIE&entity=GPT-4"
        )
    compared = asked.kg.compare(*entity)
    picture = asked.picture(compared.found)
    return asked.answer(picture, **asked.teller.comparison(compared))


@_verb("/rank", models.RankAnswer)
def rank(
    asked: Drawing,
    by: Annotated[str, Query(description="degree, pagerank or betweenness")] = "",
    limit: Limit = None,
    classes: Classes = (),
) -> Response:
    """The entities that matter most by a measure; without one, the picture a visit opens with."""
    most = asked.limit(limit, 40)
    ranking = asked.kg.rank(by=by or "degree", limit=most, classes=classes)
    opens = not by and not classes
    picture = asked.picture(asked.kg.opening(limit=most) if opens else ranking.found)
    return asked.answer(
        picture, by=ranking.by, exact=ranking.exact, total=ranking.total,
        rows=[asked.teller.ranked(row) for row in ranking],
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
