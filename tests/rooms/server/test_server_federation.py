"""SERVICE at /sparql: listed endpoints only, and answers that nobody takes for the graph's own."""

from collections.abc import Iterator

import pytest

from rooms.server.asking import Client
from rooms.store.elsewhere import Elsewhere, elsewhere
from rooms.store.pool import forked
from triplary.kg import KnowledgeGraph
from triplary.server.app import create_app
from triplary.server.settings import Settings, from_environment
from triplary.store.federation import Federation
from triplary.store.oxigraph import OxigraphStore
from triplary.store.worker import Workers

ID = "https://w3id.org/triplary/id/"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


async def ended(workers: Workers) -> None:
    workers.close()


@pytest.fixture(scope="module")
def there() -> Iterator[Elsewhere]:
    with elsewhere() as there:
        yield there


@pytest.fixture(scope="module")
def federated(small: KnowledgeGraph, there: Elsewhere, client: Client) -> Iterator[Client]:
    """A server that may ask the endpoint on this machine, as no setting could let it.

    It begins after `client` and ends before it: a pool outlives those that were forked before it.
    """
    assert isinstance(small.store, OxigraphStore)
    workers = forked(small.store)
    settings = Settings(allow_service=(there.address,), service_rows=5)
    app = create_app(small, workers, settings)
    app.state.federation = Federation(
        settings.allow_service, seconds=5, rows=5, admits=lambda _: True
    )
    with Client(app) as client:
        yield client
        client.run(ended(workers))


def test_what_another_endpoint_says_is_joined_with_the_graph(
    federated: Client, there: Elsewhere
) -> None:
    there.tells(
        ["company", "founded"],
        [
            {
                "company": {"type": "uri", "value": ID + name},
                "founded": {"type": "literal", "value": year},
            }
            for name, year in (("Baidu", "2000"), ("OpenAI", "2015"), ("Unknown", "1900"))
        ],
    )
    query = (
        f"SELECT ?label ?founded {{ ?company {LABEL} ?label FILTER(lang(?label) = 'en')"
        f" SERVICE <{there.address}> {{ ?company <https://x.org/founded> ?founded }} }}"
        " ORDER BY ?founded"
    )
    answer = federated.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert answer.text == "label,founded\r\nBaidu,2000\r\nOpenAI,2015\r\n"
    assert there.asked[-1][0] == ("SELECT * { ?company <https://x.org/founded> ?founded } LIMIT 6")


def test_such_an_answer_is_kept_by_nobody(federated: Client, there: Elsewhere) -> None:
    there.tells([], [{}])
    query = f"ASK {{ SERVICE <{there.address}> {{ }} }}"
    answer = federated.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert answer.text == "true"
    assert "etag" not in answer.headers
    assert "last-modified" not in answer.headers


def test_a_failure_elsewhere_is_a_bad_gateway(federated: Client, there: Elsewhere) -> None:
    there.status, there.body = 503, b""
    query = f"ASK {{ SERVICE <{there.address}> {{ }} }}"
    answer = federated.get("/sparql", params={"query": query})
    assert (answer.status_code, answer.json()["detail"]) == (
        502, f"SERVICE {there.address} answered 503.",
    )  # fmt: skip
    silent = query.replace("SERVICE", "SERVICE SILENT")
    answer = federated.get("/sparql", params={"query": silent}, headers={"Accept": "text/csv"})
    assert answer.text == "true"


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <https://query.wikidata.org/sparql> { ?s ?p ?o } }",
        "ASK { SERVICE ?anywhere { ?s ?p ?o } }",
    ],
)
def test_who_is_not_listed_is_not_asked(federated: Client, there: Elsewhere, query: str) -> None:
    before = len(there.asked)
    answer = federated.get("/sparql", params={"query": query})
    assert (answer.status_code, answer.json()["clause"]) == (403, "SERVICE")
    assert len(there.asked) == before


def test_an_error_after_a_clause_tells_its_own_line(federated: Client, there: Elsewhere) -> None:
    there.tells([], [{}])
    query = f"ASK {{\n SERVICE <{there.address}> {{\n }}\n ?s ?p\n}}"
    answer = federated.get("/sparql", params={"query": query})
    assert (answer.status_code, answer.json()["line"]) == (400, 5)


def test_the_guard_tells_places_of_the_text_as_it_was_sent(
    federated: Client, there: Elsewhere
) -> None:
    query = f"ASK {{\n SERVICE <{there.address}> {{ ?a\n ?b ?c }} SERVICE ?x {{ }} }}"
    answer = federated.get("/sparql", params={"query": query})
    assert (answer.json()["line"], answer.json()["column"]) == (3, 18)


def test_the_description_says_that_it_federates(federated: Client, client: Client) -> None:
    feature = b"BasicFederatedQuery"
    told = [each.get("/sparql", headers={"Accept": "text/turtle"}) for each in (federated, client)]
    assert [feature in answer.content for answer in told] == [True, False]


def test_endpoints_are_listed_by_flags_or_in_the_environment() -> None:
    environment = {"TRIPLARY_ALLOW_SERVICE": "https://a.org/sparql, https://b.org/sparql"}
    both = ("https://a.org/sparql", "https://b.org/sparql")
    assert from_environment(environment).allow_service == both
    assert from_environment(environment, allow_service=[]).allow_service == both
    assert from_environment(environment, allow_service=["https://c.org/"]).allow_service == (
        "https://c.org/",
    )
