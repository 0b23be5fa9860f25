"""JSON-LD that names schema.org's context by its address is read; no other address is."""

import json

import pytest

from triplary.errors import ParseError
from triplary.store.documents import parse
from triplary.store.formats import FORMATS
from triplary.store.jsonld import readable

SCHEMA = "http://schema.org/"


def triples(document: object) -> set[tuple[str, str, str]]:
    data = json.dumps(document).encode()
    quads = parse(data, name="a.jsonld", format=FORMATS["jsonld"])
    return {(str(q.subject), q.predicate.value.removeprefix(SCHEMA), str(q.object)) for q in quads}


@pytest.mark.parametrize(
    "address",
    [
        "https://schema.org", "http://schema.org", "https://schema.org/", "http://www.schema.org/",
        "https://schema.org/docs/jsonldcontext.jsonld", "http://schema.org/docs/jsonldcontext.json",
    ],
)  # fmt: skip
def test_schema_orgs_context_is_known(address: str) -> None:
    document = {"@context": address, "@id": "http://x.org/a", "name": "A", "url": "http://x.org/"}
    assert triples(document) == {
        ("<http://x.org/a>", "name", '"A"'),
        ("<http://x.org/a>", "url", "<http://x.org/>"),
    }


def test_a_context_of_ones_own_beside_it_holds() -> None:
    document = {
        "@context": ["https://schema.org/", {"x": "http://x.org/"}],
        "@graph": [{"id": "x:a", "type": "Person", "x:knows": {"@id": "x:b"}}],
    }
    assert triples(document) == {
        ("<http://x.org/a>", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
         f"<{SCHEMA}Person>"),
        ("<http://x.org/a>", "http://x.org/knows", "<http://x.org/b>"),
    }  # fmt: skip


def test_a_context_within_is_known_too() -> None:
    document = {
        "@context": {"in": "http://x.org/in"},
        "@id": "http://x.org/a",
        "in": {"@context": "https://schema.org", "@id": "http://x.org/b", "name": "B"},
    }
    assert triples(document) == {
        ("<http://x.org/a>", "http://x.org/in", "<http://x.org/b>"),
        ("<http://x.org/b>", "name", '"B"'),
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": {"@vocab": "https://schema.org/"}, "name": "https://schema.org"}',
        '{"name": "https://schema.org"}',
        '{"@context": "https://schema.org',
        '{"a": "b"}',
        "[" * 5000 + '"https://schema.org"',
    ],
)
def test_nothing_else_is_changed(text: str) -> None:
    assert readable(text.encode()) == text.encode()


@pytest.mark.parametrize(
    "address", ["https://example.org/", "https://schema.org.evil.example/", "file:///etc/passwd"]
)
def test_no_other_address_is_fetched(address: str) -> None:
    data = json.dumps({"@context": address, "a": "b"}).encode()
    with pytest.raises(ParseError) as caught:
        parse(data, name="a.jsonld", format=FORMATS["jsonld"])
    assert str(caught.value) == (
        "a.jsonld: its @context is an address, and no address is fetched\n"
        "hint: write the context into the file, or convert it to Turtle; schema.org's is known"
    )
