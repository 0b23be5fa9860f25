"""Chinese names are found as they are typed on a Latin keyboard."""

import subprocess
import sys

import pytest

from triplary.index.pinyin import Sound, sound
from triplary.index.text import Hit, TextIndex

NAMES = (
    ("百度",),
    ("华为", "华为技术有限公司"),
    ("重庆银行",),
    ("文心一言4.0 Turbo",),
    ("阿里巴巴集团", "Alibaba"),
    ("Baidu Research",),
    ("绿色和平",),
    ("Huawei Cloud",),
    ("Beijing Dance",),
    ("人工智能",),
    ("ソニー", "トヨタ自動車"),
)


@pytest.fixture(scope="module")
def index() -> TextIndex:
    return TextIndex(
        [[(name, 1.0) for name in each] for each in NAMES], [5] * len(NAMES), [""] * len(NAMES)
    )


@pytest.mark.parametrize(
    ("text", "syllables", "initials"),
    [
        ("百度", "bai du", "bd"),
        ("重庆", "chong qing", "cq"),
        ("重要", "zhong yao", "zy"),
        ("银行行长", "yin hang hang zhang", "yhhz"),
        ("绿色", "lv se", "ls"),
        ("文心一言4 0 turbo", "wen xin yi yan 4 0 turbo", "wxyy"),
        ("ai大模型", "ai da mo xing", "dmx"),
        ("華為", "hua wei", "hw"),
        ("云", "yun", ""),
    ],
)
def test_a_text_is_told_by_its_sound(text: str, syllables: str, initials: str) -> None:
    assert sound(text) == Sound(syllables, initials)


@pytest.mark.parametrize("text", ["", "baidu", "montréal", "ソニー", "서울", "—"])
def test_what_is_not_chinese_has_no_sound(text: str) -> None:
    assert sound(text) is None


@pytest.mark.parametrize(
    ("text", "first", "matched"),
    [
        ("baidu", 0, "百度"),
        ("bai du", 0, "百度"),
        ("BaiDu", 0, "百度"),
        ("bd", 0, "百度"),
        ("huawei", 1, "华为"),
        ("hua wei", 1, "华为"),
        ("huawe", 1, "华为"),
        ("hw", 1, "华为"),
        ("華為", 1, "华为"),
        ("华伟", 1, "华为"),
        ("huaweijishu", 1, "华为技术有限公司"),
        ("chongqing", 2, "重庆银行"),
        ("cqyh", 2, "重庆银行"),
        ("chongqingyinhang", 2, "重庆银行"),
        ("wenxinyiyan", 3, "文心一言4.0 Turbo"),
        ("wen xin turbo", 3, "文心一言4.0 Turbo"),
        ("wxyy", 3, "文心一言4.0 Turbo"),
        ("alibabajituan", 4, "阿里巴巴集团"),
        ("lvse", 6, "绿色和平"),
        ("rengongzhineng", 9, "人工智能"),
        ("rengongzhinegn", 9, "人工智能"),
        ("rgzn", 9, "人工智能"),
    ],
)
def test_a_chinese_name_is_found_by_its_sound(
    index: TextIndex, text: str, first: int, matched: str
) -> None:
    hit = index.search(text)[0]
    assert (hit.entity, hit.matched) == (first, matched)


def test_a_name_as_it_is_written_beats_one_that_only_sounds_so() -> None:
    index = TextIndex([[("百度", 1.0)], [("Baidu", 0.9)]], [900, 1], ["", ""])
    assert [hit.entity for hit in index.search("baidu")] == [1, 0]
    assert [hit.entity for hit in index.search("百度")] == [0]


def test_sounds_are_only_taken_from_two_letters_on(index: TextIndex) -> None:
    assert 0 not in [hit.entity for hit in index.search("b")]
    assert 1 not in [hit.entity for hit in index.search("h")]


def test_a_sound_is_no_exact_name(index: TextIndex) -> None:
    assert index.called("百度") == (0,)
    assert index.called("baidu") == ()
    assert index.called("bd") == ()


def test_one_character_does_not_bring_all_that_sound_like_it(index: TextIndex) -> None:
    assert index.search("龘") == ()
    assert index.search("度") == (Hit(0, 0.6675, "百度"),)


def test_pypinyin_is_loaded_only_where_a_name_is_chinese() -> None:
    script = (
        "import sys; from triplary.index.text import TextIndex\n"
        "TextIndex([[('Zürich', 1.0)], [('タワー', 1.0)]], [1, 1], ['', '']).search('百度')\n"
        "print('pypinyin' in sys.modules)\n"
        "TextIndex([[('百度', 1.0)]], [1], ['']).search('baidu')\n"
        "print('pypinyin' in sys.modules)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("False\nTrue\n", "")
