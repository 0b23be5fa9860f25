"""One suite over every store: the same question has the same answer wherever the triples lie."""

import inspect
import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from conformance.conftest import KINDS, but
from conformance.small import GRAPHS, ID, SMALL, STATEMENTS, TRI
from triplary import query as library
from triplary.errors import QueryError
from triplary.kg import KnowledgeGraph
from triplary.store import Store, WritableStore
from triplary.store.documents import parse
from triplary.store.formats import FORMATS
from triplary.store.ox_terms import statement_from_ox
from triplary.store.oxigraph import OxigraphStore
from triplary.store.rdflib import RdflibStore
from triplary.store.remote import RemoteStore
from triplary.terms import IRI, XSD, BlankNode, Literal, Statement, Table, Term

LABEL = IRI("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
BAIDU = IRI(ID + "Baidu")
PREFIXES = f"PREFIX : <{TRI}> PREFIX id: <{ID}> PREFIX graph: <{GRAPHS}> "
ANY_BLANK = BlankNode("any")


def named(term: Term | None) -> Term | None:
    """The term; a blank node, whose label is each store's own, as one and the same."""
    return ANY_BLANK if isinstance(term, BlankNode) else term


def bag(statements: Iterable[Statement]) -> list[Statement]:
    """The statements in an order that all stores share."""
    same = (
        Statement(named(s.subject), s.predicate, named(s.object), named(s.graph))  # type: ignore[arg-type]
        for s in statements
    )
    return sorted(same, key=repr)


def rows(table: Table) -> list[tuple[Term | None, ...]]:
    return sorted((tuple(map(named, row)) for row in table), key=repr)


def expected() -> list[Statement]:
    quads = parse(SMALL, name="small.trig", format=FORMATS["trig"])
    return bag(statement_from_ox(q.subject, q.predicate, q.object, q.graph_name) for q in quads)


def test_the_statements_are_those_of_the_document(store: Store) -> None:
    assert bag(store.statements()) == expected()


def test_the_statements_as_numbers_are_the_statements(store: Store) -> None:
    found = store.numbered()
    terms, columns = found.terms, found.columns.tolist()
    assert len(set(terms)) == len(terms)
    assert (
        bag(
            Statement(*(terms[number] for number in columns[place : place + 4]))  # type: ignore[arg-type]
            for place in range(0, len(columns), 4)
        )
        == expected()
    )


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "graph"),
    [
        (BAIDU, None, None, None),
        (None, LABEL, None, None),
        (None, None, Literal("百度", language="zh"), None),
        (None, TYPE, IRI(TRI + "Company"), None),
        (BAIDU, TYPE, IRI(TRI + "Company"), IRI(GRAPHS + "models")),
        (None, None, Literal("260", XSD + "integer"), None),
        (None, None, Literal("false", XSD + "boolean"), None),
        (None, None, None, IRI(GRAPHS + "claims")),
        (IRI(ID + "Nobody"), None, None, None),
    ],
)
def test_a_pattern_finds_what_fits(
    store: Store,
    subject: IRI | None,
    predicate: IRI | None,
    object: Term | None,
    graph: IRI | None,
) -> None:
    fitting = [
        statement
        for statement in expected()
        if subject in (None, statement.subject)
        and predicate in (None, statement.predicate)
        and object in (None, statement.object)
        and graph in (None, statement.graph)
    ]
    assert bag(store.statements(subject, predicate, object, graph=graph)) == fitting


def test_about_tells_all_that_is_said_of_entities(store: Store) -> None:
    asked = [BAIDU, IRI(ID + "Nowhere"), IRI(ID + "Nobody")]
    wanted = [s for s in expected() if s.subject in asked]
    assert len(wanted) == 7
    assert bag(store.about(asked)) == wanted
    assert list(store.about([])) == []


def test_the_graphs_are_those_that_hold_a_statement(store: Store) -> None:
    assert store.graphs() == (
        *(IRI(GRAPHS + name) for name in ("claims", "companies", "models", "sources")),
        IRI("https://w3id.org/triplary/ontology"),
    )


def test_the_length_counts_statements(store: Store) -> None:
    assert len(store) == STATEMENTS


SELECTS = [
    "SELECT ?name { id:Baidu rdfs:label ?name } ORDER BY ?name",
    "SELECT DISTINCT ?s { ?s a :Company } ORDER BY ?s",
    "SELECT ?s ?g { GRAPH ?g { ?s a :Company } } ORDER BY ?s ?g",
    "SELECT (COUNT(DISTINCT ?s) AS ?count) { ?s ?p ?o }",
    "SELECT ?o (COUNT(?s) AS ?count) { ?s :basedIn ?o } GROUP BY ?o ORDER BY ?o",
    "SELECT ?s ?d { ?s a :Model OPTIONAL { ?s :released ?d } } ORDER BY ?s",
    "SELECT ?o { id:ERNIE :developedBy/:basedIn ?o }",
    "SELECT ?v { id:ERNIE :parameters|:open|:score|:released ?v } ORDER BY STR(?v)",
    "SELECT ?s { ?s :parameters ?n FILTER(?n > 100) }",
    "SELECT ?note { ?claim :note ?note . ?claim a :Claim }",
    "SELECT ?l { ?s rdfs:label ?l FILTER(LANGMATCHES(LANG(?l), 'zh')) } ORDER BY ?l",
    "SELECT ?s { ?s rdfs:label ?l FILTER(REGEX(STR(?l), '^open', 'i')) }",
    "SELECT ?s ?l { VALUES ?s { id:Baidu id:Nobody UNDEF } ?s rdfs:label ?l } ORDER BY ?s ?l",
    "SELECT ?s { ?s a :Company FILTER NOT EXISTS { ?s :basedIn id:China } }",
    "SELECT ?s { ?s a :Company MINUS { ?s :basedIn id:China } }",
    "SELECT (MAX(?n) AS ?most) (SAMPLE(?x) AS ?one) { ?s :parameters ?n BIND(1 AS ?x) }",
    "SELECT DISTINCT ?type { [] a ?type } ORDER BY ?type",
    "SELECT ?x { ?x rdfs:label 'without a name'@en }",
    "SELECT ?nothing { id:Baidu :parameters ?nothing }",
    "SELECT ?s { { SELECT ?s { ?s a :Country } ORDER BY ?s LIMIT 1 } }",
]


@pytest.mark.parametrize("text", SELECTS)
def test_a_select_has_the_same_rows_everywhere(
    store: Store, opened: Callable[[str], Store], text: str
) -> None:
    query = f"{PREFIXES} PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {text}"
    found, memory = store.select(query), opened("memory").select(query)
    assert (found.columns, rows(found)) == (memory.columns, rows(memory))
    if "ORDER BY" in text:
        assert [tuple(map(named, row)) for row in found] == [
            tuple(map(named, row)) for row in memory
        ]


TWICE = "an Oxigraph server finds a triple of its union once for each graph that holds it"


@pytest.mark.parametrize("kind", but(TWICE, "remote"))
def test_the_default_graph_is_the_union_of_the_named_graphs(
    opened: Callable[[str], Store], kind: str
) -> None:
    # 49 statements; one triple stands in two named graphs.
    found = opened(kind).select("SELECT (COUNT(*) AS ?count) { ?s ?p ?o }")
    assert found == Table(("count",), ((Literal(str(STATEMENTS - 1), XSD + "integer"),),))


@pytest.mark.parametrize(
    "kind", but("a server started with --union-default-graph does not heed FROM", "remote")
)
def test_from_says_which_graphs_are_read(opened: Callable[[str], Store], kind: str) -> None:
    store = opened(kind)
    found = store.select(PREFIXES + "SELECT ?s FROM graph:models { ?s a :Company }")  # noqa: S608
    assert found == Table(("s",), ((BAIDU,),))
    built = store.construct(PREFIXES + "CONSTRUCT { ?s ?p ?o } FROM graph:claims { ?s ?p ?o }")
    assert bag(built) == bag(
        Statement(s.subject, s.predicate, s.object)
        for s in expected()
        if s.graph == IRI(GRAPHS + "claims")
    )
    assert not store.ask(PREFIXES + "ASK FROM NAMED graph:models { ?s a :Company }")
    assert store.ask(PREFIXES + "ASK FROM NAMED graph:models { GRAPH ?g { ?s a :Company } }")
    assert store.ask("ASK { ?from ?p 'OpenAI'@en } # FROM")


def test_an_ask_is_a_yes_or_a_no(store: Store) -> None:
    assert store.ask(PREFIXES + "ASK { id:Baidu a :Company }") is True
    assert store.ask(PREFIXES + "ASK { id:Baidu a :Model }") is False


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT { ?s :in ?o } { ?s :basedIn ?o }",
        "CONSTRUCT WHERE { ?s a :Company }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        "CONSTRUCT { id:Baidu :rival id:OpenAI } { ?any a :Company }",
    ],
)
def test_a_construct_has_the_same_triples_everywhere_each_once(
    store: Store, opened: Callable[[str], Store], text: str
) -> None:
    found = store.construct(PREFIXES + text)
    assert len(set(found)) == len(found)
    assert {statement.graph for statement in found} == {None}
    assert bag(found) == bag(opened("memory").construct(PREFIXES + text))


def test_describe_answers_triples_of_the_entity(store: Store) -> None:
    found = store.construct(PREFIXES + "DESCRIBE id:GPT-4")
    about = {s for s in found if s.subject == IRI(ID + "GPT-4")}
    assert about == {
        Statement(IRI(ID + "GPT-4"), TYPE, IRI(TRI + "Model")),
        Statement(IRI(ID + "GPT-4"), LABEL, Literal("GPT-4", language="en")),
        Statement(IRI(ID + "GPT-4"), IRI(TRI + "developedBy"), IRI(ID + "OpenAI")),
    }


@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("graph", [None, IRI(GRAPHS + "models")], ids=["all", "one graph"])
def test_a_dump_reads_back_as_what_was_dumped(store: Store, format: Any, graph: Any) -> None:
    output = io.BytesIO()
    store.dump(output, format=format, graph=graph)
    read = parse(output.getvalue(), name="dump", format=format)
    back = [statement_from_ox(q.subject, q.predicate, q.object, q.graph_name) for q in read]
    wanted = [s for s in expected() if graph in (None, s.graph)]
    if graph is not None or not format.named_graphs:
        wanted = [Statement(s.subject, s.predicate, s.object) for s in wanted]
    assert bag(back) == bag(dict.fromkeys(wanted))


@pytest.mark.parametrize("name", library.names())
def test_a_named_query_has_the_same_answer_everywhere(
    store: Store, opened: Callable[[str], Store], name: str
) -> None:
    named_query = library.load(name)
    found, memory = store.select(named_query.text), opened("memory").select(named_query.text)
    if name == "count-triples":
        # What is counted is each engine's default graph: see the test of the union above.
        assert (len(found), found.columns) == (1, memory.columns)
        return
    assert (found.columns, rows(found)) == (memory.columns, rows(memory))
    if "ORDER BY" in named_query.text:
        assert found.rows == memory.rows


@pytest.mark.parametrize("name", library.names())
def test_a_named_query_runs_over_the_atlas(atlas: KnowledgeGraph, name: str) -> None:
    found = atlas.query(name)
    assert isinstance(found, Table)
    # Every statement of the atlas is in a named graph: there only, the example finds nothing.
    assert (len(found) > 0) is (name != "statements-of-no-graph")


def test_a_fault_in_a_query_says_where(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        store.select("SELECT ?s {\n ?s ?p ?o ")
    assert (caught.value.line, caught.value.column) == (2, 11)
    assert caught.value.message.startswith("The query is not SPARQL at line 2, column 11: ")
    assert caught.value.query == "SELECT ?s {\n ?s ?p ?o "


def test_another_form_than_the_expected_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="A query of the form SELECT was expected"):
        store.select("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="A query of the form ASK was expected"):
        store.ask("SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="A query of the form CONSTRUCT or DESCRIBE was expected"):
        store.construct("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("made", [OxigraphStore, RdflibStore, RemoteStore])
def test_the_signatures_agree_with_the_protocol(made: type) -> None:
    protocol = Store if made is RemoteStore else WritableStore
    names = [n for n in dir(protocol) if not n.startswith("_") or n == "__len__"]
    assert names == sorted(
        {
            "__len__",
            "about",
            "ask",
            "close",
            "construct",
            "dump",
            "graphs",
            "numbered",
            "select",
            "statements",
            "version",
        }
        | ({"add", "load", "remove"} if protocol is WritableStore else set())
    )
    for name in names:
        promised, kept = getattr(protocol, name), getattr(made, name)
        if isinstance(promised, property):
            promised, kept = promised.fget, kept.fget
        assert inspect.signature(kept) == inspect.signature(promised), name
        assert inspect.getdoc(kept), name


def test_the_stores_keep_the_protocol(opened: Callable[[str], Store]) -> None:
    assert [isinstance(opened(kind), Store) for kind in KINDS] == [True] * 4
    assert [isinstance(opened(kind), WritableStore) for kind in KINDS] == [True] * 3 + [False]
