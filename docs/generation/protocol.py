"""What the endpoint supports, line by line: made from the tests that show it.

A test of the endpoint begins its docstring with the specification and the section that it is of
(two of them with a semicolon between), and says what is asked after a dash; the tables are made of
these sentences. The numbers of sections are those of the Recommendations of 21 March 2013.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generation.markdown import table

ROOT: Final = Path(__file__).resolve().parents[2]
ROOM: Final = "tests/rooms/server"
FILES: Final = (
    "test_protocol_queries.py", "test_protocol_updates.py", "test_graph_store.py",
    "test_service_description.py", "test_server_sparql.py", "test_server_live.py",
)  # fmt: skip
_HEAD: Final = re.compile(r"(?P<places>[A-Z][^—]*?) — ")
_PLACE: Final = re.compile(
    r"(?P<spec>[A-Z][^§]*?)(?P<sections>(?:,? §[\d.]+)*)(?P<beyond>, beyond it)?"
)

SPECIFICATIONS: Final = {
    "Protocol": (
        "SPARQL 1.1 Protocol", "https://www.w3.org/TR/sparql11-protocol/",
        "Queries and updates at `/sparql`.",
    ),
    "Graph Store": (
        "SPARQL 1.1 Graph Store HTTP Protocol", "https://www.w3.org/TR/sparql11-http-rdf-update/",
        "Whole graphs at `/store`, by GET, HEAD, PUT, POST and DELETE.",
    ),
    "CSV and TSV": (
        "SPARQL 1.1 Query Results CSV and TSV Formats",
        "https://www.w3.org/TR/sparql11-results-csv-tsv/",
        "Answers as text; those in [JSON](https://www.w3.org/TR/sparql11-results-json/) and"
        " [XML](https://www.w3.org/TR/rdf-sparql-XMLres/) are tested by the W3C's suite alone.",
    ),
    "Service Description": (
        "SPARQL 1.1 Service Description", "https://www.w3.org/TR/sparql11-service-description/",
        "`GET /sparql` without a query.",
    ),
    "Update": (
        "SPARQL 1.1 Update", "https://www.w3.org/TR/sparql11-update/",
        "What a write does; the language itself is tested by the W3C's suite, below.",
    ),
    "Query": (
        "SPARQL 1.1 Query Language", "https://www.w3.org/TR/sparql11-query/",
        "What the endpoint does before the engine sees a query.",
    ),
    "SPARQL 1.2 drafts": (
        "RDF 1.2 and SPARQL 1.2", "https://www.w3.org/TR/sparql12-query/",
        "Drafts, as far as the engine knows them.",
    ),
    "HTTP": ("HTTP", "https://www.rfc-editor.org/rfc/rfc9110", "RFC 9110."),
    "CORS": (
        "CORS", "https://fetch.spec.whatwg.org/#http-cors-protocol",
        "Scripts on pages of other sites.",
    ),
}  # fmt: skip

NOT_SUPPORTED: Final = (
    ("Protocol §2.2, Update §3.1.4", "LOAD fetches a document from the web",
     "refused with 403 (LOAD SILENT is passed over): a server that fetches what strangers name can"
     " be turned against others; send the document to `/store`"),
    ("Federated Query §2", "SERVICE asks another endpoint",
     "refused with 403, but for endpoints that the operator lists with `--allow-service`"),
    ("Graph Store §5", "a body without Content-Type is read as RDF/XML",
     "refused with 415, which lists the media types: no format is guessed; a part of a form without"
     " one is read by the suffix of its name"),
    ("Graph Store §5.5", "POST of an empty body is answered with 204",
     "so where the graph is there; else it makes the empty graph: 201"),
    ("Graph Store §5.7", "PATCH changes a graph by a body of some format of changes",
     "refused with 405, as the specification allows; an update does the same"),
    ("HTTP §13.1.1", "If-Match takes the ETag of an answer, for any write",
     "it takes the version of `Triplary-Version`, in quotes, and is heeded by `/store` and by"
     " updates at `/sparql`: the ETag of an answer is of its format and query as well"),
    ("Service Description §2", "the endpoint describes itself as RDF, in RDFa also for browsers",
     "a GET that ranks `text/html` first gets the page of the workbench, without RDFa; any other"
     " gets RDF"),
    ("Entailment Regimes", "answers of RDFS, OWL and other regimes",
     "answers are of simple entailment; the description names no other regime"),
    ("Protocol §2.1.3, HTTP §8.3.2", "texts in other encodings than UTF-8",
     "refused with 415, which says so"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What one test shows of one specification."""

    specification: str
    sections: tuple[str, ...]
    beyond: bool
    says: str
    test: str
    file: str


def lines() -> list[Line]:
    """The lines of all tests of the endpoint, in the order of the sections."""
    found = [line for file in FILES for line in _lines_of(file)]
    return sorted(found, key=_place)


def _place(line: Line) -> list[list[int]]:
    """What lines are sorted by: their sections; those of no section come last."""
    return [[int(n) for n in section.split(".")] for section in line.sections] or [[99]]


def _lines_of(file: str) -> Iterator[Line]:
    tree = ast.parse((ROOT / ROOM / file).read_text("utf-8"))
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        text = " ".join((ast.get_docstring(node) or "").split())
        head = _HEAD.match(text)
        for place in head["places"].split("; ") if head else ():
            match = _PLACE.fullmatch(place)
            if head is None or match is None or match["spec"] not in SPECIFICATIONS:
                raise ValueError(f"{file}: {node.name} is of an unknown specification: {place}")
            sections = tuple(re.findall(r"§([\d.]*\d)", match["sections"]))
            says = text[head.end() :]
            yield Line(match["spec"], sections, bool(match["beyond"]), says, node.name, file)


def protocol() -> str:
    """The page: each specification as a table, what is not supported, and what the W3C's say."""
    parts = [
        "# The endpoint, line by line\n\nWhat `/sparql` and `/store` do of each specification, in"
        " the words of the tests that show it; `make test` runs them all. What a line asks is"
        " supported; what is not, or is done in another way, is [told at the"
        " end](#not-supported-or-done-otherwise). Sections are numbered as in the W3C's"
        " Recommendations of 21 March 2013; *beyond* a section is what it does not ask for. A"
        " refusal is a problem document (RFC 9457): `application/problem+json` that says what is"
        " wrong and, often, what to do."
        " Writing is off unless the server was started with `--write-token-file`; what is written"
        " lives in memory.\n\nA query that names no graphs reads all of them together. A server"
        " started with `--default-graph exact`, below *an exact server*, has the default graph of"
        " SPARQL: the unnamed graph, which holds the statements of no named graph.\n"
    ]
    told = lines()
    for name, (title, address, about) in SPECIFICATIONS.items():
        rows = [
            (
                _sections(line), _sentence(line.says),
                f"[{_words(line.test)}](../../{ROOM}/{line.file})",
            )
            for line in told if line.specification == name
        ]  # fmt: skip
        parts += [
            f"## {name}\n\n[{title}]({address}). {about}\n",
            table(("section", "what is asked, and done", "shown by"), rows),
        ]
    parts += [
        "## Not supported, or done otherwise\n",
        table(("section", "what is asked", "what is done instead, and why"), NOT_SUPPORTED),
        _suite(),
    ]
    return "\n".join(parts)


def _sections(line: Line) -> str:
    told = ", ".join(f"§{section}" for section in line.sections)
    return f"beyond {told}" if line.beyond else told


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(name: str) -> str:
    return name.removeprefix("test_").replace("_", " ")


def _suite() -> str:
    """The counts of the W3C's tests, and each that is not passed."""
    folder = ROOT / "tests" / "w3c"
    counts = json.loads((folder / "counts.json").read_text("utf-8"))
    known: dict[str, object] = {}
    exec(compile((folder / "known.py").read_text("utf-8"), "known.py", "exec"), known)  # noqa: S102 - our own
    reasons: dict[str, list[str]] = {}
    for test, reason in dict(known["KNOWN"]).items():  # type: ignore[call-overload]
        reasons.setdefault(str(reason), []).append(str(test))
    rows = [
        (section, str(row["ours"]), str(row["native"]), str(row["of"]))
        for section, row in counts.items()
    ]
    total = [str(sum(row[name] for row in counts.values())) for name in ("ours", "native", "of")]
    return "\n".join([
        "## The W3C's tests\n\nThe W3C's SPARQL 1.1 suite (with that of SPARQL 1.0, on which it"
        " stands), sent over HTTP to `triplary serve --empty --default-graph exact` and, in the"
        " same run, to the Oxigraph server of the same engine. Entailment regimes and federation"
        " are left out. An update or a query that is understood and then refused (LOAD) counts as"
        " read in the tests of syntax. `tests/w3c` runs them.\n",
        table(
            ("section", "passed here", "passed by the Oxigraph server", "of"),
            [*rows, ("**all**", *total)],
        ),
        "What is not passed, each for a reason of the engine's or of the test's own age:\n",
        table(
            ("reason", "tests"),
            [(_sentence(reason), ", ".join(f"`{t}`" for t in tests))
             for reason, tests in reasons.items()],
        ),
    ])  # fmt: skip
