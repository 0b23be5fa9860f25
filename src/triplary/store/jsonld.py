"""JSON-LD whose context is an address: schema.org's is known here, and no other is fetched.

Nearly all JSON-LD in web pages names the context https://schema.org and no more. What that one says
of most terms is little: they are schema.org's, and some hold addresses.
"""

import json
import re
from typing import Any, Final

__all__ = ["NOT_FETCHED", "readable"]

NOT_FETCHED: Final = "remote contexts"
"""What the engine's message holds where a context would have to be fetched."""

_SCHEMA_ORG: Final = re.compile(r"https?://(?:www\.)?schema\.org/?(?:docs/jsonldcontext\.json\w*)?")
_MENTIONED: Final = re.compile(rb'"https?:(?:\\?/){2}(?:www\.)?schema\.org')
_ADDRESSES: Final = (
    "additionalType", "archivedAt", "codeRepository", "contentUrl", "discussionUrl", "downloadUrl",
    "embedUrl", "image", "installUrl", "isBasedOn", "license", "logo", "mainEntityOfPage",
    "paymentUrl", "relatedLink", "sameAs", "significantLink", "target", "thumbnailUrl", "url",
)  # fmt: skip
_CONTEXT: Final = {
    "@vocab": "http://schema.org/",
    "schema": "http://schema.org/",
    "id": "@id",
    "type": "@type",
    **{name: {"@type": "@id"} for name in _ADDRESSES},
}


def readable(data: bytes) -> bytes:
    """The document with schema.org's context written into it, where it names that by its address.

    A text that is no JSON is given back as it is, for the parser to say where it breaks.
    """
    if not _MENTIONED.search(data):
        return data
    try:
        document = json.loads(data)
        known = _known(document)
    except (ValueError, RecursionError):
        return data
    return json.dumps(known).encode("utf-8") if known != document else data


def _known(value: Any) -> Any:
    if isinstance(value, list):
        return [_known(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _context(part) if name == "@context" else _known(part) for name, part in value.items()
    }


def _context(value: Any) -> Any:
    if isinstance(value, list):
        return [_context(part) for part in value]
    if isinstance(value, str) and _SCHEMA_ORG.fullmatch(value):
        return _CONTEXT
    return value
