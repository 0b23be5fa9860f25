"""The named queries, the errors, the formats and the decision records."""

import inspect
from pathlib import Path

import triplary
import triplary.errors
from generation.markdown import code, prose, summary, table
from triplary import query as library
from triplary import render
from triplary.server import problems
from triplary.store.formats import FORMATS


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
