"""The routes of the server, as it describes them itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from generation.markdown import summary, table
from triplary.kg import open_graph
from triplary.server.app import create_app
from triplary.server.protocol import negotiation as sparql
from triplary.server.settings import Settings

NOT_IN_THE_ROUTER: Final = {
    "/static": "The built style sheets and scripts.",
    "/store": "All graphs together: SPARQL 1.1 Graph Store Protocol, which"
    " [the endpoint, line by line](protocol.md) has; `?graph=IRI` and `?default` are one of them.",
    "/store/{graph:path}": "The graph whose IRI is that very address (likewise).",
    "/openapi.json": "The description of `/api` for programs (OpenAPI 3.1).",
}


def routes() -> str:
    """Every route of the server."""
    app = create_app(open_graph(), cast(Any, None), Settings())
    schema = app.openapi()
    parts = [
        "# Routes\n\nThe server answers `GET` and `HEAD`; `/sparql` also `POST`, `/store` `PUT`,"
        " `POST` and `DELETE`, `/api/labels` also `POST`; and `/api/view`, `/api/outline`,"
        " `/api/doctor`, `/api/excel` and `/api/capsule` only `POST`. Any origin may read it"
        " (CORS). A failure is a problem document, [`application/problem+json`](errors.md).\n"
        "\n## SPARQL\n\n" + table(("path", "answers"), [("`/sparql`", _sparql())])
    ]
    asked = {path: methods["get"] for path, methods in schema["paths"].items() if "get" in methods}
    shared = _shared(asked.values())
    drawn = [p for p in _shared(_drawing(asked)) if p not in shared]
    parts.append(
        "\n## Verbs\n\nThe answer is JSON; its shapes are in `/openapi.json`. The paths of verbs"
        " that make a picture take a suffix, such as `/api/expand.svg`, and then answer that"
        f" [file](formats.md): {', '.join(f'`{path}`' for path in _saving(app))}.\n"
    )
    parts.append(
        "\nParameters of all of them:\n\n"
        + table(("parameter", "meaning", "default"), [_parameter(p) for p in shared])
    )
    parts.append(
        "\nParameters of all that make a picture:\n\n"
        + table(("parameter", "meaning", "default"), [_parameter(p) for p in drawn])
    )
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            parts.append(_path(method, path, operation, [*shared, *drawn], schema))
    parts.append("\n## Pages and the rest\n\n" + table(("path", "answers"), list(_other(app))))
    return "".join(parts)


def _sparql() -> str:
    first = "SPARQL 1.1 Protocol; [the endpoint, line by line](protocol.md) says what is supported."
    accepted = ", ".join(f"`{name}`" for name in sparql.RESULT_TYPES)
    graphs = ", ".join(f"`{name}`" for name in sparql.GRAPH_TYPES)
    return (
        f"{first} The query is in `query`, or is the body of a `POST` of type"
        " `application/sparql-query`; `default-graph-uri` and `named-graph-uri` choose among the"
        " named graphs. Without a query: the service description, or for a browser the page to"
        " write one. An update, for who has the token, comes by `POST` as `update` or as"
        f" `application/sparql-update`. Formats by `Accept`: {accepted} for SELECT and ASK;"
        f" {graphs} for CONSTRUCT and DESCRIBE."
    )


def _drawing(asked: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The verbs that make a picture: in it, nodes can be given a place."""
    return [
        operation
        for operation in asked.values()
        if any(p["name"] == "at" for p in operation.get("parameters", []))
    ]


def _shared(operations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parameters that all of them have."""
    lists = [operation.get("parameters", []) for operation in operations]
    return [p for p in lists[0] if all(p in others for others in lists)]


def _parameter(parameter: dict[str, Any]) -> tuple[str, str, str]:
    shape = parameter["schema"]
    many = shape.get("type") == "array" or "items" in shape
    told = parameter.get("description", "")
    told += ("; " if told and many else "") + ("may be given several times" if many else "")
    default = "" if shape.get("default") in (None, "", []) else f"`{shape['default']}`"
    return f"`{parameter['name']}`", told, "required" if parameter.get("required") else default


def _fields(body: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """The fields of a body, which may be told elsewhere in the description."""
    name = body.get("$ref", "").rpartition("/")[2]
    return list((schema["components"]["schemas"][name] if name else body)["properties"])


def _path(
    method: str,
    path: str,
    operation: dict[str, Any],
    told: Sequence[dict[str, Any]],
    schema: dict[str, Any],
) -> str:
    own = [p for p in operation.get("parameters", []) if p not in told]
    text = f"\n### `{method.upper()} {path}`\n\n{' '.join(operation['description'].split())}\n"
    if own:
        text += "\n" + table(("parameter", "meaning", "default"), [_parameter(p) for p in own])
    body = operation.get("requestBody", {}).get("content", {})
    for media_type, content in body.items():
        fields_ = ", ".join(f"`{name}`" for name in _fields(content["schema"], schema))
        text += f"\nThe body is `{media_type}` with {fields_}.\n"
    return text


def _saving(app: Any) -> list[str]:
    paths = (path for path, _ in _walk(app.routes))
    return [path.removesuffix(".{suffix}") for path in paths if path.endswith(".{suffix}")]


def _walk(routes_: Sequence[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each route with its whole path, those of included routers too."""
    for route in routes_:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _walk(inner.routes, prefix)
        else:
            yield prefix + route.path, route


def route_paths() -> list[str]:
    """Every path that the server answers, for the tests."""
    app = create_app(open_graph(), cast(Any, None), Settings())
    return sorted({path for path, _ in _walk(app.routes)})


def _other(app: Any) -> Iterator[tuple[str, str]]:
    for path, route in _walk(app.routes):
        if path.startswith("/api") or path == "/sparql":
            continue
        if path in NOT_IN_THE_ROUTER:
            yield f"`{path}`", NOT_IN_THE_ROUTER[path]
        elif isinstance(route, APIRoute):
            yield f"`{path}`", summary(route.endpoint)
        elif not isinstance(route, Mount | Route):
            raise TypeError(f"the route {path} is of no known kind")
        else:
            raise KeyError(f"say in NOT_IN_THE_ROUTER what {path} answers")
