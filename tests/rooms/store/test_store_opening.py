"""From what a person names to a store: files, folders, stores on disk, rdflib graphs, mistakes."""

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from conformance.small import SMALL, STATEMENTS
from triplary.errors import BadParameter, ParseError, StoreError
from triplary.store import Store
from triplary.store.formats import FORMATS, format_of
from triplary.store.opening import files_in, graph_of, is_store, load_file, open_store
from triplary.store.oxigraph import OxigraphStore
from triplary.store.rdflib import RdflibStore
from triplary.terms import IRI, Literal, Statement

TRIPLE = b'<http://x.org/a> <http://x.org/p> "1" .'
STATEMENT = (IRI("http://x.org/a"), IRI("http://x.org/p"), Literal("1"))
SUFFIXES = [".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".xml", ".jsonld", ".json"]


def statements(store: Store) -> set[tuple[object, ...]]:
    return {(s.subject, s.predicate, s.object, str(s.graph)) for s in store.statements()}


def test_a_file_becomes_a_named_graph_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "my data.nt"
    file.write_bytes(TRIPLE)
    for source in (file, str(file), [file], (str(file),)):
        assert statements(open_store(source)) == {(*STATEMENT, "file:///my%20data.nt")}


def test_a_folder_is_all_its_rdf_files(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_bytes(TRIPLE)
    (tmp_path / "b.NT.gz").write_bytes(gzip.compress(TRIPLE))
    (tmp_path / "notes.md").write_text("# not RDF")
    (tmp_path / "deeper.ttl").mkdir()
    assert [file.name for file in files_in(tmp_path)] == ["a.nt", "b.NT.gz"]
    assert statements(open_store(tmp_path)) == {
        (*STATEMENT, "file:///a.nt"),
        (*STATEMENT, "file:///b.NT.gz"),
    }


def test_relative_names_in_a_file_do_not_tell_where_it_lay(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"<#x> <p> <> .")
    (found,) = open_store(file).statements()
    assert (found.subject, found.predicate, found.object, found.graph) == (
        IRI("file:///a.ttl#x"), IRI("file:///p"), IRI("file:///a.ttl"), graph_of(file),
    )  # fmt: skip


def test_a_store_on_disk_is_opened_where_it_lies(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    made = OxigraphStore(folder)
    made.load(SMALL, name="small.trig", format=FORMATS["trig"])
    before = statements(made)
    made.close()
    assert (is_store(folder), is_store(tmp_path)) == (True, False)
    again = open_store(folder)
    assert isinstance(again, OxigraphStore)
    assert (statements(again), len(again), again.directory) == (before, STATEMENTS, folder)
    with pytest.raises(StoreError) as caught:
        open_store(folder)
    assert caught.value.message.startswith(f"The store in {folder} does not open: ")
    assert caught.value.hint == "is another process writing to it? is it a triplary store?"
    again.close()


def test_a_read_only_opening_sees_what_was_there(tmp_path: Path) -> None:
    writer = OxigraphStore(tmp_path)
    writer.add([Statement(*STATEMENT)])
    reader = OxigraphStore(tmp_path, read_only=True)
    assert statements(reader) == {(*STATEMENT, "None")}
    reader.close()
    writer.close()


def test_a_store_that_another_program_made_is_not_taken_for_ours(tmp_path: Path) -> None:
    foreign = ox.Store(str(tmp_path))
    name = ox.NamedNode("http://x.org/a")
    foreign.add(ox.Quad(name, name, ox.Literal("free"), ox.DefaultGraph()))
    del foreign
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path)
    assert str(caught.value) == (
        f"The store in {tmp_path} was not made by triplary.\n"
        "hint: write it out as N-Quads and load that: triplary load FILE.nq --store NEW"
    )


def test_a_store_of_a_newer_triplary_is_not_guessed_at(tmp_path: Path) -> None:
    OxigraphStore(tmp_path).close()
    (tmp_path / "triplary.json").write_text('{"format": 2}')
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path)
    assert str(caught.value) == (
        f"The store in {tmp_path} has format 2; this triplary reads 1.\n"
        "hint: open it with the triplary that made it, or load its files anew"
    )


def test_an_rdflib_graph_is_looked_through() -> None:
    graph = rdflib.Graph()
    store = open_store(graph)
    assert isinstance(store, RdflibStore)
    store.add([Statement(*STATEMENT)])
    assert len(graph) == 1
    graph.add((rdflib.URIRef("http://x.org/b"), rdflib.RDF.value, rdflib.Literal("2")))
    assert len(store) == 2
    assert {s.graph for s in store.statements()} == {None}


def test_an_rdflib_graph_with_a_name_is_a_named_graph() -> None:
    dataset = rdflib.Dataset()
    graph = dataset.graph(rdflib.URIRef("http://x.org/g"))
    graph.add((rdflib.URIRef("http://x.org/a"), rdflib.RDF.value, rdflib.Literal("1")))
    assert open_store(dataset).graphs() == (IRI("http://x.org/g"),)
    assert open_store(graph).graphs() == (IRI("http://x.org/g"),)


def test_an_exact_store_has_the_default_graph_of_sparql() -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    found = {}
    for exact in (False, True):
        store = OxigraphStore(exact=exact)
        store.load(SMALL, name="small.trig", format=FORMATS["trig"])
        found[exact] = str(store.select(count).rows[0][0])
    assert found == {False: str(STATEMENTS - 1), True: "3"}


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "nothing.ttl")
    assert str(caught.value) == (
        f"There is no file or folder {tmp_path / 'nothing.ttl'}.\nhint: check the path"
    )


def test_a_folder_without_rdf_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path)
    assert str(caught.value) == (
        f"The folder {tmp_path} holds no RDF file.\n"
        f"hint: known suffixes: {', '.join(sorted(SUFFIXES))}, and .gz"
    )


def test_what_cannot_be_opened_is_told() -> None:
    with pytest.raises(BadParameter) as caught:
        open_store(5)
    assert str(caught.value) == (
        "open does not take 5: it is no file, folder, address or rdflib graph.\n"
        "hint: pass a path, a list of paths, an https:// address or an rdflib Graph"
    )


def test_a_file_of_an_unknown_kind_is_told(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("a,b")
    with pytest.raises(BadParameter) as caught:
        open_store(file)
    assert str(caught.value) == (
        "file does not take 'table.csv': its suffix stands for no RDF format.\n"
        f"hint: known suffixes: {', '.join(SUFFIXES)}, and .gz"
    )


def test_a_faulty_file_is_named_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "faulty.ttl"
    file.write_text("<a:b> <a:c> .\n")
    with pytest.raises(ParseError) as caught:
        open_store(file)
    assert caught.value.path == str(file)
    assert caught.value.line == 1


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        load_file(OxigraphStore(), tmp_path, IRI("http://x.org/g"), format="turtle")
    assert str(caught.value) == f"{tmp_path} cannot be read: Is a directory."


@pytest.mark.parametrize(("name", "format"), [
    ("a.ttl", "turtle"), ("a.TTL.GZ", "turtle"), ("a.b.trig", "trig"), ("a.owl", "rdfxml"),
    ("a.json.gz", "jsonld"), ("deep/er/a.nq", "nquads"),
])  # fmt: skip
def test_a_suffix_stands_for_a_format(name: str, format: str) -> None:
    assert format_of(name) is FORMATS[format]


def test_a_format_that_is_named_beats_the_suffix() -> None:
    assert format_of("a.csv", name="trig") is FORMATS["trig"]
    with pytest.raises(BadParameter) as caught:
        format_of("a.ttl", name="n3")
    assert str(caught.value) == (
        "format does not take 'n3': known formats are"
        " turtle, trig, ntriples, nquads, rdfxml, jsonld."
    )
