"""How Chinese is typed on a Latin keyboard: names by their sound, and by their first letters."""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["HAN", "Sound", "sound"]

HAN: Final = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""A run of Chinese characters."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A text by its sound: its syllables, with what is not Chinese as it is; and its initials.

    `initials` are those of the Chinese characters alone; '' where there are fewer than two.
    """

    syllables: str
    initials: str


def sound(text: str) -> Sound | None:
    """How a normalised text sounds in Mandarin, without tones; None where none of it is Chinese.

    Characters of several sounds are read by the phrase they stand in, as far as pypinyin's
    dictionary has it; ü is written v, as it is typed.

    >>> sound("重庆银行 app")
    Sound(syllables='chong qing yin hang app', initials='cqyh')
    """
    if text.isascii() or not HAN.search(text):
        return None
    syllables: list[str] = []
    initials = ""
    place = 0
    for run in HAN.finditer(text):
        read = [syllable for syllable in _reader()(run[0]) if syllable]
        syllables += [text[place : run.start()], *read]
        initials += "".join(syllable[0] for syllable in read if syllable[0].isascii())
        place = run.end()
    told = " ".join([*syllables, text[place:]])
    return Sound(" ".join(told.split()), initials if len(initials) > 1 else "")


@cache
def _reader() -> "Callable[[str], list[str]]":
    """pypinyin, loaded when the first Chinese name is met: its dictionaries are large."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin
