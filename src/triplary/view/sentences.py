"""A view in words: one sentence per edge, for people who can't see the drawing, and for quoting."""

from collections.abc import Callable, Iterator

from triplary.terms import Edge, Evidence, Node, Source, filled
from triplary.view.labels import clean
from triplary.view.view import View
from triplary.view.words import word

__all__ = ["held", "license_name", "said", "sentence", "sentences", "source_name"]


def sentences(view: View) -> Iterator[str]:
    """A sentence for each edge, those of one subject together, in the order of the nodes."""
    rank = {node.iri: index for index, node in enumerate(view.subgraph)}
    name = view.namer()
    voices: dict[int, str] = {}

    def voice(item: Evidence) -> str:
        # by identity: one source states thousands of edges
        if id(item) not in voices:
            voices[id(item)] = said(item, view.language)
        return voices[id(item)]

    for edge in sorted(view.drawn_edges(), key=lambda edge: rank[edge.subject]):
        yield sentence(edge, name=name, language=view.language, voice=voice)


def sentence(
    edge: Edge,
    *,
    name: Callable[[Node], str],
    language: str,
    voice: Callable[[Evidence], str] | None = None,
) -> str:
    """The edge as a sentence, with when it held, who says so and what became of each claim.

    `voice` says one piece of evidence; where it is left out, `said` does.
    """
    voices = [held(begins, ends, language) for begins, ends in edge.held]
    voices += [voice(item) if voice else said(item, language) for item in edge.evidence]
    says = word("semicolon", language).join(dict.fromkeys(voices))
    return (
        _core(name(edge.subject), name(edge.predicate), name(edge.object), language)
        + (f"{word('open', language)}{says}{word('close', language)}" if says else "")
        + word("full stop", language)
    )


def _core(subject: str, predicate: str, object: str, language: str) -> str:
    """Subject, predicate and object; a predicate with a gap (由…开发) takes the object into it.

    >>> _core("文心一言", "由…开发", "百度", "zh")
    '文心一言由百度开发'
    >>> _core("Ernie Bot", "developed by", "Baidu", "en")
    'Ernie Bot: developed by Baidu'
    """
    parted = "" if "…" in predicate else word("colon", language)
    return f"{subject}{parted}{filled(predicate, object)}"


def said(item: Evidence, language: str) -> str:
    """One piece of evidence in words: the source, or the claim with its verdict."""
    claim = item.claim
    parts = [source_name(item.source, language)]
    if claim is None:
        parts.append(license_name(item.source.license))
        return word("comma", language).join(filter(None, parts))
    if claim.verdict:
        parts.append(word(claim.verdict, language))
    if claim.attributed_to:
        people = (clean(who.label(language)) for who in claim.attributed_to)
        names = word("comma", language).join(people)
        parts.append(f"{word('attributed to', language)} {names}")
    if claim.sentence:
        parts.append(f"{word('sentence', language)} {claim.sentence}")
    if claim.note:
        parts.append(clean(claim.note))
    return word("comma", language).join(filter(None, parts))


def held(begins: str, ends: str, language: str) -> str:
    """From when until when something held, in words.

    >>> held("2023-06", "", "en"), held("2023", "2024", "zh")
    ('from 2023-06', '2023 至 2024')
    """
    key = "held" if begins and ends else "held from" if begins else "held until"
    return word(key, language, begins=clean(begins), ends=clean(ends))


def source_name(source: Source, language: str = "en") -> str:
    """What a source is called: its title, else its publisher, else the end of its graph's IRI."""
    graph = str(source.graph or "").rstrip("/#")
    return clean(source.called(language) or source.publisher) or graph.split("/")[-1]


def license_name(license: str) -> str:
    """A licence as people write it; an IRI nobody told us about stays an IRI.

    >>> license_name("https://creativecommons.org/licenses/by/4.0/")
    'CC BY 4.0'
    """
    text = license.removeprefix("https://").removeprefix("http://").rstrip("/")
    parts = text.split("/")
    if parts[0] == "creativecommons.org" and len(parts) >= 4:
        if parts[1] == "licenses":
            return f"CC {parts[2].upper()} {parts[3]}"
        return "CC0 1.0" if parts[2] == "zero" else "Public domain"
    if text.startswith("spdx.org/licenses"):
        return parts[-1].removesuffix(".html")
    known = {
        "www.apache.org/licenses/LICENSE-2.0": "Apache-2.0",
        "opensource.org/licenses/MIT": "MIT",
        "opendatacommons.org/licenses/pddl/1-0": "PDDL 1.0",
        "opendatacommons.org/licenses/pddl/1.0": "PDDL 1.0",
    }
    return known.get(text, license)
