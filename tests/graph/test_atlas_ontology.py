from graph.questions import ONTOLOGY, ROOT, Atlas, curie, iri
from triplary.ingest.validation import validate
from triplary.terms import IRI, XSD, Literal

KINDS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
LICENCES = {
    "graph:ai-atlas-nexus": "https://www.apache.org/licenses/LICENSE-2.0",
    "graph:country-codes": "https://opendatacommons.org/licenses/pddl/1-0/",
    "graph:llms-in-china": "https://www.apache.org/licenses/LICENSE-2.0",
    "graph:open-llms": "https://www.apache.org/licenses/LICENSE-2.0",
}
NUMERIC = {f"{XSD}{name}" for name in ("integer", "decimal", "double")}


def languages(atlas: Atlas, term: str, predicate: str) -> list[str]:
    return sorted(literal.language for literal in atlas.literals(term, predicate))


def test_the_atlas_breaks_no_rule(atlas: Atlas) -> None:
    assert [str(violation) for violation in validate(atlas.store).violations] == []


def test_every_predicate_is_in_the_ontology(atlas: Atlas) -> None:
    known = {term for kind in KINDS for term in atlas.subjects("rdf:type", kind)}
    used = {
        curie(statement.predicate)
        for graph in atlas.store.graphs()
        if graph != ONTOLOGY
        for statement in atlas.store.statements(graph=graph)
    }
    claimed = {end for ends in atlas.table("rdf:predicate").values() for end in ends}
    assert sorted((used | claimed) - known) == []


def test_every_property_is_of_one_kind(atlas: Atlas) -> None:
    kinds = {kind: set(atlas.subjects("rdf:type", kind)) for kind in KINDS}
    edges, facts, links = kinds.values()
    assert (edges & facts, edges & links, facts & links) == (set(), set(), set())
    assert {"schema:url", "skos:exactMatch", "rdf:subject", "cito:disputes"} <= links


def test_every_class_is_in_the_ontology(atlas: Atlas) -> None:
    classes = set(atlas.subjects("rdf:type", "owl:Class"))
    used = {
        end
        for graph in atlas.store.graphs()
        if graph != ONTOLOGY
        for ends in atlas.table("rdf:type", curie(graph)).values()
        for end in ends
    }
    assert sorted(used - classes) == []


def test_every_term_has_labels_in_both_languages_and_a_comment(atlas: Atlas) -> None:
    terms = [t for kind in (*KINDS, "owl:Class") for t in atlas.subjects("rdf:type", kind)]
    assert len(terms) > 150
    assert [t for t in terms if languages(atlas, t, "rdfs:label") != ["en", "zh"]] == []
    assert [t for t in terms if "en" not in languages(atlas, t, "rdfs:comment")] == []


def test_every_class_below_the_roots_has_an_example(atlas: Atlas) -> None:
    abstract = {"tri:Agent", "tri:Artifact", "tri:Claim", "tri:CreativeWork", "tri:Entity"}
    names = {term for term in atlas.subjects("rdf:type", "owl:Class") if term.startswith("tri:")}
    assert sorted(names - set(atlas.table("skos:example")) - abstract) == []


def test_every_edge_can_be_read_backwards_in_both_languages(atlas: Atlas) -> None:
    edges = atlas.subjects("rdf:type", "owl:ObjectProperty")
    assert [e for e in edges if languages(atlas, e, "tri:inverseLabel") != ["en", "zh"]] == []


def test_every_edge_runs_between_iris_and_every_fact_ends_in_a_literal(atlas: Atlas) -> None:
    wrong = []
    for kind, ends in (("owl:ObjectProperty", IRI), ("owl:DatatypeProperty", Literal)):
        for predicate in atlas.subjects("rdf:type", kind):
            wrong += [
                statement
                for statement in atlas.store.statements(None, iri(predicate))
                if not isinstance(statement.object, ends)
            ]
    assert wrong == []


def test_every_number_has_the_datatype_and_unit_of_its_property(atlas: Atlas) -> None:
    on_the_claim = {"tri:figure"}
    for predicate in atlas.subjects("rdf:type", "owl:DatatypeProperty"):
        (range_,) = atlas.store.statements(iri(predicate), iri("rdfs:range"))
        datatypes = {
            s.object.datatype
            for graph in atlas.store.graphs()
            if graph != ONTOLOGY
            for s in atlas.store.statements(None, iri(predicate), graph=graph)
            if isinstance(s.object, Literal)
        }
        # A price of 0 is a whole number, and so a decimal: xsd:integer is derived from it.
        allowed = {str(range_.object)}
        if str(range_.object) == XSD + "decimal":
            allowed.add(XSD + "integer")
        # A date may be known to the month or the year.
        if curie(range_.object) == "rdfs:Literal":
            allowed = {XSD + "date", XSD + "gYearMonth", XSD + "gYear"}
        assert (predicate, datatypes - allowed) == (predicate, set())
        if str(range_.object) in NUMERIC and predicate not in on_the_claim:
            assert (predicate, len(atlas.objects(predicate, "tri:unit"))) == (predicate, 1)


def test_the_shape_for_ends_of_edges_lists_every_edge(atlas: Atlas) -> None:
    edges = set(atlas.subjects("rdf:type", "owl:ObjectProperty"))
    assert set(atlas.objects("tri:EndShape", "sh:targetSubjectsOf")) == edges
    assert set(atlas.objects("tri:EndShape", "sh:targetObjectsOf")) == edges | {
        "tri:attributedTo",
        "tri:matchedEntity",
        "tri:scoredEntity",
    }


def test_classes_stand_in_one_tree(atlas: Atlas) -> None:
    parents = {
        child: [parent for parent in ends if parent.startswith("tri:")]
        for child, ends in atlas.table("rdfs:subClassOf").items()
    }
    roots = [
        name
        for name in atlas.subjects("rdf:type", "owl:Class")
        if name.startswith("tri:") and not parents.get(name)
    ]
    assert roots == ["tri:Claim", "tri:Entity", "tri:Record"]
    assert [child for child, ends in parents.items() if len(ends) > 1] == []
    for child in parents:
        seen = [child]
        while parents.get(seen[-1]):
            seen.append(parents[seen[-1]][0])
            assert len(seen) < 10
        assert seen[-1] in roots


def test_nothing_is_both_a_framework_and_a_model(atlas: Atlas) -> None:
    models = {
        m for k in ("AIModel", "LanguageModel") for m in atlas.subjects("rdf:type", f"tri:{k}")
    }
    frameworks = atlas.subjects("rdf:type", "tri:Framework")
    assert {"id:MindSpore", "id:PaddlePaddle", "id:PyTorch", "id:Pythia_%28framework%29"} <= set(
        frameworks
    )
    assert len(frameworks) == 26
    assert models.isdisjoint(frameworks)


def test_every_named_graph_is_described_with_licence_and_date(atlas: Atlas) -> None:
    described = atlas.subjects("rdf:type", "dcat:Dataset", "graph:sources")
    assert described == sorted(curie(graph) for graph in atlas.store.graphs())
    for graph in described:
        assert languages(atlas, graph, "dcterms:title") == ["en", "zh"]
        (licence,) = atlas.objects(graph, "dcterms:license")
        assert licence == LICENCES.get(graph, "https://creativecommons.org/licenses/by/4.0/")
        assert len(atlas.objects(graph, "dcterms:publisher")) == 1
        assert len(atlas.objects(graph, "dcterms:source")) == 1
        (date,) = atlas.literals(graph, "dcterms:issued")
        assert date.datatype == XSD + "date"
    (credit,) = atlas.objects("graph:epoch", "dcterms:bibliographicCitation")
    assert "Epoch AI" in credit
    assert "CC BY 4.0" in credit


def test_files_of_the_atlas_are_sorted_one_subject_per_block_without_blank_nodes() -> None:
    for path in sorted((ROOT / "graph").glob("*.ttl")):
        lines = path.read_text("utf-8").splitlines()
        assert lines[0] == (
            f"# Made by recipes/{path.stem}.rq: edit that, or the tables it reads, not this file."
        )
        subjects = [
            line.split(" ")[0] for line in lines[1:] if line and not line.startswith(("@", " "))
        ]
        assert (path.name, subjects) == (path.name, sorted(set(subjects)))
        assert [line for line in lines if "_:" in line or line.endswith("[")] == []
