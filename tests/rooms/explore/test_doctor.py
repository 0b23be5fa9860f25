"""The query doctor: each broken query with what the doctor must find first."""

import pytest

from triplary.errors import QueryError
from triplary.explore.doctor import MOST, Finding, Probe, diagnose
from triplary.kg import KnowledgeGraph
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.store.reading import read

P = """PREFIX : <https://w3id.org/triplary/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX id: <https://w3id.org/triplary/id/>
PREFIX graph: <https://w3id.org/triplary/graph/>
"""
LINES = P.count("\n")


def test_a_finding_is_this(atlas: KnowledgeGraph) -> None:
    (found,) = atlas.doctor(P + "SELECT * {\n  ?m :developdBy id:Baidu }")
    assert (found.kind, found.sentence, found.pattern) == (
        "unknown-property",
        "No statement has the property tri:developdBy. Did you mean tri:developedBy (“developed"
        " by”)?",
        "?m tri:developdBy id:Baidu",
    )
    assert (found.line, found.column, found.count) == (LINES + 2, 6, 0)
    assert [(near.name, near.iri, near.label) for near in found.near] == [
        ("tri:developedBy", "https://w3id.org/triplary/ontology#developedBy", "developed by")
    ]


BROKEN = [
    ("?m :developdBy id:Baidu", "unknown-property", "tri:developedBy"),
    ("?m a :Modle", "unknown-class", "tri:AIModel"),
    ("?m a :Compny", "unknown-class", "tri:Company"),
    ("?m a :Artifact", "subclass", ""),
    ("?m :developedBy id:Bidu", "unknown-entity", "id:Baidu"),
    ("?m :developedBy <http://w3id.org/triplary/id/Baidu>", "spelling", "id:Baidu"),
    ("?m :developedBy <https://w3id.org/triplary/id/Baidu/>", "spelling", "id:Baidu"),
    ("?m <http://w3id.org/triplary/ontology#developedBy> ?x", "spelling", "tri:developedBy"),
    ("id:Baidu :developedBy ?m", "wrong-direction", ""),
    ('?m rdfs:label "Baidu"', "language-tag", '"Baidu"@en'),
    ('?m rdfs:label "百度"@en', "language-tag", '"百度"@zh'),
    ('?m rdfs:label "baidu"@en', "case", '"Baidu"@en'),
    ('?m rdfs:label "Baidoo"@en', "unknown-value", '"Baidu"@en'),
    ('?m :releaseDate "2023"', "datatype", '"2023"^^xsd:gYear'),
    ("?m :releaseDate 2023", "datatype", '"2023"^^xsd:gYear'),
    ('?m :releaseDate "2023-03-16"', "datatype", '"2023-03-16"^^xsd:date'),
    ("GRAPH graph:articel { ?m :developedBy ?x }", "unknown-graph", "graph:article"),
    ("GRAPH graph:claims { ?m :developedBy ?x }", "not-in-graph", ""),
    ("?m a :LanguageModel . ?c :developedBy ?m", "join-direction", ""),
    ("?m :developedBy id:Baidu , id:OpenAI", "join-empty", ""),
    ("id:Baidu :countryOfOrigin id:Baidu", "no-such-statement", ""),
    ('?m rdfs:label ?l FILTER (?l = "Baidu")', "filter-language-tag", ""),
    ('?m :releaseDate ?d FILTER (?d > "2023-01-01")', "filter-datatype", ""),
    ('?m rdfs:label ?l FILTER (CONTAINS(?l, "BAIDU"))', "filter-case", ""),
    ('?m rdfs:label ?l FILTER (REGEX(?l, "^BAIDU"))', "filter-case", ""),
    ('?m rdfs:label ?l FILTER (LANG(?l) = "fr")', "filter-languages", ""),
    ("?m a :LanguageModel FILTER (?x > 3)", "filter-unbound", ""),
    ("?m :developedBy ?x FILTER (?x = id:Bidu)", "unknown-entity", "id:Baidu"),
    ("?m :parameters ?n FILTER (?n < 0)", "filter-empty", ""),
    ("?m a :Company FILTER NOT EXISTS { ?m a :Company }", "not-exists", ""),
    ("?m a :Company MINUS { ?m a :Company }", "minus", ""),
    ("VALUES ?m { id:Nobody_at_all } ?m a :Company", "unknown-entity", ""),
    ("{ ?m a :Modle } UNION { ?m :developdBy ?x }", "union-empty", ""),
    ("{ SELECT ?m { ?m a :Compny } } ?m rdfs:label ?l", "unknown-class", "tri:Company"),
]


@pytest.mark.parametrize(("where", "kind", "near"), BROKEN)
def test_the_first_finding_of_an_empty_query(
    where: str, kind: str, near: str, atlas: KnowledgeGraph
) -> None:
    query = P + f"SELECT * {{ {where} }}"
    assert len(atlas.store.select(query)) == 0
    found = atlas.doctor(query)
    assert found[0].kind == kind, found
    assert [each.name for each in found[0].near][:1] == ([near] if near else [])


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT ?c { ?m :developedBy ?c } GROUP BY ?c HAVING (COUNT(*) > 1000000)",
         "having-empty"),
        ("SELECT * { ?m a :Company } LIMIT 0", "limit-zero"),
        ("SELECT * { ?m a :Company } OFFSET 100000", "offset"),
        ("SELECT * { ?m a :Company } LIMIT 1", "finds-some"),
        ("SELECT * FROM graph:claims { ?m a :Company }", "from"),
    ],
)  # fmt: skip
def test_what_stands_around_the_patterns_empties_a_query_too(
    query: str, kind: str, atlas: KnowledgeGraph
) -> None:
    assert kind in [finding.kind for finding in atlas.doctor(P + query)]


def test_the_default_graph_of_sparql_is_told_from_the_union() -> None:
    store = OxigraphStore(exact=True)
    store.load(b"<a:g> { <a:s> <a:p> <a:o> }", name="g.trig", format=FORMATS["trig"])
    kg = KnowledgeGraph(store)
    asking = diagnose(kg.index, read("SELECT * { ?s <a:p> ?o }"), exact=True)
    assert [found.kind for found in driven(kg, asking)] == ["default-graph"]


def driven(kg: KnowledgeGraph, asking: object, slow: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """What is found; probes that hold one of the texts take too long."""
    probe = next(asking)  # type: ignore[call-overload]
    try:
        while True:
            assert isinstance(probe, Probe)
            ((count,),) = kg.store.select(probe.query).rows
            late = any(text in probe.query for text in slow)
            probe = asking.send(None if late else int(str(count)))  # type: ignore[attr-defined]
    except StopIteration as done:
        found: tuple[Finding, ...] = done.value
        return found


def test_a_slow_query_is_told_what_makes_it_slow(small: KnowledgeGraph) -> None:
    query = (
        P
        + """SELECT * {
      ?a :developedBy ?b . ?c :basedIn ?d . ?s ?p ?o . ?x :basedIn* ?y
      OPTIONAL { ?a :open ?z } OPTIONAL { ?c :note ?z }
      FILTER (REGEX(?o, "x"))
    } ORDER BY ?a LIMIT 3"""
    )
    found = small.doctor(query, ran="slow")
    assert [finding.kind for finding in found] == [
        "unbounded-path", "cross-product", "everything", "most-solutions", "text-scan",
        "optionals", "ordered",
    ]  # fmt: skip
    crossed = found[1].sentence
    assert "`?s ?p ?o` (48) × `?x tri:basedIn* ?y` (48) × `?a tri:developedBy ?b` (4)" in crossed
    assert found[5].sentence.startswith("Two OPTIONAL parts share a variable")
    assert (found[3].pattern, found[3].line) == ("?s ?p ?o", LINES + 2)


def test_a_killed_query_is_told_what_was_running(small: KnowledgeGraph) -> None:
    tree = read(P + "SELECT * { ?a :developedBy ?b . ?b :basedIn ?c . ?c rdfs:label ?d } LIMIT 5")
    asking = diagnose(small.index, tree, ran="killed", seconds=30, probe_seconds=2)
    found = driven(small, asking, slow=("basedIn> ?c . ?c",))
    assert [finding.kind for finding in found] == ["killed", "most-solutions", "was-running"]
    assert found[0].sentence == "The query was stopped after 30 s."
    assert found[2].sentence == (
        "What stands before is quick (2 solutions). With this part it takes longer than 2 s: this"
        " is what was running."
    )
    assert found[2].pattern == "?c rdfs:label ?d"


def test_a_killed_query_with_quick_patterns_is_told_so(small: KnowledgeGraph) -> None:
    found = small.doctor(P + "SELECT * { ?a :developedBy ?b }", ran="killed", seconds=3)
    assert [finding.kind for finding in found] == [
        "killed", "most-solutions", "still-quick", "no-limit",
    ]  # fmt: skip


def test_it_speaks_chinese(atlas: KnowledgeGraph) -> None:
    (found,) = atlas.doctor(P + "SELECT * { ?m a :Compny }", language="zh")
    assert found.sentence == (
        "没有任何实体属于类 tri:Compny。"
        "您要找的是 tri:Company（“公司”）、tri:Country（“国家或地区”）吗？"
    )


def test_what_cannot_be_read_is_an_error(atlas: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="cannot be put in words"):
        atlas.doctor("SELECT * { << ?a ?b ?c >> ?d ?e }")


def test_of_very_many_parts_the_first_are_looked_at_and_it_says_so(small: KnowledgeGraph) -> None:
    where = " . ".join(f"?s{number} ?p ?o" for number in range(70))
    asking = diagnose(small.index, read(f"SELECT * {{ {where} }}"), ran="slow")
    found = driven(small, asking, slow=("SELECT",))
    assert found[-1].sentence == "Only the first 60 of 70 parts were looked at."


def test_a_function_that_is_not_here_is_no_reason_to_give_up(small: KnowledgeGraph) -> None:
    query = P + "SELECT * { ?m :developdBy ?w FILTER (<http://x.org/f>(?w) > 1) }"
    assert [finding.kind for finding in small.doctor(query)] == ["unknown-property"]


def test_counts_end_at_a_bound() -> None:
    assert MOST == 100_000
