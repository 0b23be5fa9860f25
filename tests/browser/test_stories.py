"""A student's three stories, each walked in four settings from the first page to the answer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import visitor
from browser.hands import Finger, Hands, Keys, Mouse
from browser.visitor import Visitor

DESK: Final = {"viewport": {"width": 1440, "height": 900}}
PHONE: Final = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SETTINGS: Final[dict[str, tuple[dict[str, Any], str, str, type[Hands]]]] = {
    "desk, light, English, mouse": (DESK, "light", "en", Mouse),
    "desk, dark, Chinese, keyboard": (DESK, "dark", "zh", Keys),
    "phone, dark, Chinese, touch": (PHONE, "dark", "zh", Finger),
    "phone, light, English, keyboard": (PHONE, "light", "en", Keys),
}
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WATCH_POINTERS: Final = """
window.pointers = new Set()
addEventListener("pointerdown", event => window.pointers.add(event.pointerType), true)
"""


@dataclass(frozen=True)
class Student:
    """Somebody with a question, before the first page."""

    visitor: Visitor
    hands: Hands
    language: str
    words: dict[str, str]
    """What the page's controls are called."""

    @property
    def page(self) -> Page:
        return self.visitor.page

    def in_language(self, english: Any, chinese: Any) -> Any:
        return chinese if self.language == "zh" else english

    def word(self, key: str, **values: object) -> str:
        return self.words[key].format(**values)

    def button(self, key: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.word(key, **values), exact=True)

    def awaits(self, **asked: list[str]) -> None:
        """Wait until the address says just this, and the picture is drawn."""
        self.page.wait_for_url(lambda url: query(url) == asked)
        self.visitor.await_drawing()

    def tool(self, key: str) -> Locator:
        """A tool of the bar; on a phone the bar has the sheet opened where it lies."""
        more = self.page.locator("triplary-toolbar").get_by_role(
            "button", name=self.word("toolbar.more"), exact=True
        )
        if more.is_visible():
            self.hands.press(more)
        return self.page.locator("triplary-toolbar").get_by_role(
            "radio" if key.startswith("sides") else "button", name=self.word(key), exact=True
        )


@pytest.fixture(params=SETTINGS)
def student(address: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Student]:
    """A student at the first page, who was never here before."""
    window, scheme, language, hands = SETTINGS[request.param]
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    for found in visitor(address, browser, request, **window, color_scheme=scheme, locale=locale):
        page = found.page
        page.add_init_script(WATCH_POINTERS)
        found.see("/")
        assert page.evaluate("[document.documentElement.lang, localStorage.length]") == [
            language, 0,
        ]  # fmt: skip
        ground = page.evaluate("getComputedStyle(document.querySelector('.stage')).backgroundColor")
        assert (brightness(ground) < 128) == (scheme == "dark")
        known = json.loads(
            files("triplary.server").joinpath("locale", f"{language}.json").read_text("utf-8")
        )
        chosen = hands(page)  # type: ignore[call-arg]
        yield Student(found, chosen, language, known)
        if not request.node.failed:
            assert page.evaluate("[...window.pointers]") == [chosen.kind] * bool(chosen.kind)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert violations(page) == []


def test_who_makes_what(student: Student) -> None:
    """Find Ernie Bot, read who develops it and which sources say so, and open its maker."""
    page, hands = student.page, student.hands
    name = student.in_language("Ernie Bot", "文心一言")
    hands.write(page.get_by_role("combobox").first, name.lower(), key="/")
    hands.pick(page.get_by_role("option").filter(has_text=student.in_language("launched", "推出")))
    student.awaits(entity=["Ernie_Bot"], select=["Ernie_Bot"])
    details = page.locator("triplary-details")
    expect(details.locator("h2")).to_have_text(name)
    expect(details.locator("h2")).to_be_in_viewport()

    heading = page.get_by_role(
        "heading", name=student.in_language("developed by", "由…开发"), exact=True
    )
    makers = details.locator(".group", has=heading)
    maker = makers.locator(".value a")
    expect(maker).to_have_text(student.in_language("Baidu", "百度"))
    expect(makers.locator(".evidence > li").first).to_have_text(
        student.in_language(
            "Says Article at consultancycircle.com, as far as supported · CC BY 4.0; "
            "Large models of China · Apache-2.0",
            "出自 consultancycircle.com 文章（成立的部分） · CC BY 4.0；"
            "中国大模型列表 · Apache-2.0",
        )
    )
    expect(makers.locator(".verdict")).to_have_text(student.in_language("✓supported", "✓有依据"))

    before = set(student.visitor.places())
    hands.press(maker)
    student.awaits(entity=["Ernie_Bot"], select=["Baidu"])
    expect(details.locator("h2")).to_have_text(student.in_language("Baidu", "百度"))
    hands.press(student.button("details.expand"), key="e")
    student.awaits(entity=["Ernie_Bot"], open=["Baidu"], select=["Baidu"])
    assert before < set(student.visitor.places())


def test_how_two_are_connected(student: Student) -> None:
    """Ask for two, read the steps and who says each, and see others where one is avoided."""
    page, hands = student.page, student.hands
    hands.press(student.tool("ask.open"))
    dialog = page.get_by_role("dialog", name=student.word("ask.title"))
    asked = {
        "ask.first": student.in_language("MindSpore", "昇思"),
        "ask.second": student.in_language("OECD", "经济合作与发展组织"),
    }
    for field, label in asked.items():
        box = dialog.get_by_role("combobox", name=student.word(field), exact=True)
        hands.write(box, label)
        hands.pick(dialog.get_by_role("option").filter(has_text=label).first)
        expect(box).to_have_value(label)
    hands.press(dialog.get_by_role("button", name=student.word("ask.paths"), exact=True))
    student.awaits(source=["MindSpore"], target=["OECD"])

    assert steps_of_first_way(page) == student.in_language(
        [
            ("MindSpore licensed as Apache License 2.0", "Facts of the editors · CC BY 4.0"),
            ("DeciCoder-1B licensed as Apache License 2.0", "Open LLMs · Apache-2.0"),
            ("DeciCoder-1B comes from Israel", "Epoch AI: all AI models · CC BY 4.0"),
            ("Israel member of OECD", "Facts of the editors · CC BY 4.0"),
        ],
        [
            ("昇思 许可方式为 Apache 许可证 2.0", "编者事实 · CC BY 4.0"),
            ("DeciCoder-1B 许可方式为 Apache 许可证 2.0", "开放大语言模型 · Apache-2.0"),
            ("DeciCoder-1B 来自 以色列", "Epoch AI：全部人工智能模型 · CC BY 4.0"),
            ("以色列是经济合作与发展组织的成员", "编者事实 · CC BY 4.0"),
        ],
    )
    licensed = student.in_language("licensed as", "许可方式为")
    hands.press(student.button("paths.forbid", relation=licensed))
    student.awaits(source=["MindSpore"], target=["OECD"], forbid=["hasLicense"])
    assert steps_of_first_way(page) == student.in_language(
        [
            (
                "MindSpore comes from China",
                "Article at consultancycircle.com, as far as supported · CC BY 4.0",
            ),
            (
                "OECD AI governance framework could constrain China",
                "Claims of the article at consultancycircle.com · CC BY 4.0",
            ),
            (
                "OECD issued OECD AI governance framework",
                "Article at consultancycircle.com, as far as supported · CC BY 4.0",
            ),
        ],
        [
            ("昇思 来自 中国", "consultancycircle.com 文章（成立的部分） · CC BY 4.0"),
            ("经合组织人工智能原则 可能限制 中国", "consultancycircle.com 文章的论断 · CC BY 4.0"),
            (
                "经济合作与发展组织 发布了 经合组织人工智能原则",
                "consultancycircle.com 文章（成立的部分） · CC BY 4.0",
            ),
        ],
    )
    every = page.locator("triplary-paths .path li .value")
    expect(every.filter(has_text=licensed)).to_have_count(0)
    assert page.locator("triplary-paths .path li .source").count() == every.count()


def test_what_is_disputed(student: Student) -> None:
    """Show what is disputed, learn from the key how, and read why a claim is wrong."""
    page, hands = student.page, student.hands
    hands.choose(student.tool("sides.disputed"))
    verdicts = ["disputed", "wrong", "doubtful", "partly", "imprecise", "stale"]
    student.awaits(verdict=verdicts)
    page.keyboard.press("Escape")  # where the switch lay in a sheet, this closes it

    key = page.locator("triplary-legend")
    if not key.locator(".legend-lines").is_visible():
        hands.press(key.locator("summary"))
    drawn = key.locator(".legend-lines .is-only button")
    hands.scroll_to(drawn.last)
    expect(drawn.last).to_be_in_viewport()
    shown = [" ".join(row.inner_text().split()).partition(" , ")[0] for row in drawn.all()]
    assert shown == student.in_language(
        [
            "partly right · dashes and dots",
            "imprecise · dashes",
            "out of date · short dashes",
            "disputed · dots",
            "doubtful · dots in pairs",
            "wrong · crosses on the line",
        ],
        [
            "部分正确 · 点划线",
            "不准确 · 虚线",
            "已过时 · 短虚线",
            "有争议 · 点线",
            "存疑 · 成对的点",
            "错误 · 线上有叉",
        ],
    )

    if hands.kind == "mouse":
        page.mouse.click(*line_at(page, "Ernie_Bot", "hasLicense"))
    else:
        hands.press(page.locator("triplary-twin summary"))
        tab = page.get_by_role("tab", name=student.word("twin.tab_connections"), exact=True)
        hands.choose(tab)
        row = page.get_by_role("row").filter(has_text=student.word("verdict.wrong"))
        row = row.filter(has=page.get_by_role("button", name=NAMES[student.language], exact=True))
        relation = student.in_language("licensed as", "许可方式为")
        hands.press(row.get_by_role("button", name=relation, exact=True))
    claim = "Ernie_Bot hasLicense open_source_%28software%2FAI%29"
    student.awaits(verdict=verdicts, select=[claim])

    details = page.locator("triplary-details")
    expect(details.locator(".sentence")).to_have_text(
        student.in_language(
            "Ernie Bot licensed as open source (software/AI)", "文心一言 许可方式为 开源"
        )
    )
    expect(details.locator(".sentence")).to_be_in_viewport()
    expect(details.locator(".drawn-as")).to_have_text(
        student.in_language(
            "✕wrongclaimed only, not stated by a data source",
            "✕错误仅为论断，没有数据来源直接陈述",
        )
    )
    voice = details.locator(".voice.claim")
    rows = voice.locator(".claim-rows > div")
    said = dict(row.locator("dt, dd").all_inner_texts() for row in rows.all())
    told = [said[student.word(f"edge.{each}")] for each in ("kind", "sentence", "attributed")]
    assert told == student.in_language(
        ["fact", "S2", "Chinese open-source AI models (article)"],
        ["事实", "S2", "中国开源人工智能模型（文章）"],
    )
    expect(voice.locator(".claim-source .source a").first).to_have_text(
        student.in_language(
            "Claims of the article at consultancycircle.com", "consultancycircle.com 文章的论断"
        )
    )


NAMES: Final = {"en": "Ernie Bot", "zh": "文心一言"}


def steps_of_first_way(page: Page) -> list[tuple[str, str]]:
    """The sentences of the first way, each with the source under it."""
    steps = page.locator("triplary-paths .path").first.locator("li")
    return [
        (step.locator(".value").inner_text(), step.locator(".source").inner_text())
        for step in steps.all()
    ]


def line_at(page: Page, source: str, predicate: str) -> tuple[float, float]:
    """Where the line of a statement is in the window."""
    at = page.evaluate(
        """([source, predicate]) => fetch('/api/rank' + location.search)
            .then(answer => answer.json())
            .then(({view}) => window.triplary.edgeAt(view.edges.find(
                e => e.source.endsWith('/' + source) && e.predicate.endsWith('#' + predicate)).id))
        """,
        [source, predicate],
    )
    return at["x"], at["y"]


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, but for targets that are whole and lie half under the edge of a list."""
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    told = [
        (rule["id"], [node["html"] for node in rule["nodes"] if not cut_off(node)])
        for rule in found
    ]
    return [(rule, nodes) for rule, nodes in told if nodes]


def cut_off(node: dict[str, Any]) -> bool:
    return "size because it is partially obscured" in node["failureSummary"]


def brightness(color: str) -> float:
    """The mean of red, green and blue in "rgb(r, g, b)"."""
    parts = color.removeprefix("rgb(").removesuffix(")").split(",")
    return sum(float(part) for part in parts) / 3


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)
