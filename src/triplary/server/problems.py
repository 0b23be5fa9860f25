"""Failures over HTTP: every error of ours as an RFC 9457 problem, with its hint."""

import json
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from triplary import errors
from triplary.server.negotiation import best
from triplary.server.pages import error_page

__all__ = ["install", "plain_problem", "problem"]

MEDIA_TYPE: Final = "application/problem+json"

_STATUS: Final = (
    (errors.ForbiddenQuery, HTTPStatus.FORBIDDEN),
    (errors.QueryTimeout, HTTPStatus.GATEWAY_TIMEOUT),
    (errors.QueryCrashed, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.QueryFailed, HTTPStatus.UNPROCESSABLE_ENTITY),
    (errors.Busy, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.QueryError, HTTPStatus.BAD_REQUEST),
    (errors.ParseError, HTTPStatus.BAD_REQUEST),
    (errors.NotFound, HTTPStatus.NOT_FOUND),
    (errors.Ambiguous, HTTPStatus.MULTIPLE_CHOICES),
    (errors.BadParameter, HTTPStatus.BAD_REQUEST),
    (errors.Full, HTTPStatus.INSUFFICIENT_STORAGE),
    (errors.StoreError, HTTPStatus.BAD_GATEWAY),
    (errors.TriplaryError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
_TOLD: Final = (
    "line",
    "column",
    "clause",
    "seconds",
    "near",
    "choices",
    "parameter",
    "kind",
    "name",
)


class _Told(JSONResponse):
    """A problem as JSON; half a character, which a guest may have sent, is told as a mark."""

    def render(self, content: Any) -> bytes:
        told = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return told.encode("utf-8", "replace")


def problem(error: errors.TriplaryError) -> JSONResponse:
    """The error as problem+json: its class as title, its sentence as detail, its own fields."""
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    body: dict[str, Any] = {
        "type": f"https://w3id.org/triplary/errors#{type(error).__name__}",
        "title": type(error).__name__,
        "status": status.value,
        "detail": error.message,
    }
    if error.hint:
        body["hint"] = error.hint
    for name in _TOLD:
        value = getattr(error, name, None)
        if value not in (None, "", ()):
            body[name] = value
    headers = {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return _Told(body, status.value, media_type=MEDIA_TYPE, headers=headers)


def plain_problem(status: int, detail: str, hint: str = "") -> JSONResponse:
    """A problem that HTTP itself has a word for."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if hint:
        body["hint"] = hint
    return _Told(body, status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every failure of the app with a problem, those of the framework included."""

    @app.exception_handler(errors.TriplaryError)
    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, errors.TriplaryError)  # noqa: S101 - registered for this class
        return _for_a_reader(request, problem(error))

    @app.exception_handler(RequestValidationError)
    async def parameters(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
        first = error.errors()[0]
        name = str(first["loc"][-1])
        wrong = errors.BadParameter(
            name, first.get("input"), str(first["msg"]).lower(),
            hint="/openapi.json has every route with its parameters",
        )  # fmt: skip
        return _for_a_reader(request, problem(wrong))

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
        response = plain_problem(
            error.status_code, f"{request.method} {request.url.path}: {error.detail}."
        )
        response.headers.update(error.headers or {})
        return _for_a_reader(request, response)


def _for_a_reader(request: Request, response: JSONResponse) -> Response:
    """The problem as a page, where a browser asks; as it is, where a program does."""
    offered = (MEDIA_TYPE, "application/json", "text/html")
    if best(request.headers.get("accept", ""), offered) != offered[2]:
        return response
    told = json.loads(bytes(response.body))
    return error_page(request, told["status"], detail=told["detail"], hint=told.get("hint", ""))
