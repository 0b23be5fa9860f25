"""Claims against data, and what held when."""

from graph.questions import Atlas, curie, iri
from triplary.terms import IRI, Literal

CHECK = "https://w3id.org/triplary/check/"


def parts(atlas: Atlas, node: IRI) -> dict[str, list[IRI | Literal]]:
    found: dict[str, list[IRI | Literal]] = {}
    for statement in atlas.store.statements(node):
        assert isinstance(statement.object, IRI | Literal)
        found.setdefault(curie(statement.predicate), []).append(statement.object)
    return found


def checks(atlas: Atlas) -> list[IRI]:
    found = atlas.store.statements(None, iri("rdf:type"), iri("tri:Check"))
    return sorted((s.subject for s in found if isinstance(s.subject, IRI)), key=str)


def test_the_statement_of_every_check_is_in_the_named_graph_it_names(atlas: Atlas) -> None:
    for check in checks(atlas):
        said = parts(atlas, check)
        (graph,), (predicate,) = said["tri:inGraph"], said["owl:annotatedProperty"]
        (value,) = said["owl:annotatedTarget"]
        subject = said.get("owl:annotatedSource", [None])[0]
        assert isinstance(graph, IRI)
        assert isinstance(predicate, IRI)
        assert not isinstance(subject, Literal)
        found = list(atlas.store.statements(subject, predicate, value, graph=graph))
        if subject is None:
            (count,) = said["tri:counted"]
            assert (str(check), len(found)) == (str(check), int(str(count.value)))
        else:
            assert (str(check), len(found)) == (str(check), 1)


def test_a_count_is_of_as_many_as_there_are(atlas: Atlas) -> None:
    (check,) = [check for check in checks(atlas) if "tri:counted" in parts(atlas, check)]
    said = parts(atlas, check)
    assert [curie(value) for value in said["tri:counted"] + said["tri:countedOf"]] == ["156", "976"]
    assert len(atlas.table("tri:releaseDate", "graph:epoch")) == 976
    assert atlas.objects("claim:C015", "tri:checkedAgainst") == [str(check)]


def test_a_claim_points_at_its_checks_and_they_at_it(atlas: Atlas) -> None:
    forth = {
        (claim, check)
        for claim, ends in atlas.table("tri:checkedAgainst").items()
        for check in ends
    }
    back = {
        (claim, check)
        for predicate in ("cito:supports", "cito:disputes")
        for check, ends in atlas.table(predicate, "graph:checks").items()
        for claim in ends
    }
    assert forth == back
    assert len(forth) == 32


def test_every_claim_whose_note_names_a_data_set_is_checked_against_it(
    atlas: Atlas, seed_claims: list[dict[str, str]]
) -> None:
    names = ("Epoch", "LFAI", "ai-atlas-nexus")
    noted = {f"claim:{r['id']}" for r in seed_claims if any(name in r["note"] for name in names)}
    assert len(noted) == 12
    assert sorted(noted - set(atlas.table("tri:checkedAgainst"))) == []


def test_what_disputes_a_claim_fits_its_verdict(atlas: Atlas) -> None:
    verdicts = atlas.table("tri:verdict")
    disputed = {c for ends in atlas.table("cito:disputes", "graph:checks").values() for c in ends}
    supported = {c for ends in atlas.table("cito:supports", "graph:checks").values() for c in ends}
    assert {verdicts[claim][0] for claim in disputed} == {"partly", "stale", "wrong"}
    # C007 is wrong “at most dates”: what was opened later speaks for it.
    assert {claim for claim in supported if verdicts[claim] == ["wrong"]} == {"claim:C007"}


def test_ernie_bot_was_not_open_by_the_dated_rows_of_epoch_ai(atlas: Atlas) -> None:
    assert atlas.objects("claim:C007", "tri:checkedAgainst") == [
        f"{CHECK}C007-{number}" for number in (1, 2, 3)
    ]
    assert atlas.objects(f"{CHECK}C007-2", "owl:annotatedSource") == ["id:ERNIE_4.0"]
    assert atlas.objects(f"{CHECK}C007-2", "owl:annotatedTarget") == ["id:API_access"]
    assert atlas.objects(f"{CHECK}C007-2", "cito:disputes") == ["claim:C007"]
    assert atlas.objects("id:ERNIE_4.0", "tri:releaseDate") == ["2023-10-17"]


def test_checks_and_states_are_no_claims(atlas: Atlas) -> None:
    """The parts of a claim are rdf:subject and its kin, those of the others OWL's annotations."""
    claims = set(atlas.subjects("rdf:type", "tri:Claim"))
    assert set(atlas.table("rdf:subject")) == set(atlas.table("rdf:predicate")) == claims
    assert len(claims) == 143


AS_OF = """
PREFIX : <https://w3id.org/triplary/ontology#>
PREFIX id: <https://w3id.org/triplary/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?value {
  ?state a :State ; owl:annotatedSource id:ENTITY ; owl:annotatedProperty :PROPERTY ;
    owl:annotatedTarget ?value .
  OPTIONAL { ?state :validFrom ?from }
  OPTIONAL { ?state :validUntil ?until }
  FILTER (COALESCE(STR(?from) <= "DAY", true) && COALESCE("DAY" < STR(?until), true))
} ORDER BY ?value
"""


def as_of(atlas: Atlas, entity: str, property: str, day: str) -> list[str]:
    text = AS_OF.replace("ENTITY", entity).replace("PROPERTY", property).replace("DAY", day)
    return [curie(value) for (value,) in atlas.store.select(text).rows if value is not None]


def test_what_held_on_a_day_can_be_asked(atlas: Atlas) -> None:
    assert as_of(atlas, "ERNIE", "accessibility", "2023-08-01") == ["id:Hosted_access_%28no_API%29"]
    assert as_of(atlas, "ERNIE", "accessibility", "2024-06-01") == ["id:API_access"]
    assert as_of(atlas, "ERNIE", "accessibility", "2026-01-01") == [
        "id:Open_weights_%28unrestricted%29"
    ]
    assert as_of(atlas, "Ernie_Bot", "pricingStructure", "2024-06-01") == ["id:paid_tier"]
    assert as_of(atlas, "Ernie_Bot", "pricingStructure", "2025-06-01") == ["id:free_of_charge"]
    # Nobody says what it cost in June 2023.
    assert as_of(atlas, "Ernie_Bot", "pricingStructure", "2023-06-01") == []
    assert as_of(atlas, "PaLM", "accessibility", "2024-09-01") == []


def test_dates_are_as_exact_as_they_are_known(atlas: Atlas) -> None:
    kinds = {
        date.datatype.rpartition("#")[2]
        for predicate in ("tri:releaseDate", "tri:foundingDate", "tri:validFrom", "tri:validUntil")
        for statement in atlas.store.statements(None, iri(predicate))
        if isinstance(date := statement.object, Literal)
    }
    assert kinds == {"date", "gYear", "gYearMonth"}
    assert atlas.objects("id:iFlytek", "tri:foundingDate") == ["1999"]
