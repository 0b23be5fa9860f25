"""Search by name: which entities are called something like a text.

Tantivy finds candidates by word, by prefix and within one or two edits; RapidFuzz then weighs
each candidate's names against the text. Chinese has no spaces, so its names are also kept as
pairs of characters, and single ones.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import tantivy
from rapidfuzz.distance import OSA

__all__ = ["Hit", "Name", "TextIndex", "normal"]

LONGEST_TEXT: Final = 200
CANDIDATES: Final = 200
LEAST_SCORE: Final = 0.5
_BREAKS = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MARKS: Final = "Mn"

Name = tuple[str, float]
"""A name as it is written, and how far it is trusted: 1 for a label, less for the others."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity by number, a score in [0, 1], and the name that matched."""

    entity: int
    score: float
    matched: str


def normal(text: str) -> str:
    """The text without case, accents, punctuation and double spaces.

    >>> normal("Pokémon—GPT-4 (百度)")
    'pokemon gpt 4 百度'
    """
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in folded if unicodedata.category(c) != _MARKS)
    return _BREAKS.sub(" ", text.casefold()).strip()


def grams(text: str) -> Iterator[str]:
    """Each Chinese character of a text, and each two that follow each other.

    >>> list(grams("ab 百度云"))
    ['百', '度', '云', '百度', '度云']
    """
    for run in _HAN.findall(text):
        yield from run
        yield from (run[place : place + 2] for place in range(len(run) - 1))


class TextIndex:
    """The names of all entities, searchable; it lives in memory and starts no lasting thread."""

    def __init__(
        self, names: Sequence[Sequence[Name]], degrees: Sequence[int], kinds: Sequence[str]
    ) -> None:
        """Index entity i under `names[i]`; `kinds[i]` are words that `search` can filter by."""
        builder = tantivy.SchemaBuilder()
        for field in ("word", "whole", "han", "kind"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
        builder.add_integer_field("entity", fast=True)
        builder.add_float_field("weight", fast=True)
        self._schema = builder.build()
        most = math.log1p(max(degrees, default=0)) or 1.0
        self._names = [tuple((normal(text), text, trust) for text, trust in each) for each in names]
        self._shares = [math.log1p(degree) / most for degree in degrees]
        self._index = tantivy.Index(self._schema)
        self._index.config_reader("manual")  # watching for commits would leave a thread behind
        writer = self._index.writer(15_000_000, 1)
        for entity, each in enumerate(self._names):
            if each:
                own = [name for name, _, _ in each]
                writer.add_document(self._document(entity, own, kinds[entity]))
        writer.commit()
        writer.wait_merging_threads()  # consumes the writer, so that a later fork meets no thread
        self._index.reload()
        self._searcher = self._index.searcher()

    def _document(self, entity: int, names: list[str], kinds: str) -> tantivy.Document:
        document = tantivy.Document()
        joined = " ".join(names)
        document.add_text("word", joined)
        document.add_text("whole", " ".join(name.replace(" ", "") for name in names))
        if not joined.isascii():
            document.add_text("han", " ".join(grams(joined)))
        if kinds:
            document.add_text("kind", kinds)
        document.add_integer("entity", entity)
        document.add_float("weight", 1.0 + self._shares[entity])
        return document

    def search(self, text: str, *, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Hit, ...]:
        """The entities that fit best, best first; `kinds` leaves only those with one of them.

        Texts past 200 characters are cut there.
        """
        wanted = normal(text[:LONGEST_TEXT])
        if not wanted or limit < 1:
            return ()
        query = self._query(wanted)
        kinds = tuple(kinds)
        if kinds:
            only = tantivy.Query.term_set_query(self._schema, "kind", list(kinds))
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)]
            )
        found = self._searcher.search(
            query, max(CANDIDATES, 4 * limit), count=False, weight_by_field="weight"
        )
        places = [place for _, place in found.hits]
        entities = self._searcher.fast_field_values("entity", places) if places else []
        hits = [hit for entity in entities if (hit := self._weigh(wanted, int(entity or 0)))]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.matched, hit.entity))[:limit])

    def called(self, text: str) -> tuple[int, ...]:
        """The entities that have exactly this name: labels before aliases before folded names."""
        wanted = normal(text[:LONGEST_TEXT])
        if not wanted:
            return ()
        whole = wanted.replace(" ", "")
        query = tantivy.Query.term_query(self._schema, "whole", whole, "basic")
        found = self._searcher.search(query, CANDIDATES, count=False, weight_by_field="weight")
        places = [place for _, place in found.hits]
        entities = self._searcher.fast_field_values("entity", places) if places else []
        ranks: dict[tuple[bool, float], list[int]] = {}
        for entity in entities:
            fitting = [
                (written != text.strip(), -trust)
                for name, written, trust in self._names[int(entity or 0)]
                if name == wanted
            ]
            if fitting:
                ranks.setdefault(min(fitting), []).append(int(entity or 0))
        return tuple(sorted(ranks[min(ranks)])) if ranks else ()

    def _query(self, wanted: str) -> tantivy.Query:
        """Any word exactly, nearly or as a beginning; the whole without spaces; Chinese pairs."""
        make, schema = tantivy.Query, self._schema
        parts: list[tantivy.Query] = []
        words = wanted.split()
        for word in words:
            parts.append(make.boost_query(make.term_query(schema, "word", word, "basic"), 3.0))
            if edits := _edits(word):
                parts.append(make.fuzzy_term_query(schema, "word", word, edits))
        whole = "".join(words)
        parts.append(make.boost_query(make.term_query(schema, "whole", whole, "basic"), 9.0))
        for field, start in (("word", words[-1]), ("whole", whole)):
            begins = make.fuzzy_term_query(schema, field, start, 0, True, True)
            parts.append(make.boost_query(begins, 3.0))
            if edits := _edits(start):
                open_ended = len(start) > 3
                parts.append(make.fuzzy_term_query(schema, field, start, edits, True, open_ended))
        pairs = list(grams(wanted))
        longer = [pair for pair in pairs if len(pair) == 2] or pairs
        parts.extend(make.term_query(schema, "han", pair, "basic") for pair in longer)
        return make.boolean_query([(tantivy.Occur.Should, part) for part in parts])

    def _weigh(self, wanted: str, entity: int) -> Hit | None:
        """The best of an entity's names; degree decides between names that fit as well."""
        best, matched = 0.0, ""
        share = self._shares[entity]
        for name, written, trust in self._names[entity]:
            fit = _fit(wanted, name)
            exact = fit == 1.0
            score = (0.93 + 0.04 * trust if exact else 0.85 * trust * fit) + 0.03 * share
            if fit > 0.0 and score > best:
                best, matched = score, written
        return Hit(entity, round(best, 6), matched) if best >= LEAST_SCORE else None


def _edits(word: str) -> int:
    """How many typing errors a word may have: a longer word may have two."""
    return 0 if len(word) < 3 or not word.isascii() else 1 if len(word) < 8 else 2


def _fit(wanted: str, name: str) -> float:
    """How well a name fits, in [0, 1]: equal, begins so, has such words, or is nearly so."""
    if wanted == name:
        return 1.0
    short, long = wanted.replace(" ", ""), name.replace(" ", "")
    if not long:
        return 0.0
    if short == long:
        return 0.99
    part = min(1.0, len(short) / len(long))
    if name.startswith(wanted) or long.startswith(short):
        return 0.88 + 0.1 * part
    words, own = wanted.split(), name.split()
    if all(any(word.startswith(each) for word in own) for each in words):
        return 0.78 + 0.1 * part
    if short in long and (len(short) > 2 or not short.isascii()):
        return 0.7 + 0.1 * part
    whole = OSA.normalized_similarity(short, long, score_cutoff=0.6)
    start = 0.92 * OSA.normalized_similarity(short, long[: len(short)], score_cutoff=0.6)
    word = 0.86 * max(OSA.normalized_similarity(short, each, score_cutoff=0.6) for each in own)
    return 0.95 * max(whole, start if len(short) > 3 else 0.0, word)
