"""Comunica, the JavaScript engine, with this endpoint as its source."""

import json
import subprocess
from pathlib import Path
from typing import Any

from clients.conftest import Served

PREFIXES = """
PREFIX : <https://w3id.org/triplary/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
ID = "https://w3id.org/triplary/id/"


def asked(comunica: Path, served: Served, query: str) -> Any:
    found = subprocess.run(
        ["node", "comunica.mjs", served.sparql, PREFIXES + query],
        cwd=comunica, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return json.loads(found.stdout)


def test_rows(comunica: Path, served: Served) -> None:
    query = "SELECT ?company ?label { ?company a :Company ; rdfs:label ?label } ORDER BY ?label"
    assert asked(comunica, served, query) == [
        {
            "company": {"type": "NamedNode", "value": ID + name, "language": ""},
            "label": {"type": "Literal", "value": label, "language": language},
        }
        for name, label, language in (
            ("Baidu", "Baidu", "en"), ("OpenAI", "OpenAI", "en"), ("Baidu", "百度", "zh"),
        )
    ]  # fmt: skip


def test_a_join_an_option_and_a_count(comunica: Path, served: Served) -> None:
    query = """SELECT ?company (COUNT(?model) AS ?models) (MAX(?size) AS ?largest) {
      ?company a :Company . ?model :developedBy ?company OPTIONAL { ?model :parameters ?size }
    } GROUP BY ?company ORDER BY ?company"""
    found = asked(comunica, served, query)
    assert [{name: term["value"] for name, term in row.items()} for row in found] == [
        {"company": ID + "Baidu", "models": "1", "largest": "260"},
        {"company": ID + "OpenAI", "models": "1"},
    ]


def test_ask_and_construct(comunica: Path, served: Served) -> None:
    assert asked(comunica, served, "ASK { ?model :developedBy ?company }") is True
    built = asked(comunica, served, "CONSTRUCT { ?c :made ?m } WHERE { ?m :developedBy ?c }")
    made = "https://w3id.org/triplary/ontology#made"
    assert sorted(built) == [
        [ID + "Baidu", made, ID + "ERNIE"],
        [ID + "OpenAI", made, ID + "GPT-4"],
    ]
