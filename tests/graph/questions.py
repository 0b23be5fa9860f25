"""The atlas in a store, asked in CURIEs."""

from collections import defaultdict
from pathlib import Path

from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI, Literal, Term

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
TRI = "https://w3id.org/triplary/ontology#"
GRAPHS = "https://w3id.org/triplary/graph/"
ONTOLOGY = IRI("https://w3id.org/triplary/ontology")
PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "claim": "https://w3id.org/triplary/claim/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "graph": GRAPHS,
    "id": "https://w3id.org/triplary/id/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "tri": TRI,
    "wd": "http://www.wikidata.org/entity/",
}


def iri(curie: str) -> IRI:
    """The IRI of a CURIE; an IRI stays what it is."""
    if curie.startswith("http"):
        return IRI(curie)
    prefix, _, local = curie.partition(":")
    return IRI(PREFIXES[prefix] + local)


def curie(term: Term) -> str:
    """A short form of a term that reads well in a failing assertion."""
    if isinstance(term, Literal):
        return term.value
    for prefix, namespace in PREFIXES.items():
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term)[len(namespace) :]}"
    return str(term)


class Atlas:
    """The store with a few questions that the tests ask in CURIEs."""

    def __init__(self, store: OxigraphStore) -> None:
        self.store = store

    def objects(self, subject: str, predicate: str, graph: str = "") -> list[str]:
        place = iri(graph) if graph else None
        found = self.store.statements(iri(subject), iri(predicate), graph=place)
        return sorted({curie(statement.object) for statement in found})

    def literals(self, subject: str, predicate: str) -> set[Literal]:
        found = self.store.statements(iri(subject), iri(predicate))
        return {s.object for s in found if isinstance(s.object, Literal)}

    def subjects(self, predicate: str, object: str | Literal, graph: str = "") -> list[str]:
        end = iri(object) if isinstance(object, str) else object
        place = iri(graph) if graph else None
        found = self.store.statements(None, iri(predicate), end, graph=place)
        return sorted({curie(statement.subject) for statement in found})

    def table(self, predicate: str, graph: str = "") -> dict[str, list[str]]:
        """Every subject with the objects of one predicate."""
        place = iri(graph) if graph else None
        found: dict[str, set[str]] = defaultdict(set)
        for statement in self.store.statements(None, iri(predicate), graph=place):
            found[curie(statement.subject)].add(curie(statement.object))
        return {subject: sorted(objects) for subject, objects in found.items()}
