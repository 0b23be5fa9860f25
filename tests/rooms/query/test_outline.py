"""Queries in words: the library's, beside what they were read to be by a person, and odd ones."""

import json
from pathlib import Path

import pytest

from triplary import query as library
from triplary.explore.outlined import outlined
from triplary.kg import KnowledgeGraph
from triplary.query.outline import Labels, outline
from triplary.query.outline.speech import spaced
from triplary.store.reading import read

GOLDEN = json.loads(Path(__file__).with_name("outlines.json").read_text("utf-8"))
BARE = Labels(lambda iri: "", lambda iri: "", lambda iri: iri.local_name)


def test_fourteen_queries_of_the_library_are_golden_in_both_languages() -> None:
    assert len(GOLDEN) == 14
    assert all(set(told) == {"en", "zh"} for told in GOLDEN.values())


@pytest.mark.parametrize("name", GOLDEN)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_query_of_the_library_is_told_so(name: str, language: str, atlas: KnowledgeGraph) -> None:
    tree = read(library.load(name).text)
    assert list(outlined(atlas.index, tree, language)) == GOLDEN[name][language]


@pytest.mark.parametrize("name", library.names())
def test_every_query_of_the_library_has_words(name: str, atlas: KnowledgeGraph) -> None:
    tree = read(library.load(name).text)
    for language, ends in (("en", (".", ":")), ("zh", ("。", "："))):
        told = outlined(atlas.index, tree, language)
        assert all(sentence.endswith(ends) for sentence in told), told
        # Nothing of the library's queries is left as SPARQL.
        assert not [sentence for sentence in told if "`" in sentence]
        shown = {p.variable.name for p in tree.projected if p.variable}
        assert not [variable for variable in shown if f"?{variable}" not in "\n".join(told)]


P = "PREFIX : <http://x.org/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ASK { ?a :bornIn ?b }", ["For each ?a that has the bornIn ?b:",
         "Say whether there is such a case."]),
        ("SELECT * { ?a a ?kind } LIMIT 5 OFFSET 10", ["For each ?a that is of a class ?kind:",
         "Show everything that has a name here.", "Skip the first 10, then stop after 5."]),
        ("CONSTRUCT { ?b :knows ?a } WHERE { ?a :near ?b MINUS { ?a :far ?b } }",
         ["For each ?a that has the near ?b:", "Leave out whatever this is true of:",
          "\t?a has the far ?b.", "Make these statements:", "\t?b has the knows ?a."]),
        ("DESCRIBE :Rome", ["Describe Rome."]),
        ("SELECT ?a { ?a ^:near :Rome ; :near+/:in? ?c ; :x|:y ?d ; !:z ?e }",
         ["For each ?a that is the near of Rome, reaches ?c by way of one step or more of “near”"
          " and then “in”, or no step, reaches ?d by way of “x” or “y” and reaches ?e by way of"
          " any property but “z”:", "Show ?a."]),
        ("SELECT ?a { ?a :p [ :q 1 ; :r 'x'@de ] }",
         ["For each ?a that has the p something:", "something has the q 1 and has the r “x” in"
          " German.", "Show ?a."]),
        ("SELECT ?a FROM :g { SERVICE SILENT :e { ?a :p ?b } }",
         ["Look only in g.", "As the endpoint `e` answers, if it does: ?a has the p ?b.",
          "Show ?a."]),
        ("SELECT (:f(?a, 2) AS ?b) { ?a :p ?c FILTER (MD5(?c) = 'x' || !(?c > 1 && ?c < 2)) }",
         ["For each ?a that has the p ?c:", "Keep only those where the MD5 of ?c is “x” or it is"
          " not so that (?c is more than 1 and ?c is less than 2).",
          "Show `f(?a, 2)` as ?b."]),
        ("SELECT ?a { ?a :p ?b FILTER EXISTS { ?a :q ?b } FILTER (!BOUND(?z)) FILTER"
         " (?b NOT IN (1, 2)) FILTER (LANGMATCHES(LANG(?b), 'zh')) FILTER (LANG(?b) != 'en') }",
         ["For each ?a that has the p ?b:", "Keep only those for which there is this: ?a has the"
          " q ?b.", "Keep only those where ?z is missing.", "Keep only those where ?b is none of"
          " 1 and 2.", "Keep only those where ?b is in Chinese or a variety of it.",
          "Keep only those where ?b is not in English.", "Show ?a."]),
        ("SELECT ?a { VALUES (?a ?b) { (1 UNDEF) (2 3) } VALUES ?c { } }",
         ["These go together:", "\t?a is 1 and ?b is anything.", "\t?a is 2 and ?b is 3.",
          "There is no value for ?c, so nothing is found.", "Show ?a."]),
        ("SELECT ?a (COUNT(DISTINCT ?b) AS ?n) (AVG(?b) AS ?m) { ?a :p ?b } GROUP BY ?a"
         " HAVING (SUM(?b) > 3) ORDER BY DESC(?n) ?a",
         ["For each ?a that has the p ?b:", "Put together those that have the same ?a.",
          "Keep only groups where the sum of ?b is more than 3.",
          "Show ?a, the number of different ?b as ?n and the mean of ?b as ?m.",
          "Order by ?n from the greatest down, then by ?a."]),
    ],
)  # fmt: skip
def test_all_parts_of_sparql_have_words(text: str, told: list[str]) -> None:
    assert list(outline(read(P + text), BARE)) == told


def test_what_the_parser_loses_is_not_said_to_be_something_else() -> None:
    told = outline(read(P + "SELECT ?a { ?a !(:x|^:y) ?b }"), BARE)
    assert told[0] == (
        "For each ?a that reaches ?b by way of any property that is not in the list of the query:"
    )


def test_there_is_no_outline_in_another_language() -> None:
    with pytest.raises(ValueError, match="no outline in de"):
        outline(read("ASK { }"), BARE, "de")


def test_chinese_has_spaces_only_beside_latin_letters() -> None:
    assert spaced("把 ?a 的 文本“ x, y ”记为?b 。") == "把 ?a 的文本“ x, y ”记为 ?b。"
    assert spaced("`SELECT ?a,  ?b` 的结果") == "`SELECT ?a,  ?b` 的结果"
