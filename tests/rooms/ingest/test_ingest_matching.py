from pathlib import Path

from triplary.ingest.matching import Known, Match, normal_form, write_matches
from triplary.terms import IRI, Literal, Statement

ID = "https://w3id.org/triplary/id/"
TRI = "https://w3id.org/triplary/ontology#"
RDF_TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = IRI("http://www.w3.org/2000/01/rdf-schema#label")
ALIAS = IRI("http://www.w3.org/2004/02/skos/core#altLabel")


def entity(name: str, kind: str, *aliases: str, local: str = "") -> list[Statement]:
    subject = IRI(ID + (local or name).replace(" ", "_"))
    return [
        Statement(subject, RDF_TYPE, IRI(TRI + kind)),
        Statement(subject, LABEL, Literal(name, language="en")),
        *(Statement(subject, ALIAS, Literal(alias, language="en")) for alias in aliases),
    ]


def found(known: list[Statement], new: list[Statement], **decided: set[str]) -> list[Match]:
    memory = Known()
    memory.learn(known)
    return sorted(memory.matches("s", new, decided))


def test_the_same_name_matches_by_label_or_alias() -> None:
    known = [*entity("Zhipu AI", "Company", "智谱华章"), *entity("Baidu", "Company")]
    assert found(known, entity("智谱华章", "Company")) == [
        Match("s", "智谱华章", "Zhipu AI", "organization", "same name", 100.0)
    ]
    assert found(known, entity("Baidu", "Organization")) == [
        Match("s", "Baidu", "Baidu", "organization", "same name", 100.0)
    ]


def test_case_spaces_and_legal_forms_do_not_matter() -> None:
    known = [*entity("Grok 3", "AIModel"), *entity("Network Optix", "Company")]
    assert found(known, entity("Grok-3", "AIModel")) == [
        Match("s", "Grok-3", "Grok 3", "model", "normalised", 83.3)
    ]
    assert found(known, entity("Network Optix, Inc.", "Organization")) == [
        Match("s", "Network Optix, Inc.", "Network Optix", "organization", "normalised", 81.2)
    ]


def test_a_slip_in_a_firms_name_is_forgiven_and_in_a_models_it_is_another_model() -> None:
    known = [*entity("Columbia University", "University"), *entity("BLOOM-176B", "AIModel")]
    assert found(known, entity("Colombia University", "University")) == [
        Match("s", "Colombia University", "Columbia University", "organization", "fuzzy", 94.4)
    ]
    assert found(known, entity("BLOOMZ-176B", "AIModel")) == []


def test_other_numbers_are_another_firm() -> None:
    known = entity("Laboratory number 12345", "Company")
    assert found(known, entity("Laboratory number 12346", "Company")) == []


def test_a_model_never_means_a_firm() -> None:
    assert found(entity("DeepSeek", "Company"), entity("DeepSeek", "AIModel")) == []


def test_a_name_that_could_mean_two_means_none() -> None:
    known = [*entity("Open AI", "Company"), *entity("Open-AI", "Company", local="Other")]
    assert found(known, entity("OPENAI", "Company")) == []


def test_what_people_ruled_on_is_left_alone() -> None:
    known = entity("Northeastern University", "University")
    new = entity("Northwestern University", "University")
    assert [match.method for match in found(known, new)] == ["fuzzy"]
    assert found(known, new, **{"Northwestern University": {"Northeastern University"}}) == []


def test_a_data_set_is_called_without_what_its_iri_adds() -> None:
    known = entity("StarCoderData", "Dataset", local="StarCoderData_dataset")
    new = entity("starcoderdata", "Dataset", local="starcoderdata_dataset")
    assert found(known, new) == [
        Match("s", "starcoderdata", "StarCoderData", "dataset", "normalised", 100.0)
    ]


def test_a_name_made_of_legal_forms_keeps_them() -> None:
    assert normal_form("The Co", "organization") == "theco"
    assert normal_form("The Co", "model") == "theco"


def test_matches_are_a_sorted_table(tmp_path: Path) -> None:
    b = Match("s", "b", "B", "model", "normalised", 50.0)
    a = Match("s", "a", "A", "model", "same name", 100.0)
    write_matches([b, a, b], tmp_path / "m.tsv")
    assert (tmp_path / "m.tsv").read_text("utf-8") == (
        "source\tname\tentity\trelation\tfamily\tmethod\tscore\n"
        "s\ta\tA\tsame\tmodel\tsame name\t100.0\n"
        "s\tb\tB\tsame\tmodel\tnormalised\t50.0\n"
    )
