"""Each IRI of the graph answers here: as a page for readers, as RDF for programs.

The document about an entity is at /entity/NAME. An IRI under the server's own address, or under
this project's, is the entity itself: it is answered by 303, See Other, to that document
(https://www.w3.org/TR/cooluris/). Addresses in the answers are absolute, from `public_url`.
"""

import io
import itertools
from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from triplary import explore
from triplary.errors import Ambiguous, NotFound
from triplary.index import Index
from triplary.kg import KnowledgeGraph
from triplary.server import markup
from triplary.server.files import CALLED, SUFFIXES, DataFile, named_graphs
from triplary.server.negotiation import best
from triplary.server.pages import error_page, language_of, rendered, translator
from triplary.server.public import public
from triplary.server.said import worded
from triplary.server.telling import Teller
from triplary.store import Store
from triplary.store.documents import write
from triplary.store.formats import FORMATS, Format
from triplary.terms import IRI, BlankNode, Entity, Node, Statement
from triplary.view.names import page

__all__ = ["RDF", "install", "link_header", "router", "said_of", "see_other"]

RDF: Final = {suffix: SUFFIXES[suffix] for suffix in ("ttl", "jsonld", "nt", "rdf", "trig", "nq")}
"""The formats of a description, by suffix; TriG and N-Quads say which named graph states what."""

HERE: Final = "https://w3id.org/triplary"
USES_MOST: Final = 1_000
"""Statements with an entity as their object that its description holds; a cut says so."""

NEIGHBOURS_PICTURED: Final = 8
_BY_TYPE: Final = {format.media_type: suffix for suffix, format in RDF.items()}
_BARE: Final = "%/:?#[]@!$&'()*+,;=~-._"
_COMMENTS: Final = frozenset(("turtle", "trig", "ntriples", "nquads"))
router = APIRouter(include_in_schema=False)


@router.get("/entity/{name:path}")
def entity_page(request: Request, name: str) -> Response:
    """What is said of an entity, in the format of the name's suffix or of Accept."""
    kg: KnowledgeGraph = request.app.state.kg
    name, suffix = _split(kg, name)
    suffix = suffix or _wanted(request)
    spelled = _spelled(kg.index, name)
    if spelled is None and (seen := see_other(request, f"/entity/{name}")) is not None:
        return seen
    try:
        entity = _named(kg, name)
    except NotFound as fault:
        if suffix != "html":
            raise
        return _not_found(request, kg, fault)
    except Ambiguous as fault:
        if suffix != "html":
            raise
        return _ambiguous(request, kg, fault)
    if suffix != "html":
        return _as_data(request, kg, entity, RDF[suffix])
    if spelled is None:
        return RedirectResponse(page(entity.iri) + _query(request), 303)
    return _as_page(request, kg, entity)


def install(app: FastAPI) -> None:
    """Let paths that no route has be looked up as IRIs, before they are not found."""
    unknown = app.router.default

    async def default(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            path = scope.get("raw_path", b"").decode("latin-1") or quote(scope["path"])
            seen = see_other(Request(scope), path.partition("?")[0])
            if seen is not None:
                await seen(scope, receive, send)
                return
        await unknown(scope, receive, send)

    app.router.default = default


def see_other(request: Request, path: str) -> RedirectResponse | None:
    """The 303 to the document about the entity whose IRI ends in this path; None if none does.

    A named graph is its statements: who wants RDF is sent to them, a reader to its page.
    """
    kg: KnowledgeGraph = request.app.state.kg
    for base, spelling in itertools.product((public(request), HERE), (path, unquote(path))):
        iri = _spelled(kg.index, base + spelling)
        if not isinstance(iri, IRI) or str(iri) != base + spelling:
            continue
        target = page(iri)
        if iri in kg.index.graphs and (suffix := _wanted(request)) != "html":
            target = f"/data/{quote(kg.index.named_graphs.name(iri), safe='')}.{suffix}"
        return RedirectResponse(public(request) + target, 303, headers={"Vary": "Accept"})
    return None


def said_of(store: Store, node: Node) -> tuple[list[Statement], bool]:
    """The statements about a node, those about blank nodes in them, and those with it as object.

    Of the last at most USES_MOST; says whether there were more.
    """
    found = dict.fromkeys(store.statements(node))
    waiting = [statement.object for statement in found]
    met: set[BlankNode] = set()
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, BlankNode) and inner not in met:
            met.add(inner)
            more = list(store.statements(inner))
            found.update(dict.fromkeys(more))
            waiting.extend(statement.object for statement in more)
    uses = list(itertools.islice(store.statements(object=node), USES_MOST + 1))
    found.update(dict.fromkeys(uses[:USES_MOST]))
    return list(found), len(uses) > USES_MOST


def link_header(links: Iterable[tuple[str, str, str]]) -> str:
    """Links as RFC 8288 writes them, each a target, a relation, and a media type or ''.

    >>> link_header([("https://x.org/a.ttl", "alternate", "text/turtle")])
    '<https://x.org/a.ttl>; rel="alternate"; type="text/turtle"'
    >>> link_header([("https://x.org/百度", "describes", "")])
    '<https://x.org/%E7%99%BE%E5%BA%A6>; rel="describes"'
    """
    return ", ".join(
        f'<{quote(target, safe=_BARE)}>; rel="{relation}"'
        + (f'; type="{media_type}"' if media_type else "")
        for target, relation, media_type in links
    )


def _links(request: Request, iri: Node, licences: Iterable[str]) -> str:
    """The Link header of a document about an entity."""
    address = public(request) + page(iri)
    told = [(address, "canonical", ""), (str(iri), "describes", "")]
    told.append((f"{address}.ttl", "describedby", FORMATS["turtle"].media_type))
    told += [(f"{address}.html", "alternate", "text/html")]
    told += [
        (f"{address}.{suffix}", "alternate", format.media_type) for suffix, format in RDF.items()
    ]
    told += [(licence, "license", "") for licence in licences if "://" in licence]
    return link_header(told)


def _as_data(request: Request, kg: KnowledgeGraph, entity: Entity, format: Format) -> Response:
    said, cut = said_of(kg.store, entity.iri)
    output = io.BytesIO()
    merge = format.name not in ("trig", "nquads")
    write(said, output, format=format, merge=merge)
    if cut and format.name in _COMMENTS:
        output.write(b"# cut: more than %d statements have it as their object\n" % USES_MOST)
    graphs = dict.fromkeys(statement.graph for statement in said)
    licences = dict.fromkeys(kg.index.evidence.source(graph).license for graph in graphs)
    headers = {
        "Vary": "Accept",
        "Link": _links(request, entity.iri, licences),
        "Triplary-Cut": "true" if cut else "false",
    }
    return Response(output.getvalue(), media_type=format.media_type, headers=headers)


def _as_page(request: Request, kg: KnowledgeGraph, entity: Entity) -> HTMLResponse:
    language = language_of(request)
    known = entity.iri in kg.index.names
    as_of = request.query_params.get("as-of", "")
    described = kg.describe(entity, as_of=as_of) if known else explore.Description(entity, ())
    told = Teller(kg.index, language).description(described)
    about = told["entity"]
    called = [*about["labels"], *about["aliases"]]
    names = {name["value"]: name for name in called if name["value"] != about["label"]}
    asked = {"entity": about["name"], "language": language}
    kept = {"language": language} if "language" in request.query_params else {}
    address = public(request) + page(entity.iri)
    drawn = kg.index.adjacency.number(entity.iri) is not None
    answer = rendered(
        request, "entity.html", entity=about, groups=told["groups"], sources=told["sources"],
        source_of={source["id"]: source for source in told["sources"]}, as_of=told["asOf"],
        **worded(about["label"], language, translator(language)),
        names=list(names.values()), address=address, drawn=drawn,
        formats=[(suffix, format.media_type, CALLED[suffix]) for suffix, format in RDF.items()],
        used=_used(kg.index, entity.iri),
        markup=markup.block(_marked(request, kg, entity, told)),
        dump=f"/data/#{_graph_name(kg, entity)}" if entity.iri in kg.index.graphs else "",
        picture=f"/api/expand.svg?{urlencode({**asked, 'limit': NEIGHBOURS_PICTURED})}",
        explorer=f"/?{urlencode({'entity': about['name'], 'select': about['name'], **kept})}",
    )  # fmt: skip
    licences = dict.fromkeys(source["license"] for source in told["sources"])
    answer.headers["Link"] = _links(request, entity.iri, licences)
    return answer


def _graph_name(kg: KnowledgeGraph, entity: Entity) -> str:
    return next((name for name, iri in named_graphs(kg).items() if iri == entity.iri), "")


def _marked(
    request: Request, kg: KnowledgeGraph, entity: Entity, told: dict[str, Any]
) -> dict[str, Any]:
    """What search engines are told: of a named graph that it is a data set, with its files."""
    base, about = public(request), told["entity"]
    if not isinstance(entity.iri, IRI) or entity.iri not in kg.index.graphs:
        return markup.entity(
            about, entity, kg.index.ontology, kg.store.statements(entity.iri), told["sources"],
            address=base + page(entity.iri),
        )  # fmt: skip
    source, name = kg.index.evidence.source(entity.iri), _graph_name(kg, entity)
    return markup.dataset(
        iri=str(entity.iri), address=base + page(entity.iri),
        title=source.called(language_of(request)), description=about["hint"] or source.title,
        publisher=source.publisher, license=source.license, date=source.date, version=kg.version,
        files=[
            (base + DataFile(name, entity.iri, suffix).path, format.media_type)
            for suffix, format in SUFFIXES.items()
        ],
    )  # fmt: skip


def _used(index: Index, node: Node) -> int:
    """The number of statements with this property; 0 for what is none."""
    return dict(index.statistics.properties).get(node, 0) if isinstance(node, IRI) else 0


def _named(kg: KnowledgeGraph, name: str) -> Entity:
    """The entity that a name stands for; a word that only stands as a predicate has a page too."""
    if kg.index.spelled(name) is None and (word := _spelled(kg.index, name)) is not None:
        return kg.index.word(IRI(str(word)))
    return kg.entity(name)


def _spelled(index: Index, name: str) -> Node | None:
    """The node, or the property in use, that a text spells out."""
    found = index.spelled(name)
    if found is None:
        spelled = index.names.spelled(name)
        graph = spelled in index.graphs if spelled is not None else False
        if isinstance(spelled, IRI) and (graph or spelled in dict(index.statistics.properties)):
            return spelled
    return found


def _split(kg: KnowledgeGraph, name: str) -> tuple[str, str]:
    """The name and its suffix; what looks like a suffix may be part of an entity's name."""
    stem, dot, suffix = name.rpartition(".")
    known = dot and (suffix in RDF or suffix == "html")
    return (stem, suffix) if known and _spelled(kg.index, name) is None else (name, "")


def _wanted(request: Request) -> str:
    """The suffix of the format that Accept ranks highest; html for one that takes none of ours."""
    offered = ("text/html", *_BY_TYPE)
    chosen = best(request.headers.get("accept", ""), offered)
    return _BY_TYPE.get(chosen or "", "html")


def _not_found(request: Request, kg: KnowledgeGraph, fault: NotFound) -> HTMLResponse:
    language = language_of(request)
    teller = Teller(kg.index, language)
    near = [teller.match(match) for match in kg.search(fault.name, limit=6)]
    title = translator(language)("error.entity", name=fault.name)
    return error_page(request, 404, title=title, near=near)


def _ambiguous(request: Request, kg: KnowledgeGraph, fault: Ambiguous) -> HTMLResponse:
    teller = Teller(kg.index, language_of(request))
    near: Sequence[dict[str, Any]] = [
        teller.entity(kg.index.entity(IRI(choice))) for choice in fault.choices
    ]
    return error_page(request, 300, title=fault.message, near=near)


def _query(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""
