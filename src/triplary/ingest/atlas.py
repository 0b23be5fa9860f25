"""The bundled atlas, made again from its sources: every file of graph/, byte for byte."""

import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from triplary.errors import RecipeError
from triplary.ingest.matching import Known, Match, write_matches
from triplary.ingest.recipes import Ingested, Refusal, run
from triplary.ingest.turtle import write

__all__ = ["MATCHED", "SOURCES", "build"]

SOURCES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ai-atlas-nexus": (
            "data/ai-atlas-nexus/principles_oecd.yaml",
            "data/ai-atlas-nexus/principles_un.yaml",
            "data/ai-atlas-nexus/principles_australia.yaml",
            "data/ai-atlas-nexus/nist_ai_rmf_data.yaml",
            "data/ai-atlas-nexus/owasp_llm_2.0_data.yaml",
            "data/ai-atlas-nexus/risk_atlas_data.yaml",
        ),
        "article": ("seed/seed_claims.tsv",),
        "checks": (),
        "claims": ("seed/seed_claims.tsv",),
        "country-codes": ("data/country-codes/country-codes.csv",),
        "entities": ("seed/seed_entities.tsv",),
        "epoch": ("data/epoch-ai/notable-ai-models_2026-01.csv",),
        "epoch-all": (
            "data/epoch-ai/all_ai_models_2025-04.csv",
            "data/epoch-ai/notable-ai-models_2026-01.csv",
        ),
        "facts": (),
        "fmti": (
            "data/fmti/Dec2025_Dec2025_scores.csv",
            "data/fmti/Dec2025_Dec2025_indicators.csv",
        ),
        "lfai": ("data/lfai-landscape/landscape.yml",),
        "llms-in-china": ("data/llms-in-china/README.md",),
        "matches": (),
        "open-llms": ("data/open-llms/README.md",),
        "sources": (),
    }
)
"""Each named graph of the atlas, and the files of the shared data that its recipe reads."""

MATCHED: Final = ("epoch-all", "lfai", "open-llms", "fmti", "llms-in-china")
"""The sources whose names are matched by machine, each with all that came before it."""


def build(shared: Path, graph: Path) -> dict[str, Ingested]:
    """Write graph/NAME.ttl for every named graph; what each recipe made and refused, by name.

    `shared` holds the sources, `graph` the recipes and the result; the matches that were found go
    to graph/matches.tsv, what could not be read to graph/refused.tsv. Raises RecipeError where a
    source is missing, before anything is written.
    """
    missing = [
        name for files in SOURCES.values() for name in files if not (shared / name).is_file()
    ]
    if missing:
        raise RecipeError(
            f"{shared} lacks {', '.join(sorted(set(missing)))}.",
            hint="the atlas can be rebuilt only where its sources are",
        )

    def make(name: str) -> Ingested:
        return run(graph / "recipes" / f"{name}.rq", [shared / file for file in SOURCES[name]])

    made = {name: make(name) for name in ("entities", "epoch")}
    known = Known()
    for ingested in made.values():
        known.learn(ingested.statements)
    decided = _decisions(graph / "reconciliation.tsv")
    matches: list[Match] = []
    for name in MATCHED:
        # First without matches, to see the names; then with them, to join what they mean.
        write_matches(matches, graph / "matches.tsv")
        matches += known.matches(name, make(name).statements, decided[name])
        write_matches(matches, graph / "matches.tsv")
        made[name] = make(name)
        known.learn(made[name].statements)
    made |= {name: make(name) for name in SOURCES if name not in made}
    for name in SOURCES:
        comment = f"Made by recipes/{name}.rq: edit that, or the tables it reads, not this file."
        write(made[name].statements, graph / f"{name}.ttl", comment=comment)
    _write_refused({name: made[name].refused for name in SOURCES}, graph / "refused.tsv")
    return {name: made[name] for name in SOURCES}


def _decisions(path: Path) -> dict[str, dict[str, set[str]]]:
    """By source and name, the entities that people have ruled on; what is decided needs no match.

    A decision on a name of Epoch AI's holds for both of its editions.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            for source in (
                ("epoch-ai", "epoch-all") if row["source"] == "epoch-ai" else (row["source"],)
            ):
                found[source][row["name"]].add(row["entity"])
    return found


def _write_refused(refused: Mapping[str, Sequence[Refusal]], path: Path) -> None:
    """Write the table of cells and rows that were not taken, in the order of the files."""
    rows = [
        (name, found.file, str(found.line), found.column, found.value, found.reason)
        for name, refusals in refused.items()
        for found in refusals
    ]
    head = ("source", "file", "line", "column", "value", "reason")
    # A cell may hold line breaks and tabs, which would break the table.
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in (head, *rows))
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def main(shared: str, graph: str) -> None:
    """Build the atlas and say what each recipe made and refused: what `make atlas` runs."""
    for name, ingested in build(Path(shared), Path(graph)).items():
        count, refused = len(ingested.statements), len(ingested.refused)
        sys.stdout.write(f"{name}: {count:,} statements, {refused} cells refused\n")
        sys.stdout.writelines(f"  {refusal}\n" for refusal in ingested.refused)


if __name__ == "__main__":
    main(*sys.argv[1:])
