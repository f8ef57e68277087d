"""What folding asks of each code point: its kind, and the narrow one it stands for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

CODE_POINTS = 0x110000
PLAIN, WIDE, DIGIT, BLANK, INVISIBLE = range(5)
TELLING = 8
"""Added to the kind of the characters that the skeleton keeps."""
TELLING_CHARACTERS = (
    '，。、；：？！“”‘’（）《》〈〉〔〕﹝﹞【】「」『』—…～．－,.;:?!"()[]-~\n'
    "0123456789０１２３４５６７８９〇○零一二三四五六七八九十两百千万亿％%￥¥×XxＸｘ"
    "–年月日号星周礼附件第至近约超余多左突不填和以及等"
)

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]


def _ranges(*bounds: tuple[int, int]) -> list[int]:
    return [code for first, last in bounds for code in range(first, last + 1)]


def _kinds() -> npt.NDArray[np.uint8]:
    kinds = np.full(CODE_POINTS, PLAIN, np.uint8)
    # CJK radicals to Hangul, ideographs, compatibility ideographs and forms, all planes of ideographs.
    for first, last in (
        (0x2E80, 0xA4CF),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF),
        (0x20000, 0x3FFFF),
    ):
        kinds[first : last + 1] = WIDE
    # Marks that Chinese shares with other scripts: · — ‘ ’ “ ” …
    kinds[[0xB7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026]] = WIDE
    kinds[_ranges((0x30, 0x39), (0xFF10, 0xFF19))] = DIGIT
    # Full-width Latin letters stand for Latin letters.
    kinds[_ranges((0xFF21, 0xFF3A), (0xFF41, 0xFF5A))] = PLAIN
    # Tab is no blank: it parts the cells of a table.
    kinds[[0x20, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)]] = BLANK
    kinds[[0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF]] = INVISIBLE
    kinds[_ranges((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069))] = INVISIBLE
    kinds[_ranges((0xFE00, 0xFE0F), (0xE0001, 0xE007F), (0xE0100, 0xE01EF))] = INVISIBLE
    kinds[[ord(char) for char in TELLING_CHARACTERS]] += TELLING
    return kinds


def _narrow() -> Codes:
    narrow = np.arange(CODE_POINTS, dtype=np.uint32)
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)):
        narrow[first : last + 1] -= 0xFEE0
    # The signs that are written inside numbers, addresses and masks; Chinese marks stay wide.
    for sign in "＊＋－．＠＿":
        narrow[ord(sign)] -= 0xFEE0
    narrow[KINDS == BLANK] = ord(" ")
    # Half a surrogate pair cannot be encoded, which the searches and the segmenter do.
    narrow[0xD800:0xE000] = 0xFFFD
    return narrow


KINDS = _kinds()
NARROW = _narrow()


def codes_of(text: str) -> Codes:
    """Give the code points of a text; lone surrogates are let through as they are."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
