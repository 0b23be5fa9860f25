"""The W3C's SPARQL 1.1 tests, fetched once: rdflib's source distribution carries them.

They are the W3C's own files and are not part of this project. They come from the package index that
pip uses here, into a folder that git does not see, and are read as data only.
"""

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph as ox

VERSION = "7.6.0"
INSIDE = f"rdflib-{VERSION}/test/data/suites/w3c/"
SUITES = ("sparql11/", "dawg-data-r2/")
ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / f"w3c-{VERSION}"
BASE = "http://www.w3.org/2009/sparql/docs/tests/"

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
DAWGT = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


class NotFetched(Exception):
    """The suite is not here and could not be fetched."""


@cache
def folder() -> Path:
    """Where the suite lies; fetched at the first call, raises NotFetched where it cannot be."""
    if not (CACHE / "sparql11").is_dir():
        _fetch()
    return CACHE


def _fetch() -> None:
    packed = CACHE.parent / "sdist"
    packed.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--no-binary", "rdflib", "--dest", str(packed),
        f"rdflib=={VERSION}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    found = sorted(packed.glob(f"rdflib-{VERSION}*.tar.gz"))
    if not found:
        raise NotFetched(
            f"The W3C's SPARQL tests are not in {CACHE.relative_to(ROOT)}, and rdflib {VERSION}'s"
            f" source, which carries them, could not be fetched:\n{done.stderr.strip()}"
        )
    unpacked = CACHE.with_name(f"{CACHE.name}-{os.getpid()}")
    with tarfile.open(found[0]) as archive:
        for member in archive:
            name = member.name.removeprefix(INSIDE)
            file = archive.extractfile(member) if name.startswith(SUITES) else None
            # Folders and links have no file; a name that leads out of the folder is not written.
            if file is None or ".." in PurePosixPath(name).parts:
                continue
            target = unpacked / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read())
    unpacked.rename(CACHE)


@dataclass(frozen=True)
class Case:
    """One test of a manifest."""

    id: str
    kind: str
    action: Any
    result: Any
    manifest: "Manifest"
    lax: bool


class Manifest:
    """A manifest: its tests in order, and the files that they name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = folder() / name
        self.base = f"{BASE}{name}/"
        self.store = ox.Store()
        text = (self.folder / "manifest.ttl").read_bytes()
        self.store.load(text, ox.RdfFormat.TURTLE, base_iri=self.base + "manifest.ttl")

    def one(self, subject: Any, predicate: str) -> Any:
        """The object of a property, or None."""
        return next(iter(self.all(subject, predicate)), None)

    def all(self, subject: Any, predicate: str) -> list[Any]:
        """The objects of a property."""
        if subject is None or isinstance(subject, ox.Literal):
            return []
        found = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def file(self, node: Any) -> Path:
        """The file that an IRI stands for."""
        return self.folder / node.value.removeprefix(self.base)

    def cases(self) -> Iterator[Case]:
        """The approved tests."""
        top = next(self.store.quads_for_pattern(None, ox.NamedNode(MF + "entries"), None))
        for entry in self._list(top.object):
            approval = self.one(entry, DAWGT + "approval")
            if approval is not None and approval.value == DAWGT + "Withdrawn":
                continue
            kind = self.one(entry, RDF + "type").value.removeprefix(MF)
            lax = self.one(entry, MF + "resultCardinality") is not None
            yield Case(
                f"{self.name}#{entry.value.rpartition('#')[2]}", kind,
                self.one(entry, MF + "action"), self.one(entry, MF + "result"), self, lax,
            )  # fmt: skip

    def _list(self, node: Any) -> Iterator[Any]:
        while node.value != RDF + "nil":
            yield self.one(node, RDF + "first")
            node = self.one(node, RDF + "rest")
