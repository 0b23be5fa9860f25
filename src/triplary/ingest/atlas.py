"""The bundled atlas, made again from its sources: every file of graph/, byte for byte."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from triplary.errors import RecipeError
from triplary.ingest.recipes import Ingested, run
from triplary.ingest.turtle import write

__all__ = ["SOURCES", "build"]

SOURCES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "article": ("seed/seed_claims.tsv",),
        "claims": ("seed/seed_claims.tsv",),
        "entities": ("seed/seed_entities.tsv",),
        "epoch": ("data/epoch-ai/notable-ai-models_2026-01.csv",),
        "facts": (),
        "sources": (),
    }
)
"""Each named graph of the atlas, and the files of the shared data that its recipe reads."""


def build(shared: Path, graph: Path) -> dict[str, Ingested]:
    """Write graph/NAME.ttl for every named graph; what each recipe made and refused, by name.

    `shared` holds the sources, `graph` the recipes and the result. Raises RecipeError where a
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
    made = {
        name: run(graph / "recipes" / f"{name}.rq", [shared / file for file in files])
        for name, files in SOURCES.items()
    }
    for name, ingested in made.items():
        comment = f"Made by recipes/{name}.rq: edit that, or the tables it reads, not this file."
        write(ingested.statements, graph / f"{name}.ttl", comment=comment)
    return made


def main(shared: str, graph: str) -> None:
    """Build the atlas and say what each recipe made and refused: what `make atlas` runs."""
    for name, ingested in build(Path(shared), Path(graph)).items():
        count, refused = len(ingested.statements), len(ingested.refused)
        sys.stdout.write(f"{name}: {count:,} statements, {refused} cells refused\n")
        sys.stdout.writelines(f"  {refusal}\n" for refusal in ingested.refused)


if __name__ == "__main__":
    main(*sys.argv[1:])
