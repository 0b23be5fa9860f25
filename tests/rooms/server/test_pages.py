import asyncio
import json
import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from triplary.kg import KnowledgeGraph, open_graph
from triplary.server import linked, pages
from triplary.server.lessons import Lessons
from triplary.server.questions import Start
from triplary.server.settings import Settings
from triplary.server.short import ShortViews
from triplary.server.words import LANGUAGES, words
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.view import style

ROOT = Path(__file__).parents[3]
SOURCES = ROOT / "web" / "src"
TEMPLATES = ROOT / "src" / "triplary" / "server" / "templates"
PLACES = re.compile(r"\{(\w+)\}")


class Client:
    """Asks an application without a network."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def get(
        self, path: str, headers: dict[str, str] | None = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://kg.test") as client:
                return await client.get(path, headers=headers, params=params)

        return asyncio.run(ask())


@pytest.fixture(scope="module")
def visitor() -> Client:
    """A client of the pages alone, over the bundled atlas."""
    app = FastAPI()
    app.state.kg = open_graph()
    app.state.start, app.state.lessons = Start(app.state.kg), Lessons(app.state.kg)
    app.state.views = ShortViews(None, most=5)
    app.state.settings = Settings()
    app.include_router(pages.router)
    app.include_router(linked.router)

    @app.get("/sparql")
    def workbench(request: Request) -> Response:
        return pages.workbench_page(request)

    @app.get("/failure")
    def failure(request: Request) -> Response:
        return pages.error_page(request, 500, detail="<b>It</b> broke.", hint="mend it")

    return Client(app)


def test_an_entity_page_says_the_facts_with_their_sources(visitor: Client) -> None:
    html = visitor.get("/entity/MindSpore", headers={"accept": "text/html"}).text
    assert "<h1>MindSpore</h1>" in html
    assert '<html lang="en">' in html
    assert '<a href="/entity/Huawei">Huawei</a>' in html
    assert '<span class="verdict verdict-wrong">wrong</span>' in html
    assert '<p class="conflict">A claim here is wrong.</p>' in html
    assert "The sources do not agree" not in html
    assert 'rel="license noopener">CC BY 4.0</a>' in html
    assert '<link rel="alternate" type="text/turtle" href="/entity/MindSpore.ttl">' in html
    assert 'src="/api/expand.svg?entity=MindSpore&amp;language=en&amp;limit=8"' in html


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/entity/Baidu", "", "text/html"),
        ("/entity/Baidu", "*/*", "text/html"),
        ("/entity/Baidu", "text/turtle", "text/turtle"),
        ("/entity/Baidu", "text/html;q=0.5, application/ld+json", "application/ld+json"),
        ("/entity/Baidu", "application/n-triples;q=0.9, text/html;q=0.1", "application/n-triples"),
        ("/entity/Baidu", "image/png", "text/html"),
        ("/entity/Baidu.ttl", "text/html", "text/turtle"),
        ("/entity/Baidu.jsonld", "text/html", "application/ld+json"),
        ("/entity/Baidu.nt", "text/html", "application/n-triples"),
        ("/entity/Baidu.html", "text/turtle", "text/html"),
    ],
)
def test_the_format_is_chosen_by_suffix_then_by_accept(
    visitor: Client, path: str, accept: str, media_type: str
) -> None:
    answer = visitor.get(path, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]


def test_an_entity_in_rdf_holds_its_own_triples(visitor: Client) -> None:
    lines = visitor.get("/entity/Baidu.nt").text.splitlines()
    label = "<https://w3id.org/triplary/id/Baidu> <http://www.w3.org/2000/01/rdf-schema#label>"
    assert f'{label} "Baidu"@en .' in lines


def test_another_name_of_an_entity_leads_to_its_page(visitor: Client) -> None:
    answer = visitor.get("/entity/百度?language=zh")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/entity/Baidu?language=zh"


def test_an_unknown_entity_is_a_404_page_with_near_names(visitor: Client) -> None:
    answer = visitor.get("/entity/OpenAl%20GPT")
    assert answer.status_code == 404
    assert "There is no entity “OpenAl GPT”" in answer.text
    assert '<a class="button" href="/entity/OpenAI">OpenAI</a>' in answer.text


def test_the_name_of_an_unknown_entity_is_escaped(visitor: Client) -> None:
    answer = visitor.get("/entity/<script>")
    assert answer.status_code == 404
    assert "There is no entity “&lt;script&gt;”" in answer.text


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "de,en;q=0.4,zh;q=0.8", "zh"),
        ("?language=en", "zh", "en"),
        ("?language=zh", "en", "zh"),
        ("?language=xx", "zh", "zh"),
    ],
)
def test_the_language_is_the_one_asked_for(
    visitor: Client, asked: str, accepted: str, language: str
) -> None:
    answer = visitor.get(f"/{asked}", headers={"accept-language": accepted})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("/", "/api/rank.svg?language=en"),
        (
            "/?entity=Baidu&entity=ERNIE",
            "/api/expand.svg?entity=Baidu&amp;entity=ERNIE&amp;language=en",
        ),
        ("/?source=A&target=B", "/api/paths.svg?source=A&amp;target=B&amp;language=en"),
        ("/?compare=A&compare=B", "/api/compare.svg?entity=A&amp;entity=B&amp;language=en"),
        ("/?entity=A&at=A,1,2", "/api/expand.svg?entity=A&amp;at=A%2C1%2C2&amp;language=en"),
        ('/?entity="><script>', "/api/expand.svg?entity=%22%3E%3Cscript%3E&amp;language=en"),
    ],
)
def test_without_scripts_the_explorer_shows_the_picture_of_its_url(
    visitor: Client, path: str, picture: str
) -> None:
    html = visitor.get(path).text
    noscript = html[html.index("<noscript>") : html.index("</noscript>")]
    assert f'<img src="{picture}"' in noscript


def test_the_strings_in_the_page_are_those_of_the_locale(visitor: Client) -> None:
    html = visitor.get("/?language=zh").text
    block = html.split('id="strings">')[1].split("</script>")[0]
    examples = {"search.placeholder": "查找实体：文心大模型, 昇思, 经济合作与发展组织……"}
    assert json.loads(block) == dict(words("zh")) | examples


def test_the_first_questions_are_about_the_atlas(visitor: Client) -> None:
    html = visitor.get("/").text
    block = html.split('id="questions">')[1].split("</script>")[0]
    assert json.loads(block) == [
        {"text": "What is ERNIE, and what lies around it?", "href": "/?entity=ERNIE&select=ERNIE"},
        {
            "text": "How is MindSpore connected to OECD?",
            "href": "/?source=MindSpore&target=OECD",
        },
        {
            "text": "What do Baidu and Huawei share?",
            "href": "/?compare=Baidu&compare=Huawei",
        },
    ]


def test_the_first_questions_about_other_data_are_about_that_data() -> None:
    store = OxigraphStore()
    store.load(
        b"""@prefix x: <http://x.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        x:ann a foaf:Person ; foaf:name "Ann" ; foaf:knows x:bob .
        x:bob a foaf:Person ; foaf:name "Bob" ; foaf:knows x:cy . x:cy foaf:name "Cy <i>" .""",
        name="my.ttl",
        format=FORMATS["turtle"],
    )
    start = Start(KnowledgeGraph(store))
    assert start.told("zh") == [
        {
            "text": "Bob是什么，周围有什么？",
            "href": "/?entity=http%3A%2F%2Fx.org%2Fbob&select=http%3A%2F%2Fx.org%2Fbob&language=zh",
        },
        {
            "text": "Bob与Cy <i>有怎样的联系？",
            "href": "/?source=http%3A%2F%2Fx.org%2Fbob&target=http%3A%2F%2Fx.org%2Fcy&language=zh",
        },
        {
            "text": "Bob与Ann有什么共同点？",
            "href": "/?compare=http%3A%2F%2Fx.org%2Fbob&compare=http%3A%2F%2Fx.org%2Fann"
            "&language=zh",
        },
    ]
    assert start.examples("en") == "Bob, Cy <i>, Ann"
    assert Start(KnowledgeGraph(OxigraphStore())).told("en") == []


def test_the_workbench_holds_the_query_of_its_url_as_text(visitor: Client) -> None:
    html = visitor.get("/sparql", params={"query": "ASK {} # </textarea><b>"}).text
    assert ">ASK {} # &lt;/textarea&gt;&lt;b&gt;</textarea>" in html


def test_a_failure_is_said_in_words_and_escaped(visitor: Client) -> None:
    answer = visitor.get("/failure")
    assert answer.status_code == 500
    assert "&lt;b&gt;It&lt;/b&gt; broke." in answer.text
    assert "mend it" in answer.text


def test_every_language_has_every_string_with_the_same_places() -> None:
    places = [
        {key: sorted(PLACES.findall(text)) for key, text in words(language).items()}
        for language in LANGUAGES
    ]
    singular = {key for key in places[0] if key.endswith(".one")}
    english = {key: found for key, found in places[0].items() if key not in singular}
    assert english == places[1]


def test_every_string_is_used_and_every_used_string_is_there() -> None:
    texts = [path.read_text("utf-8") for path in SOURCES.rglob("*.ts")]
    texts += [path.read_text("utf-8") for path in TEMPLATES.glob("*.html")]
    texts += [path.read_text("utf-8") for path in Path(pages.__file__).parent.glob("*.py")]
    asked = re.compile(r"""\bt\(\s*["']([\w.]+)["']""")
    built = re.compile(r"""[`"']([a-z_]+\.[a-z_0-9.]*)\$?\{""")
    quoted = re.compile(r"""["'`]([\w.]+)["'`]""")
    known = {key for key in words("en") if not key.endswith(".one")}
    needed = {key for text in texts for key in asked.findall(text)}
    beginnings = tuple({key for text in texts for key in built.findall(text)})
    used = {key for text in texts for key in quoted.findall(text)}
    assert needed - known == set()
    assert {key for key in known - used if not key.startswith(beginnings)} == set()


def test_text_enters_the_page_only_as_text() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTMLUnsafe|\beval\(|Function\("
    )
    found = {
        str(path.relative_to(SOURCES)): forbidden.findall(path.read_text("utf-8"))
        for path in SOURCES.rglob("*.ts")
    }
    assert {name: hits for name, hits in found.items() if hits} == {}
    for template in TEMPLATES.glob("*.html"):
        assert "|safe" not in template.read_text("utf-8")


def test_the_style_sheet_has_the_colours_of_the_drawings() -> None:
    sheet = (SOURCES / "style" / "tokens.css").read_text("utf-8")
    light, *dark = sheet.split("prefers-color-scheme: dark")
    for block, theme, times in ((light, style.LIGHT, 1), (dark[0], style.DARK, 2)):
        for slot, color in enumerate(theme.palette):
            assert re.findall(rf"--class-{slot}: (#\w+);", block) == [color] * times
        for tone in ("edge", "doubt", "against"):
            assert re.findall(rf"--tone-{tone}: (#\w+);", block) == [getattr(theme, tone)] * times


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in (ROOT / "web" / "package-lock.json").read_text("utf-8")
