"""Plays the tests of a manifest against a server, by HTTP alone."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import httpx
import pyoxigraph as ox

from w3c import terms
from w3c.servers import Peer
from w3c.suite import QT, RDFS, UT, Case, Manifest

FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
FORMATS = {
    ".srx": ("application/sparql-results+xml", terms.from_xml),
    ".srj": ("application/sparql-results+json", terms.from_json),
    ".csv": ("text/csv", terms.from_csv),
    ".tsv": ("text/tab-separated-values", terms.from_tsv),
}
MEDIA = {".ttl": "turtle", ".rdf": "xml", ".nt": "nt"}


def played(manifest: Manifest, peer: Peer) -> Iterator[tuple[str, str]]:
    """Each test, with '' where it passed and what was wrong where it did not."""
    loaded: str | None = None
    for case in manifest.cases():
        kind = case.kind
        try:
            if kind in ("QueryEvaluationTest", "CSVResultFormatTest"):
                loaded = _load(peer, _data_of(case), loaded)
                wrong = _query(case, peer)
            elif kind == "UpdateEvaluationTest":
                loaded = None
                _load(peer, _state_of(case, case.action), None)
                wrong = _update(case, peer)
            elif "Syntax" in kind:
                wrong = _syntax(case, peer)
                loaded = None if _is_update(case) else loaded
            else:
                continue
        except (httpx.HTTPError, AssertionError, ValueError) as fault:
            wrong = f"{type(fault).__name__}: {fault}"[:300]
        yield case.id, wrong


def quads_of(manifest: Manifest, node: Any, graph: Any) -> Iterator[ox.Quad]:
    """The quads of a file, in a graph."""
    path = manifest.file(node)
    format = ox.RdfFormat.RDF_XML if path.suffix == ".rdf" else ox.RdfFormat.TURTLE
    for quad in ox.parse(path.read_bytes(), format, base_iri=node.value, rename_blank_nodes=True):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _data_of(case: Case) -> tuple[list[ox.Quad], list[str]]:
    """The dataset of a query's test: quads, and the named graphs, those without a triple too."""
    manifest = case.manifest
    default = ox.DefaultGraph()
    quads = [
        quad for node in manifest.all(case.action, QT + "data")
        for quad in quads_of(manifest, node, default)
    ]  # fmt: skip
    query = manifest.file(manifest.one(case.action, QT + "query")).read_text("utf-8")
    named = [*manifest.all(case.action, QT + "graphData")]
    for name in FROM.findall(query):
        node = ox.NamedNode(urljoin(manifest.base, name))
        if manifest.file(node).is_file() and node not in named:
            named.append(node)
    for node in named:
        quads += quads_of(manifest, node, node)
    return quads, [node.value for node in named]


def _state_of(case: Case, node: Any) -> tuple[list[ox.Quad], list[str]]:
    """The dataset before or after an update's test."""
    manifest = case.manifest
    quads = [
        quad for data in manifest.all(node, UT + "data")
        for quad in quads_of(manifest, data, ox.DefaultGraph())
    ]  # fmt: skip
    names = []
    for part in manifest.all(node, UT + "graphData"):
        name = ox.NamedNode(manifest.one(part, RDFS + "label").value)
        names.append(name.value)
        quads += quads_of(manifest, manifest.one(part, UT + "graph"), name)
    return quads, names


def _load(peer: Peer, data: tuple[list[ox.Quad], list[str]], loaded: str | None) -> str:
    """Make the server's dataset this one, unless it is; what is loaded then."""
    quads, names = data
    body = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    told = body.decode() + "\n".join(sorted(names))
    if told == loaded:
        return loaded
    put = peer.client.put(peer.store, content=body, headers={"Content-Type": "application/n-quads"})
    assert put.is_success, f"PUT: {put.status_code} {put.text}"
    held = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    for name in set(names) - held:
        empty = peer.client.put(
            peer.store, params={"graph": name}, content=b"",
            headers={"Content-Type": "text/turtle"},
        )  # fmt: skip
        assert empty.is_success, f"PUT: {empty.status_code} {empty.text}"
    return told


def _query(case: Case, peer: Peer) -> str:
    manifest = case.manifest
    query = manifest.file(manifest.one(case.action, QT + "query")).read_text("utf-8")
    path = manifest.file(case.result)
    if path.suffix in FORMATS:
        media, read = FORMATS[path.suffix]
        answer = read(_asked(peer, query, media, manifest).content)
        expected = read(path.read_bytes())
    else:
        graph = terms.read_graph(path.read_bytes(), MEDIA[path.suffix], manifest.base + path.name)
        described = terms.from_graph(graph)
        if described is None:
            found = _asked(peer, query, "application/n-triples", manifest)
            got = terms.read_graph(found.content, "nt", manifest.base)
            return "" if terms.isomorphic(graph, got) else f"another graph: {found.text[:200]}"
        expected = described
        accept = "application/sparql-results+json"
        answer = terms.from_json(_asked(peer, query, accept, manifest).content)
    if terms.same(expected, answer, lax=case.lax):
        return ""
    return f"expected {expected}, found {answer}"[:600]


def _asked(peer: Peer, query: str, accept: str, manifest: Manifest) -> httpx.Response:
    # The suite resolves relative IRIs against the query's file.
    text = f"BASE <{manifest.base}> {query}"
    found = peer.client.post(
        peer.query, content=text.encode(),
        headers={"Content-Type": "application/sparql-query", "Accept": accept},
    )  # fmt: skip
    assert found.status_code == 200, f"{found.status_code} {found.text}"
    assert found.headers["content-type"].startswith(accept), found.headers["content-type"]
    return found


def _update(case: Case, peer: Peer) -> str:
    manifest = case.manifest
    text = manifest.file(manifest.one(case.action, UT + "request")).read_text("utf-8")
    done = peer.client.post(
        peer.update, content=f"BASE <{manifest.base}> {text}".encode(),
        headers={"Content-Type": "application/sparql-update"},
    )  # fmt: skip
    if not done.is_success:
        return f"{done.status_code} {done.text}"[:300]
    dump = peer.client.get(peer.store, headers={"Accept": "application/n-quads"})
    assert dump.status_code == 200, dump.text
    expected, _ = _state_of(case, case.result)
    found = ox.parse(dump.content, ox.RdfFormat.N_QUADS)
    return "" if _canonical(expected) == _canonical(found) else f"another state: {dump.text[:300]}"


def _canonical(quads: Any) -> list[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def _is_update(case: Case) -> bool:
    """Whether a syntax test is of an update; some say only by their file's suffix that they are."""
    return "Update" in case.kind or bool(case.action.value.endswith(".ru"))


def _syntax(case: Case, peer: Peer) -> str:
    path = case.manifest.file(case.action)
    update = _is_update(case)
    found = peer.client.post(
        peer.update if update else peer.query, content=path.read_bytes(),
        headers={"Content-Type": f"application/sparql-{'update' if update else 'query'}"},
    )  # fmt: skip
    if case.kind.startswith("Negative"):
        return "" if found.status_code == 400 else f"taken: {found.status_code}"
    # What is understood and then refused, or fails to fetch what it names, is SPARQL all the same.
    return f"not taken: {found.text[:300]}" if found.status_code == 400 else ""
