"""The researcher's routes: completion, outline, doctor, code, Excel, capsule."""

import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest

from conformance.small import ID, TRI
from rooms.server.asking import Client
from triplary.kg import KnowledgeGraph
from triplary.render.code import LANGUAGES
from triplary.server import models

P = "PREFIX : <https://w3id.org/triplary/ontology#>\n"
QUERY = P + "SELECT ?model ?who { ?model :developedBy ?who } ORDER BY ?model"


def test_the_schema_counts_what_is_used(client: Client) -> None:
    told = client.get("/api/schema").json()
    models.SchemaAnswer.model_validate(told)
    kinds = {each["name"]: each for each in told["classes"]}
    assert kinds["tri:Company"] == {
        "iri": TRI + "Company", "name": "tri:Company", "count": 2,
        "label": {"en": "Company", "zh": "公司"},
    }  # fmt: skip
    used = {each["name"]: each for each in told["properties"]}
    assert used["tri:developedBy"]["domains"] == [{"class": TRI + "Model", "count": 2}]
    assert used["tri:developedBy"]["ranges"] == [
        {"class": TRI + "Company", "datatype": "", "count": 2}
    ]
    assert {"prefix": "tri", "iri": TRI} in told["prefixes"]


def completed(client: Client, **asked: Any) -> list[dict[str, Any]]:
    told = client.get("/api/complete", params=asked).json()
    models.CompleteAnswer.model_validate(told)
    matches: list[dict[str, Any]] = told["matches"]
    return matches


def test_what_fits_is_completed(client: Client) -> None:
    assert completed(client, position="class", text="comp", language="zh") == [
        {"iri": TRI + "Company", "name": "tri:Company", "label": "公司", "other": "Company",
         "kind": "class", "count": 2}
    ]  # fmt: skip
    of_models = completed(client, position="property", **{"class": "tri:Model"})
    assert "tri:developedBy" in [match["name"] for match in of_models]
    assert "tri:basedIn" not in [match["name"] for match in of_models]
    found = completed(client, position="entity", predicate="tri:developedBy", text="bai")
    assert [match["name"] for match in found] == ["id:Baidu"]
    back = completed(client, position="entity", predicate="tri:developedBy", inverse=True)
    assert {match["name"] for match in back} == {"id:ERNIE", "id:GPT-4"}
    wrong = client.get("/api/complete", params={"position": "entity", "predicate": "no such"})
    assert (wrong.status_code, wrong.json()["title"]) == (400, "BadParameter")
    assert client.get("/api/complete", params={"position": "verb"}).status_code == 400


def test_labels_are_given_for_many(client: Client) -> None:
    iris = [ID + "Baidu", TRI + "Company", "http://x.org/unknown", "no iri"]
    told = client.get("/api/labels", params={"iri": iris, "language": "zh"}).json()
    assert told == {"labels": {ID + "Baidu": "百度", TRI + "Company": "公司"}}
    posted = client.post("/api/labels", json={"iris": iris}).json()
    assert posted == {"labels": {ID + "Baidu": "Baidu", TRI + "Company": "Company"}}
    assert client.post("/api/labels", json={"iris": ["a:b"] * 2001}).status_code == 400


def test_a_query_is_outlined(client: Client) -> None:
    told = client.post("/api/outline", json={"query": QUERY}).json()
    assert told == {
        "sentences": ["For each ?model that is developed by ?who:", "Show ?model and ?who.",
                      "Order by ?model."]
    }  # fmt: skip
    chinese = client.post("/api/outline", json={"query": QUERY, "language": "zh"}).json()
    assert chinese["sentences"][1] == "列出 ?model 和 ?who。"


@pytest.mark.parametrize("route", ["outline", "doctor", "capsule", "excel"])
@pytest.mark.parametrize(
    ("query", "status", "title"),
    [
        ("SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }", 403, "ForbiddenQuery"),
        ("DELETE WHERE { ?s ?p ?o }", 403, "ForbiddenQuery"),
        ("SELECT nonsense", 400, "QueryError"),
        ("", 400, "QueryError"),
    ],
)
def test_the_guard_stands_before_each_tool(
    route: str, query: str, status: int, title: str, client: Client
) -> None:
    answer = client.post(f"/api/{route}", json={"query": query})
    assert (answer.status_code, answer.json()["title"]) == (status, title)


def test_the_doctor_finds_what_the_notebook_finds(client: Client, small: KnowledgeGraph) -> None:
    query = P + "SELECT * { ?m :developdBy ?who }"
    told = client.post("/api/doctor", json={"query": query}).json()
    models.DoctorAnswer.model_validate(told)
    assert [finding["kind"] for finding in told["findings"]] == ["unknown-property"]
    (found,) = small.doctor(query)
    assert told["findings"][0]["sentence"] == found.sentence
    assert told["findings"][0]["near"][0]["name"] == "tri:developedBy"
    killed = {"query": QUERY, "ran": "killed", "seconds": 30}
    kinds = [f["kind"] for f in client.post("/api/doctor", json=killed).json()["findings"]]
    assert kinds == ["killed", "most-solutions", "still-quick", "no-limit"]


def test_code_is_listed_and_made_for_this_endpoint(client: Client) -> None:
    told = client.get("/api/code").json()
    assert [each["language"] for each in told["languages"]] == list(LANGUAGES)
    made = client.get("/api/code", params={"language": "curl", "query": QUERY}).json()
    models.CodeAnswer.model_validate(made)
    assert (made["file"], made["title"]) == ("ask.sh", "curl")
    assert "'http://testserver/sparql'" in made["text"]
    assert client.get("/api/code", params={"language": "curl"}).status_code == 400
    wrong = client.get("/api/code", params={"language": "cobol", "query": QUERY})
    assert (wrong.status_code, wrong.json()["title"]) == (400, "BadParameter")


def test_solutions_are_a_workbook(client: Client, small: KnowledgeGraph) -> None:
    answer = client.post("/api/excel", json={"query": QUERY})
    assert answer.headers["content-type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert answer.headers["content-disposition"] == 'attachment; filename="result.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert list(book["rows"].values) == [
        ("model", "who"), (ID + "ERNIE", ID + "Baidu"), (ID + "GPT-4", ID + "OpenAI"),
    ]  # fmt: skip
    about = list(book["about"].values)
    assert about[:3] == [
        ("query", QUERY), ("endpoint", "http://testserver/sparql"), ("version", small.version),
    ]  # fmt: skip
    assert about[3][0] == "source"
    refused = client.post("/api/excel", json={"query": "ASK { }"})
    assert (refused.status_code, refused.json()["title"]) == (400, "BadParameter")


def test_a_workbook_that_was_cut_says_so(client: Client) -> None:
    answer = client.post("/api/excel", json={"query": "SELECT * { ?s ?p ?o }"})
    assert (answer.headers["triplary-rows"], answer.headers["triplary-cut"]) == ("40", "true")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book["rows"].max_row == 41
    assert ("cut", "there are more rows than stand here") in list(book["about"].values)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (QUERY, "results.json"),
        (P + "ASK { ?m :developedBy ?w }", "results.json"),
        (P + "CONSTRUCT WHERE { ?m :developedBy ?w }", "results.ttl"),
    ],
)
def test_a_capsule_is_the_one_of_the_notebook(
    query: str, name: str, client: Client, small: KnowledgeGraph
) -> None:
    answer = client.post("/api/capsule", json={"query": query})
    assert answer.headers["content-type"] == "application/zip"
    endpoint = "http://testserver/sparql"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        held = {entry: archive.read(entry) for entry in archive.namelist()}
    assert held == small.capsule(query, endpoint=endpoint).files
    assert name in held
    assert json.loads(held["data.json"])["cut"] is False
