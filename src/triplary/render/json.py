"""The view as JSON: as the explorer reads it, and whole, so that it can be opened again."""

import json as standard

from triplary.view import View

__all__ = ["json"]


def json(view: View) -> str:
    """What `View.to_json` gives, with `View.freeze` beside it under the key `frozen`."""
    return standard.dumps(view.to_json() | {"frozen": view.freeze()}, ensure_ascii=False) + "\n"
