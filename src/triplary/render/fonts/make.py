"""Makes the three fonts in this directory from Noto Sans CJK, and the list of what they cover.

See README.md beside it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def latin() -> Iterator[int]:
    """Latin, Greek, Cyrillic, punctuation, currency, arrows, a few signs."""
    for first, last in (
        (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x1CD, 0x1DC), (0x218, 0x21B),
        (0x2C6, 0x2DD), (0x300, 0x33F), (0x370, 0x3FF), (0x400, 0x45F), (0x1E00, 0x1EFF),
        (0x2010, 0x205F), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x214F),
        (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),
    ):  # fmt: skip
        yield from range(first, last + 1)


def chinese() -> Iterator[int]:
    """Chinese punctuation, kana, full-width forms, GB 2312, the frequent characters of Big5.

    And what the atlas writes beside these: names of models are not bound to any standard.
    """
    yield from range(0x3000, 0x3100)
    graph = HERE.parents[3] / "graph"
    written = "".join(path.read_text("utf-8") for path in sorted(graph.glob("*.ttl")))
    yield from sorted({ord(c) for c in written if 0x3400 <= ord(c) <= 0x9FFF})
    yield from range(0xFF00, 0xFFF0)
    for codec, rows in (("gb2312", range(0xA1, 0xF8)), ("big5", range(0xA4, 0xC7))):
        for row in rows:
            for cell in range(0x40, 0xFF):
                try:
                    yield ord(bytes((row, cell)).decode(codec))
                except (UnicodeDecodeError, TypeError):
                    continue


def subset(font: Any, points: list[int], family: str, weight: str) -> set[int]:
    """Write the font with these characters only, under a name of its own; what it then covers."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-not-found,unused-ignore]

    options = Options(
        hinting=False, layout_features=["kern", "mark", "ccmp"], notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14],
        drop_tables=["vhea", "vmtx", "VORG", "BASE"],
    )  # fmt: skip
    worker = Subsetter(options)
    worker.populate(unicodes=points)
    worker.subset(font)
    full = family if weight == "Regular" else f"{family} {weight}"
    postscript = f"{family.replace(' ', '')}-{weight}"
    for record in list(font["name"].names):
        if record.langID not in {0, 0x409}:
            font["name"].removeNames(platformID=record.platformID, langID=record.langID)
    named = {1: family, 2: weight, 3: f"{full}, a subset of Noto Sans CJK", 4: full, 6: postscript}
    for number, text in named.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [postscript]
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(HERE / f"{postscript}.otf")
    return set(font.getBestCmap())


def face(path: Path, family: str) -> Any:
    """One face of a collection."""
    from fontTools.ttLib import TTCollection  # type: ignore[import-not-found,unused-ignore]

    for font in TTCollection(path, lazy=True).fonts:
        if font["name"].getDebugName(1) == family:
            return font
    raise SystemExit(f"{path} holds no {family}")


def ranges(points: set[int]) -> Iterator[str]:
    """The points as lines `first last`, in hexadecimal."""
    ordered = sorted(points)
    start = 0
    for index, point in enumerate(ordered):
        if index + 1 == len(ordered) or ordered[index + 1] != point + 1:
            yield f"{ordered[start]:x} {point:x}"
            start = index + 1


if __name__ == "__main__":
    noto = Path(sys.argv[1])
    regular, bold = noto / "NotoSansCJK-Regular.ttc", noto / "NotoSansCJK-Bold.ttc"
    # The Korean faces have the punctuation of Latin text; the Chinese ones set it in full width.
    western = list(latin())
    covered = subset(face(regular, "Noto Sans CJK KR"), western, "Triplary Sans", "Regular")
    subset(face(bold, "Noto Sans CJK KR"), western, "Triplary Sans", "Bold")
    han = list(chinese())
    covered |= subset(face(regular, "Noto Sans CJK SC"), han, "Triplary Sans SC", "Regular")
    (HERE / "covered.txt").write_text("\n".join(ranges(covered)) + "\n", encoding="ascii")
