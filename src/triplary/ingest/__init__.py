"""Tables become triples: recipes, the Turtle they are written as, and the shapes they must fit.

`recipes` runs a SPARQL CONSTRUCT over rows, `csvw` says how cells are read, `facade` shows rows
and trees as triples, `turtle` writes files that diff well, `validation` holds a store against the
ontology's shapes, `atlas` makes the bundled graph again from its sources.
"""
