"""The hash of a graph's statements: the same wherever and in whatever order they are kept."""

import hashlib
import io
from typing import Final

import pyoxigraph as ox

from triplary.store import Store
from triplary.store.formats import FORMATS

__all__ = ["Fingerprint", "fingerprint"]

Fingerprint = tuple[str, str]
"""A SHA-256 in hexadecimal digits, and how the statements were brought into one form for it."""

_CANONICAL_MOST: Final = 500_000
_BY_RDFC: Final = "SHA-256 of the N-Quads canonicalised by RDFC-1.0"
_BY_LINES: Final = "SHA-256 of the sorted N-Quads, blank nodes without their labels"


def fingerprint(store: Store) -> Fingerprint:
    """The hash of all statements of a store, and how it was made.

    Blank nodes get canonical labels (https://www.w3.org/TR/rdf-canon/); in a graph of more than
    half a million statements they count without labels, since that can take very long.

    >>> from triplary.store.oxigraph import OxigraphStore
    >>> fingerprint(OxigraphStore())[0][:12]
    'e3b0c44298fc'
    """
    out = io.BytesIO()
    store.dump(out, format=FORMATS["nquads"])
    data = out.getvalue()
    if b"_:" in data and data.count(b"\n") <= _CANONICAL_MOST:
        dataset = ox.Dataset(ox.parse(data, ox.RdfFormat.N_QUADS))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        data = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
        return _hash(data), _BY_RDFC
    if b"_:" not in data:
        return _hash(data), _BY_RDFC  # without blank nodes that is the sorted lines
    bare = b"\n".join(
        b" ".join(b"_:" if word.startswith(b"_:") else word for word in line.split(b" "))
        for line in data.split(b"\n")
    )
    return _hash(bare), _BY_LINES


def _hash(data: bytes) -> str:
    """The hash of the lines, sorted, each with the line feed at its end."""
    lines = sorted(line for line in data.split(b"\n") if line)
    return hashlib.sha256(b"".join(line + b"\n" for line in lines)).hexdigest()
