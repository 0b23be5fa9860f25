"""Small views by hand, for the tests of view and render."""

from triplary.terms import (
    IRI,
    Claim,
    Edge,
    Entity,
    Evidence,
    Literal,
    More,
    Source,
    Subgraph,
)
from triplary.view import View, make

ID = "https://w3id.org/triplary/id/"
ONTOLOGY = "https://w3id.org/triplary/ontology#"

EPOCH = Source(
    IRI("https://w3id.org/triplary/graph/epoch"),
    "Notable AI models",
    "Epoch AI",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://epoch.ai/data",
    "2026-01-15",
)
ARTICLE = Source(
    IRI("https://w3id.org/triplary/graph/claims"),
    "The article",
    "consultancycircle.com",
    "",
    "https://consultancycircle.com/",
    "2023-11",
)


def entity(name: str, cls: str = "Company", chinese: str = "", hint: str = "") -> Entity:
    labels = (Literal(name, language="en"),)
    if chinese:
        labels += (Literal(chinese, language="zh"),)
    iri = IRI(ID + name.replace(" ", "_"))
    return Entity(iri, labels, classes=(IRI(ONTOLOGY + cls),), hint=hint)


def predicate(name: str) -> IRI:
    return IRI(ONTOLOGY + name)


def term(name: str, english: str, chinese: str) -> Entity:
    both = (Literal(english, language="en"), Literal(chinese, language="zh"))
    return Entity(predicate(name), both)


def claim(number: int, verdict: str, **more: object) -> Evidence:
    made = Claim(IRI(f"https://w3id.org/triplary/claim/C{number:03}"), "fact", verdict, **more)  # type: ignore[arg-type]
    return Evidence(ARTICLE, made)


BAIDU = entity("Baidu", chinese="百度", hint="Beijing")
ERNIE = entity("Ernie Bot", "Application", "文心一言")
CHINA = entity("China", "Country", "中国")
VOCABULARY = (
    term("developedBy", "developed by", "由…开发"),
    term("basedIn", "based in", "位于"),
    term("licensedAs", "licensed as", "许可为"),
    term("Company", "Company", "公司"),
    term("Application", "Application", "应用"),
    term("Country", "Country", "国家"),
)
EDGES = (
    Edge(ERNIE.iri, predicate("developedBy"), BAIDU.iri, (Evidence(EPOCH),)),
    Edge(
        ERNIE.iri,
        predicate("licensedAs"),
        BAIDU.iri,
        (claim(7, "wrong", confidence=0.93, sentence="S2", note="closed", attributed_to=(CHINA,)),),
    ),
    Edge(BAIDU.iri, predicate("basedIn"), CHINA.iri, (Evidence(EPOCH), claim(9, "supported"))),
)
SUBGRAPH = Subgraph(
    (BAIDU, ERNIE, CHINA),
    EDGES,
    (More(CHINA.iri, predicate("basedIn"), True, 1, 9),),
    VOCABULARY,
)


def three(**more: object) -> View:
    """Three entities with parallel edges, a wrong claim, a supported one, and more to see."""
    settings: dict[str, object] = {
        "title": "Around Baidu", "verb": "expand", "version": "0a1b2c3d4e5f",
        "parameters": [("entity", str(BAIDU.iri))], "asked": [BAIDU.iri],
    }  # fmt: skip
    return make(SUBGRAPH, **(settings | more))  # type: ignore[arg-type]


def star(rays: int, *, centre: str = "Centre", start: int = 0) -> Subgraph:
    """An entity with so many others around it."""
    middle = entity(centre)
    others = tuple(entity(f"Neighbour number {start + n}", f"Class{n % 12}") for n in range(rays))
    edges = tuple(
        Edge(other.iri, predicate("near"), middle.iri, (Evidence(EPOCH),)) for other in others
    )
    return Subgraph((middle, *others), edges)


def joined(one: Subgraph, two: Subgraph) -> Subgraph:
    """Both subgraphs, each node once, in order of finding."""
    nodes = {node.iri: node for node in (*one.nodes, *two.nodes)}
    return Subgraph(tuple(nodes.values()), tuple(dict.fromkeys((*one.edges, *two.edges))))


RUN = "document.title='run'"
HOSTILE = f'</script><script>{RUN}</script><img src=x onerror="{RUN}">\u2028'


def hostile() -> View:
    """A view whose every text would run a script, or call a formula, if anybody let it."""
    bad = (Literal(HOSTILE, language="en"), Literal("=cmd|' /C calc'!A0", language="zh"))
    source = Source(IRI("http://x.org/g"), HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", "=1+1")
    one = Entity(IRI("http://x.org/?a='&b=)"), bad, classes=(IRI("http://x.org/C"),), hint=HOSTILE)
    two = Entity(IRI("javascript:alert(1)"), (Literal("Two\x00\ufffe", language="en"),))
    made = Claim(IRI("http://x.org/c"), HOSTILE, "wrong", 0.5, (one,), HOSTILE, HOSTILE)
    edges = (
        Edge(one.iri, IRI("http://x.org/p"), two.iri, (Evidence(source, made),)),
        Edge(two.iri, IRI("http://x.org/p"), two.iri, (Evidence(source),)),
    )
    vocabulary = (Entity(IRI("http://x.org/p"), bad), Entity(IRI("http://x.org/C"), bad))
    return make(Subgraph((one, two), edges, (), vocabulary), title=HOSTILE)
