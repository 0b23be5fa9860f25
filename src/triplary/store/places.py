"""Where the parts of a query stand in its text, found by its tokens."""

import re
from typing import Final
from urllib.parse import urljoin

from triplary.ontology import RDF_TYPE
from triplary.query.tree import Variable
from triplary.store.tokens import Token, place, tokens_of
from triplary.terms import IRI

__all__ = ["Places", "joined"]

_ESCAPED: Final = re.compile(r"\\(.)")


def joined(base: str, text: str) -> str:
    """A reference resolved against a base, with the # at its end that `urljoin` would drop.

    >>> joined("http://x.org/a/", "b#")
    'http://x.org/a/b#'
    """
    found = urljoin(base, text)
    return f"{found}#" if text.endswith("#") and not found.endswith("#") else found


class Places:
    """Looks for what comes next in a query's text, from where it last found something."""

    def __init__(self, query: str) -> None:
        """Read the tokens and the prefixes."""
        self._query = query
        self._tokens = list(tokens_of(query))
        self._terms = list(self._resolved())
        self._predicate = self._word = 0

    def _resolved(self) -> "list[str]":
        """Each token as the IRI or the variable that it stands for; '' for any other."""
        prefixes: dict[str, str] = {}
        base, before = "", ("", "")
        found = []
        for token in self._tokens:
            text = ""
            if token.kind == "iri":
                text = joined(base, token.text[1:-1]) if base else token.text[1:-1]
                if before[0] == "PREFIX":
                    prefixes[before[1].removesuffix(":")] = text
                elif before[1].upper() == "BASE":
                    base = text
                if before[0] == "PREFIX" or before[1].upper() == "BASE":
                    text = ""
            elif token.kind == "name" and before[1].upper() != "PREFIX":
                prefix, _, local = token.text.partition(":")
                text = prefixes.get(prefix, f"{prefix}:") + _ESCAPED.sub(r"\1", local)
            elif token.kind == "variable":
                text = f"?{token.text[1:]}"
            elif token.text == "a":
                text = RDF_TYPE.value
            found.append(text)
            before = (before[1].upper(), token.text)
        return found

    def next_predicate(self, wanted: IRI | Variable | None) -> tuple[int, int]:
        """The line and column of the next token that stands for the predicate; zeros for none.

        A list of objects shares its predicate: where it comes no more, the last place holds.
        """
        text = f"?{wanted.name}" if isinstance(wanted, Variable) else str(wanted or "")
        for number in range(self._predicate, len(self._tokens)):
            if text and self._terms[number] == text and number:
                self._predicate = number + 1
                return self._place(self._tokens[number])
        for number in range(self._predicate - 1, -1, -1):
            if text and self._terms[number] == text:
                return self._place(self._tokens[number])
        return 0, 0

    def next_word(self, wanted: str) -> tuple[int, int]:
        """The line and column of the next such keyword; zeros for none."""
        for number in range(self._word, len(self._tokens)):
            token = self._tokens[number]
            if token.kind == "word" and token.text.upper() == wanted:
                self._word = number + 1
                return self._place(token)
        return 0, 0

    def _place(self, token: Token) -> tuple[int, int]:
        return place(self._query, token.start)
