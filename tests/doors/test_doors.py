"""One question at each door: notebook, command and route give one answer, in one order."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import triplary
from doors.conftest import Command
from rooms.server.asking import Client
from triplary import render
from triplary.cli import app as commands
from triplary.kg import KnowledgeGraph, Rows
from triplary.terms import IRI

ID = "https://w3id.org/triplary/id/"


def curies(text: str) -> list[str]:
    """The IRIs of lines like “Baidu  (id:Baidu)  …”."""
    return [ID + line.split("(id:")[1].split(")")[0] for line in text.splitlines()]


def saved(command: Command, folder: Path, *words: object) -> dict[str, Any]:
    """The view that a command saves as JSON."""
    path = folder / "view.json"
    assert command(*words, "--save", path) == f"saved {path}\n"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def drawn(view: dict[str, Any]) -> tuple[list[str], list[tuple[str, str, str, str]]]:
    """What a view shows: its nodes, and its edges with their verdicts."""
    return (
        [node["iri"] for node in view["nodes"]],
        [(e["source"], e["predicate"], e["target"], e["verdict"]) for e in view["edges"]],
    )


@pytest.mark.parametrize("text", ["bidu", "百度", "ernie", "id:Baidu", ID + "Baidu", "governance"])
def test_search(atlas: KnowledgeGraph, command: Command, route: Client, text: str) -> None:
    notebook = [str(match.entity.iri) for match in atlas.search(text, limit=5)]
    assert notebook
    assert curies(command("search", text, "--limit", 5)) == notebook
    answer = route.get("/api/search", params={"text": text, "limit": 5}).json()
    assert [match["iri"] for match in answer["matches"]] == notebook


def test_the_newcomers_first_searches_find_baidu_first(command: Command) -> None:
    for text in ("bidu", "百度", "Baidu"):
        assert curies(command("search", text))[0] == ID + "Baidu"


@pytest.mark.parametrize("name", ["Baidu", "MindSpore", "OECD"])
def test_describe(atlas: KnowledgeGraph, command: Command, route: Client, name: str) -> None:
    described = atlas.describe(name, limit=4)
    answer = route.get("/api/describe", params={"entity": name, "limit": 4}).json()
    assert answer["entity"]["iri"] == str(described.entity.iri)
    notebook = [
        (
            str(group.predicate), group.inverse, group.shown, group.total,
            [(str(f.subject if group.inverse else f.object), f.verdict) for f in group.facts],
        )
        for group in described.groups
    ]  # fmt: skip
    assert [
        (
            group["predicate"], group["inverse"], group["shown"], group["total"],
            [(fact["value"]["value"], fact["verdict"]) for fact in group["facts"]],
        )
        for group in answer["groups"]
    ] == notebook  # fmt: skip
    told = command("describe", name, "--limit", 4).splitlines()
    heads = [line for line in told if not line.startswith(" ")][1:]
    assert heads == [
        ("← " if group["inverse"] else "")
        + group["label"]
        + (
            f"  ({group['shown']} of {group['total']} shown)"
            if group["shown"] < group["total"]
            else ""
        )
        for group in answer["groups"]
    ]
    facts = [line for line in told if line.startswith("    ")]
    assert len(facts) == sum(group.shown for group in described.groups)


def test_describe_as_of_a_date(atlas: KnowledgeGraph, command: Command, route: Client) -> None:
    described = atlas.describe("ERNIE", as_of="2024-01-01")
    answer = route.get("/api/describe?entity=ERNIE&as-of=2024-01-01").json()
    assert answer["asOf"] == described.as_of == "2024-01-01"
    (group,) = [group for group in answer["groups"] if group["label"] == "available as"]
    facts = [(fact["value"]["label"], fact["held"]) for fact in group["facts"]]
    assert facts == [("API access", [["2023-10-17", "2025-06-30"]])]
    left_out = [group.left_out for group in described.groups]
    assert [group["leftOut"] for group in answer["groups"]] == left_out
    assert (group["leftOut"], sum(left_out)) == (2, 4)
    told = command("describe", "ERNIE", "--as-of", "2024-01-01").splitlines()
    assert "available as  (2 did not hold as of 2024-01-01)" in told
    assert (
        "    API access  (from 2023-10-17 until 2025-06-30; Facts of the editors, CC BY 4.0)"
        in told
    )


def test_expand(atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path) -> None:
    found = atlas.expand("Baidu", "ERNIE", limit=6)
    notebook = drawn(found.view().to_json())
    assert notebook[0] == [str(node.iri) for node in found]
    assert len(notebook[0]) > 6
    assert drawn(saved(command, tmp_path, "expand", "Baidu", "ERNIE", "--limit", 6)) == notebook
    answer = route.get("/api/expand?entity=Baidu&entity=ERNIE&limit=6").json()
    assert drawn(answer["view"]) == notebook


def test_the_same_drawing_at_every_door(
    atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path
) -> None:
    found = atlas.expand("Baidu", limit=8)
    notebook = found.view(title=found.title()).to_json()
    file = saved(command, tmp_path, "expand", "Baidu", "--limit", 8)
    assert {key: file[key] for key in notebook} == notebook
    assert route.get("/api/expand?entity=Baidu&limit=8").json()["view"] == notebook


def test_paths(atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path) -> None:
    found = atlas.paths("MindSpore", "OECD", k=4)
    assert len(found) == 4
    notebook = [[str(node.iri) for node in path.nodes] for path in found]
    answer = route.get("/api/paths?source=MindSpore&target=OECD&k=4").json()
    assert [
        [path["steps"][0]["from"]["iri"], *(step["to"]["iri"] for step in path["steps"])]
        for path in answer["paths"]
    ] == notebook
    told = command("paths", "MindSpore", "OECD", "-k", 4).splitlines()
    assert [line for line in told if not line.startswith(" ")] == [
        f"{number}. " + " → ".join(node.label() for node in path.nodes)
        for number, path in enumerate(found, 1)
    ]
    sentences = [sentence for path in found.sentences() for sentence in path]
    assert [line.strip() for line in told if line.startswith("   ")] == sentences
    assert [step["sentence"] for path in answer["paths"] for step in path["steps"]] == sentences
    view = saved(command, tmp_path, "paths", "MindSpore", "OECD", "-k", 4)
    assert drawn(view) == drawn(answer["view"]) == drawn(found.view().to_json())


def test_compare(atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path) -> None:
    found = atlas.compare("ERNIE", "GPT-4")
    answer = route.get("/api/compare?entity=ERNIE&entity=GPT-4").json()
    sides = ("shared", "left", "right")
    assert [answer["totals"][side] for side in sides] == list(found.totals)
    left = found.left.iri

    def said(fact: Any) -> tuple[str, str]:
        end = fact.object if fact.subject == left else fact.subject
        return str(fact.predicate), str(end)

    notebook = [said(both.left) for both in found.shared]
    assert [(s["predicate"], s["value"]["value"]) for s in answer["shared"]] == notebook
    assert [(s["predicate"], s["value"]["value"]) for s in answer["left"]] == [
        said(fact) for fact in found.only_left
    ]
    told = command("compare", "ERNIE", "GPT-4").splitlines()
    assert len([line for line in told if line.startswith("    ")]) == sum(
        len(answer[side]) for side in sides
    )
    view = saved(command, tmp_path, "compare", "ERNIE", "GPT-4")
    assert drawn(view) == drawn(answer["view"]) == drawn(found.view().to_json())


@pytest.mark.parametrize("by", ["degree", "pagerank", "betweenness"])
def test_rank(atlas: KnowledgeGraph, command: Command, route: Client, by: str) -> None:
    ranking = atlas.rank(by=by, limit=8)
    notebook = [(str(row.entity.iri), row.score) for row in ranking]
    assert len(notebook) == 8
    answer = route.get("/api/rank", params={"by": by, "limit": 8}).json()
    assert [(row["iri"], row["score"]) for row in answer["rows"]] == notebook
    assert (answer["by"], answer["exact"]) == (by, ranking.exact)
    told = command("rank", "--by", by, "--limit", 8).splitlines()
    assert told == [f"{row.score:12.6g}  {row.entity.label()}" for row in ranking]


WORDS = {"classes": "class", "predicates": "predicate", "graphs": "graph", "verdicts": "verdict",
         "ranges": "range", "as_of": "as-of"}  # fmt: skip
"""What a notebook calls otherwise than the command and the route do."""

DRAWINGS: list[dict[str, Any]] = [
    {"open": ["ERNIE,,3", "Baidu,^developedBy,2"]},
    {"classes": ["LanguageModel", "-Country"], "predicates": ["-domain"]},
    {"graphs": ["epoch", "claims"], "verdicts": ["-wrong"]},
    {"ranges": ["releaseDate,2021,2023"], "as_of": "2022-06"},
    {"without": ["PaddlePaddle", "China"], "open": ["Huawei"]},
    {"only": ["Baidu", "ERNIE"]},
]


@pytest.mark.parametrize("drawing", DRAWINGS, ids=",".join)
@pytest.mark.parametrize("verb", ["expand", "paths", "compare", "rank"])
def test_what_is_opened_filtered_and_hidden(
    atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path,
    verb: str, drawing: dict[str, Any],
) -> None:  # fmt: skip
    asked: list[tuple[str, str]]
    match verb:
        case "expand":
            found = atlas.expand("Baidu", "GPT-4", limit=6, **drawing)
            asked = [("entity", "Baidu"), ("entity", "GPT-4"), ("limit", "6")]
        case "paths":
            found = atlas.paths("MindSpore", "OECD", k=3, **drawing).subgraph
            asked = [("source", "MindSpore"), ("target", "OECD"), ("k", "3")]
        case "compare":
            found = atlas.compare("Baidu", "Huawei", **drawing).found
            asked = [("entity", "Baidu"), ("entity", "Huawei")]
        case _:
            found = atlas.rank(by="degree", limit=12, **drawing).found
            asked = [("by", "degree"), ("limit", "12")]
    notebook = found.view(title=found.title()).to_json()
    pairs = [
        (WORDS.get(name, name), value)
        for name, values in drawing.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    answer = route.get(f"/api/{verb}", params=[*asked, *pairs]).json()
    assert answer["view"] == notebook
    assert answer["hidden"] == dict(zip(("nodes", "edges"), found.hidden, strict=True))
    names = [value for name, value in asked if name in ("entity", "source", "target")]
    flags = [pair for pair in [*asked, *pairs] if pair[0] not in ("entity", "source", "target")]
    said = [word for name, value in flags for word in ("-k" if name == "k" else f"--{name}", value)]
    file = tmp_path / "view.json"
    command(verb, *names, *said, "--save", file)
    saved_view = json.loads(file.read_text("utf-8"))
    assert {key: saved_view[key] for key in notebook} == notebook


def test_how_a_picture_looks(
    atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path
) -> None:
    found = atlas.expand("ERNIE", limit=5)
    notebook = found.view(
        title="Mine", layout="timeline", size="pagerank", color="community", language="zh",
        pinned={atlas.entity("Baidu").iri: (3.0, 4.0)},
    ).to_json()  # fmt: skip
    look = {"title": "Mine", "layout": "timeline", "size": "pagerank", "color": "community",
            "language": "zh", "at": "Baidu,3,4"}  # fmt: skip
    answer = route.get("/api/expand", params={"entity": "ERNIE", "limit": 5, **look}).json()
    assert answer["view"] == notebook
    flags = [part for name, value in look.items() for part in (f"--{name}", value)]
    file = saved(command, tmp_path, "expand", "ERNIE", "--limit", 5, *flags)
    assert {key: file[key] for key in notebook} == notebook


def test_an_unknown_word_is_told_alike_at_every_door(
    atlas: KnowledgeGraph, route: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triplary.kg.open_graph", lambda: atlas)
    words: tuple[tuple[dict[str, Any], str, str], ...] = (
        ({"classes": ["Compny"]}, "class", "Compny"),
        ({"graphs": ["-epok"]}, "graph", "-epok"),
        ({"verdicts": ["fine"]}, "verdict", "fine"),
        ({"ranges": ["parameters,few,"]}, "range", "parameters,few,"),
        ({"as_of": "2023-13"}, "as-of", "2023-13"),
        ({"open": ["Baidu,developdBy,"]}, "open", "Baidu,developdBy,"),
    )
    for drawing, name, value in words:
        with pytest.raises(triplary.errors.TriplaryError) as caught:
            atlas.expand("Baidu", **drawing)
        problem = route.get("/api/expand", params={"entity": "Baidu", name: value}).json()
        assert (problem["detail"], problem.get("hint", "")) == (
            caught.value.message, caught.value.hint,
        )  # fmt: skip
        with pytest.raises(type(caught.value)) as said:
            CliRunner().invoke(
                commands, ["expand", "Baidu", f"--{name}", value], catch_exceptions=False
            )
        assert str(said.value) == str(caught.value)


CLAIMS = """PREFIX : <https://w3id.org/triplary/ontology#>
SELECT ?verdict (COUNT(?claim) AS ?claims) { ?claim a :Claim ; :verdict ?verdict }
GROUP BY ?verdict ORDER BY DESC(?claims) ?verdict"""


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_query(atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path) -> None:
    found = atlas.query(CLAIMS)
    assert isinstance(found, Rows)
    notebook = [list(found.columns), *([str(term) for term in row] for row in found)]
    assert sum(int(count) for _, count in notebook[1:]) == 143
    assert table(command("query", CLAIMS, "--format", "csv")) == notebook
    file = tmp_path / "claims.rq"
    file.write_text(CLAIMS)
    assert table(command("query", file, "--format", "csv")) == notebook
    answer = route.get("/sparql", params={"query": CLAIMS}, headers={"Accept": "text/csv"})
    assert table(answer.text) == notebook


def test_a_named_query(atlas: KnowledgeGraph, command: Command, route: Client) -> None:
    found = atlas.query("statements", subject=IRI(ID + "MindSpore"))
    assert isinstance(found, Rows)
    notebook = sorted([str(term) for term in row] for row in found)
    assert notebook
    told = table(
        command("query", "statements", "--set", f"subject={ID}MindSpore", "--format", "csv")
    )
    assert sorted(told[1:]) == notebook
    answer = route.get("/api/query/statements", params={"subject": ID + "MindSpore"}).json()
    columns = answer["head"]["vars"]
    assert (columns, told[0]) == (list(found.columns), list(found.columns))
    rows = answer["results"]["bindings"]
    assert sorted([row[column]["value"] for column in columns] for row in rows) == notebook


@pytest.mark.parametrize("suffix", list(render.FORMATS))
def test_save(
    atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path, suffix: str
) -> None:
    found = atlas.expand("PaddlePaddle", limit=5)
    path = found.view(title=found.title()).save(tmp_path / f"notebook{suffix}")
    notebook = path.read_bytes()
    assert len(notebook) > 100
    command("expand", "PaddlePaddle", "--limit", 5, "--save", tmp_path / f"command{suffix}")
    assert (tmp_path / f"command{suffix}").read_bytes() == notebook
    answer = route.get(f"/api/expand{suffix}?entity=PaddlePaddle&limit=5")
    # A file that a server gives links to the pages of that server.
    own, pages = ID.encode(), b"http://testserver/entity/"
    if suffix == ".html":
        # Its nodes link to the server too; what it draws is the same.
        plain = re.compile(rb"http://testserver(/entity/)?|https://w3id.org/triplary/id/|/entity/")
        assert plain.sub(b"", answer.content) == plain.sub(b"", notebook)
    elif suffix == ".svg":
        assert answer.content.replace(pages, own) == notebook
    else:
        assert answer.content.replace(b"http://testserver", b"") == notebook


def test_an_unknown_name_is_told_alike_at_every_door(
    atlas: KnowledgeGraph, route: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Quantum Zebra Institute"
    with pytest.raises(triplary.errors.NotFound) as caught:
        atlas.describe(name)
    problem = route.get("/api/describe", params={"entity": name}).json()
    assert (problem["detail"], problem.get("hint", "")) == (
        caught.value.message, caught.value.hint,
    )  # fmt: skip
    ended = subprocess.run(
        [Path(sys.executable).with_name("triplary"), "describe", name],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = [f"triplary: {caught.value.message}"]
    if caught.value.hint:
        lines.append(f"hint: {caught.value.hint}")
    assert (ended.returncode, ended.stdout, ended.stderr.splitlines()) == (1, "", lines)


BROKEN = "SELECT * { ?m <https://w3id.org/triplary/ontology#developdBy> ?who }"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_outline(atlas: KnowledgeGraph, command: Command, route: Client, language: str) -> None:
    named = "models-of-a-developer"
    notebook = atlas.outline(named, language=language)
    assert command("outline", named, "-l", language).splitlines() == list(notebook)
    text = {query["name"]: query["text"] for query in route.get("/api/query").json()["queries"]}
    told = route.post("/api/outline", json={"query": text[named], "language": language}).json()
    assert told == {"sentences": list(notebook)}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("ran", ["empty", "slow"])
def test_doctor(
    atlas: KnowledgeGraph, command: Command, route: Client, language: str, ran: Any
) -> None:
    notebook = atlas.doctor(BROKEN, ran=ran, language=language)
    assert command("doctor", BROKEN, "--ran", ran, "-l", language) == f"{notebook!r}\n"
    asked = {"query": BROKEN, "ran": ran, "language": language}
    told = route.post("/api/doctor", json=asked).json()["findings"]
    assert [each["sentence"] for each in told] == [each.sentence for each in notebook]


def test_code(atlas: KnowledgeGraph, command: Command, route: Client) -> None:
    endpoint = "http://testserver/sparql"
    notebook = atlas.code("ASK { ?s ?p ?o }", language="ruby", endpoint=endpoint)
    words = ("code", "ASK { ?s ?p ?o }", "--in", "ruby", "--endpoint", endpoint)
    assert command(*words) == notebook
    asked = {"language": "ruby", "query": "ASK { ?s ?p ?o }"}
    assert route.get("/api/code", params=asked).json()["text"] == notebook


def test_capsule_and_rerun(
    atlas: KnowledgeGraph, command: Command, route: Client, tmp_path: Path
) -> None:
    query = "SELECT ?m { ?m <https://w3id.org/triplary/ontology#developedBy> ?w } ORDER BY ?m"
    notebook = atlas.capsule(query)
    path = tmp_path / "capsule.zip"
    assert command("capsule", query, "-o", path) == f"saved {path}\n"
    assert path.read_bytes() == notebook.data
    answer = route.post("/api/capsule", json={"query": query})
    asked_there = atlas.capsule(query, endpoint="http://testserver/sparql")
    assert answer.content == asked_there.data
    assert command("rerun", path) == f"{atlas.rerun(path)!r}\n"
    assert atlas.rerun(path).same


def test_rerun_leaves_with_a_status_of_one_where_the_result_changed(
    atlas: KnowledgeGraph, tmp_path: Path
) -> None:
    capsule = atlas.capsule("count-triples").save(tmp_path / "capsule.zip")
    other = tmp_path / "other.ttl"
    other.write_text("<https://x.org/a> <https://x.org/b> <https://x.org/c> .")
    ended = CliRunner().invoke(commands, ["rerun", str(capsule), str(other)])
    assert (ended.exit_code, ended.stdout.splitlines()[0][:38]) == (
        1, "changed: 1 rows gone, 1 rows new; the ",
    )  # fmt: skip
