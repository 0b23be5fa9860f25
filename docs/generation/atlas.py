"""What the bundled atlas holds, counted: for its page, the README and the data card."""

import csv
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, cast

import triplary
import triplary.errors
from generation.markdown import table
from triplary import kg
from triplary.kg import KnowledgeGraph
from triplary.terms import VERDICTS
from triplary.view.sentences import license_name

ROOT: Final = Path(__file__).resolve().parents[2]


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
