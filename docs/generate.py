"""Writes the pages of docs/reference from the code, and what other pages count.

Run by `make reference`. Nothing here is prose that could drift: a page says what the code says.
`make test` compares the committed pages with what this file makes.
"""

import csv
import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import typer
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

import triplary
import triplary.errors
from triplary import kg, measure, ontology, render
from triplary import query as library
from triplary.cli import app as commands_app
from triplary.kg import KnowledgeGraph
from triplary.server import problems, sparql
from triplary.server.app import create_app
from triplary.server.settings import ENVIRONMENT_PREFIX, Settings
from triplary.store.formats import FORMATS
from triplary.store.opening import load_file
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI, VERDICTS, Edge, Entity, Literal, Subgraph
from triplary.view import make
from triplary.view.sentences import license_name

DOCS: Final = Path(__file__).resolve().parent
ROOT: Final = DOCS.parent
NOTE: Final = "<!-- Made by docs/generate.py from the code: run `make reference`. -->\n"

VERBS: Final = {
    "search": ("Which entities are called something like this?", 'kg.search("bidu")',
               "triplary search bidu", "/api/search?text=bidu"),
    "describe": ("What does the graph say of it, and who says so?", 'kg.describe("Baidu")',
                 "triplary describe Baidu", "/api/describe?entity=Baidu"),
    "expand": ("What lies around it?", 'kg.expand("Baidu", hops=1)',
               "triplary expand Baidu", "/api/expand?entity=Baidu"),
    "paths": ("How are these two connected?", 'kg.paths("MindSpore", "OECD")',
              "triplary paths MindSpore OECD", "/api/paths?source=MindSpore&target=OECD"),
    "compare": ("What do they share, and what has only one?", 'kg.compare("Baidu", "Huawei")',
                "triplary compare Baidu Huawei", "/api/compare?entity=Baidu&entity=Huawei"),
    "rank": ("Which matter most, by which measure?", 'kg.rank(by="pagerank")',
             "triplary rank --by pagerank", "/api/rank?by=pagerank"),
    "query": ("What does SPARQL, or a named query, answer?", 'kg.query("named-graphs")',
              "triplary query named-graphs", "/api/query/named-graphs"),
    "save": ("Can I have this as a file?", 'kg.expand("Baidu").view().save("baidu.svg")',
             "triplary expand Baidu --save baidu.svg", "/api/expand.svg?entity=Baidu"),
}  # fmt: skip
"""What each verb answers, and the same question at the notebook, the command line and over HTTP."""

NOT_IN_THE_ROUTER: Final = {
    "/static": "The built style sheets and scripts.",
    "/openapi.json": "The description of `/api` for programs (OpenAPI 3.1).",
}
VARIES: Final = {"query_workers": "twice the processors, at least 4"}
"""Defaults that depend on the machine."""


def pages() -> dict[Path, str]:
    """Each generated page by its path: the reference, and what is generated in other pages."""
    made = {
        "verbs.md": verbs(),
        "commands.md": commands(),
        "settings.md": settings(),
        "routes.md": routes(),
        "queries.md": queries(),
        "errors.md": errors(),
        "notebook.md": notebook(),
        "ontology.md": vocabulary(),
        "formats.md": formats(),
        "atlas.md": atlas(),
    }
    readme = ROOT / "README.md"
    card = DOCS / "concepts" / "atlas.md"
    decisions_index = DOCS / "decisions" / "README.md"
    return {
        **{DOCS / "reference" / name: f"{NOTE}{text}" for name, text in made.items()},
        readme: with_blocks(readme.read_text("utf-8"), {"atlas": summary_of_the_atlas()}),
        card: with_blocks(card.read_text("utf-8"), data_card(bundled_atlas())),
        decisions_index: NOTE + decisions(decisions_index.parent),
        DOCS / "images" / "ontology.svg": picture_of_the_classes(),
    }


def main() -> None:
    """Write what has changed, and say what it was."""
    for path, text in pages().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; a bar in a cell is escaped, a line break becomes a space."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", r"\|") for cell in line) + " |\n"
        for line in lines
    )


def code(text: str, language: str) -> str:
    """A fenced block."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def summary(value: object) -> str:
    """The first sentence of a docstring, on one line."""
    text = inspect.getdoc(value) or ""
    return " ".join(text.partition("\n\n")[0].split())


def prose(value: object) -> str:
    """A docstring without its doctests."""
    text = inspect.getdoc(value) or ""
    return re.split(r"^>>> ", text, maxsplit=1, flags=re.MULTILINE)[0].strip()


# Verbs


def verbs() -> str:
    """The verbs at the four doors."""
    rows = [
        (f"**{verb}**", question, f"`{notebook_}`", f"`{command}`", f"`GET {route}`")
        for verb, (question, notebook_, command, route) in VERBS.items()
    ]
    measures = ", ".join(f"`{name}`" for name in measure.MEASURES)
    return (
        "# Verbs\n\nOne word at four doors. The fourth is the explorer itself: its URL carries the"
        " same parameters (`/?entity=Baidu`, `/?source=MindSpore&target=OECD`,"
        " `/?compare=Baidu&compare=Huawei`).\n\n"
        + table(("verb", "what it answers", "notebook", "command", "route"), rows)
        + "\nAn entity is named by its label or alias in any language, by the short handle of its"
        " page, by a CURIE (`id:Baidu`) or by its IRI."
        f"\n\n`rank` takes one of the measures {measures}."
        " `expand` and `paths` can be kept to edges with some verdicts: `stated` (a source says so"
        " directly) or one of "
        + ", ".join(f"`{verdict}`" for verdict in reversed(VERDICTS))
        + ".\n\nEach: [notebook](notebook.md), [commands](commands.md), [routes](routes.md);"
        " SPARQL itself is answered at [`/sparql`](routes.md).\n"
    )


# Commands


def commands() -> str:
    """Every command with its arguments and options."""
    group = cast(Any, typer.main.get_command(commands_app))
    parts = ["# Commands\n\n`triplary --help` says the same.\n"]
    parts += [_command(name, command) for name, command in group.commands.items()]
    return "\n".join(parts)


def _command(name: str, command: Any) -> str:
    known = {setting.name for setting in fields(Settings)}
    shown = [p for p in command.params if p.name not in known]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    usage = " ".join(_argument(p) for p in arguments)
    rows = [
        (
            f"`{_argument(p) if p in arguments else ', '.join(p.opts)}`",
            p.help or "",
            "required" if p.required else _default(p.default),
        )
        for p in shown
        if p.help or p not in arguments
    ]
    text = f"## {name}\n\n`triplary {name}{' ' + usage if usage else ''} [OPTIONS]`\n\n"
    text += f"{command.help.strip()}\n"
    if rows:
        text += "\n" + table(("option", "meaning", "default"), rows)
    if len(shown) < len(command.params):
        text += "\nEvery [setting](settings.md) is an option too.\n"
    return text


def _argument(parameter: Any) -> str:
    name = parameter.name.upper() + ("..." if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _default(value: object) -> str:
    return "" if value in (None, "", (), False) else f"`{value}`"


# Settings


def settings() -> str:
    """The list of settings."""
    rows = []
    for setting in fields(Settings):
        default = VARIES.get(setting.name) or f"`{setting.default}`"
        least, choices = setting.metadata["least"], setting.metadata["choices"]
        bound = " or ".join(f"`{choice}`" for choice in choices)
        bound = bound if least is None else f"at least {least:g}"
        rows.append(
            (
                f"`{setting.name}`",
                setting.metadata["help"],
                default,
                bound,
                f"`--{setting.name.replace('_', '-')}`",
                f"`{ENVIRONMENT_PREFIX}{setting.name.upper()}`",
            )
        )
    return (
        "# Settings\n\nA server takes each setting from a flag of `triplary serve`, else from the"
        " environment, else from this list. A variable that begins with"
        f" `{ENVIRONMENT_PREFIX}` and stands for no setting stops the start."
        " `GET /-/settings` tells the settings of a running server.\n\n"
        + table(("setting", "meaning", "default", "values", "flag", "variable"), rows)
        + "\nWhat each limit bounds, and how a visitor is told of it:"
        " [limits](../concepts/limits.md).\n"
    )


# Routes


def routes() -> str:
    """Every route of the server."""
    app = create_app(cast(Any, None), cast(Any, None), Settings())
    schema = app.openapi()
    parts = [
        "# Routes\n\nThe server answers `GET` and `HEAD`; `/sparql` also `POST`, and `/api/view`"
        " only `POST`. Any origin may read it (CORS). A failure is a problem document,"
        " [`application/problem+json`](errors.md).\n"
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
            parts.append(_path(method, path, operation, [*shared, *drawn]))
    parts.append("\n## Pages and the rest\n\n" + table(("path", "answers"), list(_other(app))))
    return "".join(parts)


def _sparql() -> str:
    first = summary(sparql)
    accepted = ", ".join(f"`{name}`" for name in sparql.RESULT_TYPES)
    graphs = ", ".join(f"`{name}`" for name in sparql.GRAPH_TYPES)
    return (
        f"{first} The query is in `query`, or is the body of a `POST` of type"
        " `application/sparql-query`; `default-graph-uri` and `named-graph-uri` choose among the"
        " named graphs. Without a query: the service description, or for a browser the page to"
        f" write one. Formats by `Accept`: {accepted} for SELECT and ASK; {graphs} for CONSTRUCT"
        " and DESCRIBE."
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


def _path(method: str, path: str, operation: dict[str, Any], told: Sequence[dict[str, Any]]) -> str:
    own = [p for p in operation.get("parameters", []) if p not in told]
    text = f"\n### `{method.upper()} {path}`\n\n{' '.join(operation['description'].split())}\n"
    if own:
        text += "\n" + table(("parameter", "meaning", "default"), [_parameter(p) for p in own])
    body = operation.get("requestBody", {}).get("content", {})
    for media_type, content in body.items():
        fields_ = ", ".join(f"`{name}`" for name in content["schema"]["properties"])
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
    app = create_app(cast(Any, None), cast(Any, None), Settings())
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


# Queries


def queries() -> str:
    """The library of named queries."""
    parts = [
        "# Named queries\n\nEach is a file of `src/triplary/query/library/` that runs as it"
        ' stands. Ask one by its name: `kg.query("statements", subject="Baidu")`,'
        " `triplary query statements --set subject=Baidu`,"
        " `GET /api/query/statements?subject=Baidu`. A parameter that is not given"
        " keeps the value in the text.\n"
    ]
    for name in library.names():
        named = library.load(name)
        titles = {title.language: title.value for title in named.titles}
        parts.append(f"## {name}\n\n{titles['en']} · {titles.get('zh', '')}\n")
        if named.parameters:
            rows = [
                (f"`{p.name}`", f"{p.kind}{', any number of values' if p.many else ''}",
                 f"`{p.example}`", p.help)
                for p in named.parameters
            ]  # fmt: skip
            parts.append(table(("parameter", "type", "example", "meaning"), rows))
        parts.append(code(named.text, "sparql"))
    return "\n".join(parts)


# Errors


def errors() -> str:
    """The family of errors."""
    tree = (inspect.getdoc(triplary.errors) or "").rpartition("\n\n")[2]
    parts = [
        "# Errors\n\nA message is a sentence that names the thing; what to do next follows as a"
        " hint. In Python an error has `message` and `hint`; a command says both on stderr and"
        " leaves with status 1; over HTTP it is a problem document (RFC 9457) with `type`,"
        " `title`, `status`, `detail` and, where there is one, `hint`.\n",
        code(inspect.cleandoc(tree), "text"),
    ]
    rows = []
    for name in triplary.errors.__all__:
        kind = getattr(triplary.errors, name)
        status = next(status for parent, status in problems._STATUS if issubclass(kind, parent))
        own = [p for p in inspect.signature(kind).parameters if p not in ("message", "hint")]
        rows.append(
            (f"`{name}`", f"{status.value} {status.phrase}",
             ", ".join(f"`{field}`" for field in own), prose(kind).replace("\n\n", " "))
        )  # fmt: skip
    parts.append(table(("error", "HTTP status", "what it knows", "when"), rows))
    return "\n".join(parts)


# Notebook


def notebook() -> str:
    """The public names of the package, and what the verbs give back."""
    parts = [
        "# Notebook\n\nWhat `import triplary` gives. The names below are the contract:"
        " others may change.\n",
        f"## triplary\n\n{', '.join(f'`{name}`' for name in triplary.__all__)}\n",
    ]
    shown: list[tuple[str, Any]] = [("triplary.open", triplary.open)]
    shown += [
        (f"triplary.{name}", getattr(triplary, name))
        for name in triplary.__all__
        if inspect.isclass(getattr(triplary, name))
    ]
    answers = [(name, getattr(kg, name)) for name in kg.__all__ if name not in triplary.__all__]
    shown += [(f"triplary.kg.{name}", value) for name, value in answers if inspect.isclass(value)]
    parts += [_public(name, value) for name, value in shown]
    return "\n".join(parts)


def _public(name: str, value: Any) -> str:
    if not inspect.isclass(value):
        return f"## {name}{_signature(value)}\n\n{prose(value)}\n"
    text = f"## {name}\n\n{prose(value)}\n"
    inherited = dir(tuple) if issubclass(value, tuple) else []
    rows = [
        (f"`{member}{_signature(found)}`", summary(found))
        for member in dir(value)
        if not member.startswith("_") and member not in inherited
        for found in [inspect.getattr_static(value, member)]
        if inspect.isfunction(found) or isinstance(found, property | classmethod | staticmethod)
        or type(found).__name__ == "cached_property"
    ]  # fmt: skip
    return text + ("\n" + table(("member", "gives"), rows) if rows else "")


def _signature(value: Any) -> str:
    if isinstance(value, property) or type(value).__name__ == "cached_property":
        return ""
    function = getattr(value, "__func__", value)
    found = inspect.signature(function)
    parameters = [
        p.replace(annotation=p.empty)
        for p in found.parameters.values()
        if p.name not in ("self", "cls")
    ]
    text = str(found.replace(parameters=parameters, return_annotation=found.empty))
    return text.replace(" = ", "=")


# Ontology


def bare_ontology() -> tuple[OxigraphStore, ontology.Ontology]:
    """A store that holds ontology.ttl alone, and what it declares."""
    store = OxigraphStore()
    load_file(store, ontology.bundled("ontology.ttl"), ontology.ONTOLOGY_GRAPH)
    return store, ontology.Ontology.read(store)


def picture_of_the_classes() -> str:
    """Our classes as a drawing: each points at the class it is a kind of."""
    _, known = bare_ontology()
    ours = {iri: e for iri, e in known.classes.items() if iri.value.startswith(ontology.TRI)}
    kind_of = IRI(ontology.RDFS + "subClassOf")
    edges = tuple(
        Edge(iri, kind_of, parent)
        for iri in ours
        for parent in known.parents[iri]
        if parent in ours
    )
    joined = {end for edge in edges for end in (edge.subject, edge.object)}
    # Coloured by the class just below the most general one.
    branches = {iri: [iri, *(c for c in known.superclasses(iri) if c in ours)] for iri in ours}
    nodes = tuple(
        Entity(iri, entity.labels, classes=(branches[iri][max(len(branches[iri]) - 2, 0)],))
        for iri, entity in ours.items()
        if iri in joined
    )
    words = (*ours.values(), Entity(kind_of, (Literal("kind of", language="en"),)))
    view = make(Subgraph(nodes, edges, (), words), title="The classes, each a kind of another")
    return render.render(view, "svg").decode("utf-8")


def vocabulary() -> str:
    """The classes and properties of ontology.ttl."""
    store, known = bare_ontology()
    classes = [
        (f"`{known.curie(iri)}`", *_labels(entity), entity.hint,
         ", ".join(f"`{known.curie(parent)}`" for parent in known.parents[iri]))
        for iri, entity in known.classes.items()
    ]  # fmt: skip
    properties = [
        (f"`{known.curie(iri)}`", *_labels(entity), entity.hint, _kind(known, iri, entity),
         _one(store, iri, "domain", known), _one(store, iri, "range", known))
        for iri, entity in known.properties.items()
    ]  # fmt: skip
    return (
        "# Ontology\n\nWhat [`ontology.ttl`](../../ontology.ttl) declares. `tri:` is"
        f" `{ontology.PREFIXES['tri']}`.\n\n"
        "## Classes\n\n![The classes as a network: each points at the class it is a kind of]"
        "(../images/ontology.svg)\n\n"
        + table(("class", "English", "Chinese", "what it is", "below"), classes)
        + "\n## Properties\n\nAn edge is drawn as a line; a fact is read in the panel; a link or"
        " note is said of a page, a claim or a source.\n\n"
        + table(("property", "English", "Chinese", "what it says", "kind", "of", "is"), properties)
    )


def _labels(entity: Entity) -> tuple[str, str]:
    by_language = {label.language: label.value for label in entity.labels}
    return by_language.get("en", ""), by_language.get("zh", "")


def _kind(known: ontology.Ontology, iri: IRI, entity: Entity) -> str:
    if known.is_edge(iri):
        return "edge"
    data = IRI("http://www.w3.org/2002/07/owl#DatatypeProperty")
    return "fact" if data in entity.classes else "link or note"


def _one(store: OxigraphStore, iri: IRI, name: str, known: ontology.Ontology) -> str:
    predicate = IRI(f"http://www.w3.org/2000/01/rdf-schema#{name}")
    found = sorted(str(s.object) for s in store.statements(iri, predicate) if type(s.object) is IRI)
    return ", ".join(f"`{known.curie(IRI(text))}`" for text in found)


# Formats


def formats() -> str:
    """The formats that go in and out."""
    views = [
        (f"`{face.suffix}`", f"`{face.media_type.partition(';')[0]}`", summary(face.draw))
        for face in render.FORMATS.values()
    ]
    rdf = [
        (f"`{f.name}`", " ".join(f"`{s}`" for s in f.suffixes), f"`{f.media_type}`",
         "yes" if f.named_graphs else "")
        for f in FORMATS.values()
    ]  # fmt: skip
    return (
        "# Formats\n\n## Files of a view\n\nThe suffix chooses.\n\n"
        + table(("suffix", "media type", "what it holds"), views)
        + "\n## RDF\n\nRead and written; each may be packed with gzip (`.gz`) where it is read.\n\n"
        + table(("name", "suffixes", "media type", "holds named graphs"), rdf)
    )


# Decisions


def decisions(folder: Path) -> str:
    """The index of the decision records: their titles, sorted by file name."""
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    titles = [path.read_text("utf-8").partition("\n")[0].removeprefix("# ") for path in records]
    return (
        "# Decisions\n\nThe name of a record is the decision. Each says what led to it, what was"
        " decided, which options were refused, and what a later reader would be tempted to"
        " undo.\n\n"
        + "".join(
            f"- [{title}]({path.name})\n" for title, path in zip(titles, records, strict=True)
        )
    )


# Atlas


@cache
def bundled_atlas() -> KnowledgeGraph:
    """The atlas, opened once."""
    return triplary.open()


def atlas() -> str:
    """What the bundled atlas holds: its sources and its classes."""
    graph = bundled_atlas()
    return (
        "# The atlas\n\nThe data that ships with triplary; how it was made and what it lacks:"
        " [the data card](../concepts/atlas.md).\n\n## Sources\n\nEach is one named"
        f" graph.\n\n{sources(graph)}\n## Entities by class\n\n{classes(graph)}"
    )


def classes(graph: KnowledgeGraph) -> str:
    """The table of the classes: what each is called, and how many entities are of it."""
    known = graph.ontology
    return table(
        ("class", "English", "Chinese", "entities"),
        [
            (f"`{known.curie(iri)}`", known.label(iri), known.label(iri, "zh"), f"{count:,}")
            for iri, count in graph.index.statistics.classes
        ],
    )


def sources(graph: KnowledgeGraph) -> str:
    """The table of the named graphs: who says it, under which licence, and how much it is."""
    rows = []
    for node, count in graph.index.statistics.graphs:
        source = graph.index.evidence.source(node)
        name = license_name(source.license)
        title = f"[{source.title}]({source.url})" if _outside(source.url) else source.title
        rows.append(
            (title, source.publisher, f"[{name}]({source.license})", source.date, f"{count:,}")
        )
    return table(("source", "publisher", "licence", "date", "statements"), rows)


def _outside(url: str) -> bool:
    return url.startswith("http") and not url.startswith("https://w3id.org/triplary/")


def totals(graph: KnowledgeGraph) -> str:
    """How much the atlas holds, in one line."""
    counts = graph.index.statistics
    return (
        f"{counts.entities:,} entities, {counts.statements:,} statements in"
        f" {counts.named_graphs} named graphs, and {counts.claims:,} claims, each with the verdict"
        " of a check."
    )


def summary_of_the_atlas() -> str:
    """What the README says of the atlas."""
    graph = bundled_atlas()
    return (
        f"{totals(graph)} By class: [the atlas](docs/reference/atlas.md); what is in it and what"
        f" is not: [the data card](docs/concepts/atlas.md).\n\n{sources(graph)}"
    )


def data_card(graph: KnowledgeGraph) -> dict[str, str]:
    """The counts in the data card, by the name of their marks."""
    return {
        "totals": f"{totals(graph)}\n",
        "sources": sources(graph),
        "classes": classes(graph),
        "links": answered(graph, "links-between-publishers", ("one", "other", "entities of both")),
        "verdicts": verdicts(graph),
        "checks": answered(
            graph, "checks-by-verdict",
            ("verdict", "claims held against data", "statements for", "statements against"),
        ),
        "names": names(ROOT / "graph"),
        "refused": refused(ROOT / "graph" / "refused.tsv"),
    }  # fmt: skip


def answered(graph: KnowledgeGraph, name: str, head: Sequence[str]) -> str:
    """The table of what a named query answers."""
    return table(head, [[str(cell) for cell in row] for row in asked(graph, name)])


def asked(graph: KnowledgeGraph, name: str) -> kg.Rows:
    """The rows of a named query."""
    return cast(kg.Rows, graph.query(name))


def verdicts(graph: KnowledgeGraph) -> str:
    """How many claims of each kind have which verdict: a row for each verdict in use."""
    found = {
        (str(verdict), str(kind)): int(str(claims))
        for kind, verdict, claims in asked(graph, "verdicts-by-kind")
    }
    kinds = sorted({kind for _, kind in found})
    used = [verdict for verdict in reversed(VERDICTS) if any(v == verdict for v, _ in found)]
    rows = [
        [verdict, *(str(found.get((verdict, kind), "")) for kind in kinds),
         str(sum(count for (v, _), count in found.items() if v == verdict))]
        for verdict in used
    ]  # fmt: skip
    return table(("verdict", *kinds, "all"), rows)


def names(folder: Path) -> str:
    """How names of the sources came to their entities: by machine, and by people."""
    matched = Counter((row["source"], row["method"]) for row in _rows(folder / "matches.tsv"))
    decided = Counter(
        (row["source"], row["relation"]) for row in _rows(folder / "reconciliation.tsv")
    )
    return table(
        ("source", "by", "how", "names"),
        [
            (source, by, how, f"{count:,}")
            for by, found in (("machine", matched), ("people", decided))
            for (source, how), count in sorted(found.items())
        ],
    )


def refused(path: Path) -> str:
    """How many cells and rows of each source could not be taken."""
    cells = Counter(row["source"] for row in _rows(path))
    return table(("source", "refused"), [(name, f"{n:,}") for name, n in sorted(cells.items())])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def with_blocks(page: str, blocks: Mapping[str, str]) -> str:
    """The page with each block between its marks; raises KeyError for a block without marks."""
    for name, text in blocks.items():
        marks = rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)"
        page, found = re.subn(marks, text.replace("\\", r"\\"), page, flags=re.DOTALL)
        if found != 1:
            raise KeyError(f"the page has {found} places for {name}")
    return page


if __name__ == "__main__":
    main()
