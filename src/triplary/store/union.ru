# Copies what every named graph holds into the default graph: the union, each triple once.
INSERT { ?subject ?predicate ?object } WHERE { GRAPH ?graph { ?subject ?predicate ?object } }
