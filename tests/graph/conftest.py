"""The atlas in a store, and the sources it was made from where they are."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.questions import GRAPHS, ONTOLOGY, ROOT, SHARED, Atlas
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI


def seed_rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "seed" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="session")
def atlas() -> Iterator[Atlas]:
    store = OxigraphStore()
    for path in sorted((ROOT / "graph").glob("*.ttl")):
        store.load(
            path.read_bytes(),
            name=path.name,
            format=FORMATS["turtle"],
            graph=IRI(GRAPHS + path.stem),
        )
    path = ROOT / "ontology.ttl"
    store.load(path.read_bytes(), name=path.name, format=FORMATS["turtle"], graph=ONTOLOGY)
    yield Atlas(store)
    store.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared holds the sources; a user's machine has none of them")
    return SHARED


@pytest.fixture(scope="session")
def seed_claims(shared: Path) -> list[dict[str, str]]:
    return seed_rows(shared, "seed_claims.tsv")


@pytest.fixture(scope="session")
def seed_entities(shared: Path) -> list[dict[str, str]]:
    return seed_rows(shared, "seed_entities.tsv")


@pytest.fixture(scope="session")
def epoch_rows(shared: Path) -> list[dict[str, str]]:
    path = shared / "data" / "epoch-ai" / "notable-ai-models_2026-01.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
