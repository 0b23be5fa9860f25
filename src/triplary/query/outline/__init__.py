"""A query in plain words, English or Chinese: what it asks for, in the order in which it is said.

What has no words here is quoted as SPARQL between backquotes; nothing is left out.
"""

from triplary.query.outline.speech import LANGUAGES, Labels
from triplary.query.outline.telling import outline

__all__ = ["LANGUAGES", "Labels", "outline"]
