"""From what a person names — files, a folder, an address, an rdflib graph — to a store."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from triplary.errors import BadParameter, StoreError
from triplary.ontology import ONTOLOGY_GRAPH, PREFIXES, bundled
from triplary.store import Store
from triplary.store.formats import FORMATS, format_of
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI

__all__ = ["Openable", "files_in", "graph_of", "load_atlas", "load_files", "open_store"]

Openable: TypeAlias = Any
"""A path or several, the address of an endpoint, or an rdflib Graph or Dataset."""

_SUFFIXES: Final = frozenset(suffix for format in FORMATS.values() for suffix in format.suffixes)


def open_store(source: Openable | None = None, *, exact: bool = False) -> Store:
    """The store of a source: None is the bundled atlas.

    Files and folders are read into memory, each file into a named graph of its own; a folder that
    a triplary store lies in is opened on disk; http(s) is a SPARQL endpoint. Raises StoreError or
    BadParameter where nothing is there to open, ParseError where a file is not what it says.
    """
    if source is None:
        return load_atlas(OxigraphStore(exact=exact))
    if isinstance(source, str) and source.startswith(("http://", "https://")):
        _check_exact(exact, "an endpoint decides itself what its default graph is")
        from triplary.store.remote import RemoteStore

        return RemoteStore(source)
    if isinstance(source, str | Path):
        path = Path(source)
        if is_store(path):
            return OxigraphStore(path, exact=exact)
        return load_files(OxigraphStore(exact=exact), files_in(path))
    if type(source).__module__.partition(".")[0] == "rdflib":
        _check_exact(exact, "an rdflib graph is read as the union of its graphs")
        from triplary.store.rdflib import RdflibStore

        return RdflibStore(source)
    if isinstance(source, Sequence):
        paths = [file for part in source for file in files_in(Path(part))]
        return load_files(OxigraphStore(exact=exact), paths)
    raise BadParameter(
        "open", source, "it is no file, folder, address or rdflib graph",
        hint="pass a path, a list of paths, an https:// address or an rdflib Graph",
    )  # fmt: skip


def _check_exact(exact: bool, reason: str) -> None:
    if exact:
        raise BadParameter("exact", exact, reason, hint="leave it out, or load files instead")


def is_store(path: Path) -> bool:
    """Whether a folder holds a store on disk (RocksDB keeps a file named CURRENT)."""
    return (path / "CURRENT").is_file()


def files_in(path: Path) -> list[Path]:
    """The file itself, or the RDF files of a folder, sorted by name; raises StoreError for none."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise StoreError(f"There is no file or folder {path}.", hint="check the path")
    found = sorted(
        file
        for file in path.iterdir()
        if file.is_file() and _SUFFIXES.intersection(s.lower() for s in file.suffixes)
    )
    if not found:
        raise StoreError(
            f"The folder {path} holds no RDF file.",
            hint=f"known suffixes: {', '.join(sorted(_SUFFIXES))}, and .gz",
        )
    return found


def graph_of(path: Path) -> IRI:
    """The named graph, and base IRI, of a file: its name alone, so that no folder leaks out.

    >>> str(graph_of(Path("/home/somebody/my data.ttl")))
    'file:///my%20data.ttl'
    """
    from urllib.parse import quote

    return IRI(f"file:///{quote(path.name)}")


def load_files(store: OxigraphStore, paths: Iterable[Path]) -> OxigraphStore:
    """The store with each file added to a named graph of its own."""
    for path in paths:
        load_file(store, path, graph_of(path))
    return store


def load_file(store: OxigraphStore, path: Path, graph: IRI, *, format: str = "") -> int:
    """Add one file to a named graph; how many statements were new.

    Raises StoreError where it cannot be read, ParseError where it is not what it says.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise StoreError(f"{path} cannot be read: {fault.strerror}.") from fault
    kind = format_of(path.name, name=format)
    return store.load(data, name=str(path), format=kind, graph=graph, base=str(graph))


def load_atlas(store: OxigraphStore) -> OxigraphStore:
    """The store with the bundled atlas: the ontology and the files of `graph/`, a graph each."""
    load_file(store, bundled("ontology.ttl"), ONTOLOGY_GRAPH)
    for path in sorted(bundled("graph").glob("*.ttl")):
        load_file(store, path, IRI(PREFIXES["graph"] + path.stem))
    return store
