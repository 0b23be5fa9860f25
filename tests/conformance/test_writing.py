"""Every store that can be written to takes and gives the same documents, all or none of them."""

import gzip
import io
import tracemalloc
from collections.abc import Callable

import pytest

from conformance.small import GRAPHS, SMALL, STATEMENTS
from conformance.test_same_answers import bag, expected
from triplary.errors import ParseError
from triplary.store import WritableStore
from triplary.store.formats import FORMATS, Format, gunzip
from triplary.terms import IRI, XSD, Literal, Statement

Fresh = Callable[[], WritableStore]
A, P, G = IRI("http://x.org/a"), IRI("http://x.org/p"), IRI("http://x.org/g")
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x.org/"'


def small(store: WritableStore) -> WritableStore:
    assert store.load(SMALL, name="small.trig", format=FORMATS["trig"]) == STATEMENTS
    return store


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
def test_what_is_dumped_loads_again(fresh: Fresh, format: Format, packed: bool) -> None:
    output = io.BytesIO()
    small(fresh()).dump(output, format=format)
    document = gzip.compress(output.getvalue()) if packed else output.getvalue()
    again = fresh()
    loaded = again.load(document, name="again", format=format)
    wanted = expected()
    if not format.named_graphs:
        merged = (Statement(s.subject, s.predicate, s.object) for s in wanted)
        wanted = bag(dict.fromkeys(merged))
    assert (loaded, len(again)) == (len(wanted), len(wanted))
    assert bag(again.statements()) == wanted


@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
def test_a_document_goes_to_the_graph_it_is_loaded_into(fresh: Fresh, format: Format) -> None:
    source, output = fresh(), io.BytesIO()
    source.add([Statement(A, P, Literal("1"))])
    source.dump(output, format=format)
    into = fresh()
    assert into.load(output.getvalue(), name="a", format=format, graph=G) == 1
    assert list(into.statements()) == [Statement(A, P, Literal("1"), G)]


def test_a_graph_of_the_document_stays_itself(fresh: Fresh) -> None:
    store = fresh()
    store.load(SMALL, name="small.trig", format=FORMATS["trig"], graph=G)
    free = [s for s in expected() if s.graph is None]
    assert bag(store.statements(graph=G)) == bag(
        Statement(s.subject, s.predicate, s.object, G) for s in free
    )
    assert len(store) == STATEMENTS


def test_adding_and_removing(fresh: Fresh) -> None:
    store = fresh()
    here, there = Statement(A, P, Literal("1"), G), Statement(A, P, Literal("1"))
    versions = [store.version]
    for change, left in [
        (lambda: store.add([here, there]), [there, here]),
        (lambda: store.remove([there]), [here]),
        (lambda: store.add([Statement(A, P, Literal("2", XSD + "integer"), G)]), None),
        (lambda: store.remove([here]), [Statement(A, P, Literal("2", XSD + "integer"), G)]),
        (lambda: store.remove([Statement(A, P, Literal("2", XSD + "integer"), G)]), []),
    ]:
        change()
        versions.append(store.version)
        if left is not None:
            assert bag(store.statements()) == bag(left)
            assert len(store) == len(left)
    assert len(set(versions)) == len(versions)
    assert store.graphs() == ()
    assert store.ask("ASK { ?s ?p ?o }") is False


def test_what_is_there_already_changes_nothing(fresh: Fresh) -> None:
    store = small(fresh())
    before = bag(store.statements())
    store.add(s for s in list(store.statements()) if s.graph == IRI(GRAPHS + "models"))
    store.remove([Statement(A, P, Literal("never there"))])
    assert bag(store.statements()) == before
    assert len(store) == STATEMENTS


def test_a_triple_stays_in_the_union_while_one_graph_holds_it(fresh: Fresh) -> None:
    store = fresh()
    other = IRI("http://x.org/h")
    store.add([Statement(A, P, Literal("1"), G), Statement(A, P, Literal("1"), other)])
    store.remove([Statement(A, P, Literal("1"), G)])
    assert store.graphs() == (other,)
    assert store.ask('ASK { ?s ?p "1" }') is True
    store.remove([Statement(A, P, Literal("1"), other)])
    assert store.ask('ASK { ?s ?p "1" }') is False


def test_blank_nodes_of_two_documents_do_not_meet(fresh: Fresh) -> None:
    store = fresh()
    for _ in range(2):
        store.load(b'_:b <http://x.org/p> "1" .', name="b.nt", format=FORMATS["ntriples"])
    assert len(store) == 2


@pytest.mark.parametrize(
    ("format", "document", "line", "column", "reason"),
    [
        (
            "turtle",
            '@prefix : <http://x.org/> .\n:a :p :b .\n:a :p "open .\n',
            3, 7, "Unexpected end of file",
        ),
        (
            "trig",
            "@prefix : <http://x.org/> .\n:g { :a :p :b . }\n:g { :a :p }\n",
            3, 12, "} is not a valid RDF object",
        ),
        (
            "ntriples",
            '<http://x.org/a> <http://x.org/p> "1" .\n<http://x.org/a> <http://x.org/p> 1 .\n',
            2, 35, "The object of a triple must be an IRI, a blank node or a literal",
        ),
        (
            "nquads",
            '<http://x.org/a> <http://x.org/p> "1" <http://x.org/g> .\n<http://x.org/a> p "1" .\n',
            2, 18, "The predicate of a triple must be an IRI",
        ),
        (
            "rdfxml",
            f'<rdf:RDF {RDF}>\n<rdf:Description rdf:about="http://x.org/a"><x:p>1</x:p>'
            "</rdf:Description>\n<rdf:Description></rdf:RDF>\n",
            3, 20,
            "ill-formed document: expected `</rdf:Description>`, but `</rdf:RDF>` was found",
        ),
        (
            "jsonld",
            '[{"@id": "http://x.org/a", "http://x.org/p": [{"@value": "1"}]},\n'
            ' {"@id": "http://x.org/b", "http://x.org/p" [1]}]\n',
            2, 45, "Object keys must be strings",
        ),
    ],
    ids=FORMATS,
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_fault_names_its_place_and_leaves_the_store_as_it_was(
    fresh: Fresh, format: str, document: str, line: int, column: int, reason: str, packed: bool
) -> None:
    store = small(fresh())
    before, version = bag(store.statements()), store.version
    data = gzip.compress(document.encode()) if packed else document.encode()
    with pytest.raises(ParseError) as caught:
        store.load(data, name="folder/faulty", format=FORMATS[format])
    assert str(caught.value) == f"folder/faulty, line {line}, column {column}: {reason}"
    assert (caught.value.path, caught.value.reason) == ("folder/faulty", reason)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert (bag(store.statements()), store.version) == (before, version)


ENTITIES = f'<!DOCTYPE r [<!ENTITY a "{"x" * 9}"><!ENTITY b "&a;&a;">]>\n<rdf:RDF {RDF}/>'


@pytest.mark.parametrize(
    "document",
    [
        ENTITIES.encode(),
        ENTITIES.replace("DOCTYPE", "doctype").encode(),
        b'<?xml version="1.0"?>\n<!-- first -->\n' + ENTITIES.encode(),
        gzip.compress(ENTITIES.encode()),
    ],
    ids=["plain", "lower case", "after a comment", "gzip"],
)
def test_a_doctype_is_refused(fresh: Fresh, document: bytes) -> None:
    store = fresh()
    with pytest.raises(ParseError) as caught:
        store.load(document, name="bomb.rdf", format=FORMATS["rdfxml"])
    assert str(caught.value) == (
        "bomb.rdf: RDF/XML with a DOCTYPE is not read\n"
        "hint: write the entities out, or convert it to Turtle"
    )
    assert len(store) == 0


def test_a_doctype_in_another_encoding_does_not_slip_through(fresh: Fresh) -> None:
    store = fresh()
    document = f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}'.encode("utf-16")
    with pytest.raises(ParseError):
        store.load(document, name="bomb.rdf", format=FORMATS["rdfxml"])
    assert len(store) == 0


def test_a_gzip_bomb_stays_shut(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triplary.store.documents.UNPACKED_MOST", 10_000)
    bomb = gzip.compress(b"#" * 50_000_000)
    store = fresh()
    tracemalloc.start()
    try:
        with pytest.raises(ParseError) as caught:
            store.load(bomb, name="bomb.nt.gz", format=FORMATS["ntriples"])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert str(caught.value) == (
        "bomb.nt.gz: unpacks to more than 10,000 bytes\nhint: unpack it yourself and load the parts"
    )
    assert peak < 1_000_000


def test_a_gzip_of_several_members_counts_them_together() -> None:
    packed = gzip.compress(b"a" * 600) + gzip.compress(b"b" * 600)
    assert gunzip(packed, name="two.gz", most=1200) == b"a" * 600 + b"b" * 600
    with pytest.raises(ParseError, match="unpacks to more than 1,199 bytes"):
        gunzip(packed, name="two.gz", most=1199)


@pytest.mark.parametrize("cut", [9, 12, -9, -1])
def test_half_a_gzip_file_is_told(cut: int) -> None:
    packed = gzip.compress(b"<http://x.org/a> <http://x.org/p> <http://x.org/o> .")
    with pytest.raises(
        ParseError, match=r"half\.gz: not a whole gzip file: the archive ends too early"
    ):
        gunzip(packed[:cut], name="half.gz", most=1000)


def test_a_damaged_gzip_file_is_told() -> None:
    packed = bytearray(gzip.compress(b"<http://x.org/a> <http://x.org/p> <http://x.org/o> ."))
    packed[-6] ^= 255
    with pytest.raises(ParseError, match=r"bad\.gz: not a whole gzip file: "):
        gunzip(bytes(packed), name="bad.gz", most=1000)
