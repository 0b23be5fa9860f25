from graph.questions import ROOT, Atlas, curie, iri
from triplary.terms import XSD, Literal

EPOCH = "graph:epoch"
MULTI_VALUED = (
    "Organization",
    "Domain",
    "Task",
    "Training dataset",
    "Base model",
    "Training hardware",
    "Country (of organization)",
)


def test_every_row_is_one_model(atlas: Atlas, epoch_rows: list[dict[str, str]]) -> None:
    dated = atlas.table("tri:releaseDate", EPOCH)
    assert len(epoch_rows) == len(dated) == 976
    assert [model for model, dates in dated.items() if len(dates) != 1] == []
    classes = {kind for model in dated for kind in atlas.objects(model, "rdf:type", EPOCH)}
    assert classes == {"tri:AIModel", "tri:LanguageModel"}


def test_the_seeds_own_count_of_chinese_models_comes_out(atlas: Atlas) -> None:
    """The note of claim C015 counts 156 of 976 models with a Chinese organisation."""
    assert len(atlas.subjects("tri:countryOfOrigin", "id:China", EPOCH)) == 156


def test_a_name_that_ends_in_a_newline_does_not(atlas: Atlas) -> None:
    assert atlas.objects("id:Solar_Open_100B", "rdfs:label") == ["Solar Open 100B"]
    assert atlas.objects("id:Solar_Open_100B%0A", "rdfs:label") == []
    assert atlas.objects("id:ALLaM_adapted_70B", "rdfs:label") == ["ALLaM adapted 70B"]


def test_numbers_are_without_noise(atlas: Atlas) -> None:
    assert atlas.literals("id:Solar_Open_100B", "tri:parameters") == {
        Literal("102000000000", XSD + "integer")
    }
    (compute,) = atlas.literals("id:GPT-4", "tri:trainingCompute")
    assert (float(compute.value), compute.datatype) == (2.1e25, XSD + "double")
    written = (ROOT / "graph" / "epoch.ttl").read_text("utf-8")
    numbers = [
        line.split()[1]
        for line in written.splitlines()
        if line.startswith(("    :trainingCompute", "    :datasetSize", "    :finetuneCompute"))
    ]
    assert len(numbers) > 1000
    assert [n for n in numbers if len(n.split("E")[0].replace(".", "").strip("-")) > 12] == []


def test_a_comma_within_a_name_does_not_cut_it(
    atlas: Atlas, epoch_rows: list[dict[str, str]]
) -> None:
    laboratory = "id:NERSC%2C_Lawrence_Berkeley_National_Laboratory"
    assert atlas.objects("id:FourCastNet", "tri:developedBy", EPOCH) == [
        "id:California_Institute_of_Technology",
        laboratory,
        "id:NVIDIA",
        "id:Purdue_University",
        "id:Rice_University",
        "id:University_of_Michigan",
    ]
    assert atlas.objects("id:NERSC", "rdfs:label") == []
    books = "id:BookCorpus_%28BooksCorpus%2C_Toronto_Book_Corpus%29_dataset"
    assert len(atlas.subjects("tri:trainedWith", books, EPOCH)) == 16
    # A comma and a space is the sign of such a name; this is every one there is.
    lines = (ROOT / "graph" / "recipes" / "names-with-commas.tsv").read_text("utf-8").splitlines()
    reviewed = {line.split("\t")[1] for line in lines[1:]}
    odd = set()
    for row in epoch_rows:
        for column in MULTI_VALUED:
            cell = row[column]
            for name in reviewed:
                cell = cell.replace(name, "")
            if ", " in cell:
                odd.add(cell)
    # Two data sets, parted by a comma and a space: split as any others.
    assert odd == {"PDB (Protein Data Bank), AlphaFold database (AFDB)"}
    assert {"Booz Allen Hamilton, McLean", "SambaNova Systems, Inc"} <= reviewed
    assert atlas.objects("id:AlphaFold_database_%28AFDB%29_dataset", "rdf:type") == ["tri:Dataset"]


def test_brackets_are_never_cut(atlas: Atlas) -> None:
    labels = [label for found in atlas.table("rdfs:label", EPOCH).values() for label in found]
    assert [label for label in labels if label.count("(") != label.count(")")] == []


def test_a_base_model_without_a_row_is_a_model_with_a_name_and_no_more(
    atlas: Atlas, epoch_rows: list[dict[str, str]]
) -> None:
    names = {row["Model"].strip() for row in epoch_rows}
    bases = {
        part.strip() for row in epoch_rows for part in row["Base model"].split(",") if part.strip()
    }
    dated = atlas.table("tri:releaseDate", EPOCH)
    without = {
        model
        for models in atlas.table("tri:basedOn", EPOCH).values()
        for model in models
        if model not in dated
    }
    assert len(bases - names) == len(without) == 38
    assert "id:GPT-J-6B" in without
    for model in without:
        predicates = {
            curie(statement.predicate)
            for statement in atlas.store.statements(iri(model), graph=iri(EPOCH))
        }
        assert (model, predicates) == (model, {"rdf:type", "rdfs:label"})
        assert atlas.objects(model, "rdf:type", EPOCH) == ["tri:AIModel"]


def test_one_rule_says_what_a_language_model_is_in_both_editions(atlas: Atlas) -> None:
    described = set(atlas.table("tri:releaseDate", EPOCH))
    language = "id:Language_domain"
    newer = set(atlas.subjects("rdf:type", "tri:LanguageModel", EPOCH))
    assert newer == set(atlas.subjects("tri:domain", language, EPOCH))
    older = set(atlas.subjects("rdf:type", "tri:LanguageModel", "graph:epoch-all"))
    assert older == set(atlas.subjects("tri:domain", language, "graph:epoch-all")) - described
    assert (len(newer), len(older)) == (484, 663)
    assert {"id:GPT-5", "id:Mistral_Large"} <= newer
    # The newer edition knows it by name alone, the older one describes it.
    assert atlas.objects("id:Mistral_7B", "rdf:type", EPOCH) == ["tri:AIModel"]
    assert "id:Mistral_7B" in older


def test_a_base_model_with_a_space_after_its_name_is_found(atlas: Atlas) -> None:
    assert atlas.objects("id:Qwen_Image", "tri:basedOn") == ["id:Qwen2.5-VL-7B"]


def test_countries_have_their_short_names_once(
    atlas: Atlas, epoch_rows: list[dict[str, str]]
) -> None:
    lines = (ROOT / "graph" / "recipes" / "countries.tsv").read_text("utf-8").splitlines()
    reviewed = {line.split("\t")[0] for line in lines[1:]}
    written = {
        part for row in epoch_rows for part in row["Country (of organization)"].split(",") if part
    }
    assert written < reviewed
    assert atlas.objects("id:United_Kingdom", "rdfs:label") == ["United Kingdom", "英国"]
    assert atlas.objects("id:United_Kingdom", "skos:altLabel", EPOCH) == [
        "United Kingdom of Great Britain and Northern Ireland"
    ]
    assert len(atlas.subjects("rdf:type", "tri:Country", EPOCH)) == 34
    assert len(atlas.subjects("rdf:type", "tri:Country")) == 45
    assert atlas.objects("id:Multinational", "rdfs:label") == []


def test_an_organisation_is_based_where_its_own_rows_say(atlas: Atlas) -> None:
    several = {
        organisation: countries
        for organisation, countries in atlas.table("tri:basedIn", EPOCH).items()
        if len(countries) > 1
    }
    assert several == {
        "id:Facebook_AI_Research": ["id:France", "id:United_States"],
        "id:Google_DeepMind": ["id:United_Kingdom", "id:United_States"],
    }
    assert atlas.objects("id:Tsinghua_University", "tri:basedIn", EPOCH) == ["id:China"]


def test_a_developer_is_an_organisation_of_one_class(atlas: Atlas) -> None:
    developers = {one for found in atlas.table("tri:developedBy").values() for one in found}
    classes = {developer: atlas.objects(developer, "rdf:type") for developer in developers}
    assert [found for found in classes.items() if len(found[1]) != 1] == []
    assert {found[0] for found in classes.values()} == {
        "tri:AcademicOrganization",
        "tri:Company",
        "tri:GovernmentBody",
        "tri:Organization",
        "tri:ResearchOrganization",
        "tri:University",
    }


def test_access_levels_tell_when_ernie_was_opened(atlas: Atlas) -> None:
    assert atlas.objects("id:ERNIE_3.5", "tri:accessibility") == ["id:Hosted_access_%28no_API%29"]
    assert atlas.objects("id:ERNIE_4.0", "tri:accessibility") == ["id:API_access"]
    assert atlas.objects("id:Hosted_access_%28no_API%29", "rdfs:label") == [
        "Hosted access (no API)",
        "托管使用（无 API）",
    ]


def test_what_others_wrote_at_length_is_left_out(
    atlas: Atlas, epoch_rows: list[dict[str, str]]
) -> None:
    authors = {row["Authors"].strip() for row in epoch_rows if row["Authors"].count(",") > 3}
    texts = {
        statement.object.value
        for statement in atlas.store.statements(graph=iri(EPOCH))
        if isinstance(statement.object, Literal)
    }
    assert authors & texts == set()
