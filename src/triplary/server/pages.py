"""The pages: the explorer, an entity, the SPARQL workbench, a failure. They work without scripts.

Texts come from locale/*.json, which the scripts read too. No page asks another host for anything.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from triplary import query as library
from triplary.server.address import WORKBENCH, drawing
from triplary.server.lessons import Lessons
from triplary.server.questions import Start
from triplary.server.words import LANGUAGES, preferred, words
from triplary.view.sentences import license_name

__all__ = ["error_page", "language_of", "rendered", "router", "translator", "workbench_page"]

FIRST_QUERY: Final = "sources"
_PLACE: Final = re.compile(r"\{(\w+)\}")
STATIC: Final = Path(__file__).with_name("static")
router = APIRouter(include_in_schema=False)


@router.get("/")
def explorer_page(request: Request) -> Response:
    """The explorer; without scripts, the picture that the URL asks for."""
    return _explorer(request)


@router.get("/v/{name}")
def short_page(request: Request, name: str) -> Response:
    """The explorer or the workbench as a short address has it; `?language=` changes its words."""
    known = request.app.state.views.find(name)
    if known is None:
        t = translator(language_of(request))
        return error_page(
            request, HTTPStatus.NOT_FOUND, title=t("error.view"), hint=t("error.view_hint")
        )
    start = WORKBENCH if known.startswith(WORKBENCH) else "/?"
    view = parse_qsl(known.removeprefix(start))
    wanted = request.query_params.get("language", "").lower().split("-")[0]
    if wanted in LANGUAGES:
        view = [(key, value) for key, value in view if key != "language"] + [("language", wanted)]
    query = urlencode(view)
    asked = Request({**request.scope, "query_string": query.encode("ascii")})
    given = {
        "address": f"{start}{query}",
        "other_language": f"/v/{name}?language={_other(language_of(asked))}",
    }
    return (workbench_page if start == WORKBENCH else _explorer)(asked, **given)


def _explorer(request: Request, **values: Any) -> HTMLResponse:
    language = language_of(request)
    start: Start = request.app.state.start
    lessons: Lessons = request.app.state.lessons
    given: dict[str, Any] = {
        "here": "explorer",
        "address": "",
        "picture": drawing(request.query_params.multi_items(), language),
        "questions": start.told(language),
        "empty": start.empty,
        "lessons": lessons.titles(language),
    }
    return rendered(request, "explorer.html", **given | values)


def workbench_page(request: Request, **values: Any) -> HTMLResponse:
    """The page at /sparql for a browser, with the `query` of its URL; `run=1` there runs it."""
    query = request.query_params.get("query") or library.load(FIRST_QUERY).text.strip()
    given: dict[str, Any] = {"here": "sparql", "query": query, "address": "", "answer": None}
    return rendered(request, "workbench.html", **given | values)


def error_page(
    request: Request,
    status: int,
    *,
    title: str = "",
    detail: str = "",
    hint: str = "",
    near: Sequence[Mapping[str, Any]] = (),
) -> HTMLResponse:
    """A failure in words, with what to do next; `near` are entities that may have been meant."""
    t = translator(language_of(request))
    told = title or t("error.not_found" if status == HTTPStatus.NOT_FOUND else "error.title")
    return rendered(
        request, "error.html", status_code=status, status=status, title=told, detail=detail,
        hint=hint, near=near,
    )  # fmt: skip


def language_of(request: Request) -> str:
    """The language of the page: `?language=`, else what Accept-Language likes best of ours."""
    asked = request.query_params.get("language", "").lower().split("-")[0]
    if asked in LANGUAGES:
        return asked
    return preferred(request.headers.get("accept-language", ""))


def rendered(
    request: Request, template: str, *, status_code: int = 200, **values: Any
) -> HTMLResponse:
    """A page of a template, in the reader's language."""
    language = language_of(request)
    kept = f"?language={language}" if "language" in request.query_params else ""
    start: Start = request.app.state.start
    strings = dict(words(language))
    examples = start.examples(language)
    strings["search.placeholder"] = strings["search.placeholder"].format(examples=examples)
    context = {
        "language": language,
        "kept": kept,
        "here": "",
        "other_language": _other_language(request, language),
        "strings": strings,
        "static": _static,
        "licence_name": license_name,
        "said_once": _said_once,
        "t": translator(language),
        "word": _worder(language),
        "percent": lambda share: f"{share:.0%}",
        **values,
    }
    body = _environment().get_template(template).render(context)
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": language}
    return HTMLResponse(body, status_code, headers=headers)


def _other(language: str) -> str:
    return LANGUAGES[1 - LANGUAGES.index(language)]


def _other_language(request: Request, language: str) -> str:
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "language"]
    return f"{quote(request.url.path)}?{urlencode([*kept, ('language', _other(language))])}"


def _said_once(group: Mapping[str, Any]) -> bool:
    """Whether all facts of a group are stated by the very same sources: said once, below."""
    evidence = [fact["evidence"] for fact in group["facts"]]
    direct = all(fact["verdict"] == "stated" for fact in group["facts"])
    return direct and all(item == evidence[0] for item in evidence)


def _link(address: str) -> str:
    """The address if it is one of this site or of the web; data must not choose another scheme."""
    return address if re.match(r"https?://|/(?!/)", address, re.I) else "#"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = _link
    return environment


def translator(language: str) -> Callable[..., str]:
    """What gives the text of a key in a language."""
    strings = words(language)

    def t(key: str, **values: object) -> str:
        """The text of a key; where `count` is 1, that of `key.one`, if there is one."""
        text = strings.get(f"{key}.one") if values.get("count") == 1 else None
        return _PLACE.sub(lambda place: str(values[place[1]]), text or strings[key])

    return t


def _worder(language: str) -> Callable[[str, str], str]:
    strings = words(language)

    def word(group: str, value: str) -> str:
        """The word for a verdict or a kind; one we have no word for, as it is."""
        return strings.get(f"{group}.{value.replace(' ', '_')}", value)

    return word


@cache
def _static(name: str) -> str:
    """The address of a built file, with its content in it, so that it may be kept for ever."""
    file = STATIC / name
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.exists() else "missing"
    return f"/static/{name}?v={digest}"
