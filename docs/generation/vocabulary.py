"""The ontology: its classes and properties, and a picture of the classes."""

from generation.markdown import table
from triplary import ontology, render
from triplary.store.opening import load_file
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI, Edge, Entity, Literal, Subgraph
from triplary.view import make


def bare_ontology() -> tuple[OxigraphStore, ontology.Ontology]:
    """A store that holds ontology.ttl alone, and what it declares."""
    store = OxigraphStore()
    load_file(store, ontology.bundled("ontology.ttl"), ontology.ONTOLOGY_GRAPH)
    return store, ontology.Ontology.read(store)


def picture_of_the_classes() -> str:
    """Our classes as a drawing: each points at the class it is a kind of."""
    _, known = bare_ontology()
    ours = {iri: e for iri, e in known.classes.items() if iri.value.startswith(ontology.TRI)}
    kind_of = IRI(ontology.RDFS + "subClassOf")
    edges = tuple(
        Edge(iri, kind_of, parent)
        for iri in ours
        for parent in known.parents[iri]
        if parent in ours
    )
    joined = {end for edge in edges for end in (edge.subject, edge.object)}
    # Coloured by the class just below the most general one.
    branches = {iri: [iri, *(c for c in known.superclasses(iri) if c in ours)] for iri in ours}
    nodes = tuple(
        Entity(iri, entity.labels, classes=(branches[iri][max(len(branches[iri]) - 2, 0)],))
        for iri, entity in ours.items()
        if iri in joined
    )
    words = (*ours.values(), Entity(kind_of, (Literal("kind of", language="en"),)))
    view = make(Subgraph(nodes, edges, (), words), title="The classes, each a kind of another")
    return render.render(view, "svg").decode("utf-8")


def vocabulary() -> str:
    """The classes and properties of ontology.ttl."""
    store, known = bare_ontology()
    classes = [
        (f"`{known.curie(iri)}`", *_labels(entity), entity.hint,
         ", ".join(f"`{known.curie(parent)}`" for parent in known.parents[iri]))
        for iri, entity in known.classes.items()
    ]  # fmt: skip
    properties = [
        (f"`{known.curie(iri)}`", *_labels(entity), entity.hint, _kind(known, iri, entity),
         _one(store, iri, "domain", known), _one(store, iri, "range", known))
        for iri, entity in known.properties.items()
    ]  # fmt: skip
    return (
        "# Ontology\n\nWhat [`ontology.ttl`](../../ontology.ttl) declares. `tri:` is"
        f" `{ontology.PREFIXES['tri']}`.\n\n"
        "## Classes\n\n![The classes as a network: each points at the class it is a kind of]"
        "(../images/ontology.svg)\n\n"
        + table(("class", "English", "Chinese", "what it is", "below"), classes)
        + "\n## Properties\n\nAn edge is drawn as a line; a fact is read in the panel; a link or"
        " note is said of a page, a claim or a source.\n\n"
        + table(("property", "English", "Chinese", "what it says", "kind", "of", "is"), properties)
    )


def _labels(entity: Entity) -> tuple[str, str]:
    by_language = {label.language: label.value for label in entity.labels}
    return by_language.get("en", ""), by_language.get("zh", "")


def _kind(known: ontology.Ontology, iri: IRI, entity: Entity) -> str:
    if known.is_edge(iri):
        return "edge"
    data = IRI("http://www.w3.org/2002/07/owl#DatatypeProperty")
    return "fact" if data in entity.classes else "link or note"


def _one(store: OxigraphStore, iri: IRI, name: str, known: ontology.Ontology) -> str:
    predicate = IRI(f"http://www.w3.org/2000/01/rdf-schema#{name}")
    found = sorted(str(s.object) for s in store.statements(iri, predicate) if type(s.object) is IRI)
    return ", ".join(f"`{known.curie(IRI(text))}`" for text in found)
