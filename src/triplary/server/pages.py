"""The pages: the explorer, an entity, the SPARQL workbench, a failure. They work without scripts.

Texts come from locale/*.json, which the scripts read too. No page asks another host for anything.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from triplary import query as library
from triplary.errors import Ambiguous, NotFound
from triplary.kg import KnowledgeGraph
from triplary.server.address import drawing
from triplary.server.lessons import Lessons
from triplary.server.negotiation import best
from triplary.server.questions import Start
from triplary.server.telling import Teller
from triplary.server.words import LANGUAGES, preferred, words
from triplary.terms import IRI, Entity
from triplary.view.names import page
from triplary.view.sentences import held, license_name

__all__ = ["error_page", "language_of", "router", "workbench_page"]

RDF: Final = MappingProxyType(
    {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}
)
NEIGHBOURS_PICTURED: Final = 8
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
    """The explorer with the view of a short address; `?language=` changes its words."""
    known = request.app.state.views.find(name)
    if known is None:
        t = _translator(language_of(request))
        return error_page(
            request, HTTPStatus.NOT_FOUND, title=t("error.view"), hint=t("error.view_hint")
        )
    view = parse_qsl(known.removeprefix("/?"))
    wanted = request.query_params.get("language", "").lower().split("-")[0]
    if wanted in LANGUAGES:
        view = [(key, value) for key, value in view if key != "language"] + [("language", wanted)]
    query = urlencode(view)
    asked = Request({**request.scope, "query_string": query.encode("ascii")})
    return _explorer(
        asked,
        address=f"/?{query}",
        other_language=f"/v/{name}?language={_other(language_of(asked))}",
    )


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
    return _page(request, "explorer.html", **given | values)


@router.get("/entity/{name:path}")
def entity_page(request: Request, name: str) -> Response:
    """An entity as HTML, Turtle, JSON-LD or N-Triples, by the name's suffix or by Accept."""
    kg: KnowledgeGraph = request.app.state.kg
    name, suffix = _split(kg, name)
    media_type = RDF.get(suffix) or (suffix and "text/html") or _wanted(request)
    if media_type != "text/html":
        entity = kg.entity(name)
        body = kg.entity_rdf(entity, _format(media_type))
        return Response(body, media_type=media_type, headers={"Vary": "Accept"})
    try:
        entity = kg.entity(name)
    except NotFound as fault:
        return _not_found(request, kg, fault)
    except Ambiguous as fault:
        return _ambiguous(request, kg, fault)
    address = page(entity.iri)
    if kg.index.spelled(name) is None:
        return RedirectResponse(address + _query(request), 303)
    return _entity_page(request, kg, entity)


def workbench_page(request: Request) -> HTMLResponse:
    """The page at /sparql for a browser; it runs the `query` of its URL."""
    query = request.query_params.get("query") or library.load(FIRST_QUERY).text.strip()
    return _page(request, "workbench.html", here="sparql", query=query)


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
    t = _translator(language_of(request))
    told = title or t("error.not_found" if status == HTTPStatus.NOT_FOUND else "error.title")
    return _page(
        request, "error.html", status_code=status, status=status, title=told, detail=detail,
        hint=hint, near=near,
    )  # fmt: skip


def language_of(request: Request) -> str:
    """The language of the page: `?language=`, else what Accept-Language likes best of ours."""
    asked = request.query_params.get("language", "").lower().split("-")[0]
    if asked in LANGUAGES:
        return asked
    return preferred(request.headers.get("accept-language", ""))


def _page(
    request: Request, template: str, *, status_code: int = 200, **values: Any
) -> HTMLResponse:
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
        "t": _translator(language),
        "word": _worder(language),
        "percent": lambda share: f"{share:.0%}",
        **values,
    }
    body = _environment().get_template(template).render(context)
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": language}
    return HTMLResponse(body, status_code, headers=headers)


def _entity_page(request: Request, kg: KnowledgeGraph, entity: Entity) -> HTMLResponse:
    language = language_of(request)
    described = kg.describe(entity, as_of=request.query_params.get("as-of", ""))
    told = Teller(kg.index, language).description(described)
    about = told["entity"]
    called = [*about["labels"], *about["aliases"]]
    names = {name["value"]: name for name in called if name["value"] != about["label"]}
    asked = {"entity": about["name"], "language": language}
    kept = {"language": language} if "language" in request.query_params else {}
    return _page(
        request, "entity.html", entity=about, groups=told["groups"], sources=told["sources"],
        source_of={source["id"]: source for source in told["sources"]}, as_of=told["asOf"],
        heading=_heading(about["label"], _translator(language)),
        conflict=_conflict(_translator(language)),
        held=lambda span: held(span[0], span[1], language),
        names=list(names.values()), formats=RDF.items(),
        picture=f"/api/expand.svg?{urlencode({**asked, 'limit': NEIGHBOURS_PICTURED})}",
        explorer=f"/?{urlencode({'entity': about['name'], 'select': about['name'], **kept})}",
    )  # fmt: skip


def _heading(entity: str, t: Callable[..., str]) -> Callable[[Mapping[str, Any]], str]:
    """What the facts of a group are called: an arriving relation as it reads from the entity."""

    def heading(group: Mapping[str, Any]) -> str:
        label = str(group["label"])
        if not group["inverse"] or group["inverseLabel"]:
            return str(group["inverseLabel"]) if group["inverse"] else label
        if "…" in label:
            return label.replace("…", entity)
        return t("details.arriving", relation=label, entity=entity)

    return heading


def _conflict(t: Callable[..., str]) -> Callable[[Mapping[str, Any]], str]:
    """What is said over facts in conflict: that claims are wrong, or that sources differ."""

    def conflict(group: Mapping[str, Any]) -> str:
        verdicts = [fact["verdict"] for fact in group["facts"]]
        for verdict in ("wrong", "disputed"):
            if count := verdicts.count(verdict):
                return t(f"details.{verdict}", count=count)
        if len(verdicts) > 1:
            return t("details.sides", count=len(verdicts))
        return t("details.conflict")

    return conflict


def _not_found(request: Request, kg: KnowledgeGraph, fault: NotFound) -> HTMLResponse:
    language = language_of(request)
    teller = Teller(kg.index, language)
    near = [teller.match(match) for match in kg.search(fault.name, limit=6)]
    title = _translator(language)("error.entity", name=fault.name)
    return error_page(request, HTTPStatus.NOT_FOUND, title=title, near=near)


def _ambiguous(request: Request, kg: KnowledgeGraph, fault: Ambiguous) -> HTMLResponse:
    teller = Teller(kg.index, language_of(request))
    near = [teller.entity(kg.index.entity(IRI(choice))) for choice in fault.choices]
    return error_page(request, HTTPStatus.MULTIPLE_CHOICES, title=fault.message, near=near)


def _split(kg: KnowledgeGraph, name: str) -> tuple[str, str]:
    """The name and its suffix; what looks like a suffix may be part of an entity's name."""
    stem, dot, suffix = name.rpartition(".")
    known = dot and (suffix in RDF or suffix == "html")
    return (stem, suffix) if known and kg.index.spelled(name) is None else (name, "")


def _wanted(request: Request) -> str:
    """The media type that Accept ranks highest; HTML for one that takes none of ours."""
    offered = ("text/html", *RDF.values())
    return best(request.headers.get("accept", ""), offered) or "text/html"


def _format(media_type: str) -> str:
    return {"text/turtle": "turtle", "application/ld+json": "jsonld"}.get(media_type, "ntriples")


def _other(language: str) -> str:
    return LANGUAGES[1 - LANGUAGES.index(language)]


def _other_language(request: Request, language: str) -> str:
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "language"]
    return f"{quote(request.url.path)}?{urlencode([*kept, ('language', _other(language))])}"


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""


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


def _translator(language: str) -> Callable[..., str]:
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
