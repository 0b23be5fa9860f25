"""Search by name: which entities are called something like a text.

Tantivy finds candidates by word, by prefix and within one or two edits; RapidFuzz then weighs
each candidate's names against the text. Chinese has no spaces, so its names are also kept as
pairs of characters, and single ones; and by their sound (百度 as bai du, and as bd), which is how
they are typed on a Latin keyboard. A text in Chinese is compared by its sound too: that finds what
was typed in other characters, traditional ones among them.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import tantivy
from rapidfuzz.distance import OSA

from triplary.index.pinyin import sound

__all__ = ["Hit", "Name", "TextIndex", "normal"]

LONGEST_TEXT: Final = 200
CANDIDATES: Final = 200
LEAST_SCORE: Final = 0.5
_BREAKS = re.compile(r"[\W_]+")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MARKS: Final = "Mn"
BY_SOUND: Final = 0.97
BY_INITIALS: Final = 0.75
"""How much less a name by its sound, or by its first letters, is trusted than as it is written."""

Name = tuple[str, float]
"""A name as it is written, and how far it is trusted: 1 for a label, less for the others."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A name as it is compared, as it is written, how far it is trusted, and how it sounds."""

    normal: str
    written: str
    trust: float
    sound: str
    initials: str

    @classmethod
    def of(cls, written: str, trust: float) -> "_Known":
        name = normal(written)
        heard = sound(name)
        if heard is None:
            return cls(name, written, trust, "", "")
        return cls(name, written, trust, heard.syllables, heard.initials)


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
    for run in _CJK.findall(text):
        yield from run
        yield from (run[place : place + 2] for place in range(len(run) - 1))


class TextIndex:
    """The names of all entities, searchable; it lives in memory and starts no lasting thread."""

    def __init__(
        self, names: Sequence[Sequence[Name]], degrees: Sequence[int], kinds: Sequence[str]
    ) -> None:
        """Index entity i under `names[i]`; `kinds[i]` are words that `search` can filter by."""
        builder = tantivy.SchemaBuilder()
        for field in ("word", "whole", "han", "sound", "kind"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
        builder.add_integer_field("entity", fast=True)
        builder.add_float_field("weight", fast=True)
        self._schema = builder.build()
        most = math.log1p(max(degrees, default=0)) or 1.0
        self._names = [tuple(_Known.of(text, trust) for text, trust in each) for each in names]
        self._sounds = any(name.sound for each in self._names for name in each)
        self._shares = [math.log1p(degree) / most for degree in degrees]
        self._index = tantivy.Index(self._schema)
        self._index.config_reader("manual")  # watching for commits would leave a thread behind
        writer = self._index.writer(15_000_000, 1)
        for entity, each in enumerate(self._names):
            if each:
                writer.add_document(self._document(entity, each, kinds[entity]))
        writer.commit()
        writer.wait_merging_threads()  # consumes the writer, so that a later fork meets no thread
        self._index.reload()
        self._searcher = self._index.searcher()

    def _document(self, entity: int, names: Sequence[_Known], kinds: str) -> tantivy.Document:
        document = tantivy.Document()
        joined = " ".join(name.normal for name in names)
        document.add_text("word", joined)
        document.add_text("whole", " ".join(name.normal.replace(" ", "") for name in names))
        if not joined.isascii():
            document.add_text("han", " ".join(grams(joined)))
        heard = [
            f"{name.sound} {name.sound.replace(' ', '')} {name.initials}"
            for name in names
            if name.sound
        ]
        if heard:
            document.add_text("sound", " ".join(heard))
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
        heard = self._heard(wanted)
        query = self._query(wanted, heard)
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
        hits = [hit for entity in entities if (hit := self._weigh(wanted, heard, int(entity or 0)))]
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
                (name.written != text.strip(), -name.trust)
                for name in self._names[int(entity or 0)]
                if name.normal == wanted
            ]
            if fitting:
                ranks.setdefault(min(fitting), []).append(int(entity or 0))
        return tuple(sorted(ranks[min(ranks)])) if ranks else ()

    def _heard(self, wanted: str) -> str:
        """How the text sounds, where some names do; '' for a single character: so many do."""
        if not self._sounds or len(wanted) < 2:
            return ""
        if wanted.isascii():
            return wanted
        heard = sound(wanted)
        return heard.syllables if heard and heard.initials else ""

    def _query(self, wanted: str, heard: str) -> tantivy.Query:
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
        if heard:
            whole = heard.replace(" ", "")
            parts.append(make.boost_query(make.term_query(schema, "sound", whole, "basic"), 6.0))
            begins = make.fuzzy_term_query(schema, "sound", whole, 0, True, True)
            parts.append(make.boost_query(begins, 2.0))
            parts.extend(make.term_query(schema, "sound", word, "basic") for word in heard.split())
            if edits := _edits(whole):
                parts.append(make.fuzzy_term_query(schema, "sound", whole, edits))
        return make.boolean_query([(tantivy.Occur.Should, part) for part in parts])

    def _weigh(self, wanted: str, heard: str, entity: int) -> Hit | None:
        """The best of an entity's names; degree decides between names that fit as well."""
        best, matched = 0.0, ""
        share = 0.03 * self._shares[entity]
        for name in self._names[entity]:
            fit = _fit(wanted, name.normal)
            score = 0.93 + 0.04 * name.trust if fit == 1.0 else 0.85 * name.trust * fit
            if heard and name.sound and fit < 1.0:
                score = max(score, 0.85 * name.trust * _fit_of_sound(heard, name))
            if score > 0.0 and score + share > best:
                best, matched = score + share, name.written
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


def _fit_of_sound(heard: str, name: _Known) -> float:
    """How well a name fits by its sound, or by the first letters of its characters."""
    typed = heard.replace(" ", "")
    if name.initials.startswith(typed) and len(typed) > 1:
        return BY_INITIALS * (1.0 if typed == name.initials else 0.85)
    return BY_SOUND * _fit(heard, name.sound)
