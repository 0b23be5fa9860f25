from collections import defaultdict, deque
from urllib.parse import quote

from graph.questions import ROOT, Atlas, curie, iri
from triplary.terms import IRI, Literal

CHINESE_ALONE = 345
APART = 90


def test_every_seed_entity_has_its_label_and_class(
    atlas: Atlas, seed_entities: list[dict[str, str]]
) -> None:
    assert len(seed_entities) == 80
    for row in seed_entities:
        label = Literal(row["label_en"].strip('"'), language="en")
        (entity,) = atlas.subjects("rdfs:label", label, "graph:entities")
        classes = [f"tri:{name.split(' (')[0]}" for name in row["class"].split("/")]
        assert atlas.objects(entity, "rdf:type", "graph:entities") == sorted(classes)
        if row["label_zh"]:
            chinese = Literal(row["label_zh"], language="zh")
            assert chinese in atlas.literals(entity, "rdfs:label")
            level = {"D": "data", "K": "common knowledge"}[row["zh_source"]]
            assert atlas.objects(entity, "tri:chineseLabelFrom") == [level]
        match = [f"wd:{row['wikidata']}"] if row["qid_level"] in {"A", "B"} else []
        assert atlas.objects(entity, "skos:exactMatch") == match
        assert atlas.objects(entity, "schema:url", "graph:entities") == (
            [row["official_url"]] if row["official_url"] else []
        )


def test_an_entitys_iri_says_its_english_label(atlas: Atlas) -> None:
    assert atlas.objects("id:The_West_%2F_Western_nations", "rdfs:label", "graph:entities") == [
        "The West / Western nations",
        "西方国家",
    ]
    assert atlas.objects("id:Impact_of_the_Chinese_free_AI_model", "rdfs:label") == [
        "Impact of the Chinese free AI model"
    ]
    assert atlas.objects("id:World_Economic_Forum_report", "tri:status") == ["unidentified"]


def test_aliases_are_names_and_nothing_else(atlas: Atlas) -> None:
    assert atlas.objects("id:Baidu", "skos:altLabel") == ["Baidu, Inc.", "百度公司"]
    assert atlas.objects("id:Alibaba", "skos:altLabel") == ["Alibaba Group", "阿里"]
    assert atlas.objects("id:Ernie_Bot", "skos:altLabel") == [
        "ERNIE Bot",
        "Wenxin Yiyan",
        "文小言",
    ]
    assert atlas.objects("id:China", "skos:altLabel") == [
        "CHN",
        "CN",
        "PRC",
        "People's Republic of China",
        "中华人民共和国",
    ]
    assert atlas.objects("id:Western_AI_firms", "skos:altLabel") == []
    languages = {
        (alias.language, any("一" <= letter <= "鿿" for letter in alias.value))
        for statement in atlas.store.statements(None, iri("skos:altLabel"))
        if isinstance(alias := statement.object, Literal)
    }
    assert languages == {("en", False), ("zh", True)}


def test_every_alias_of_the_seed_was_reviewed(
    atlas: Atlas, seed_entities: list[dict[str, str]]
) -> None:
    lines = (ROOT / "graph" / "recipes" / "aliases.tsv").read_text("utf-8").splitlines()[1:]
    reviewed = {tuple(line.split("\t")[:2]) for line in lines}
    parts = {
        (row["label_en"].strip('"'), part.strip())
        for row in seed_entities
        for part in row["aliases"].split(";")
        if part.strip()
    }
    assert reviewed == parts
    assert [line for line in lines if line.split("\t")[2:] == ["", ""]] == []


def test_every_entity_has_at_most_one_label_in_each_language(atlas: Atlas) -> None:
    labels: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for statement in atlas.store.statements(None, iri("rdfs:label")):
        if curie(statement.subject).startswith("id:") and isinstance(statement.object, Literal):
            labels[curie(statement.subject)][statement.object.language].add(statement.object.value)
    wrong = {
        entity: dict(names)
        for entity, names in labels.items()
        if len(names["en"]) > 1 or len(names["zh"]) > 1 or set(names) > {"en", "zh"}
    }
    assert wrong == {}
    # Only the table of large models of China names things in Chinese alone.
    chinese = {entity for entity, names in labels.items() if not names["en"]}
    there = set(atlas.table("rdf:type", "graph:llms-in-china"))
    assert (len(chinese), chinese - there) == (CHINESE_ALONE, set())
    unclean = [n for names in labels.values() for n in names["en"] if n != " ".join(n.split())]
    assert unclean == []


def test_no_entity_is_of_two_kinds(atlas: Atlas) -> None:
    classes = {
        entity: found
        for entity, found in atlas.table("rdf:type").items()
        # A language model is an AI model: where one source says less than another, both stand.
        if entity.startswith("id:") and len(set(found) - {"tri:AIModel"}) > 1
    }
    assert classes.keys().isdisjoint(atlas.subjects("rdf:type", "tri:AIModel"))
    assert classes == {
        # The seed counts the Internet of Things as both.
        "id:Internet_of_Things": ["tri:Sector", "tri:Technique"],
        # A technique to the seed; models of Epoch AI's perform it.
        "id:recommendation_engine": ["tri:Task", "tri:Technique"],
    }


def test_a_name_that_an_entity_of_ours_shares_with_another_was_decided_on(atlas: Atlas) -> None:
    ours = set(atlas.table("rdf:type", "graph:entities"))
    bearers: dict[str, set[str]] = defaultdict(set)
    for predicate in ("rdfs:label", "skos:altLabel"):
        for entity, names in atlas.table(predicate).items():
            if entity.startswith("id:"):
                for name in names:
                    bearers[name.casefold()].add(entity)
    shared = {name for name, found in bearers.items() if len(found) > 1 and found & ours}
    lines = (ROOT / "graph" / "reconciliation.tsv").read_text("utf-8").splitlines()[1:]
    told_apart = {
        name.casefold()
        for row in (line.split("\t") for line in lines)
        if row[3] in {"different", "called"}
        for name in row[1:3]
    }
    assert shared - told_apart == set()
    assert shared >= {"accountability", "data privacy", "reinforcement learning"}
    assert atlas.subjects("rdfs:label", Literal("Recommender system", language="en")) == []
    assert len(atlas.subjects("tri:task", "id:recommendation_engine", "graph:epoch")) == 7


def test_every_hint_is_one_line_in_two_languages_on_an_entity_that_exists(atlas: Atlas) -> None:
    hints = atlas.table("dcterms:description", "graph:entities")
    assert len(hints) == 32
    for entity in hints:
        assert atlas.objects(entity, "rdfs:label") != []
        found = atlas.literals(entity, "dcterms:description")
        assert sorted(hint.language for hint in found) == ["en", "zh"]
        assert [hint.value for hint in found if len(hint.value) > 100] == []


def test_notes_are_for_readers(atlas: Atlas) -> None:
    assert atlas.objects("id:Ernie_Bot", "skos:editorialNote") == ["chatbot, launched 2023-03-16"]
    assert atlas.objects("id:OpenAI", "skos:editorialNote") == []


def neighbours(atlas: Atlas) -> dict[str, set[str]]:
    """Every entity with those an edge joins it to, claims included."""
    edges = {
        statement.subject
        for statement in atlas.store.statements(None, iri("rdf:type"), iri("owl:ObjectProperty"))
    }
    found: dict[str, set[str]] = defaultdict(set)
    pairs = [
        (curie(s.subject), curie(s.object))
        for predicate in edges
        if isinstance(predicate, IRI)
        for s in atlas.store.statements(None, predicate)
    ]
    predicates = atlas.table("rdf:predicate")
    for claim, subjects in atlas.table("rdf:subject").items():
        if iri(predicates[claim][0]) in edges:
            ends = [e for e in atlas.objects(claim, "rdf:object") if e.startswith("id:")]
            pairs += [(subject, end) for subject in subjects for end in ends]
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def test_everything_hangs_together(atlas: Atlas) -> None:
    joined = neighbours(atlas)
    seen, waiting = {"id:MindSpore"}, deque(["id:MindSpore"])
    while waiting:
        for other in joined[waiting.popleft()] - seen:
            seen.add(other)
            waiting.append(other)
    entities = {entity for entity in atlas.table("rdfs:label") if entity.startswith("id:")}
    assert "id:OECD" in seen
    apart = entities - seen
    # A row that names no maker, place, domain or base joins its model to nothing.
    in_lists = set(atlas.table("rdf:type", "graph:epoch-all")) | set(
        atlas.table("rdf:type", "graph:open-llms")
    )
    assert (sorted(apart - in_lists), len(apart & in_lists)) == (["id:unnamed_voices"], APART)


def test_the_edges_that_the_first_picture_needs(atlas: Atlas) -> None:
    assert atlas.objects("id:MindSpore", "tri:developedBy") == ["id:Huawei"]
    assert atlas.objects("id:Huawei", "tri:basedIn", "graph:epoch") == ["id:China"]
    assert atlas.objects("id:Huawei", "tri:basedIn", "graph:llms-in-china") == [
        "id:Shenzhen%2C_Guangdong"
    ]
    assert atlas.objects("id:OECD", "tri:issued") == ["id:OECD_AI_governance_framework"]
    assert atlas.objects("claim:C126", "rdf:subject") == ["id:OECD_AI_governance_framework"]
    assert atlas.objects("claim:C126", "rdf:predicate") == ["tri:couldConstrain"]
    assert atlas.objects("claim:C126", "rdf:object") == ["id:China"]
    assert atlas.objects("id:Ernie_Bot", "tri:poweredBy") == ["id:ERNIE"]


def test_names_of_sources_are_reconciled(atlas: Atlas) -> None:
    assert atlas.objects("id:Huawei_Noah%27s_Ark_Lab", "tri:partOf") == ["id:Huawei"]
    assert atlas.objects("id:Google_Research", "tri:relatedTo") == ["id:Google_DeepMind"]
    assert atlas.objects("id:DeepMind", "tri:relatedTo") == ["id:Google_DeepMind"]
    assert atlas.objects("id:Google_Brain", "tri:relatedTo") == [
        "id:Google_DeepMind",
        "id:Google_Research",
    ]
    assert "Google Deepmind" in atlas.objects("id:Google_DeepMind", "skos:altLabel")
    assert atlas.objects("id:Z.ai_%28Zhipu_AI%29", "rdf:type") == []
    assert "id:GLM-4.5" in atlas.subjects("tri:developedBy", "id:Zhipu_AI")
    assert "id:ERNIE_4.0" in atlas.subjects("tri:partOfFamily", "id:ERNIE")
    assert atlas.objects("id:GPT-4_%28Mar_2023%29", "rdf:type") == []
    assert "GPT-4 (Mar 2023)" in atlas.objects("id:GPT-4", "skos:altLabel")
    assert atlas.objects("id:United_States", "rdf:type") == ["tri:Country"]


def test_every_decision_names_entities_that_exist(atlas: Atlas) -> None:
    lines = (ROOT / "graph" / "reconciliation.tsv").read_text("utf-8").splitlines()[1:]
    assert lines == sorted(lines)
    labels = {
        literal.value
        for statement in atlas.store.statements(None, iri("rdfs:label"))
        if isinstance(literal := statement.object, Literal)
    }
    rows = [line.split("\t") for line in lines]
    identifiers = {
        one
        for ones in atlas.table("dcterms:identifier", "graph:ai-atlas-nexus").values()
        for one in ones
    }
    assert [row for row in rows if row[2] not in labels] == []
    names_of_parts = [row for row in rows if row[3] in {"part of", "version of", "related"}]
    assert [row for row in names_of_parts if row[1] not in labels] == []
    # A name that means an entity of another name is no label; one that has a namesake may be.
    lines = (ROOT / "graph" / "recipes" / "chinese-labels.tsv").read_text("utf-8").splitlines()[1:]
    chinese = {tuple(line.split("\t")[:2]) for line in lines}
    odd = [row for row in rows if row[3] == "same" and row[1] in labels]
    assert {(row[2], row[1]) for row in odd} == chinese
    assert [row for row in rows if row[3] == "called" and row[1] == row[2]] == []
    # What is different stays so: two entities, with no edge that joins them.
    for row in rows:
        if row[3] == "different":
            one, other = (f"id:{quote(name.replace(' ', '_'))}" for name in row[1:3])
            assert (row, atlas.objects(one, "tri:relatedTo")) == (row, [])
            assert (row, row[1] in atlas.objects(other, "skos:altLabel")) == (row, False)
    assert {row[1] for row in rows if row[0] == "ai-atlas-nexus"} <= identifiers
