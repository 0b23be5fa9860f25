"""The drawing itself, by mouse, by finger, without WebGL, and with 20,000 nodes."""

import math
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, expect

from browser.conftest import visitor
from browser.visitor import Visitor

Place = tuple[float, float]


@pytest.fixture
def hand(address: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor with a phone, in English."""
    yield from visitor(
        address, browser, request, viewport={"width": 390, "height": 844}, has_touch=True,
        is_mobile=True,
    )  # fmt: skip


def at(visitor: Visitor, name: str) -> Place:
    found = visitor.place(name)
    assert found is not None, f"{name} is not drawn"
    return found


def more_at(visitor: Visitor, name: str) -> Place | None:
    """Where the "+N" of a node is."""
    found = visitor.page.evaluate("name => window.triplary.moreAt(name)", name)
    return (found["x"], found["y"]) if found else None


def patch(visitor: Visitor, place: Place) -> bytes:
    """A picture of the few pixels around a place."""
    x, y = place
    return visitor.page.screenshot(clip={"x": x - 4, "y": y - 4, "width": 8, "height": 8})


def dimmed(visitor: Visitor) -> int:
    visitor.page.wait_for_timeout(200)
    return int(visitor.page.locator(".canvas").get_attribute("data-dimmed") or 0)


def count(visitor: Visitor) -> int:
    return int(visitor.page.locator(".canvas").get_attribute("data-nodes") or 0)


def touch(visitor: Visitor) -> CDPSession:
    return visitor.page.context.new_cdp_session(visitor.page)


def fingers(session: CDPSession, kind: str, *places: Place) -> None:
    points = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(places)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def picture(visitor: Visitor, path: str) -> dict[str, Any]:
    return dict(visitor.page.evaluate("path => fetch(path).then(a => a.json())", path)["view"])


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_hover_dims_what_is_not_beside_it(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    view = picture(desk, "/api/expand?entity=Baidu")
    name_of = {node["iri"]: node["name"] for node in view["nodes"]}
    ends = [(name_of[edge["source"]], name_of[edge["target"]]) for edge in view["edges"]]
    near = {"GPT", *(a if b == "GPT" else b for a, b in ends if "GPT" in (a, b))}
    assert dimmed(desk) == 0
    far = at(desk, "China")
    bright = patch(desk, far)
    desk.page.mouse.move(*at(desk, "GPT"))
    assert dimmed(desk) == len(name_of) - len(near) > 0
    assert patch(desk, far) != bright
    desk.page.mouse.move(5, 5)
    assert dimmed(desk) == 0
    assert patch(desk, far) == bright


def test_more_stays_as_a_node_that_opens_the_menu(desk: Visitor) -> None:
    desk.see("/?entity=China")
    view = picture(desk, "/api/expand?entity=China")
    left = sum(each["total"] - each["shown"] for each in view["more"])
    place = more_at(desk, "China")
    assert place is not None
    assert math.dist(place, at(desk, "China")) < 90
    gaps = [math.dist(place, at(desk, node["name"])) for node in view["nodes"]]
    assert min(gaps) > 20
    assert more_at(desk, "Alibaba") is None
    assert count(desk) == len(view["nodes"])
    assert f"+{left}" not in desk.page.locator("triplary-twin").inner_text()
    desk.page.reload()
    desk.await_drawing()
    assert more_at(desk, "China") == place
    desk.page.mouse.click(*place)
    expect(desk.page.get_by_role("menu", name=re.compile("China"))).to_be_visible()


def test_a_right_click_opens_the_menu_of_a_node(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    desk.page.mouse.click(*at(desk, "China"), button="right")
    expect(desk.page.get_by_role("menu", name=re.compile("China"))).to_be_visible()


def test_a_finger_that_stays_opens_the_menu_and_selects_nothing(hand: Visitor) -> None:
    hand.see("/?entity=Baidu")
    session = touch(hand)
    place = at(hand, "Baidu")
    fingers(session, "touchStart", place)
    hand.page.wait_for_timeout(750)
    fingers(session, "touchEnd")
    expect(hand.page.get_by_role("menu", name=re.compile("Baidu"))).to_be_visible()
    assert "select" not in query(hand.page.url)


def test_two_taps_expand_and_one_selects(hand: Visitor) -> None:
    hand.see("/?entity=Baidu")
    hand.page.touchscreen.tap(*at(hand, "Baidu"))
    hand.page.wait_for_url(lambda url: query(url).get("select") == ["Baidu"])
    assert dimmed(hand) == 0
    hand.see("/?entity=Baidu")
    before = count(hand)
    place = at(hand, "Baidu")
    hand.page.touchscreen.tap(*place)
    hand.page.touchscreen.tap(*place)
    hand.page.wait_for_url(lambda url: "open" in query(url))
    hand.await_drawing()
    assert count(hand) > before


def test_a_finger_drags_and_pins(hand: Visitor) -> None:
    hand.see("/?entity=MindSpore")
    session = touch(hand)
    x, y = at(hand, "MindSpore")
    fingers(session, "touchStart", (x, y))
    for step in range(1, 6):
        fingers(session, "touchMove", (x + 8 * step, y + 6 * step))
    fingers(session, "touchEnd")
    hand.page.wait_for_url(lambda url: query(url).get("at", [""])[0].startswith("MindSpore,"))
    assert math.dist(at(hand, "MindSpore"), (x + 40, y + 30)) < 4


def test_two_fingers_zoom_about_their_middle(hand: Visitor) -> None:
    hand.see("/?entity=Baidu")
    session = touch(hand)
    before = math.dist(at(hand, "Baidu"), at(hand, "GPT"))
    x, y = 190.0, 330.0
    fingers(session, "touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 7):
        fingers(session, "touchMove", (x - 30 - 5 * step, y), (x + 30 + 5 * step, y))
    fingers(session, "touchEnd")
    hand.page.wait_for_timeout(300)
    after = math.dist(at(hand, "Baidu"), at(hand, "GPT"))
    assert after / before == pytest.approx(2, rel=0.3)
    assert "select" not in query(hand.page.url)


def test_pictograms_are_drawn_in_nodes_that_are_large_enough(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    desk.page.wait_for_timeout(300)
    assert ink_at(desk, "Baidu") > 0.1
    for _ in range(4):
        desk.page.get_by_role("button", name="Zoom out").click()
        desk.page.wait_for_timeout(200)
    assert ink_at(desk, "Baidu") == 0


def ink_at(visitor: Visitor, name: str) -> float:
    """How much of the middle of a node is covered on the layer of pictograms and labels, 0 to 1."""
    return float(
        visitor.page.evaluate(
            """name => {
              const layer = document.querySelector('.sigma-labels');
              const box = layer.getBoundingClientRect();
              const at = window.triplary.nodeAt(name);
              const ratio = layer.width / box.width;
              const [x, y] = [(at.x - box.left) * ratio, (at.y - box.top) * ratio];
              const copy = document.createElement('canvas').getContext('2d');
              copy.drawImage(layer, x - 4, y - 4, 8, 8, 0, 0, 8, 8);
              const {data} = copy.getImageData(0, 0, 8, 8);
              return data.filter((_, i) => i % 4 === 3 && data[i] > 60).length / 64;
            }""",
            name,
        )
    )


def test_the_live_layout_moves_all_but_what_is_pinned(desk: Visitor) -> None:
    desk.see("/?entity=Baidu&at=China,300,200")
    before = picture(desk, "/api/expand?entity=Baidu&at=China,300,200")["nodes"]
    desk.page.get_by_role("button", name="Look").click()
    desk.page.get_by_role("button", name="Let them find their places").click()
    desk.page.wait_for_url(lambda url: len(query(url).get("at", [])) > 5, timeout=30_000)
    kept = query(desk.page.url)["at"]
    # what a person put somewhere is pinned there, the others only stand where they came to rest
    assert [each for each in kept if not each.endswith(",loose")] == ["China,300,200"]
    places = {
        name: (float(x), float(y))
        for name, x, y in (each.removesuffix(",loose").rsplit(",", 2) for each in kept)
    }
    moved = [
        math.dist(places[node["name"]], (node["x"], node["y"]))
        for node in before
        if node["name"] != "China"
    ]
    assert sum(far > 5 for far in moved) > len(moved) / 2
    box = desk.page.locator(".canvas").bounding_box()
    assert box is not None
    for name in places:
        x, y = at(desk, name)
        assert box["x"] <= x <= box["x"] + box["width"]
        assert box["y"] <= y <= box["y"] + box["height"]


def test_the_live_layout_stops_when_asked(desk: Visitor) -> None:
    desk.see("/?limit=500")  # so many do not come to rest at once
    desk.page.emulate_media(reduced_motion="no-preference")
    desk.page.get_by_role("button", name="Look").click()
    desk.page.get_by_role("button", name="Let them find their places").click()
    desk.page.get_by_role("button", name="Stop: leave them there").click()
    expect(desk.page.get_by_text("Stopped: the entities stay where they are.")).to_be_attached()
    expect(desk.page.get_by_role("button", name="Let them find their places")).to_be_visible()
    desk.page.wait_for_url(lambda url: "at" in query(url) or url.startswith(f"{desk.address}/v/"))
    places = desk.places()
    desk.page.wait_for_timeout(500)
    assert desk.places() == places


def lose_webgl(visitor: Visitor) -> None:
    """Take the graphics from the drawing, as a browser does that wakes or runs short of memory."""
    visitor.page.evaluate(
        """() => {
          const canvas = document.querySelector('.sigma-nodes');
          canvas.dataset.mark = 'lost';
          const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
          gl.getExtension('WEBGL_lose_context').loseContext();
        }"""
    )
    visitor.page.locator("[data-mark=lost]").wait_for(state="detached")
    visitor.await_drawing()
    # what the browser itself remarks
    visitor.heard = [said for said in visitor.heard if "CONTEXT_LOST" not in said]


def test_a_drawing_that_lost_webgl_is_made_anew(desk: Visitor) -> None:
    desk.see("/?entity=Baidu&select=Baidu")
    places = desk.places()
    lose_webgl(desk)
    assert desk.places() == places
    expect(desk.page.locator(".notice")).to_be_hidden()
    desk.click_node("China")
    desk.page.wait_for_url(lambda url: query(url).get("select") == ["China"])


def test_where_webgl_is_lost_again_the_drawing_is_the_servers(desk: Visitor) -> None:
    desk.see("/?entity=Baidu")
    lose_webgl(desk)
    lose_webgl(desk)
    expect(desk.page.locator(".notice")).to_contain_text("so it is a still one now")
    expect(desk.page.locator(".arrange")).to_have_count(0)
    desk.click_node("China")
    desk.page.wait_for_url(lambda url: query(url).get("select") == ["China"])


def test_a_line_chosen_on_a_phone_is_seen_above_the_sheet(hand: Visitor) -> None:
    hand.see("/?entity=Baidu")
    edges = picture(hand, "/api/expand?entity=Baidu&language=en")["edges"]
    name_of = {
        node["iri"]: node["name"]
        for node in picture(hand, "/api/expand?entity=Baidu&language=en")["nodes"]
    }
    places = {edge["id"]: at(hand, name_of[edge["target"]])[1] for edge in edges}
    lowest = max(edges, key=lambda edge: places[edge["id"]])
    middle = hand.page.evaluate("id => window.triplary.edgeAt(id)", lowest["id"])
    hand.page.touchscreen.tap(middle["x"], middle["y"])
    hand.page.wait_for_url(lambda url: query(url).get("select", [""])[0].count(" ") == 2)
    hand.page.wait_for_timeout(900)  # the sheet has come up
    source, _, target = query(hand.page.url)["select"][0].split(" ")
    canvas = hand.page.locator(".canvas").bounding_box()
    sheet = hand.page.locator(".panel").bounding_box()
    assert canvas is not None
    assert sheet is not None
    assert sheet["y"] < canvas["y"] + canvas["height"] - 100
    for x, y in (at(hand, source), at(hand, target)):
        assert 0 < x < canvas["width"]
        assert canvas["y"] < y < sheet["y"]


def test_a_timeline_has_an_axis_with_its_dates(desk: Visitor) -> None:
    desk.see("/?entity=Baidu&layout=timeline")
    canvas = desk.page.locator(".canvas")
    assert canvas.get_attribute("data-axis") == " ".join(map(str, range(2015, 2026)))
    places = [desk.place(name) for name in ("CRF-RNN", "ERNIE_3.0", "ERNIE_3.5")]
    assert places == sorted(places, key=lambda place: place or (0, 0))
    desk.see("/?entity=Baidu")
    assert canvas.get_attribute("data-axis") == ""


def test_an_edge_from_a_node_to_itself_is_drawn_and_selected(desk: Visitor) -> None:
    path = "/api/expand?entity=MindSpore"

    def answer(route: Any) -> None:
        told = route.fetch().json()
        edges = told["view"]["edges"]
        edges.append({**edges[0], "id": "loop", "target": edges[0]["source"]})
        route.fulfill(json=told)

    desk.page.route(f"**{path}*", answer)
    desk.see("/?entity=MindSpore")
    place = desk.page.evaluate("window.triplary.edgeAt('loop')")
    assert place is not None
    desk.page.mouse.click(place["x"], place["y"])
    desk.page.wait_for_url(lambda url: "select" in query(url))
    source, _, target = query(desk.page.url)["select"][0].split(" ")
    assert source == target


def test_without_webgl_all_is_within_reach_of_the_keyboard(without_webgl: Visitor) -> None:
    without_webgl.see("/?entity=China")
    page = without_webgl.page
    link = page.locator('.canvas svg a[href="/entity/Alibaba"]')
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: query(url).get("select") == ["Alibaba"])
    more = page.locator(".canvas svg [role=button]")
    expect(more).to_have_attribute("aria-label", re.compile(r"^\d+ more around China"))
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu", name=re.compile("China"))).to_be_visible()


def test_without_webgl_an_edge_says_who_says_so(without_webgl: Visitor) -> None:
    without_webgl.see("/?entity=MindSpore")
    edge = picture(without_webgl, "/api/expand?entity=MindSpore")["edges"][0]
    line = without_webgl.page.locator(f'.canvas [data-edge="{edge["id"]}"] path').first
    line.dispatch_event("click", {"bubbles": True})
    without_webgl.page.wait_for_url(lambda url: "select" in query(url))
    assert query(without_webgl.page.url)["select"][0].count(" ") == 2


def test_without_webgl_the_drawing_keeps_to_the_switch_of_the_page(without_webgl: Visitor) -> None:
    page = without_webgl.page
    page.emulate_media(color_scheme="light")
    without_webgl.see("/?entity=Baidu")
    ground = """() => getComputedStyle(document.querySelector('.canvas svg > rect')).fill"""
    paper = """() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--paper)';
      const found = getComputedStyle(probe).color;
      probe.remove();
      return found;
    }"""
    light = page.evaluate(ground)
    assert light == page.evaluate(paper)
    page.locator("button.theme").click()
    page.locator("button.theme").click()
    assert page.evaluate(ground) == page.evaluate(paper) != light


NODES = 20_000


def grid(view: dict[str, Any]) -> dict[str, Any]:
    """A view of NODES nodes on a grid, each tied to two before it, made like those of `view`."""
    node, edge = view["nodes"][0], view["edges"][0]
    side = math.isqrt(NODES)
    nodes = [
        {**node, "iri": f"https://example.org/{i}", "name": f"n{i}", "label": f"Node {i}",
         "x": 90.0 * (i % side), "y": 70.0 * (i // side), "size": 8.0 + i % 7, "asked": False,
         "opened": False, "color": i % 9, "page": f"/entity/n{i}"}
        for i in range(NODES)
    ]  # fmt: skip
    edges = [
        {**edge, "id": f"e{2 * i + back}", "source": nodes[i]["iri"],
         "target": nodes[i - (side if back else 1)]["iri"]}
        for i in range(side, NODES)
        for back in (0, 1)
    ]  # fmt: skip
    return view | {"nodes": nodes, "edges": edges, "more": [], "text": []}


def test_twenty_thousand_nodes_open_pan_and_zoom(desk: Visitor) -> None:
    """How quickly is measured in bench/explorer.py."""

    def answer(route: Any) -> None:
        told = route.fetch().json()
        route.fulfill(json=told | {"view": grid(told["view"]), "rows": []})

    page = desk.page
    page.set_default_timeout(120_000)
    page.route("**/api/rank?*", answer)
    desk.see("/")
    assert count(desk) == NODES
    box = page.locator(".canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + 20, box["y"] + box["height"] / 2  # beside the nodes, not on one
    page.wait_for_timeout(1000)
    before = at(desk, "n10000"), at(desk, "n10100")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 7):
        page.mouse.move(x + 10 * step, y + 6 * step)
        page.wait_for_timeout(30)
    page.mouse.up()
    for _ in range(3):
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(300)
    after = at(desk, "n10000"), at(desk, "n10100")
    assert math.dist(*after) > 1.5 * math.dist(*before)
