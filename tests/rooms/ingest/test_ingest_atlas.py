import shutil
from pathlib import Path

import pytest
import rdflib

from triplary.errors import RecipeError
from triplary.ingest.atlas import SOURCES, build
from triplary.ingest.cells import canonical
from triplary.ingest.csvw import Refusal, read_metadata, read_rows
from triplary.ingest.facade import rows_as_triples
from triplary.ingest.recipes import match, run
from triplary.store.rdflib import RdflibStore
from triplary.terms import Literal, Statement

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared holds the sources; a user's machine has none of them"
)
def test_the_atlas_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    shutil.copytree(ROOT / "graph", graph, ignore=shutil.ignore_patterns("*.ttl"))
    made = build(SHARED, graph)
    assert sorted(made) == sorted(path.stem for path in (ROOT / "graph").glob("*.ttl"))
    different = [
        path.name
        for path in sorted((ROOT / "graph").glob("*.ttl"))
        if path.read_bytes() != (graph / path.name).read_bytes()
    ]
    assert different == []
    assert [str(refusal) for name in SOURCES for refusal in made[name].refused] == [
        f"notable-ai-models_2026-01.csv, line {line}, column {column}: “{text}” is not {what}."
        for line, column, text, what in (
            (181, "Link", "arxiv.org/abs/2501.14818", "a web address"),
            (236, "Link", "https://pixeldance.io/ (LINK BROKEN)", "a web address"),
            (471, "Link", "https://arxiv.org/abs/2310.17680 (was withdrawn)", "a web address"),
            (651, "Training dataset size (gradients)", "2260275840,2290000001", "a number"),
            (672, "Training dataset size (gradients)", "327978752,192851506176", "a number"),
            (707, "Training dataset size (gradients)", "14180000,14180000", "a number"),
        )
    ]
    assert {name: ingested.rows for name, ingested in made.items()} == {
        "article": 143,
        "claims": 143,
        "entities": 80,
        "epoch": 976,
        "facts": 0,
        "sources": 0,
    }


# Epoch AI's recipe gives the same in rdflib too, but takes it two minutes: too long for here.
@pytest.mark.parametrize("name", sorted(set(SOURCES) - {"epoch"}))
def test_a_recipe_is_standard_sparql_that_another_engine_answers_alike(name: str) -> None:
    files = [SHARED / file for file in SOURCES[name]]
    if not all(file.is_file() for file in files):
        pytest.skip("../shared holds the sources; a user's machine has none of them")
    recipe = ROOT / "graph" / "recipes" / f"{name}.rq"
    store = RdflibStore(rdflib.Graph())
    refused: list[Refusal] = []
    tables = read_metadata(recipe.with_suffix(".csvw.json"))
    for place, (table, path) in enumerate(match(tables, files, recipe)):
        rows = read_rows(path, table, refused)
        store.add(rows_as_triples(rows, table, path.name, prefix=f"t{place}"))
    found = {
        Statement(s.subject, s.predicate, canonical(s.object))
        if isinstance(s.object, Literal)
        else s
        for s in store.construct(recipe.read_text("utf-8"))
    }
    assert found == set(run(recipe, files).statements)
    assert refused == []


def test_missing_sources_are_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(RecipeError) as fault:
        build(tmp_path, tmp_path / "graph")
    assert fault.value.message == (
        f"{tmp_path} lacks data/epoch-ai/notable-ai-models_2026-01.csv, "
        "seed/seed_claims.tsv, seed/seed_entities.tsv."
    )
    assert not (tmp_path / "graph").exists()
