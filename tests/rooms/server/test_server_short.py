"""Short views: the same view has the same id everywhere; what is no address is refused."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rooms.server.asking import Client
from rooms.server.conftest import ended
from rooms.store.pool import forked
from triplary.errors import BadParameter, Busy, Full, StoreError
from triplary.kg import KnowledgeGraph
from triplary.server import address as addresses
from triplary.server import short
from triplary.server.address import LONGEST_ADDRESS, PARAMETERS, canonical, drawing
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.server.short import FILE, MEMORY, ShortViews, short_id
from triplary.store.oxigraph import OxigraphStore

ADDRESS = "/?entity=Ann&open=Bob%2C%5Etri%3Aknows%2C5"
ID = short_id(ADDRESS)
NO_ADDRESS = "it is no address of the explorer's page or the workbench's"

WORKBENCH = "/sparql?query=SELECT+%2A+%7B+%3Fs+%3Fp+%22%26%3D%23%3F%22+%7D&run=1&view=bar"


@pytest.fixture
def asking(small: KnowledgeGraph, tmp_path: Path) -> Iterator[Client]:
    assert isinstance(small.store, OxigraphStore)
    workers = forked(small.store)
    app = create_app(small, workers, Settings(), ShortViews(tmp_path, most=3))
    with Client(app) as client:
        yield client
        client.run(ended(workers))


# The address.


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/?entity=A", "/?entity=A"),
        ("/?size=pagerank&entity=A&by=", "/?entity=A&size=pagerank"),
        ("/?open=B&entity=A&open=A", "/?entity=A&open=B&open=A"),
        ("/?entity=A%20b", "/?entity=A+b"),
        ("/?entity=百度", "/?entity=%E7%99%BE%E5%BA%A6"),
        ("/?title=%3Cscript%3E%22", "/?title=%3Cscript%3E%22"),
        ("/?", "/?"),
        ("/?&&", "/?"),
        ("/?query=ASK%7B%7D%0A%00", "/?query=ASK%7B%7D%0A%00"),
        ("/sparql?view=bar&run=1&query=ASK{}&options=", "/sparql?query=ASK%7B%7D&run=1&view=bar"),
        (WORKBENCH, WORKBENCH),
    ],
)
def test_a_view_has_one_address(address: str, told: str) -> None:
    assert canonical(address) == told
    assert canonical(told) == told


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", NO_ADDRESS),
        ("/", NO_ADDRESS),
        ("//evil.example/?entity=A", NO_ADDRESS),
        ("/\\evil.example/?entity=A", NO_ADDRESS),
        ("https://evil.example/?entity=A", NO_ADDRESS),
        ("javascript:alert(1)", NO_ADDRESS),
        ("/entity/A?entity=A", NO_ADDRESS),
        ("/v/aaaaaaaaaaaa", NO_ADDRESS),
        ("?entity=A", NO_ADDRESS),
        (" /?entity=A", NO_ADDRESS),
        ("/?entity=A#javascript:alert(1)", NO_ADDRESS),
        ("/?next=//evil.example", "the explorer reads no parameter 'next'"),
        ("/sparql", NO_ADDRESS),
        ("/sparqlx?query=ASK", NO_ADDRESS),
        ("/sparql?query=ASK#x", NO_ADDRESS),
        ("/sparql?query=ASK&entity=A", "the workbench reads no parameter 'entity'"),
        ("/sparql?update=CLEAR+ALL", "the workbench reads no parameter 'update'"),
        ("/?entity=%FF", "it is no text in UTF-8"),
        ("/?entity=\ud800", "it is no text in UTF-8"),
        ("/?entity=" + "A" * LONGEST_ADDRESS, "it is longer than 65,536 characters"),
        ("/?entity=" + "百" * 10_000, "written out it is longer than 65,536 characters"),
    ],
)
def test_anything_else_is_refused(address: str, reason: str) -> None:
    with pytest.raises(BadParameter) as caught:
        canonical(address)
    assert (caught.value.parameter, caught.value.reason) == ("address", reason)
    assert len(caught.value.message) < 200


def test_the_page_may_carry_all_that_the_drawing_verbs_take(asking: Client) -> None:
    told = asking.get("/openapi.json").json()["paths"]
    read = {
        parameter["name"]
        for path in ("expand", "paths", "compare", "rank", "graph")
        for parameter in told[f"/api/{path}"]["get"]["parameters"]
    }
    assert sorted(read | {"compare", "select"}) == sorted(PARAMETERS)


@pytest.mark.parametrize(
    ("asked", "picture"),
    [
        ([], "/api/rank.svg?language=en"),
        ([("by", "pagerank")], "/api/rank.svg?by=pagerank&language=en"),
        (
            [("entity", "A"), ("open", "B,,3"), ("select", "B"), ("as-of", "2024")],
            "/api/expand.svg?entity=A&open=B%2C%2C3&as-of=2024&language=en",
        ),
        (
            [("source", "A"), ("target", "B"), ("entity", "C"), ("k", "2")],
            "/api/paths.svg?source=A&target=B&k=2&language=en",
        ),
        (
            [("compare", "A"), ("compare", "B"), ("language", "zh")],
            "/api/compare.svg?entity=A&entity=B&language=en",
        ),
        ([("query", "ASK{}"), ("x", "y")], "/api/graph.svg?query=ASK%7B%7D&language=en"),
        ([("source", "A"), ("compare", "B")], "/api/rank.svg?language=en"),
    ],
)
def test_the_drawing_of_a_page_is_that_of_its_verb(
    asked: list[tuple[str, str]], picture: str
) -> None:
    assert drawing(asked, "en") == picture


# The store.


def test_the_id_depends_on_nothing_but_the_view() -> None:
    assert short_id("/?entity=Baidu") == short_id("/?entity=Baidu")
    assert short_id("/?entity=Baidu") != short_id("/?entity=Huawei")
    assert len(ID) == 12
    assert set(ID) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_a_view_survives_a_restart_and_another_server(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there yet"
    views = ShortViews(folder, most=10)
    assert views.warning == ""
    assert not folder.exists()
    assert views.keep(ADDRESS) == ID
    assert views.keep(ADDRESS) == ID
    assert ShortViews(folder, most=10).find(ID) == ADDRESS


@pytest.mark.parametrize("name", ["", "aaaaaaaaaaaa", ID.upper(), f"{ID}a", "../../etc/x", "'--"])
def test_an_unknown_id_is_none(tmp_path: Path, name: str) -> None:
    views = ShortViews(tmp_path, most=10)
    assert views.find(name) is None
    views.keep(ADDRESS)
    assert views.find(name) is None


@pytest.mark.parametrize("kept_in", ["a folder", "memory"])
def test_there_are_so_many_and_no_more(tmp_path: Path, kept_in: str) -> None:
    views = ShortViews(tmp_path if kept_in == "a folder" else None, most=2)
    first = views.keep("/?entity=A")
    views.keep("/?entity=B")
    with pytest.raises(Full) as caught:
        views.keep("/?entity=C")
    assert str(caught.value) == (
        "This server keeps 2 short views, and has no room for another.\n"
        "hint: the long address shows the same view; or raise short_views"
    )
    assert views.keep("/?entity=A") == first
    assert views.find(short_id("/?entity=C")) is None
    assert views.warning == ""


def test_two_views_of_one_id_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short, "short_id", lambda address: "aaaaaaaaaaaa")
    views = ShortViews(tmp_path, most=10)
    views.keep("/?entity=A")
    with pytest.raises(StoreError) as caught:
        views.keep("/?entity=B")
    assert caught.value.message == "Another view is called aaaaaaaaaaaa already."
    assert views.find("aaaaaaaaaaaa") == "/?entity=A"


def test_where_no_file_can_be_made_views_live_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    views = ShortViews(tmp_path / "file" / "views", most=1)
    assert views.warning == (
        "Short views are kept in memory only, until this server ends:"
        f" {tmp_path / 'file' / 'views'}: it cannot be written to."
    )
    assert views.keep(ADDRESS) == ID
    assert views.find(ID) == ADDRESS
    with pytest.raises(Full):
        views.keep("/?entity=B")


def test_a_file_that_breaks_later_is_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    views = ShortViews(tmp_path, most=10)
    (tmp_path / FILE).write_bytes(b"this is no database, and long enough to be looked at" * 20)
    assert views.find(ID) is None
    assert views.keep(ADDRESS) == ID
    assert views.find(ID) == ADDRESS
    assert views.warning.startswith("Short views are kept in memory only")
    assert [record.message for record in caplog.records][-1] == views.warning
    assert ShortViews(tmp_path, most=10).find(ID) is None


def test_a_file_that_may_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ShortViews(tmp_path, most=10).keep(ADDRESS)
    monkeypatch.setattr(short, "_writable", lambda folder: False)  # root may write anywhere
    views = ShortViews(tmp_path, most=10)
    assert views.warning.endswith("it cannot be written to.")
    assert views.find(ID) == ADDRESS
    other = views.keep("/?entity=B")
    assert views.find(other) == "/?entity=B"
    assert ShortViews(tmp_path, most=10).find(other) is None


def test_who_waits_too_long_is_told_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short, "_WAIT_SECONDS", 0.05)
    views = ShortViews(tmp_path, most=10)
    views.keep(ADDRESS)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Busy):
        views.keep("/?entity=B")
    other.execute("ROLLBACK")
    other.close()
    assert views.find(views.keep("/?entity=B")) == "/?entity=B"
    assert views.warning == ""


def test_two_servers_share_one_file(tmp_path: Path) -> None:
    servers = [ShortViews(tmp_path, most=60) for _ in range(4)]
    faults: list[BaseException] = []

    def write(server: ShortViews, first: int) -> None:
        try:
            for number in range(first, first + 30):
                server.keep(f"/?entity={number}")
        except BaseException as fault:
            faults.append(fault)

    threads = [
        threading.Thread(target=write, args=(server, place * 10))
        for place, server in enumerate(servers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    asked = [f"/?entity={number}" for number in range(60)]
    assert [servers[0].find(short_id(address)) for address in asked] == asked
    assert {server.warning for server in servers} == {""}
    with pytest.raises(Full):
        servers[3].keep("/?entity=60")


@pytest.mark.parametrize(
    ("setting", "environment", "folder"),
    [
        (MEMORY, {}, None),
        ("/srv/views", {}, Path("/srv/views")),
        ("", {"XDG_DATA_HOME": "/data"}, Path("/data/triplary")),
        ("", {"XDG_DATA_HOME": "relative"}, Path.home() / ".local/share/triplary"),
        ("", {}, Path.home() / ".local/share/triplary"),
    ],
)
def test_the_setting_says_where(
    setting: str, environment: dict[str, str], folder: Path | None
) -> None:
    views = ShortViews.of(setting, environment, most=1)
    assert views._file == (folder / FILE if folder else None)


# Over HTTP.


def test_a_long_address_gets_a_short_one_that_shows_the_same(asking: Client) -> None:
    given = asking.post("/api/view", json={"address": "/?open=Bob,^tri:knows,5&entity=Ann"})
    assert (given.status_code, given.json()) == (200, {"id": ID, "address": f"/v/{ID}"})
    page = asking.get(f"/v/{ID}", headers={"accept": "text/html"})
    assert page.status_code == 200
    block = page.text.split('<script type="application/json" id="address">')[1]
    assert json.loads(block.split("</script>")[0]) == ADDRESS
    picture = "/api/expand.svg?entity=Ann&amp;open=Bob%2C%5Etri%3Aknows%2C5&amp;language=en"
    assert f'<img src="{picture}"' in page.text
    assert f'href="/v/{ID}?language=zh"' in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


def test_a_short_address_may_be_read_in_the_other_language(asking: Client) -> None:
    name = asking.post("/api/view", json={"address": "/?entity=Ann&language=zh"}).json()["id"]
    chinese = asking.get(f"/v/{name}").text
    english = asking.get(f"/v/{name}?language=en").text
    assert '<html lang="zh">' in chinese
    assert '"/?entity=Ann\\u0026language=zh"' in chinese
    assert f'href="/v/{name}?language=en"' in chinese
    assert '<html lang="en">' in english
    assert '"/?entity=Ann\\u0026language=en"' in english
    assert f'href="/v/{name}?language=zh"' in english


def test_a_short_address_may_stand_for_one_of_the_workbench(asking: Client) -> None:
    name = asking.post("/api/view", json={"address": WORKBENCH}).json()["id"]
    assert name == short_id(WORKBENCH)
    page = asking.get(f"/v/{name}?language=zh", headers={"accept": "text/html"})
    assert page.status_code == 200
    block = page.text.split('<script type="application/json" id="address">')[1]
    assert json.loads(block.split("</script>")[0]) == f"{WORKBENCH}&language=zh"
    assert "<triplary-workbench>" in page.text
    assert ">SELECT * { ?s ?p &#34;&amp;=#?&#34; }</textarea>" in page.text
    assert '<html lang="zh">' in page.text
    assert f'href="/v/{name}?language=en"' in page.text


def test_what_an_address_holds_is_never_markup(asking: Client) -> None:
    hostile = "/?entity=</script><script>alert(1)</script>&title=%22onerror=%22"
    name = asking.post("/api/view", json={"address": hostile}).json()["id"]
    assert "<script>alert" not in asking.get(f"/v/{name}").text
    assert 'onerror="' not in asking.get(f"/v/{name}").text


def test_the_page_itself_holds_no_address(asking: Client) -> None:
    assert 'id="address"' not in asking.get("/?entity=Ann").text


@pytest.mark.parametrize("name", ["aaaaaaaaaaaa", "x", "AAAA"])
def test_an_unknown_short_address_says_what_to_do(asking: Client, name: str) -> None:
    page = asking.get(f"/v/{name}", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "There is no such view" in page.text
    assert "Short addresses are known to the server they were made on." in page.text
    chinese = asking.get(f"/v/{name}?language=zh", headers={"accept": "text/html"})
    assert "没有这个视图" in chinese.text


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "the body does not take b'': it is no JSON."),
        (b"{", "the body does not take b'{': it is no JSON."),
        (b"[" * 100_000, f"the body does not take {b'[' * 40!r}: it is no JSON."),
        (b"[]", "the body does not take b'[]': it has no address alone."),
        (b'{"a": 1}', "the body does not take b'{\"a\": 1}': it has no address alone."),
        (b'{"address": 1}', "address does not take 1: it is no text."),
        (
            b'{"address": "//evil"}',
            f"address does not take '//evil': {NO_ADDRESS}.",
        ),
        (b" " * 200_000, "address does not take '…': it is longer than 65,536 characters."),
        (
            b'{"address": "/?entity=\\ud800"}',
            "address does not take '/?entity=\\ud800': it is no text in UTF-8.",
        ),
    ],
    ids=range(9),
)
def test_what_is_no_address_is_a_problem(asking: Client, body: bytes, detail: str) -> None:
    answer = asking.post("/api/view", content=body, headers={"content-type": "application/json"})
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["title"], told["detail"]) == (400, "BadParameter", detail)


def test_a_full_server_says_so(asking: Client) -> None:
    for name in ("A", "B", "C"):
        assert asking.post("/api/view", json={"address": f"/?entity={name}"}).status_code == 200
    answer = asking.post("/api/view", json={"address": "/?entity=D"})
    assert answer.status_code == 507
    assert answer.json() == {
        "type": "https://w3id.org/triplary/errors#Full",
        "title": "Full",
        "status": 507,
        "detail": "This server keeps 3 short views, and has no room for another.",
        "hint": "the long address shows the same view; or raise short_views",
    }


def test_where_views_are_kept_is_nobodys_business(small: KnowledgeGraph, tmp_path: Path) -> None:
    assert isinstance(small.store, OxigraphStore)
    workers = forked(small.store)
    app = create_app(small, workers, Settings(views=str(tmp_path)))
    with Client(app) as client:
        assert client.get("/-/settings").json()["views"] == "a folder"
        client.run(ended(workers))


def test_the_longest_address_is_what_the_module_says() -> None:
    assert addresses.LONGEST_ADDRESS == 64 * 1024
