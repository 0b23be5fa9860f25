"""What several test folders share: the atlas, opened once, and a small graph."""

import pytest
from hypothesis import settings

from conformance.small import SMALL
from triplary.kg import KnowledgeGraph
from triplary.store.formats import FORMATS
from triplary.store.opening import open_store
from triplary.store.oxigraph import OxigraphStore

# The same examples on every run: a red suite is red for everybody.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def atlas() -> KnowledgeGraph:
    """The bundled atlas; nobody writes to it."""
    return KnowledgeGraph(open_store())


@pytest.fixture
def small_store() -> OxigraphStore:
    """A store of one's own with the small graph."""
    store = OxigraphStore()
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    return store


@pytest.fixture(scope="session")
def small() -> KnowledgeGraph:
    """The small graph; nobody writes to it."""
    store = OxigraphStore()
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    return KnowledgeGraph(store)
