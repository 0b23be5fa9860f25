"""The endpoint against the W3C's SPARQL 1.1 tests, and beside it the engine's own server.

Federation and entailment regimes are left out (`measure.NOT_ASKED` says why). A test that is not
passed stands in `known.KNOWN` with its reason; one that passes may not stand there.
"""

import pytest

from w3c.known import KNOWN
from w3c.measure import SECTIONS, Measured, committed, measure


@pytest.fixture(scope="module")
def measured() -> dict[str, Measured]:
    """Both servers, asked all tests once."""
    return measure()


@pytest.mark.parametrize("section", SECTIONS)
def test_all_is_passed_but_what_is_known(measured: dict[str, Measured], section: str) -> None:
    found = measured[section]
    failed = {id: wrong for id, wrong in found.ours.items() if wrong}
    known = {id: KNOWN[id] for id in found.ours if id in KNOWN}
    assert failed.keys() == known.keys(), failed


@pytest.mark.parametrize("section", SECTIONS)
def test_what_the_native_server_passes_is_passed(
    measured: dict[str, Measured], section: str
) -> None:
    found = measured[section]
    behind = {id: wrong for id, wrong in found.ours.items() if wrong and not found.native[id]}
    assert behind == {}
    assert found.ours.keys() == found.native.keys()


def test_the_counts_are_those_that_are_told(measured: dict[str, Measured]) -> None:
    counts = {name: section.counts() for name, section in measured.items()}
    assert counts == committed()


def test_each_known_failure_is_of_a_test_that_is_there(measured: dict[str, Measured]) -> None:
    ids = {id for section in measured.values() for id in section.ours}
    assert KNOWN.keys() - ids == set()
