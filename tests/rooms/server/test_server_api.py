"""The API's answers keep their models; its failures are problems; every route is guarded."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.routing import Mount

from rooms.server.asking import Client
from triplary import render
from triplary.query import names
from triplary.server import models

ERRORS = "https://w3id.org/triplary/errors#"
BAIDU = "https://w3id.org/triplary/id/Baidu"


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/api/search?text=baidu", models.SearchAnswer),
        ("/api/search?text=nothing-is-called-this", models.SearchAnswer),
        ("/api/search?text=百度&language=zh&limit=1&class=Company", models.SearchAnswer),
        ("/api/describe?entity=ERNIE", models.DescribeAnswer),
        ("/api/describe?entity=Baidu&language=zh&limit=1", models.DescribeAnswer),
        ("/api/expand?entity=ERNIE", models.ExpandAnswer),
        ("/api/expand?entity=ERNIE&entity=GPT-4&hops=2&limit=3&language=zh", models.ExpandAnswer),
        ("/api/expand?entity=ERNIE&verdict=wrong&at=ERNIE,10.5,-20", models.ExpandAnswer),
        ("/api/expand?entity=OpenAI,^developedBy,1&open=OpenAI&open=China,,1", models.ExpandAnswer),
        ("/api/expand?entity=Baidu&class=-Country&as-of=2024&size=pagerank", models.ExpandAnswer),
        ("/api/rank?open=GPT-4&graph=models&color=community&layout=timeline", models.RankAnswer),
        ("/api/rank?range=released,2023,&range=parameters,,1000&only=ERNIE", models.RankAnswer),
        ("/api/rank?verdict=-stated&predicate=developedBy&layout=circle", models.RankAnswer),
        ("/api/rank?by=betweenness&size=betweenness&without=Baidu&language=zh", models.RankAnswer),
        ("/api/compare?entity=ERNIE&entity=GPT-4&graph=-claims&open=Baidu", models.CompareAnswer),
        ("/api/paths?source=ERNIE&target=China&open=OpenAI&without=Baidu", models.PathsAnswer),
        ("/api/paths?source=ERNIE&target=China", models.PathsAnswer),
        ("/api/paths?source=ERNIE&target=China&k=1&language=zh", models.PathsAnswer),
        ("/api/paths?source=ERNIE&target=China&forbid=developedBy", models.PathsAnswer),
        ("/api/compare?entity=Baidu&entity=OpenAI", models.CompareAnswer),
        ("/api/compare?entity=ERNIE&entity=GPT-4&language=zh", models.CompareAnswer),
        ("/api/rank", models.RankAnswer),
        ("/api/rank?by=pagerank&limit=3&language=zh", models.RankAnswer),
        ("/api/rank?by=betweenness&class=Company", models.RankAnswer),
        ("/api/query", models.QueriesAnswer),
        ("/api/query?language=zh", models.QueriesAnswer),
    ],
)
def test_an_answer_keeps_its_model(client: Client, path: str, model: type[BaseModel]) -> None:
    found = client.get(path)
    assert (found.status_code, found.headers["content-type"]) == (200, "application/json")
    read = model.model_validate_json(found.content, strict=True)
    assert read.model_dump(by_alias=True, mode="json") == found.json()


@pytest.mark.parametrize(
    "verb", ["search", "describe", "expand", "paths", "compare", "rank", "query"]
)
def test_each_verb_has_a_route_that_is_told_in_openapi(client: Client, verb: str) -> None:
    told = client.get("/openapi.json").json()["paths"]
    (operation,) = told[f"/api/{verb}"].values()
    assert operation["summary"] or operation["description"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema["$ref"].startswith("#/components/schemas/")
    for status in ("400", "404"):
        assert operation["responses"][status]["content"]["application/json"]["schema"] == {
            "$ref": "#/components/schemas/Problem"
        }


def test_a_loose_node_stands_where_it_was_put_and_is_not_pinned(client: Client) -> None:
    found = client.get("/api/expand?entity=ERNIE&at=ERNIE,10.5,-20,loose").json()["view"]
    (node,) = [each for each in found["nodes"] if each["name"] == "ERNIE"]
    assert (node["x"], node["y"], node["pinned"]) == (10.5, -20, False)


def test_a_pinned_node_stands_where_it_was_put(client: Client) -> None:
    found = client.get("/api/expand?entity=ERNIE&at=ERNIE,10.5,-20").json()["view"]
    (node,) = (node for node in found["nodes"] if node["name"] == "ERNIE")
    assert (node["x"], node["y"]) == (10.5, -20)


def shown(view: dict[str, Any]) -> list[str]:
    return [node["name"] for node in view["nodes"]]


def test_what_is_opened_after_the_picture_moves_nothing_of_it(client: Client) -> None:
    def places(path: str) -> dict[str, tuple[float, float]]:
        nodes = client.get(path).json()["view"]["nodes"]
        return {node["name"]: (node["x"], node["y"]) for node in nodes}

    base = "/api/paths?source=GPT-4&target=ERNIE&k=1"
    before, after = places(base), places(f"{base}&open=Baidu&open=OpenAI")
    assert list(after) == [*before, "Baidu", "China", "United_States"]
    assert {name: after[name] for name in before} == before
    nodes = client.get(f"{base}&open=Baidu").json()["view"]["nodes"]
    assert [(n["name"], n["asked"], n["opened"]) for n in nodes] == [
        ("GPT-4", True, True), ("ERNIE", True, True), ("OpenAI", False, False),
        ("Baidu", False, True), ("China", False, False),
    ]  # fmt: skip


def test_the_hub_never_explodes_and_the_rest_is_one_helping_away(client: Client) -> None:
    view = client.get("/api/expand?entity=OpenAI,,1").json()["view"]
    assert [(m["label"], m["inverse"], m["shown"], m["total"]) for m in view["more"]] == [
        ("developed by", True, 0, 2),
    ]  # fmt: skip
    view = client.get("/api/expand?entity=OpenAI,,1&open=OpenAI,^tri:developedBy,1").json()["view"]
    assert shown(view) == ["OpenAI", "United_States", "ERNIE"]
    assert [(m["label"], m["shown"], m["total"]) for m in view["more"]] == [("developed by", 1, 2)]


def test_the_limit_is_the_pictures_and_a_helping_is_as_large_as_usual(client: Client) -> None:
    for path in ("/api/rank?limit=1&open=OpenAI", "/api/rank?by=degree&limit=1&open=OpenAI"):
        assert len(client.get(path).json()["view"]["nodes"]) == 4
    compared = client.get("/api/compare?entity=Baidu&entity=China&limit=1&open=OpenAI").json()
    assert shown(compared["view"]) == [
        "Baidu",
        "China",
        "OpenAI",
        "United_States",
        "ERNIE",
        "GPT-4",
    ]
    assert shown(client.get("/api/expand?entity=Baidu&limit=1&open=OpenAI").json()["view"]) == [
        "Baidu", "China", "OpenAI", "United_States",
    ]  # fmt: skip


def test_an_answer_says_what_could_be_filtered_and_how_much_is_hidden(client: Client) -> None:
    found = client.get("/api/expand?entity=OpenAI&class=-Country&verdict=-wrong").json()
    view, facets = found["view"], found["facets"]
    assert view["filters"] == [
        ["class", "-https://w3id.org/triplary/ontology#Country"], ["verdict", "-wrong"],
    ]  # fmt: skip
    assert (shown(view), found["hidden"]) == (["OpenAI", "GPT-4"], {"nodes": 2, "edges": 2})
    assert [(f["label"], f["name"], f["count"], f["shown"]) for f in facets["classes"]] == [
        ("Model", "Model", 2, 1), ("Company", "Company", 1, 1), ("Country", "Country", 1, 0),
    ]  # fmt: skip
    assert [(f["label"], f["name"], f["count"], f["shown"]) for f in facets["graphs"]] == [
        ("Models", "models", 1, 1), ("Claims", "claims", 1, 0), ("companies", "companies", 1, 0),
    ]  # fmt: skip
    assert [(f["value"], f["label"], f["count"], f["shown"]) for f in facets["verdicts"]] == [
        ("stated", "stated by a source", 2, 1), ("wrong", "claim, wrong", 1, 0),
    ]  # fmt: skip
    assert facets["time"] == ["2023-03-16", "2023-03-16"]
    assert facets["ranges"] == []


def test_the_facets_name_what_the_filters_take(client: Client) -> None:
    found = client.get("/api/rank").json()
    total = len(found["view"]["nodes"])
    assert found["hidden"] == {"nodes": 0, "edges": 0}
    for kind, parameter in (
        ("classes", "class"), ("predicates", "predicate"), ("graphs", "graph"),
        ("verdicts", "verdict"),
    ):  # fmt: skip
        for facet in found["facets"][kind]:
            assert facet["count"] == facet["shown"] > 0
            only = client.get("/api/rank", params={parameter: facet["name"]}).json()
            told = {f["value"]: f["shown"] for f in only["facets"][kind]}
            assert told.pop(facet["value"]) > 0
            assert kind in ("classes", "graphs") or set(told.values()) <= {0}
            assert len(only["view"]["nodes"]) <= total


def test_an_entity_tells_its_relations_before_anything_is_drawn(client: Client) -> None:
    found = client.get("/api/describe?entity=OpenAI&limit=1").json()["relations"]
    developed = "https://w3id.org/triplary/ontology#developedBy"
    assert found == [
        {"predicate": developed, "label": "developed by", "inverseLabel": "", "name": "developedBy",
         "inverse": True, "total": 2},
        {"predicate": "https://w3id.org/triplary/ontology#basedIn", "label": "based in",
         "inverseLabel": "", "name": "basedIn", "inverse": False, "total": 1},
    ]  # fmt: skip


def test_a_step_through_what_is_hidden_names_no_edge(client: Client) -> None:
    found = client.get("/api/paths?source=ERNIE&target=China&without=China").json()
    (path,) = found["paths"]
    assert [step["edge"] for step in path["steps"]] == ["e0", ""]
    assert shown(found["view"]) == ["ERNIE", "Baidu"]


def test_a_claim_shows_as_an_edge_with_its_verdict(client: Client) -> None:
    view = client.get("/api/expand?entity=ERNIE").json()["view"]
    verdicts = {
        (e["source"].rpartition("/")[2], e["target"].rpartition("/")[2]): e["verdict"]
        for e in view["edges"]
    }
    assert verdicts[("ERNIE", "OpenAI")] == "wrong"
    assert verdicts[("ERNIE", "Baidu")] == "stated"


def test_a_named_query_answers_results_json(client: Client) -> None:
    found = client.get("/api/query/named-graphs")
    assert found.headers["content-type"] == "application/sparql-results+json; charset=utf-8"
    answer = found.json()
    assert answer["head"] == {"vars": ["graph", "statements"]}
    assert [row["statements"]["value"] for row in answer["results"]["bindings"]] == [
        "9", "11", "11", "4", "11",
    ]  # fmt: skip


def test_a_named_query_takes_its_parameters_by_name(client: Client) -> None:
    found = client.get(
        "/api/query/statements", params={"subject": "https://w3id.org/triplary/id/GPT-4"}
    )
    assert found.status_code == 200, found.text
    rows = found.json()["results"]["bindings"]
    assert [row["object"]["value"] for row in rows] == ["GPT-4"]


def test_every_named_query_is_listed_and_answers(client: Client) -> None:
    listed = client.get("/api/query").json()["queries"]
    assert [query["name"] for query in listed] == list(names())
    for query in listed:
        assert client.get(f"/api/query/{query['name']}").status_code == 200


@pytest.mark.parametrize("suffix", [suffix.removeprefix(".") for suffix in render.FORMATS])
@pytest.mark.parametrize(
    "path",
    [
        "/api/expand.{}?entity=Baidu",
        "/api/paths.{}?source=ERNIE&target=China",
        "/api/compare.{}?entity=Baidu&entity=OpenAI",
        "/api/rank.{}",
        "/api/rank.{}?open=Baidu&class=-Country&as-of=2024&layout=hierarchy",
    ],
)
def test_every_view_saves_in_every_format(client: Client, path: str, suffix: str) -> None:
    found = client.get(path.format(suffix))
    assert found.status_code == 200
    media_type = render.FORMATS["." + suffix].media_type
    assert found.headers["content-type"].partition(";")[0] == media_type.partition(";")[0]
    assert found.content
    assert found.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert ("content-disposition" in found.headers) is (suffix == "html")


PROBLEMS: list[tuple[str, int, dict[str, Any]]] = [
    (
        "/api/describe?entity=Country House", 404,
        {
            "type": ERRORS + "NotFound", "title": "NotFound", "status": 404,
            "detail": "There is no entity “Country House”.",
            "hint": "search for a part of its name", "kind": "entity", "name": "Country House",
        },
    ),
    (
        "/api/search?text=a&language=fr", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "language does not take 'fr': it is one of en, zh.", "parameter": "language",
        },
    ),
    (
        "/api/search?text=a&limit=0", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "limit does not take 0: from 1 to 20000.", "parameter": "limit",
        },
    ),
    (
        "/api/expand?entity=Baidu&at=Baidu", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "at does not take 'Baidu': it is a name and two numbers.",
            "hint": "at=Baidu,120,-40", "parameter": "at",
        },
    ),
    (
        "/api/expand.pdf?entity=Baidu", 404,
        {
            "type": ERRORS + "NotFound", "title": "NotFound", "status": 404,
            "detail": "There is no format “.pdf”.",
            "hint": f"did you mean {', '.join(render.FORMATS)}?",
            "near": list(render.FORMATS), "kind": "format", "name": ".pdf",
        },
    ),
    (
        "/api/rank?class=Compny", 404,
        {
            "type": ERRORS + "NotFound", "title": "NotFound", "status": 404,
            "detail": "There is no class “Compny”.", "hint": "did you mean Company?",
            "near": ["Company"], "kind": "class", "name": "Compny",
        },
    ),
    (
        "/api/rank?graph=mod", 404,
        {
            "type": ERRORS + "NotFound", "title": "NotFound", "status": 404,
            "detail": "There is no named graph “mod”.", "hint": "did you mean models?",
            "near": ["models"], "kind": "named graph", "name": "mod",
        },
    ),
    (
        "/api/rank?as-of=then", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "as-of does not take 'then': it is a year, a month or a day.",
            "hint": "2023, 2023-03 or 2023-03-16", "parameter": "as-of",
        },
    ),
    (
        "/api/rank?range=parameters,few,", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "range does not take 'few': parameters has no such value, it takes numbers.",
            "hint": "range=parameters,260,", "parameter": "range",
        },
    ),
    (
        "/api/rank?open=Baidu,made,3", 404,
        {
            "type": ERRORS + "NotFound", "title": "NotFound", "status": 404,
            "detail": "There is no property “made”.",
            "hint": "docs/reference/ontology lists those of the atlas",
            "kind": "property", "name": "made",
        },
    ),
    (
        "/api/rank?layout=spiral", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "layout does not take 'spiral': it is one of force, hierarchy, circle,"
            " timeline.", "parameter": "layout",
        },
    ),
    (
        "/api/query/nothing", 404,
        {
            "type": ERRORS + "NotFound", "title": "NotFound", "status": 404,
            "detail": "There is no named query “nothing”.",
            "hint": f"did you mean {', '.join(names()[:5])}?",
            "near": list(names()[:5]), "kind": "named query", "name": "nothing",
        },
    ),
    (
        "/api/query/statements?subjcet=x", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "query statements does not take 'subjcet': it has no such parameter.",
            "hint": "its parameters are subject, predicate, object, graph",
            "parameter": "query statements",
        },
    ),
    (
        "/api/search", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "text does not take None: field required.",
            "hint": "/openapi.json has every route with its parameters",
            "parameter": "text",
        },
    ),
    (
        "/api/paths?source=Baidu&target=OpenAI&k=many", 400,
        {
            "type": ERRORS + "BadParameter", "title": "BadParameter", "status": 400,
            "detail": "k does not take 'many': input should be a valid integer, unable to parse"
            " string as an integer.",
            "hint": "/openapi.json has every route with its parameters", "parameter": "k",
        },
    ),
    (
        "/api/nothing", 404,
        {
            "type": "about:blank", "title": "Not Found", "status": 404,
            "detail": "GET /api/nothing: Not Found.",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status", "body"), PROBLEMS, ids=[path for path, *_ in PROBLEMS])
def test_a_failure_is_a_problem(
    client: Client, path: str, status: int, body: dict[str, Any]
) -> None:
    found = client.get(path)
    assert (found.status_code, found.headers["content-type"]) == (
        status, "application/problem+json",
    )  # fmt: skip
    assert found.json() == body
    models.Problem.model_validate(found.json())


def flat(routes: Iterable[Any]) -> Iterator[Any]:
    """The routes, those of included routers among them."""
    for route in routes:
        # FastAPI keeps an included router as one route.
        inner = getattr(getattr(route, "original_router", route), "routes", None)
        if inner and not isinstance(route, Mount):
            yield from flat(inner)
        else:
            yield route


def address(route: Any) -> str:
    """A path that the route answers."""
    if isinstance(route, Mount):
        return f"{route.path}/nothing.js"
    filled = str(route.path).replace("{suffix}", "svg").replace("{name:path}", "Baidu")
    return filled.replace("{name}", "statements")


def test_every_route_carries_the_security_headers(client: Client) -> None:
    found = set(map(address, flat(client.app.routes)))
    assert {"/", "/sparql", "/entity/Baidu", "/static/nothing.js", "/openapi.json"} <= found
    assert {f"/api/{verb}" for verb in ("search", "describe", "expand", "rank")} <= found
    for path in [*sorted(found), "/nothing", "/api/expand?entity=Baidu", "/entity/nobody"]:
        for method in ("GET", "HEAD", "OPTIONS"):
            headers = client.request(method, path).headers
            policy = headers["content-security-policy"]
            assert policy.startswith(
                ("default-src 'self'; script-src 'self'", "default-src 'none'; ")
            ), path
            assert "unsafe-eval" not in policy
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["referrer-policy"] == "strict-origin-when-cross-origin", path
            assert headers["cross-origin-opener-policy"] == "same-origin", path


def test_other_sites_may_read_and_only_read(client: Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    allowed = client.request("OPTIONS", "/sparql", headers=asked)
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in allowed.headers
    refused = client.request(
        "OPTIONS", "/sparql", headers={**asked, "Access-Control-Request-Method": "DELETE"}
    )
    assert refused.status_code == 400
    assert client.get("/api/rank", headers={"Origin": "null"}).headers[
        "access-control-allow-origin"
    ] == "*"  # fmt: skip


def test_the_api_only_reads_and_keeps_addresses(client: Client) -> None:
    told = {
        (address(route), method)
        for route in flat(client.app.routes)
        if not isinstance(route, Mount)
        for method in route.methods or ()  # the protocol's own routes answer for themselves
    }
    assert {pair for pair in told if pair[1] not in ("GET", "HEAD")} == {
        ("/api/view", "POST"), ("/api/labels", "POST"), ("/api/outline", "POST"),
        ("/api/doctor", "POST"), ("/api/excel", "POST"), ("/api/capsule", "POST"),
    }  # fmt: skip
    assert client.post("/api/rank").status_code == 405


def test_a_view_has_a_bound_and_says_so(client: Client) -> None:
    found = client.get("/api/expand?entity=Baidu&limit=20001")
    assert (found.status_code, found.json()["detail"]) == (
        400, "limit does not take 20001: from 1 to 20000.",
    )  # fmt: skip
    more = client.get("/api/expand?entity=Baidu&limit=1").json()["view"]["more"]
    assert [(m["node"], m["label"], m["inverse"], m["shown"], m["total"]) for m in more]


def test_the_health_and_the_settings_are_told(client: Client) -> None:
    assert client.get("/-/health").json() == {"status": "ok"}
    assert client.get("/-/settings").json()["answer_rows"] == 40


@pytest.mark.parametrize(
    "path",
    [
        "/api/expand?entity=Baidu&entity=OpenAI", "/api/rank", "/api/describe?entity=Baidu",
        "/api/paths?source=ERNIE&target=OpenAI", "/api/compare?entity=ERNIE&entity=GPT-4",
    ],
)  # fmt: skip
def test_evidence_names_a_source_of_the_answer(client: Client, path: str) -> None:
    def named(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (item["source"] for item in value.get("evidence", ()))
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                yield from named(each)

    answer = client.get(path).json()
    spoken = set(named(answer))
    told = [*answer.get("view", answer)["sources"], *answer.get("sources", ())]
    assert spoken
    assert spoken == {source["id"] for source in told}


def test_the_first_picture_ranks_nothing(client: Client) -> None:
    first = client.get("/api/rank").json()
    assert (first["by"], first["exact"], first["rows"]) == ("", True, [])
    assert first["total"] >= len(first["view"]["nodes"]) > 0
