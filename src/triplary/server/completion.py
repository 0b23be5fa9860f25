"""What an editor of queries asks: what there is in the graph, what fits here, what it is called."""

from collections.abc import Iterable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Depends, Query, Response
from fastapi.responses import JSONResponse

from triplary.errors import BadParameter
from triplary.explore.complete import Completion, Position, complete
from triplary.index import Index
from triplary.kg import KnowledgeGraph
from triplary.server import models
from triplary.server.api import PROBLEMS
from triplary.server.drawing import Asked
from triplary.terms import IRI, BlankNode, Entity, Node

__all__ = ["router", "schema_of"]

Context = Annotated[Asked, Depends()]
IRIS_MOST: Final = 2000
router = APIRouter(prefix="/api", responses=PROBLEMS)


@router.get("/schema", response_model=None, responses={200: {"model": models.SchemaAnswer}})
def schema(asked: Context) -> Response:
    """The classes and properties that the graph uses, counted, and what joins what."""
    return JSONResponse(schema_of(asked.kg))


@router.get("/complete", response_model=None, responses={200: {"model": models.CompleteAnswer}})
def completions(
    asked: Context,
    position: Annotated[Position, Query(description="where: class, property or entity")],
    text: Annotated[str, Query(description="what was typed; nothing fits all")] = "",
    classes: Annotated[
        tuple[str, ...], Query(alias="class", description="the classes of the subject")
    ] = (),
    predicate: Annotated[str, Query(description="the property that leads to the entity")] = "",
    inverse: Annotated[bool, Query(description="the other way round")] = False,
    limit: Annotated[int | None, Query(description="how many at most")] = None,
) -> Response:
    """The classes, properties or entities that fit at a place, the most used there first."""
    index = asked.kg.index
    found = complete(
        index, text, position, classes=_known(index, classes),
        predicate=_iri(index, predicate) if predicate else None, inverse=inverse,
        limit=min(asked.limit(limit, 20), 200),
    )  # fmt: skip
    told = [_completion(index, position, each, asked.language) for each in found]
    return JSONResponse({"matches": told})


@router.get("/labels", response_model=None, responses={200: {"model": models.LabelsAnswer}})
def labels(
    asked: Context,
    iri: Annotated[tuple[str, ...], Query(description="an IRI, or several", max_length=IRIS_MOST)],
) -> Response:
    """What IRIs are called in the reader's language; those without a label are left out."""
    return _labels(asked, iri)


@router.post("/labels", response_model=None, responses={200: {"model": models.LabelsAnswer}})
def many_labels(asked: Context, wanted: Annotated[models.LabelsRequest, Body()]) -> Response:
    """The same for many IRIs."""
    return _labels(asked, wanted.iris)


def _labels(asked: Asked, iris: Iterable[str]) -> Response:
    index = asked.kg.index
    named = ((iri, _label(index, iri, asked.language)) for iri in dict.fromkeys(iris))
    return JSONResponse({"labels": {iri: label for iri, label in named if label}})


def _label(index: Index, iri: str, language: str) -> str:
    node: Node
    try:
        node = BlankNode(iri[2:]) if iri.startswith("_:") else IRI(iri)
    except ValueError:
        return ""
    labels = index.names.labels(node)
    if labels:
        return Entity(node, labels).label(language)
    known = isinstance(node, IRI) and (
        node in index.classes.known or node in index.properties.known
    )
    return index.word(node).label(language) if known and isinstance(node, IRI) else ""


def _known(index: Index, names: Iterable[str]) -> list[IRI]:
    """The classes that names stand for; a class that there is not is left out."""
    spelled = (index.names.spelled(name) for name in names)
    return [iri for iri in spelled if isinstance(iri, IRI)]


def _iri(index: Index, name: str) -> IRI:
    found = index.names.spelled(name)
    if not isinstance(found, IRI):
        raise BadParameter("predicate", name, "it is no IRI and no CURIE")
    return found


def _completion(
    index: Index, position: Position, found: Completion, language: str
) -> dict[str, Any]:
    iri, entity = found.entity.iri, found.entity
    label = entity.label(language)
    other = _in("en" if language == "zh" else "zh", entity)
    return {
        "iri": str(iri),
        "name": index.ontology.curie(iri),
        "label": label,
        "other": other if other != label else "",
        "kind": position,
        "count": found.count,
    }


def _in(language: str, entity: Entity) -> str:
    """The label in a language, '' where there is none in it."""
    tags = (label for label in entity.labels if label.language.partition("-")[0] == language)
    return next((label.value for label in tags), "")


def schema_of(kg: KnowledgeGraph) -> dict[str, Any]:
    """The classes and properties of a graph as JSON, the most used first."""
    index = kg.index
    usage, curie = index.usage, index.ontology.curie

    def word(iri: IRI, count: int) -> dict[str, Any]:
        entity = index.word(iri)
        label = {"en": entity.label("en"), "zh": entity.label("zh")}
        return {"iri": str(iri), "name": curie(iri), "label": label, "count": count}

    def joined(iri: IRI) -> dict[str, Any]:
        joins = usage.joins[iri]
        ranges = [
            *({"class": str(kind), "datatype": "", "count": n} for kind, n in joins.classes),
            *({"class": "", "datatype": str(kind), "count": n} for kind, n in joins.datatypes),
        ]
        return {
            "domains": [{"class": str(kind), "count": n} for kind, n in joins.domains],
            "ranges": sorted(ranges, key=lambda each: (-int(each["count"]), each["class"])),
        }

    return {
        "version": index.version,
        "prefixes": [
            {"prefix": prefix, "iri": iri} for prefix, iri in index.ontology.prefixes.items()
        ],
        "classes": [word(iri, count) for iri, count in usage.classes],
        "properties": [word(iri, count) | joined(iri) for iri, count in usage.properties],
    }
