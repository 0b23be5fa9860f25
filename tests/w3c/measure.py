"""Measures both servers in one run, section by section."""

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from w3c import protocol
from w3c.cases import played
from w3c.servers import Peer, native, ours
from w3c.suite import Manifest, folder

COUNTS = Path(__file__).with_name("counts.json")
NOT_ASKED = {
    "sparql11/entailment": "entailment regimes: answers here are of simple entailment",
    "sparql11/service": "federation: asks servers of the W3C's that are long gone",
    "sparql11/syntax-fed": "federation: SERVICE is refused before it is read",
    "sparql11/protocol": "names its tests without requests: those are in `protocol.py`",
    "sparql11/service-description": "names its tests without requests, likewise",
}
SYNTAX = ("sparql11/syntax-query", "sparql11/syntax-update-1", "sparql11/syntax-update-2")
FORMATS = ("sparql11/csv-tsv-res", "sparql11/json-res")
UPDATES = tuple(
    f"sparql11/{name}"
    for name in (
        "add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert",
        "delete-where", "drop", "move", "update-silent",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """What became of the tests of a section: for each server what was wrong, '' where nothing."""

    ours: Mapping[str, str]
    native: Mapping[str, str]

    def counts(self) -> dict[str, int]:
        return {
            "of": len(self.ours),
            "ours": sum(not wrong for wrong in self.ours.values()),
            "native": sum(not wrong for wrong in self.native.values()),
        }


def section_of(manifest: str) -> str:
    """The section that a manifest's tests are counted in."""
    if manifest in SYNTAX or "/syntax-" in manifest:
        return "Syntax"
    if manifest in UPDATES:
        return "Update evaluation"
    return "Result formats" if manifest in FORMATS else "Query evaluation"


SECTIONS = (
    "Query evaluation", "Update evaluation", "Syntax", "Result formats", "Protocol",
    "Graph store", "Service description",
)  # fmt: skip


def measure() -> dict[str, Measured]:
    """Both servers, asked all tests."""
    names = [
        str(path.parent.relative_to(folder())) for path in sorted(folder().glob("*/*/manifest.ttl"))
    ]
    found: dict[str, tuple[dict[str, str], dict[str, str]]] = {name: ({}, {}) for name in SECTIONS}
    with tempfile.TemporaryDirectory() as place, ours(Path(place)) as us, native() as peer:
        for name in names:
            if name in NOT_ASKED:
                continue
            manifest = Manifest(name)
            for server, wrong in zip((us, peer), found[section_of(name)], strict=True):
                wrong.update(played(manifest, server))
        for server, place_ in ((us, 0), (peer, 1)):
            protocol.fill(server)
            found["Protocol"][place_].update(_each(protocol.PROTOCOL, server))
            found["Graph store"][place_].update(_each(protocol.GRAPH_STORE, server))
            found["Service description"][place_].update(_each(protocol.DESCRIPTION, server))
    return {name: Measured(*both) for name, both in found.items()}


def _each(tests: Mapping[str, Callable[[Peer], None]], peer: Peer) -> dict[str, str]:
    wrong = {}
    for name, test in tests.items():
        try:
            test(peer)
        except (httpx.HTTPError, AssertionError, ValueError, KeyError) as fault:
            wrong[name] = str(fault)[:300] or "failed"
        else:
            wrong[name] = ""
    return wrong


def table(counts: Mapping[str, Mapping[str, int]]) -> str:
    """The counts as a table of text."""
    lines = [f"{'':20} {'ours':>6} {'native':>6} {'of':>6}"]
    total: dict[str, int] = {"ours": 0, "native": 0, "of": 0}
    for name, row in counts.items():
        lines.append(f"{name:20} {row['ours']:6} {row['native']:6} {row['of']:6}")
        for column in total:
            total[column] += row[column]
    lines.append(f"{'all':20} {total['ours']:6} {total['native']:6} {total['of']:6}")
    return "\n".join(lines)


def committed() -> Any:
    """The counts as they were committed."""
    return json.loads(COUNTS.read_text("utf-8"))
