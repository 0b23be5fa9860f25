"""The web layer: the SPARQL endpoint, the verbs over HTTP, and the pages."""
