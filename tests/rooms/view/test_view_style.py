"""Colours, shapes, lines, sizes, words: what a reader must be able to tell apart."""

import itertools
import string
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.view.samples import star
from triplary.terms import IRI, VERDICTS
from triplary.view import labels, style
from triplary.view.names import handle, page
from triplary.view.words import LANGUAGES, word

# Machado, Oliveira and Fernandes 2009, severity 1: no red, no green, no blue.
BLIND = {
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.01182, 0.04294, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.3039]],
}  # fmt: skip


def linear(colour):
    value = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def oklab(light):
    cones = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                      [0.2119034982, 0.6806995451, 0.1073969566],
                      [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
    turn = np.array([[0.2104542553, 0.793617785, -0.0040720468],
                     [1.9779984951, -2.428592205, 0.4505937099],
                     [0.0259040371, 0.7827717662, -0.808675766]])  # fmt: skip
    return turn @ np.cbrt(cones @ np.clip(light, 0, 1))


def contrast(one, two):
    low, high = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, two))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("eye", BLIND)
@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_any_two_colours_are_apart_for_every_eye(theme, eye):
    seen = [oklab(np.array(BLIND[eye]) @ linear(colour)) for colour in theme.palette]
    nearest = min(np.linalg.norm(one - two) for one, two in itertools.combinations(seen, 2))
    assert nearest >= 0.075


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_marks_and_texts_stand_out_from_the_ground(theme):
    assert min(contrast(colour, theme.ground) for colour in theme.palette) >= 3
    assert min(contrast(colour, theme.ground) for colour in (theme.edge, theme.ring)) >= 3
    texts = (theme.ink, theme.quiet, theme.doubt, theme.against)
    assert min(contrast(colour, theme.ground) for colour in texts) >= 4.5


def test_each_slot_has_a_shape_of_its_own_and_each_verdict_a_line():
    assert len(style.PALETTE_LIGHT) == len(style.PALETTE_DARK) == len(style.SHAPE_OF_SLOT) == 10
    assert len(set(style.SHAPE_OF_SLOT)) == 10
    assert set(style.LINES) == {"stated", *VERDICTS}
    # Without colour, too, no two verdicts look alike.
    looks = [(line.dash, line.width, line.marks) for line in style.LINES.values()]
    assert len(set(looks)) == len(looks)
    # Nor by thickness alone: each line with gaps has a rhythm of its own.
    rhythms = [line.dash for line in style.LINES.values() if line.dash]
    assert len(set(rhythms)) == len(rhythms)
    assert style.line_of("unheard of") == style.LINES["unverifiable"]


def test_the_most_frequent_classes_have_colours_and_the_rest_share_one():
    slots = style.class_slots(star(36))
    assert [cls.local_name for cls, slot in slots.items() if slot == 0] == ["Class0"]
    assert sorted(slots.values()) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9]
    assert slots[star(0).nodes[0].classes[0]] == style.OTHER


def test_an_order_of_classes_gives_them_the_same_colours_in_every_view():
    names = ("X", "Class5", "Class1")
    order = [IRI(f"https://w3id.org/triplary/ontology#{name}") for name in names]
    slots = style.class_slots(star(12), order=order)
    assert (slots[order[1]], slots[order[2]]) == (1, 2)
    assert order[0] not in slots
    assert sorted(slots.values()) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9]


def test_every_language_has_every_word_with_the_same_places():
    places = {
        language: {
            key: sorted(name for _, name, *_ in string.Formatter().parse(text) if name)
            for key, text in words.items()
        }
        for language, words in LANGUAGES.items()
    }
    assert places["zh"] == places["en"]
    assert set(VERDICTS) | {"stated"} <= set(places["en"])
    assert word("sources", "zh-CN") == "来源"
    assert word("sources", "fr") == "Sources"


@given(st.text())
def test_clean_text_is_one_line_without_control_characters(text):
    cleaned = labels.clean(text)
    joiners = "\u200c\u200d"
    kinds = {unicodedata.category(character) for character in cleaned if character not in joiners}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    assert labels.clean(cleaned) == cleaned


@given(st.text(max_size=120), st.integers(1, 3))
def test_labels_are_broken_into_short_lines(text, most):
    found = labels.lines(text, most=most, longest=9)
    assert len(found) <= most
    assert all(labels.width(line, 1) <= 9.83 for line in found)
    assert bool(found) == bool(labels.clean(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Baidu", ("Baidu",)),
        ("Organisation for Economic Co-operation and Development",
         ("Organisation for", "Economic Co-operation a…")),
        ("中国电子信息产业发展研究院人工智能研究中心",
         ("中国电子信息产业发展研究院", "人工智能研究中心")),
        ("中国开源人工智能模型（文章）", ("中国开源人工智能模型（文", "章）")),
        ("Donaudampfschifffahrtsgesellschaft", ("Donaudampfschifffahrtsge", "sellschaft")),
    ],
)  # fmt: skip
def test_where_labels_break(text, found):
    assert labels.lines(text) == found


def test_handles_and_pages():
    own = IRI("https://w3id.org/triplary/id/GPT-4%20%28x%29")
    other = IRI("http://x.org/a#b")
    assert (handle(own), page(own)) == ("GPT-4%20%28x%29", "/entity/GPT-4%20%28x%29")
    assert (
        page(other, "https://kg.example") == "https://kg.example/entity/http%3A%2F%2Fx.org%2Fa%23b"
    )
