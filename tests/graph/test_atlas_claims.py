from collections import Counter
from pathlib import Path

from graph.questions import ROOT, Atlas, iri
from triplary.terms import Literal

ARTICLE = "id:Chinese_open-source_AI_models_%28article%29"
VERDICT_IN_SEED = {
    "n/a": "not checkable",
    "dated": "stale",
    "wrong (at most dates)": "wrong",
    "wrong (category)": "wrong",
    "unverifiable, misleading": "unverifiable",
}


def test_there_are_143_claims_each_with_one_sentence_kind_and_verdict(atlas: Atlas) -> None:
    claims = [f"claim:C{number:03}" for number in range(1, 144)]
    assert atlas.subjects("rdf:type", "tri:Claim") == claims
    for predicate in ("tri:sentence", "tri:kind", "tri:verdict", "rdf:predicate"):
        table = atlas.table(predicate, "graph:claims")
        assert sorted(table) == claims
        assert [claim for claim, values in table.items() if len(values) != 1] == []
    for predicate in ("rdf:subject", "rdf:object", "tri:attributedTo"):
        assert sorted(atlas.table(predicate, "graph:claims")) == claims


def test_verdicts_and_kinds_are_counted_as_in_the_seed(
    atlas: Atlas, seed_claims: list[dict[str, str]]
) -> None:
    for row in seed_claims:
        claim = f"claim:{row['id']}"
        verdict = VERDICT_IN_SEED.get(row["verdict"], row["verdict"])
        confidence = [] if row["confidence"] == "-" else [float(row["confidence"])]
        assert atlas.objects(claim, "tri:verdict") == [verdict]
        assert atlas.objects(claim, "tri:kind") == [row["kind"].split(" (")[0]]
        assert atlas.objects(claim, "tri:sentence") == [row["sentence"]]
        assert [float(found) for found in atlas.objects(claim, "tri:confidence")] == confidence
        assert atlas.objects(claim, "tri:note") == ([row["note"]] if row["note"] else [])


def test_each_verdict_has_its_number_of_claims(atlas: Atlas) -> None:
    verdicts = Counter(found[0] for found in atlas.table("tri:verdict").values())
    assert verdicts == {
        "not checkable": 39,
        "supported": 33,
        "plausible": 28,
        "unverifiable": 15,
        "imprecise": 6,
        "disputed": 5,
        "wrong": 5,
        "doubtful": 5,
        "partly": 5,
        "stale": 2,
    }  # fmt: skip


def test_qualifiers_keep_what_the_plain_kind_and_verdict_lose(atlas: Atlas) -> None:
    assert atlas.objects("claim:C007", "tri:qualifier") == ["at most dates"]
    assert atlas.objects("claim:C012", "tri:qualifier") == ["imputed intent"]
    assert atlas.objects("claim:C026", "tri:qualifier") == ["figure", "vague"]
    assert atlas.objects("claim:C073", "tri:qualifier") == [
        "figure",
        "misleading",
        "no source",
        "table",
    ]
    assert atlas.objects("claim:C088", "tri:qualifier") == ["category", "table"]
    assert atlas.objects("claim:C110", "tri:attributedTo") == [ARTICLE, "id:World_Economic_Forum"]


def test_figures_are_numbers_with_a_unit_and_vague_amounts_are_words(atlas: Atlas) -> None:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert atlas.literals("claim:C047", "rdf:object") == {Literal("1400000000", integer)}
    assert atlas.objects("claim:C047", "tri:unit") == ["people"]
    assert atlas.literals("claim:C073", "rdf:object") == {Literal("12000", integer)}
    assert atlas.objects("claim:C073", "tri:unit") == ["USD per month"]
    assert atlas.objects("claim:C109", "tri:figure") == ["20"]
    assert atlas.objects("claim:C109", "tri:unit") == ["percent"]
    assert atlas.objects("claim:C026", "tri:figureText") == ["billions of dollars"]
    assert atlas.objects("claim:C062", "tri:figureText") == ["millions"]


def test_mindspore_is_a_framework_and_the_claim_that_it_is_a_model_is_wrong(atlas: Atlas) -> None:
    assert atlas.objects("id:MindSpore", "rdf:type") == ["tri:Framework"]
    assert atlas.objects("claim:C006", "rdf:subject") == ["id:MindSpore"]
    assert atlas.objects("claim:C006", "rdf:predicate") == ["rdf:type"]
    assert atlas.objects("claim:C006", "rdf:object") == ["tri:AIModel"]
    assert atlas.objects("claim:C006", "tri:verdict") == ["wrong"]
    assert atlas.objects("claim:C006", "tri:correctedBy") == ["tri:Framework"]


def test_one_claim_is_made_of_each_of_several_subjects(atlas: Atlas) -> None:
    assert atlas.objects("claim:C038", "rdf:subject") == [
        "id:Alibaba",
        "id:Baidu",
        "id:Huawei",
        "id:Tencent",
    ]
    assert atlas.objects("claim:C038", "rdf:object") == ["id:GPT"]
    assert len(atlas.objects("claim:C133", "rdf:object")) == 3


def test_only_a_supported_claim_is_also_a_direct_triple_of_the_article(atlas: Atlas) -> None:
    missing, surplus = [], []
    predicates = atlas.table("rdf:predicate", "graph:claims")
    for claim, (verdict,) in atlas.table("tri:verdict", "graph:claims").items():
        for subject in atlas.objects(claim, "rdf:subject"):
            stated = atlas.objects(subject, predicates[claim][0], "graph:article")
            for value in atlas.objects(claim, "rdf:object"):
                if verdict == "supported" and value not in stated:
                    missing.append((claim, value))
                if verdict != "supported" and value in stated:
                    surplus.append((claim, value))
    assert (missing, surplus) == ([], [])


def test_the_table_is_four_offers(atlas: Atlas) -> None:
    offers = {
        "id:GPT-4_offer": "id:GPT-4",
        "id:Ernie_Bot_offer": "id:Ernie_Bot",
        "id:MindSpore_offer": "id:MindSpore",
        "id:PaLM_offer": "id:PaLM",
    }
    assert atlas.subjects("rdf:type", "tri:Offer") == sorted(offers)
    for offer, offered in offers.items():
        assert atlas.objects(offer, "tri:itemOffered") == [offered]
        assert atlas.objects(offer, "tri:inTable") == ["id:Table_1_%28cost_comparison%29"]
    assert atlas.objects("id:GPT-4_offer", "tri:userSegment") == ["id:Developers", "id:Enterprise"]
    # What the table says of Ernie Bot is not supported: it stands in claims alone.
    assert atlas.objects("id:Ernie_Bot_offer", "tri:userSegment") == []
    assert atlas.subjects("rdf:subject", "id:Ernie_Bot_offer") == [
        "claim:C076",
        "claim:C077",
        "claim:C078",
        "claim:C079",
    ]


def test_claims_cite_claims(atlas: Atlas) -> None:
    claims = set(atlas.subjects("rdf:type", "tri:Claim"))
    for predicate in ("cito:supports", "cito:disputes"):
        table = atlas.table(predicate, "graph:claims")
        assert table
        assert {other for others in table.values() for other in others} <= claims
        assert [claim for claim, others in table.items() if claim in others] == []
    assert atlas.objects("claim:C091", "cito:disputes") == ["claim:C043"]


def test_a_correction_is_something_the_graph_knows(atlas: Atlas) -> None:
    corrections = {end for ends in atlas.table("tri:correctedBy").values() for end in ends}
    assert [end for end in corrections if not atlas.objects(end, "rdfs:label")] == []


def test_every_claim_that_is_wrong_or_stale_says_what_is_right(atlas: Atlas) -> None:
    faulty = [
        claim
        for claim, (verdict,) in atlas.table("tri:verdict").items()
        if verdict in {"wrong", "stale"}
    ]
    told = set(atlas.table("tri:correctedBy")) | set(atlas.table("tri:note"))
    assert sorted(set(faulty) - told) == []


def test_the_article_itself_is_not_in_the_repository(atlas: Atlas, shared: Path) -> None:
    article = " ".join((shared / "seed" / "article.txt").read_text("utf-8").split())
    long = [
        statement.object.value
        for statement in atlas.store.statements()
        if isinstance(statement.object, Literal) and len(statement.object.value) >= 60
    ]
    assert len(long) > 100
    assert [text for text in long if " ".join(text.split()) in article] == []
    for path in [*ROOT.glob("graph/**/*.ttl"), *ROOT.glob("graph/**/*.tsv")]:
        text = " ".join(path.read_text("utf-8").split())
        found = [at for at in range(len(article) - 60) if article[at : at + 60] in text]
        assert (path.name, found) == (path.name, [])


def test_a_claim_of_this_shape_is_seen_by_plain_sparql(atlas: Atlas) -> None:
    assert atlas.store.select(
        "SELECT (COUNT(?claim) AS ?claims) WHERE { ?claim a <" + str(iri("tri:Claim")) + "> }"
    ).rows == ((Literal("143", "http://www.w3.org/2001/XMLSchema#integer"),),)
