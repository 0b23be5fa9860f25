"""A capsule holds a result with all that is needed to find it again; rerun says what changed."""

import contextlib
import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.small import ID, SMALL, TRI
from triplary.errors import ForbiddenQuery, ParseError, StoreError, TriplaryError
from triplary.kg import KnowledgeGraph
from triplary.store.fingerprint import fingerprint
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI, Literal, Statement

P = "PREFIX : <https://w3id.org/triplary/ontology#>\n"
ORDERED = P + "SELECT ?model ?who { ?model :developedBy ?who } ORDER BY ?model"
BAG = P + "SELECT ?model ?who { ?model :developedBy ?who }"


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(*added: Statement, removed: tuple[Statement, ...] = ()) -> KnowledgeGraph:
    store = OxigraphStore()
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    store.add(added)
    store.remove(removed)
    return KnowledgeGraph(store)


def developed(model: str, who: str) -> Statement:
    graph = IRI("https://w3id.org/triplary/graph/models")
    return Statement(IRI(ID + model), IRI(TRI + "developedBy"), IRI(ID + who), graph)


def test_a_capsule_holds_these_files(small: KnowledgeGraph) -> None:
    made = small.capsule(ORDERED, endpoint="https://x.org/sparql")
    held = files(made.data)
    assert list(held) == [
        "query.rq", "results.csv", "results.json", "data.json", "ask.py", "ask.R", "CITATION.cff",
        "README.md", "ro-crate-metadata.json",
    ]  # fmt: skip
    assert held["query.rq"].decode() == ORDERED
    assert list(csv.reader(io.StringIO(held["results.csv"].decode()))) == [
        ["model", "who"], [ID + "ERNIE", ID + "Baidu"], [ID + "GPT-4", ID + "OpenAI"],
    ]  # fmt: skip
    assert json.loads(held["results.json"])["head"] == {"vars": ["model", "who"]}
    told = json.loads(held["data.json"])
    assert (told["version"], told["sha256"]) == (small.version, small.fingerprint[0])
    assert [source["title"] for source in told["sources"]] == ["Models"]
    assert b'"https://x.org/sparql"' in held["ask.py"]
    assert b"https://x.org/sparql" in held["ask.R"]
    assert repr(made).startswith("<Capsule: query.rq, results.csv")


def test_the_same_result_makes_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    (tmp_path / "small.trig").write_bytes(SMALL)
    script = (
        "import sys, triplary; kg = triplary.open(sys.argv[1]);"
        "sys.stdout.buffer.write(kg.capsule(sys.argv[2]).data)"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", script, tmp_path / "small.trig", ORDERED], capture_output=True,
            check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_its_metadata_is_an_ro_crate(small: KnowledgeGraph) -> None:
    held = files(small.capsule(ORDERED).data)
    told = json.loads(held["ro-crate-metadata.json"])
    assert told["@context"] == "https://w3id.org/ro/crate/1.1/context"
    by_id: dict[str, Any] = {each["@id"]: each for each in told["@graph"]}
    assert by_id["ro-crate-metadata.json"] == {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    root = by_id["./"]
    assert (root["@type"], root["datePublished"]) == ("Dataset", "2026-01-05")
    parts = [each["@id"] for each in root["hasPart"]]
    assert parts == [name for name in held if name != "ro-crate-metadata.json"]
    for name in parts:
        assert by_id[name]["@type"] == "File"
        assert by_id[name]["sha256"] == hashlib.sha256(held[name]).hexdigest()
        assert by_id[name]["contentSize"] == str(len(held[name]))


def test_its_citation_is_a_citation_file(atlas: KnowledgeGraph) -> None:
    held = files(atlas.capsule("models-of-a-developer", developer="Baidu").data)
    told = yaml.safe_load(held["CITATION.cff"])
    assert (told["cff-version"], told["type"]) == ("1.2.0", "dataset")
    assert "Epoch AI" in [author["name"] for author in told["authors"]]
    titles = [each["title"] for each in told["references"]]
    assert "Epoch AI: notable AI models" in titles
    assert all(set(each) <= {"type", "title", "authors", "url", "license-url", "date-released"}
               for each in told["references"])  # fmt: skip


def test_the_sources_are_those_that_may_have_said_so(atlas: KnowledgeGraph) -> None:
    def graphs(query: str) -> list[str]:
        held = files(atlas.capsule(query).data)
        told = json.loads(held["data.json"])["sources"]
        return [source["graph"].rpartition("/")[2] for source in told]

    graph = "PREFIX graph: <https://w3id.org/triplary/graph/>\n"
    assert graphs(P + graph + "SELECT * { GRAPH graph:epoch { ?s ?p ?o } } LIMIT 1") == ["epoch"]
    assert graphs(P + "SELECT ?m { ?m :trainingCompute ?n } LIMIT 1") == ["epoch", "epoch-all"]
    assert len(graphs("SELECT * { ?s ?p ?o } LIMIT 1")) == len(atlas.index.graphs)


@pytest.mark.parametrize("query", [ORDERED, BAG, P + "ASK { ?m :developedBy ?w }",
                                   P + "CONSTRUCT WHERE { ?m :developedBy ?w ; :parameters ?n }",
                                   "SELECT ?n { ?s ?p ?n FILTER (isBlank(?n)) }",
                                   "SELECT ?x { }"])  # fmt: skip
def test_a_capsule_is_the_same_in_the_same_graph(
    query: str, small: KnowledgeGraph, tmp_path: Path
) -> None:
    path = small.capsule(query).save(tmp_path / "capsule.zip")
    found = small.rerun(path)
    assert (found.same, found.data_same, found.gone, found.new) == (True, True, (), ())
    assert repr(found) == "same: the result is what the capsule holds; the data is the same"
    assert changed().rerun(path).same


def test_what_changed_is_told(small: KnowledgeGraph, tmp_path: Path) -> None:
    path = small.capsule(BAG).save(tmp_path / "capsule.zip")
    other = changed(developed("Gemini", "Google"), removed=(developed("GPT-4", "OpenAI"),))
    found = other.rerun(path)
    assert not found.same
    assert found.gone == (f"<{ID}GPT-4> <{ID}OpenAI>",)
    assert found.new == (f"<{ID}Gemini> <{ID}Google>",)
    assert repr(found).splitlines() == [
        f"changed: 1 rows gone, 1 rows new; the data changed: {small.version} → {other.version}",
        f"- <{ID}GPT-4> <{ID}OpenAI>",
        f"+ <{ID}Gemini> <{ID}Google>",
    ]


def test_other_data_may_give_the_same_result(small: KnowledgeGraph, tmp_path: Path) -> None:
    path = small.capsule(BAG).save(tmp_path / "capsule.zip")
    note = Statement(IRI(ID + "Baidu"), IRI(TRI + "note"), Literal("new"))
    found = changed(note).rerun(path)
    assert (found.same, found.data_same) == (True, False)
    assert repr(found).startswith("same: the result is what the capsule holds; the data changed: ")


def test_order_counts_where_the_query_asks_for_it(small: KnowledgeGraph, tmp_path: Path) -> None:
    for query, same in ((ORDERED, False), (BAG, True)):
        made = small.capsule(query)
        told = json.loads(made.files["results.json"])
        told["results"]["bindings"].reverse()
        held = {**made.files, "results.json": json.dumps(told).encode()}
        path = type(made)(held).save(tmp_path / "turned.zip")
        found = small.rerun(path)
        assert (found.same, found.reordered) == (same, not same)


def test_what_is_no_capsule_is_told(small: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        small.rerun(tmp_path / "nowhere.zip")
    (tmp_path / "text.zip").write_text("text")
    with pytest.raises(ParseError, match="it is no capsule"):
        small.rerun(tmp_path / "text.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("query.rq", "ASK { }")
    with pytest.raises(ParseError, match="it is no capsule"):
        small.rerun(tmp_path / "other.zip")


def test_the_hash_does_not_hang_on_order_or_on_names_of_blank_nodes(small: KnowledgeGraph) -> None:
    turned = b"\n".join(reversed(b"\n".join(nquads(small).splitlines()).split(b"\n")))
    renamed = turned.replace(b"_:", b"_:other")
    store = OxigraphStore()
    store.load(renamed, name="small.nq", format=FORMATS["nquads"])
    assert fingerprint(store)[0] == small.fingerprint[0]
    assert small.fingerprint[1] == "SHA-256 of the N-Quads canonicalised by RDFC-1.0"
    assert changed(developed("a", "b")).fingerprint[0] != small.fingerprint[0]


def nquads(kg: KnowledgeGraph) -> bytes:
    out = io.BytesIO()
    kg.store.dump(out, format=FORMATS["nquads"])
    return out.getvalue()


def test_a_broken_or_hostile_zip_is_told(small: KnowledgeGraph, tmp_path: Path) -> None:
    files_of = small.capsule("ASK { ?s ?p ?o }")
    path = tmp_path / "capsule.zip"
    held = dict(files_of.files)
    for name, content in (
        ("results.json", b"[" * 100_000),
        ("results.json", b'{"head": {}, "results": null, "triplary": null}'),
        ("results.json", b'{"head": {"vars": ["a"]}, "results": {"bindings": [null]}}'),
        ("data.json", b'{"version": "\\u001b[2J", "sha256": "x"}'),
        ("data.json", b'{"version": {}, "sha256": "x"}'),
        ("data.json", b"[]"),
        ("query.rq", b"\xff"),
    ):
        type(files_of)({**held, name: content}).save(path)
        with pytest.raises(ParseError, match="it is no capsule"):
            small.rerun(path)
    whole = bytearray(files_of.data)
    for flag in (1, 0x40):  # encrypted, by one way or another
        hostile = bytearray(whole)
        place = hostile.index(b"PK\x01\x02")
        while place >= 0:
            hostile[place + 8] |= flag
            place = hostile.find(b"PK\x01\x02", place + 1)
        path.write_bytes(hostile)
        with pytest.raises(ParseError, match="it is no capsule"):
            small.rerun(path)
    for place in range(0, len(whole), 97):
        path.write_bytes(bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]))
        with contextlib.suppress(TriplaryError):
            small.rerun(path)


def test_a_query_of_a_strangers_capsule_asks_no_other_server(
    small: KnowledgeGraph, tmp_path: Path
) -> None:
    made = small.capsule("ASK { ?s ?p ?o }")
    for query, clause in (
        ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("ASK { S\\u0045RVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("ASK FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("DROP ALL", "DROP"),
    ):
        path = type(made)({**made.files, "query.rq": query.encode()}).save(tmp_path / "x.zip")
        with pytest.raises(ForbiddenQuery) as told:
            small.rerun(path)
        assert told.value.clause == clause
