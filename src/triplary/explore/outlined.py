"""An outline with the labels of a graph: a query in plain words."""

from triplary.index import Index
from triplary.query.outline import Labels, outline
from triplary.query.tree import Query
from triplary.terms import IRI, best_literal

__all__ = ["labels_of", "outlined"]


def outlined(index: Index, query: Query, language: str = "en") -> tuple[str, ...]:
    """A query in sentences, its classes, properties and entities called as the graph calls them."""
    return outline(query, labels_of(index, language), language)


def labels_of(index: Index, language: str) -> Labels:
    """What a graph calls its terms, for a reader of a language."""

    def label(iri: IRI) -> str:
        if iri in index.classes.known or iri in index.properties.known:
            return index.word(iri).label(language)
        entity = index.entity(iri)
        if entity.labels:
            return entity.label(language)
        source = index.evidence.sources.get(iri)
        return source.called(language) if source is not None else ""

    def inverse(iri: IRI) -> str:
        found = index.ontology.inverse_labels.get(iri, ())
        return best_literal((one for one in found if one.language[:2] == language), language)

    return Labels(label, inverse, index.ontology.curie, lambda iri: iri in index.properties.known)
