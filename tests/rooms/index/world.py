"""A small world that the rooms index, explore and measure are tested in."""

import numpy as np
import numpy.typing as npt

from triplary.index import Index
from triplary.ontology import Ontology
from triplary.store.formats import FORMATS
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import IRI, Node

ID = "https://w3id.org/triplary/id/"
TRI = "https://w3id.org/triplary/ontology#"
GRAPH = "https://w3id.org/triplary/graph/"
CLAIM = "https://w3id.org/triplary/claim/"

PREFIXES = """
@prefix : <https://w3id.org/triplary/ontology#> .
@prefix id: <https://w3id.org/triplary/id/> .
@prefix graph: <https://w3id.org/triplary/graph/> .
@prefix claim: <https://w3id.org/triplary/claim/> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

WORLD = """
<https://w3id.org/triplary/ontology> {
  :Entity a owl:Class ; rdfs:label "Entity"@en .
  :Organization a owl:Class ; rdfs:subClassOf :Entity ; rdfs:label "Organization"@en .
  :Company a owl:Class ; rdfs:subClassOf :Organization ; rdfs:label "Company"@en, "公司"@zh .
  :Model a owl:Class ; rdfs:subClassOf :Entity ; rdfs:label "Model"@en .
  :Framework a owl:Class ; rdfs:subClassOf :Entity ; rdfs:label "Framework"@en .
  :Country a owl:Class ; rdfs:subClassOf :Entity ; rdfs:label "Country"@en .
  :developedBy a owl:ObjectProperty ; rdfs:label "developed by"@en .
  :basedIn a owl:ObjectProperty ; rdfs:label "based in"@en .
  :rivalOf a owl:ObjectProperty ; rdfs:label "rival of"@en .
  :officialSite a owl:AnnotationProperty ; rdfs:label "official site"@en .
  :parameters a owl:DatatypeProperty ; rdfs:label "parameters"@en .
}
graph:seed {
  id:Baidu a :Company, :Organization ; rdfs:label "Baidu"@en, "百度"@zh ;
    skos:altLabel "Baidu, Inc."@en ; :basedIn id:China ; :officialSite <https://www.baidu.com> .
  id:OpenAI a :Company ; rdfs:label "OpenAI"@en .
  id:China a :Country ; rdfs:label "China"@en, "中国"@zh .
  id:ERNIE a :Model ; rdfs:label "ERNIE"@en ; :developedBy id:Baidu ; :parameters 10 .
  id:GPT-4 a :Model ; rdfs:label "GPT-4"@en ; skos:altLabel "GPT4"@en ; :developedBy id:OpenAI .
  id:PaddlePaddle a :Framework ; rdfs:label "PaddlePaddle"@en, "飞桨"@zh ; :developedBy id:Baidu .
}
graph:epoch {
  id:ERNIE :developedBy id:Baidu ; :parameters 260 .
  id:GPT-4 :developedBy id:OpenAI .
  id:Ernie_Bot a :Model ; rdfs:label "Ernie Bot"@en ; :developedBy id:Baidu .
}
graph:claims {
  claim:C1 a :Claim ; rdf:subject id:ERNIE ; rdf:predicate :developedBy ; rdf:object id:Baidu ;
    :kind "fact" ; :verdict "supported" ; :confidence 0.99 ; :attributedTo id:article ;
    :sentence "S2" ; :note "twice said"@en .
  claim:C2 a :Claim ; rdf:subject id:Baidu, id:PaddlePaddle ; rdf:predicate :rivalOf ;
    rdf:object id:OpenAI ; :kind "opinion" ; :verdict "disputed" ; :sentence "S3" ;
    cito:disputes claim:C1 ; :correctedBy id:China .
  claim:C3 a :Claim ; rdf:subject id:PaddlePaddle ; rdf:predicate rdf:type ; rdf:object :Model ;
    :kind "fact" ; :verdict "wrong" ; :sentence "S4" ; :correctedBy :Framework .
  claim:C4 a :Claim ; rdf:subject id:ERNIE ; rdf:predicate :parameters ; rdf:object 999 ;
    :kind "fact" ; :verdict "wrong" ; :sentence "S5" .
}
graph:sources {
  graph:seed a dcat:Dataset ; dcterms:title "The seed"@en, "种子"@zh ; dcterms:publisher id:OpenAI ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    dcterms:source <https://example.org/seed> ; dcterms:issued "2025-01-31"^^xsd:date .
  graph:claims a dcat:Dataset ; dcterms:title "The claims"@en ; dcterms:publisher "Someone" .
  id:article rdfs:label "The article"@en .
}
"""


def iri(name: str) -> IRI:
    """An IRI of the small world: `Baidu` an entity, `:Company` a word of the ontology."""
    return IRI(TRI + name[1:]) if name.startswith(":") else IRI(ID + name)


def short(node: Node) -> str:
    """The end of an IRI, as tests write it."""
    return node.local_name if isinstance(node, IRI) else str(node)


def store_of(text: str = WORLD) -> OxigraphStore:
    """A store that holds a TriG text, the prefixes given."""
    store = OxigraphStore()
    store.load((PREFIXES + text).encode(), name="world.trig", format=FORMATS["trig"])
    return store


def index_of(text: str = WORLD) -> Index:
    """The index of a TriG text."""
    store = store_of(text)
    return Index.build(store, Ontology.read(store))


def of_class(index: Index, name: str) -> npt.NDArray[np.bool_]:
    """For each entity, whether it is of a class or of one below it."""
    return index.kinds.where(lambda group: iri(name) in index.kinds.above[group])
