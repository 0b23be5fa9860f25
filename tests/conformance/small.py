"""A small graph with one of everything that a store must carry: the same text for every store."""

SMALL = """
@prefix : <https://w3id.org/triplary/ontology#> .
@prefix id: <https://w3id.org/triplary/id/> .
@prefix graph: <https://w3id.org/triplary/graph/> .
@prefix claim: <https://w3id.org/triplary/claim/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/triplary/ontology> {
  :Company a owl:Class ; rdfs:label "Company"@en , "公司"@zh .
  :Model a owl:Class ; rdfs:label "Model"@en .
  :Country a owl:Class ; rdfs:label "Country"@en .
  :developedBy a owl:ObjectProperty ; rdfs:label "developed by"@en .
  :basedIn a owl:ObjectProperty ; rdfs:label "based in"@en .
}
graph:companies {
  id:Baidu a :Company ; rdfs:label "Baidu"@en , "百度"@zh ; :basedIn id:China .
  id:OpenAI a :Company ; rdfs:label "OpenAI"@en ; :basedIn id:United_States .
  id:China a :Country ; rdfs:label "China"@en .
  id:United_States a :Country ; rdfs:label "United States"@en .
}
graph:models {
  id:ERNIE a :Model ; rdfs:label "ERNIE"@en ; :developedBy id:Baidu ; :parameters 260 ;
    :released "2023-03-16"^^xsd:date ; :open false ; :score 1.5 .
  id:GPT-4 a :Model ; rdfs:label "GPT-4"@en ; :developedBy id:OpenAI .
  id:Baidu a :Company .
}
graph:claims {
  claim:C1 a :Claim ; rdf:subject id:ERNIE ; rdf:predicate :developedBy ; rdf:object id:OpenAI ;
    :kind "fact" ; :verdict "wrong" ; :confidence 0.99 ; :sentence "S2" ;
    :note "a \\"quoted\\" note"@en .
}
graph:sources {
  graph:models dcterms:title "Models"@en ; dcterms:issued "2026-01-05"^^xsd:date .
  graph:claims dcterms:title "Claims"@en ; dcterms:publisher id:Baidu .
}
id:Nowhere rdfs:label "of no named graph"@en ; :note [ rdfs:label "without a name" ] .
""".encode()
"""TriG: five named graphs and two statements of none; one statement stands in two graphs."""

STATEMENTS = 49
ID = "https://w3id.org/triplary/id/"
TRI = "https://w3id.org/triplary/ontology#"
GRAPHS = "https://w3id.org/triplary/graph/"
