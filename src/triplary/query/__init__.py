"""The library of named queries, and the one way a value enters a query.

Each query is a file in `library/` that runs as it stands; `bind` swaps its example values.
"""

from triplary.query.bind import NamedQuery, Parameter, bind, form, load, names
from triplary.query.fragment import fragment, prefixed

__all__ = ["NamedQuery", "Parameter", "bind", "form", "fragment", "load", "names", "prefixed"]
