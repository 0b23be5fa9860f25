"""Files as people have them, without an ontology of ours, open labelled, joined, asked about."""

import html
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from rooms.server.asking import Client
from triplary.errors import ParseError
from triplary.kg import KnowledgeGraph, open_graph
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.store.worker import Workers

OWN = Path(__file__).with_name("own")
EMPTY = ("comment.ttl", "empty.ttl")
FILES = sorted(path.name for path in OWN.iterdir() if path.name not in EMPTY)
Serve = Callable[[str], Client]


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """A client of the application over one of the files."""
    made: dict[str, Client] = {}

    def of(name: str) -> Client:
        if name not in made:
            kg = open_graph(OWN / name)
            nobody = cast(Workers, None)  # no SPARQL is asked here
            made[name] = Client(create_app(kg, nobody, Settings()))
            made[name].__enter__()
        return made[name]

    yield of
    for client in made.values():
        client.__exit__(None, None, None)


def embedded(page: str, name: str) -> Any:
    return json.loads(page.split(f'id="{name}">')[1].split("</script>")[0])


def opening(client: Client, language: str = "en") -> Any:
    return client.get(f"/api/rank?language={language}").json()["view"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_opens_with_a_labelled_joined_picture(serve: Serve, name: str) -> None:
    view = opening(serve(name))
    assert view["title"]
    assert len(view["nodes"]) > 1
    assert len(view["edges"]) > 0
    for node in view["nodes"]:
        assert node["label"]
        assert not node["label"].startswith(("_:", "http"))
    assert all(edge["label"] for edge in view["edges"])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_file_is_asked_three_questions_that_have_answers(
    serve: Serve, name: str, language: str
) -> None:
    client = serve(name)
    page = client.get(f"/?language={language}", headers={"accept": "text/html"}).text
    questions = embedded(page, "questions")
    assert len({question["text"] for question in questions}) == 3
    for question in questions:
        shown = client.get(question["href"], headers={"accept": "text/html"})
        assert shown.status_code == 200
        picture = html.unescape(shown.text.split('<img src="')[1].split('"')[0])
        answer = client.get(picture.replace(".svg?", "?"))
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["view"]["nodes"]) > 1
        if "/api/paths" in picture:
            assert answer.json()["paths"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_no_lessons_of_the_atlas(serve: Serve, name: str) -> None:
    client = serve(name)
    assert client.get("/api/lessons").json() == {"lessons": []}
    assert embedded(client.get("/").text, "lessons") == []


@pytest.mark.parametrize("name", EMPTY)
@pytest.mark.parametrize(
    ("language", "title"), [("en", "There is nothing to draw yet"), ("zh", "还没有可以绘制的内容")]
)
def test_an_empty_file_says_so_in_words(serve: Serve, name: str, language: str, title: str) -> None:
    page = serve(name).get(f"/?language={language}", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text
    assert "triplary serve my.ttl" in page.text
    assert "<triplary-explorer>" not in page.text
    assert embedded(page.text, "questions") == []


LABELS = {
    "foaf.ttl": {
        "Ada", "Charles Babbage", "Mary Somerville", "Analytical Engine", "Royal Society",
        "Computing",
    },
    "skos.ttl": {"Water", "bodies of water", "lakes", "rivers"},
    "shop.jsonld": {
        "Tea Shop", "Li Na", "Oolong", "How to brew oolong", "Offer", "Postal Address",
    },
    "page.jsonld": {"Tea Shop", "Li Na"},
    "dcat.ttl": {
        "Open data of the town", "Street trees", "Bins", "Town of Example", "Environment",
        "Parks office", "trees-csv", "bins-csv",
    },
    "pizza.ttl": {
        "Pizzas", "Food", "Pizza", "Topping", "Base", "has topping", "has base", "price",
    },
    "blank.ttl": {"Nobody", "Somebody", "A third", "unnamed"},
    "words.ttl": {"Paris", "France", "Tokyo", "Japon"},
    "books.rdf": {"Journey to the West", "Dream of the Red Chamber", "Wu Cheng'en", "3"},
    "three.nq": {"Alpha", "Beta", "c"},
}  # fmt: skip


def test_each_file_is_looked_at() -> None:
    assert sorted(LABELS) == FILES


@pytest.mark.parametrize("name", FILES)
def test_entities_are_called_as_the_file_calls_them(serve: Serve, name: str) -> None:
    view = opening(serve(name))
    assert {node["label"] for node in view["nodes"]} == LABELS[name]


@pytest.mark.parametrize(
    ("name", "label", "chinese"),
    [
        ("skos.ttl", "lakes", "湖泊"),
        ("books.rdf", "Journey to the West", "西游记"),
        ("words.ttl", "Tokyo", "Tokyo"),
        ("blank.ttl", "unnamed", "未命名"),
    ],
)
def test_a_label_is_in_the_readers_language_where_there_is_one(
    serve: Serve, name: str, label: str, chinese: str
) -> None:
    english = {node["iri"]: node["label"] for node in opening(serve(name))["nodes"]}
    translated = {node["iri"]: node["label"] for node in opening(serve(name), "zh")["nodes"]}
    assert {translated[iri] for iri, each in english.items() if each == label} == {chinese}


CLASSES = {
    "foaf.ttl": {"Person", "Document", "Organization", ""},
    "skos.ttl": {"Concept", "Concept Scheme"},
    "shop.jsonld": {"Organization", "Person", "Product", "Offer", "Blog Posting", "Postal Address"},
    "page.jsonld": {"Organization", "Person"},
    "dcat.ttl": {"Catalog", "Dataset", "Distribution", "Agent", "Concept", "Organization"},
    "pizza.ttl": {"Ontology", "Class", "Object Property", "Datatype Property"},
    "blank.ttl": {"Person", ""},
    "words.ttl": {"ville", "Pays"},
    "books.rdf": {"Book", "Author", "Shelf"},
    "three.nq": {""},
}


@pytest.mark.parametrize("name", FILES)
def test_classes_are_those_of_the_file(serve: Serve, name: str) -> None:
    view = opening(serve(name))
    assert {node["classLabel"] for node in view["nodes"]} == CLASSES[name]


@pytest.mark.parametrize("name", FILES)
def test_pages_addresses_and_mail_boxes_are_no_nodes(serve: Serve, name: str) -> None:
    view = opening(serve(name))
    iris = [node["iri"] for node in view["nodes"]]
    assert [iri for iri in iris if "mailto:" in iri or iri.endswith((".csv", ".png"))] == []


def test_three_named_graphs_are_three_sources(serve: Serve) -> None:
    edges = opening(serve("three.nq"))["edges"]
    said = {
        (edge["source"][-1], edge["target"][-1]): [each["source"][-2:] for each in edge["evidence"]]
        for edge in edges
    }
    assert said == {("a", "b"): ["g1", "g3"], ("b", "c"): ["g2"], ("c", "a"): ["g3"]}


def test_an_ontology_shows_itself_without_its_scaffolding(serve: Serve) -> None:
    view = opening(serve("pizza.ttl"))
    labels = {node["iri"]: node["label"] for node in view["nodes"]}
    assert {
        (labels[edge["source"]], edge["label"], labels[edge["target"]]) for edge in view["edges"]
    } == {
        ("Pizza", "sub class of", "Food"),
        ("Topping", "sub class of", "Food"),
        ("Base", "sub class of", "Food"),
        ("Topping", "disjoint with", "Pizza"),
        ("has topping", "domain", "Pizza"),
        ("has topping", "range", "Topping"),
        ("has base", "domain", "Pizza"),
        ("has base", "range", "Base"),
        ("price", "domain", "Pizza"),
    }


def test_an_ontology_beside_data_does_not_show_itself(tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(
        "@prefix p: <http://pizza.example/onto#> . p:margherita a p:Pizza ; p:hasTopping p:basil ."
        " p:basil a p:Topping ."
    )
    kg = open_graph([OWN / "pizza.ttl", data])
    labels = {str(node) for node in kg.index.adjacency.nodes}
    assert "http://pizza.example/onto#Pizza" not in labels
    assert not kg.index.ontology.alone
    assert len(kg.opening().edges) == 1


def test_the_atlas_is_no_ontology_alone(atlas: KnowledgeGraph) -> None:
    assert not atlas.index.ontology.alone


def test_a_context_that_would_have_to_be_fetched_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "far.jsonld"
    file.write_text('{"@context": "https://example.org/context", "@id": "http://x.org/a"}')
    with pytest.raises(ParseError) as caught:
        open_graph(file)
    assert str(caught.value) == (
        f"{file}: its @context is an address, and no address is fetched\n"
        "hint: write the context into the file, or convert it to Turtle; schema.org's is known"
    )
