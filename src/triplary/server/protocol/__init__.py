"""The SPARQL endpoint: SPARQL 1.1 Protocol at /sparql, Graph Store Protocol at /store.

`requests` reads what was sent, `queries` and `updates` answer it, `graph_store` reads and writes
whole graphs, `negotiation` says which formats there are, `description` what the service can do,
`versions` keeps the explorer's graph that of the last write.
"""

from triplary.server.protocol.endpoint import Endpoint
from triplary.server.protocol.graph_store import GraphStore

__all__ = ["Endpoint", "GraphStore"]
