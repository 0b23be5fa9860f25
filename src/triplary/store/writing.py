"""What a write does to a store: an update, or a whole graph put, added to or taken away.

It runs in a successor of the nursery (`nursery.succeed`), on memory of its own: whatever goes wrong
here, the graph that is asked meanwhile stays as it was.
"""

import json
import re
import socket
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import pyoxigraph as ox

from triplary.errors import ParseError, QueryFailed
from triplary.store.documents import OX_FORMATS, load, opened, parse_error
from triplary.store.formats import FORMATS, Format
from triplary.store.layout import Layout
from triplary.store.syntax import syntax_error

__all__ = ["Change", "Document", "Written", "apply", "compact", "frames_of", "read_change"]

_VISIBLE: Final = re.compile(r"[^\r\n]")
DENSE: Final = 16
"""After so many writes to a union, the engine's memory of what was removed is let go of."""
PER_WRITE: Final = 10_000
"""In an exact store, after one write for so many statements: most writes touch few of them."""


@dataclass(frozen=True, slots=True)
class Document:
    """An RDF document that came with a write; errors call it `name`."""

    data: bytes
    format: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """A write: `kind` is update, put, post or delete.

    An update is SPARQL `text`, in `groups` where the engine cannot read it at once (see
    `update_guard.GuestUpdate`). The others are of a `graph`: its IRI, '' for the statements of no
    graph, None for all graphs together. `base` is what relative IRIs are resolved against.
    """

    kind: str
    text: str = ""
    groups: tuple[tuple[int, int, int, int], ...] = ()
    graph: str | None = None
    documents: tuple[Document, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a write: the named graphs that are there now, and whether one is new.

    `absent` says that the graph to delete was not there; `version` is the id of what is now.
    """

    graphs: frozenset[str]
    created: bool = False
    absent: bool = False
    version: str = ""


def frames_of(change: Change) -> bytes:
    """The change as bytes for a socket: a length, JSON without the documents' data, the data."""
    told = asdict(change)
    told["documents"] = [
        {"format": document.format, "name": document.name, "size": len(document.data)}
        for document in change.documents
    ]
    head = json.dumps(told).encode()
    return b"".join(
        (struct.pack("!I", len(head)), head, *(document.data for document in change.documents))
    )


def read_change(door: socket.socket) -> Change:
    """The change that the other side sent as `frames_of` made it; EOFError where it hangs up."""
    told = json.loads(_exactly(door, struct.unpack("!I", _exactly(door, 4))[0]))
    documents = tuple(
        Document(_exactly(door, part["size"]), part["format"], part["name"])
        for part in told.pop("documents")
    )
    return Change(**told, documents=documents)


def _exactly(door: socket.socket, size: int) -> bytes:
    data = bytearray(size)
    view, got = memoryview(data), 0
    while got < size:
        more = door.recv_into(view[got:])
        if not more:
            raise EOFError
        got += more
    return bytes(data)


def apply(store: ox.Store, change: Change, layout: Layout) -> dict[str, Any]:
    """Do a write; what is then told of it. Raises QueryError, QueryFailed or ParseError."""
    layout.dissolve(store)
    told = _update(store, change) if change.kind == "update" else _graph(store, change)
    graphs = [name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode)]
    layout.restore(store)
    return {**told, "graphs": graphs}


def _update(store: ox.Store, change: Change) -> dict[str, bool]:
    try:
        for text in _texts(change):
            store.update(text, base_iri=change.base or None)
    except SyntaxError as fault:
        raise syntax_error(change.text, str(fault), what="update") from fault
    except (OSError, ValueError, RuntimeError) as fault:
        raise QueryFailed(f"The update cannot be done: {fault}", query=change.text) from fault
    return {}


def _texts(change: Change) -> Iterator[str]:
    """The update in texts that the engine reads, every character of each where it was."""
    if not change.groups:
        yield change.text
    prologue, after = "", 0
    for start, end, first, last in change.groups:
        if end > start:
            prologue += _blank(change.text[after:start]) + change.text[start:end]
            after = end
        yield prologue + _blank(change.text[after:first]) + change.text[first:last]


def _blank(text: str) -> str:
    return _VISIBLE.sub(" ", text)


def _graph(store: ox.Store, change: Change) -> dict[str, bool]:
    """Graph Store Protocol §5: put replaces, post merges, delete takes away."""
    if change.graph is None:
        if change.kind != "post":
            store.clear()
        for document in change.documents:
            _load(store, document, ox.DefaultGraph(), change.base)
        return {}
    target = ox.NamedNode(change.graph) if change.graph else ox.DefaultGraph()
    named = isinstance(target, ox.NamedNode)
    known = not named or store.contains_named_graph(target)
    if change.kind == "delete":
        if named and known:
            store.remove_graph(target)
        elif known:
            store.clear_graph(target)
        return {"absent": not known}
    if change.kind == "put":
        store.clear_graph(target)
    if named:
        store.add_graph(target)
    for document in change.documents:
        _load(store, document, target, change.base)
    return {"created": not known}


def _load(store: ox.Store, document: Document, home: Any, base: str) -> None:
    format = FORMATS[document.format]
    if not format.named_graphs or home == ox.DefaultGraph():
        load(store, document.data, home, name=document.name, format=format, base=base)
        return
    store.extend(_into(home, document, format, base))


def _into(home: Any, document: Document, format: Format, base: str) -> Iterator[ox.Quad]:
    """The quads of a document that could name graphs, but is of one; raises where it does."""
    data = opened(document.data, document.name, format)
    try:
        found = ox.parse(
            data, OX_FORMATS[format.name], base_iri=base or None, rename_blank_nodes=True
        )
        for quad in found:
            if quad.graph_name != ox.DefaultGraph():
                raise ParseError(
                    document.name, None, None, f"names the graph {quad.graph_name} itself",
                    hint="send it to /store without graph=, or the triples alone",
                )  # fmt: skip
            yield ox.Quad(quad.subject, quad.predicate, quad.object, home)
    except (SyntaxError, OSError, ValueError) as fault:
        raise parse_error(fault, data, document.name, format) from fault


def compact(store: ox.Store, writes: int, *, union: bool) -> ox.Store:
    """The store itself, or after many writes a copy without what the engine keeps of the past.

    Removed quads stay in the engine's memory, and each change of a quad makes it slower to read.
    """
    if writes < DENSE or (not union and writes * PER_WRITE < len(store)):
        return store
    fresh = ox.Store()
    fresh.extend(store)
    for name in store.named_graphs():
        fresh.add_graph(name)
    return fresh
