"""Each source of the atlas: what it brought, and its known dirt."""

import csv
from collections import Counter
from pathlib import Path
from urllib.parse import quote, unquote

from graph.questions import ROOT, Atlas, curie, iri
from triplary.ingest.atlas import MATCHED
from triplary.terms import XSD, Literal

CHINA = "graph:llms-in-china"
ALL = "graph:epoch-all"
OPEN = "graph:open-llms"


def stated(atlas: Atlas, graph: str) -> set[tuple[str, str, str]]:
    return {
        (curie(s.subject), curie(s.predicate), curie(s.object))
        for s in atlas.store.statements(graph=iri(graph))
    }


def test_every_source_has_its_number_of_statements(atlas: Atlas) -> None:
    counts = {
        curie(graph).removeprefix("graph:"): sum(1 for _ in atlas.store.statements(graph=graph))
        for graph in atlas.store.graphs()
        if curie(graph).startswith("graph:")
    }
    written = {
        path.stem: sum(1 for _ in atlas.store.statements(graph=iri(f"graph:{path.stem}")))
        for path in (ROOT / "graph").glob("*.ttl")
    }
    assert counts == written
    assert len(counts) == 15
    assert sum(counts.values()) < 110_000


# Epoch AI, all models: what the newer edition does not say


def test_the_older_edition_says_what_the_newer_does_not(atlas: Atlas) -> None:
    new = set(atlas.table("tri:releaseDate", ALL)) - set(
        atlas.table("tri:releaseDate", "graph:epoch")
    )
    assert len(new) == 1356
    # Only where the editions call one entity by two names do both say the same of it.
    twice = stated(atlas, ALL) & stated(atlas, "graph:epoch")
    lines = (ROOT / "graph" / "reconciliation.tsv").read_text("utf-8").splitlines()[1:]
    lines += (ROOT / "graph" / "matches.tsv").read_text("utf-8").splitlines()[1:]
    renamed = {f"id:{quote(line.split(chr(9))[2].replace(' ', '_'))}" for line in lines}
    assert [t for t in twice if not {t[0], t[2]} & renamed] == []


def test_where_the_editions_differ_both_are_there_with_their_source(atlas: Atlas) -> None:
    assert atlas.objects("id:o3", "tri:accessibility", "graph:epoch") == ["id:API_access"]
    assert atlas.objects("id:o3", "tri:accessibility", ALL) == ["id:Unreleased"]
    # What ages with the edition is kept in the newer one alone.
    assert atlas.objects("id:o3", "tri:citations", ALL) == []


def test_a_model_that_stands_twice_is_taken_once(atlas: Atlas) -> None:
    assert atlas.literals("id:SigLIP_400M", "tri:parameters") == {
        Literal("400000000", XSD + "integer")
    }


def test_a_name_with_a_newline_or_a_legal_form_is_one_name(atlas: Atlas) -> None:
    delhi = "id:Indraprastha_Institute_of_Information_Technology_Delhi"
    assert atlas.objects(delhi, "rdfs:label") == [
        "Indraprastha Institute of Information Technology Delhi"
    ]
    assert atlas.objects("id:SambaNova_Systems%2C_Inc", "rdf:type") == ["tri:Company"]
    assert atlas.objects("id:McLean", "rdf:type") == []
    assert atlas.objects("id:Inc", "rdf:type") == []


def test_a_model_may_have_the_name_of_its_maker(atlas: Atlas) -> None:
    assert atlas.objects("id:Elyza", "rdf:type") == ["tri:Company"]
    assert atlas.objects("id:Elyza_%28model%29", "tri:developedBy") == ["id:Elyza"]


# LF AI & Data


def test_the_landscape_says_whose_a_framework_is_and_what_kind(atlas: Atlas) -> None:
    assert atlas.objects("id:MindSpore", "rdf:type", "graph:lfai") == ["tri:Framework"]
    assert atlas.objects("id:MindSpore", "tri:controlledBy") == ["id:Huawei"]
    assert atlas.objects("id:PaddlePaddle", "tri:controlledBy") == ["id:Baidu"]
    assert atlas.objects("id:MindSpore", "tri:softwareCategory") == [
        "id:Deep_Learning%3A_Framework_software_category"
    ]
    assert atlas.objects("id:ONNX", "tri:hostedBy") == ["id:LF_AI_%26_Data"]
    assert atlas.objects("id:ONNX", "tri:projectStage") == ["graduated"]
    # PyTorch's page in the directory is its own: that says of no other who controls it.
    assert atlas.objects("id:PyTorch", "tri:controlledBy") == []


def test_stages_are_the_four_of_the_foundation(atlas: Atlas) -> None:
    stages = Counter(stage for found in atlas.table("tri:projectStage").values() for stage in found)
    assert stages == {"incubating": 24, "sandbox": 22, "graduated": 13, "archived": 5}


def test_members_of_the_foundation_are_the_firms_that_other_sources_know(atlas: Atlas) -> None:
    members = atlas.subjects("tri:memberOf", "id:LF_AI_%26_Data")
    assert len(members) == 64
    assert {"id:Huawei", "id:IBM", "id:NVIDIA", "id:EleutherAI"} <= set(members)
    assert "Huawei Technologies Co., Ltd" in atlas.objects("id:Huawei", "skos:altLabel")


# Large models of China


def test_free_text_sectors_are_one_sector(atlas: Atlas) -> None:
    """医疗 and 医学 are one, so are 司法 and 法律, 信息安全 and 网络安全, 工业 and 工业制造."""
    lines = (ROOT / "graph" / "recipes" / "china-sectors.tsv").read_text("utf-8").splitlines()[1:]
    sectors = {line.split("\t")[0]: line.split("\t")[1] for line in lines}
    for one, other in (
        ("医疗", "医学"),
        ("司法", "法律"),
        ("信息安全", "网络安全"),
        ("工业", "工业制造"),
        ("科研", "科学"),
    ):
        assert sectors[one] == sectors[other]
    assert len(atlas.subjects("tri:appliedIn", "id:healthcare", CHINA)) == 30
    assert len({s for found in atlas.table("tri:appliedIn", CHINA).values() for s in found}) == 45
    assert atlas.objects("id:healthcare", "rdf:type", CHINA) == []


def test_row_numbers_that_occur_twice_lose_no_row(atlas: Atlas) -> None:
    # 192 and 215 stand twice each: the number is no key.
    for name in ("RJH", "泛海言道", "小可", "欧姆"):
        found = atlas.subjects("rdfs:label", Literal(name, language="zh"), CHINA) or (
            atlas.subjects("rdfs:label", Literal(name, language="en"), CHINA)
        )
        assert (name, len(found)) == (name, 1)


def test_one_name_of_two_makers_is_two_models(atlas: Atlas) -> None:
    pangu = atlas.subjects("rdfs:label", Literal("盘古", language="zh"), CHINA)
    assert [unquote(model) for model in pangu] == ["id:盘古_(华为)", "id:盘古_(循环智能)"]
    assert atlas.objects(pangu[0], "tri:developedBy") == ["id:Huawei"]


def test_several_makers_and_several_models_of_one_row_are_parted(atlas: Atlas) -> None:
    (hou,) = atlas.subjects("rdfs:label", Literal("后稷", language="zh"), CHINA)
    assert [unquote(maker) for maker in atlas.objects(hou, "tri:developedBy")] == [
        "id:山西农业大学",
        "id:山西大学",
    ]
    weather = atlas.subjects("rdfs:label", Literal("盘古气象", language="zh"), CHINA)
    assert atlas.objects(weather[0], "tri:developedBy") == ["id:Huawei"]


def test_chinese_and_english_names_of_an_organisation_are_one_entity(atlas: Atlas) -> None:
    """Both names are labels, and the models of both sources are its own."""
    lines = (ROOT / "graph" / "reconciliation.tsv").read_text("utf-8").splitlines()[1:]
    decided = [line.split("\t") for line in lines if line.endswith("\tcommon knowledge")]
    pairs = {row[1]: row[2] for row in decided if row[0] == "llms-in-china" and row[3] == "same"}
    assert len(pairs) == 37
    for chinese, english in pairs.items():
        (entity,) = atlas.subjects("rdfs:label", Literal(chinese, language="zh"))
        assert atlas.objects(entity, "rdfs:label") == [english, chinese]
        assert atlas.objects(f"id:{quote(chinese)}", "rdf:type") == []
        assert len(atlas.objects(entity, "rdf:type")) == 1
    zhejiang = "id:Zhejiang_University_%28ZJU%29"
    assert pairs["浙江大学"] == "Zhejiang University (ZJU)"
    assert "Zhejiang University" in atlas.objects(zhejiang, "skos:altLabel")
    for graph in ("graph:epoch", ALL, CHINA):
        assert (graph, atlas.subjects("tri:developedBy", zhejiang, graph) != []) == (graph, True)


def test_chinese_names_lead_to_entities_only_where_somebody_says_so(atlas: Atlas) -> None:
    assert atlas.objects("id:Ernie_Bot", "tri:developedBy", CHINA) == ["id:Baidu"]
    assert "智谱" in atlas.objects("id:Zhipu_AI", "rdfs:label")
    assert atlas.objects("id:MiniMax", "rdfs:label") == ["MiniMax", "稀宇科技"]
    # Nothing in the sources says that 北京语言大学 and a university of Epoch AI's are one.
    (university,) = atlas.subjects("rdfs:label", Literal("北京语言大学", language="zh"))
    assert atlas.objects(university, "rdfs:label") == ["北京语言大学"]


# Open LLMs


def test_licences_have_one_name_each(atlas: Atlas) -> None:
    assert atlas.objects("id:Mistral_7B", "tri:hasLicense") == ["id:Apache_License_2.0"]
    assert atlas.objects("id:StarCoder", "tri:hasLicense") == ["id:OpenRAIL-M_v1"]
    assert len(atlas.subjects("tri:hasLicense", "id:Apache_License_2.0", "graph:open-llms")) == 44


def test_sizes_are_one_or_several_or_from_to(atlas: Atlas) -> None:
    assert atlas.objects("id:OpenHermes", "tri:parameters") == ["13000000000", "7000000000"]
    assert atlas.objects("id:T5", "tri:smallestParameters") == ["60000000"]
    assert atlas.objects("id:T5", "tri:largestParameters") == ["11000000000"]


def test_a_row_of_several_sizes_is_a_family(atlas: Atlas) -> None:
    own = atlas.table("rdf:type", OPEN)
    sizes = atlas.table("tri:parameters", OPEN)
    spans = set(atlas.table("tri:smallestParameters", OPEN))
    several = {entity for entity, found in sizes.items() if len(found) > 1} | spans
    families = {entity for entity, kinds in own.items() if kinds == ["tri:ModelFamily"]}
    assert families == several & set(own)
    assert {"id:Falcon", "id:Gemma", "id:LLaMA_2", "id:Llama_3", "id:Pythia"} <= families
    # What Epoch AI has as one model keeps its class.
    assert several - set(own) == {"id:CodeGen2", "id:CodeT5%2B", "id:StarCoder"}
    assert atlas.objects("id:MPT-30B", "rdf:type") == ["tri:LanguageModel"]


def test_members_of_a_family_are_those_its_row_speaks_of(atlas: Atlas) -> None:
    families = set(atlas.subjects("rdf:type", "tri:ModelFamily", OPEN))
    members = {
        model: [family for family in found if family in families]
        for model, found in atlas.table("tri:partOfFamily").items()
        if families & set(found)
    }
    assert (len(members), {len(found) for found in members.values()}) == (26, {1})
    assert atlas.subjects("tri:partOfFamily", "id:Falcon") == [
        "id:Falcon-180B",
        "id:Falcon-40B",
        "id:Falcon-7B",
    ]
    # Its row says 7 to 70 billion, and nothing of those between.
    assert atlas.subjects("tri:partOfFamily", "id:LLaMA_2") == ["id:Llama_2-70B", "id:Llama_2-7B"]


def test_a_context_length_that_is_no_plain_number_stays_words(atlas: Atlas) -> None:
    assert atlas.literals("id:Mixtral_8x7B", "tri:contextLengthText") == {Literal("32k")}
    assert atlas.literals("id:T5", "tri:contextLength") == {Literal("512", XSD + "integer")}


def test_a_month_is_a_month_and_gives_way_to_a_day(atlas: Atlas) -> None:
    assert atlas.literals("id:T5", "tri:releaseDate") == {Literal("2019-10", XSD + "gYearMonth")}
    assert {date.datatype for date in atlas.literals("id:Mistral_7B", "tri:releaseDate")} == {
        XSD + "date"
    }


# Foundation Model Transparency Index


def test_scores_add_up(atlas: Atlas, shared: Path) -> None:
    path = shared / "data" / "fmti" / "Dec2025_Dec2025_scores.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    totals = {name: sum(int(row[name]) for row in rows) for name in rows[0] if name != "Indicator"}
    known = {"Mistral": "Mistral_AI"}
    for name, total in totals.items():
        entity = f"id:{known.get(name, name.replace(' ', '_'))}"
        assert atlas.objects(entity, "tri:transparencyScore") == [str(total)]
        assert len(atlas.objects(entity, "tri:discloses")) == total
    assert len(atlas.subjects("rdf:type", "tri:Score")) == 13 * (100 + 3 + 1)
    assert len(atlas.subjects("rdf:type", "tri:Indicator")) == 100 + 3 + 1


def test_a_score_says_whose_for_what_and_when(atlas: Atlas) -> None:
    score = "https://w3id.org/triplary/score/fmti-2025-12-OpenAI-Upstream"
    found = {curie(s.predicate): curie(s.object) for s in atlas.store.statements(iri(score))}
    assert found == {
        "rdf:type": "tri:Score",
        "tri:asOf": "2025-12",
        "tri:indicator": "id:Upstream_indicator",
        "tri:outOf": "34",
        "tri:score": "1",
        "tri:scoredEntity": "id:OpenAI",
    }


# Principles and risks


def test_principles_stand_in_their_documents(atlas: Atlas) -> None:
    documents = Counter(
        document
        for principle in atlas.subjects("rdf:type", "tri:Principle")
        for document in atlas.objects(principle, "tri:partOf")
    )
    assert documents == {
        "id:OECD_AI_governance_framework": 5,
        "id:doc-australia-ai-ethics-principles": 8,
        "id:doc-un-ethical-use-of-ai-principles": 10,
    }
    assert atlas.objects("id:OECD_AI_governance_framework", "tri:releaseDate") == ["2019-05-22"]


def test_a_group_written_with_a_capital_is_found(atlas: Atlas) -> None:
    groups = {
        end
        for r in atlas.subjects("rdf:type", "tri:Risk")
        for end in atlas.objects(r, "tri:partOf")
    }
    assert [group for group in groups if not atlas.objects(group, "rdfs:label")] == []


def test_long_texts_of_others_stay_out(atlas: Atlas) -> None:
    for graph in ("ai-atlas-nexus", "fmti", "lfai", "llms-in-china", "open-llms"):
        long = [
            statement.object.value
            for statement in atlas.store.statements(graph=iri(f"graph:{graph}"))
            if isinstance(statement.object, Literal) and len(statement.object.value) > 110
        ]
        assert (graph, long) == (graph, [])


# Country codes


def test_countries_have_their_codes_and_wikidata_entities(atlas: Atlas) -> None:
    countries = atlas.subjects("rdf:type", "tri:Country")
    codes = atlas.table("tri:isoCode")
    assert sorted(codes) == countries
    assert [country for country, found in codes.items() if len(found) != 2] == []
    assert atlas.objects("id:China", "tri:isoCode") == ["CHN", "CN"]
    assert atlas.objects("id:China", "skos:exactMatch") == ["wd:Q148"]
    matches = atlas.table("skos:exactMatch")
    assert [country for country in countries if len(matches.get(country, [])) != 1] == []


# Matches


def test_every_match_carries_its_score_and_is_in_the_table(atlas: Atlas) -> None:
    lines = (ROOT / "graph" / "matches.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    assert rows == sorted(rows)
    assert len(atlas.subjects("rdf:type", "tri:Match")) == len(rows) == 96
    assert {row[0] for row in rows} == set(MATCHED)
    scores = atlas.table("tri:matchScore")
    entities = atlas.table("tri:matchedEntity")
    assert sorted(scores) == sorted(entities)
    assert [
        one for found in entities.values() for one in found if not atlas.objects(one, "rdf:type")
    ] == []
    match = "https://w3id.org/triplary/match/lfai-Huawei_Technologies_Co.%2C_Ltd"
    assert atlas.objects(match, "tri:matchScore") == ["35.3"]
    assert atlas.objects(match, "tri:matchMethod") == ["normalised"]
    assert atlas.objects(match, "tri:inGraph") == ["graph:lfai"]
    assert atlas.objects(match, "tri:matchedEntity") == ["id:Huawei"]


def test_links_to_wikidata_are_those_of_the_seed_and_the_country_codes(atlas: Atlas) -> None:
    seed = set(atlas.table("skos:exactMatch", "graph:entities"))
    codes = set(atlas.table("skos:exactMatch", "graph:country-codes"))
    assert set(atlas.table("skos:exactMatch")) == seed | codes
    assert atlas.table("owl:sameAs") == {}


# Facts of the editors


def test_china_is_a_member_of_neither_the_oecd_nor_the_g7(atlas: Atlas) -> None:
    oecd, g7 = (atlas.subjects("tri:memberOf", f"id:{name}") for name in ("OECD", "G7"))
    assert (len(oecd), len(g7)) == (29, 7)
    assert set(g7) < set(oecd)
    assert "id:China" not in oecd


def test_what_bodies_issued_is_there_with_the_documents(atlas: Atlas) -> None:
    issued = atlas.table("tri:issued")
    assert issued == {
        "id:Australian_government": ["id:doc-australia-ai-ethics-principles"],
        "id:G7": ["id:G7_AI_Governance_Frameworks"],
        "id:IBM": ["id:ibm-risk-atlas"],
        "id:NIST": ["id:NIST.AI.600-1", "id:nist-ai-rmf"],
        "id:OECD": ["id:OECD_AI_governance_framework"],
        "id:OWASP": ["id:owasp-llm-2.0"],
        "id:United_Nations_System_Chief_Executives_Board_for_Coordination": [
            "id:doc-un-ethical-use-of-ai-principles"
        ],
    }
