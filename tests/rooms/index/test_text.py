import pytest

from triplary.index.text import Hit, TextIndex, grams, normal

NAMES = (
    ("Baidu", "百度", "Baidu, Inc."),
    ("OpenAI",),
    ("MindSpore", "昇思"),
    ("GPT-4", "GPT4"),
    ("GPT-4 Turbo",),
    ("ERNIE",),
    ("Ernie Bot", "文心一言"),
    ("ERNIE-GEN (large)",),
    ("Université de Montréal",),
    ("阿里巴巴集团", "Alibaba"),
    ("阿里云", "Alibaba Cloud"),
    ("PaddlePaddle",),
    ("Huawei Noah's Ark Lab",),
    ("Huawei",),
)
DEGREES = (50, 40, 30, 20, 2, 20, 15, 1, 3, 20, 4, 12, 5, 30)


@pytest.fixture(scope="module")
def index() -> TextIndex:
    kinds = ["http://x.org/Company"] * 2 + ["http://x.org/Thing"] * (len(NAMES) - 2)
    return TextIndex([[(name, 1.0) for name in each] for each in NAMES], DEGREES, kinds)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("baidu", "Baidu"), ("bidu", "Baidu"), ("Badiu", "Baidu"), ("百度", "Baidu"),
        ("opnai", "OpenAI"), ("open ai", "OpenAI"), ("openia", "OpenAI"), ("ope", "OpenAI"),
        ("mindspor", "MindSpore"), ("mind spore", "MindSpore"), ("昇思", "MindSpore"),
        ("gpt4", "GPT-4"), ("gpt 4", "GPT-4"), ("GPT-4 tur", "GPT-4 Turbo"),
        ("ernie", "ERNIE"), ("ernie b", "Ernie Bot"), ("文心", "Ernie Bot"), ("一言", "Ernie Bot"),
        ("montreal", "Université de Montréal"), ("universite de", "Université de Montréal"),
        ("阿里", "阿里云"), ("阿里巴", "阿里巴巴集团"), ("alibab", "阿里巴巴集团"),
        ("paddelpaddle", "PaddlePaddle"), ("padlepadle", "PaddlePaddle"),
        ("ark lab", "Huawei Noah's Ark Lab"), ("hauwei", "Huawei"), ("HUAWEI", "Huawei"),
    ],
)  # fmt: skip
def test_the_entity_meant_is_first(index: TextIndex, text: str, first: str) -> None:
    assert NAMES[index.search(text)[0].entity][0] == first


def test_names_that_fit_as_well_are_ordered_by_degree(index: TextIndex) -> None:
    assert [NAMES[hit.entity][0] for hit in index.search("ernie")] == [
        "ERNIE", "Ernie Bot", "ERNIE-GEN (large)",
    ]  # fmt: skip


def test_a_hit_tells_its_score_and_the_name_that_matched(index: TextIndex) -> None:
    assert index.search("百度") == (Hit(0, 1.0, "百度"),)
    scores = [hit.score for hit in index.search("gpt")]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 < score < 1.0 for score in scores)


@pytest.mark.parametrize("text", ["", "   ", "—", "qqqqqqqq", "\x00", "龘"])
def test_nothing_is_found_for_nothing(index: TextIndex, text: str) -> None:
    assert index.search(text) == ()


@pytest.mark.parametrize("text", ["AND", "a:b", '"x', "word:*", "(", "[a TO b]", "+-!", "a" * 9999])
def test_the_text_is_never_a_query_language(index: TextIndex, text: str) -> None:
    assert [hit for hit in index.search(text) if hit.score > 0.9] == []


def test_kinds_filter(index: TextIndex) -> None:
    companies = index.search("a", kinds=["http://x.org/Company"])
    assert [hit.entity for hit in index.search("o", kinds=["http://x.org/Company"])] == [1]
    assert companies == ()
    assert index.search("baidu", kinds=["http://x.org/Nothing"]) == ()


def test_the_limit_holds(index: TextIndex) -> None:
    assert len(index.search("e", limit=2)) == 2
    assert index.search("e", limit=0) == ()


def test_exact_names_are_found_as_written_first(index: TextIndex) -> None:
    assert index.called("GPT4") == (3,)
    assert index.called("gpt-4") == (3,)
    assert index.called("nothing") == ()
    assert index.called(" ") == ()


def test_text_is_folded() -> None:
    assert normal("  Éclair_Straße (ＡＢＣ) ") == "eclair strasse abc"
    assert list(grams("百度 x 云")) == ["百", "度", "百度", "云"]
