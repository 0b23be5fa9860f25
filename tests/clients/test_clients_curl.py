"""curl, as pages tell researchers to call it."""

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from clients.conftest import Served

ASKED = "SELECT ?name { <https://w3id.org/triplary/id/Baidu> ?p ?name FILTER(lang(?name) = 'zh') }"
NAMES = [{"name": {"type": "literal", "value": "百度", "xml:lang": "zh"}}]
pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")


def curl(*arguments: str, data: bytes = b"") -> bytes:
    return subprocess.run(
        ["curl", "--silent", "--show-error", "--max-time", "20", *arguments],
        check=True, capture_output=True, input=data,
    ).stdout  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["--get", "--data-urlencode", f"query={ASKED}"],
        ["--data-urlencode", f"query={ASKED}"],
        ["--header", "Content-Type: application/sparql-query", "--data-binary", ASKED],
        ["--data-urlencode", f"query={ASKED}", "--compressed"],
        ["--data-urlencode", f"query={ASKED}", "--http1.0"],
    ],
)
def test_a_query_is_sent_in_every_way(served: Served, arguments: list[str]) -> None:
    accept = "Accept: application/sparql-results+json"
    found = json.loads(curl(*arguments, "--header", accept, served.sparql))
    assert found["results"]["bindings"] == NAMES


def test_nothing_in_particular_is_accepted(served: Served) -> None:
    assert json.loads(curl("--get", "--data-urlencode", f"query={ASKED}", served.sparql))[
        "results"
    ] == {"bindings": NAMES}


def test_a_head_request_has_the_headers_of_a_get(served: Served) -> None:
    asked = ["--get", "--data-urlencode", f"query={ASKED}", "--header", "Accept: text/csv"]
    told = curl("--head", *asked, served.sparql).decode().lower().splitlines()
    assert told[0].startswith("http/1.1 200")
    assert "content-type: text/csv; charset=utf-8" in told
    assert [line for line in told if line.startswith("etag: ")] != []


def test_a_file_that_is_held_is_not_sent_again(served: Served, tmp_path: Path) -> None:
    tag, file = tmp_path / "tag", tmp_path / "models.ttl"
    address = f"{served.address}/data/models.ttl"
    curl("--etag-save", str(tag), "--output", str(file), address)
    assert b"ERNIE" in file.read_bytes()
    status = curl(
        "--etag-compare", str(tag), "--output", str(tmp_path / "again"),
        "--write-out", "%{http_code}", address,
    )  # fmt: skip
    assert status == b"304"


def test_a_packed_dump_unpacks(served: Served) -> None:
    lines = gzip.decompress(curl(f"{served.address}/data/all.nq.gz")).splitlines()
    assert len(lines) == 49


def test_a_redirect_leads_to_the_description(served: Served) -> None:
    found = curl("--location", "--header", "Accept: text/turtle", f"{served.address}/id/ERNIE")
    assert b"a tri:Model ." in found


def test_a_document_is_put_and_got_back(empty: Served) -> None:
    graph = f"{empty.store}?graph=https://x.org/g"
    document = b'<https://x.org/a> <https://x.org/p> "\xe7\x99\xbe"@zh .\n'
    put = ["--request", "PUT", "--data-binary", "@-", "--header", "Content-Type: text/turtle"]
    refused = curl(
        *put, "--write-out", "%{http_code}", "--output", "/dev/null", graph, data=document
    )
    assert refused == b"401"
    curl(*put, "--fail", "--header", f"Authorization: Bearer {empty.token}", graph, data=document)
    assert curl("--header", "Accept: application/n-triples", graph) == document
